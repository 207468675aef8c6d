"""A name or description that composes minor and sexual ideas, disguised or not."""

from collections.abc import Sequence

from veilleuse.signals.composition import sexualised_minor
from veilleuse.signals.passage import Passage
from veilleuse.signals.signal import Signal

NAME = "name.sexualised_minor"


def detect(passages: Sequence[Passage]) -> Signal | None:
    """The strongest such composition among the name, the description or bio, and the channels."""
    composed = sexualised_minor(passages)
    return composed.signal(NAME) if composed else None
