"""How ideas compose: a minor and a sexual idea in one passage, and what clears or aggravates it."""

from collections.abc import Sequence

import msgspec

from veilleuse.signals.passage import Mark, Passage, nearest, touched
from veilleuse.signals.signal import Signal

# Names are short enough to be one idea; in prose, ideas further apart than a clause are about different things.
_ONE_IDEA = 120
_CLAUSE = 60
_SIDE_BY_SIDE = 14
_TOUCHING = 4
_APART = 0.7
_ADJACENT = 0.8
_ACROSS_FIELDS = 0.6
_SETTING = 0.25  # art, make-up, clothes: the words have another use there
_DISGUISE = 0.1  # nobody disguises what is innocent
MOST = 0.98


class Composition(msgspec.Struct, frozen=True):
    """How strongly ideas compose, and the marks that carry it, each with the passage it stands in."""

    score: float
    parts: tuple[tuple[Passage, tuple[Mark, ...]], ...]

    def with_(self, score: float, passage: Passage, marks: Sequence[Mark]) -> "Composition":
        """The composition with one more idea."""
        return Composition(min(score, MOST), (*self.parts, (passage, tuple(marks))))

    def signal(self, name: str) -> Signal:
        """The signal it makes, with all its marks as evidence."""
        evidence = dict.fromkeys(e for passage, marks in self.parts for e in passage.evidence(marks))
        return Signal(name, round(self.score, 2), tuple(evidence))


def sexualised_minor(passages: Sequence[Passage]) -> Composition | None:
    """The strongest composition of a minor and a sexual idea in one passage, or across a name and what follows it."""
    found = [composed for passage in passages if (composed := _within(passage))]
    if not found and (across := _across(passages)):
        found.append(across)
    return max(found, key=lambda c: c.score, default=None)


def cleared(passage: Passage, marks: Sequence[Mark], *also: str) -> bool:
    """Whether the passage speaks of help, law or news, keeps minors out, or says one of `also`, and hides nothing.

    Someone who warns or helps writes plainly; a disguised word loses that excuse.
    """
    return passage.has("care", "adults", *also) and not any(mark.disguised for mark in marks)


def sexual_ideas(passage: Passage) -> list[Mark]:
    """The sexual marks that mean it: weak words count where they touch a picture or a minor, or are disguised."""
    sexual = passage.marks("sexual")
    if not sexual:
        return sexual
    pairs = touched(sexual, passage.marks("image", "minor", "you"), _TOUCHING)
    accompanied = {mark for mark, other in pairs if not passage.apart(mark, other)}
    return [mark for mark in sexual if not mark.weak or mark.disguised or mark in accompanied]


def _within(passage: Passage) -> Composition | None:
    pair = nearest(passage.marks("minor"), sexual_ideas(passage))
    if pair is None:
        return None
    minor, sexual = pair
    reach = _ONE_IDEA if passage.end - passage.start <= _ONE_IDEA else _CLAUSE
    if minor.gap(sexual) > reach or (minor.weak and sexual.weak) or cleared(passage, pair):
        return None
    score = _ADJACENT if minor.gap(sexual) <= _SIDE_BY_SIDE else _APART
    score += _DISGUISE * (minor.disguised + sexual.disguised)
    if passage.has("setting") and not (minor.disguised or sexual.disguised):
        score -= _SETTING
    return Composition(min(score, MOST), ((passage, pair),))


def _across(passages: Sequence[Passage]) -> Composition | None:
    """A name that says one idea and a description, bio or channel that says the other."""
    if not passages or any(passage.has("care", "adults", "setting") for passage in passages):
        return None
    name, *others = passages
    for other in others:
        for here, there in (("minor", "sexual"), ("sexual", "minor")):
            if (first := _strong(name, here)) and (second := _strong(other, there)):
                disguised = first[0].disguised + second[0].disguised
                parts = ((name, (first[0],)), (other, (second[0],)))
                return Composition(_ACROSS_FIELDS + _DISGUISE * disguised, parts)
    return None


def _strong(passage: Passage, concept: str) -> list[Mark]:
    return [mark for mark in passage.marks(concept) if not mark.weak]
