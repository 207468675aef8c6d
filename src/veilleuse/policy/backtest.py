"""What a candidate policy would have decided, beside the policy in force, on the same signals."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from veilleuse.events import Event
from veilleuse.language import Language, say
from veilleuse.policy.decision import Decision, Severity
from veilleuse.policy.policy import Policy
from veilleuse.policy.rule import RuleFault
from veilleuse.signals.signal import Signal, Subject

Heard = tuple[Event, Subject, Sequence[Signal]]
"""What detectors said of one subject at one event."""

EXAMPLES = 5


@dataclass(slots=True)
class Tally:
    """How many times something happened, and the first events where it did."""

    count: int = 0
    examples: list[str] = field(default_factory=list)

    def add(self, event: str, most: int) -> None:
        """One more; its event is kept while there are fewer than `most`."""
        self.count += 1
        if len(self.examples) < most:
            self.examples.append(event)


@dataclass(slots=True)
class Verdicts:
    """What one policy decided: counts by severity, by rule, by rule on trial, and its faults."""

    flagged: int = 0
    severities: Counter[Severity] = field(default_factory=Counter)
    rules: Counter[str] = field(default_factory=Counter)
    shadow: Counter[str] = field(default_factory=Counter)
    faults: list[RuleFault] = field(default_factory=list)

    def add(self, decision: Decision | None) -> None:
        """Counts one decision; what only rules on trial said is not flagged."""
        if decision is None:
            return
        if decision.severity:
            self.flagged += 1
            self.severities[decision.severity] += 1
        self.rules.update(decision.rules)
        self.shadow.update(decision.shadow)


@dataclass(slots=True)
class Backtest:
    """Two policies over the same stream. `changed` is by severity before and severity after."""

    judged: int = 0
    before: Verdicts = field(default_factory=Verdicts)
    after: Verdicts = field(default_factory=Verdicts)
    newly: Tally = field(default_factory=Tally)
    no_longer: Tally = field(default_factory=Tally)
    changed: dict[tuple[Severity, Severity], Tally] = field(default_factory=dict)
    other_actions: Tally = field(default_factory=Tally)

    @property
    def same(self) -> bool:
        """Whether both policies gave every subject the same severity and the same actions."""
        return not (self.newly.count or self.no_longer.count or self.changed or self.other_actions.count)

    def add(self, event: str, before: Decision | None, after: Decision | None, examples: int) -> None:
        """Counts what both policies decided of one subject at one event."""
        self.judged += 1
        self.before.add(before)
        self.after.add(after)
        if tally := self._difference(before, after):
            tally.add(event, examples)

    def _difference(self, before: Decision | None, after: Decision | None) -> Tally | None:
        was, now = before and before.severity, after and after.severity
        if was and now and was is not now:
            return self.changed.setdefault((was, now), Tally())
        if was is not now:
            return self.newly if now else self.no_longer
        if before and after and before.actions != after.actions:
            return self.other_actions
        return None

    def say(self, language: Language) -> str:
        """The comparison in words, gravest first, without what neither policy spoke of."""
        return "\n".join((*self._counts(language), *self._differences(language), *self._faults(language)))

    def _counts(self, language: Language) -> Iterator[str]:
        before, after = self.before, self.after
        yield say("policy.backtest_judged", language, judged=self.judged, before=before.flagged, after=after.flagged)
        for severity in reversed(Severity):
            counts = before.severities[severity], after.severities[severity]
            if any(counts):
                yield say("policy.backtest_severity", language, severity=severity, before=counts[0], after=counts[1])
        yield from _by_rule("policy.backtest_rule", language, before.rules, after.rules)
        yield from _by_rule("policy.backtest_trial", language, before.shadow, after.shadow)

    def _differences(self, language: Language) -> Iterator[str]:
        if self.same:
            yield say("policy.backtest_same", language)
        yield from _example("policy.backtest_newly", language, self.newly)
        yield from _example("policy.backtest_no_longer", language, self.no_longer)
        for (was, now), tally in sorted(self.changed.items(), key=_gravest_first):
            yield from _example("policy.backtest_changed", language, tally, before=was, after=now)
        yield from _example("policy.backtest_actions", language, self.other_actions)

    def _faults(self, language: Language) -> Iterator[str]:
        for sentence, verdicts in (("fault_before", self.before), ("fault_after", self.after)):
            counts = Counter(fault.rule for fault in verdicts.faults)
            firsts = {fault.rule: fault for fault in reversed(verdicts.faults)}
            for rule, count in counts.items():
                first = firsts[rule]
                yield say(
                    f"policy.backtest_{sentence}",
                    language,
                    rule=rule,
                    count=count,
                    event=first.event,
                    error=first.error,
                )


def backtest(in_force: Policy, candidate: Policy, stream: Iterable[Heard], examples: int = EXAMPLES) -> Backtest:
    """Both policies over one stream, read once. At most `examples` events are named for each difference."""
    result = Backtest()
    for event, subject, signals in stream:
        before = in_force.decide(event, subject, signals, result.before.faults.append)
        after = candidate.decide(event, subject, signals, result.after.faults.append)
        result.add(event.id, before, after, examples)
    return result


def _gravest_first(change: tuple[tuple[Severity, Severity], Tally]) -> tuple[int, int]:
    (was, now), _ = change
    return -now.rank, -was.rank


def _by_rule(sentence: str, language: Language, before: Counter[str], after: Counter[str]) -> Iterator[str]:
    for rule in sorted(before | after):
        yield say(sentence, language, rule=rule, before=before[rule], after=after[rule])


def _example(sentence: str, language: Language, tally: Tally, **values: object) -> Iterator[str]:
    if tally.count:
        examples = ", ".join(tally.examples)
        if tally.count > len(tally.examples):
            examples += ", …"
        yield say(sentence, language, count=tally.count, examples=examples, **values)
