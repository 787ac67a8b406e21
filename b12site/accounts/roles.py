"""Roles are groups of people; their rights come with the migrations."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, User
from django.db.models import QuerySet

ROLES = ("clinician", "educator", "curator", "approver", "administrator")
IN_THE_ADMIN = ("curator", "approver", "administrator")
"""Who works on the knowledge or on people's accounts, and so needs a second factor."""


def groups_of_roles() -> QuerySet[Group]:
    """The groups that are roles."""
    return Group.objects.filter(name__in=ROLES)


def needs_second_factor(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether a password alone is too little for what this person may do."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.is_staff or user.is_superuser or user.groups.filter(name__in=IN_THE_ADMIN).exists()
