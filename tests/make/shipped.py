"""The knowledge as it stands in the files, read without a database."""

from functools import cache

from conditions.files import read_files
from conditions.reasoning.document import read_document
from conditions.reasoning.knowledge import Knowledge
from conditions.reasoning.picture import PatientPicture
from conditions.reasoning.quantities import Interval, Quantity, read_amount


@cache
def shipped() -> Knowledge:
    """Read once for all tests."""
    return read_document(read_files())


def patient(
    *told: str, guideline: str | None = "nice_ng239", **measured: tuple[str, str] | tuple[str, str, str]
) -> PatientPicture:
    """``patient("glossitis present", total_b12=("<150", "ng/L", "197-771"))``; either end of the interval may be left out."""
    stated = dict([words.split() for words in told])
    if guideline:
        stated["guideline"] = guideline
    return PatientPicture({name: _quantity(*parts) for name, parts in measured.items()}, stated)


def _quantity(text: str, unit: str, printed: str = "") -> Quantity:
    comparator, value = read_amount(text)
    low, _, high = printed.partition("-")
    ends = [read_amount(end)[1] if end else None for end in (low, high)]
    return Quantity(value, unit, comparator, Interval(*ends) if printed else None)
