"""A figure: something measured, beside its floor and its goal."""

from enum import StrEnum

import msgspec

from veilleuse.evaluation.timing import Times

_MEGA = 1_000_000


class Unit(StrEnum):
    """In what a figure is told."""

    MESSAGES = "messages/s"
    EVENTS = "events/s"
    MILLISECONDS = "ms"
    MEGABYTES = "MB"
    TIMES = "times"


class Goal(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was promised: `at_least` or `at_most` so much, in the unit of the figure."""

    at_least: float | None = None
    at_most: float | None = None

    def met_by(self, measured: float) -> bool:
        """Whether the figure keeps the promise."""
        above = self.at_least is None or measured >= self.at_least
        return above and (self.at_most is None or measured <= self.at_most)


class Figure(msgspec.Struct, frozen=True):
    """`measured` and `floor` are in `unit`; `ratio` says how many times the floor's time or memory it took.

    `seconds` and `floor_seconds` are the raw times, one a repetition; empty for what is no time.
    """

    name: str
    unit: Unit
    measured: float
    floor: float | None = None
    ratio: float | None = None
    goal: Goal | None = None
    met: bool | None = None
    seconds: tuple[float, ...] = ()
    floor_seconds: tuple[float, ...] = ()


def rate(name: str, unit: Unit, count: int, times: Times, floor: Times, goal: Goal | None = None) -> Figure:
    """How many are done in a second."""
    return _timed(name, unit, count / times.median, count / floor.median, times, floor, goal)


def delay(name: str, times: Times, floor: Times, goal: Goal | None = None) -> Figure:
    """How long one takes."""
    return _timed(name, Unit.MILLISECONDS, times.median * 1000, floor.median * 1000, times, floor, goal)


def times_over(name: str, times: Times, base: Times, goal: Goal) -> Figure:
    """How many times the cost of something comparable."""
    measured = times.over(base)
    return Figure(name, Unit.TIMES, measured, goal=goal, met=goal.met_by(measured))


def held(name: str, peak: int, floor: int, goal: Goal | None = None) -> Figure:
    """How much memory was held at the most, from bytes."""
    measured = peak / _MEGA
    met = goal.met_by(measured) if goal else None
    return Figure(name, Unit.MEGABYTES, measured, floor / _MEGA, peak / floor, goal, met)


def _timed(
    name: str, unit: Unit, measured: float, floor: float, times: Times, floors: Times, goal: Goal | None
) -> Figure:
    met = goal.met_by(measured) if goal else None
    return Figure(name, unit, measured, floor, times.over(floors), goal, met, times.seconds, floors.seconds)
