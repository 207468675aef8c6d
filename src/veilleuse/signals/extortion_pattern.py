"""Extortion that goes on: threats repeated, demands after refusals."""

from veilleuse.cues.cue import Idea
from veilleuse.memory.memory import View
from veilleuse.signals.evidence import sightings
from veilleuse.signals.signal import Signal

NAME = "extortion.pattern"
_PARTS = (Idea.LEAK, Idea.THREAT, Idea.DEMAND, Idea.PRESSURE, Idea.IMAGE_REQUEST)
_RECENT = 12  # messages of the author
_FEWEST = 2500  # thousandths: at least three blows
_BASE, _STEP = 0.5, 0.1
_MOST = 0.95


def detect(view: View) -> Signal | None:
    """Several blows within a few messages, of two kinds at least, a threat among them; graver against refusals."""
    if view.said(*_PARTS) is None:
        return None
    parts = [idea for idea in _PARTS if (t := view.pair.trace(idea)) and view.pair.count - t.last < _RECENT]
    if Idea.LEAK not in parts and Idea.THREAT not in parts:
        return None
    force = view.level(*parts)
    blows = sum(min(view.heard.traces[idea].count, force // 500) for idea in parts)
    if (
        len(parts) < 2
        or blows < 3
        or force < _FEWEST
        or max(view.heard.traces[i].last for i in parts) == min(view.heard.traces[i].first for i in parts)
    ):
        return None
    refused = view.theirs_level(Idea.REFUSAL) > 0
    score = _BASE + _STEP * (len(parts) - 2 + refused + min(view.heard.ignored, 2))
    return Signal(NAME, round(min(score, _MOST), 2), sightings(view, parts))
