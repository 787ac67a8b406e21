"""How gunicorn serves the site."""

from typing import Any

from django.conf import settings

bind = f"127.0.0.1:{settings.PORT}"
workers = 2
threads = 4
# One import for all workers.
preload_app = True
graceful_timeout = 10
loglevel = "warning"
control_socket_disable = True


def when_ready(_server: Any) -> None:
    """Say where the site is, once it is there."""
    print(f"Cobalt is at http://{bind}/   (Ctrl-C stops it; `./run stop` stops its database too)", flush=True)
