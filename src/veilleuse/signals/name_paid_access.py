"""A name or description that sets a price, a payment or a trade on sexualised minors."""

from collections.abc import Sequence

from veilleuse.signals.composition import sexualised_minor
from veilleuse.signals.passage import Passage
from veilleuse.signals.signal import Signal

NAME = "name.paid_access"
_FOR_MONEY = 0.1


def detect(passages: Sequence[Passage]) -> Signal | None:
    """A composition of minor and sexual ideas, and what is asked for it anywhere beside it."""
    composed = sexualised_minor(passages)
    if composed is None:
        return None
    for passage in passages:
        if asked := passage.marks("price", "payment", "trade"):
            return composed.with_(composed.score + _FOR_MONEY, passage, asked).signal(NAME)
    return None
