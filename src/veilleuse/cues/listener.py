"""The listener: which cues messages hold."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from itertools import islice, pairwise

from veilleuse.cues.ages import NUMBERED, hear_ages, maybe_ages
from veilleuse.cues.automaton import Automaton
from veilleuse.cues.cue import Cue, Idea, Mode
from veilleuse.cues.lexicon import TOLD, hear_findings
from veilleuse.cues.mode import Manner
from veilleuse.cues.phrases import Table, shipped
from veilleuse.cues.view import WORD, pointed, words_of
from veilleuse.language import Language
from veilleuse.reading.finding import Finding

_MOST = 12  # cues of one message: beyond, it is no message of one person to another
_LONGEST = 2000  # characters listened to
_END = re.compile(r"[.!;\n]")


class Listener:
    """Hears the cues of the shipped phrases, of the lexicon's findings and of age statements."""

    def __init__(self) -> None:
        ways = [way for language in Language for way in shipped(language)]
        self._tables = [way.table for way in ways for _ in way.phrases]
        self._phrases = Automaton([template for way in ways for template in way.phrases])
        # Innocent talk around a phrase is looked for only where there is a phrase.
        self._cleared = [way.table for way in ways for _ in way.clears]
        self._clearing = Automaton([template for way in ways for template in way.clears])
        self._alone: dict[str, list[Table]] = {}
        for way in ways:
            for message in way.alone:
                self._alone.setdefault(message, []).append(way.table)
        # Every message is looked at for these; most hold none, and that is all they cost.
        self._notable = self._phrases.words | NUMBERED
        self._pairs = self._phrases.pairs
        self._longest_alone = max(message.count(" ") + 1 for message in self._alone)

    @classmethod
    @cache
    def shared(cls) -> "Listener":
        """One for all who ask: what it says depends on the text alone."""
        return cls()

    def hear(self, text: str, findings: Sequence[Finding] = (), on: date | None = None) -> tuple[Cue, ...]:
        """The cues of one message, in the order of their places; `findings` are what the lexicon's reader found."""
        words = words_of(text if len(text) <= _LONGEST else text[:_LONGEST])
        count = len(words)
        if (
            count > self._longest_alone
            and not findings
            and self._notable.isdisjoint(words)
            and self._pairs.isdisjoint(pairwise(words))
        ):
            return ()
        return self._heard(text, words, findings, on) if count else ()

    def _heard(self, text: str, words: Sequence[str], findings: Sequence[Finding], on: date | None) -> tuple[Cue, ...]:
        found = self._phrases.find(words)
        whole = self._alone.get(" ".join(words)) if len(words) <= self._longest_alone else None
        aged = maybe_ages(words, text)
        telling = findings and any(finding.concept in TOLD for finding in findings)
        if not (found or whole or aged or telling):
            return ()
        view = pointed(text[:_LONGEST])
        manner = Manner(view, words)
        cues = [*self._said(view, words, found, manner), *_whole(view, whole or ())]
        if telling:
            cues += hear_findings(findings, manner, len(view))
        if aged:
            cues += hear_ages(view, words, text[:_LONGEST], on)
        return _settled(cues) if cues else ()

    def _said(
        self, view: str, words: Sequence[str], found: Sequence[tuple[int, int, int]], manner: Manner
    ) -> Iterator[Cue]:
        """Of each idea the strongest phrase that is meant, and the longest; else one that is not, for the record."""
        if not found:
            return
        cleared = {id(self._cleared[number]) for number, _, _ in self._clearing.find(words)}
        spans = [match.span() for match in islice(WORD.finditer(view), max(last for _, _, last in found))]
        heard: dict[Idea, bool] = {}
        for number, first, last in sorted(found, key=self._rank):
            table, start, end = self._tables[number], spans[first][0], spans[last - 1][1]
            if heard.get(table.idea) or id(table) in cleared or _END.search(view, start, end):
                continue
            cue = Cue(table.idea, table.strength, start, end, manner.of(start, end, asks=table.asks))
            if cue.meant or table.idea not in heard:
                heard[table.idea] = cue.meant
                yield cue

    def _rank(self, found: tuple[int, int, int]) -> tuple[float, int, int]:
        number, first, last = found
        return -self._tables[number].strength, first - last, first


def _whole(view: str, tables: Sequence[Table]) -> Iterator[Cue]:
    """The cues of a message that is one phrase."""
    bounds = [place for match in WORD.finditer(view) for place in match.span()]
    for table in tables:
        mode = Mode.ASKED if table.asks or "?" in view else Mode.STATED
        yield Cue(table.idea, table.strength, bounds[0], bounds[-1], mode)


def _settled(cues: list[Cue]) -> tuple[Cue, ...]:
    """Of each idea the strongest that is meant, and the longest of these; else what is denied or told, for the record.

    Each age that is told is its own.
    """
    best: dict[tuple[Idea, int, int], Cue] = {}
    for cue in cues:
        key = (cue.idea, 0, 0) if cue.idea is Idea.AGE_QUESTION else (cue.idea, cue.low, cue.high)
        held = best.get(key)
        if held is None or _rank(cue) > _rank(held):
            best[key] = cue
    return tuple(sorted(best.values(), key=lambda cue: (cue.start, cue.end, cue.idea))[:_MOST])


def _rank(cue: Cue) -> tuple[bool, float, int, int]:
    return cue.meant, cue.strength + (cue.high > 0), cue.end - cue.start, -cue.start
