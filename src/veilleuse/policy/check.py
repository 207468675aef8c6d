"""What `veilleuse policy check` says of policy files, sound or not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from veilleuse.language import Language, Problem, say
from veilleuse.policy.condition import Vocabulary
from veilleuse.policy.reader import open_sources, read_rules
from veilleuse.policy.rule import Mode, Rule


@dataclass(frozen=True, slots=True)
class Check:
    """All the faults of some policy files taken together, and what their sound rules watch."""

    rules: tuple[Rule, ...]
    problems: tuple[Problem, ...]
    declared: frozenset[str]

    @property
    def sound(self) -> bool:
        """Whether the files make a policy that can be put in force."""
        return not self.problems

    @property
    def shadow(self) -> tuple[str, ...]:
        """The names of the rules on trial."""
        return tuple(rule.name for rule in self.rules if rule.mode is Mode.SHADOW)

    @property
    def watched(self) -> frozenset[str]:
        """The signals that live rules name."""
        live = (rule.signals for rule in self.rules if rule.mode is Mode.LIVE)
        return frozenset[str]().union(*live)

    @property
    def unwatched(self) -> frozenset[str]:
        """The declared signals that can have no effect."""
        return self.declared - self.watched

    def say(self, language: Language) -> str:
        """The faults, one a line, then the summary."""
        lines = [problem.say(language) for problem in self.problems]
        count = len(self.rules)
        if self.sound:
            lines.append(say("policy.check_sound", language, rules=count))
        else:
            lines.append(say("policy.check_refused", language, faults=len(self.problems), rules=count))
        if self.shadow:
            lines.append(say("policy.check_shadow", language, rules=", ".join(self.shadow)))
        if self.watched:
            lines.append(say("policy.check_watched", language, signals=", ".join(sorted(self.watched))))
        if self.sound and self.unwatched:
            lines.append(say("policy.check_unwatched", language, signals=", ".join(sorted(self.unwatched))))
        return "\n".join(lines)


def check(paths: Sequence[Path], signals: Collection[str]) -> Check:
    """Reads the files as one policy over the declared signals. Raises nothing: faults are in the answer."""
    vocabulary = Vocabulary(signals)
    sources, unopened = open_sources(paths)
    rules, faults = read_rules(sources, vocabulary)
    return Check(tuple(rules), (*unopened, *faults), vocabulary.signals)
