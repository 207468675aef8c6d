"""What the policy says about one event."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

import msgspec
from msgspec import structs

from veilleuse.signals.signal import Signal, Subject


class Severity(StrEnum):
    """How grave, from the least to the gravest."""

    LOW = "low"
    ELEVATED = "elevated"
    HIGH = "high"
    CRITICAL = "critical"

    @property
    def rank(self) -> int:
        """0 for the least grave."""
        return _RANKS[self]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class Action(StrEnum):
    """What a policy may ask for by itself: a person's attention, and what can be undone."""

    CASE = "case"
    ALERT = "alert"
    HIDE = "hide"
    HOLD = "hold"
    SLOW = "slow"
    TIMEOUT = "timeout"
    QUARANTINE = "quarantine"


class Decision(msgspec.Struct, frozen=True):
    """Severity, actions, the rules that spoke and the signals they heard.

    `shadow` names the rules on trial that would have spoken: they have no part in severity or actions. When
    only they spoke, `rules` is empty and `severity` is None.
    """

    event: str
    at: datetime
    subject: Subject
    severity: Severity | None
    rules: tuple[str, ...]
    actions: tuple[Action, ...]
    signals: tuple[Signal, ...]
    shadow: tuple[str, ...] = ()


def as_record(decision: Decision, conceal: Callable[[str], str]) -> dict[str, object]:
    """The decision as `veilleuse scan --json` prints it; rules on trial have no part in it.

    `conceal` masks what an operator keeps private, in identifiers too: some platforms make them of people's names.
    """
    return {
        "event": conceal(decision.event),
        "at": decision.at,
        "subject": conceal(str(decision.subject)),
        "severity": decision.severity,
        "rules": decision.rules,
        "actions": decision.actions,
        "signals": {
            signal.name: {
                "score": signal.score,
                "evidence": [structs.replace(evidence, event=conceal(evidence.event)) for evidence in signal.evidence],
            }
            for signal in decision.signals
        },
    }
