"""Releases are added and never changed or removed, whoever asks the database to."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION conditions_release_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A release is never changed or removed; publish another.'
        USING ERRCODE = 'restrict_violation';
END;
$$;

CREATE TRIGGER release_is_never_changed_or_removed
    BEFORE UPDATE OR DELETE ON conditions_release
    FOR EACH ROW EXECUTE FUNCTION conditions_release_only_grows();

CREATE TRIGGER releases_are_never_emptied
    BEFORE TRUNCATE ON conditions_release
    FOR EACH STATEMENT EXECUTE FUNCTION conditions_release_only_grows();
"""

ALLOW = """
DROP TRIGGER releases_are_never_emptied ON conditions_release;
DROP TRIGGER release_is_never_changed_or_removed ON conditions_release;
DROP FUNCTION conditions_release_only_grows();
"""


class Migration(migrations.Migration):
    dependencies = [("conditions", "0001_knowledge_and_releases")]

    operations = [migrations.RunSQL(REFUSE, ALLOW)]
