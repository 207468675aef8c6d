"""Extortion that goes on: threats repeated, demands after refusals."""

from veilleuse.cues.cue import Idea
from veilleuse.memory.memory import View
from veilleuse.signals.evidence import sightings
from veilleuse.signals.signal import Signal

NAME = "extortion.pattern"
_PARTS = (Idea.LEAK, Idea.THREAT, Idea.DEMAND, Idea.PRESSURE, Idea.IMAGE_REQUEST)
_BASE, _STEP = 0.45, 0.1
_MOST = 0.95


def detect(view: View) -> Signal | None:
    """At least three blows, a threat or a leak among them, over two messages or more; graver against refusals."""
    if view.said(*_PARTS) is None or not view.pair.level(Idea.LEAK, view.at) + view.pair.level(Idea.THREAT, view.at):
        return None
    traces = [trace for idea in _PARTS if (trace := view.pair.trace(idea))]
    blows = sum(trace.count for trace in traces)
    if blows < 3 or max(trace.last for trace in traces) == min(trace.first for trace in traces):
        return None
    kinds = len([idea for idea in _PARTS[:3] if view.pair.trace(idea)])
    if kinds < 2 and not view.theirs_level(Idea.REFUSAL):
        return None
    score = _BASE + _STEP * (blows - 3) + _STEP * (kinds - 1) + _STEP * min(view.heard.ignored, 2)
    return Signal(NAME, round(min(score, _MOST), 2), sightings(view, _PARTS))
