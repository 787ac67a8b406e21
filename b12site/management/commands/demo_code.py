"""The codes that the authenticator apps of demonstration accounts would show."""

import time
from argparse import ArgumentParser
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from b12site.accounts.roles import IN_THE_ADMIN, ROLES
from b12site.demo_accounts import DemoAccount, demo_secret


class Command(BaseCommand):
    """Prints a code for each role that is asked for one, or the code of one role alone."""

    help = "Print the present code of a demonstration account's authenticator app."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", nargs="?", choices=ROLES, help="without it: all that need a code")

    def handle(self, *, role: str | None, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("There are codes for demonstrations only: on loopback, with COBALT_DEMO set.")
        if role:
            self.stdout.write(code_now(role))
            return
        for each in IN_THE_ADMIN:
            self.stdout.write(f"{each:15}{code_now(each)}")


def code_now(role: str) -> str:
    """Six digits, good for half a minute at least."""
    secret = demo_secret(DemoAccount(role).name)
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // app_settings.TOTP_PERIOD)))
