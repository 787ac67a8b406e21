"""Bring an installation up to date in one process."""

import sys
from argparse import REMAINDER, ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from b12site.alone import alone
from b12site.demo_accounts import create_demo_accounts_once, demo_accounts_there
from b12site.stamp import Stamp, state_of, state_of_files
from b12site.static_files import collect_if_changed
from conditions.releases import PublicationRefused, last_shipped, publish_shipped_if_changed


class Command(BaseCommand):
    """Prepares what a command needs; with --site also what the site needs. Says so on standard error."""

    help = "Migrate, publish the shipped knowledge and, with --site, make static files and demo accounts."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--site", action="store_true", help="static files and demonstration accounts too")
        parser.add_argument("command", nargs=REMAINDER, help="a command to go on with in the same process")

    def handle(self, *, site: bool, command: list[str], **_options: Any) -> None:
        with alone(settings.VAR / ".prepare.lock"):
            migrate_if_changed()
            publish_if_changed()
            if site:
                if not settings.DEBUG:
                    collect_if_changed()
                if settings.DEMO and create_demo_accounts_once():
                    say("Made the demonstration accounts.")
        if site and settings.DEMO:
            for account in demo_accounts_there():
                say(f"    {account.name:30} {account.password}")
            if demo_accounts_there():
                say("    From curator on a second factor is asked for: `./run demo_code` prints its codes.")
        if command:
            execute_from_command_line([sys.argv[0], *command])


def say(text: str) -> None:
    """Tell the person; standard output is for answers only."""
    print(text, file=sys.stderr, flush=True)


def migrate_if_changed() -> None:
    """Migrate, unless this database is known to have been migrated to here and to the end.

    The stamp tells a finished migration from one that was killed before permissions were made.
    """
    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    stamp = Stamp(settings.VAR / "migrated.stamp")
    state = state_of([connection.settings_dict[part] for part in ("HOST", "PORT", "NAME")], sorted(targets))
    if stamp.is_at(state) and not executor.migration_plan(targets):
        return
    say("Bringing the database up to date.")
    call_command("migrate", interactive=False, verbosity=0)
    stamp.put(state)


def publish_if_changed() -> None:
    """Publish what is shipped, unless neither it nor the last shipped release changed since that was tried."""
    stamp = Stamp(settings.VAR / "published.stamp")
    if stamp.is_at(_state_of_shipped()):
        return
    try:
        say(publish_shipped_if_changed())
    except PublicationRefused as refused:
        raise CommandError(f"The shipped knowledge cannot be published:\n{refused}") from refused
    stamp.put(_state_of_shipped())


def _state_of_shipped() -> str:
    release = last_shipped()
    # The code too: it decides what the files come to.
    files = (settings.BASE_DIR / "conditions").rglob("*.*")
    return state_of(
        release and release.digest, state_of_files(f for f in files if f.suffix in (".py", ".yaml"))
    )
