"""The listener: which cues messages hold."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from veilleuse.cues.ages import NUMBERED, hear_ages, maybe_ages
from veilleuse.cues.cue import Cue, Idea
from veilleuse.cues.finder import Hit, make_finder
from veilleuse.cues.lexicon import hear_findings, tells
from veilleuse.cues.mode import Manner
from veilleuse.cues.phrases import Template, shipped
from veilleuse.cues.view import LONGEST, pointed, words_of
from veilleuse.language import Language
from veilleuse.reading.finding import Finding

_MOST = 12  # cues of one message: beyond, it is no message of one person to another
_END = re.compile(r"[.!;\n]")


class Listener:
    """Hears the cues of the shipped phrases, of the lexicon's findings and of age statements."""

    def __init__(self) -> None:
        ways = [way for language in Language for way in shipped(language)]
        said = [(template, way.table) for way in ways for template in way.phrases]
        alone = [(message, way.table) for way in ways for message in way.alone]
        self._tables = [table for _, table in (*said, *alone)]
        self._phrases, self._said_alone = len(said), len(said) + len(alone)
        whole = range(self._phrases, self._said_alone)
        # After the phrases, what is one only as the whole message; last, the words without which no age is stated.
        self._finder = make_finder(
            [
                *(t for t, _ in said),
                *(_row(message.split()) for message, _ in alone),
                *(_row([word]) for word in sorted(NUMBERED)),
            ],
            whole,
        )
        # Innocent talk around a phrase is looked for only where there is a phrase.
        self._cleared = [way.table for way in ways for _ in way.clears]
        self._clearing = make_finder([template for way in ways for template in way.clears])

    @classmethod
    @cache
    def shared(cls) -> "Listener":
        """One for all who ask: what it says depends on the text alone."""
        return cls()

    def find(self, texts: Sequence[str]) -> dict[int, list[Hit]]:
        """Where phrases and numbers stand in many texts, by the number of the text: most hold none."""
        found: dict[int, list[Hit]] = {}
        for hit in self._finder.find(texts):
            found.setdefault(hit.text, []).append(hit)
        return found

    def hear(
        self,
        text: str,
        findings: Sequence[Finding] = (),
        on: date | None = None,
        found: Sequence[Hit] | None = None,
    ) -> tuple[Cue, ...]:
        """The cues of one message, in the order of their places.

        `findings` are what the lexicon's reader found, `found` what `find` did, if it was asked before.
        """
        hits = self.find([text]).get(0, ()) if found is None else found
        telling = bool(findings) and tells(findings)
        if not hits and not telling:
            return ()
        words = words_of(text)
        phrases = [hit for hit in hits if hit.template < self._said_alone]
        aged = maybe_ages(words, text)
        if not phrases and not telling and not aged:
            return ()
        view = pointed(text[:LONGEST])
        manner = Manner(view, words)
        cues = list(self._said(phrases, text, view, manner)) if phrases else []
        if telling:
            cues += hear_findings(findings, manner, len(view))
        if aged:
            cues += hear_ages(view, words, text[:LONGEST], on)
        return _settled(cues) if cues else ()

    def _said(self, hits: Sequence[Hit], text: str, view: str, manner: Manner) -> Iterator[Cue]:
        """Of each idea the strongest phrase that is meant, and the longest; else one that is not, for the record."""
        cleared = {id(self._cleared[hit.template]) for hit in self._clearing.find([text])}
        heard: dict[Idea, bool] = {}
        for hit in sorted(hits, key=self._rank):
            table, start, end = self._tables[hit.template], hit.start, hit.end
            whole = hit.template >= self._phrases
            if heard.get(table.idea) or (not whole and (id(table) in cleared or _END.search(view, start, end))):
                continue
            asks = table.asks or (whole and "?" in view)
            cue = Cue(table.idea, table.strength, start, end, manner.of(start, end, asks=asks))
            if cue.meant or table.idea not in heard:
                heard[table.idea] = cue.meant
                yield cue

    def _rank(self, hit: Hit) -> tuple[float, int, int, int]:
        return -self._tables[hit.template].strength, -hit.words, hit.start, hit.template


def _row(words: Sequence[str]) -> Template:
    """The words one after the other."""
    return tuple(((word,),) for word in words)


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
