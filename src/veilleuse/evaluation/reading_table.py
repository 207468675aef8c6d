"""The figures of reading for people: tables of plain text, in either language."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from veilleuse.evaluation.alarms import Counts, FalseAlarms, NamesFlagged
from veilleuse.evaluation.columns import aligned, localised
from veilleuse.evaluation.proportion import Mean, Proportion
from veilleuse.evaluation.reading import ReadingReport
from veilleuse.evaluation.recall import ClassRecall, Recall
from veilleuse.language import Language, say

_HELD_OUT = "°"
_MEANS = ("recall", "found", "interval", "goal", "met")
_CLASSES = (
    "class", "found", "interval", "light", "medium", "heavy", "overlap", "samples", "ordinary", "goal", "met",
)  # fmt: skip
_ALARMS = ("alarms", "messages", "literal", "within", "false", "per_million", "interval", "pace", "p99", "goal", "met")
_NAMES = ("names", "communities", "all_names", "flagged", "faulted", "goal", "met")

Row = tuple[str, ...]
Judged = Recall | ClassRecall | FalseAlarms | NamesFlagged


def reading_table(report: ReadingReport, language: Language) -> str:
    """What was measured and on what; recall, then false alarms, then names; what the words mean."""
    return _Table(language).of(report)


class _Table:
    """Tells a report in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def of(self, report: ReadingReport) -> str:
        """The whole of it."""
        return "\n".join(part for block in self._blocks(report) for part in ("", *block))[1:]

    def _blocks(self, report: ReadingReport) -> Iterator[list[str]]:
        yield [self._heading(report)]
        yield self._aligned(_MEANS, self._means(report.recall))
        yield self._aligned(_CLASSES, map(self._class, (*report.recall.classes, report.recall.stacked)))
        yield [self._say("note_recall"), self._say("note_ordinary"), self._say("note_held_out"), self._pace(report)]
        if report.alarms:
            yield self._aligned(_ALARMS, map(self._alarms, report.alarms))
            yield [
                self._say("note_alarms", terms=report.neutral_terms, example="penguin77"),
                *self._mistaken(report.alarms),
            ]
        if report.names:
            yield self._aligned(_NAMES, map(self._names, report.names))
            yield [self._say("note_names"), *self._heard(report.names)]

    def _heading(self, report: ReadingReport) -> str:
        return self._say(
            "heading",
            version=report.version,
            python=report.python,
            samples=self._number(report.samples),
            seed=report.seed,
            terms=report.terms,
        )

    def _pace(self, report: ReadingReport) -> str:
        pace = report.pace
        return self._say(
            "note_pace",
            pace=self._number(pace.messages_per_second),
            p99=self._say("microseconds", value=self._number(pace.p99_microseconds)),
        )

    def _means(self, recall: Recall) -> Iterator[Row]:
        means: dict[str, Mean | Proportion] = {
            "mean_macro": recall.macro,
            "mean_strict": recall.strict,
            "mean_open": recall.open,
            "mean_held_out_classes": recall.held_out_classes,
            "mean_held_out_glyphs": recall.held_out_glyphs,
            f"class_{recall.stacked.name}": recall.stacked.recall,
        }
        for name, mean in means.items():
            goal = self._goal(recall, self._percent) if mean is recall.macro else ("", "")
            yield (self._say(name), self._percent(mean.value), self._interval(mean), *goal)

    def _class(self, measured: ClassRecall) -> Row:
        return (
            self._say(f"class_{measured.name}") + _HELD_OUT * measured.held_out,
            self._percent(measured.recall.value),
            self._interval(measured.recall),
            *(self._percent(part.value) for part in (measured.light, measured.medium, measured.heavy)),
            self._percent(measured.overlap) if measured.recall.count else "",
            self._number(measured.recall.total),
            self._number(measured.ordinary),
            *self._goal(measured, self._percent),
        )

    def _alarms(self, alarms: FalseAlarms) -> Row:
        low, high = (self._number(bound * 1_000_000) for bound in (alarms.alarms.low, alarms.alarms.high))
        return (
            alarms.file,
            self._number(alarms.alarms.total + alarms.literal + alarms.within),
            self._number(alarms.literal),
            self._number(alarms.within),
            self._number(alarms.alarms.count),
            self._number(alarms.per_million),
            self._say("interval", low=low, high=high),
            self._number(alarms.pace.messages_per_second),
            self._say("microseconds", value=self._number(alarms.pace.p99_microseconds)),
            *self._goal(alarms, self._number),
        )

    def _names(self, names: NamesFlagged) -> Row:
        counts = (names.communities, names.names, names.flagged, names.faulted)
        return (names.file, *map(self._number, counts), *self._goal(names, self._number))

    def _mistaken(self, all_alarms: Iterable[FalseAlarms]) -> Iterator[str]:
        for alarms in all_alarms:
            if alarms.terms:
                yield self._say("most_terms", file=alarms.file, listed=self._listed(alarms.terms))
                yield self._say("most_disguises", file=alarms.file, listed=self._listed(alarms.disguises))

    def _heard(self, all_names: Iterable[NamesFlagged]) -> Iterator[str]:
        for names in all_names:
            if names.signals:
                yield self._say("most_signals", file=names.file, listed=self._listed(names.signals))

    def _listed(self, counts: Counts) -> str:
        return ", ".join(self._say("counted", what=what, count=self._number(count)) for what, count in counts)

    def _goal(self, judged: Judged, told: Callable[[float], str]) -> Row:
        goal = judged.goal
        if goal is None:
            return "", ""
        sign, bound = ("≤", goal.at_most or 0) if goal.at_least is None else ("≥", goal.at_least)
        return f"{sign} {told(bound)}", self._say("met" if judged.met else "missed")

    def _interval(self, of: Mean | Proportion) -> str:
        return self._say("interval", low=self._percent(of.low), high=self._percent(of.high))

    def _percent(self, share: float) -> str:
        return self._say("percent", value=self._number(share * 100, digits=1))

    def _number(self, value: float, digits: int = 0) -> str:
        return localised(f"{value:,.{digits}f}", self._language)

    def _say(self, key: str, **values: object) -> str:
        return say(f"evaluate.{key}", self._language, **values)

    def _aligned(self, columns: Sequence[str], rows: Iterable[Row]) -> list[str]:
        """Columns side by side: what is measured and whether the goal is met to the left, quantities to the right."""
        lines = [tuple(self._say(f"column_{column}") for column in columns), *rows]
        return aligned(lines, len(columns) - 1)
