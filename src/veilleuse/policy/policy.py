"""The rules in force, and what they decide about one event."""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from pathlib import Path

from veilleuse import DATA
from veilleuse.events import Event
from veilleuse.language import Problem
from veilleuse.policy.condition import Program, Vocabulary, answer
from veilleuse.policy.decision import Action, Decision
from veilleuse.policy.problem import PolicyProblem
from veilleuse.policy.reader import Source, open_sources, read_rules
from veilleuse.policy.rule import Mode, Rule, RuleFault
from veilleuse.signals.signal import Signal, Subject

_AT_ONCE = 100  # rules in one program: asked together they cost a sixth of what they cost one by one

OnFault = Callable[[RuleFault], object]
_log = logging.getLogger(__name__)


def log_fault(fault: RuleFault) -> None:
    """Writes the fault to the log: for those who keep no dead-letter list."""
    _log.warning("%s", fault)


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """Rules that name the same signals, by their places in the policy, and the programs that ask them."""

    names: frozenset[str]
    chunks: tuple[tuple[tuple[int, ...], Program], ...]


class Policy:
    """An ordered set of rules, each asked only about events that carry a signal it names.

    It remembers nothing from one event to the next, and may be used from several threads.
    """

    def __init__(self, rules: Sequence[Rule], vocabulary: Vocabulary) -> None:
        """For rules that `read_rules` found sound with the same vocabulary; see `load`."""
        self.rules = tuple(rules)
        self._vocabulary = vocabulary
        self._groups = self._group()

    @classmethod
    def load(cls, paths: Sequence[Path], signals: Collection[str]) -> "Policy":
        """The policy written in the files, in their order. `signals` are the names of the declared signals.

        Raises PolicyProblem with every fault found, each with its file and its line.
        """
        sources, problems = open_sources(paths)
        return cls._read(sources, signals, problems)

    @classmethod
    def default(cls, signals: Collection[str]) -> "Policy":
        """The policy that ships with Veilleuse. Raises PolicyProblem when `signals` lack one it names."""
        shipped = DATA / "policy" / "default.toml"
        return cls._read([Source("default.toml", shipped.read_bytes())], signals, [])

    @classmethod
    def _read(cls, sources: Iterable[Source], signals: Collection[str], problems: list[Problem]) -> "Policy":
        vocabulary = Vocabulary(signals)
        rules, faults = read_rules(sources, vocabulary)
        if problems or faults:
            raise PolicyProblem([*problems, *faults])
        return cls(rules, vocabulary)

    def decide(
        self, event: Event, subject: Subject, signals: Sequence[Signal], on_fault: OnFault = log_fault
    ) -> Decision | None:
        """What the rules say of the subject, or None when none spoke, live or in shadow.

        A rule that cannot be worked out is told to `on_fault` and harms no other.
        """
        scores: dict[str, float] = {}
        for signal in signals:
            scores[signal.name] = max(float(signal.score), scores.get(signal.name, 0.0))
        spoke = self._heard(event, scores, on_fault)
        if not spoke:
            return None
        live = [rule for rule in spoke if rule.mode is Mode.LIVE]
        wanted = {action for rule in live for action in rule.actions}
        return Decision(
            event=event.id,
            at=event.at,
            subject=subject,
            severity=max({rule.severity for rule in live}, key=lambda severity: severity.rank, default=None),
            rules=tuple(rule.name for rule in live),
            actions=tuple(action for action in Action if action in wanted),
            signals=tuple(signals),
            shadow=tuple(rule.name for rule in spoke if rule.mode is Mode.SHADOW),
        )

    def _heard(self, event: Event, scores: Mapping[str, float], on_fault: OnFault) -> list[Rule]:
        """The rules that speak, in the order of the policy."""
        groups = dict.fromkeys(chain.from_iterable(self._groups.get(name, ()) for name in scores))
        if not groups:
            return []
        names = frozenset[str]().union(*(group.names for group in groups))
        activation = self._vocabulary.activation(names, event, scores)
        spoke: list[int] = []
        faults: list[tuple[int, RuleFault]] = []
        for positions, program in chain.from_iterable(group.chunks for group in groups):
            said = answer(program, activation)
            if not isinstance(said, str):
                spoke += compress(positions, [said] if isinstance(said, bool) else said)
                continue
            # One fault spoils the answer of all: ask them one by one.
            for position in positions:
                rule = self.rules[position]
                alone = answer(rule.condition.program, activation)
                if isinstance(alone, str):
                    faults.append((position, RuleFault(rule.name, event.id, alone)))
                elif alone:
                    spoke.append(position)
        for _, fault in sorted(faults):
            on_fault(fault)
        return [self.rules[position] for position in sorted(spoke)]

    def _group(self) -> dict[str, tuple[_Group, ...]]:
        """By signal, the groups to ask when an event carries it."""
        by_trigger: dict[frozenset[str], list[int]] = {}
        for position, rule in enumerate(self.rules):
            by_trigger.setdefault(rule.signals, []).append(position)
        by_signal: dict[str, tuple[_Group, ...]] = {}
        for trigger, positions in by_trigger.items():
            facts = (self.rules[position].condition.facts for position in positions)
            group = _Group(trigger.union(*facts), tuple(self._chunks(positions)))
            for name in trigger:
                by_signal[name] = (*by_signal.get(name, ()), group)
        return by_signal

    def _chunks(self, positions: Sequence[int]) -> Iterable[tuple[tuple[int, ...], Program]]:
        for start in range(0, len(positions), _AT_ONCE):
            yield from self._joined(tuple(positions[start : start + _AT_ONCE]))

    def _joined(self, positions: tuple[int, ...]) -> Iterable[tuple[tuple[int, ...], Program]]:
        """One program for all of them, or several where one would be more than the runtime takes."""
        conditions = [self.rules[position].condition for position in positions]
        if program := self._vocabulary.join(conditions):
            yield positions, program
        elif len(positions) == 1:
            yield positions, conditions[0].program
        else:
            half = len(positions) // 2
            yield from self._joined(positions[:half])
            yield from self._joined(positions[half:])
