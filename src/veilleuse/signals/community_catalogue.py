"""A community whose channel list reads as a catalogue: sexual themes by channel, minors or prices nearby."""

from collections.abc import Sequence

from veilleuse.signals.composition import MOST, Composition, cleared
from veilleuse.signals.passage import Mark, Passage
from veilleuse.signals.signal import Signal

NAME = "community.catalogue"
_FEWEST_THEMES = 2
_WITH_MINORS = 0.75
_WITH_PRICES = 0.6
_MORE = 0.05  # for each theme beyond the fewest


def detect(passages: Sequence[Passage]) -> Signal | None:
    """Two sexual channels or more, and minors (graver) or prices said by a channel, the name or the description."""
    channels = [passage for passage in passages if passage.field.startswith("channels")]
    themes = [channel for channel in channels if channel.has("sexual") and not channel.has("care", "setting")]
    if len(themes) < _FEWEST_THEMES:
        return None
    minors = _said(passages, "minor")
    prices = _said(passages, "price", "payment", "trade")
    disguised = any(mark.disguised for theme in themes for mark in theme.marks("sexual"))
    if any(passage.has("adults", "setting") for passage in passages) and not disguised:
        return None
    if not minors and not (prices and any(_strong_theme(theme) for theme in themes)):
        return None
    score = (_WITH_MINORS if minors else _WITH_PRICES) + _MORE * (
        len(themes) - _FEWEST_THEMES + bool(minors and prices)
    )
    parts = [(theme, tuple(theme.marks("sexual"))) for theme in themes]
    return Composition(min(score, MOST), (*parts, *minors, *prices)).signal(NAME)


def _strong_theme(theme: Passage) -> bool:
    return any(not mark.weak for mark in theme.marks("sexual"))


def _said(passages: Sequence[Passage], *concepts: str) -> list[tuple[Passage, tuple[Mark, ...]]]:
    return [(p, marks) for p in passages if (marks := tuple(p.marks(*concepts))) and not cleared(p, marks)]
