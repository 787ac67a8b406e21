"""Clinicians, who may save assessments."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, User
from django.test import Client


@pytest.fixture
def clinicians(db: None) -> Group:
    """Their group; made again after a test that emptied the tables."""
    import_module("assessments.migrations.0003_clinicians_save_assessments").give_permissions(apps, None)
    return Group.objects.get(name="clinician")


@pytest.fixture
def ann(clinicians: Group) -> User:
    user = User.objects.create_user("ann@example.invalid")
    user.groups.add(clinicians)
    return user


@pytest.fixture
def bob(clinicians: Group) -> User:
    user = User.objects.create_user("bob@example.invalid")
    user.groups.add(clinicians)
    return user


@pytest.fixture
def anns(client: Client, ann: User) -> Client:
    """Ann's browser."""
    client.force_login(ann)
    return client
