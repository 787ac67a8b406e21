"""Django's PostgreSQL backend on the embedded server.

Settings name the cluster: ``"EMBEDDED": {"DATA": path, "TEST_DATA": path}``.
"""

import os
from pathlib import Path
from typing import Any

from django.db import OperationalError
from django.db.backends.postgresql import base

from . import server
from .creation import DatabaseCreation
from .places import Cluster, EmbeddedPostgreSQLError

_seen_up: set[tuple[int, Cluster]] = set()
"""By process: a check opens a connection, so each process checks once and then only after a failure."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose server is made, started or recovered when it is first wanted."""

    creation_class = DatabaseCreation

    @property
    def cluster(self) -> Cluster:
        """The cluster that the settings name."""
        embedded = self.settings_dict["EMBEDDED"]
        return Cluster(Path(embedded["DATA"]), disposable=embedded.get("DISPOSABLE", False))

    def get_connection_params(self) -> dict[str, Any]:
        self._ensure_server()
        self.settings_dict["HOST"] = str(self.cluster.socket)
        return super().get_connection_params()

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            # A request waits for a crash recovery, but not for ever.
            self._ensure_server(after_failure=True)
            return super().get_new_connection(conn_params)

    def _ensure_server(self, *, after_failure: bool = False) -> None:
        known = (os.getpid(), self.cluster)
        if after_failure or known not in _seen_up:
            try:
                server.ensure(self.cluster, wait=10 if after_failure else 60)
            except EmbeddedPostgreSQLError as error:
                raise OperationalError(str(error)) from error
            _seen_up.add(known)
