"""What stands behind an analyte's name on a line, cut from left to right into numbers, unit, interval, flag and words."""

import re
from dataclasses import dataclass, field

from .numbers import COMPARATOR, NUMBER
from .vocabulary import Vocabulary, plain_powers

_SEPARATORS = re.compile(r"[\s:=|,;_·…\"•]+|\.{2,}|(?:\.\s){2,}|\.(?=\s|$)|[-–—](?=\s)")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]{0,6}"
_DATE = re.compile(
    rf"(?:\d{{1,2}}([/-])\d{{1,2}}\1(?:19|20)?\d{{2}}|\d{{1,2}}\.\d{{1,2}}\.(?:19|20)?\d{{2}}|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}(?:T[\d:.+Z-]{{2,20}})?|"
    rf"\d{{1,2}}[ -]{_MONTH}[ -](?:19|20)?\d{{2}}|{_MONTH} \d{{1,2}},? (?:19|20)\d{{2}})(?![\w/])",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[01]?\d:[0-5]\d(?::[0-5]\d)?\s?(?:am|pm|hrs?|h)?(?!\w)|2[0-3]:[0-5]\d(?::[0-5]\d)?(?!\w)", re.IGNORECASE
)
_TITRE = re.compile(r"(?P<sign>[<>≤≥]?=?)\s?1\s?[:/]\s?(?P<number>\d{1,6})(?![\w/:.-])")
_TITRES = re.compile(r"1\s?:\s?\d{1,6}")
_RANGE = re.compile(
    rf"(?:[\[(]\s?)?{NUMBER}\s?(?:-|–|—|−|\bto\b|\bbis\b|\bà\b|\ba\b|\.\.\.?)\s?{NUMBER}(?![\w/-]*\d[/-]\d)",
    re.IGNORECASE,
)
_OF_ONE_SEX = re.compile(
    r"[\[(]?\s?(?:adult\s)?(?:females?|males?|women|men|femmes?|hommes?|frauen|männer|f|m)\s?[:.]?\s?(?=[<>≤≥\d])",
    re.IGNORECASE,
)
_CLOSED_ONE_SIDED = re.compile(
    rf"[\[(]\s?(?:(?:ref|normal|range|nr|rr)\S{{0,12}}\s?){{0,3}}[:=]?\s?(?:{COMPARATOR.pattern})\s?{NUMBER}[^()\[\]]{{0,30}}[\])]",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"[\[(]?\s?(?:(?:reference|ref\.?|normal|biological|bio\.?|standard|target|adult|expected)\s?)?"
    r"(?:reference|ref\.?|normal|range|interval|limits?|values?|intervals?|ranges?|nr|rr|r\.i\.|ri|referenzbereich|"
    r"normbereich|norm|normwert|valeurs? de référence|norme|v\.r\.|valori di riferimento|valores de referencia)"
    r"(?:\s?(?:range|interval|limits?|values?|int\.?))?\s?[:=]?\s?"
    rf"(?=[\[(]?\s?(?:{COMPARATOR.pattern}|{NUMBER}\s?(?:-|–|—|−|to|bis|à|a)\s?\d|neg|non?[ -]|not |1:))",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"(?:{COMPARATOR.pattern})?\s?{NUMBER}", re.IGNORECASE)
_ONE_SIDED = re.compile(rf"(?:{COMPARATOR.pattern})\s?{NUMBER}", re.IGNORECASE)
_UNKNOWN_UNIT = re.compile(
    r"[A-Za-zµμ%*^\[\]{}'.\d]{0,12}[A-Za-zµμ%]\s?/\s?[A-Za-zµμ\d\[\]{}'*^.]{1,14}(?:/[A-Za-z\d.]{1,10})?(?![\w/])|%(?!\w)"
)
_DURATION = re.compile(
    r"\d{1,4}(?:(?-i:h)|[ -]?(?:hrs?|hours?|min|mins|minutes?|days?|weeks?|months?|yrs?|years?))(?![\w/])",
    re.IGNORECASE,
)
_PATTERN = re.compile(
    r"(?:speckled|homogeneous|homogenous|nucleolar|centromere|cytoplasmic|fine|coarse|dense|nuclear|diffuse|mixed|atypical|p-anca|c-anca|pattern|titre|titer)\b[,;]?",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?:your (?:value|result)|standard range|normal range|reference (?:range|interval|value)|"
    r"ref\.? ?(?:range|int(?:erval)?)?|result|"
    r"value|units?|range|final|preliminary|corrected|interpretation|flag|status|view trends?|is|was|are|were|at|of|"
    r"résultat|ergebnis|valeur|->|→|~|<!--|\\|/)(?![^\W_])\.?:?",
    re.IGNORECASE,
)  # fmt: skip
_OF_INTERVALS = re.compile(r"(?:below|under|over|above|up|at|bis|jusqu|hasta|fino|unter|über)", re.IGNORECASE)
_FILLER_BEHIND = re.compile(r"(?:[A-Z]\d{0,2}|0\d|[A-Z]{2,3})(?=\s*$)")
_ONLY_BEHIND = {"a", "n", "c", "aa", "+", "-", "++", "--", ">", "<", "#", "normal"}
_BRACKET = re.compile(r"[()\[\]{}]")
_WORD = re.compile(r"[^\s()\[\]]{1,60}")
_CLOSING = re.compile(r"\s{0,3}[\])]")


@dataclass(slots=True)
class Tail:
    """The parts of a line behind the name; ``unknown`` are words that belong to none, before and after a result."""

    numbers: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    unit: str = ""
    interval: str = ""
    interval_unit: str = ""
    flag: str = ""
    no_result: str = ""
    negated_titre: bool = False
    unknown_before: bool = False
    unknown_after: bool = False
    other_specimen: bool = False
    unknown_at: int = 0
    closed: bool = False

    @property
    def has_value(self) -> bool:
        return bool(self.numbers or self.words or self.no_result)

    @property
    def is_result(self) -> bool:
        """Whether it reads as a result and not as prose in which numbers stand.

        Unknown words are forgiven only behind an interval or a flag, where laboratories put short remarks.
        """
        if not self.has_value or self.unknown_before or self.other_specimen:
            return False
        return not self.unknown_after or bool(self.interval or self.flag)


def scan(text: str, words: Vocabulary, titred: bool = False) -> Tail:
    """The parts of ``text``; with ``titred``, ``1:80`` is an amount."""
    text = plain_powers(text)
    tail = Tail()
    place = 0
    while place < len(text):
        if match := _SEPARATORS.match(text, place):
            place = match.end()
            continue
        place = _next(text, place, words, titred, tail)
        if tail.unknown_before:
            break
    if tail.numbers and tail.words and " ".join(tail.words[0].casefold().split()) in words.flags:
        tail.flag = tail.flag or tail.words.pop()
    if tail.numbers and not tail.unit:
        tail.unit = tail.interval_unit
    return tail


def _next(text: str, place: int, words: Vocabulary, titred: bool, tail: Tail) -> int:
    """Where the part that begins at ``place`` ends; it is put into ``tail``."""
    if match := _TITRE.match(text, place):
        if titred and tail.words and not match["sign"] and "neg" in tail.words[0].casefold():
            tail.negated_titre = True
        elif titred and not tail.numbers:
            tail.numbers.append(match["sign"] + match["number"])
        elif titred:
            tail.interval = tail.interval or match[0]
        elif not _TIME.match(text, place):
            tail.unknown_after = True
        return match.end()
    if match := _DATE.match(text, place) or _TIME.match(text, place):
        return match.end()
    if match := _DURATION.match(text, place):
        _unknown(match[0], place, words, tail)
        return match.end()
    if match := _LABELLED.match(text, place):
        return _reference(text, match.end(), words, tail)
    if match := _CLOSED_ONE_SIDED.match(text, place):
        tail.interval = tail.interval or match[0].strip(" ()[]")
        return match.end()
    if match := words.all_units.match(text, place):
        return _unit(match, tail)
    if match := _OF_ONE_SEX.match(text, place):
        return _of_one_sex(text, match, words, tail)
    if match := _RANGE.match(text, place):
        return _interval(text, match, words, tail)
    if match := _NUMBER.match(text, place):
        return _number(text, match, words, tail)
    if text[place] in "([" and words.all_units.match(text, place + 1):
        return place + 1
    if match := _UNKNOWN_UNIT.match(text, place):
        return _unit(match, tail)
    return _word(text, place, words, tail)


def _reference(text: str, place: int, words: Vocabulary, tail: Tail) -> int:
    """What stands behind “Ref:” is an interval, or the word that is expected; neither is a result."""
    while place < len(text) and text[place] in " ([":
        place += 1
    if match := _RANGE.match(text, place) or _ONE_SIDED.match(text, place):
        return _interval(text, match, words, tail)
    if match := _TITRE.match(text, place) or words.all_words.match(text, place) or _WORD.match(text, place):
        tail.interval = tail.interval or match[0]
        return max(match.end(), place + 1)
    return place


def _interval(text: str, match: re.Match[str], words: Vocabulary, tail: Tail) -> int:
    end = match.end()
    unit = words.all_units.match(text, end + (text[end : end + 1] == " "))
    if unit:
        end = unit.end()
    if closing := _CLOSING.match(text, end):
        end = closing.end()
    if not tail.interval:
        tail.interval = text[match.start() : end].strip(" ()[]")
        if unit:
            tail.interval_unit = unit[0]
    return end


def _of_one_sex(text: str, sex: re.Match[str], words: Vocabulary, tail: Tail) -> int:
    """An interval for one sex is shown with the sex; whose it is, is not known here."""
    match = _RANGE.match(text, sex.end()) or _ONE_SIDED.match(text, sex.end())
    if match is None:
        return sex.end()
    first = not tail.interval
    end = _interval(text, match, words, tail)
    if first:
        tail.interval = f"{sex[0].strip(' ([')} {tail.interval}"
    return end


def _unit(match: re.Match[str], tail: Tail) -> int:
    if not tail.unit:
        tail.unit = match[0].strip()
    elif tail.interval and not tail.interval_unit:
        tail.interval_unit = match[0].strip()
    return match.end()


def _number(text: str, match: re.Match[str], words: Vocabulary, tail: Tail) -> int:
    end = match.end()
    number = match[0].strip()
    one_sided = bool(COMPARATOR.match(number))
    if one_sided and (tail.numbers or _OF_INTERVALS.match(number)):
        return _interval(text, match, words, tail)
    if re.fullmatch(r"0\d", number) and tail.has_value:
        return end  # the number of a laboratory behind the result
    if text[end : end + 1] not in ("", " ", "\t", ",", ";", ")", "]", "*", "|", '"', "(", "!") and not (
        re.match(r"[HL](?=[\s*,;)|]|$)|[↑↓]|[:.](?=\s|$)", text[end:])
        or words.all_units.match(text, end)
        or _UNKNOWN_UNIT.match(text, end)
    ):
        _unknown(number, match.start(), words, tail)
        rest = _WORD.match(text, end)
        return rest.end() if rest else end
    if not tail.unknown_after:
        tail.numbers.append(number)
    return end


def _word(text: str, place: int, words: Vocabulary, tail: Tail) -> int:
    if match := words.all_words.match(text, place):
        said = " ".join(match[0].casefold().split())
        if _take_word(said, match[0], words, tail):
            return match.end()
    if match := _PATTERN.match(text, place) or _FILLER.match(text, place) or _BRACKET.match(text, place):
        return match.end()
    if tail.has_value and (match := _FILLER_BEHIND.match(text, place)):
        return match.end()
    match = _WORD.match(text, place)
    if match is None:
        return place + 1
    _unknown(match[0], place, words, tail)
    return match.end()


def _unknown(written: str, place: int, words: Vocabulary, tail: Tail) -> None:
    if tail.has_value and not tail.unknown_after:
        tail.unknown_at = place
    tail.unknown_after = tail.unknown_after or tail.has_value
    tail.unknown_before = tail.unknown_before or not tail.has_value
    tail.other_specimen = tail.other_specimen or written.casefold().strip(" .,;:()[]") in words.specimens


def _take_word(said: str, written: str, words: Vocabulary, tail: Tail) -> bool:
    """Whether a word means something here: beside a number it is a flag, alone a state or the lack of a result."""
    if tail.closed and said in words.flags:
        return True
    if tail.numbers and said in words.flags:
        if written not in "+-><" or not tail.flag:
            tail.flag = tail.flag or written
        return True
    is_state = said in words.words or said in words.asked_words
    if is_state and not tail.words and not tail.interval:
        tail.words.append(written)
        return True
    if is_state:
        tail.closed = bool(tail.interval)  # what follows are the bands of a scale
        return True
    if said in words.flags and (tail.has_value or said not in _ONLY_BEHIND):
        tail.flag = tail.flag or written
        return True
    if said in words.no_result:
        if not tail.numbers:
            tail.no_result = tail.no_result or written
        return True
    return False
