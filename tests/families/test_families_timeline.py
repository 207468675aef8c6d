"""The drawing of when: readable with one mark or five hundred, whatever the clocks say."""

from datetime import UTC, datetime, timedelta

import pytest
from families_samples import NOON, Page, asking, report

from veilleuse.families import render
from veilleuse.families.timeline import Timeline, draw
from veilleuse.language import Language
from veilleuse.policy.decision import Severity


def timeline(
    *moments: tuple[datetime, Severity],
    first: datetime | None = None,
    last: datetime | None = None,
    language: Language = Language.EN,
) -> Timeline:
    """The timeline, which these moments do have."""
    drawn = draw(moments, report(first=first, last=last), language)
    assert drawn is not None
    return drawn


def every_x(drawn: Timeline) -> list[int]:
    """Where all marks and ticks stand."""
    return [m.x for lane in drawn.lanes for m in lane.marks] + [tick.x for tick in drawn.ticks]


class TestScale:
    """Where marks stand."""

    def test_nothing_seen_draws_nothing(self) -> None:
        """Without a mark there is no drawing, whatever the report's bounds."""
        assert draw([], report(), Language.EN) is None

    def test_one_instant(self) -> None:
        """A single instant stands in the middle, above its day."""
        drawn = timeline((NOON, Severity.HIGH))
        assert every_x(drawn) == [50, 50]
        assert [tick.label for tick in drawn.ticks] == ["12\u00a0Nov 2026"]

    def test_no_bounds(self) -> None:
        """Where the report has no dates, the marks are their own bounds."""
        drawn = timeline((NOON, Severity.HIGH), (NOON + timedelta(days=4), Severity.HIGH))
        assert [mark.x for mark in drawn.lanes[0].marks] == [4, 96]

    def test_bounds_give_quiet_time_its_room(self) -> None:
        """The axis spans what was read, not only what was seen."""
        drawn = timeline((NOON, Severity.HIGH), first=NOON - timedelta(days=10), last=NOON)
        assert drawn.lanes[0].marks[0].x == 96
        assert drawn.ticks[0].label == "2\u00a0Nov 2026"

    def test_clocks_running_backwards(self) -> None:
        """Bounds the wrong way round, and marks outside them, all stay inside the drawing."""
        drawn = timeline(
            (NOON, Severity.HIGH),
            (NOON - timedelta(days=99), Severity.LOW),
            first=NOON + timedelta(days=3),
            last=NOON - timedelta(days=3),
        )
        assert all(4 <= x <= 96 for x in every_x(drawn))
        assert (
            drawn.description
            == "Seen from 5\u00a0August 2026 to 12\u00a0November 2026: 1 serious and 1 worth watching."
        )

    def test_one_day_shows_the_clock(self) -> None:
        """Within one day the axis shows the hours."""
        drawn = timeline((NOON, Severity.HIGH), (NOON + timedelta(hours=3), Severity.HIGH), language=Language.FR)
        assert [tick.label for tick in drawn.ticks] == ["12\u00a0h\u00a000", "12\u00a0nov. 2026", "15\u00a0h\u00a000"]

    @pytest.mark.parametrize("days", [1, 2, 3, 4, 30, 4000])
    def test_ticks_are_apart(self, days: int) -> None:
        """At most five days are named, none twice."""
        drawn = timeline((NOON, Severity.HIGH), (NOON + timedelta(days=days), Severity.HIGH))
        labels = [tick.label for tick in drawn.ticks]
        assert 2 <= len(labels) <= 5
        assert len(set(labels)) == len(labels)

    def test_ends_of_time(self) -> None:
        """The first and the last instants that exist can be drawn."""
        drawn = timeline(
            (datetime.min.replace(tzinfo=UTC), Severity.LOW), (datetime.max.replace(tzinfo=UTC), Severity.LOW)
        )
        assert [mark.x for mark in drawn.lanes[0].marks] == [4, 96]


class TestMarks:
    """What marks say."""

    def test_lanes_from_the_gravest(self) -> None:
        """Each severity present has its line, the gravest on top."""
        drawn = timeline((NOON, Severity.LOW), (NOON, Severity.CRITICAL))
        assert [lane.label for lane in drawn.lanes] == ["1 very serious", "1 worth watching"]
        assert drawn.lanes[0].y < drawn.lanes[1].y < drawn.height

    def test_five_hundred(self) -> None:
        """Five hundred marks are gathered where they would hide one another, and all are counted."""
        moments = [(NOON + timedelta(minutes=i * 7), list(Severity)[i % 4]) for i in range(500)]
        drawn = timeline(*moments)
        marks = [mark for lane in drawn.lanes for mark in lane.marks]
        assert len(marks) <= 4 * 93
        assert sum(mark.count for mark in marks) == 500
        assert max(mark.radius for mark in marks) <= 13

    def test_a_pile_is_told(self) -> None:
        """A mark for several says how many, and when."""
        drawn = timeline((NOON, Severity.HIGH), (NOON, Severity.HIGH))
        assert [mark.label for mark in drawn.lanes[0].marks] == ["on 12\u00a0November 2026: 2 serious"]

    def test_drawing_speaks_to_those_who_cannot_see_it(self) -> None:
        """The drawing is an image with a title and a description, and each mark has its own title."""
        html = render(report(asking()), Language.EN)
        page = Page(html)
        drawing = next(a for a in page.every("svg") if a.get("role") == "img")
        assert drawing["aria-labelledby"] == "timeline-title timeline-text"
        assert "<title>12\u00a0November 2026 at 12:00: 1 serious</title>" in html
        assert "Timeline of what was seen" in page.text
