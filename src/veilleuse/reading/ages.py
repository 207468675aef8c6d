"""Ages as people state them in French and English. Never a guess: no statement, no age."""

import re
from collections.abc import Callable, Iterator
from datetime import date

import msgspec

from veilleuse.reading.fold import fold

MAJORITY = 18
OLDEST = 130

# Patterns run over the folded text, where case, accents and look-alikes are gone and offsets are the raw ones.
_N = r"(\d{1,2})"
_RANGE = rf"{_N}(?: ?(?:-|a|to|et|and|/) ?{_N})?"
_YEARS = r"(?:ans?|yo|y/o|y o|yrs?(?: old)?|years?[ -]old|years of age)"
# "13 ans de prison", "in 13 years", "il y a 13 ans": time that passed, not an age.
_NOT_AGE_BEFORE = (
    r"(?<!\by a )(?<!depuis )(?<!pendant )(?<!durant )(?<!dans )(?<!apres )(?<!tous les )(?<!environ )(?<!duree de )"
    r"(?<!for )(?<!since )(?<!within )(?<!last )(?<!next )(?<!every )(?<!peine de )(?<!prison de )(?<!\d)(?<!\d[.,])"
)
_NOT_AGE_AFTER = (
    r"(?! ?(?:de (?:prison|carriere|mariage|metier|reclusion|garantie|service|retard|vie commune|relation|bonheur)"
    r"|d (?:age|experience|anciennete|existence|absence|ecart)|d'(?:age|experience|anciennete|existence|absence|ecart)"
    r"|ferme|avec sursis|apres|avant|plus tard|plus tot|ago|later|experience|in a row))"
)
_UNITS = (
    r"(?! ?(?:min|mins|minutes?|h|hrs?|hours?|heures?|days?|jours?|weeks?|semaines?|months?|mois|km|m|cm|kg|lbs?"
    r"|miles?|pts?|points?|st|nd|rd|th|eme|e|er|x|ft|\$|€|euros?|k|gb|mb|fps|am|pm|people|steps?|levels?|games?"
    r"|kills?|wins?)\b)(?![.:/,]?\d)(?! ?%)"
)
_SAYS = r"(?:i ?'?m(?: only)?|i am|she'?s|he'?s|she is|he is|you'?re|you are|u r|ur|are you|r u|turned|turning)"
_GRADES = {
    "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
# The usual age on entering a class: French Éducation nationale; one year of range, as pupils are of two ages.
_CLASSES = {
    "cp": 6, "ce1": 7, "ce2": 8, "cm1": 9, "cm2": 10, "6": 11, "sixieme": 11, "5": 12, "cinquieme": 12, "4": 13,
    "quatrieme": 13, "3": 14, "troisieme": 14, "seconde": 15, "2nde": 15, "premiere": 16, "1ere": 16, "terminale": 17,
}  # fmt: skip
_NOT_CLASS = r"(?! ?(?:position|place|vitesse|etage|ligne|fois|division|ligue|partie|saison|main|mi-temps|page|jour))"
_PRIMARY = r"(cp|ce1|ce2|cm1|cm2|sixieme|cinquieme|quatrieme|troisieme)"
_LYCEE = r"(seconde|2nde|premiere|1ere|terminale)"
_ORDINAL = "(sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)"


class AgeStatement(msgspec.Struct, frozen=True):
    """`text[start:end]` says that somebody is between `low` and `high` years old, both included."""

    low: int
    high: int
    start: int
    end: int

    @property
    def minor(self) -> bool:
        """Whether nobody of that age is of age."""
        return self.high < MAJORITY

    @property
    def adult(self) -> bool:
        """Whether everybody of that age is of age."""
        return self.low >= MAJORITY

    def __str__(self) -> str:
        if self.high == OLDEST:
            return f"{self.low}+"
        return f"{self.low}" if self.low == self.high else f"{self.low}-{self.high}"


def _exact(match: re.Match[str]) -> tuple[int, int]:
    low = int(match[1])
    return low, int(match[2]) if match.lastindex == 2 and match[2] else low


def _below(match: re.Match[str]) -> tuple[int, int]:
    return 0, int(match[1]) - 1


def _above(match: re.Match[str]) -> tuple[int, int]:
    return int(match[1]), OLDEST


def _in_class(match: re.Match[str]) -> tuple[int, int]:
    age = _CLASSES[match[1]]
    return age, age + 1


def _in_grade(match: re.Match[str]) -> tuple[int, int]:
    said = next(group for group in match.groups() if group)
    grade = _GRADES.get(said) or int(said)
    return grade + 5, grade + 6


def _in_year(match: re.Match[str]) -> tuple[int, int]:
    return int(match[1]) + 4, int(match[1]) + 5


# In order of trust: where two statements share a place, the first stands.
_STATEMENTS: list[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, int]]]] = [
    (re.compile(rf"(?<![\w.]){_N} ?(?:\+|ans et plus|and (?:over|up|older)|or older|years and over)(?![\w+])"), _above),
    (re.compile(rf"(?<![\w+])\+ ?{_N}\b"), _above),
    (re.compile(rf"\b(?:plus de|over|at least|minimum) {_N}(?: (?:ans|years old))\b"), _above),
    (re.compile(rf"\b(?:moins de|under) {_N}(?: ?(?:ans|years old|yo))?\b{_UNITS}"), _below),
    (re.compile(rf"{_NOT_AGE_BEFORE}\b{_RANGE} ?{_YEARS}\b{_NOT_AGE_AFTER}"), _exact),
    (re.compile(rf"\b(?:aged?|ages|age :?|agee?s? de|age of) {_RANGE}\b{_UNITS}"), _exact),
    (re.compile(rf"\b{_SAYS} {_N}\b{_UNITS}"), _exact),
    (re.compile(r"(?<![\w'])[fmh]([1-6]\d)\b(?! ?(?:fighter|jet|eagle|falcon|rifle|key|strike))"), _exact),
    (re.compile(r"(?<![\w'.,])([1-6]\d) ?f\b(?! ?[.:/\d'])"), _exact),
    (re.compile(rf"\b(?:en|classe de) {_PRIMARY}\b{_NOT_CLASS}"), _in_class),
    (re.compile(rf"\b(?:en|classe de) ([3-6]) ?(?:eme|e)\b{_NOT_CLASS}"), _in_class),
    (re.compile(rf"\b(?:suis|es|est|rentre|entre|passes?|eleve) en {_LYCEE}\b{_NOT_CLASS}"), _in_class),
    (re.compile(rf"\b{_ORDINAL} grade(?:rs?)?\b"), _in_grade),
    (re.compile(r"\b([5-9]|1[0-2]) ?th grade(?:rs?)?\b|\bgrade ([5-9]|1[0-2])\b"), _in_grade),
    (re.compile(r"\bin year ([7-9]|1[0-3])\b"), _in_year),
]  # fmt: skip
_BARE_RANGE = re.compile(r"(?<![\w.:/+])(1[0-7]) ?(?:-|/|a|to) ?(1[0-7])(?![\w:/.]\d|\d)")
_BORN = re.compile(r"\b(?:nee?s? en|born in|ne en|naissance :?|date of birth :?|dob :?) ((?:19|20)\d\d)\b")
_HOLDS_AGE = re.compile(r"\d|\ben (?:cp|s|c|q|t|p)|grade", re.IGNORECASE)


def find_ages(text: str, on: date | None = None, *, name: bool = False) -> list[AgeStatement]:
    """The ages a text states, in order. Birth years count only where the day of the text, `on`, is known.

    In a `name`, a bare range such as "13-17" is one of ages.
    """
    if not _HOLDS_AGE.search(text):
        return []
    folded = fold(text)
    found: list[AgeStatement] = []
    for statement in (*_stated(folded), *_born(folded, on), *(_bare(folded) if name else ())):
        if all(statement.end <= other.start or other.end <= statement.start for other in found):
            found.append(statement)
    return sorted(found, key=lambda s: s.start)


def _stated(folded: str) -> Iterator[AgeStatement]:
    for pattern, ages in _STATEMENTS:
        for match in pattern.finditer(folded):
            low, high = ages(match)
            if 0 <= low <= high:
                yield AgeStatement(low, high, match.start(), match.end())


def _bare(folded: str) -> Iterator[AgeStatement]:
    for match in _BARE_RANGE.finditer(folded):
        yield AgeStatement(int(match[1]), int(match[2]), match.start(), match.end())


def _born(folded: str, on: date | None) -> Iterator[AgeStatement]:
    if on is None:
        return
    for match in _BORN.finditer(folded):
        age = on.year - int(match[1])
        if 0 < age <= OLDEST:
            yield AgeStatement(age - 1, age, match.start(), match.end())
