"""Somebody who threatens, to get something: to show what the other sent, or to harm."""

from veilleuse.cues.cue import Idea
from veilleuse.memory.memory import View
from veilleuse.signals.evidence import sightings
from veilleuse.signals.signal import Signal

NAME = "extortion.threat"
_RECENT = 4  # messages of the author within which the parts of a threat belong together
_LEAK_AND_DEMAND, _LEAK_AND_THREAT, _THREAT_AND_DEMAND = 0.9, 0.75, 0.65
_WANTS = (Idea.DEMAND, Idea.IMAGE_REQUEST)


def detect(view: View) -> Signal | None:
    """What will be shown, and what is wanted: at the first message, if it says both."""
    if view.said(Idea.LEAK, Idea.THREAT, *_WANTS) is None:
        return None
    leak, threat = _fresh(view, Idea.LEAK), _fresh(view, Idea.THREAT)
    wanted = [idea for idea in _WANTS if _fresh(view, idea)]
    if leak and wanted:
        score = _LEAK_AND_DEMAND
    elif leak and threat:
        score = _LEAK_AND_THREAT
    elif threat and Idea.DEMAND in wanted:
        score = _THREAT_AND_DEMAND
    else:
        return None
    return Signal(NAME, score, sightings(view, (Idea.LEAK, Idea.THREAT, *wanted)))


def _fresh(view: View, idea: Idea) -> bool:
    trace = view.pair.trace(idea)
    return trace is not None and view.pair.count - trace.last < _RECENT and trace.best >= 500
