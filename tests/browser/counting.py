"""Counting what a journey asks of a clinician, so that all journeys are told in one form."""

import time
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Locator, Page


@dataclass
class Counted:
    """Does what a clinician does on a page, and counts it: actions, ticks and keys.

    An action is what a clinician would call one thing: opening a page, pasting, filling in a part, pressing a button.
    """

    page: Page
    journey: str
    actions: list[str] = field(default_factory=list)
    ticks: int = 0
    keystrokes: int = 0
    began: float = field(default_factory=time.monotonic)

    def open(self, address: str) -> None:
        self.act("open the page")
        self.page.goto(address)

    def act(self, what: str) -> None:
        """Something begins that is one action, whatever it takes."""
        self.actions.append(what)

    def click(self, button: Locator) -> None:
        self.act("press a button")
        button.click()

    def tick(self, answer: Locator) -> None:
        self.ticks += 1
        answer.check()

    def choose(self, select: Locator, option: str) -> None:
        self.ticks += 1
        select.select_option(option)

    def fill(self, field_: Locator, text: str) -> None:
        self.keystrokes += len(text)
        field_.fill(text)

    def type(self, text: str) -> None:
        """Key by key, where the cursor stands."""
        self.keystrokes += len(text)
        self.page.keyboard.type(text, delay=40)

    def press(self, *keys: str) -> None:
        self.keystrokes += len(keys)
        for key in keys:
            self.page.keyboard.press(key)

    def tell(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Print the counts and the time so far, also where a test passes."""
        seconds = time.monotonic() - self.began
        with capsys.disabled():
            print(
                f"\nJourney, {self.journey}: {len(self.actions)} actions, {self.ticks} ticks,"
                f" {self.keystrokes} keystrokes, {seconds:.1f} s at the pace of this machine"
            )
