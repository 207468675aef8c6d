"""The finder in C and its twin find the same, on any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veilleuse.cues import finder
from veilleuse.cues.finder import Compiled, Finder, Twin, make_finder
from veilleuse.cues.phrases import shipped, template
from veilleuse.cues.view import spans_of
from veilleuse.evaluation.dialogues import all_dialogues
from veilleuse.language import Language

TEMPLATES = [t for language in Language for way in shipped(language) for t in (*way.phrases, *way.clears)]
SMALL = [
    template(source, {})
    for source in (
        "a b a c",
        "{a|b c} [d] e",
        "[a] b",
        "a",
        "a [b]",
        "c'est {quoi|l'age}",
        "{a b|a} {b c|c}",
        "d'age",
        "qu'un",
    )
]
BOTH = {True: (Twin(TEMPLATES), TEMPLATES), False: (Twin(SMALL), SMALL)}
WORDS = sorted({word for t in TEMPLATES for part in t for phrase in part for word in phrase})
needs_c = pytest.mark.skipif(finder.BUILT is None, reason="no compiler was at hand")


def compiled(*, shipped: bool) -> Finder:
    """The finder in C over the shipped templates, or over a few that overlap."""
    return Compiled(BOTH[shipped][1])


@needs_c
class TestTwin:
    """Both find the same."""

    @given(st.lists(st.text(alphabet="abcdelquAÉ’'`´ .-\n😀œ0", max_size=40), max_size=4))
    @settings(deadline=None, max_examples=300)
    def test_any_text(self, texts: list[str]) -> None:
        """Over a few templates, letters, apostrophes of all sorts and what is no letter."""
        assert compiled(shipped=False).find(texts) == BOTH[False][0].find(texts)

    def test_shipped(self) -> None:
        """Over all that ships, on every line of the dialogues, in one batch and one by one."""
        built, twin = compiled(shipped=True), BOTH[True][0]
        texts = [message.text for dialogue in all_dialogues() for message in dialogue.messages]
        found = built.find(texts)
        assert found == twin.find(texts)
        assert found == [hit._replace(text=number) for number, text in enumerate(texts) for hit in built.find([text])]

    @given(st.lists(st.sampled_from(WORDS), max_size=14), st.sampled_from([" ", "  ", "'", ", ", "’ "]))
    @settings(deadline=None, max_examples=300)
    def test_words_of_templates(self, words: list[str], joint: str) -> None:
        """On their own words in any order."""
        text = joint.join(words)
        assert SHIPPED.find([text]) == BOTH[True][0].find([text])

    def test_long(self) -> None:
        """What stands beyond the characters that are listened to is not found."""
        text = "x" * 1990 + " how old are you"
        assert SHIPPED.find([text]) == BOTH[True][0].find([text]) == []

    @given(st.lists(st.text(alphabet="abcde '😀", max_size=8), max_size=4), st.sets(st.integers(0, len(SMALL) - 1)))
    @settings(deadline=None, max_examples=300)
    def test_whole(self, texts: list[str], whole: set[int]) -> None:
        """Of templates that count only as all that is said, others beside them."""
        found = Compiled(SMALL, whole).find(texts)
        assert found == Twin(SMALL, whole).find(texts)
        spoken = [spans_of(text) for text in texts]
        assert all(
            (hit.start, hit.end) == (spoken[hit.text][0][0], spoken[hit.text][-1][1])
            for hit in found
            if hit.template in whole
        )
        assert set(found) <= set(BOTH[False][0].find(texts))

    @given(st.lists(st.text(max_size=12), max_size=3), st.sampled_from(["how old are you", "t'as quel âge"]))
    @settings(deadline=None, max_examples=200)
    def test_any_script(self, around: list[str], phrase: str) -> None:
        """Among characters of any script, which are read when first met and kept."""
        text = " ".join((*around, phrase, *around))
        assert SHIPPED.find([text, text]) == BOTH[True][0].find([text, text])

    def test_no_text(self) -> None:
        """Anything but text is refused."""
        with pytest.raises(TypeError):
            compiled(shipped=False).find([b"a"])  # type: ignore[list-item]


@needs_c
class TestTable:
    """What the code points are read as comes from Python."""

    @pytest.mark.parametrize("read", ["", "ab", "é", "\0"])
    def test_wrong(self, read: str) -> None:
        """Anything but one character of ASCII is refused, and a code point without any."""
        assert finder.BUILT
        with pytest.raises(ValueError, match="ASCII"):
            finder.BUILT(dict.fromkeys(range(256), read), [], b"", b"", b"", b"", b"", b"", b"", b"")
        with pytest.raises(KeyError):
            finder.BUILT({}, [], b"", b"", b"", b"", b"", b"", b"", b"")
        table = {**dict.fromkeys(range(256), "a"), ord("€"): read}
        built = finder.BUILT(table, [], b"", b"", b"", b"", b"", b"", b"", b"")
        with pytest.raises(ValueError, match="ASCII"):
            built.find(["€"])
        with pytest.raises(KeyError):
            built.find(["œ"])


SHIPPED: Finder = make_finder(TEMPLATES)


class TestChoice:
    """Which one is used."""

    def test_forced(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The twin, where it is asked for or nothing was built."""
        monkeypatch.setenv("VEILLEUSE_TWIN", "1")
        assert isinstance(make_finder(SMALL), Twin)
        monkeypatch.delenv("VEILLEUSE_TWIN")
        monkeypatch.setattr(finder, "BUILT", None)
        assert isinstance(make_finder(SMALL), Twin)
        with pytest.raises(ImportError):
            Compiled(SMALL)
