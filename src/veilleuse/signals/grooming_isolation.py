"""One who makes sure that nobody near the other sees, hears or is told."""

from veilleuse.cues.cue import Idea
from veilleuse.memory.memory import MAJORITY, View
from veilleuse.signals.evidence import ages, sightings
from veilleuse.signals.features import acquainted
from veilleuse.signals.signal import Signal

NAME = "grooming.isolation"
_WAYS = (Idea.SUPERVISION, Idea.SECRECY, Idea.ISOLATION)
_TELLING = 600  # thousandths of a cue's strength
_ONE, _TWO, _THREE = 0.4, 0.55, 0.75
_MINOR = 0.1
_STRANGER = 0.1  # who asks a minor whether somebody is near, and is not known to be one
_CALM = 0.3
_MOST = 0.95


def detect(view: View) -> Signal | None:
    """Two of: asking who is near, asking for secrecy, setting oneself above parents and friends."""
    if view.said(*_WAYS) is None:
        return None
    ways = [idea for idea in _WAYS if view.level(idea) >= _TELLING]
    if not ways or (len(ways) == 1 and view.other_minor is None):
        return None
    score = (_ONE, _TWO, _THREE)[len(ways) - 1] + _MINOR * bool(view.other_minor)
    if ways == [Idea.SUPERVISION] and view.other_minor and not any(age.low < MAJORITY for age in view.own_ages):
        score += _STRANGER
    score -= _CALM * (view.peers or acquainted(view))
    return Signal(NAME, round(min(max(score, 0.0), _MOST), 2), (*sightings(view, ways), *ages(view.other_minor)))
