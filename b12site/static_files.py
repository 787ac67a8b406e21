"""Static files as they are shipped: named by their content, compressed, cached for ever."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.storage import CompressedManifestStaticFilesStorage

from b12site.alone import alone
from b12site.stamp import Stamp, state_of_files

LEFT_OUT = [
    *("*.map", "*.rtl.*", "bootstrap-*", "bootstrap.css", "bootstrap.js", "bootstrap.min.js"),
    *("bootstrap.esm.*", "bootstrap.bundle.js", "htmx-2.js", "htm*-4*", "*/ext/*"),
    *("jquery.js", "xregexp.js", "select2.css", "select2.full.js"),
    *("*/select2/i18n/[!e]*", "*/select2/i18n/e[!n]*"),
]
"""Source maps, and what no page uses of the packages: other builds, htmx 4, select2's languages."""


class Storage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Leaves a file's pointer to its source map alone: source maps are not shipped."""

    patterns = tuple(
        (extension, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
        for extension, rules in CompressedManifestStaticFilesStorage.patterns
    )


def collect_if_changed() -> bool:
    """Whether static files had to be collected anew; in either case they are complete now."""
    root = Path(settings.STATIC_ROOT)
    stamp = Stamp(root.parent / "static.stamp")
    with alone(root.parent / ".static.lock"):
        state = state_of_files(_files())
        if stamp.is_at(state) and (root / "staticfiles.json").exists():
            return False
        stamp.lift()
        call_command("collectstatic", interactive=False, verbosity=0, clear=True, ignore_patterns=LEFT_OUT)
        stamp.put(state)
    return True


def _files() -> Iterator[Path]:
    for finder in get_finders():
        for path, storage in finder.list(LEFT_OUT):
            yield Path(storage.path(path))
