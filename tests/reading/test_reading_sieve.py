"""The sieve refuses nothing that is there, and neither what was read before nor with what changes a finding."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_samples import ANYTHING, TERMS, talk

from veilleuse.evaluation.disguises import SEED, tuning_samples
from veilleuse.reading import Disguise, Lexicon
from veilleuse.reading.chunks import Chunks
from veilleuse.reading.finder import in_order
from veilleuse.reading.fold import BESIDE, fold_row, fold_visible
from veilleuse.reading.lexicon import Term
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.sieve import Sieve
from veilleuse.reading.twin import Twin
from veilleuse.reading.words import Vocabulary

ORDINARY = OrdinaryWords.shipped()
LISTED = in_order(Lexicon.shipped().terms)
# Of three letters, with digits, and long: what the shipped terms hold few of.
OWN = in_order([Term(text, "term") for text in ("zib", "vok", "kraz", "b2b", "quiche lorraine", "zorglubien", "oxxo")])
BRIEF = in_order([Term(text, "term") for text in ("i", "i o", "taste", "zib")])
SAMPLES = [sample.text for sample in tuning_samples(SEED, 4)]
near = st.text(st.sampled_from("abeioklnrstuvxz0134.,-'*@_^$!€œ"), max_size=12)
written = st.one_of(talk(), ANYTHING, near, st.sampled_from([*TERMS, *SAMPLES, *(term.text for term in OWN)]))


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Talk and samples of the generator, glued, cut and changed."""
    pieces = draw(st.lists(written, max_size=4))
    text = draw(st.sampled_from([" ", "", ".", "x", "-"])).join(pieces)
    at = draw(st.integers(0, len(text)))
    return text[:at] + draw(near) + text[at + draw(st.integers(0, 2)) :]


class TestSieve:
    """Chunk by chunk, against what the vocabulary finds in each."""

    @pytest.mark.parametrize("terms", [LISTED, OWN, BRIEF], ids=["shipped", "own", "brief"])
    def test_refuses_nothing(self, terms: list[Term]) -> None:
        """What is found in a chunk is found through the sieve."""
        vocabulary = Vocabulary(terms, ORDINARY)
        sieve = Sieve(vocabulary, ORDINARY)

        @settings(max_examples=300, deadline=None)
        @given(texts())
        def through_the_sieve(text: str) -> None:
            for chunk in fold_visible(text)[0].split():
                held = Chunks(vocabulary, sieve).held({chunk})
                assert (held[chunk].hits if chunk in held else ()) == tuple(vocabulary.hits(chunk))

        through_the_sieve()

    def test_refuses_most(self) -> None:
        """Of words that people use, hardly one in a hundred passes."""
        said = {word for text in SAMPLES for word in fold_visible(text)[0].split() if word in ORDINARY}
        vocabulary = Vocabulary(OWN, ORDINARY)
        assert len(Chunks(vocabulary, Sieve(vocabulary, ORDINARY)).held(said)) <= len(said) / 100


class TestState:
    """Findings depend on the text alone."""

    @settings(max_examples=50, deadline=None)
    @given(st.lists(texts(), max_size=12), st.randoms(use_true_random=False))
    def test_order_and_company(self, read: list[str], random: Random) -> None:
        """Together or one by one, before others or after them, texts say the same."""
        alone = [[found[1:] for found in LONG_MET.find([text])] for text in read]
        order = random.sample(range(len(read)), len(read))
        together = TWIN.find([read[place] for place in order])
        assert [[f[1:] for f in together if order[f[0]] == place] for place in range(len(read))] == alone

    @pytest.mark.parametrize("name", ["chunks._MOST_REMEMBERED", "twin._AT_ONCE", "twin._IN_ROW"])
    @pytest.mark.parametrize("most", [1, 7])
    def test_bounds(self, name: str, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
        """However little is remembered, or read at once."""
        expected = TWIN.find(SAMPLES)
        monkeypatch.setattr(f"veilleuse.reading.{name}", most)
        twin = Twin(LISTED, ORDINARY)
        assert twin.find(SAMPLES) == expected
        assert twin.find(SAMPLES) == expected

    @pytest.mark.parametrize("text", ["«nude»", "nude…", "...nude", "(nude)"])
    def test_known_between_signs(self, text: str) -> None:
        """A word known by itself stands where it stands, whatever signs are around it."""
        twin = Twin(LISTED, ORDINARY)
        assert twin.find(["nude"])
        found = twin.find([text])
        assert found == Twin(LISTED, ORDINARY).find([text])
        assert [text[finding.start : finding.end] for _, finding in found] == ["nude"]

    def test_switched_off(self) -> None:
        """A disguise that is not looked for is found by no other way."""
        off = frozenset({Disguise.SPLIT, Disguise.JOINED, Disguise.MASKED})
        assert all(finding.disguise not in off for _, finding in Twin(LISTED, ORDINARY, off).find(SAMPLES))


TWIN, LONG_MET = Twin(LISTED, ORDINARY), Twin(LISTED, ORDINARY)


class TestFoldedTogether:
    """Texts that are folded many at once."""

    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.one_of(texts(), st.text(st.characters(max_codepoint=127)), st.text()), max_size=6))
    def test_as_one_by_one(self, read: list[str]) -> None:
        """Each as if it were alone, control characters and all."""
        assert fold_row(read) == BESIDE.join(["", *(fold_visible(text)[0] for text in read), ""])
