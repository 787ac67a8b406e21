"""Interpret every person of a survey file, and count: python benchmarks/nhanes.py FILE.csv.gz

The file holds persons of NHANES 2001-2006 (US National Center for Health Statistics, public use) with a
serum B12, one a row, the unit in each column's name. The project does not ship it. Printed: what a reader
of the file can check against the published codebooks, the headline states, whether anything was refused or
contradicts itself, and the time a person takes.
"""

import csv
import gzip
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from conditions.files import read_files
from conditions.reasoning.document import read_document
from conditions.reasoning.interpret import Interpretation, interpret
from conditions.reasoning.knowledge import Support
from conditions.reasoning.picture import PictureError, read_picture

MEASURED = {
    "age_y": ("age", "a"),
    "b12_pg_ml": ("total_b12", "pg/mL"),
    "mma_nmol_l": ("mma", "nmol/L"),
    "hcy_umol_l": ("homocysteine", "umol/L"),
    "folate_serum_ng_ml": ("folate_serum", "ng/mL"),
    "folate_rbc_ng_ml": ("folate_red_cell", "ng/mL"),
    "hgb_g_dl": ("haemoglobin", "g/dL"),
    "hct_pct": ("haematocrit", "%"),
    "mcv_fl": ("mcv", "fL"),
    "mch_pg": ("mch", "pg"),
    "rdw_pct": ("rdw", "%"),
    "rbc_1e12_l": ("red_cell_count", "10*12/L"),
    "wbc_1e9_l": ("white_cell_count", "10*9/L"),
    "plt_1e9_l": ("platelets", "10*9/L"),
    "neut_1e9_l": ("neutrophils", "10*9/L"),
    "eos_1e9_l": ("eosinophils", "10*9/L"),
    "creat_mg_dl": ("creatinine", "mg/dL"),
    "alt_u_l": ("alt", "U/L"),
    "ast_u_l": ("ast", "U/L"),
    "alp_u_l": ("alp", "U/L"),
    "ggt_u_l": ("ggt", "U/L"),
    "bili_total_mg_dl": ("bilirubin_total", "mg/dL"),
    "ldh_u_l": ("ldh", "U/L"),
    "albumin_g_dl": ("albumin", "g/dL"),
    "total_protein_g_dl": ("total_protein", "g/dL"),
    "bun_mg_dl": ("urea_nitrogen", "mg/dL"),
    "calcium_mg_dl": ("calcium", "mg/dL"),
    "glucose_mg_dl": ("glucose", "mg/dL"),
    "ferritin_ng_ml": ("ferritin", "ng/mL"),
    "tsat_pct": ("transferrin_saturation", "%"),
    "hba1c_pct": ("hba1c", "%"),
    "crp_mg_dl": ("crp", "mg/dL"),
    "tsh_uiu_ml": ("tsh", "u[IU]/mL"),
    "ft4_ng_dl": ("free_t4", "ng/dL"),
    "tpo_ab_iu_ml": ("tpo_antibody", "[IU]/mL"),
}
MEDICINES = {
    "rx_metformin": "metformin",
    "rx_ppi": "proton_pump_inhibitor",
    "rx_h2ra": "h2_receptor_antagonist",
    "rx_colchicine": "colchicine",
    "rx_phenytoin": "phenytoin",
    "rx_methotrexate": "methotrexate",
    "rx_hydroxyurea": "hydroxycarbamide",
    "rx_levothyroxine": "levothyroxine",
}
LEADS = (Support.ESTABLISHED, Support.SUPPORTED)

Person = dict[str, str]


def persons(path: Path) -> Iterator[Person]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def picture_of(person: Person) -> dict[str, Any]:
    """The person in the words of a picture; what is empty was not measured and stays unknown."""
    measured = {
        name: {"value": person[column], "unit": unit}
        for column, (name, unit) in MEASURED.items()
        if person[column]
    }
    stated = {name: "present" if person[c] == "1" else "absent" for c, name in MEDICINES.items() if person[c]}
    stated["sex"] = {"F": "female", "M": "male"}[person["sex"]]
    if person["pregnant"]:
        stated["pregnancy"] = "present" if person["pregnant"] == "1" else "absent"
    return {"measured": measured, "stated": stated}


def contradicts_itself(said: Interpretation) -> bool:
    """Whether anybody is both deficient and unlikely to be."""
    return said.of("b12_deficiency").support in LEADS and said.of("b12_deficiency_unlikely").support in LEADS


def weighted_share(rows: list[Person], low: bool) -> float:
    """The weighted percentage of adults of 2001-2004 with B12 below 200 pg/mL, or above 1000."""
    adults = [r for r in rows if float(r["age_y"]) >= 20 and r["cycle"] in ("2001-2002", "2003-2004")]
    total = sum(float(r["wt_mec_2y"]) for r in adults)
    wanted = [r for r in adults if (float(r["b12_pg_ml"]) < 200 if low else float(r["b12_pg_ml"]) > 1000)]
    return 100 * sum(float(r["wt_mec_2y"]) for r in wanted) / total


def main(path: Path) -> None:
    knowledge = read_document(read_files())
    rows = list(persons(path))
    print(
        f"persons {len(rows)}; adults 2001-2004, weighted: B12 < 200 pg/mL {weighted_share(rows, True):.2f} %"
    )
    print(f"(published 2.10 %), B12 > 1000 pg/mL {weighted_share(rows, False):.2f} % (published 3.7 %)")
    states: Counter[str] = Counter()
    refused: list[str] = []
    asked = contradictions = 0
    times = []
    for person in rows:
        start = perf_counter()
        try:
            said = interpret(read_picture(picture_of(person), knowledge).under("nice_ng239"), knowledge)
        except PictureError as error:
            refused += [f"{person['cycle']} {person['seqn']}: {p.path}: {p.says}" for p in error.problems]
            continue
        times.append(1e6 * (perf_counter() - start))
        states[said.headline.state or "none"] += 1
        contradictions += contradicts_itself(said)
        asked += bool(said.questions)
    for state, count in states.most_common():
        print(f"{state:32}{count:>7}{100 * count / len(rows):>7.1f} %")
    print(f"refused {len(refused)}, asked about {asked}, contradictions {contradictions}")
    print(
        f"microseconds a person, from JSON: median {median(times):.0f}, p95 {quantiles(times, n=20)[-1]:.0f}"
    )
    for line in refused[:20]:
        print(line)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
