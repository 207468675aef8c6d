"""A rule: when it speaks, how gravely, and what it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import msgspec

from veilleuse.language import Language
from veilleuse.policy.condition import Condition
from veilleuse.policy.decision import Action, Severity


class Mode(StrEnum):
    """Whether a rule counts: a shadow rule is on trial, heard but without effect."""

    LIVE = "live"
    SHADOW = "shadow"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a policy. `file` and `line` say where it is written; `why` is shown to people."""

    name: str
    condition: Condition
    severity: Severity
    actions: tuple[Action, ...]
    mode: Mode
    why: Mapping[Language, str]
    file: str
    line: int

    @property
    def when(self) -> str:
        """The expression as it was written."""
        return self.condition.source

    @property
    def signals(self) -> frozenset[str]:
        """The signals it names: it is asked only about events that carry one of them."""
        return self.condition.signals


class RuleFault(msgspec.Struct, frozen=True):
    """A rule that could not be worked out for one event. Every other rule was heard all the same."""

    rule: str
    event: str
    error: str

    def __str__(self) -> str:
        return f"rule {self.rule}, event {self.event}: {self.error}"
