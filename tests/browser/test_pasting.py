"""Pasting a report and an earlier note, in a real browser."""

import re
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.counting import Counted
from tests.browser.looking import violations

pytestmark = pytest.mark.slow

MOST_ACTIONS = 6
MOST_ACTIONS_AGAIN = 4
PASTE_KEYS = ("Control", "V")
DATA = Path("tests/assessments/reports/data")
REPORT = """Patient: EXAMPLE, Jane        DOB: 01/02/1960
NHS No: 943 476 5919
Haemoglobin        98 g/L      (115 - 165)  L
MCV                112 fL      (80 - 100)   H
Vitamin B12        150 ng/L    (180 - 914)  L
Serum folate       GREATER THAN 20 ug/L (3.0 - 20.0)
Active B12         UNABLE TO REPORT
Film to follow, J Example told."""
DOUBTFUL = "Vitamin B12   150 ng/ml   (180 - 914)\nFerritin   15\nRDW   51 fL\nMCV   112 fL"
TOTAL_B12 = "Vitamin B12, total (serum cobalamin)"
SECRETS = ("EXAMPLE", "Jane", "943 476 5919", "01/02/1960")


@pytest.fixture
def sent(page: Page) -> list[str]:
    """All that the browser sends while the test runs: addresses and bodies, as a reader would see them."""
    said: list[str] = []

    def listen(request: Request) -> None:
        said.append(unquote_plus(f"{request.url} {request.post_data or ''}"))

    page.on("request", listen)
    return said


def paste(page: Page, text: str) -> None:
    """The text from the clipboard into the field, where the cursor stands."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    field = page.locator("#id-text")
    field.focus()
    page.keyboard.press("Control+V")


def pasted(page: Page, text: str) -> None:
    page.goto("/assess/paste/")
    paste(page, text)
    expect(page.locator("#reading-heading")).to_be_focused()


def is_in(words: tuple[str, ...], sent: list[str]) -> list[str]:
    return [word for word in words for said in sent if word.casefold() in said.casefold()]


def test_from_the_pasted_report_to_the_copied_line(
    page: Page, sent: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    do = Counted(page, "pasted, with three checks of accessibility on the way")
    do.open("/assess/paste/")
    expect(page.locator("#id-text")).to_be_focused()
    assert violations(page) == []

    do.act("paste")
    paste(page, REPORT)
    do.keystrokes += len(PASTE_KEYS)
    expect(page.locator("#reading-heading")).to_have_text(re.compile("4 results read"))
    expect(page.locator("#reading-heading")).to_be_focused()
    expect(page.locator("#dropped")).to_contain_text(
        "3 parts (patient, nhs no, a name or number met elsewhere"
    )
    row = page.get_by_role("row", name=re.compile(TOTAL_B12.replace("(", r"\(").replace(")", r"\)")))
    for words in ("150 ng/L", "= 111 pmol/L", "180 - 914", "Vitamin B12        150 ng/L    (180 - 914)  L"):
        expect(row).to_contain_text(words)
    expect(page.locator("#reading")).to_contain_text("No result was reported: “UNABLE TO REPORT”.")
    assert violations(page) == []

    do.click(page.get_by_role("button", name="Use 4 results"))
    report = page.locator("#report")
    expect(page.locator("#earlier-read")).to_contain_text("4 results filled in from the report.")
    expect(report).to_contain_text("B12 deficiency")
    assert violations(page) == []

    do.act("tick what else is known")
    for question in ("Sore, red or smooth tongue", "Metformin"):
        do.tick(page.get_by_role("group", name=question, exact=True).get_by_label("Yes", exact=True))
    expect(report).to_contain_text("Metformin")

    do.click(page.get_by_role("button", name="Copy one line"))
    expect(page.locator(".report-copied").first).to_have_text("Copied: one line.")
    assert "total B12 150 ng/L is below 180 ng/L" in str(page.evaluate("navigator.clipboard.readText()"))
    do.tell(capsys)
    assert len(do.actions) <= MOST_ACTIONS
    assert is_in(SECRETS, sent) == []


def test_the_second_visit_takes_the_note_and_the_new_result(
    page: Page, sent: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    page.goto("/assess/paste/")
    paste(page, REPORT)
    page.get_by_role("button", name="Use 4 results").click()
    expect(page.locator("#report")).to_contain_text("B12 deficiency")
    page.get_by_role("button", name="Step by step").click()
    page.get_by_role("navigation", name="Steps").get_by_role("button", name="Check").click()
    note = page.locator("#report-text").text_content() or ""
    assert "cobalt1 " in note

    do = Counted(page, "second visit, with one check of accessibility on the way")
    do.open("/assess/paste/")
    do.act("paste the new result")
    paste(page, "Vitamin B12   420 ng/L   (180 - 914)")
    expect(page.locator("#reading-heading")).to_contain_text("1 result read")
    do.act("paste the note")
    paste(page, f"Jane Example, 943 476 5919, seen again.\n{note}")
    expect(page.get_by_role("button", name="Use the earlier note and 1 result")).to_be_visible()
    expect(page.locator("#dropped")).to_contain_text("Of the earlier note only its Cobalt line is needed")
    assert violations(page) == []
    do.keystrokes += 2 * len(PASTE_KEYS)
    do.click(page.get_by_role("button", name="Use the earlier note and 1 result"))

    read = page.locator("#earlier-read")
    expect(read).to_contain_text(f"Told as earlier results: Haemoglobin, Mean cell volume, {TOTAL_B12}.")
    expect(read).to_contain_text("not for this report: Folate, serum >20 µg/L.")
    expect(page.get_by_label(TOTAL_B12, exact=True)).to_have_value("420")
    expect(page.get_by_label("Total B12, an earlier result", exact=True)).to_have_value("150")
    do.tell(capsys)
    assert len(do.actions) <= MOST_ACTIONS_AGAIN
    assert is_in(SECRETS, sent) == []


def test_whoever_goes_back_finds_the_report_again_and_anew_an_empty_page(page: Page) -> None:
    pasted(page, DOUBTFUL)
    page.get_by_role("button", name="Use 1 result", exact=True).click()
    expect(page.locator("#earlier-read")).to_be_visible()

    page.go_back()

    expect(page.locator("#reading-heading")).to_have_text(re.compile("1 result read"))
    page.goto("/assess/paste/")
    expect(page.locator("#id-text")).to_have_value("")
    expect(page.locator("#reading-heading")).to_have_count(0)


@pytest.mark.parametrize("name", ["fhir_lines.json", "hl7_pmip.hl7", "uk_awkward_identifiers.txt"])
def test_no_identifying_word_leaves_the_browser(page: Page, sent: list[str], name: str) -> None:
    text = (DATA / name).read_text(encoding="utf-8")
    hidden = re.findall(
        r"[^\s,\[\]'\"]+", (DATA / name).with_suffix(".yaml").read_text().rpartition("never:")[2]
    )

    pasted(page, text)

    expect(page.locator("#dropped")).to_contain_text("Dropped here and not sent")
    assert len(hidden) > 2
    assert is_in(tuple(hidden), sent) == []


def test_what_is_doubtful_is_asked_and_never_ticked(page: Page) -> None:
    pasted(page, DOUBTFUL)

    unit = page.get_by_role("group").filter(has_text="150 ng/mL is printed, which is very unusual")
    expect(unit.get_by_label("Not used")).to_be_checked()
    expect(
        page.get_by_role("group", name="Ferritin: the unit is missing.").get_by_label("Not used")
    ).to_be_checked()
    expect(page.get_by_role("button", name="Use 1 result", exact=True)).to_be_visible()
    unit.get_by_label("150 ng/L").check()
    page.get_by_role("button", name="Use 2 results").click()

    expect(page.get_by_label(TOTAL_B12, exact=True)).to_have_value("150")
    expect(page.get_by_label("Ferritin", exact=True)).to_have_count(0)


def test_nothing_stands_beside_a_text_it_was_not_read_from(page: Page) -> None:
    pasted(page, DOUBTFUL)

    page.locator("#id-text").press_sequentially(" ")

    expect(page.locator("#reading")).to_have_attribute("inert", "")
    expect(page.locator("#reading")).to_contain_text("The text was changed: it has to be read again.")
    page.get_by_role("button", name="Read it").click()
    expect(page.locator("#reading")).not_to_have_attribute("inert", "")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "There is nothing to read."),
        ('{"resourceType": "Patient", "name": "Jane', "This begins as JSON and cannot be read"),
        ("Name: Jane Example", "Nothing is left to read"),
        ("<p>Jane</p>", "XML and HTML are not read"),
    ],
)
def test_what_cannot_be_read_is_said_and_neither_sent_nor_lost(
    page: Page, sent: list[str], text: str, says: str
) -> None:
    page.goto("/assess/paste/")
    page.locator("#id-text").fill(text)

    page.get_by_role("button", name="Read it").click()

    expect(page.get_by_role("alert")).to_contain_text(says)
    expect(page.locator("#id-text")).to_have_value(text)
    expect(page.locator("#id-text")).to_be_focused()
    assert [said for said in sent if "text=" in said] == []
    assert violations(page) == []


def test_where_dropping_fails_nothing_is_sent(page: Page, sent: list[str]) -> None:
    page.goto("/assess/paste/")
    page.evaluate("void (String.prototype.matchAll = () => { throw new Error('broken'); })")

    paste(page, REPORT)

    expect(page.get_by_role("alert")).to_contain_text("nothing of it was sent")
    expect(page.locator("#id-text")).to_have_value(REPORT)
    assert is_in(SECRETS, sent) == []


def test_a_dropped_file_is_read_as_a_pasted_text(page: Page) -> None:
    page.goto("/assess/paste/")
    drop = """([name, bytes]) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], name));
        document.getElementById("id-text").dispatchEvent(
            new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true}));
    }"""

    page.evaluate(drop, ["scan.pdf", [*b"%PDF-1.7 \x00\x01\x02\x03\x04"]])
    expect(page.get_by_role("alert")).to_contain_text("This is not text")
    page.locator("#id-text").fill("")
    page.evaluate(drop, ["report.txt", [*"Ferritin 15 µg/L".encode("latin-1")]])

    expect(page.get_by_role("row", name=re.compile("Ferritin"))).to_contain_text("15 µg/L")


def test_a_server_that_does_not_answer_loses_nothing(browser: Browser, site: str) -> None:
    """Without the watch on the console, in which a failed request is an error."""
    with browser.new_context(base_url=site) as context:
        page = context.new_page()
        page.goto("/assess/paste/")
        page.route("**/assess/paste/", lambda route: route.fulfill(status=503, body="Busy"))
        paste(page, DOUBTFUL)
        expect(page.get_by_role("alert")).to_contain_text("It could not be read just now.")
        page.unroute("**/assess/paste/")
        page.route(
            "**/assess/paste/", lambda route: route.fulfill(status=200, body="<p>Sign in to the network</p>")
        )
        page.get_by_role("button", name="Read it").click()
        expect(page.get_by_role("alert")).to_contain_text("Something else than Cobalt answered.")
        expect(page.locator("#id-text")).to_have_value(DOUBTFUL)
        page.unroute("**/assess/paste/")

        context.clear_cookies()  # as after signing in or out in another tab
        page.get_by_role("button", name="Read it").click()

        expect(page.locator("#reading-heading")).to_contain_text("1 result read")
        expect(page.get_by_role("alert")).to_have_count(0)


def test_the_whole_way_without_scripts(page_without_scripts: Page) -> None:
    page = page_without_scripts
    page.goto("/assess/paste/")
    expect(page.locator("#about-dropping")).to_contain_text(
        "are dropped by the server before anything is read, and not"
    )
    page.locator("#id-text").fill(REPORT)
    page.get_by_role("button", name="Read it").dblclick()
    expect(page.locator("#reading")).to_contain_text(
        "Dropped by the server, because it identifies a person or may:"
    )
    expect(page.locator("#id-text")).not_to_have_value(re.compile("Jane"))

    page.get_by_role("button", name="Use what is ticked").click()

    expect(page.locator("#earlier-read")).to_contain_text("4 results filled in from the report.")
    expect(page.locator("#report")).to_contain_text("B12 deficiency")


def test_a_phone_and_a_dark_screen_show_all_of_it(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")  # no colour is looked at halfway
    page.set_viewport_size({"width": 320, "height": 640})
    pasted(page, f"{REPORT}\n{DOUBTFUL.replace('MCV', 'ALT')}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
