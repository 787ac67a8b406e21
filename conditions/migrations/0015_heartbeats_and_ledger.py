"""What was published is entered in a ledger too, and what a look at the current release found is kept."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

LEDGER = """
CREATE FUNCTION conditions_link(before text, sequence bigint, version text, digest text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(before || '|' || sequence || '|' || version || '|' || digest, 'UTF8')), 'hex')
$$;

CREATE FUNCTION conditions_enter_in_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before text := COALESCE((SELECT link FROM conditions_ledgerentry ORDER BY sequence DESC LIMIT 1), '');
    digest text := encode(sha256(convert_to(NEW.document, 'UTF8')), 'hex');
BEGIN
    INSERT INTO conditions_ledgerentry (sequence, version, digest, before, link, entered_at) VALUES (
        NEW.sequence, NEW.version, digest, before,
        conditions_link(before, NEW.sequence, NEW.version, digest), clock_timestamp());
    RETURN NULL;
END;
$$;

-- Releases published before there was a ledger, as they stand.
DO $$
DECLARE
    r record;
    before text := '';
BEGIN
    FOR r IN SELECT sequence, version, digest, published_at FROM conditions_release ORDER BY sequence LOOP
        INSERT INTO conditions_ledgerentry (sequence, version, digest, before, link, entered_at) VALUES (
            r.sequence, r.version, r.digest, before,
            conditions_link(before, r.sequence, r.version, r.digest), r.published_at);
        before := conditions_link(before, r.sequence, r.version, r.digest);
    END LOOP;
END;
$$;

CREATE TRIGGER release_is_entered_in_the_ledger AFTER INSERT ON conditions_release FOR EACH ROW
    EXECUTE FUNCTION conditions_enter_in_ledger();
CREATE TRIGGER ledger_is_written_by_the_database_alone BEFORE INSERT ON conditions_ledgerentry FOR EACH ROW
    EXECUTE FUNCTION conditions_only_the_database('The ledger is written by the database alone.');
CREATE TRIGGER ledger_is_never_changed_or_removed BEFORE UPDATE OR DELETE ON conditions_ledgerentry FOR EACH ROW
    EXECUTE FUNCTION conditions_refuse('The ledger is never changed or removed.');
CREATE TRIGGER ledger_is_never_emptied BEFORE TRUNCATE ON conditions_ledgerentry FOR EACH STATEMENT
    EXECUTE FUNCTION conditions_refuse('The ledger is never changed or removed.');
CREATE TRIGGER heartbeat_is_never_changed_or_removed BEFORE UPDATE OR DELETE ON conditions_heartbeat FOR EACH ROW
    EXECUTE FUNCTION conditions_refuse('What a heartbeat found is never changed or removed.');
CREATE TRIGGER heartbeats_are_never_emptied BEFORE TRUNCATE ON conditions_heartbeat FOR EACH STATEMENT
    EXECUTE FUNCTION conditions_refuse('What a heartbeat found is never changed or removed.');
"""

FORGET = """
DROP TRIGGER release_is_entered_in_the_ledger ON conditions_release;
DROP FUNCTION conditions_enter_in_ledger();
DROP FUNCTION conditions_link(text, bigint, text, text);
"""

READ = {"ledgerentry": "ledger entry", "heartbeat": "heartbeat"}


def give_permissions(apps, _schema_editor):
    """Permissions are made after the last migration, so that a fresh database has none yet: make these."""
    content_type_model = apps.get_model("contenttypes", "ContentType")
    for model, words in READ.items():
        content_type, _ = content_type_model.objects.get_or_create(app_label="conditions", model=model)
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type, codename=f"view_{model}", defaults={"name": f"Can view {words}"}
        )
        for name in ("curator", "approver"):
            apps.get_model("auth", "Group").objects.get_or_create(name=name)[0].permissions.add(permission)


def take_permissions(apps, _schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    permissions.filter(content_type__app_label="conditions", content_type__model__in=READ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0014_history_of_developers"),
    ]

    operations = [
        migrations.CreateModel(
            name="LedgerEntry",
            fields=[
                (
                    "sequence",
                    models.BigIntegerField(
                        help_text="The sequence of the release.", primary_key=True, serialize=False
                    ),
                ),
                ("version", models.CharField(help_text="The version of the release.", max_length=20)),
                (
                    "digest",
                    models.CharField(help_text="SHA-256 of the document that was published.", max_length=64),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True,
                        help_text="The link of the entry before; empty for the first.",
                        max_length=64,
                    ),
                ),
                (
                    "link",
                    models.CharField(
                        help_text="SHA-256 of all of this: what the next entry names.", max_length=64
                    ),
                ),
                ("entered_at", models.DateTimeField(help_text="When.")),
            ],
            options={
                "verbose_name_plural": "ledger entries",
                "ordering": ["sequence"],
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.lookups.Exact(
                            models.Func(
                                models.Func(
                                    models.Func(
                                        django.db.models.functions.text.Concat(
                                            models.F("before"),
                                            models.Value("|"),
                                            django.db.models.functions.comparison.Cast(
                                                models.F("sequence"), models.TextField()
                                            ),
                                            models.Value("|"),
                                            models.F("version"),
                                            models.Value("|"),
                                            models.F("digest"),
                                            output_field=models.TextField(),
                                        ),
                                        models.Value("UTF8"),
                                        function="convert_to",
                                        output_field=models.BinaryField(),
                                    ),
                                    function="sha256",
                                    output_field=models.BinaryField(),
                                ),
                                models.Value("hex"),
                                function="encode",
                                output_field=models.TextField(),
                            ),
                            models.F("link"),
                        ),
                        name="ledger_entry_is_linked_to_the_one_before",
                        violation_error_message="The link is that of the entry before, the sequence, the version and the digest.",
                    ),
                    models.UniqueConstraint(
                        fields=("before",),
                        name="ledger_does_not_fork",
                        violation_error_message="Another entry follows the same one.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True, help_text="When it was looked at.")),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the text that is stored, computed anew.", max_length=64
                    ),
                ),
                (
                    "link",
                    models.CharField(blank=True, help_text="The last link of the ledger.", max_length=64),
                ),
                ("cases", models.PositiveIntegerField(help_text="How many cases were interpreted.")),
                (
                    "wrong",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        help_text="Why nothing is answered from this release; empty while all is well.",
                        size=None,
                    ),
                ),
                (
                    "noted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(),
                        blank=True,
                        default=list,
                        help_text="What is not as it was published elsewhere: in older releases, or in the ledger.",
                        size=None,
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        help_text="The release in use then.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="heartbeats",
                        to="conditions.release",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["release", "-id"], name="heartbeat_of_release")],
            },
        ),
        migrations.RunSQL(LEDGER, FORGET),
        migrations.RunPython(give_permissions, take_permissions),
    ]
