"""What changed between two policies, rule by rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from veilleuse.language import Language, say
from veilleuse.policy.policy import Policy
from veilleuse.policy.rule import Rule


class Change(NamedTuple):
    """One key of one rule, as it was and as it is now."""

    rule: str
    key: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Diff:
    """Rules added and removed, keys changed, and whether the rules that both hold changed places."""

    added: tuple[Rule, ...]
    removed: tuple[Rule, ...]
    changed: tuple[Change, ...]
    reordered: bool

    @property
    def same(self) -> bool:
        """Whether both policies hold the same rules in the same order, wherever they are written."""
        return not (self.added or self.removed or self.changed or self.reordered)

    def say(self, language: Language) -> str:
        """The changes, one a line."""
        if self.same:
            return say("policy.diff_same", language)
        return "\n".join(self._lines(language))

    def _lines(self, language: Language) -> Iterator[str]:
        for sentence, rules in (("policy.diff_added", self.added), ("policy.diff_removed", self.removed)):
            for rule in rules:
                yield say(sentence, language, rule=rule.name, severity=rule.severity, mode=rule.mode)
        for change in self.changed:
            yield say("policy.diff_changed", language, **change._asdict())
        if self.reordered:
            yield say("policy.diff_order", language)


def diff(before: Policy, after: Policy) -> Diff:
    """What one must do to `before` to get `after`. Rules are the same when they bear the same name."""
    old = {rule.name: rule for rule in before.rules}
    new = {rule.name: rule for rule in after.rules}
    return Diff(
        added=tuple(rule for name, rule in new.items() if name not in old),
        removed=tuple(rule for name, rule in old.items() if name not in new),
        changed=tuple(change for name in new if name in old for change in _changes(old[name], new[name])),
        reordered=[name for name in old if name in new] != [name for name in new if name in old],
    )


def _changes(before: Rule, after: Rule) -> Iterator[Change]:
    old, new = _keys(before), _keys(after)
    for key, value in old.items():
        if new[key] != value:
            yield Change(before.name, key, value, new[key])


def _keys(rule: Rule) -> dict[str, str]:
    """A rule as it is written, spaces and line breaks aside."""
    return {
        "when": " ".join(rule.when.split()),
        "severity": rule.severity,
        "actions": ", ".join(rule.actions),
        "mode": rule.mode,
    } | {f"why.{language}": sentence for language, sentence in rule.why.items()}
