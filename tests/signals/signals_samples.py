"""What the tests of the signals are made of."""

from collections.abc import Sequence
from datetime import UTC, datetime

from veilleuse.engine import Engine
from veilleuse.events import Account, Community, Event, Message, texts
from veilleuse.memory import Memory
from veilleuse.signals import Signal

ENGINE = Engine()
AT = datetime(2026, 1, 2, 20, 4, 5, tzinfo=UTC)


def message(text: str) -> Message:
    """Somebody wrote this."""
    return Message(id="m1", at=AT, platform="test", author="a", text=text, to=("b",))


def community(name: str = "", description: str = "", channels: Sequence[str] = ()) -> Community:
    """A community was seen."""
    return Community(
        id="c1", at=AT, platform="test", community="g", name=name, description=description, channels=tuple(channels)
    )


def account(name: str = "", bio: str = "") -> Account:
    """An account was seen."""
    return Account(id="a1", at=AT, platform="test", account="u", name=name, bio=bio)


def heard(event: Event, engine: Engine = ENGINE) -> dict[str, Signal]:
    """The signals of an event, by name, nothing being remembered; what stands in a dead letter fails the test."""
    engine.memory = Memory()
    signals = {s.name: s for _, _, found in engine.listen([event]) for s in found}
    assert engine.dead_letters == []
    return signals


def clear(event: Event) -> set[str]:
    """The signals on which the default policy acts."""
    return {name for name, signal in heard(event).items() if signal.score >= 0.6}


def assert_sound(event: Event, signals: Sequence[Signal]) -> None:
    """Scores are scores, evidence exists, and each piece of it is the raw text where it says it is."""
    fields = dict(texts(event))
    for signal in signals:
        assert 0 <= signal.score <= 1
        assert signal.evidence
        assert len(set(signal.evidence)) == len(signal.evidence)
        for evidence in signal.evidence:
            raw = fields[evidence.field]
            assert evidence.event == event.id
            assert 0 <= evidence.start < evidence.end <= len(raw)
            assert raw[evidence.start : evidence.end] == evidence.text
            assert evidence.cue
