"""The cue files: every example holds, and templates say what they seem to say."""

import re
import tomllib
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veilleuse.cues import Cue, Idea, Listener, Mode
from veilleuse.cues.automaton import Automaton
from veilleuse.cues.phrases import Way, read, shipped, template
from veilleuse.cues.view import pointed, spans_of, words_of
from veilleuse.language import Language
from veilleuse.reading import Reader

READER = Reader()
WAYS = [(language, way) for language in Language for way in shipped(language)]


def hear(text: str) -> tuple[Cue, ...]:
    """What is heard in a message."""
    return Listener.shared().hear(text, READER.read(text))


def meant(text: str) -> set[Idea]:
    """The ideas that the author means."""
    return {cue.idea for cue in hear(text) if cue.meant}


class TestExamples:
    """Each cue has examples of both sorts, and they hold."""

    @pytest.mark.parametrize(
        ("idea", "text"), [(way.table.idea, text) for _, way in WAYS for text in way.table.yes], ids=str
    )
    def test_yes(self, idea: Idea, text: str) -> None:
        """The message holds the cue, and means it."""
        assert idea in meant(text)

    @pytest.mark.parametrize(
        ("idea", "text"), [(way.table.idea, text) for _, way in WAYS for text in way.table.no], ids=str
    )
    def test_no(self, idea: Idea, text: str) -> None:
        """The message does not hold it, or denies it, or tells what another said."""
        assert idea not in meant(text)

    @pytest.mark.parametrize(("language", "way"), WAYS, ids=lambda value: str(getattr(value, "table", value))[:40])
    def test_both_sorts(self, language: Language, way: Way) -> None:
        """No table goes without examples."""
        assert way.table.yes, language
        assert way.table.no, language

    def test_every_idea_in_both_languages(self) -> None:
        """What is heard in one language is heard in the other; ages are read elsewhere."""
        ages = {Idea.AGE_CLAIM, Idea.AGE_OF_YOU, Idea.AGE_REPLY}
        for language in Language:
            assert {way.table.idea for way in shipped(language)} == set(Idea) - ages

    @pytest.mark.parametrize("language", list(Language))
    def test_mild(self, language: Language) -> None:
        """Children first: the files hold no word of the lexicon's sexual ones but these."""
        mild = {"sexy", "nude", "hot", "coquin", "coquine"}
        text = (files("veilleuse") / "data" / "cues" / f"{language}.toml").read_text(encoding="utf-8")
        for way in tomllib.loads(text)["cue"]:
            for phrase in (*way.get("phrases", ()), *way.get("alone", ()), *way["yes"], *way["no"]):
                for finding in READER.read(re.sub(r"[][{}|]", " . ", phrase)):
                    assert finding.concept != "sexual" or finding.weight < 1 or finding.term in mild, finding.term


class TestTemplates:
    """One of these, one or none, and named words."""

    def found(self, source: str, text: str, **named: list[str]) -> list[tuple[int, int]]:
        """The places, in words, at which the template is found."""
        return [(start, end) for _, start, end in Automaton([template(source, named)]).find(words_of(text))]

    @pytest.mark.parametrize(
        ("source", "text", "places"),
        [
            ("how {old|young} are you", "so how old are you", [(1, 5)]),
            ("how {old|young} are you", "how tall are you", []),
            ("send [me] {a pic|one}", "send a pic", [(0, 3)]),
            ("send [me] {a pic|one}", "send me one now", [(0, 3)]),
            ("{your|ur} age [please]", "your age please", [(0, 3)]),
            ("{your|ur} age [please]", "ur age ok", [(0, 2)]),
            ("alone", "home alone alone", [(1, 2), (2, 3)]),
            ("a b a c", "a b a b a c", [(2, 6)]),
        ],
    )
    def test_found(self, source: str, text: str, places: list[tuple[int, int]]) -> None:
        """At the places where they stand, the longest first word on."""
        assert self.found(source, text) == places

    def test_named(self) -> None:
        """A name stands for all its words, beside others too."""
        assert self.found("{you|them} ok", "u ok", you=["you", "u"]) == [(0, 2)]

    @pytest.mark.parametrize("source", ["how {old are you", "[maybe]", "send {a|?} pic"])
    def test_refused(self, source: str) -> None:
        """A bracket that stands alone, nothing that must stand there, an alternative without a word."""
        with pytest.raises(ValueError, match=r"bracket|must stand|holds no word"):
            template(source, {})

    def test_unknown_idea(self) -> None:
        """A cue file names known ideas only."""
        with pytest.raises(ValueError, match="weather"):
            read('cue = [{name = "weather", strength = 1.0}]\n[words]\n')

    @given(st.text(alphabet="abé'’ lqu.-Œ😀\u200b", max_size=40))
    @settings(deadline=None)
    def test_words_and_places_agree(self, text: str) -> None:
        """Each word of a text has its place in it, where it stands but for apostrophes before it."""
        placed = [words_of(text[start:end].lstrip("'’")) for start, end in spans_of(text)]
        assert ["".join(words) for words in placed] == words_of(text)
        assert len(pointed(text)) == len(text)


class TestPlaces:
    """A cue says where it stands."""

    @given(
        st.lists(st.sampled_from(["t'as quel âge ?", "😀", "l’été", "send me a pic of you", "\n", "13"]), max_size=6)
    )
    @settings(deadline=None, max_examples=60)
    def test_within(self, parts: list[str]) -> None:
        """Within the text, with a strength that is one."""
        text = " ".join(parts)
        for cue in hear(text):
            assert 0 <= cue.start < cue.end <= len(text)
            assert 0 < cue.strength <= 1
            assert cue.end - cue.start < 40

    def test_exactly(self) -> None:
        """To the letter."""
        (cue,) = hear("Bon… t’as quel âge, toi ?")
        assert "Bon… t’as quel âge, toi ?"[cue.start : cue.end] == "t’as quel âge"

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            (" je fais pas les", (Idea.REFUSAL, 1, 12, Mode.STATED)),
            ("stop talking to ur? tauras juste besoin de", (Idea.ISOLATION, 0, 18, Mode.ASKED)),
            ("'not your fault 'rdv darons", (Idea.SHARED_LIFE, 16, 27, Mode.NEGATED)),
        ],
    )
    def test_longest(self, text: str, told: tuple[Idea, int, int, Mode]) -> None:
        """Of two phrases the one of more words, be it the shorter one, with the apostrophes before it."""
        assert told in [(cue.idea, cue.start, cue.end, cue.mode) for cue in hear(text)]

    @pytest.mark.parametrize(("text", "age"), [("u 16yo?", 16), ("u twelve?", 12), ("t'as 13ans ?", 13)])
    def test_guesses(self, text: str, age: int) -> None:
        """An age is guessed at in digits, with a unit or in letters."""
        assert (Idea.AGE_QUESTION, age) in [(cue.idea, cue.low) for cue in hear(text)]

    def test_told_with_the_question(self) -> None:
        """The one's own age beside the question, also as the very first word."""
        assert (Idea.AGE_CLAIM, 16) in [(cue.idea, cue.low) for cue in hear("me 16?")]
