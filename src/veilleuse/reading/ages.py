"""Ages as people state them in French and English. Never a guess: no statement, no age."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache

import msgspec

from veilleuse.reading.fold import HIDDEN, fold

MAJORITY = 18
OLDEST = 130

# Patterns run over the folded text, where case, accents and look-alikes are gone, with its punctuation left in and
# what nobody sees taken out.
_N = r"(\d{1,2})"
_RANGE = rf"{_N}(?: ?(?:-|a|to|et|and|/) ?{_N})?"
_OLD = r"[ -]?(?:yo|y[/ ]?o|(?:yr|year)s?[ -]olds?|years of age)"
_YEARS = r"[ -]?(?:ans?|yrs?)"
_OPEN_AGE = r"(1[3-9]|21)"  # "18+" is an age; "50+" counts something
# "13 ans de prison", "in 13 years", "il y a 13 ans": time that passed, not an age.
_NOT_AGE_BEFORE = (
    r"(?<!\by a )(?<!depuis )(?<!pendant )(?<!durant )(?<!dans )(?<!apres )(?<!tous les )(?<!environ )(?<!duree de )"
    r"(?<!for )(?<!since )(?<!within )(?<!last )(?<!next )(?<!every )(?<!peine de )(?<!prison de )(?<!\d)(?<!\d[.,])"
    r"(?<!garantie )(?<!contrat de )(?<!bail de )(?<!whisky de )(?<!vin de )(?<!\bnos )"
)
_NOT_AGE_AFTER = (
    r"(?! ?(?:de (?:prison|carriere|mariage|metier|reclusion|garantie|service|retard|vie commune|relation|bonheur"
    r"|recul|bail|pratique|travail|plus|moins|difference)"
    r"|d (?:age|experience|anciennete|existence|absence|ecart)|d'(?:age|experience|anciennete|existence|absence|ecart)"
    r"|ferme|avec sursis|apres|avant|plus tard|plus tot|ago|later|experience|in a row))"
)
_UNITS = (
    r"(?! ?(?:min|mins|minutes?|h|hrs?|hours?|heures?|days?|jours?|weeks?|semaines?|months?|mois|km|m|cm|kg|lbs?"
    r"|miles?|pts?|points?|st|nd|rd|th|eme|e|er|x|ft|\$|€|euros?|k|gb|mb|fps|am|pm|people|steps?|levels?|games?"
    r"|kills?|wins?|bits?|out of|of \d+|ahead|behind|away|late|short)\b)(?![-.:/,]?\d)(?! ?%)"
)
_BARELY = r"(?: (?:only|actually|just|almost|nearly|really|like|still|already))?"
_SAYS = (
    r"(?:i ?'?m|i am|i ?'?ll be|she'?s|he'?s|she is|he is|you'?re|you are|u r|ur|are you|r u|turned|turning|age is)"
    + _BARELY
)
_GRADES = {
    "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12,
}  # fmt: skip
# The usual age on entering a class: French Éducation nationale; one year of range, as pupils are of two ages.
_CLASSES = {
    "cp": 6, "ce1": 7, "ce2": 8, "cm1": 9, "cm2": 10, "6": 11, "sixieme": 11, "5": 12, "cinquieme": 12, "4": 13,
    "quatrieme": 13, "3": 14, "troisieme": 14, "seconde": 15, "2nde": 15, "premiere": 16, "1ere": 16, "terminale": 17,
}  # fmt: skip
_NOT_CLASS = (
    r"(?! ?(?:position|place|vitesse|etage|ligne|fois|division|ligue|partie|saison|main|mi-temps|page|jour|annee"
    r"|semaine|heure|manche|round|tour|phase|lecture|version|generation|classe))"
)
_PRIMARY = r"(cp|ce1|ce2|cm1|cm2|sixieme|cinquieme|quatrieme|troisieme)"
_LYCEE = r"(seconde|2nde|premiere|1ere|terminale)"
_ORDINAL = "(sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)"


class AgeStatement(msgspec.Struct, frozen=True):
    """`text[start:end]` says that somebody is between `low` and `high` years old, both included.

    `own` tells that the author says it of themselves.
    """

    low: int
    high: int
    start: int
    end: int
    own: bool = False

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
    grade = _GRADES.get(match[1]) or int(match[1])
    return grade + 5, grade + 6


def _in_year(match: re.Match[str]) -> tuple[int, int]:
    return int(match[1]) + 4, int(match[1]) + 5


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """When a text first asks for it: to compile all of them takes a command longer than to read."""
    return re.compile(pattern)


# In order of trust: where two statements share a place, the first stands. Each begins with what one of which must stand
# in a text that makes it: to look for that first is far quicker.
_ANY = ("",)
_STATEMENTS: list[tuple[tuple[str, ...], str, Callable[[re.Match[str]], tuple[int, int]]]] = [
    (
        ("plus", "over", "up", "older"),
        rf"(?<![\w.]){_N} (?:ans et plus|and (?:over|up|older)|or older|years and over)(?![\w+])",
        _above,
    ),
    (("+",), rf"(?<![\w.]){_OPEN_AGE} ?\+(?![\w+])", _above),
    (("+",), rf"(?<![\w+])\+ ?{_OPEN_AGE}\b(?! ?\d)", _above),
    (
        ("plus de", "over", "at least", "minimum"),
        rf"\b(?:plus de|over|at least|minimum) {_N} (?:ans|years old)\b{_NOT_AGE_AFTER}",
        _above,
    ),
    (("moins de", "under"), rf"\b(?:moins de|under) {_N}(?: ?(?:ans|years old|yo))?\b{_UNITS}", _below),
    (("yo", "y/o", "y o", "old", "of age"), rf"(?<!\d[.,])\b{_RANGE}{_OLD}\b", _exact),
    (("an", "yr"), rf"\b(?=\d){_NOT_AGE_BEFORE}{_RANGE}{_YEARS}\b{_NOT_AGE_AFTER}", _exact),
    (("age",), rf"\b(?:aged?|ages|agee?s? de|age of)(?: ?:)? ?{_RANGE}\b{_UNITS}", _exact),
    (_ANY, rf"\b{_SAYS} {_RANGE}\b{_UNITS}", _exact),
    (
        _ANY,
        (
            r"(?<![\w'])(?<!press )(?<!touche )(?<!\ban )(?<!\bun )(?<!the )[fmh]/?([1-6]\d)\b"
            r"(?! ?(?:fighter|jet|eagle|falcon|rifle|key|strike|plane|avion))"
        ),
        _exact,
    ),
    (("f",), r"(?<![\w'.])(?<!\d,)([1-6]\d) ?/? ?f\b(?! ?[.:/']?\d)", _exact),
    (("en ", "classe"), rf"\b(?:en|classe de) {_PRIMARY}\b{_NOT_CLASS}", _in_class),
    (("en ", "classe"), rf"\b(?:en|classe de) ([3-6]) ?(?:eme|e)\b{_NOT_CLASS}", _in_class),
    (("en ",), rf"\b(?:suis|es|est|rentre|entre|passes?|eleve) en {_LYCEE}\b{_NOT_CLASS}", _in_class),
    (("en ",), r"\ben (terminale|2nde)\b", _in_class),
    (("grade",), rf"\b{_ORDINAL} grade(?:rs?)?\b", _in_grade),
    (("grade",), r"\b([5-9]|1[0-2]) ?th grade(?:rs?)?\b", _in_grade),
    (("grade",), r"\bgrade ([5-9]|1[0-2])\b(?! (?:steel|titanium|bolt))", _in_grade),
    (("in year",), r"\bin year ([7-9]|1[0-3])\b(?! of)", _in_year),
]  # fmt: skip
_BARE_RANGE = r"(?<![\w.:/+])(1[0-7]) ?(?:-|a|to) ?(1[0-7])(?![\w:/.]\d|\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th|er)?"
_MONTH = r"(?:jan|fev|feb|mar|avr|apr|mai|may|jui|jun|jul|aou|aug|sep|oct|nov|dec)[a-z]*"
_BORN = (
    rf"\b(?:nee?s?|born|naissance|date of birth|dob)(?: ?:)?(?: (?:en|in|le|on))?"
    rf"(?:[ /.-](?:{_DAY}|{_MONTH}),?){{0,2}}[ /.-]((?:19|20)\d\d)\b"
)
_HOLDS_AGE = re.compile(r"\d|\ben (?:cp|s|c|q|t|p)|grade")
# "im 13", "j'ai 13 ans", "je suis une fille de 13 ans", "i just turned 13"; but not "i'm looking for 13 yo".
_SPEAKS = re.compile(r"i ?'?m\b|i am\b|i ?'?ll\b")
_SPEAKER = (
    r"\b(?:(?:j ?'? ?ai|(?:je|j ?'?) ?vais avoir)(?: (?:que|bientot|deja|presque|a peine|juste|seulement|moi|eu))*"
    r"|(?:(?:je|j ?'?) ?suis|chuis?|i ?'?m|i am|i was)"
    r"(?: (?:only|actually|just|almost|nearly|really|like|still|already|an?"
    r"|une? (?:fille|garcon|ado|meuf|mec)(?: de)?))*"
    r"|i(?: just)?) $"
)
_FARTHEST = 40  # characters before a statement in which its speaker is looked for


def find_ages(text: str, on: date | None = None, *, name: bool = False) -> list[AgeStatement]:
    """The ages a text states, in order. Birth years count only where the day of the text, `on`, is known.

    In a `name`, a bare range such as "13-17" is one of ages.
    """
    view, places = _view(text)
    if not _HOLDS_AGE.search(view):
        return []
    found: list[AgeStatement] = []
    taken = bytearray(len(view))
    for (low, high), match in (*_stated(view), *_born(view, on), *(_bare(view) if name else ())):
        start, end = match.span()
        if 0 <= low <= high and not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            found.append(AgeStatement(low, high, places[start], places[end - 1] + 1, _own(view, match)))
    return sorted(found, key=lambda s: s.start)


class _Table(dict[int, str]):
    def __missing__(self, point: int) -> str:
        character = chr(point)
        seen = self[point] = character if character in ",:;/?()" else fold(character)
        return seen


_TABLE = _Table()
_UNSEEN = re.compile(f"{HIDDEN}| (?= )")


def _view(text: str) -> tuple[str, Sequence[int]]:
    """The text as patterns look at it, and the place in the raw text of each of its characters."""
    folded = text.translate(_TABLE)
    if not _UNSEEN.search(folded):
        return folded, range(len(folded))
    bare = [(place, c) for place, c in enumerate(folded) if c != HIDDEN]
    kept = [(place, c) for (place, c), (_, after) in zip(bare, [*bare[1:], (0, "")], strict=False) if c + after != "  "]
    return "".join(c for _, c in kept), [place for place, _ in kept]


def _own(view: str, match: re.Match[str]) -> bool:
    start = match.start()
    return bool(_SPEAKS.match(match[0]) or _compiled(_SPEAKER).search(view, max(0, start - _FARTHEST), start))


def _stated(view: str) -> Iterator[tuple[tuple[int, int], re.Match[str]]]:
    for needed, pattern, ages in _STATEMENTS:
        if any(word in view for word in needed):
            for match in _compiled(pattern).finditer(view):
                yield ages(match), match


def _bare(view: str) -> Iterator[tuple[tuple[int, int], re.Match[str]]]:
    for match in _compiled(_BARE_RANGE).finditer(view):
        yield (int(match[1]), int(match[2])), match


def _born(view: str, on: date | None) -> Iterator[tuple[tuple[int, int], re.Match[str]]]:
    if on is None:
        return
    for match in _compiled(_BORN).finditer(view):
        age = on.year - int(match[1])
        if 0 < age <= OLDEST:
            yield (age - 1, age), match
