"""Somebody who threatens, to get something: to show what the other sent, or to harm."""

from veilleuse.cues.cue import Idea
from veilleuse.memory.memory import View
from veilleuse.signals.evidence import sightings
from veilleuse.signals.signal import Signal

NAME = "extortion.threat"
_CLEAR = 500  # thousandths of a cue's strength
_RECENT = 3  # messages of the author within which the parts of a threat belong together
_LEAK_AND_DEMAND, _LEAK_AND_THREAT, _THREAT_AND_DEMAND = 0.9, 0.75, 0.65
_PARTS = (Idea.LEAK, Idea.THREAT, Idea.DEMAND, Idea.IMAGE_REQUEST)


def detect(view: View) -> Signal | None:
    """What will be shown, and what is wanted: at the first message, if it says both."""
    if view.said(*_PARTS) is None:
        return None
    leak, threat, demand, image = (_fresh(view, idea) for idea in _PARTS)
    if leak and (demand or (threat and image)):
        score = _LEAK_AND_DEMAND
    elif leak and threat:
        score = _LEAK_AND_THREAT
    elif threat and (demand or image):
        score = _THREAT_AND_DEMAND
    else:
        return None
    return Signal(NAME, score, sightings(view, [idea for idea in _PARTS if _fresh(view, idea)]))


def _fresh(view: View, idea: Idea) -> bool:
    trace = view.pair.trace(idea)
    return trace is not None and view.pair.count - trace.last < _RECENT and trace.best >= _CLEAR
