"""A small drawing of when things were seen: where each mark stands, in per cent of the width."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from math import log2

import msgspec

from veilleuse.families.report import Report
from veilleuse.families.wording import clock, count, day, local, moment, period, severities, tell
from veilleuse.language import Language
from veilleuse.policy.decision import Severity

LEFT, RIGHT = 4, 96
TICKS = 5
LANE = 38  # height, in pixels
SMALLEST, LARGEST = 5.0, 13.0  # radius of a mark, in pixels

Moments = Sequence[tuple[datetime, Severity]]


class Mark(msgspec.Struct, frozen=True):
    """`count` things seen about the same time, `x` per cent from the left."""

    x: int
    count: int
    label: str

    @property
    def radius(self) -> float:
        """Grows with the logarithm, so that five hundred do not hide their neighbours."""
        return round(min(SMALLEST + log2(self.count) * 1.5, LARGEST), 1)


class Lane(msgspec.Struct, frozen=True):
    """The marks of one severity, on a line `y` pixels down."""

    severity: Severity
    y: int
    label: str
    marks: tuple[Mark, ...]


class Tick(msgspec.Struct, frozen=True):
    """A day under the axis. `minor` ones give way on a narrow screen."""

    x: int
    label: str
    anchor: str
    minor: bool = False


class Timeline(msgspec.Struct, frozen=True):
    """The drawing, and what it says for those who cannot see it."""

    height: int
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    title: str
    description: str


def draw(moments: Moments, report: Report, language: Language) -> Timeline | None:
    """The timeline of these moments over the report's whole span; None where nothing was seen.

    Clocks may run backwards and the report's own bounds may be missing or wrong: the span is the smallest
    that holds everything.
    """
    if not moments:
        return None
    bounds = [local(bound, report.zone) for bound in (report.first, report.last) if bound is not None]
    instants = bounds + [at for at, _ in moments]
    scale = _Scale(min(instants), max(instants))
    present = sorted({severity for _, severity in moments}, key=lambda s: -s.rank)
    lanes = tuple(
        _lane(severity, row, [at for at, s in moments if s is severity], scale, language)
        for row, severity in enumerate(present)
    )
    counts = Counter(severity for _, severity in moments)
    return Timeline(
        height=len(lanes) * LANE + 34,
        lanes=lanes,
        ticks=scale.ticks(language),
        title=tell("timeline.title", language),
        description=tell(
            "timeline.description",
            language,
            period=period(min(at for at, _ in moments), max(at for at, _ in moments), language),
            counts=severities(dict(counts), language),
        ),
    )


class _Scale:
    def __init__(self, first: datetime, last: datetime) -> None:
        self.first, self.last = first, last
        self.span = last - first

    def x(self, at: datetime) -> int:
        if not self.span:
            return (LEFT + RIGHT) // 2
        return LEFT + round((RIGHT - LEFT) * ((at - self.first) / self.span))

    def ticks(self, language: Language) -> tuple[Tick, ...]:
        if not self.span:
            return (Tick(self.x(self.first), day(self.first, language, short=True), "middle"),)
        if self.first.date() == self.last.date():
            return (
                Tick(LEFT, clock(self.first, language), "start"),
                Tick((LEFT + RIGHT) // 2, day(self.first, language, short=True), "middle"),
                Tick(RIGHT, clock(self.last, language), "end"),
            )
        steps = min(TICKS - 1, (self.last.date() - self.first.date()).days)
        return tuple(self._tick(step, steps, language) for step in range(steps + 1))

    def _tick(self, step: int, steps: int, language: Language) -> Tick:
        at = self.first + self.span * (step / steps)
        anchor = {0: "start", steps: "end"}.get(step, "middle")
        minor = step not in (0, steps) and step * 2 != steps
        return Tick(self.x(at), day(at, language, short=True), anchor, minor)


def _lane(severity: Severity, row: int, instants: Sequence[datetime], scale: _Scale, language: Language) -> Lane:
    piles: dict[int, list[datetime]] = {}
    for at in instants:
        piles.setdefault(scale.x(at), []).append(at)
    marks = (_mark(x, severity, piles[x], language) for x in sorted(piles))
    label = count(f"severity.{severity}.count", len(instants), language)
    return Lane(severity, row * LANE + 30, label, tuple(marks))


def _mark(x: int, severity: Severity, instants: Sequence[datetime], language: Language) -> Mark:
    alone = len(instants) == 1
    at = moment(instants[0], language) if alone else period(min(instants), max(instants), language)
    said = count(f"severity.{severity}.count", len(instants), language)
    return Mark(x, len(instants), tell("timeline.mark", language, at=at, count=said))
