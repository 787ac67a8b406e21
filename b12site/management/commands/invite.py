"""Invite somebody from the server: the first administrator, before anybody can sign in."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import IntegrityError

from b12site.accounts import people
from b12site.accounts.roles import ROLES


class Command(BaseCommand):
    """Prints the link with which the invited person sets a password."""

    help = "Make an account that waits for its person, and print the link to hand over."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("role", choices=ROLES)

    def handle(self, *, email: str, role: str, **_options: Any) -> None:
        try:
            validate_email(email)
            invitation = people.invite(
                person=User(email=email), roles=Group.objects.filter(name=role), by=None
            )
        except ValidationError as wrong:
            raise CommandError(f"{email} is no e-mail address.") from wrong
        except IntegrityError as there:
            raise CommandError(f"{email} has an account already.") from there
        self.stdout.write(settings.SITE_ADDRESS + people.path_of(invitation))
