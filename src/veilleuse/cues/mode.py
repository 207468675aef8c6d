"""Questions, negations and what others said, told apart by the words around a phrase."""

import re
from collections.abc import Sequence

from veilleuse.cues.cue import Mode

_FARTHEST = 48  # characters of the same sentence that are looked at before a phrase
_END = re.compile(r"[.!?;\n]")
_NOT = (
    "not never wont wouldnt dont didnt doesnt cant cannot couldnt isnt shouldnt without stop jamais pas plus"
    " aucun aucune"
    " sans rien"
)
_WHO = (
    "he she they someone somebody people ppl guy man dude stranger teacher mom mum dad friend who brother sister cousin"
    " boss customer client il elle ils elles on quelquun qqn qqun mec gars type inconnu gens prof mere pere"
    " copine copain"
    " pote"
)
_SAYS = (
    "asked asks askin asking ask told tells said says saying wants wanted keeps kept sent texted wrote"
    " writes threatened"
    " threatens tried tries demande demandait demander dit disait disent demandent veut voulait ecrit envoie envoyait"
    " menace repete voulu ecrivait"
)


def _any(words: str) -> str:
    return "|".join(words.split())


# A negation just before the phrase: "i never asked how old", "je t'ai pas demandé ton âge"; but "why don't you send"
# and "pourquoi tu m'envoies pas" insist, and a comma ends it: "i don't care, send it", "sans colis, lui dis pas".
_NEGATED = re.compile(
    rf"(?<![a-z])(?:{_any(_NOT)}|[a-z]+n't|no need to|not allowed to|arrete de|evite de|pas le droit)"
    r"(?: +[a-z']+){0,2} *$"
)
_INSISTS = re.compile(r"(?<![a-z])(?:why|y|pourquoi|pk|pq|prq|if|si)(?![a-z])")
_AFTER = re.compile(r" ?(?:pas|jamais|plus)(?![a-z])(?! (?:tard|tot|vite|grand|grande|de photo))")
# "he asked me how old I was", "il m'a demandé une photo", "someone said"
_REPORTED = re.compile(
    rf"(?<![a-z'])(?:{_any(_WHO)}|quelqu'un)(?:(?![.!?;\n]).){{0,16}}?[ '](?:{_any(_SAYS)})(?![a-z])"
    r"(?:(?![.!?;\n]).){0,28}$"
)
_NOTS = frozenset(_NOT.split())
_WHOS, _SAYINGS = frozenset(_WHO.split()), frozenset(_SAYS.split())
_QUOTE = '"'


class Manner:
    """How the phrases of one message are meant: `view` is its pointed view, `words` its words."""

    def __init__(self, view: str, words: Sequence[str]) -> None:
        self._view = view
        self._quotes = _QUOTE in view
        self._reports = not (_SAYINGS.isdisjoint(words) or _WHOS.isdisjoint(words))
        self._denies = not _NOTS.isdisjoint(words) or "n't" in view

    def of(self, start: int, end: int, *, asks: bool = False) -> Mode:
        """The mode of the phrase `view[start:end]`; `asks` where it is a question by itself."""
        if self._quotes or self._reports or self._denies:
            mode = self._unmeant(start, end)
            if mode is not None:
                return mode
        if asks:
            return Mode.ASKED
        close = _END.search(self._view, end)
        return Mode.ASKED if close and close[0] == "?" else Mode.STATED

    def _unmeant(self, start: int, end: int) -> Mode | None:
        view = self._view
        before = view[max(0, start - _FARTHEST) : start]
        if self._quotes and before.count(_QUOTE) % 2 and _QUOTE in view[end:]:
            return Mode.REPORTED
        clause = before[max(before.rfind(mark) for mark in ".!?;\n") + 1 :]
        if self._reports and _REPORTED.search(clause):
            return Mode.REPORTED
        if self._denies and not _INSISTS.search(clause):
            after = _AFTER.match(view, end) and "?" not in view[end : end + 40]
            if after or _NEGATED.search(clause):
                return Mode.NEGATED
        return None
