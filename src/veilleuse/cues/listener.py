"""The listener: which cues messages hold."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, cached_property

from veilleuse.cues.ages import hear_ages, maybe_ages
from veilleuse.cues.cue import Cue, Idea, Mode
from veilleuse.cues.lexicon import hear_findings
from veilleuse.cues.mode import mode_of
from veilleuse.cues.phrases import Table, Template, Way, shipped
from veilleuse.cues.view import bare, pointed
from veilleuse.language import Language
from veilleuse.reading.finding import Finding

_LONGEST_ALONE = 28  # characters of a message that is one phrase
_MOST = 12  # cues of one message: beyond, it is no message of one person to another
_LONGEST = 2000  # characters listened to; the patterns' time is bounded with it


class _Sought:
    """A template ready to be looked for. Its patterns are compiled when first tried: most never are."""

    def __init__(self, way: Way, template: Template) -> None:
        self.table = way.table
        self.needs = template.needs
        self._pattern, self._clears = template.pattern, way.clears

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Over a pointed view."""
        return re.compile(self._pattern)

    @cached_property
    def clears(self) -> re.Pattern[str] | None:
        """What innocent talk around the phrase looks like."""
        return re.compile(self._clears) if self._clears else None


class Listener:
    """Hears the cues of the shipped phrases, of the lexicon's findings and of age statements."""

    def __init__(self) -> None:
        self._sought: dict[str, list[_Sought]] = {}
        self._alone: dict[str, list[Table]] = {}
        for way in (way for language in Language for way in shipped(language)):
            for template in way.templates:
                sought = _Sought(way, template)
                for word in template.rarest:
                    self._sought.setdefault(word, []).append(sought)
            for phrase in way.alone:
                self._alone.setdefault(phrase, []).append(way.table)
        self._words = frozenset(self._sought)

    @classmethod
    @cache
    def shared(cls) -> "Listener":
        """One for all who ask: it never changes."""
        return cls()

    def hear(self, text: str, findings: Sequence[Finding] = (), on: date | None = None) -> tuple[Cue, ...]:
        """The cues of one message, in the order of their places; `findings` are what the lexicon's reader found."""
        words = bare(text).split()
        aged = maybe_ages(text)
        if self._words.isdisjoint(words) and not aged and not findings and len(text) > _LONGEST_ALONE:
            return ()
        return self._heard(text, words, findings, on, aged=aged)

    def _heard(
        self, text: str, words: list[str], findings: Sequence[Finding], on: date | None, *, aged: bool
    ) -> tuple[Cue, ...]:
        cues = list(self._whole(text, words)) if len(text) <= _LONGEST_ALONE else []
        said = self._words.intersection(words)
        if not said and not aged and not findings:
            return tuple(cues)
        view = pointed(text[:_LONGEST])
        if said:
            cues += self._phrases(view, frozenset(words), said)
        if findings:
            cues += hear_findings(view, findings)
        if aged:
            cues += hear_ages(view, text[:_LONGEST], on)
        return _settled(cues)

    def _whole(self, text: str, words: list[str]) -> Iterator[Cue]:
        for table in self._alone.get(" ".join(words), ()):
            start = len(text) - len(text.lstrip())
            mode = Mode.ASKED if table.asks or "?" in text else Mode.STATED
            yield Cue(table.idea, table.strength, start, len(text.rstrip()), mode)

    def _phrases(self, view: str, words: frozenset[str], said: frozenset[str]) -> Iterator[Cue]:
        tried: set[int] = set()
        for word in sorted(said):
            for sought in self._sought[word]:
                if id(sought) in tried or any(need.isdisjoint(words) for need in sought.needs):
                    continue
                tried.add(id(sought))
                match = sought.pattern.search(view)
                if match and not (sought.clears and sought.clears.search(view)):
                    mode = mode_of(view, match.start(), match.end(), asks=sought.table.asks)
                    yield Cue(sought.table.idea, sought.table.strength, match.start(), match.end(), mode)


def _settled(cues: list[Cue]) -> tuple[Cue, ...]:
    """Of each idea the strongest that is meant, and the longest of these; else what is denied or told, for the record.

    An age is each its own.
    """
    best: dict[tuple[Idea, int, int], Cue] = {}
    for cue in cues:
        key = (cue.idea, cue.low, cue.high)
        held = best.get(key)
        if held is None or _rank(cue) > _rank(held):
            best[key] = cue
    return tuple(sorted(best.values(), key=lambda cue: (cue.start, cue.end, cue.idea))[:_MOST])


def _rank(cue: Cue) -> tuple[bool, float, int, int]:
    return cue.meant, cue.strength, cue.end - cue.start, -cue.start
