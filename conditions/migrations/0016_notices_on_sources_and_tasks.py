"""What is said of sources after they were published, what that leaves to do, and the form of their identifiers."""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models

import conditions.sources.form

MAY = {
    "curator": ("view_notice", "view_task", "change_task"),
    "approver": ("view_notice", "view_task"),
}


def give_permissions(apps, _schema_editor):
    """Permissions are made after the last migration, so that a fresh database has none yet: make these."""
    content_type_model = apps.get_model("contenttypes", "ContentType")
    for name, codenames in MAY.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        for codename in codenames:
            action, _, model = codename.partition("_")
            content_type, _ = content_type_model.objects.get_or_create(app_label="conditions", model=model)
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type, codename=codename, defaults={"name": f"Can {action} {model}"}
            )
            group.permissions.add(permission)


def take_permissions(apps, _schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    permissions.filter(
        content_type__app_label="conditions", content_type__model__in=("notice", "task")
    ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0015_heartbeats_and_ledger"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("source", models.CharField(help_text="The slug of the source.")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("retraction", "retraction"),
                            ("concern", "expression of concern"),
                            ("correction", "correction"),
                            ("reinstatement", "reinstatement"),
                        ],
                        help_text="What was said of it.",
                        max_length=13,
                    ),
                ),
                (
                    "record",
                    models.CharField(
                        help_text="The number of the record at Retraction Watch.", max_length=20
                    ),
                ),
                ("on", models.DateField(blank=True, help_text="The date of the notice.", null=True)),
                ("reason", models.TextField(blank=True, help_text="The reasons, as listed there.")),
                ("doi", models.CharField(blank=True, help_text="The DOI of the notice itself.")),
                ("title", models.TextField(blank=True, help_text="The title of the work, as listed there.")),
                (
                    "matched_by",
                    models.CharField(
                        choices=[("doi", "DOI"), ("pmid", "PubMed number")],
                        help_text="By what the source was recognised.",
                        max_length=4,
                    ),
                ),
                ("found_at", models.DateTimeField(auto_now_add=True, help_text="When it was found here.")),
            ],
            options={
                "ordering": ["-id"],
                "default_permissions": ("view",),
            },
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "section",
                    models.CharField(help_text="The section of the document in which the statement stands."),
                ),
                ("slug", models.CharField(help_text="The part of the section.")),
                (
                    "place",
                    models.CharField(
                        blank=True, help_text="Which of the part's statements; empty for its own."
                    ),
                ),
                ("title", models.TextField(help_text="What the part was called when the task was opened.")),
                ("opened_at", models.DateTimeField(auto_now_add=True, help_text="When.")),
                ("done_at", models.DateTimeField(blank=True, help_text="When it was done.", null=True)),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="What came of it: another source, another grade, or why the statement stands.",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "default_permissions": ("view", "change"),
            },
        ),
        migrations.AlterField(
            model_name="source",
            name="doi",
            field=models.CharField(
                blank=True,
                help_text="Without https://doi.org/.",
                validators=[conditions.sources.form.is_doi],
                verbose_name="DOI",
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="pmid",
            field=models.CharField(
                blank=True,
                help_text="PubMed's number.",
                validators=[conditions.sources.form.is_pmid],
                verbose_name="PMID",
            ),
        ),
        migrations.AlterField(
            model_name="source",
            name="url",
            field=models.CharField(
                blank=True,
                help_text="Where it can be read, if it has no DOI.",
                validators=[conditions.sources.form.is_address],
                verbose_name="URL",
            ),
        ),
        AddConstraintNotValid(
            model_name="source",
            # Rows shipped before are as they were until the next load mends them.
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("doi", ""),
                    ("doi__regex", "^10\\.[0-9]{4,9}(\\.[0-9]+)*/[^[:space:]]+$"),
                    _connector="OR",
                ),
                name="source_doi_has_the_form_of_one",
                violation_error_message="This is no DOI: 10.1000/182.",
            ),
        ),
        AddConstraintNotValid(
            model_name="source",
            # Rows shipped before are as they were until the next load mends them.
            constraint=models.CheckConstraint(
                condition=models.Q(("pmid", ""), ("pmid__regex", "^[1-9][0-9]{0,7}$"), _connector="OR"),
                name="source_pmid_has_the_form_of_one",
                violation_error_message="A PubMed number is digits.",
            ),
        ),
        AddConstraintNotValid(
            model_name="source",
            # Rows shipped before are as they were until the next load mends them.
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("url", ""),
                    ("url__regex", "^https?://[^[:space:]/?#@]+\\.[^[:space:]/?#@]+([/?#][^[:space:]]*)?$"),
                    _connector="OR",
                ),
                name="source_url_has_the_form_of_one",
                violation_error_message="An address begins with https:// or http:// and has no spaces.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["retraction", "concern", "correction", "reinstatement"])),
                name="notice_kind_is_known",
                violation_error_message="Kind is one of: retraction, concern, correction, reinstatement.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("matched_by__in", ["doi", "pmid"])),
                name="notice_matched_by_is_known",
                violation_error_message="Matched by is one of: doi, pmid.",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("source", "record", "kind"),
                name="notice_is_kept_once",
                violation_error_message="This notice is known.",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="done_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Who did it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks_done",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="notice",
            field=models.ForeignKey(
                help_text="What was said of the source.",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="conditions.notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("done_by", None), ("note", "")),
                    models.Q(
                        ("done_at__isnull", False),
                        ("done_by__isnull", False),
                        models.Q(("note", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="task_is_done_by_someone_with_a_note",
                violation_error_message="Say what came of it; a task is done by someone, at a time, with a note.",
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.UniqueConstraint(
                fields=("notice", "section", "slug", "place"),
                name="task_is_opened_once",
                violation_error_message="This task is there.",
            ),
        ),
        migrations.RunPython(give_permissions, take_permissions),
    ]
