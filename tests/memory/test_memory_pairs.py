"""Pairs: directed, decaying, small; and what becomes of ages and refusals."""

import tracemalloc

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_samples import account, hear, message, talk

from veilleuse.cues import Idea
from veilleuse.memory import Memory
from veilleuse.memory.recent import Recent


class TestDirected:
    """What A writes to B is A's."""

    def test_halves(self) -> None:
        """Each half has its own cues, and knows the other's."""
        memory = Memory()
        view = talk(memory, ("a", "t'as quel âge ?"), ("b", "13"), ("a", "envoie une photo de toi"))
        assert (view.author, view.other) == ("a", "b")
        assert view.level(Idea.AGE_QUESTION)
        assert view.back
        assert not view.back.level(Idea.IMAGE_REQUEST, view.at)
        assert {age.low for age in view.other_ages} == {13}
        assert view.other_minor
        assert not view.own_ages

    def test_refusal_ignored(self) -> None:
        """Whoever asks again after a no has ignored it; whoever was refused nothing has not."""
        asked = ("a", "envoie une photo de toi")
        assert talk(Memory(), asked, ("b", "non je veux pas"), asked).heard.ignored == 1
        assert talk(Memory(), asked, ("b", "ok"), asked).heard.ignored == 0
        assert talk(Memory(), asked, ("b", "non"), asked, ("b", "arrête stp"), asked).heard.ignored == 2

    def test_judged_after_an_answer(self) -> None:
        """When the other gives an age, the next message is judged, even a quiet one."""
        memory = Memory()
        talk(memory, ("a", "t'as quel âge ?"))
        hear(memory, message("b", "13", "a", 5))
        assert hear(memory, message("a", "d'accord bonne journée", "b", 6))
        assert not hear(memory, message("a", "d'accord bonne journée", "b", 7))


class TestAges:
    """Said or declared."""

    def test_a_number_answers_a_question(self) -> None:
        """A bare number is an age only where one was just asked for."""
        assert talk(Memory(), ("a", "t'as quel âge ?"), ("b", "13"), ("a", "t belle")).other_minor
        assert not talk(Memory(), ("a", "t'en veux combien ?"), ("b", "13"), ("a", "t belle")).other_minor

    @pytest.mark.parametrize(
        ("age", "band", "minor"),
        [(13, None, True), (None, "13-15", True), (None, "18+", False), (None, "under 13", True), (30, None, False)],
    )
    def test_declared(self, age: int | None, band: str | None, minor: bool) -> None:
        """By the platform, as a number or a band."""
        memory = Memory()
        memory.declare(account("b", age, band))
        assert bool(talk(memory, ("a", "t belle")).other_minor) is minor

    @pytest.mark.parametrize("said", ["same!!", "omg pareil", "idem"])
    def test_the_same(self, said: str) -> None:
        """Who says "same" right after an age has that age; after anything else it says nothing."""
        view = talk(Memory(), ("a", "how old r u"), ("b", "13, u?"), ("a", said), ("b", "cool"), ("a", "t'es belle"))
        assert {(age.low, age.high) for age in view.own_ages} == {(13, 13)}
        view = talk(Memory(), ("a", "j'aime le foot"), ("b", "moi aussi"), ("a", said), ("a", "t'es belle"))
        assert view.own_ages == []
        view = talk(Memory(), ("b", "im 14 and i hate school"), ("a", said), ("a", "t'es belle"))
        assert view.own_ages == []
        view = talk(Memory(), ("b", "13, u?"), ("a", f"{said.rstrip('!')} time tomorrow"), ("a", "t'es belle"))
        assert view.own_ages == []
        view = talk(Memory(), ("b", "13, u?"), ("b", "t'aimes le foot ?"), ("a", said), ("a", "t'es belle"))
        assert view.own_ages == []

    def test_peers(self) -> None:
        """Two who say about the same age are peers, until something known contradicts it."""
        lines = [("b", "j'ai 14 ans et toi"), ("a", "moi 15 ans"), ("a", "t belle")]
        assert talk(Memory(), *lines).peers
        memory = Memory()
        memory.declare(account("a", 40))
        assert not talk(memory, *lines).peers

    def test_claims_elsewhere(self) -> None:
        """What one said of one's age to somebody else is known by the account."""
        memory = Memory()
        hear(memory, message("a", "j'ai 32 ans", "c"))
        assert [age.low for age in talk(memory, ("a", "moi j'ai 15 ans")).own_ages] == [15, 32, 15]


class TestDecay:
    """What is not said again fades."""

    def test_by_messages(self) -> None:
        """By the author's messages; others' do not count."""
        memory = Memory()
        first = talk(memory, ("a", "t'as quel âge ?")).level(Idea.AGE_QUESTION)
        for minute in range(1, 41):
            hear(memory, message("a", "ok", "b", minute))
        later = hear(memory, message("a", "t belle", "b", 50))[0].level(Idea.AGE_QUESTION)
        assert later == pytest.approx(first / 2, rel=0.05)

    def test_by_time(self) -> None:
        """And by months of silence."""
        memory = Memory()
        first = talk(memory, ("a", "t'as quel âge ?")).level(Idea.AGE_QUESTION)
        later = hear(memory, message("a", "t belle", "b", 60 * 24 * 60))[0].level(Idea.AGE_QUESTION)
        assert later < first * 0.6


class TestBounds:
    """Small, and bounded by least recent use."""

    def test_quiet_pair(self) -> None:
        """At most 400 bytes, all counted."""
        memory = Memory()
        events = [message(f"u{n % 3000:017}", "", f"v{n:017}", n) for n in range(20_000)]
        tracemalloc.start()
        for event in events:
            memory.hear(event, (), "")
        used, _ = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(memory) == 20_000
        assert used / 20_000 <= 400

    def test_least_recent_use(self) -> None:
        """What is used stays; what was not used for long goes."""
        memory = Memory(pairs=20)
        hear(memory, message("a", "t'as quel âge ?", "b"))
        for number in range(200):
            hear(memory, message("c", "x", f"d{number}", number))
            if number % 5 == 0:
                hear(memory, message("a", "ok", "b", number))
        assert len(memory) <= 20
        assert hear(memory, message("a", "t belle", "b", 300))[0].level(Idea.AGE_QUESTION)
        for number in range(40):
            hear(memory, message("c", "x", f"e{number}", 300 + number))
        assert not hear(memory, message("a", "t belle", "b", 400))[0].level(Idea.AGE_QUESTION)

    @given(st.lists(st.integers(0, 12), max_size=80), st.integers(2, 12))
    @settings(deadline=None)
    def test_recent(self, keys: list[int], most: int) -> None:
        """Never more than `most`; and whatever is among the last half of them used, distinct, is known."""
        recent: Recent[int] = Recent(most)
        for place, key in enumerate(keys):
            if recent.get(str(key)) is None:
                recent.put(str(key), key)
            assert len(recent) <= most
            last = list(dict.fromkeys(reversed(keys[: place + 1])))[: max(1, most // 2)]
            assert all(recent.peek(str(used)) == used for used in last)


class TestSnapshot:
    """Exact."""

    def test_same(self) -> None:
        """Restored, it gives the same snapshot, and goes on alike."""
        memory, other = Memory(), Memory()
        memory.declare(account("b", 13))
        talk(memory, ("a", "t'as quel âge ?"), ("b", "13 et toi"), ("a", "j'ai 30 ans"))
        hear(memory, message("c", "salut tout le monde", room="r"))
        other.restore(memory.snapshot())
        assert other.snapshot() == memory.snapshot()
        line = message("a", "c'est notre secret", "b", 9)
        assert hear(memory, line) == hear(other, line)
        assert other.snapshot() == memory.snapshot()

    def test_refused(self) -> None:
        """Anything else is refused."""
        with pytest.raises(msgspec.DecodeError):
            Memory().restore(b"\x00")
