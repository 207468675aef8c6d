"""A passage: one text of an event with what was read in it, as detectors look at it."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from operator import attrgetter

import msgspec

from veilleuse.reading.ages import OLDEST, find_ages
from veilleuse.reading.amounts import find_amounts
from veilleuse.reading.finding import Disguise, Finding, mask_private
from veilleuse.reading.fold import fold
from veilleuse.signals.signal import Evidence

_LONGEST_LEAD = 60
_START = attrgetter("start")
_PUNCTUATION = re.compile(r"[,;:.!?\n()]")
# Hiding nothing: accents, and words written together, as names and tags are.
_OPEN = frozenset({Disguise.PLAIN, Disguise.MARKS, Disguise.JOINED})
# What ages and sums stand for.
_STATED = frozenset({"minor", "adults", "price"})
# Every detector asks for one of these, whatever else it asks for.
TELLING = frozenset({"sexual", "image", "leverage"})
# Without a sexual idea, a picture is asked for, dealt in or threatened with; one of these stands beside it.
_ABOUT_PICTURES = frozenset({"demand", "you", "body", "trade", "leak"})


def telling(findings: Sequence[Finding]) -> bool:
    """Whether a detector may speak of a text in which these were found: most talk need not be looked at further."""
    for finding in findings:  # noqa: SIM110 - asked of every text in which something was found, and a third faster so
        if finding.concept in TELLING or finding.picture:
            return True
    return False


def may_speak(findings: Sequence[Finding]) -> bool:
    """Whether a detector of wording may speak of a message in which these were found: a picture in passing is most."""
    concepts = {finding.concept for finding in findings}
    if "sexual" in concepts:
        return True
    return not _ABOUT_PICTURES.isdisjoint(concepts) and telling(findings)


class Mark(msgspec.Struct, frozen=True):
    """A place in a passage that stands for a concept; `cue` says how it was known."""

    start: int
    end: int
    cue: str
    disguised: bool = False
    weak: bool = False

    def gap(self, other: "Mark") -> int:
        """How many characters lie between the two."""
        return max(self.start - other.end, other.start - self.end, 0)


class Passage:
    """One text of an event, written `on` some day. `field` is empty for the main one: a message's text, a name.

    `name` tells the names and descriptions of communities and accounts from messages. `span` is the line of the
    text that is looked at, where lines are about different things; the whole text else. `findings` are those that
    begin there.
    """

    def __init__(
        self,
        event: str,
        field: str,
        text: str,
        findings: Sequence[Finding],
        on: date | None,
        *,
        name: bool,
        span: tuple[int, int] | None = None,
    ) -> None:
        self.event = event
        self.field = field
        self.text = text
        self.start, self.end = span or (0, len(text))
        self._private = [finding for finding in findings if finding.private]
        self._marks: dict[str, list[Mark]] = {}
        for finding in findings:
            disguised = finding.disguise not in _OPEN and not finding.doubted
            weak = finding.weight < 1
            mark = Mark(finding.start, finding.end, finding.concept, disguised, weak)
            self._marks.setdefault(finding.concept, []).append(mark)
            if finding.picture:
                self._marks.setdefault("image", []).append(mark)
        self._on, self._name = on, name
        self._aged = self._summed = False

    def _known(self, concepts: Collection[str]) -> dict[str, list[Mark]]:
        """The marks, with those of ages and sums where these concepts need them: most passages are not asked."""
        if not self._aged and ("minor" in concepts or "adults" in concepts):
            self._aged = True
            self._mark_ages()
        if not self._summed and "price" in concepts:
            self._summed = True
            for start, end in find_amounts(self.text[self.start : self.end]):
                mark = Mark(self.start + start, self.start + end, "price")
                self._marks.setdefault("price", []).append(mark)
        return self._marks

    def _mark_ages(self) -> None:
        """A child who says their age makes nothing worse by it, and whoever says that they are 40 keeps no minor out:
        only "18+" does.
        """
        for age in find_ages(self.text[self.start : self.end], self._on, name=self._name):
            mark = Mark(self.start + age.start, self.start + age.end, f"age {age}")
            if age.minor and (self._name or not age.own):
                self._marks.setdefault("minor", []).append(mark)
            elif age.adult and age.high == OLDEST:
                self._marks.setdefault("adults", []).append(mark)

    @property
    def says_something(self) -> bool:
        """Whether anything stands for any concept."""
        return bool(self._known(_STATED))

    def marks(self, *concepts: str) -> list[Mark]:
        """Everything that stands for one of the concepts, in the order of the text."""
        known = self._known(concepts)
        return sorted([mark for concept in concepts for mark in known.get(concept, ())], key=_START)

    def has(self, *concepts: str) -> bool:
        """Whether anything stands for one of the concepts."""
        known = self._known(concepts)
        return any(concept in known for concept in concepts)

    def apart(self, one: Mark, other: Mark) -> bool:
        """Whether punctuation stands between the two."""
        first, second = sorted((one, other), key=lambda m: m.start)
        return bool(_PUNCTUATION.search(self.text, first.end, second.start))

    def follows(self, mark: Mark, words: re.Pattern[str]) -> bool:
        """Whether the mark stands right after these words, sought in the folded text."""
        before = fold(self.text[max(self.start, mark.start - _LONGEST_LEAD) : mark.start])
        return bool(words.search(before))

    def precedes(self, mark: Mark, words: re.Pattern[str]) -> bool:
        """Whether the mark stands right before these words, sought in the folded text."""
        return bool(words.match(fold(self.text[mark.end : min(self.end, mark.end + _LONGEST_LEAD)])))

    def evidence(self, marks: Iterable[Mark]) -> tuple[Evidence, ...]:
        """The marks as evidence, each once; an operator's private terms are masked wherever they stand."""
        shown = mask_private(self.text, self._private)
        return tuple(
            Evidence(self.event, m.start, m.end, m.cue, shown[m.start : m.end], self.field)
            for m in sorted(set(marks), key=lambda m: (m.start, m.end, m.cue))
        )


def nearest(ones: Sequence[Mark], others: Sequence[Mark]) -> tuple[Mark, Mark] | None:
    """The pair, one of each, with the least between them; a place is never paired with itself."""
    best: tuple[int, int, Mark, Mark] | None = None
    for one, other in _neighbours(ones, others):
        gap = one.gap(other)
        if best is None or (gap, one.start) < best[:2]:
            best = (gap, one.start, one, other)
    return best[2:] if best else None


def touched(ones: Sequence[Mark], others: Sequence[Mark], reach: int) -> list[tuple[Mark, Mark]]:
    """The pairs, one of each, that stand next to each other with at most `reach` characters between."""
    return [(one, other) for one, other in _neighbours(ones, others) if one.gap(other) <= reach]


def _neighbours(ones: Sequence[Mark], others: Sequence[Mark]) -> Iterator[tuple[Mark, Mark]]:
    """Each mark with the last of the other kind that began before it: one sweep, however long the text."""
    if not ones or not others:
        return
    row = sorted(((mark.start, kind, mark) for kind, marks in enumerate((ones, others)) for mark in marks), key=_place)
    last: list[list[Mark]] = [[], []]
    for _, kind, mark in row:
        for before in last[1 - kind]:
            if (before.start, before.end) != (mark.start, mark.end):
                yield (before, mark) if kind else (mark, before)
        last[kind] = [*last[kind][-1:], mark]


def _place(entry: tuple[int, int, Mark]) -> tuple[int, int]:
    return entry[0], entry[1]
