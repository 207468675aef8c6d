"""The lists again, as the same words stand elsewhere: other kinds of event, capitals, another apostrophe."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from acceptance_events import AT, entries
from test_acceptance_lists import CLEAR, MISSED

from veilleuse.engine import Engine
from veilleuse.events import Account, Community, Event, Message, MessageEdited

ENGINE = Engine()
TYPED: tuple[Callable[[str], str], ...] = (str.upper, str.lower, lambda text: text.replace("'", "’"))


def elsewhere(entry: dict[str, Any]) -> Iterator[Event]:
    """The other events that the words of an entry make."""
    text = entry.get("text", "")
    match entry.get("kind", "message"):
        case "name":
            yield Account(id="e", at=AT, platform="t", account="u", name=text)
            yield Community(id="e", at=AT, platform="t", community="g", name="x", channels=("accueil", text))
        case "description":
            yield Account(id="e", at=AT, platform="t", account="u", name="x", bio=text)
            yield Community(id="e", at=AT, platform="t", community="g", name="x", description=f"hello\n{text}\n:)")
        case "message":
            yield MessageEdited(id="e", at=AT, platform="t", message="m", author="a", text=text)
            for typed in TYPED:
                yield Message(id="e", at=AT, platform="t", author="a", text=typed(text))


@pytest.mark.parametrize("language", ["fr", "en"])
class TestElsewhere:
    """What words mean does not hang on where they are typed, nor on which key."""

    def test_dark(self, language: str) -> None:
        """What is innocent in one place is innocent in the others."""
        listed = entries(f"hard_benign_{language}.toml", "benign")
        assert [e["text"] for e in listed if "text" in e for v in elsewhere(e) if decided(v)] == []

    def test_child_half(self, language: str) -> None:
        """A child who shouts, or types on a telephone, is kept dark too."""
        listed = entries(f"child_half_{language}.toml", "child")
        assert [e["text"] for e in listed for v in elsewhere(e) if decided(v)] == []

    def test_seen(self, language: str) -> None:
        """What is dangerous in one place is dangerous in the others."""
        missed = {
            entry["text"]
            for entry in entries(f"dangerous_{language}.toml", "dangerous")
            for event in elsewhere(entry)
            if not heard(event).issuperset(entry["signals"])
        }
        assert missed <= MISSED


def decided(event: Event) -> bool:
    """Whether a live rule speaks."""
    return any(decision.rules for decision in ENGINE.process([event]))


def heard(event: Event) -> set[str]:
    """The clear signals of an event."""
    return {s.name for _, _, signals in ENGINE.listen([event]) for s in signals if s.score >= CLEAR}
