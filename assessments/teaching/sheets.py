"""Cases on paper: the case with room for a reading, its key, and the first page of a pack."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assessments.presenters.report import Report
from conditions.presenters.release import Release
from conditions.printing.output import fitted
from conditions.printing.poster import threshold_posters
from conditions.printing.qr import QrCode
from conditions.printing.sheets import Paper, Printout, Sheet, Version, printout
from conditions.printing.worksheet import worksheet
from conditions.reasoning.interpret import interpret
from conditions.reasoning.knowledge import Case, Knowledge

from .key import key_of
from .lessons import line_of
from .moves import FIRST
from .told import picture_of, told_of

CSS = "css/sheet-teaching.css"
PACK = "Teaching pack: reading vitamin B12"
Codes = Callable[..., QrCode]
"""The QR code of a page of the site: the name of its address, and what the address needs."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents: the sheet of that number in the pack."""

    number: int
    title: str


def case_sheet(case: Case, knowledge: Knowledge, release: Release, code: Codes) -> Sheet:
    """The case without a word of its answer: what is told, what is known, and room for a reading."""
    line = line_of(case)
    told = told_of(picture_of(case, knowledge), knowledge)
    return Sheet(
        kind=f"Teaching case · {line.level_words}",
        title=line.title,
        template="printing/teaching/case.html",
        said={
            "case": line,
            "told": told,
            "intervals": any(one.interval for one in told),
            "states": tuple(knowledge.conditions[slug].name for slug in knowledge.b12_states),
            "causes": tuple(range(1, FIRST + 1)),
        },
        release=release,
        style="sheet-case",
        page=code("teaching_case", case.slug),
    )


def key_sheet(case: Case, knowledge: Knowledge, release: Release) -> Sheet:
    """The key to the case, on a sheet of its own so that it can be kept back."""
    line = line_of(case)
    report = Report(interpret(picture_of(case, knowledge), knowledge), release)
    return Sheet(
        kind="Key, to be kept back",
        title=f"Key: {line.title}",
        also=f"{line.level_words}. {'; '.join(line.topic_words)}.",
        template="printing/teaching/key.html",
        said={"key": key_of(case, report), "case": line},
        release=release,
        style="sheet-case",
    )


def printed_case(
    case: Case, knowledge: Knowledge, release: Release, code: Codes, *, key: bool, back: str
) -> Printout:
    """One case, and its key on its own sheet behind it where that is wanted."""
    sheets = [case_sheet(case, knowledge, release, code)]
    if key:
        sheets.append(key_sheet(case, knowledge, release))
    return printout(
        *sheets,
        title=f"Teaching case: {line_of(case).title}{', with its key' if key else ''}",
        file_name=f"cobalt-case-{case.slug}{'-with-key' if key else ''}",
        css=CSS,
        back=back,
        back_words="To the case",
    )


def printed_pack(
    cases: Sequence[Case],
    knowledge: Knowledge,
    release: Release,
    code: Codes,
    *,
    key: bool,
    back: str,
    paper: Paper = Paper.A4,
) -> Printout:
    """The cases, a worksheet and the limits, under a first page with the contents; the keys come last.

    Slides leave out the worksheet, for nobody writes on them.
    """
    sheets = [
        *[case_sheet(case, knowledge, release, code) for case in cases],
        *[worksheet(knowledge, release, code("print_worksheet")) for _ in range(paper is not Paper.SLIDE)],
        *_poster(knowledge, release, code("print_thresholds"), paper),
        *[key_sheet(case, knowledge, release) for case in cases if key],
    ]
    return printout(
        _first(cases, sheets, release, code, key=key, slides=paper is Paper.SLIDE),
        *sheets,
        title=PACK,
        file_name="cobalt-teaching-pack",
        css=CSS,
        back=back,
        back_words="To the choice of cases",
    )


def _poster(knowledge: Knowledge, release: Release, code: QrCode, paper: Paper) -> Version:
    """The limits, as many as one page of the paper holds; all of them on slides, which may run on."""
    posters = threshold_posters(knowledge, release, code)
    if paper is Paper.SLIDE:
        return next(posters)
    return fitted(Printout(PACK, "", posters, most_pages=1), paper).sheets


def _first(
    cases: Sequence[Case],
    sheets: Sequence[Sheet],
    release: Release,
    code: Codes,
    *,
    key: bool,
    slides: bool,
) -> Sheet:
    return Sheet(
        kind="Teaching pack",
        title="Reading vitamin B12",
        template="printing/teaching/contents.html",
        said={
            "entries": tuple(_entries(sheets)),
            "number": len(cases),
            "key": key,
            "slides": slides,
            "levels": tuple(dict.fromkeys(line_of(case).level_words for case in cases)),
        },
        release=release,
        style="sheet-contents",
        page=code("teaching_list"),
    )


def _entries(sheets: Sequence[Sheet]) -> Iterator[Entry]:
    for number, sheet in enumerate(sheets, start=2):
        yield Entry(number, sheet.title)
