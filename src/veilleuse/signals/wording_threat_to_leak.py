"""A message that threatens to show what the other sent or said."""

from collections.abc import Sequence

from veilleuse.cues.cue import Mode
from veilleuse.cues.mode import Manner
from veilleuse.cues.view import pointed, words_of
from veilleuse.signals.composition import MOST, Composition, cleared
from veilleuse.signals.passage import Mark, Passage, nearest
from veilleuse.signals.signal import Signal

NAME = "wording.threat_to_leak"
_SENTENCE = 90
_THREAT = 0.65
_AUDIENCE = 0.05  # before whom one would be ashamed
_STAKE = 0.2  # a demand, or a sexual idea: without either, people tease each other so


def detect(passages: Sequence[Passage]) -> Signal | None:
    """Something one may hold of another, and its publication, under a condition or before an audience."""
    (passage,) = passages
    # A picture that is nobody's in particular is held over nobody, unless shown before those who matter to them.
    pictures = passage.marks("image")
    held = passage.marks("leverage") or [m for m in pictures if m.disguised or passage.has("audience")]
    shown = nearest(held, passage.marks("leak"))
    if shown is None or shown[0].gap(shown[1]) > _SENTENCE or cleared(passage, shown) or _told(passage, shown[1]):
        return None
    threat, audience = passage.marks("threat"), passage.marks("audience")
    sexual = passage.marks("sexual")
    if not threat and not (audience and sexual):
        return None
    demand = passage.marks("demand", "payment", "price", "gift")
    score = _THREAT + _AUDIENCE * bool(audience) + _STAKE * bool(demand or sexual)
    marks = (*shown, *threat, *audience, *demand, *sexual)
    return Composition(min(score, MOST), ((passage, marks),)).signal(NAME)


def _told(passage: Passage, shown: Mark) -> bool:
    """Whether the author tells what another threatened: "he says pay or i post your pics". Whoever tells needs help."""
    manner = Manner(pointed(passage.text), words_of(passage.text))
    return manner.of(shown.start, shown.end) is Mode.REPORTED
