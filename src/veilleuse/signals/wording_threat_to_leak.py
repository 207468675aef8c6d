"""A message that threatens to show what the other sent or said."""

import re
from collections.abc import Sequence

from veilleuse.cues.view import pointed
from veilleuse.signals.composition import MOST, Composition, cleared
from veilleuse.signals.passage import Mark, Passage, nearest
from veilleuse.signals.signal import Signal

NAME = "wording.threat_to_leak"
_SENTENCE = 90
_THREAT = 0.65
_AUDIENCE = 0.05  # before whom one would be ashamed
_STAKE = 0.2  # a demand, or a sexual idea: without either, people tease each other so
_SAYS = re.compile(
    r"(?<![a-z'])(?:he|she|they|someone|somebody|this guy|some guy|il|elle|ils|quelqu'un|qqn|un mec|une meuf|un type)"
    r"(?: just| keeps| m'a| me| a| veut me)? (?:says?|saying|said|dit|disait|ecrit|threaten(?:s|ed) to|menace de)"
    r"(?![a-z])"
)
_ENDS = re.compile(r"[,.!?;\n]")
_OF_ME = re.compile(
    r"(?<![a-z'])(?:of me|about me|de moi|sur moi|threaten(?:s|ed|ing)? me|blackmail(?:s|ed|ing)? me|me menace"
    r"|m'a menace|me fait chanter|my (?:pics?|photos?|nudes?|videos?)|mes (?:photos?|nudes?|videos?)"
    r"|ma (?:photo|video))(?![a-z])"
)


def detect(passages: Sequence[Passage]) -> Signal | None:
    """Something one may hold of another, and its publication, under a condition or before an audience."""
    (passage,) = passages
    # A picture that is nobody's in particular is held over nobody, unless shown before those who matter to them.
    pictures = passage.marks("image")
    held = passage.marks("leverage") or [m for m in pictures if m.disguised or passage.has("audience")]
    shown = nearest(held, passage.marks("leak"))
    if shown is None or shown[0].gap(shown[1]) > _SENTENCE:
        return None
    if cleared(passage, shown) or _told(passage, shown[1]):
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
    """Whether the author tells what another threatens them with: "he has a pic of me, he says pay or i post it".

    Whoever tells so needs help. Only what a third person says, and of the author, is told: threats speak of others.
    """
    view = pointed(passage.text)
    said = [match.end() for match in _SAYS.finditer(view, 0, shown.start)]
    return bool(said) and not _ENDS.search(view, said[-1], shown.start) and _OF_ME.search(view) is not None
