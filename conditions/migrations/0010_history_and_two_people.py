"""The database writes the history of every knowledge row, and holds that two people publish."""

from django.db import migrations

HISTORY = """
CREATE FUNCTION conditions_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE FUNCTION conditions_only_the_database() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;

-- Writes one row of history for each row that a statement adds, changes or removes. Arguments: the section of the
-- document; the column of the row's own key; the column that names the part, or the row between it and the part;
-- then the table of that row between and its column that names the part.
CREATE FUNCTION conditions_note_edits() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    metadata jsonb := NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb;
    own text := TG_ARGV[1];
    key text := TG_ARGV[2];
    pairs text;
    part text := format('COALESCE(p.new, p.old)->>%L', key);
BEGIN
    -- Publishing holds this lock alone: what it reads is not edited meanwhile.
    PERFORM pg_advisory_xact_lock_shared(1213000);
    pairs := CASE TG_OP
        WHEN 'INSERT' THEN 'SELECT NULL::jsonb AS old, to_jsonb(n) AS new FROM new_rows n'
        WHEN 'DELETE' THEN 'SELECT to_jsonb(o) AS old, NULL::jsonb AS new FROM old_rows o'
        ELSE format(
            'SELECT to_jsonb(o) AS old, to_jsonb(n) AS new FROM old_rows o FULL JOIN new_rows n'
            ' ON o.%1$I = n.%1$I AND o.%2$I = n.%2$I WHERE to_jsonb(o) IS DISTINCT FROM to_jsonb(n)', own, key)
        END;
    IF TG_NARGS > 3 THEN
        part := format(
            'COALESCE((SELECT b.%1$I FROM %2$I b WHERE b.id = (%3$s)::bigint),'
            ' (SELECT e.slug FROM conditions_edit e WHERE e."table" = %2$L AND e.row = %3$s'
            ' ORDER BY e.id DESC LIMIT 1), '''')', TG_ARGV[4], TG_ARGV[3], part);
    END IF;
    EXECUTE format(
        'INSERT INTO conditions_edit (at, action, section, slug, "table", row, before, after, person_id, why, url)'
        ' SELECT clock_timestamp(), CASE WHEN p.old IS NULL THEN ''insert'' WHEN p.new IS NULL THEN ''delete'''
        ' ELSE ''update'' END, $1, %s, $2, COALESCE(p.new, p.old)->>%L, p.old, p.new, $3, $4, $5 FROM (%s) p',
        part, own, pairs)
    USING TG_ARGV[0], TG_TABLE_NAME::text, (metadata->>'user')::bigint,
        COALESCE(metadata->>'why', ''), COALESCE(metadata->>'url', '');
    RETURN NULL;
END;
$$;

CREATE FUNCTION conditions_keep_history(tab text, section text, own text, key text, VARIADIC between_ text[] DEFAULT '{}')
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    arguments text := (
        SELECT string_agg(quote_literal(argument), ', ' ORDER BY place)
        FROM unnest(ARRAY[section, own, key] || between_) WITH ORDINALITY AS a(argument, place));
BEGIN
    EXECUTE format('CREATE TRIGGER history_of_added AFTER INSERT ON %I REFERENCING NEW TABLE AS new_rows'
        ' FOR EACH STATEMENT EXECUTE FUNCTION conditions_note_edits(%s)', tab, arguments);
    EXECUTE format('CREATE TRIGGER history_of_changed AFTER UPDATE ON %I REFERENCING OLD TABLE AS old_rows'
        ' NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION conditions_note_edits(%s)', tab, arguments);
    EXECUTE format('CREATE TRIGGER history_of_removed AFTER DELETE ON %I REFERENCING OLD TABLE AS old_rows'
        ' FOR EACH STATEMENT EXECUTE FUNCTION conditions_note_edits(%s)', tab, arguments);
    EXECUTE format('CREATE TRIGGER history_is_not_evaded BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION'
        ' conditions_refuse(''Knowledge is not emptied at a stroke: its history would not see what went.'')', tab);
END;
$$;

CREATE TRIGGER edit_is_written_by_the_database_alone BEFORE INSERT ON conditions_edit FOR EACH ROW
    EXECUTE FUNCTION conditions_only_the_database('History is written by the database alone.');
CREATE TRIGGER edit_is_never_changed_or_removed BEFORE UPDATE OR DELETE ON conditions_edit FOR EACH ROW
    EXECUTE FUNCTION conditions_refuse('History is never changed or removed.');
CREATE TRIGGER edits_are_never_emptied BEFORE TRUNCATE ON conditions_edit FOR EACH STATEMENT
    EXECUTE FUNCTION conditions_refuse('History is never changed or removed.');
"""

TABLES = (
    ("source", "sources", "slug", "slug"),
    ("group", "groups", "slug", "slug"),
    ("finding", "findings", "slug", "slug"),
    ("finding_sources", "findings", "id", "finding_id"),
    ("unit", "findings", "id", "finding_id"),
    ("implication", "findings", "id", "of_finding_id"),
    ("limits", "findings", "id", "finding_id"),
    ("limits_also", "findings", "id", "limits_id", "conditions_limits", "finding_id"),
    ("band", "findings", "id", "limits_id", "conditions_limits", "finding_id"),
    ("investigation", "investigations", "slug", "slug"),
    ("investigation_also", "investigations", "id", "investigation_id"),
    ("investigation_measures", "investigations", "id", "investigation_id"),
    ("investigation_includes", "investigations", "id", "from_investigation_id"),
    ("condition", "conditions", "slug", "slug"),
    ("condition_suspicion", "conditions", "id", "condition_id"),
    ("condition_confirmed_by", "conditions", "id", "condition_id"),
    ("effect", "conditions", "id", "condition_id"),
    ("effect_also", "conditions", "id", "effect_id", "conditions_effect", "condition_id"),
    ("association", "conditions", "id", "of_condition_id"),
    ("association_also", "conditions", "id", "association_id", "conditions_association", "of_condition_id"),
    ("description", "conditions", "id", "condition_id"),
    ("description_also", "conditions", "id", "description_id", "conditions_description", "condition_id"),
    ("rule", "rules", "slug", "slug"),
    ("rule_also", "rules", "id", "rule_id"),
    ("recommendation", "recommendations", "slug", "slug"),
    ("recommendation_also", "recommendations", "id", "recommendation_id"),
    ("note", "notes", "slug", "slug"),
    ("note_also", "notes", "id", "note_id"),
    ("note_about", "notes", "id", "note_id"),
    ("note_about_findings", "notes", "id", "note_id"),
    ("step", "notes", "id", "note_id"),
    ("step_also", "notes", "id", "step_id", "conditions_step", "note_id"),
    ("case", "cases", "slug", "slug"),
    ("unitalias", "unit_aliases", "text", "text"),
)

PEOPLE = """
CREATE FUNCTION conditions_parts(document text) RETURNS TABLE (section text, slug text, part jsonb)
LANGUAGE sql IMMUTABLE AS $$
    SELECT s.key, p.key, p.value FROM jsonb_each(document::jsonb) s,
        jsonb_each(CASE jsonb_typeof(s.value) WHEN 'object' THEN s.value ELSE '{}' END) p
$$;

CREATE FUNCTION conditions_submit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(1213000);
    IF NEW.state <> 'submitted' THEN
        RAISE EXCEPTION 'A change set begins by being submitted.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.base_id <> (SELECT max(sequence) FROM conditions_release) THEN
        RAISE EXCEPTION 'A change set follows the current release.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.rolls_back_to_id IS NOT NULL
        AND NEW.digest <> (SELECT digest FROM conditions_release WHERE sequence = NEW.rolls_back_to_id) THEN
        RAISE EXCEPTION 'Going back publishes the older document as it was.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;

-- Who edited what differs: of each part, everybody who did so since the rows last said what was published.
CREATE FUNCTION conditions_note_editors() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    in_step bigint := COALESCE(
        (SELECT max(id) FROM conditions_edit WHERE action = 'publish' AND (after->>'in_step')::boolean), 0);
BEGIN
    INSERT INTO conditions_editedpart (change_set_id, section, slug, person_id)
    SELECT DISTINCT NEW.id, d.section, d.slug, e.person_id
    FROM (
        SELECT section, slug FROM conditions_parts((SELECT document FROM conditions_release WHERE sequence = NEW.base_id)) b
        FULL JOIN conditions_parts(NEW.document) c USING (section, slug)
        WHERE b.part IS DISTINCT FROM c.part
    ) d LEFT JOIN conditions_edit e ON e.section = d.section AND e.slug = d.slug AND e.id > in_step
        AND e.action <> 'publish' AND NEW.rolls_back_to_id IS NULL
    ORDER BY 2, 3, 4;
    RETURN NULL;
END;
$$;

CREATE FUNCTION conditions_decide() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    r conditions_release;
BEGIN
    IF (OLD.id, OLD.reason, OLD.base_id, OLD.rolls_back_to_id, OLD.document, OLD.digest, OLD.submitted_by_id, OLD.submitted_at)
        IS DISTINCT FROM
        (NEW.id, NEW.reason, NEW.base_id, NEW.rolls_back_to_id, NEW.document, NEW.digest, NEW.submitted_by_id, NEW.submitted_at)
        OR OLD.state <> 'submitted' THEN
        RAISE EXCEPTION 'What was submitted is never changed; it is decided on once.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.release_id IS NOT NULL THEN
        SELECT * INTO r FROM conditions_release WHERE sequence = NEW.release_id;
        IF r.digest IS DISTINCT FROM NEW.digest OR r.submitted_by_id IS DISTINCT FROM NEW.submitted_by_id
            OR r.approved_by_id IS DISTINCT FROM NEW.decided_by_id THEN
            RAISE EXCEPTION 'The release that comes of a change set has its document and its people.'
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END;
$$;

CREATE FUNCTION conditions_accept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c conditions_changeset;
BEGIN
    SELECT s.* INTO c FROM conditions_changeset s JOIN conditions_changedcase k ON k.change_set_id = s.id
        WHERE k.id = NEW.changed_id;
    IF c.state <> 'submitted' THEN
        RAISE EXCEPTION 'This change set is no longer waiting for a decision.' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.accepted_by_id = c.submitted_by_id OR NEW.accepted_by_id IN (
        SELECT person_id FROM conditions_editedpart WHERE change_set_id = c.id AND person_id IS NOT NULL) THEN
        RAISE EXCEPTION 'A second person accepts the cases: neither who submitted the change set nor who edited it.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;

CREATE FUNCTION conditions_publish() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    c conditions_changeset;
    waiting text;
BEGIN
    PERFORM pg_advisory_xact_lock(1213000);
    IF NEW.origin <> 'installation' OR NEW.submitted_by_id IS NULL OR NEW.approved_by_id IS NULL
        OR NEW.submitted_by_id = NEW.approved_by_id THEN
        RETURN NEW; -- the constraint on its people refuses whichever of these is wrong
    END IF;
    SELECT * INTO c FROM conditions_changeset WHERE state = 'submitted' AND digest = NEW.digest
        AND base_id = (SELECT max(sequence) FROM conditions_release) AND submitted_by_id = NEW.submitted_by_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'A release of this installation comes of a change set submitted against the current release.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.approved_by_id IN (
        SELECT person_id FROM conditions_editedpart WHERE change_set_id = c.id AND person_id IS NOT NULL) THEN
        RAISE EXCEPTION 'A second person approves: neither who submitted the change set nor who edited it.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    SELECT k.slug INTO waiting FROM conditions_changedcase k LEFT JOIN conditions_acceptedcase a ON a.changed_id = k.id
        WHERE k.change_set_id = c.id AND a.id IS NULL ORDER BY k.id LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'Nobody has accepted what changes in the case %.', waiting USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END;
$$;

CREATE FUNCTION conditions_note_publication() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO conditions_edit (at, action, section, slug, "table", row, before, after, person_id, why, url)
    VALUES (clock_timestamp(), 'publish', 'releases', NEW.version, TG_TABLE_NAME, NEW.sequence::text, NULL,
        jsonb_build_object('version', NEW.version, 'origin', NEW.origin, 'in_step', NEW.origin = 'shipped' OR EXISTS (
            SELECT FROM conditions_changeset WHERE state = 'submitted' AND digest = NEW.digest AND rolls_back_to_id IS NULL)),
        NEW.approved_by_id, NEW.notes, '');
    RETURN NULL;
END;
$$;

CREATE FUNCTION conditions_release_has_its_change_set() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.origin = 'installation'
        AND NOT EXISTS (SELECT FROM conditions_changeset WHERE release_id = NEW.sequence AND state = 'published') THEN
        RAISE EXCEPTION 'A release of this installation says of which change set it came.'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END;
$$;

CREATE TRIGGER change_set_begins_submitted BEFORE INSERT ON conditions_changeset FOR EACH ROW
    EXECUTE FUNCTION conditions_submit();
CREATE TRIGGER change_set_names_who_edited_it AFTER INSERT ON conditions_changeset FOR EACH ROW
    EXECUTE FUNCTION conditions_note_editors();
CREATE TRIGGER change_set_is_frozen BEFORE UPDATE ON conditions_changeset FOR EACH ROW
    EXECUTE FUNCTION conditions_decide();
CREATE TRIGGER change_set_is_never_removed BEFORE DELETE ON conditions_changeset FOR EACH ROW
    EXECUTE FUNCTION conditions_refuse('A change set is never removed.');
CREATE TRIGGER change_sets_are_never_emptied BEFORE TRUNCATE ON conditions_changeset FOR EACH STATEMENT
    EXECUTE FUNCTION conditions_refuse('A change set is never removed.');

CREATE TRIGGER editor_is_written_by_the_database_alone BEFORE INSERT ON conditions_editedpart FOR EACH ROW
    EXECUTE FUNCTION conditions_only_the_database('Who edited a change set is written by the database alone.');
CREATE TRIGGER editor_is_never_changed_or_removed BEFORE UPDATE OR DELETE ON conditions_editedpart FOR EACH ROW
    EXECUTE FUNCTION conditions_refuse('Who edited a change set is never changed or removed.');
CREATE TRIGGER editors_are_never_emptied BEFORE TRUNCATE ON conditions_editedpart FOR EACH STATEMENT
    EXECUTE FUNCTION conditions_refuse('Who edited a change set is never changed or removed.');

CREATE TRIGGER changed_case_is_never_changed_or_removed BEFORE UPDATE OR DELETE ON conditions_changedcase FOR EACH ROW
    EXECUTE FUNCTION conditions_refuse('The cases that a change set changes are never changed or removed.');
CREATE TRIGGER changed_cases_are_never_emptied BEFORE TRUNCATE ON conditions_changedcase FOR EACH STATEMENT
    EXECUTE FUNCTION conditions_refuse('The cases that a change set changes are never changed or removed.');

CREATE TRIGGER case_is_accepted_by_a_second_person BEFORE INSERT ON conditions_acceptedcase FOR EACH ROW
    EXECUTE FUNCTION conditions_accept();
CREATE TRIGGER acceptance_is_never_changed_or_removed BEFORE UPDATE OR DELETE ON conditions_acceptedcase FOR EACH ROW
    EXECUTE FUNCTION conditions_refuse('Who accepted a case is never changed or removed.');
CREATE TRIGGER acceptances_are_never_emptied BEFORE TRUNCATE ON conditions_acceptedcase FOR EACH STATEMENT
    EXECUTE FUNCTION conditions_refuse('Who accepted a case is never changed or removed.');

CREATE TRIGGER release_is_published_by_two_people BEFORE INSERT ON conditions_release FOR EACH ROW
    EXECUTE FUNCTION conditions_publish();
CREATE TRIGGER release_stands_in_the_history AFTER INSERT ON conditions_release FOR EACH ROW
    EXECUTE FUNCTION conditions_note_publication();
CREATE CONSTRAINT TRIGGER release_has_its_change_set AFTER INSERT ON conditions_release DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION conditions_release_has_its_change_set();
"""


def keep_history(_apps, schema_editor):
    """Through functions of the database, so that a later table needs one call."""
    with schema_editor.connection.cursor() as cursor:
        for table, *rest in TABLES:
            arguments = [f"conditions_{table}", *rest]
            cursor.execute(f"SELECT conditions_keep_history({', '.join(['%s'] * len(arguments))})", arguments)


class Migration(migrations.Migration):
    dependencies = [("conditions", "0009_edits_and_change_sets")]

    operations = [
        migrations.RunSQL(HISTORY),
        migrations.RunPython(keep_history),
        migrations.RunSQL(PEOPLE),
    ]
