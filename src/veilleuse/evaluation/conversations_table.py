"""The figures of conversations for people: a table of plain text, in either language."""

from collections.abc import Iterator, Sequence

from veilleuse.evaluation.columns import aligned, localised
from veilleuse.evaluation.conversations import Compared, ConversationReport, Row
from veilleuse.language import Language, say

_COLUMNS = ("conversations", "of", "measured", "total", "interval", "goal", "met")
_PERCENT = frozenset({"caught", "share", "threats", "windows", "apart_caught", "apart_innocents"})
_PRECISE = frozenset({"windows"})

Line = tuple[str, ...]


def conversations_table(report: ConversationReport, language: Language) -> str:
    """What was measured and on what; the baselines; what the figures do not claim."""
    return _Table(language).of(report)


class _Table:
    """Tells a report in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def of(self, report: ConversationReport) -> str:
        """The whole of it."""
        blocks = [
            [self._say("conversations_heading", version=report.version, python=report.python)],
            _aligned([self._columns(_COLUMNS), *map(self._row, report.rows)]),
            _aligned(list(self._baselines(report.baselines))),
            [self._say(f"note_{note}") for note in ("conversations", "baselines", "unclaimed")],
            [*self._signals(report)],
        ]
        return "\n\n".join("\n".join(block) for block in blocks if block)

    def _row(self, row: Row) -> Line:
        interval = ""
        if row.low is not None and row.high is not None:
            interval = self._say("interval", low=self._quantity(row, row.low), high=self._quantity(row, row.high))
        goal = ""
        if row.goal is not None:
            sign, bound = ("≤", row.goal.at_most or 0) if row.goal.at_least is None else ("≥", row.goal.at_least)
            goal = f"{sign} {self._quantity(row, bound)}"
        met = "" if row.met is None else self._say("met" if row.met else "missed")
        return (
            self._say(f"conversations_{row.figure}"), row.of, self._quantity(row, row.value), self._number(row.total),
            interval, goal, met,
        )  # fmt: skip

    def _baselines(self, compared: Sequence[Compared]) -> Iterator[Line]:
        sets = list(compared[0].windows) if compared else []
        yield (*self._columns(("baseline", "caught", "innocents")), *sets)
        for one in compared:
            shares = (one.caught, one.innocents, *(one.windows[name] for name in sets))
            yield (self._say(f"baseline_{one.name}"), *(self._percent(share, 1) for share in shares))

    def _signals(self, report: ConversationReport) -> Iterator[str]:
        for of, counts in report.signals.items():
            if counts:
                listed = (self._say("counted", what=name, count=self._number(count)) for name, count in counts.items())
                yield self._say("most_signals", file=of, listed=", ".join(listed))

    def _quantity(self, row: Row, value: float) -> str:
        if row.figure in _PERCENT:
            return self._percent(value, 2 if row.figure in _PRECISE else 0)
        if row.figure == "memory":
            return self._say("megabytes", value=self._number(value))
        return self._number(value, 1 if row.figure == "alarms" else 0)

    def _percent(self, share: float, digits: int) -> str:
        return self._say("percent", value=self._number(share * 100, digits))

    def _number(self, value: float, digits: int = 0) -> str:
        return localised(f"{value:,.{digits}f}", self._language)

    def _columns(self, names: Sequence[str]) -> Line:
        return tuple(self._say(f"column_{name}") for name in names)

    def _say(self, key: str, **values: object) -> str:
        return say(f"evaluate.{key}", self._language, **values)


def _aligned(lines: Sequence[Line]) -> list[str]:
    return aligned(lines, len(lines[0]) - 1)
