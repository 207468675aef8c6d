"""Intervals by drawing people again: what one person wrote stands or falls together."""

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeVar

import msgspec

T = TypeVar("T")
DRAWS = 1000
_SEED = 2026
_TAIL = 0.025


class Estimate(msgspec.Struct, frozen=True):
    """A figure and, from `low` to `high`, where 95 of 100 redrawn crowds put it. Of nobody, all are 0."""

    value: float
    low: float
    high: float


def estimate(people: Sequence[T], figure: Callable[[Sequence[T]], float], draws: int = DRAWS) -> Estimate:
    """The figure of the people, and its interval by the bootstrap of Efron: as many people, drawn with replacement."""
    if not people:
        return Estimate(0.0, 0.0, 0.0)
    random = Random(_SEED)  # noqa: S311 - the same draws every time; nothing here is secret
    drawn = sorted(figure(random.choices(people, k=len(people))) for _ in range(draws))
    return Estimate(figure(people), drawn[int(_TAIL * draws)], drawn[min(int((1 - _TAIL) * draws), draws - 1)])
