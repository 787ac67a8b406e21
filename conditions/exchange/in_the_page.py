"""A file between its difference and its import rests in the page: signed, and nowhere on the server."""

import base64
import zlib
from typing import Any

from django.core import signing
from import_export.tmp_storages import BaseStorage

SALT = "conditions.exchange"
MOST_BYTES = 5_000_000
MOST_IN_THE_PAGE = 2_000_000
"""What fits into a form beside its other fields (DATA_UPLOAD_MAX_MEMORY_SIZE)."""
HOURS = 12


class InThePage(BaseStorage):  # type: ignore[misc]
    """What django-import-export calls the name of a temporary file is the file itself."""

    def save(self, data: bytes) -> None:
        """Sign it."""
        packed = base64.urlsafe_b64encode(zlib.compress(data, 9)).decode()
        self.name = signing.TimestampSigner(salt=SALT).sign(packed)

    def read(self) -> bytes:
        """The file as it was. Raises BadSignature for another, or after half a day."""
        packed = signing.TimestampSigner(salt=SALT).unsign(self.name, max_age=HOURS * 3600)
        data: bytes = zlib.decompress(base64.urlsafe_b64decode(packed))
        return data

    def remove(self) -> Any:
        """There is nothing to remove."""
