"""Administrators invite, give roles and deactivate; nobody deletes accounts or edits what a role may do."""

from django.db import migrations

TAKEN = ("delete_user", "add_group", "change_group", "delete_group", "view_group")


def take_permissions(apps, _schema_editor):
    for group in apps.get_model("auth", "Group").objects.filter(name="administrator"):
        permissions = group.permissions.filter(content_type__app_label="auth", codename__in=TAKEN)
        group.permissions.remove(*permissions)


def give_permissions(apps, _schema_editor):
    given = apps.get_model("auth", "Permission").objects.filter(
        content_type__app_label="auth", codename__in=TAKEN
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="administrator"):
        group.permissions.add(*given)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_invitations_and_limits"),
        ("conditions", "0003_groups_of_people"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(take_permissions, give_permissions)]
