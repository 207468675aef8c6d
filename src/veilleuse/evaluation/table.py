"""The figures for people: a table of plain text, in either language."""

from veilleuse.evaluation.bench import Report
from veilleuse.evaluation.columns import aligned, number
from veilleuse.evaluation.figure import Figure, Goal, Unit
from veilleuse.language import Language, say

_COLUMNS = ("what", "measured", "floor", "ratio", "goal", "met")
_FLOORS = ("reading", "engine", "scan", "memory", "start")


def table(report: Report, language: Language) -> str:
    """What was measured and on what, a line a figure, then what each floor is."""
    rows = [tuple(say(f"bench.column_{column}", language) for column in _COLUMNS)]
    rows += [_row(figure, language) for figure in report.figures]
    return "\n".join([_heading(report, language), "", *aligned(rows, len(_COLUMNS) - 1), "", *_notes(language)])


def _heading(report: Report, language: Language) -> str:
    return say(
        "bench.heading",
        language,
        version=report.version,
        python=report.python,
        system=report.system,
        machine=report.machine,
        cpus=report.cpus or "?",
        events=number(report.events, language),
        messages=number(report.messages, language),
        repetitions=report.repetitions,
    )


def _notes(language: Language) -> list[str]:
    return [say(f"bench.floor_{floor}", language) for floor in _FLOORS] + [say("bench.ratio", language)]


def _row(figure: Figure, language: Language) -> tuple[str, ...]:
    met = "" if figure.met is None else say("bench.met" if figure.met else "bench.missed", language)
    return (
        say(f"bench.{figure.name}", language),
        _quantity(figure.measured, figure.unit, language),
        "" if figure.floor is None else _quantity(figure.floor, figure.unit, language),
        "" if figure.ratio is None else _quantity(figure.ratio, Unit.TIMES, language),
        _promised(figure.goal, figure.unit, language),
        met,
    )


def _promised(goal: Goal | None, unit: Unit, language: Language) -> str:
    if goal is None:
        return ""
    if goal.at_least is not None:
        return f"≥ {_quantity(goal.at_least, unit, language)}"
    return f"≤ {_quantity(goal.at_most or 0, unit, language)}"


def _quantity(value: float, unit: Unit, language: Language) -> str:
    return say(f"bench.unit_{unit.name.lower()}", language, value=number(value, language))
