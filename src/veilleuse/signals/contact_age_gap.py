"""An adult who approaches a minor; ages are said or declared, never guessed."""

from veilleuse.cues.cue import Idea
from veilleuse.memory.memory import View
from veilleuse.signals.evidence import ages, sightings
from veilleuse.signals.features import acquainted, distinct
from veilleuse.signals.signal import Signal

NAME = "contact.age_gap"
_FEWEST = 4  # years between
_BASE, _STEP = 0.3, 0.15
_YEARS = 0.01  # for each beyond the fewest
_CALM = 0.3
_MOST = 0.95
_STEPS = frozenset(
    {
        Idea.AGE_GAP, Idea.SECRECY, Idea.SUPERVISION, Idea.ISOLATION, Idea.IMAGE_REQUEST, Idea.COMPLIMENT, Idea.SEXUAL,
        Idea.RELATIONSHIP, Idea.GIFT, Idea.MEETING, Idea.PLATFORM_MOVE, Idea.PRESSURE,
    }
)  # fmt: skip


def detect(view: View) -> Signal | None:
    """A gap of years, and the steps of an approach across it; a coach or an aunt takes none, or tells the parents."""
    minor, adult = view.other_minor, view.author_adult
    if minor is None or adult is None or adult.years_from(minor) < _FEWEST:
        return None
    steps = [idea for idea in distinct(view) if idea in _STEPS]
    if not steps:
        return None
    calm = acquainted(view)
    score = _BASE + _STEP * len(steps) + _YEARS * min(adult.years_from(minor) - _FEWEST, 20) - _CALM * calm
    return Signal(NAME, round(min(max(score, 0.0), _MOST), 2), (*sightings(view, steps), *ages(minor, adult)))
