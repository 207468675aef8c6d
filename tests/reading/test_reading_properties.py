"""What holds of every reading, for any Unicode."""

import os
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_samples import ANYTHING, READER, TERMS, talk

from veilleuse.reading import Disguise, Finding, Lexicon, Reader, Term, mask, mask_private, plain

ORDER = settings(deadline=None, max_examples=100)
SECRETS = ("zorglub", "velours bleu", "quiche")
TEXTS = st.lists(st.one_of(talk(), ANYTHING, st.text(max_size=30)), max_size=8)


def in_whole(text: str, findings: list[Finding]) -> list[Finding]:
    """The findings that span the whole text."""
    return [finding for finding in findings if (finding.start, finding.end) == (0, len(text))]


class TestReadings:
    """Places, order, and what stands at each place."""

    @ORDER
    @given(talk())
    def test_places(self, text: str) -> None:
        """Findings stand inside the text, in order, none twice."""
        findings = READER.read(text)
        assert all(0 <= finding.start < finding.end <= len(text) for finding in findings)
        assert all((a.start, a.end) <= (b.start, b.end) for a, b in pairwise(findings))
        assert len(findings) == len({(f.term, f.concept, f.start, f.end) for f in findings})

    @ORDER
    @given(talk())
    def test_the_place_is_the_form(self, text: str) -> None:
        """Read alone, the raw slice of a finding says the same term again, over its whole length and as disguised.

        No context is needed, for phrases too: the slice reaches from the first word to the last. Only of words
        written as one does the half alone look different: it is no longer joined, and where the lexicon holds a
        twin sought as written only, the twin is what the half alone is.
        """
        for finding in READER.read(text):
            form = text[finding.start : finding.end]
            again = in_whole(form, READER.read(form))
            if finding.disguise is Disguise.JOINED:
                assert finding.concept in {f.concept for f in again}
            else:
                same = [f.disguise for f in again if (f.term, f.concept) == (finding.term, finding.concept)]
                assert same == [finding.disguise]

    @ORDER
    @given(st.sampled_from(TERMS), ANYTHING, ANYTHING)
    def test_a_plain_term_among_anything(self, term: str, before: str, after: str) -> None:
        """A finding's slice is the form even where junk touches it, and junk at a distance takes nothing away."""
        text = f"{before}\n\n{term}\n\n{after}"
        place = len(before) + 2
        concepts = {f.concept for f in in_whole(term, READER.read(term))}
        assert concepts <= {
            f.concept for f in READER.read(text) if (f.start, f.end) == (place, place + len(term))
        } | covering(text, place, place + len(term))

    @ORDER
    @given(TEXTS)
    def test_scan_is_read(self, texts: list[str]) -> None:
        """Reading many texts is reading each, and names only those that hold something."""
        scanned = READER.scan(texts)
        assert scanned == [(i, finding) for i, text in enumerate(texts) for finding in FRESH.read(text)]

    @ORDER
    @given(TEXTS)
    def test_again(self, texts: list[str]) -> None:
        """A reading depends on the text alone: a fresh reader, and one that has read it all before, say the same."""
        first = [FRESH.read(text) for text in texts]
        assert first == [FRESH.read(text) for text in reversed(texts)][::-1]
        assert first == [READER.read(text) for text in texts]


FRESH = Reader()


def covering(text: str, start: int, end: int) -> set[str]:
    """Concepts of findings that contend for the place: junk may happen to make a longer term of it."""
    rivals = [f for f in READER.read(text) if f.start < end and start < f.end and f.end - f.start > end - start]
    return {f.concept for f in READER.read(text[start:end])} if rivals else set()


class TestMemory:
    """What a reader remembers changes nothing."""

    def test_after_many_other_chunks(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The same reading before and after so many other chunks that all is forgotten, again and again."""
        monkeypatch.setenv("VEILLEUSE_TWIN", "1")  # the kernel remembers nothing
        monkeypatch.setattr("veilleuse.reading.chunks._MOST_REMEMBERED", 100)
        texts = [f"{one} {other}" for one, other in zip(TERMS, TERMS[5:], strict=False)]
        texts += ["ADØS NXDES", "nvde ados", "n u d e ados", "little \u200b girl"]
        before = READER.read(" ".join(texts))
        reader = Reader()
        for _ in range(2):
            for text in texts:
                assert reader.read(text) == READER.read(text)
        assert reader.read(" ".join(texts)) == before

    def test_the_same_in_every_process(self) -> None:
        """Nothing depends on how this process happens to hash: twins of one term resolve alike everywhere."""
        code = (
            "import sys; from veilleuse.reading import Reader; r = Reader();"
            "print([tuple(map(str, (f.term, f.concept, f.start, f.end, f.disguise, f.weight, f.picture)))"
            " for t in sys.stdin.read().split('\\n') for f in r.read(t)])"
        )
        texts = "\n".join([*TERMS, *(f"{a}{b}" for a, b in pairwise(TERMS[::7]))]).encode()
        said = {
            subprocess.run(  # noqa: S603 - our own
                [sys.executable, "-c", code],
                input=texts,
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("1", "2", "3")
        }
        assert len(said) == 1


def private(*texts: str) -> Lexicon:
    """A list of an operator's own."""
    return Lexicon(tuple(Term(text, "minor", private=True) for text in texts))


OPERATED = Reader(lexicon=Lexicon.shipped() + private(*SECRETS))


@st.composite
def secretive(draw: st.DrawFn) -> str:
    """An operator's own words among ours and others."""
    parts = draw(st.lists(st.one_of(st.sampled_from([*SECRETS, *TERMS]), st.text(max_size=4)), max_size=8))
    return " ".join(parts)


class TestPrivateTerms:
    """What an operator listed shows nowhere."""

    @ORDER
    @given(secretive())
    def test_masked(self, text: str) -> None:
        """Masking keeps every place, and neither the masked text nor the plain one says a private term."""
        findings = OPERATED.read(text)
        masked = mask_private(text, findings)
        assert len(masked) == len(text)
        for shown in (masked, plain(text, findings)):
            assert not [f for f in OPERATED.read(shown) if f.private]
        assert all(f.shown == mask(f.term) for f in findings if f.private)

    def test_nothing_of_ours_hides_them(self) -> None:
        """A shipped phrase, even an ordinary one, takes no private word under it: unfound, it would be shown."""
        reader = Reader(lexicon=Lexicon.shipped() + private("wolf", "photo"))
        for text in ("teen wolf", "photo de classe", "a teen wolf photo"):
            findings = reader.read(text)
            assert [f for f in findings if f.private]
            shown = mask_private(text, findings)
            assert "wolf" not in shown
            assert "photo" not in shown

    def test_partly_under_another(self) -> None:
        """Two private phrases that share a word are both masked."""
        reader = Reader(lexicon=private("petit velours", "velours bleu"))
        text = "un petit velours bleu ici"
        assert mask_private(text, reader.read(text)) == "un p•••••v••••••••••• ici"

    def test_no_private_term_no_change(self) -> None:
        """A text without private terms is left alone."""
        assert mask_private("nudes ados", READER.read("nudes ados")) == "nudes ados"


@pytest.mark.parametrize("twin", ["", "1"], ids=["fastest", "twin"])
class TestNoSeam:
    """However long the text, nothing in it is cut in two, and its cost grows as its length."""

    def test_letters_one_by_one(self, twin: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """A term spelled out is found after any number of other lone letters."""
        monkeypatch.setenv("VEILLEUSE_TWIN", twin)
        reader = Reader()
        hidden = [
            count
            for count in (*range(190, 210), *range(390, 410), *range(570, 610))
            if ("nude", 2 * count, 2 * count + 9)
            not in {(f.term, f.start, f.end) for f in reader.read("z " * count + "n u d e s")}
        ]
        assert hidden == []
        assert len(reader.read("n u d e s " * 200)) == 200

    @pytest.mark.parametrize("piece", ["photos contre ", "a ", "n.u.d.", "nude art ", "1,", "a'", "n#d#", "si tu "])
    def test_chains(self, piece: str, twin: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """A hundred thousand pieces that each contend with the next say a hundred times what a thousand say."""
        monkeypatch.setenv("VEILLEUSE_TWIN", twin)
        reader = Reader()
        few, many = len(reader.read(piece * 1_000)), len(reader.read(piece * (10_000 if twin else 100_000)))
        assert abs(many - few * (10 if twin else 100)) <= 100
