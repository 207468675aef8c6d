"""A message that offers or asks for pictures against pictures, money or gifts, with sexual or minor ideas."""

from collections.abc import Sequence

from veilleuse.signals.composition import MOST, Composition, cleared, sexual_ideas
from veilleuse.signals.passage import Mark, Passage, nearest
from veilleuse.signals.signal import Signal

NAME = "wording.trade"
_CLAUSE = 60
_SIDE_BY_SIDE = 12
_SEXUAL = 0.7
_MINOR = 0.65
_BOTH = 0.9


def detect(passages: Sequence[Passage]) -> Signal | None:
    """A picture and what is given for it in one clause, where the picture is a sexual one or a minor's."""
    (passage,) = passages
    deal = nearest(passage.marks("image"), passage.marks("trade", "price", "payment", "gift"))
    if deal is None or deal[0].gap(deal[1]) > _CLAUSE or cleared(passage, deal, "setting"):
        return None
    sexual = sexual_ideas(passage)
    minors = passage.marks("minor") if sexual else _pictured_minors(passage)
    if not sexual and not minors:
        return None
    score = _BOTH if sexual and minors else _SEXUAL if sexual else _MINOR
    return Composition(min(score, MOST), ((passage, (*deal, *sexual, *minors)),)).signal(NAME)


def _pictured_minors(passage: Passage) -> list[Mark]:
    """Minors who are in the pictures, or who are asked for one; families and schools deal in other things."""
    minors = passage.marks("minor")
    if passage.has("you", "body"):
        return [mark for mark in minors if mark.cue.startswith("age")]
    pair = nearest(minors, passage.marks("image"))
    close = pair is not None and pair[0].gap(pair[1]) <= _SIDE_BY_SIDE and not passage.apart(*pair)
    if pair and close and passage.has("trade"):
        return [pair[0]]
    return []
