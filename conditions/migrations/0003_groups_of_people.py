"""The groups of people, each with the least it needs in the admin."""

from django.db import migrations

WORKED_ON = (
    "association",
    "band",
    "case",
    "condition",
    "effect",
    "finding",
    "group",
    "implication",
    "investigation",
    "limits",
    "recommendation",
    "rule",
    "source",
    "unit",
    "unitalias",
)
EVERYTHING = ("add", "change", "delete", "view")

GROUPS = {
    "clinician": [],
    "educator": [],
    "curator": [
        *[("conditions", model, action) for model in WORKED_ON for action in EVERYTHING],
        ("conditions", "release", "view"),
    ],
    "approver": [("conditions", model, "view") for model in (*WORKED_ON, "release")],
    "administrator": [("auth", model, action) for model in ("user", "group") for action in EVERYTHING],
}


def make_groups(apps, _schema_editor):
    """Permissions are made after the last migration, so that a fresh database has none yet: make these."""
    group_model = apps.get_model("auth", "Group")
    permission_model = apps.get_model("auth", "Permission")
    content_type_model = apps.get_model("contenttypes", "ContentType")
    for name, permissions in GROUPS.items():
        group, _ = group_model.objects.get_or_create(name=name)
        for app, model, action in permissions:
            content_type, _ = content_type_model.objects.get_or_create(app_label=app, model=model)
            words = apps.get_model(app, model)._meta.verbose_name
            permission, _ = permission_model.objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {words}"},
            )
            group.permissions.add(permission)


def remove_groups(apps, _schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0002_releases_only_grow"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, remove_groups)]
