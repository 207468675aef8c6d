"""Forms: made of many words at once, they are those of each word."""

from hypothesis import given, settings
from hypothesis import strategies as st

from veilleuse.reading.edits import EDITS, Block, variants
from veilleuse.reading.finding import Disguise
from veilleuse.reading.forms import skeleton, skeletons

words = st.integers(1, 12).flatmap(
    lambda length: st.lists(st.text("abdeioklnstuxz1", min_size=length, max_size=length), min_size=1, max_size=6)
)
said = st.text("abceilouvxz013@$!*", max_size=8)


class TestEdits:
    """The ways a word is changed."""

    @settings(max_examples=200, deadline=None)
    @given(words, st.booleans(), st.sampled_from([*EDITS]))
    def test_as_one_by_one(self, together: list[str], plural: bool, disguise: Disguise) -> None:
        """Each word is changed as if it were alone, and every line is of the word that is named."""
        told: list[set[str]] = [set() for _ in together]
        for text, of in variants(Block(together, plural=plural), disguise):
            for line, variant in enumerate(text.split("\n")):
                told[of[line % len(of)]].add(variant)
        for word, changed in zip(together, told, strict=True):
            alone = {v for text, _ in variants(Block([word], plural=plural), disguise) for v in text.split("\n")}
            assert changed == alone

    def test_parts(self) -> None:
        """A part of a word is as long as was asked, or longer."""
        parts = {part for some in Block(["nude", "rose"]).parts(3) for part in some}
        assert parts == {"nude", "nud", "ude", "rose", "ros", "ose"}


class TestSkeletons:
    """How words read."""

    @settings(max_examples=200, deadline=None)
    @given(st.lists(said, min_size=1, max_size=8))
    def test_as_one_by_one(self, together: list[str]) -> None:
        """Together or one by one, empty ones among them."""
        assert skeletons(together) == [*map(skeleton, together)]

    def test_held_letters(self) -> None:
        """Letters held longer, however long, leave one."""
        assert skeleton("teeeenn") == skeleton("ten")
        assert skeleton("tee nnn") == "te n"
