"""A QR code as one path of a drawing, so that it prints sharp and needs no image file."""

from dataclasses import dataclass
from functools import lru_cache

QUIET = 4
"""White modules around the code, as its standard (ISO/IEC 18004) asks."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code that leads to ``address``: a square drawing of ``size`` units, and its black modules as a path."""

    address: str
    size: int
    path: str


@lru_cache(maxsize=512)
def qr_code(address: str) -> QrCode:
    """The QR code of an address of a page; never of anything about a patient."""
    from qrcode.main import QRCode  # takes long to import, and most requests need none

    code: QRCode[object] = QRCode(border=QUIET)
    code.add_data(address)
    rows = code.get_matrix()
    strokes = [
        f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_black in enumerate(row) if is_black
    ]
    return QrCode(address, len(rows), "".join(strokes))
