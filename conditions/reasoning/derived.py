"""Findings that are computed from others by a published formula, each with its source.

A function gets ``Inputs`` and gives an amount, a set of possible states, or ``None`` where anything it
needs is not known exactly: a formula is never fed a guess.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .criteria import Known
from .knowledge import Finding
from .quantities import Quantity, convert


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is known when a formula is computed."""

    findings: Mapping[str, Finding]
    amounts: Mapping[str, Quantity]
    known: Known

    def amount(self, finding: str, unit: str) -> Decimal | None:
        """The exact amount in ``unit``; ``None`` if it was not measured or is censored."""
        quantity = self.amounts.get(finding)
        if quantity is None or quantity.comparator:
            return None
        return convert(quantity, self.findings[finding].units, unit)

    def state(self, finding: str) -> str | None:
        """The state, where it is settled."""
        states = self.known.get(finding)
        return next(iter(states)) if states is not None and len(states) == 1 else None


Result = Quantity | frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Derived:
    """A registered formula: ``formula`` and ``source`` are shown beside every number it gives."""

    name: str
    inputs: tuple[str, ...]
    formula: str
    source: str
    compute: Callable[[Inputs], Result]


DERIVED: dict[str, Derived] = {}


def derived(
    *, inputs: tuple[str, ...], formula: str, source: str
) -> Callable[[Callable[[Inputs], Result]], Callable[[Inputs], Result]]:
    """Register a formula under the function's name."""

    def register(compute: Callable[[Inputs], Result]) -> Callable[[Inputs], Result]:
        DERIVED[compute.__name__] = Derived(compute.__name__, inputs, formula, source, compute)
        return compute

    return register


@derived(
    inputs=("creatinine", "age", "sex"),
    formula="142 × min(Scr/κ, 1)^α × max(Scr/κ, 1)^-1.200 × 0.9938^age × 1.012 if female; "
    "Scr in mg/dL; κ 0.7 and α -0.241 (female), κ 0.9 and α -0.302 (male); from 18 years",
    source="Inker LA et al. N Engl J Med 2021;385:1737 (CKD-EPI creatinine equation 2021)",
)
def ckd_epi_2021(inputs: Inputs) -> Quantity | None:
    """Estimated glomerular filtration rate in mL/min/1.73 m², to the whole number, as laboratories print it."""
    creatinine, age, sex = (
        inputs.amount("creatinine", "mg/dL"),
        inputs.amount("age", "a"),
        inputs.state("sex"),
    )
    if not creatinine or age is None or age < 18 or sex is None:
        return None
    kappa, alpha, factor = (0.7, -0.241, 1.012) if sex == "female" else (0.9, -0.302, 1.0)
    ratio = float(creatinine) / kappa
    value = 142 * min(ratio, 1.0) ** alpha * max(ratio, 1.0) ** -1.2 * 0.9938 ** float(age) * factor
    return Quantity(Decimal(round(value)), "mL/min/{1.73_m2}")
