"""A community that asks for pictures as the price of entry."""

from collections.abc import Sequence

from veilleuse.signals.composition import MOST, Composition, cleared, sexual_ideas
from veilleuse.signals.passage import Passage, nearest
from veilleuse.signals.signal import Signal

NAME = "name.entry_toll"
_CLAUSE = 60
_TOLL = 0.65
_IDEA = 0.15  # each of the two ideas that make the toll what it is


def detect(passages: Sequence[Passage]) -> Signal | None:
    """A picture and an entry in one clause, where minor or sexual ideas are near."""
    minors = any(passage.has("minor") for passage in passages)
    sexual = any(sexual_ideas(passage) for passage in passages)
    if not minors and not sexual:
        return None
    for passage in passages:
        pair = nearest(passage.marks("image"), passage.marks("entry"))
        if pair is None or pair[0].gap(pair[1]) > _CLAUSE or cleared(passage, pair):
            continue
        intimate = (*sexual_ideas(passage), *passage.marks("you", "body"))
        if intimate:
            score = _TOLL + _IDEA * (minors and sexual) + _IDEA * bool(sexual_ideas(passage))
            marks = (*pair, *intimate, *passage.marks("minor", "demand"))
            return Composition(min(score, MOST), ((passage, marks),)).signal(NAME)
    return None
