"""What only the database can hold of saved assessments, whoever asks it to do otherwise."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION assessments_version_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What was said is never changed; save another version or delete the assessment.'
        USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER version_is_never_changed
    BEFORE UPDATE ON assessments_version
    FOR EACH ROW EXECUTE FUNCTION assessments_version_is_never_changed();

CREATE FUNCTION assessments_version_names_a_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM conditions_release WHERE sequence = NEW.release_id AND digest = NEW.digest
    ) THEN
        RAISE EXCEPTION 'The digest is not that of the release.' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NEW;
END;
$$;

CREATE TRIGGER version_digest_is_that_of_its_release
    BEFORE INSERT ON assessments_version
    FOR EACH ROW EXECUTE FUNCTION assessments_version_names_a_release();

CREATE FUNCTION assessments_assessment_has_its_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    looked_at uuid;
    counted integer;
    newest integer;
BEGIN
    IF TG_TABLE_NAME = 'assessments_assessment' THEN
        looked_at := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        looked_at := OLD.assessment_id;
    ELSE
        looked_at := NEW.assessment_id;
    END IF;
    SELECT version INTO counted FROM assessments_assessment WHERE id = looked_at;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT max(number) INTO newest FROM assessments_version WHERE assessment_id = looked_at;
    IF newest IS DISTINCT FROM counted THEN
        RAISE EXCEPTION 'The version of an assessment is the number of its newest version.'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END;
$$;

CREATE CONSTRAINT TRIGGER assessment_has_its_version
    AFTER INSERT OR UPDATE ON assessments_assessment DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION assessments_assessment_has_its_version();

CREATE CONSTRAINT TRIGGER version_is_that_of_its_assessment
    AFTER INSERT OR DELETE ON assessments_version DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION assessments_assessment_has_its_version();
"""

ALLOW = """
DROP TRIGGER version_is_that_of_its_assessment ON assessments_version;
DROP TRIGGER assessment_has_its_version ON assessments_assessment;
DROP FUNCTION assessments_assessment_has_its_version();
DROP TRIGGER version_digest_is_that_of_its_release ON assessments_version;
DROP FUNCTION assessments_version_names_a_release();
DROP TRIGGER version_is_never_changed ON assessments_version;
DROP FUNCTION assessments_version_is_never_changed();
"""


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_saved_assessments")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
