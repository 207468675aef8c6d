"""What the tests of the policy room are made of."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from veilleuse.events import Message
from veilleuse.policy import Policy
from veilleuse.signals.signal import Evidence, Signal, Subject

SIGNALS = (
    "name.sexualised_minor",
    "name.paid_access",
    "name.entry_toll",
    "community.catalogue",
    "wording.sexualised_minor",
    "wording.trade",
    "wording.solicits_image",
    "wording.threat_to_leak",
)
SUBJECT = Subject("account", "u1")
AT = datetime(2026, 1, 2, 20, 4, 5, tzinfo=UTC)


def rule(
    name: str = "trade",
    when: str = "wording.trade >= 0.6",
    severity: str = "high",
    actions: Sequence[str] = ("case",),
    mode: str = "live",
) -> str:
    """One rule as a file holds it; `when` may hold no triple apostrophe."""
    listed = ", ".join(f'"{action}"' for action in actions)
    return (
        f"[[rule]]\nname = \"{name}\"\nwhen = '''{when}'''\nseverity = \"{severity}\"\n"
        f'actions = [{listed}]\nmode = "{mode}"\nwhy.en = "Because."\nwhy.fr = "Parce que."\n\n'
    )


def write(folder: Path, text: str, name: str = "policy.toml") -> Path:
    """The text as a file."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def load(folder: Path, *rules: str, signals: Sequence[str] = SIGNALS) -> Policy:
    """The policy these rules make."""
    return Policy.load([write(folder, "".join(rules))], signals)


def message(
    event: str = "m1", community: str | None = "g1", to: tuple[str, ...] = (), platform: str = "discord"
) -> Message:
    """Somebody wrote something ordinary."""
    return Message(id=event, at=AT, platform=platform, author="u1", text="hello", community=community, to=to)


def signal(name: str = "wording.trade", score: float = 0.7) -> Signal:
    """A signal with its evidence."""
    return Signal(name, score, (Evidence("m1", 0, 5, "trade", "hello"),))
