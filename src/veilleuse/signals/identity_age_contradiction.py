"""An account that gives itself ages that cannot both be true: above all an adult who poses as a minor."""

from veilleuse.memory.memory import MAJORITY, View
from veilleuse.signals.evidence import ages, sightings
from veilleuse.signals.features import distinct
from veilleuse.signals.signal import Signal

NAME = "identity.age_contradiction"
_YOUNGEST = 10  # below, a number was hardly an age
_FEWEST = 3  # years: birthdays and rounding explain less
_TOLD, _POSES, _TO_MINOR = 0.45, 0.65, 0.15
_STEP = 0.05
_MOST = 0.95


def detect(view: View) -> Signal | None:
    """Told where the author speaks of their age, or approaches somebody who is believed to be of the claimed age."""
    known = [age for age in view.own_ages if age.low >= _YOUNGEST]
    pairs = [(one, other) for one in known for other in known if other.low - one.high >= _FEWEST]
    if not pairs:
        return None
    younger, older = max(pairs, key=lambda pair: pair[1].low - pair[0].high)
    poses = younger.high < MAJORITY <= older.low
    steps = distinct(view)
    score = (_POSES if poses else _TOLD) + _STEP * min(len(steps), 3)
    score += _TO_MINOR * (poses and view.other_minor is not None)
    evidence = (*ages(younger, older), *sightings(view, steps))
    return Signal(NAME, round(min(score, _MOST), 2), evidence) if evidence else None
