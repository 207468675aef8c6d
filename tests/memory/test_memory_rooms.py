"""Whom a message is for; and what accounts do over all their conversations."""

from memory_samples import account, hear, message, talk

from veilleuse.cues import Idea
from veilleuse.memory import Memory

ASK = "t'as quel âge ?"


class TestRooms:
    """Public talk among many is not a pair."""

    def test_many(self) -> None:
        """Where several talk, a message is for nobody."""
        memory = Memory()
        for number in range(12):
            assert not hear(memory, message(f"u{number % 4}", ASK, minutes=number, room="r"))

    def test_turns(self) -> None:
        """Two who take turns, alone, are a pair; a third ends it."""
        memory = Memory()
        for number in range(4):
            hear(memory, message("ab"[number % 2], "ok", minutes=number, room="r"))
        assert [view.other for view in hear(memory, message("a", ASK, minutes=4, room="r"))] == ["b"]
        hear(memory, message("c", "salut", minutes=5, room="r"))
        assert not hear(memory, message("a", ASK, minutes=6, room="r"))

    def test_silence(self) -> None:
        """After a silence, nobody is answered."""
        memory = Memory()
        for number in range(4):
            hear(memory, message("ab"[number % 2], "ok", minutes=number, room="r"))
        assert not hear(memory, message("a", ASK, minutes=60, room="r"))

    def test_reply_and_mention(self) -> None:
        """Who is answered or mentioned is spoken to."""
        memory = Memory()
        said = message("b", "coucou", room="r")
        hear(memory, said)
        hear(memory, message("c", "yo", minutes=1, room="r"))
        views = hear(memory, message("a", ASK, minutes=2, room="r", reply_to=said.id, mentions=("d",)))
        assert [view.other for view in views] == ["b", "d"]

    def test_answer(self) -> None:
        """Who speaks right after being spoken to answers; after somebody else, or after a while, they do not."""
        memory = Memory()
        (asked,) = hear(memory, message("a", ASK, room="r", mentions=("b",)))
        (view,) = hear(memory, message("b", "14", minutes=1, room="r"))
        assert view.other == asked.author
        assert {age.low for age in view.own_ages} == {14}
        hear(memory, message("a", ASK, minutes=2, room="r", mentions=("b",)))
        assert not hear(memory, message("c", ASK, minutes=3, room="r"))
        assert not hear(memory, message("b", ASK, minutes=4, room="r"))
        hear(memory, message("a", ASK, minutes=5, room="r", mentions=("b",)))
        assert not hear(memory, message("b", ASK, minutes=25, room="r"))

    def test_private_channel(self) -> None:
        """In a private channel of two, the other is known as soon as they speak, with what was said before."""
        memory = Memory()
        hear(memory, message("a", ASK, room="#dm"))
        hear(memory, message("b", "13", minutes=1, room="#dm"))
        (view,) = hear(memory, message("a", "t belle", minutes=2, room="#dm"))
        assert (view.other, view.pair.count) == ("b", 2)
        assert view.level(Idea.AGE_QUESTION)
        assert view.other_minor

    def test_group(self) -> None:
        """A private channel of three is no pair."""
        memory = Memory()
        for author in "abc":
            hear(memory, message(author, "ok", room="#dm"))
        assert not hear(memory, message("a", ASK, minutes=1, room="#dm"))


class TestAccounts:
    """Fed by facts, never by looking into pairs."""

    def test_contacts_and_openers(self) -> None:
        """New contacts are counted by the day, the same first words over all of them."""
        memory = Memory()
        views = [hear(memory, message("a", "salut t'as quel âge toi", f"b{n}", n))[0] for n in range(5)]
        view = views[-1]
        assert view.mine
        assert view.mine.approached == 5
        assert view.mine.contacts == 5
        assert [*view.mine.openers.values()] == [5]
        (view,) = hear(memory, message("a", ASK, "z", 60 * 24))
        assert view.mine
        assert view.mine.contacts == 1

    def test_minors(self) -> None:
        """Each minor is counted once, when the author has something to do with them."""
        memory = Memory()
        for name in ("b", "c"):
            memory.declare(account(name, 13))
        views = [hear(memory, message("a", "t belle", name, n))[0] for n, name in enumerate(("b", "b", "c", "d"))]
        view = views[-1]
        assert view.mine
        assert view.mine.minors == 2

    def test_platforms_apart(self) -> None:
        """Identifiers are those of a platform."""
        memory = Memory()
        memory.declare(account("b", 13))
        assert talk(memory, ("a", "t belle")).theirs
        assert len(memory) == 1
