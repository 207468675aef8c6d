"""The corridor: the same events give the same decisions, and a fault stays alone."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veilleuse.engine import Engine
from veilleuse.evaluation.dialogues import Label as Sort
from veilleuse.evaluation.dialogues import load_dialogues
from veilleuse.events import Account, Community, Event, Label, MemberJoined, Message, MessageDeleted, MessageEdited
from veilleuse.language import Language
from veilleuse.memory import View
from veilleuse.policy import Decision
from veilleuse.reading import Reader
from veilleuse.signals import Passage, wording_trade

AT = datetime(2026, 1, 2, 20, 4, 5, tzinfo=UTC)
TEXTS = [
    "bonjour",
    "nvde ados",
    "on se voit demain ?",
    "envoie une photo de toi, c'est notre secret",
    "",
    "\ud800",
    "10 €",
]


def message(text: str, number: int = 1, author: str = "a", minutes: int = 0) -> Message:
    """A message, some minutes after the first."""
    return Message(id=f"m{number}", at=AT + timedelta(minutes=minutes), platform="t", author=author, text=text)


def decided(engine: Engine, events: Sequence[Event], size: int) -> list[Decision]:
    """The decisions of batches of this size."""
    return [d for start in range(0, len(events), size) for d in engine.process(events[start : start + size])]


EVENTS = st.lists(
    st.builds(
        message,
        text=st.sampled_from(TEXTS),
        number=st.integers(1, 4),  # identifiers repeat
        author=st.sampled_from(["a", "b"]),
        minutes=st.integers(-500, 500),  # clocks go backwards
    ),
    max_size=30,
)


class TestDeterminism:
    """The same events in the same order give the same decisions."""

    @given(EVENTS)
    @settings(max_examples=60, deadline=None)
    def test_batches(self, events: list[Event]) -> None:
        """Whatever the size of the batches, with repeated identifiers and clocks that go backwards."""
        whole = Engine().process(events)
        engine = Engine()
        for size in (1, 7, 1000):
            assert decided(engine, events, size) == whole

    def test_repeated_identifiers(self) -> None:
        """Two messages of one identifier are two messages: each decision is with its own event."""
        guilty, innocent = message("nvde ados", author="guilty"), message("bonjour", author="innocent")
        for events in ([guilty, innocent], [innocent, guilty]):
            ((event, decision),) = Engine().judge(events)
            assert event is guilty
            assert str(decision.subject) == "account:guilty"


class TestFaults:
    """A faulted event yields no effect and harms no other."""

    def test_detector(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A detector that fails on one message puts that one aside, and only that one."""
        detect = wording_trade.detect

        def failing(passages: Sequence[Passage]) -> Any:
            if "boom" in passages[0].text:
                raise ZeroDivisionError("on purpose")
            return detect(passages)

        monkeypatch.setattr("veilleuse.engine.OF_WORDING", (failing,))
        engine = Engine()
        events = [message("échange nudes d'ados", 1), message("nude boom", 2), message("échange nudes d'ados", 3)]
        assert [decision.event for decision in engine.process(events)] == ["m1", "m3"]
        assert [letter.event for letter in engine.dead_letters] == ["m2"]
        assert "on purpose" in engine.dead_letters[0].error

    def test_no_event(self) -> None:
        """What is no event is silent or put aside; its neighbours are judged."""
        engine = Engine()
        events = cast("list[Event]", [message("nvde ados", 1), None, message("nvde ados", 2)])
        assert [decision.event for decision in engine.process(events)] == ["m1", "m2"]


class TestKinds:
    """Names, descriptions, channels and messages are read; the rest is silent."""

    @pytest.mark.parametrize(
        ("event", "subject"),
        [
            (message("nvde ados"), "account:a"),
            (MessageEdited(id="e", at=AT, platform="t", message="m", author="a", text="nvde ados"), "account:a"),
            (Community(id="e", at=AT, platform="t", community="g", name="ADØS NXDES"), "community:g"),
            (Community(id="e", at=AT, platform="t", community="g", description="un lieu\nnvde ados"), "community:g"),
            (Community(id="e", at=AT, platform="t", community="g", channels=("règles", "nvde-ados")), "community:g"),
            (Account(id="e", at=AT, platform="t", account="u", name="nvde ados"), "account:u"),
            (Account(id="e", at=AT, platform="t", account="u", bio="ADØS NXDES"), "account:u"),
        ],
    )
    def test_read(self, event: Event, subject: str) -> None:
        """About the one it concerns, with evidence that stands in the raw text."""
        (decision,) = Engine().process([event])
        assert str(decision.subject) == subject
        found = Engine().read(event)
        for signal in decision.signals:
            assert 0 < signal.score <= 1
            assert signal.evidence
            for evidence in signal.evidence:
                assert evidence.field in found
                assert evidence.text

    @pytest.mark.parametrize(
        "event",
        [
            MessageDeleted(id="e", at=AT, platform="t", message="m"),
            MemberJoined(id="e", at=AT, platform="t", community="nvde ados", account="nvde ados"),
            Label(id="e", at=AT, platform="t", channel="c", author="a", label="ordinary"),
            Community(id="e", at=AT, platform="t", community="g", description="un salon pour ados\npas de nudes ici"),
        ],
    )
    def test_silent(self, event: Event) -> None:
        """Nothing to say."""
        assert Engine().process([event]) == []


class TestEvidence:
    """Every place can be checked with a finger (promise 4)."""

    @given(
        st.lists(
            st.sampled_from([*TEXTS, " nudes ", "ad0s", " tes photos ", " tout ton collège ", "\u200b"]), max_size=8
        )
    )
    @settings(max_examples=150, deadline=None)
    def test_places(self, parts: list[str]) -> None:
        """`text[start:end]` is what the evidence quotes."""
        text = "".join(parts)
        for _, _, signals in Engine().listen([message(text)]):
            for signal in signals:
                for evidence in signal.evidence:
                    assert text[evidence.start : evidence.end].startswith(evidence.text.removesuffix("…"))

    def test_one_reader_for_all(self) -> None:
        """What the report shows is what was judged."""
        assert Engine().read(message("nvde ados")) == {"": Reader().read("nvde ados")}


def snapshots(events: Sequence[Event]) -> list[Decision]:
    """The decisions of engines that each take over from the one before, after every single event."""
    engine, parts = Engine(), list[Decision]()
    for event in events:
        parts += engine.process([event])
        follower = Engine(engine.policy)
        follower.restore(engine.snapshot())
        engine = follower
    return parts


class TestConversations:
    """Remembered from one message to the next, whatever the batches and the restarts."""

    @pytest.mark.parametrize("language", list(Language))
    def test_batches(self, language: Language) -> None:
        """All dialogues in one stream, their messages interleaved by time."""
        events = [e for sort in Sort for d in load_dialogues(language, sort) for e in d.events]
        events.sort(key=lambda event: event.at)
        whole = decided(Engine(), events, 1000)
        assert whole
        assert decided(Engine(), events, 1) == whole
        assert decided(Engine(), events, 7) == whole

    @pytest.mark.parametrize("name", ["parents-dans-le-coin", "cinq-filles-un-soir", "meme-message-a-trois"])
    def test_snapshot_at_every_position(self, name: str) -> None:
        """A snapshot and a restore after any event change nothing."""
        (dialogue,) = (d for d in load_dialogues(Language.FR, Sort.CAUGHT) if d.name == name)
        whole = Engine().process(dialogue.events)
        assert whole
        assert snapshots(dialogue.events) == whole

    def test_a_fault_stays_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A watcher that fails on one message puts that one aside."""

        def failing(view: View) -> Any:
            raise ZeroDivisionError(view.event)

        monkeypatch.setattr("veilleuse.engine.OF_CONVERSATIONS", (failing,))
        engine = Engine()
        private = Message(id="p", at=AT, platform="t", author="a", to=("b",), text="t'as quel âge ?")
        assert engine.process([private, message("nvde ados", 2)])[0].event == "m2"
        assert [letter.event for letter in engine.dead_letters] == ["p"]
