"""A new contact who wants to take a minor elsewhere: another application, a number, a private place."""

from veilleuse.cues.cue import Idea
from veilleuse.memory.memory import View
from veilleuse.signals.evidence import ages, sightings
from veilleuse.signals.features import acquainted, distinct
from veilleuse.signals.signal import Signal

NAME = "contact.stranger_move"
_NEW = 60  # messages
_NEW_DAYS = 14
_DAY = 86_400
_ASKED, _STEP = 0.5, 0.1
_PEERS = _CALM = 0.25
_MOST = 0.9
_MOVES = (Idea.PLATFORM_MOVE, Idea.CONTACT_REQUEST)


def detect(view: View) -> Signal | None:
    """Asked in this message, early; graver with every other step of an approach, and by an adult."""
    asked, minor = view.said(*_MOVES), view.other_minor
    old = view.pair.count > _NEW or view.at - view.pair.first > _NEW_DAYS * _DAY
    if asked is None or minor is None or old:
        return None
    others = [idea for idea in distinct(view) if idea not in _MOVES]
    calm = acquainted(view)
    score = _ASKED + _STEP * (min(len(others), 4) + bool(view.author_adult))
    score -= _PEERS * view.peers + _CALM * calm
    evidence = (*sightings(view, [*_MOVES, *others]), *ages(minor))
    return Signal(NAME, round(min(score, _MOST), 2), evidence) if score > 0 else None
