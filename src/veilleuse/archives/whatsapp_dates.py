"""Dates whose order is not written: the day first, the month, or the year."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from veilleuse.language import Problem

_FOUNDED = 2009  # no message of WhatsApp is older


class DateOrder(StrEnum):
    """What comes first in a date made of three numbers."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


Numbers = tuple[int, int, int]


def in_order(numbers: Numbers, order: DateOrder) -> date:
    """The date, or ValueError when there is none. Years of two digits are of this century."""
    first, second, third = numbers
    if order is DateOrder.DMY:
        year, month, day = third, second, first
    elif order is DateOrder.MDY:
        year, month, day = third, first, second
    else:
        year, month, day = first, second, third
    return date(year + 2000 if year < 100 else year, month, day)


@dataclass
class _Trial:
    """How well an order fits the dates met so far."""

    impossible: int = 0
    backward: int = 0
    last: date = date.min

    def see(self, numbers: Numbers, order: DateOrder) -> None:
        try:
            met = in_order(numbers, order)
        except ValueError:
            self.impossible += 1
            return
        self.impossible += met.year < _FOUNDED
        self.backward += met < self.last
        self.last = met


@dataclass
class Dates:
    """All dates of a file, in the order they stand, tried in each order."""

    _trials: dict[DateOrder, _Trial] = field(default_factory=lambda: {order: _Trial() for order in DateOrder})
    _previous: Numbers | None = None

    def see(self, numbers: Numbers) -> None:
        """One more date."""
        if numbers != self._previous:
            self._previous = numbers
            for order, trial in self._trials.items():
                trial.see(numbers, order)

    def order(self) -> DateOrder:
        """The order that best gives dates, and among equals the one in which time runs.

        Raises `Problem` on a tie, except with the year first: two digits for it are too rare to ask about.
        """
        scores = {order: (trial.impossible, trial.backward) for order, trial in self._trials.items()}
        best = [order for order, score in scores.items() if score == min(scores.values())]
        if len(best) > 1 and DateOrder.YMD in best:
            best.remove(DateOrder.YMD)
        if len(best) > 1:
            raise Problem("archives.dates_ambiguous")
        return best[0]


def instant(day: date, hour: int, minute: int, second: int, half: str) -> datetime:
    """The instant, as if in UTC. `half` is "a" before noon, "p" after it, empty on a 24-hour clock."""
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)
