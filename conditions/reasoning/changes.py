"""What two amounts of the same analyte show together, registered beside the formulas.

A change is worked out only between two exact amounts of one patient. Of total and active B12 none is, for
the methods of two laboratories differ by more than most changes.
"""

from decimal import Decimal

from .derived import DERIVED, Inputs, derived

__all__ = ["DERIVED"]

HALF, HALF_AGAIN = Decimal("0.5"), Decimal("1.5")
RISE = Decimal(10)


def _earlier_and_now(inputs: Inputs, analyte: str, unit: str) -> tuple[Decimal, Decimal] | None:
    earlier, now = inputs.amount(f"previous_{analyte}", unit), inputs.amount(analyte, unit)
    return None if not earlier or now is None else (earlier, now)


def _halved(inputs: Inputs, analyte: str, unit: str) -> frozenset[str] | None:
    amounts = _earlier_and_now(inputs, analyte, unit)
    if amounts is None:
        return None
    earlier, now = amounts
    return frozenset({"halved" if now <= HALF * earlier else "not_halved"})


@derived(
    inputs=("mma", "previous_mma"),
    needs=("mma", "previous_mma"),
    formula="MMA now is half the earlier value or less",
    source="Lindenbaum J et al. N Engl J Med 1988;318:1720 (metabolites fell by more than half on treatment)",
)
def mma_halved(inputs: Inputs) -> frozenset[str] | None:
    """Whether MMA has fallen by half or more since the earlier value."""
    return _halved(inputs, "mma", "umol/L")


@derived(
    inputs=("homocysteine", "previous_homocysteine"),
    needs=("homocysteine", "previous_homocysteine"),
    formula="homocysteine now is half the earlier value or less",
    source="Lindenbaum J et al. N Engl J Med 1988;318:1720 (metabolites fell by more than half on treatment)",
)
def homocysteine_halved(inputs: Inputs) -> frozenset[str] | None:
    """Whether homocysteine has fallen by half or more since the earlier value."""
    return _halved(inputs, "homocysteine", "umol/L")


@derived(
    inputs=("haemoglobin", "previous_haemoglobin"),
    needs=("haemoglobin", "previous_haemoglobin"),
    formula="haemoglobin now exceeds the earlier value by 10 g/L or more",
    source="the rise in a week of treatment that textbooks give; no study of it was read",
)
def haemoglobin_risen(inputs: Inputs) -> frozenset[str] | None:
    """Whether haemoglobin has risen by 10 g/L or more since the earlier value."""
    amounts = _earlier_and_now(inputs, "haemoglobin", "g/L")
    if amounts is None:
        return None
    earlier, now = amounts
    return frozenset({"risen" if now - earlier >= RISE else "not_risen"})


@derived(
    inputs=("creatinine", "previous_creatinine"),
    needs=("creatinine", "previous_creatinine"),
    formula="creatinine now is 1.5 times the earlier value or more",
    source="KDIGO definition of acute kidney injury (read where another text quotes it)",
)
def creatinine_risen(inputs: Inputs) -> frozenset[str] | None:
    """Whether creatinine has risen to 1.5 times the earlier value or more."""
    amounts = _earlier_and_now(inputs, "creatinine", "umol/L")
    if amounts is None:
        return None
    earlier, now = amounts
    return frozenset({"risen" if now >= HALF_AGAIN * earlier else "not_risen"})
