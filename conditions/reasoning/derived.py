"""Findings that are computed from others by a published formula, each with its source.

A function gets ``Inputs`` and gives an amount, a set of possible states, or ``None`` where anything it
needs is not known exactly: a formula is never fed a guess.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import log10

from .criteria import Known
from .knowledge import Finding
from .quantities import Quantity, Span, bands_reached, convert


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

    def multiple(self, finding: str) -> Decimal | None:
        """The exact amount as a multiple of the upper limit printed beside it; ``None`` if none is printed."""
        quantity = self.amounts.get(finding)
        if quantity is None or quantity.comparator or quantity.interval is None or not quantity.interval.high:
            return None
        return quantity.value / quantity.interval.high

    def states_between(self, finding: str, low: int, high: int) -> frozenset[str]:
        """The states in which an amount between ``low`` and ``high`` may be, by the finding's own limits."""
        bands = [
            band
            for limits in self.findings[finding].limits
            for band in bands_reached(limits.bands, Span(Decimal(low), Decimal(high)), None)
        ]
        return frozenset[str]().union(*[band.states for band in bands])


Result = Quantity | frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Derived:
    """A registered formula: ``formula`` and ``source`` are shown beside every number it gives.

    ``needs`` are amounts without any one of which it gives nothing, so that it need not be asked.
    """

    name: str
    inputs: tuple[str, ...]
    formula: str
    source: str
    compute: Callable[[Inputs], Result]
    needs: frozenset[str] = frozenset()


DERIVED: dict[str, Derived] = {}


def derived(
    *, inputs: tuple[str, ...], formula: str, source: str, needs: tuple[str, ...] = ()
) -> Callable[[Callable[[Inputs], Result]], Callable[[Inputs], Result]]:
    """Register a formula under the function's name."""

    def register(compute: Callable[[Inputs], Result]) -> Callable[[Inputs], Result]:
        name = compute.__name__
        DERIVED[name] = Derived(name, inputs, formula, source, compute, frozenset(needs))
        return compute

    return register


TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


@derived(
    inputs=("creatinine", "age", "sex"),
    needs=("creatinine", "age"),
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


ADJUSTED_FROM = Decimal(500)
PER_METRE, PER_SQUARE_METRE = Decimal("0.0056384"), Decimal("0.0000003")


@derived(
    inputs=("haemoglobin", "altitude"),
    needs=("haemoglobin",),
    formula="measured haemoglobin - (0.0056384 × m + 0.0000003 × m²) g/L, m = altitude of residence in metres, "
    "from 500 m; below 500 m, and where no altitude is given, as measured. Smoking is not adjusted for",
    source="WHO guideline on haemoglobin cutoffs 2024 (equation read in a public implementation of it)",
)
def haemoglobin_at_sea_level(inputs: Inputs) -> Quantity | None:
    """Haemoglobin in g/L as it would be at sea level, to be set against the cut-offs of WHO 2024."""
    measured = inputs.amounts["haemoglobin"]
    value = convert(measured, inputs.findings["haemoglobin"].units, "g/L")
    if "altitude" in inputs.amounts:
        metres = inputs.amount("altitude", "m")
        if metres is None:
            return None
        if metres >= ADJUSTED_FROM:
            value -= (PER_METRE * metres + PER_SQUARE_METRE * metres * metres).quantize(TENTH)
    return Quantity(value, "g/L", measured.comparator)


@derived(
    inputs=("iron", "tibc"),
    needs=("iron", "tibc"),
    formula="100 × iron / total iron-binding capacity, both in µmol/L",
    source="Viapath, Transferrin saturation, test page 2023",
)
def iron_over_binding_capacity(inputs: Inputs) -> Quantity | None:
    """Transferrin saturation in per cent, to one decimal."""
    iron, capacity = inputs.amount("iron", "umol/L"), inputs.amount("tibc", "umol/L")
    if iron is None or not capacity:
        return None
    return Quantity((100 * iron / capacity).quantize(TENTH), "%")


@derived(
    inputs=("bilirubin_total", "bilirubin_direct"),
    needs=("bilirubin_total", "bilirubin_direct"),
    formula="total bilirubin - direct bilirubin",
    source="by definition: indirect is what of the total is not direct",
)
def total_less_direct_bilirubin(inputs: Inputs) -> Quantity | None:
    """Indirect bilirubin in µmol/L, to one decimal; nothing where the direct part exceeds the total."""
    total = inputs.amount("bilirubin_total", "umol/L")
    direct = inputs.amount("bilirubin_direct", "umol/L")
    if total is None or direct is None or direct > total:
        return None
    return Quantity((total - direct).quantize(TENTH), "umol/L")


def _as_multiple(multiple: Decimal | None) -> Quantity | None:
    return None if multiple is None else Quantity(multiple.quantize(HUNDREDTH), "{ULN}")


@derived(
    inputs=("alt",),
    needs=("alt",),
    formula="ALT / upper limit printed on the report",
    source="by definition",
)
def alt_over_upper_limit(inputs: Inputs) -> Quantity | None:
    """ALT as a multiple of its printed upper limit, to two decimals."""
    return _as_multiple(inputs.multiple("alt"))


@derived(
    inputs=("alp",),
    needs=("alp",),
    formula="ALP / upper limit printed on the report",
    source="by definition",
)
def alp_over_upper_limit(inputs: Inputs) -> Quantity | None:
    """ALP as a multiple of its printed upper limit, to two decimals."""
    return _as_multiple(inputs.multiple("alp"))


@derived(
    inputs=("alt", "alp"),
    needs=("alt", "alp"),
    formula="(ALT / its upper limit) / (ALP / its upper limit), by the limits printed on the report, "
    "where either is above its limit",
    source="Chalasani NP et al. Am J Gastroenterol 2014;109:950 (ACG guideline, drug-induced liver injury)",
)
def r_value(inputs: Inputs) -> Quantity | None:
    """ALT against ALP, to two decimals; nothing where neither is raised, for then there is no injury to sort."""
    alt, alp = inputs.multiple("alt"), inputs.multiple("alp")
    if alt is None or not alp or max(alt, alp) <= 1:
        return None
    return Quantity((alt / alp).quantize(HUNDREDTH), "1")


@derived(
    inputs=(
        "active_b12",
        "total_b12",
        "mma",
        "homocysteine",
        "age",
        "renal_function",
        "pregnancy",
        "folate_serum",
    ),
    needs=("active_b12", "total_b12", "mma", "homocysteine", "age"),
    formula="log10((active B12 × total B12) / (MMA × homocysteine)) - 3.79 / (1 + (age/230)^2.6); pmol/L, pmol/L, "
    "µmol/L, µmol/L, years; only with eGFR 60 or above, not pregnant, folate not low. "
    "The coefficients have not been checked against the publication",
    source="Fedosov SN et al. Clin Chem Lab Med 2015;53:1215 (form read in the abstract; coefficients unverified)",
)
def fedosov_4cb12(inputs: Inputs) -> Quantity | None:
    """The combined indicator of four markers, to three decimals; withheld wherever it is known to mislead."""
    folate = inputs.known.get("folate_serum")
    if (
        inputs.state("renal_function") != "preserved"
        or inputs.state("pregnancy") != "absent"
        or folate is None
        or "low" in folate
    ):
        return None
    active, total = inputs.amount("active_b12", "pmol/L"), inputs.amount("total_b12", "pmol/L")
    mma, homocysteine = inputs.amount("mma", "umol/L"), inputs.amount("homocysteine", "umol/L")
    age = inputs.amount("age", "a")
    if not (active and total and mma and homocysteine) or age is None:
        return None
    ratio = log10(float(active * total / (mma * homocysteine)))
    value = ratio - 3.79 / (1 + (float(age) / 230) ** 2.6)
    return Quantity(Decimal(f"{value:.3f}"), "1")


Points = tuple[int, int]
"""The fewest and the most points an item may still give."""

SCORE = "aih_simplified_score"
TITRE = {"below_40": 0, "from_40": 1, "from_80": 2}
LKM1_TITRE = {"below_40": 0, "from_40": 2}
IGG = {"not_raised": 0, "raised": 1, "over_1_1": 2}
HISTOLOGY = {"compatible_aih": 1, "typical_aih": 2}
AIH_ITEMS = frozenset(
    {
        "ana",
        "ana_titre_level",
        "smooth_muscle_antibody",
        "sma_titre_level",
        "anti_lkm1",
        "lkm1_titre_level",
        "anti_sla_lp",
        "igg_aih_level",
        "liver_histology",
    }
)


@derived(
    inputs=(*sorted(AIH_ITEMS), "hbsag", "anti_hcv", "age_group"),
    formula="autoantibodies (ANA or SMA from 1:40: 1; ANA or SMA from 1:80, LKM1 from 1:40 or SLA positive: 2; at most 2) "
    "+ IgG (above its upper limit: 1; above 1.10 times it: 2) + histology (compatible: 1; typical: 2) "
    "+ no viral hepatitis (HBsAg and anti-HCV negative: 2); 6 probable, 7 or more definite. Shown as a number only when "
    "every item is known; adult immunofluorescence titres",
    source="Hennes EM et al. Hepatology 2008;48:169 (IAIHG simplified criteria; read in tables that quote them)",
)
def aih_simplified_2008(inputs: Inputs) -> Quantity | frozenset[str] | None:
    """The simplified score of autoimmune hepatitis, or the states it may still reach where items are missing."""
    if inputs.known.keys().isdisjoint(AIH_ITEMS):
        return None
    if inputs.state("liver_histology") == "normal":
        return inputs.states_between(SCORE, 0, 0)  # hepatitis on biopsy is a necessary condition
    items = (_antibodies(inputs), _igg(inputs), _histology(inputs), _no_virus(inputs))
    low, high = sum(least for least, _ in items), sum(most for _, most in items)
    if low == high:
        return Quantity(Decimal(low), "{score}")
    states = inputs.states_between(SCORE, low, high)
    return states if len(states) < len(inputs.findings[SCORE].states) else None


def _of(inputs: Inputs, finding: str, points: Mapping[str, int]) -> Points | None:
    states = inputs.known.get(finding)
    if states is None:
        return None
    possible = [points[state] for state in states]
    return min(possible), max(possible)


def _antibodies(inputs: Inputs) -> Points:
    """Both ANA and SMA at exactly 1:40 may give one point or two: the table can be read either way."""
    sla = {"negative": (0, 0), "positive": (2, 2)}.get(inputs.state("anti_sla_lp") or "", (0, 2))
    each = (
        _titre(inputs, "ana", "ana_titre_level", TITRE),
        _titre(inputs, "smooth_muscle_antibody", "sma_titre_level", TITRE),
        _titre(inputs, "anti_lkm1", "lkm1_titre_level", LKM1_TITRE),
        sla,
    )
    least, most = max(low for low, _ in each), min(2, sum(high for _, high in each))
    child = inputs.state("age_group") in ("infant", "child")  # lower titres count in children
    return least, 2 if child else most


def _titre(inputs: Inputs, antibody: str, level: str, points: Mapping[str, int]) -> Points:
    """By the titre; failing that by the word, where positive is at least the lowest titre that counts."""
    if found := _of(inputs, level, points):
        return found
    word = inputs.state(antibody)
    if word == "negative":
        return 0, 0
    return (points["from_40"] if word == "positive" else 0), 2


def _igg(inputs: Inputs) -> Points:
    return _of(inputs, "igg_aih_level", IGG) or (0, 2)


def _histology(inputs: Inputs) -> Points:
    """Cirrhosis by itself says nothing of what the inflammation looks like."""
    states = inputs.known.get("liver_histology")
    if states is None or "cirrhosis" in states:
        return 0, 2
    possible = [HISTOLOGY.get(state, 0) for state in states]
    return min(possible), max(possible)


def _no_virus(inputs: Inputs) -> Points:
    markers = (inputs.state("hbsag"), inputs.state("anti_hcv"))
    if "positive" in markers:
        return 0, 0
    return (2, 2) if markers == ("negative", "negative") else (0, 2)
