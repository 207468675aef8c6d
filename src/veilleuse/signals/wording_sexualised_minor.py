"""A message that speaks of minors sexually."""

from collections.abc import Sequence

from veilleuse.signals.composition import MOST, Composition, cleared, sexual_ideas
from veilleuse.signals.passage import Passage, nearest
from veilleuse.signals.signal import Signal

NAME = "wording.sexualised_minor"
_FEW_WORDS = 25
_SAID = 0.6
_PICTURED = 0.15  # with pictures in the talk
_DISGUISE = 0.1


def detect(passages: Sequence[Passage]) -> Signal | None:
    """A minor and a sexual idea within a few words of each other, in talk that neither warns nor helps."""
    (passage,) = passages
    sexual = sexual_ideas(passage)
    pair = nearest(passage.marks("minor"), sexual) if sexual else None
    if pair is None or pair[0].gap(pair[1]) > _FEW_WORDS or cleared(passage, pair, "setting"):
        return None
    if pair[1].weak and passage.has("family"):
        return None  # parents speak of their small children's skin
    pictures = passage.marks("image")
    score = _SAID + _PICTURED * bool(pictures) + _DISGUISE * any(mark.disguised for mark in pair)
    return Composition(min(score, MOST), ((passage, (*pair, *pictures)),)).signal(NAME)
