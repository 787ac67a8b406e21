"""The history of developers is kept as that of other rows; curators work on them, and approvers read them."""

from django.db import migrations

MODEL = "developer"
MAY = {"curator": ("add", "change", "delete", "view"), "approver": ("view",)}


def give_permissions(apps, _schema_editor):
    """Permissions are made after the last migration, so that a fresh database has none yet: make these."""
    content_type_model = apps.get_model("contenttypes", "ContentType")
    content_type, _ = content_type_model.objects.get_or_create(app_label="conditions", model=MODEL)
    for name, actions in MAY.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        for action in actions:
            permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_{MODEL}",
                defaults={"name": f"Can {action} {MODEL}"},
            )
            group.permissions.add(permission)


def take_permissions(apps, _schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    permissions.filter(content_type__app_label="conditions", content_type__model=MODEL).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0013_developers_and_attributes"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunSQL(
            "SELECT conditions_keep_history('conditions_developer', 'developers', 'slug', 'slug')",
            migrations.RunSQL.noop,
        ),
        migrations.RunPython(give_permissions, take_permissions),
    ]
