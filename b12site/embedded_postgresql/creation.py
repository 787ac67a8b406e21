"""Test databases: in a disposable cluster of their own, never beside real data."""

import os
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.db import OperationalError
from django.db.backends.postgresql import creation


class DatabaseCreation(creation.DatabaseCreation):
    """Makes test databases named by the process that uses them, so that runs do not meet."""

    def create_test_db(self, *args: Any, **kwargs: Any) -> str:
        for settings_dict in (self.connection.settings_dict, settings.DATABASES[self.connection.alias]):
            embedded = settings_dict["EMBEDDED"]
            settings_dict["EMBEDDED"] = embedded | {"DATA": embedded["TEST_DATA"], "DISPOSABLE": True}
        self.connection.close()
        self._drop_abandoned()
        return super().create_test_db(*args, **kwargs)

    def _get_test_db_name(self) -> str:
        return f"{super()._get_test_db_name()}_of_{os.getpid()}"  # type: ignore[misc]

    def _drop_abandoned(self) -> None:
        """Drop what killed runs left behind; a database in use refuses to go."""
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(r"SELECT datname FROM pg_database WHERE datname ~ '_of_\d+$'")
            for (name,) in cursor.fetchall():
                if not _alive(int(name.rpartition("_")[2])):
                    with suppress(OperationalError):
                        cursor.execute(f"DROP DATABASE IF EXISTS {self.connection.ops.quote_name(name)}")


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
