"""How conversations are judged: how often and how early what is written to be caught is; how quiet ordinary talk is."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from platform import python_version
from statistics import fmean, median

import msgspec

from veilleuse import __version__
from veilleuse.engine import Engine
from veilleuse.evaluation.baselines import Baseline, baselines
from veilleuse.evaluation.bootstrap import Estimate, estimate
from veilleuse.evaluation.child import peak
from veilleuse.evaluation.dialogues import Dialogue, Label, all_dialogues, load_apart
from veilleuse.evaluation.figure import Goal
from veilleuse.evaluation.ordinary_talk import Talk, load_talk, windows
from veilleuse.events import Event, Message
from veilleuse.language import Language
from veilleuse.memory import Memory
from veilleuse.policy import Decision, Policy
from veilleuse.signals import CONVERSATIONS, NAMES

WINDOW = 50
PER_DAYS = 10_000
QUIET_PAIRS = 1_000_000
_SIZES = (7, 1000)
_LEAST = 1e-9
_RECALL = 0.9  # at which baselines are compared
GOALS = {
    "alarms": Goal(at_most=1), "windows": Goal(at_most=0.0005), "caught": Goal(at_least=0.9),
    "share": Goal(at_most=0.4), "threats": Goal(at_least=1), "children": Goal(at_most=0),
    "innocents": Goal(at_most=0), "unequal": Goal(at_most=0),
    "memory": Goal(at_most=400),
}  # fmt: skip
_QUIET = """
from datetime import UTC, datetime
from veilleuse.events import Message
from veilleuse.memory import Memory
memory, at = Memory(), datetime(2026, 1, 5, tzinfo=UTC)
for number in range({pairs}):
    author, to = f"1{{number // 5:017}}", (f"2{{number:017}}",)
    message = Message(id=str(number), at=at, platform="discord", author=author, to=to, text="")
    for _ in memory.hear(message, (), ""):
        pass
"""


class Row(msgspec.Struct, frozen=True):
    """One figure: what, of what, how much, of how many, its interval and its goal."""

    figure: str
    of: str
    value: float
    total: int
    low: float | None = None
    high: float | None = None
    goal: Goal | None = None
    met: bool | None = None


class Compared(msgspec.Struct, frozen=True):
    """A baseline set to find 9 of 10 dialogues to be caught: the shares of innocents and windows it then flags."""

    name: str
    caught: float
    innocents: float
    windows: dict[str, float]


class ConversationReport(msgspec.Struct, frozen=True):
    """Every figure, the baselines beside it, and which signals spoke of whom."""

    version: str
    python: str
    rows: tuple[Row, ...]
    baselines: tuple[Compared, ...]
    signals: dict[str, dict[str, int]]


class _Outcome(msgspec.Struct, frozen=True):
    """What came of a dialogue: the index of the first alert about the suspect, and whether another was alerted of."""

    dialogue: Dialogue
    first: int | None
    other: bool
    signals: tuple[str, ...]


class _Person(msgspec.Struct, frozen=True):
    """What came of one author's ordinary talk."""

    days: int
    alarms: int
    windows: int
    flagged: int
    signals: tuple[str, ...]


def evaluate_conversations(
    benign: Sequence[Path] = (),
    on_step: Callable[[str | None], None] = lambda _: None,
    pairs: int = QUIET_PAIRS,
    dialogues: Sequence[Dialogue] | None = None,
) -> ConversationReport:
    """Measures everything. `on_step` is told the file that comes next, None for the dialogues.

    Raises `Problem` for a file that cannot be used, before anything is measured.
    """
    talks = [load_talk(path) for path in benign]
    judge = _Judge()
    on_step(None)
    written = all_dialogues() if dialogues is None else dialogues
    outcomes = [judge.dialogue(dialogue) for dialogue in written]
    rows = [*_dialogue_rows(outcomes), _row("unequal", "", sum(map(judge.differs, written)), len(written))]
    rows += [row for language in Language for row in _apart_rows(judge, language)]
    signals = {label.value: _counted(o.signals for o in outcomes if o.dialogue.label is label) for label in Label}
    held = peak(_QUIET.format(pairs=pairs)), peak(_QUIET.format(pairs=0))
    if held[0] and held[1]:
        rows.append(_row("memory", "", (held[0] - held[1]) / pairs * QUIET_PAIRS / 1e6, pairs))
    for talk in talks:
        on_step(talk.name)
        people = [judge.person(messages) for messages in talk.by_author.values()]
        rows += _talk_rows(talk, people)
        signals[talk.name] = _counted(person.signals for person in people)
    return ConversationReport(
        __version__,
        python_version(),
        tuple(rows),
        tuple(_compared(b, written, talks) for b in baselines(written)),
        signals,
    )


class _Judge:
    """Engines with the default policy, of which each conversation begins with an empty memory."""

    def __init__(self) -> None:
        policy = Policy.default(NAMES)
        self._engines = Engine(policy), Engine(policy)
        self._rules = {rule.name for rule in policy.rules if rule.signals & CONVERSATIONS}

    def dialogue(self, dialogue: Dialogue) -> _Outcome:
        """Every live rule counts: a threat in one message is an alert, too."""
        places = {message.id: place for place, message in enumerate(dialogue.messages)}
        alerts = [decision for decision in self._decided(dialogue.events) if decision.severity]
        first = min((places[d.event] for d in alerts if d.subject.id == dialogue.suspect), default=None)
        names = {signal.name for decision in alerts for signal in decision.signals}
        return _Outcome(dialogue, first, any(d.subject.id != dialogue.suspect for d in alerts), tuple(sorted(names)))

    def person(self, messages: Sequence[Message]) -> _Person:
        """Alerts of the rules about conversations."""
        alerts = self._alerts(messages)
        flagged = [bool(self._alerts(window)) for window in windows(messages, WINDOW)]
        names = [signal.name for decision in alerts for signal in decision.signals if signal.name in CONVERSATIONS]
        return _Person(len({m.at.date() for m in messages}), len(alerts), len(flagged), sum(flagged), tuple(names))

    def differs(self, dialogue: Dialogue) -> bool:
        """Whether other batch sizes, or a snapshot and a restore after every event, change any decision."""
        whole = self._decided(dialogue.events, 1)
        if any(self._decided(dialogue.events, size) != whole for size in _SIZES):
            return True
        one, other = self._engines
        one.memory, parts = Memory(), list[Decision]()
        for event in dialogue.events:
            parts += one.process([event])
            other.memory = Memory()
            other.restore(one.snapshot())
            one, other = other, one
        return parts != whole

    def _alerts(self, events: Sequence[Event]) -> list[Decision]:
        return [decision for decision in self._decided(events) if self._rules.intersection(decision.rules)]

    def _decided(self, events: Sequence[Event], size: int = WINDOW) -> list[Decision]:
        engine = self._engines[0]
        engine.memory = Memory()
        return [d for start in range(0, len(events), size) for d in engine.process(events[start : start + size])]


def _dialogue_rows(outcomes: Sequence[_Outcome]) -> Iterable[Row]:
    for language in Language:
        caught = [o for o in outcomes if o.dialogue.language is language and o.dialogue.label is Label.CAUGHT]
        innocent = [o for o in outcomes if o.dialogue.language is language and o.dialogue.label is Label.INNOCENT]
        found = [o for o in caught if o.first is not None]
        quick = [o for o in caught if o.dialogue.threat is not None]
        yield _row("caught", language, *_share(caught, lambda o: o.first is not None))
        shares = estimate(found, lambda some: median(_elapsed(o) for o in some))
        yield _row("share", language, shares.value, len(found), shares)
        yield _row("threats", language, *_share(quick, _in_time))
        yield _row("innocents", language, sum(o.first is not None for o in innocent), len(innocent))
        yield _row("children", language, sum(o.other for o in (*caught, *innocent)), len(caught) + len(innocent))


def _apart_rows(judge: _Judge, language: Language) -> Iterable[Row]:
    """Of the dialogues that nobody here has read: no goal is set, or somebody would be tempted to reach it."""
    caught, innocent = (
        [judge.dialogue(dialogue) for dialogue in load_apart(language, label)]
        for label in (Label.CAUGHT, Label.INNOCENT)
    )
    yield _row("apart_caught", language, *_share(caught, lambda o: o.first is not None))
    yield _row("apart_innocents", language, *_share(innocent, lambda o: o.first is not None))
    yield _row("apart_children", language, sum(o.other for o in (*caught, *innocent)), len(caught) + len(innocent))


def _in_time(outcome: _Outcome) -> bool:
    threat = outcome.dialogue.threat
    return outcome.first is not None and threat is not None and outcome.first <= threat


def _elapsed(outcome: _Outcome) -> float:
    """The share of the dialogue that went before the first alert."""
    return (outcome.first or 0) / len(outcome.dialogue.messages)


def _talk_rows(talk: Talk, people: Sequence[_Person]) -> Iterable[Row]:
    alarms = estimate(people, lambda some: PER_DAYS * sum(p.alarms for p in some) / max(sum(p.days for p in some), 1))
    flagged = estimate(people, lambda some: sum(p.flagged for p in some) / max(sum(p.windows for p in some), 1))
    yield _row("alarms", talk.name, alarms.value, sum(p.days for p in people), alarms)
    yield _row("windows", talk.name, flagged.value, sum(p.windows for p in people), flagged)


def _share(outcomes: Sequence[_Outcome], holds: Callable[[_Outcome], bool]) -> tuple[float, int, Estimate]:
    share = estimate([holds(o) for o in outcomes], lambda some: fmean(map(float, some)))
    return share.value, len(outcomes), share


def _row(figure: str, of: str, value: float, total: int, interval: Estimate | None = None) -> Row:
    goal = GOALS.get(figure)
    low, high = (interval.low, interval.high) if interval else (None, None)
    return Row(figure, of, value, total, low, high, goal, goal.met_by(value) if goal else None)


def _compared(baseline: Baseline, dialogues: Sequence[Dialogue], talks: Sequence[Talk]) -> Compared:
    scored = list(zip(dialogues, baseline.dialogues, strict=True))
    caught = sorted((score for d, score in scored if d.label is Label.CAUGHT), reverse=True)
    bar = caught[min(int(_RECALL * len(caught)), len(caught) - 1)] if caught else 0.0
    bar = bar or _LEAST  # a score of 0 says nothing: whoever flags it flags everybody
    innocents = [score >= bar for d, score in scored if d.label is Label.INNOCENT]
    return Compared(
        baseline.name,
        fmean([float(score >= bar) for score in caught] or [0.0]),
        fmean(map(float, innocents or [False])),
        {
            talk.name: fmean(
                float(baseline.scorer([message.text for message in window]) >= bar)
                for messages in talk.by_author.values()
                for window in windows(messages, WINDOW)
            )
            for talk in talks
        },
    )


def _counted(names: Iterable[Iterable[str]]) -> dict[str, int]:
    return dict(sorted(Counter(name for some in names for name in some).items()))
