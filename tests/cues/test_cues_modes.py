"""Questions, negations and what others said, told apart; ages that are said."""

from datetime import UTC, datetime

import pytest

from veilleuse.cues import Cue, Idea, Listener, Mode
from veilleuse.cues.view import apart, words_of

ON = datetime(2026, 1, 2, tzinfo=UTC)


def hear(text: str, idea: Idea) -> list[Cue]:
    """The cues of that idea."""
    return [cue for cue in Listener.shared().hear(text, (), ON) if cue.idea is idea]


class TestModes:
    """How a cue was meant."""

    @pytest.mark.parametrize(
        ("text", "idea", "mode"),
        [
            ("tu as quel âge ?", Idea.AGE_QUESTION, Mode.ASKED),
            ("il m'a dit tu as quel âge", Idea.AGE_QUESTION, Mode.REPORTED),
            ("someone asked me to send a pic", Idea.IMAGE_REQUEST, Mode.REPORTED),
            ("« envoie une photo de toi » mdr la pub", Idea.IMAGE_REQUEST, Mode.REPORTED),
            ("envoie une photo de toi", Idea.IMAGE_REQUEST, Mode.STATED),
            ("tu m'envoies une photo de toi ?", Idea.IMAGE_REQUEST, Mode.ASKED),
            ("never send a pic of you to strangers", Idea.IMAGE_REQUEST, Mode.NEGATED),
            ("why don't you send a pic of you", Idea.IMAGE_REQUEST, Mode.STATED),
            ("pourquoi tu m'envoies pas une photo de toi", Idea.IMAGE_REQUEST, Mode.STATED),
            ("j'ai pas le droit d'envoyer une photo de moi", Idea.IMAGE_REQUEST, Mode.NEGATED),
            ("je repasse mercredi sans colis, lui dis pas", Idea.SECRECY, Mode.STATED),
        ],
    )
    def test_mode(self, text: str, idea: Idea, mode: Mode) -> None:
        """Asked, stated, denied, or told of another."""
        assert [cue.mode for cue in hear(text, idea)] == [mode]

    @pytest.mark.parametrize("text", ["j'ai pas d'âge", "il m'a demandé mon âge", "my age is my business"])
    def test_no_question(self, text: str) -> None:
        """Whoever speaks of their own age asks for none."""
        assert not [cue for cue in hear(text, Idea.AGE_QUESTION) if cue.meant]


class TestAges:
    """Said, never guessed."""

    @pytest.mark.parametrize(
        ("text", "low", "high"),
        [
            ("g 13 ans", 13, 13),
            ("j'ai 14 ans", 14, 14),
            ("moi 34 ans", 34, 34),
            ("im 13", 13, 13),
            ("I'm in 8th grade", 13, 14),
            ("je suis en 4ème", 13, 14),
            ("13 ans et toi ?", 13, 13),
            ("hey, 17 here", 17, 17),
            ("coucou toi, moi c Kylian 15 ans", 15, 15),
            ("hey im chloe 14 from the other school", 14, 14),
            ("trop belle. moi 28", 28, 28),
            ("29, u?", 29, 29),
            ("im josh from the skatepark server, year 9", 13, 14),
            ("on a 13 ans laisse nous", 13, 13),
        ],
    )
    def test_own(self, text: str, low: int, high: int) -> None:
        """The author's own."""
        assert [(cue.low, cue.high) for cue in hear(text, Idea.AGE_CLAIM)] == [(low, high)]

    @pytest.mark.parametrize(
        "text",
        [
            "when I was 13",
            "j'ai 13 ans de métier",
            "my brother is 13",
            "t'as 13 ans ?",
            "rdv à 13h",
            "13 euros",
            "au contrôle moi 15",
            "two cakes, moi 20 minutes",
            "20 for two, year by year",
            "lol mdr",
        ],
    )
    def test_not_own(self, text: str) -> None:
        """Another's, another time's, or no age at all; and none from style."""
        assert not hear(text, Idea.AGE_CLAIM)

    @pytest.mark.parametrize(("text", "age"), [("ur only 13", 13), ("tu as 14 ans", 14), ("you're 15 now", 15)])
    def test_of_you(self, text: str, age: int) -> None:
        """That of the one spoken to."""
        assert [cue.low for cue in hear(text, Idea.AGE_OF_YOU)] == [age]

    @pytest.mark.parametrize(
        ("text", "age"),
        [
            ("13", 13),
            ("13 et toi", 13),
            ("14! u?", 14),
            ("euh 12", 12),
            ("14 haha thanks", 14),
            ("là j'en ai 14", 14),
            ("et moi j'en ai 33 maintenant", 33),
        ],
    )
    def test_reply(self, text: str, age: int) -> None:
        """A bare number: the memory knows whether an age was asked for."""
        assert [cue.low for cue in hear(text, Idea.AGE_REPLY)] == [age]

    @pytest.mark.parametrize("text", ["you 13?", "t'as quoi, 14 ?", "what are you, twelve?", "15 right?"])
    def test_guess(self, text: str) -> None:
        """A guess at the other's age asks for it."""
        assert any(cue.low for cue in hear(text, Idea.AGE_QUESTION))

    @pytest.mark.parametrize("text", ["at 12?", "on se voit à 14 ?", "bus 13 ?", "page 14 ?"])
    def test_no_guess(self, text: str) -> None:
        """Times, buses and pages are no ages."""
        assert not hear(text, Idea.AGE_QUESTION)


class TestWords:
    """Texts as cues are sought in them."""

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("l'âge qu'il a, c'est", ["l", "age", "qu", "il", "a", "cest"]),
            ("l'd'or", ["l", "dor"]),
            ("d'or l'or", ["d", "or", "l", "or"]),
            ("t’as 13 ans 😀 œuf", ["tas", "13", "ans", "uf"]),
        ],
    )
    def test_words(self, text: str, words: list[str]) -> None:
        """French articles stand alone, other apostrophes join."""
        assert words_of(text) == words

    def test_far_letters(self) -> None:
        """Letters beyond the Western ones are read as the table says, wherever they stand."""
        text = "a😀ν’é\ud800Ⅷb" * 3
        assert apart(text) == "".join(apart.table[ord(character)] for character in text)
