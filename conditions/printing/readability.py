"""How hard a text is to read, by the two formulas that health services use most.

Reading ease: R Flesch, A new readability yardstick, J Appl Psychol 1948;32:221-233.
Grade: JP Kincaid, RP Fishburne, RL Rogers, BS Chissom, Research Branch Report 8-75, US Naval Air Station, 1975.
"""

import re
from dataclasses import dataclass

WORD = re.compile(r"[A-Za-z0-9]+(?:['’][A-Za-z]+)?")
SENTENCE = re.compile(r"[^.!?]+[.!?]+")
VOWELS = re.compile(r"[aeiouy]+")
TWO_SOUNDS = re.compile(r"(?:ia|io|iu|eo|ua|uo)(?!u)|[aeiou]ing$|ea$")
ONE_SOUND = re.compile(r"[tcs]io|giou|[tc]ia[ln]|[qg]u[ao]")
SILENT = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiou]l)e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouyszxhcg])es$|(?<=[^aeiouy])e(?=ly$)"
)


@dataclass(frozen=True, slots=True)
class Readability:
    """Counts of a text. A sentence ends with a stop; a heading without one counts as a sentence if it is given one."""

    sentences: int
    words: int
    syllables: int

    @property
    def ease(self) -> float:
        """Flesch reading ease: 100 is very easy, 0 very hard."""
        return 206.835 - 1.015 * self.words / self.sentences - 84.6 * self.syllables / self.words

    @property
    def grade(self) -> float:
        """Flesch–Kincaid grade: the years of schooling in the United States that the text asks for."""
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def readability(text: str) -> Readability:
    """The counts of a text of whole sentences."""
    words = WORD.findall(text)
    return Readability(
        sentences=max(len(SENTENCE.findall(text)), 1),
        words=max(len(words), 1),
        syllables=sum(map(syllables, words)),
    )


def syllables(word: str) -> int:
    """The syllables of an English word, by its groups of vowels; of capitals and numbers, one for each sign or number."""
    if word.isupper() or any(sign.isdigit() for sign in word):
        return len(re.findall(r"[A-Za-z]|\d+", word))
    said = re.sub(r"['’].*", "", word.lower())
    ended = SILENT.sub("", said)
    count = len(VOWELS.findall(ended)) + len(TWO_SOUNDS.findall(ended)) - len(ONE_SOUND.findall(ended))
    return max(count, 1)
