"""Proportions with their intervals, for how sure a measure is goes with the measure."""

from collections.abc import Iterable, Sequence
from math import sqrt
from statistics import fmean

import msgspec

_Z = 1.959964  # 95 % of a normal law stands within so many deviations


class Proportion(msgspec.Struct, frozen=True):
    """`count` of `total`; `value` is their ratio, 0 of nothing being 0.

    `low` to `high` holds the true one 95 times in 100, each case being taken as independent of the others.
    """

    count: int
    total: int
    value: float
    low: float
    high: float

    @classmethod
    def of(cls, count: int, total: int) -> "Proportion":
        """With Wilson's interval, which stays honest near 0 and 1."""
        if not total:
            return cls(0, 0, 0.0, 0.0, 1.0)
        value, square = count / total, _Z * _Z
        middle = (value + square / (2 * total)) / (1 + square / total)
        reach = _Z * sqrt(value * (1 - value) / total + square / (4 * total * total)) / (1 + square / total)
        return cls(count, total, value, max(0.0, min(value, middle - reach)), min(1.0, max(value, middle + reach)))

    @classmethod
    def among(cls, outcomes: Iterable[bool]) -> "Proportion":
        """Of the true ones."""
        outcomes = list(outcomes)
        return cls.of(sum(outcomes), len(outcomes))


class Mean(msgspec.Struct, frozen=True):
    """The plain mean of several proportions, all weighing the same; 0 of none."""

    value: float
    low: float
    high: float

    @classmethod
    def of(cls, proportions: Sequence[Proportion]) -> "Mean":
        """Each proportion's share of the doubt is that of Agresti and Coull, which 0 and 1 have too."""
        if not proportions:
            return cls(0.0, 0.0, 1.0)
        value = fmean(p.value for p in proportions)
        reach = _Z * sqrt(sum(_variance(p) for p in proportions)) / len(proportions)
        return cls(value, max(0.0, value - reach), min(1.0, value + reach))


def _variance(proportion: Proportion) -> float:
    total = proportion.total + _Z * _Z
    value = (proportion.count + _Z * _Z / 2) / total
    return value * (1 - value) / total
