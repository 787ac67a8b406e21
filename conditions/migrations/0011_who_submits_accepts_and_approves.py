"""Curators submit change sets; approvers accept their cases and approve them; both read the history."""

from django.db import migrations

READ = {
    "changeset": "change set",
    "edit": "edit",
    "editedpart": "edited part",
    "changedcase": "changed case",
    "acceptedcase": "accepted case",
}
DONE = {
    "submit_changeset": "Can submit and withdraw change sets",
    "accept_changeset": "Can accept the cases that a change set changes",
    "approve_changeset": "Can approve and return change sets",
}
MAY = {"curator": ["submit_changeset"], "approver": ["accept_changeset", "approve_changeset"]}


def give_permissions(apps, _schema_editor):
    """Permissions are made after the last migration, so that a fresh database has none yet: make these."""
    content_type_model = apps.get_model("contenttypes", "ContentType")
    permission_model = apps.get_model("auth", "Permission")
    groups = {name: apps.get_model("auth", "Group").objects.get_or_create(name=name)[0] for name in MAY}

    def permission(model, codename, name):
        content_type, _ = content_type_model.objects.get_or_create(app_label="conditions", model=model)
        return permission_model.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )[0]

    for model, words in READ.items():
        for group in groups.values():
            group.permissions.add(permission(model, f"view_{model}", f"Can view {words}"))
    for group, codenames in MAY.items():
        for codename in codenames:
            groups[group].permissions.add(permission("changeset", codename, DONE[codename]))


def take_permissions(apps, _schema_editor):
    permissions = apps.get_model("auth", "Permission").objects
    permissions.filter(content_type__app_label="conditions", content_type__model__in=READ).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0010_history_and_two_people"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give_permissions, take_permissions)]
