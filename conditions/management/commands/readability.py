"""Print how hard the page for patients is to read."""

from typing import Any

from django.core.management.base import BaseCommand

from conditions.printing.plain import fullest_texts
from conditions.printing.readability import readability


class Command(BaseCommand):
    help = "Print, for every B12 state, how hard the fullest page for a patient is to read: grade and reading ease."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{'B12 state':32}{'words':>7}{'grade':>7}{'ease':>7}")
        for state, text in fullest_texts().items():
            found = readability(text)
            self.stdout.write(f"{state:32}{found.words:7}{found.grade:7.1f}{found.ease:7.0f}")
        self.stdout.write(
            "Grade: Flesch–Kincaid, school years; at most 8 is held by a test. Ease: Flesch, 100 is very easy."
        )
