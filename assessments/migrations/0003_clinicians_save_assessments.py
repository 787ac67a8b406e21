"""Clinicians save assessments, add to them and delete them; each sees only their own."""

from django.db import migrations

ACTIONS = ("add", "change", "delete", "view")


def give_permissions(apps, _schema_editor):
    """Permissions are made after the last migration, so that a fresh database has none yet: make these."""
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="assessments", model="assessment"
    )
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name="clinician")
    for action in ACTIONS:
        permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=content_type,
            codename=f"{action}_assessment",
            defaults={"name": f"Can {action} assessment"},
        )
        group.permissions.add(permission)


def take_permissions(apps, _schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    permissions.filter(content_type__app_label="assessments", content_type__model="assessment").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_what_was_said_stays_as_it_was"),
        ("conditions", "0003_groups_of_people"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_permissions, take_permissions)]
