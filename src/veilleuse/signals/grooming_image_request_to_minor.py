"""A message that asks somebody known to be a minor for a picture of themselves."""

from veilleuse.cues.cue import Idea
from veilleuse.memory.memory import View
from veilleuse.signals.evidence import ages, sightings
from veilleuse.signals.features import acquainted, distinct
from veilleuse.signals.signal import Signal

NAME = "grooming.image_request_to_minor"
_ASKED = 0.6
_MORE = 0.1  # for each further idea of an approach
_PEERS = 0.3  # friends of one age send each other pictures
_CALM = 0.3  # parents told, a life shared elsewhere, or help
_MOST = 0.95


def detect(view: View) -> Signal | None:
    """Asked in this message; graver with every other step of an approach, and after a refusal."""
    asked, minor = view.said(Idea.IMAGE_REQUEST), view.other_minor
    if asked is None or minor is None:
        return None
    others = [idea for idea in distinct(view) if idea is not Idea.IMAGE_REQUEST]
    calm = acquainted(view)
    score = _ASKED + _MORE * (len(others) + view.heard.ignored + bool(view.author_adult))
    score -= _PEERS * view.peers + _CALM * calm
    evidence = (*sightings(view, [Idea.IMAGE_REQUEST, *others]), *ages(minor))
    return Signal(NAME, round(min(score, _MOST), 2), evidence) if score > 0 else None
