"""What is read, under which disguise, and where."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veilleuse.reading import Disguise, Finding, Reader, mask_private, plain
from veilleuse.reading.fold import fold
from veilleuse.reading.lexicon import Lexicon, Term

READER = Reader()
TERMS = Reader(terms=["maison", "jardin", "chaise longue"])
# Any text, surrogates included, and texts dense in what the reader looks at.
ANY = st.text(max_size=80)
DENSE = st.lists(
    st.sampled_from(
        ["nude", "ados", "photo", "de", "toi", "n", "u", "d", "e", "s", " ", " ", "  ", "\u200b", "\u0301", "Ø", "ν",
         "0", "3", "@", "$", "*", "_", ".", "-", "'", "!", "\n", "🔥", "œ", "ﬁ", "\ud800", "\x00",
         "je", "publie", "13 ans"]
    ),
    max_size=40,
).map("".join)  # fmt: skip


def read(text: str) -> list[tuple[str, str, str]]:
    """Each finding as what stands there, the term, the disguise."""
    return [(text[f.start : f.end], f.term, f.disguise) for f in READER.read(text)]


class TestDisguises:
    """Each way of hiding a word has its name."""

    @pytest.mark.parametrize(
        ("text", "raw", "term", "disguise"),
        [
            ("nudes", "nudes", "nude", Disguise.PLAIN),
            ("NUDES!", "NUDES", "nude", Disguise.PLAIN),
            ("nüdés", "nüdés", "nude", Disguise.MARKS),
            ("nuuudes", "nuuudes", "nude", Disguise.REPEAT),
            ("nu\u200bd\u200bes", "nu\u200bd\u200bes", "nude", Disguise.INVISIBLE),
            ("nud3s", "nud3s", "nude", Disguise.LOOKALIKE),
            ("nvde", "nvde", "nude", Disguise.LOOKALIKE),
            ("ɴᴜᴅᴇꜱ", "ɴᴜᴅᴇꜱ", "nude", Disguise.LOOKALIKE),
            ("🇳🇺🇩🇪🇸", "🇳🇺🇩🇪🇸", "nude", Disguise.LOOKALIKE),
            ("n*des", "n*des", "nude", Disguise.MASKED),
            ("NXDES", "NXDES", "nude", Disguise.MASKED),
            ("n u d e s", "n u d e s", "nude", Disguise.SPLIT),
            ("n.u.d.e.s", "n.u.d.e.s", "nude", Disguise.SPLIT),
            ("nud es", "nud es", "nude", Disguise.SPLIT),
            ("nudse", "nudse", "nude", Disguise.SWAPPED),
            ("adolscent", "adolscent", "adolescent", Disguise.DROPPED),
        ],
    )
    def test_named(self, text: str, raw: str, term: str, disguise: Disguise) -> None:
        """The term, what stands for it, and how it was hidden."""
        assert (raw, term, disguise) in read(text)

    @pytest.mark.parametrize("term", ["balançoire", "balancoire"])
    @pytest.mark.parametrize(
        ("text", "disguise"),
        [
            ("bàlànçoire", Disguise.MARKS),
            ("b\u0320a\u0321lançoire", Disguise.MARKS),
            ("balan\u1bf0çoire", Disguise.LOOKALIKE),
            ("balanço𝐢re", Disguise.LOOKALIKE),
        ],
    )
    def test_marks(self, term: str, text: str, disguise: Disguise) -> None:
        """Marks on its letters are marks, whether or not the term has some; what is of another script is none."""
        assert [f.disguise for f in Reader(terms=[term]).read(text)] == [disguise]

    @pytest.mark.parametrize(
        ("text", "term", "disguise"),
        [
            ("**an**vil", "anvil", Disguise.INVISIBLE),
            ("||a||nvil", "anvil", Disguise.INVISIBLE),
            ("an_vil", "anvil", Disguise.SPLIT),
            ("**b**ig anvil", "big anvil", Disguise.PLAIN),
            ("big __anvil__", "big anvil", Disguise.PLAIN),
        ],
    )
    def test_markdown(self, text: str, term: str, disguise: Disguise) -> None:
        """Markdown within a word hides it; in a phrase it may set off one of its words."""
        assert [(f.term, f.disguise) for f in Reader(terms=["anvil", "big anvil"]).read(text)] == [(term, disguise)]

    @pytest.mark.parametrize("term", ["an__vil", "an\u00advil", "anviZ", "œuvré", "garden"])
    def test_as_listed(self, term: str) -> None:
        """What is written as an operator listed it is plain, whatever signs it has."""
        assert [f.disguise for f in Reader(terms=[term]).read(f"so {term}, then")] == [Disguise.PLAIN]

    def test_press_names(self) -> None:
        """The two names the press printed, letter by letter."""
        assert read("ADØS NXDES") == [("ADØS", "ado", "lookalike"), ("NXDES", "nude", "masked")]
        assert read("nvde ados") == [("nvde", "nude", "lookalike"), ("ados", "ado", "plain")]

    def test_plain_reading(self) -> None:
        """The disguise comes off beside the raw text."""
        assert plain("ADØS NXDES", READER.read("ADØS NXDES")) == "ados nudes"

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("nvde", "nude"), ("nvdes", "nudes"), ("nud3$", "nudes"), ("n u d e 5", "nudes"), ("sedun", "nudes"),
            ("n\u200bu\u200bd\u200be\u200bs\u200b", "nudes\u200b"), ("s3xting", "sexting"), ("l3wds", "lewds"),
        ],
    )  # fmt: skip
    def test_plural(self, text: str, said: str) -> None:
        """A plural reads as one, whichever way its s is written; a word that ends in s takes no other."""
        assert plain(text, READER.read(text)) == said

    @pytest.mark.parametrize("text", ["teen wolf", "nude makeup", "à l’œil nu", "memory leak", "un nuage", "dunes"])
    def test_set_phrases_and_neighbours(self, text: str) -> None:
        """Set phrases clear their words, and ordinary words are no disguise."""
        assert {f.concept for f in READER.read(text)} <= {"setting"}


class TestPlaces:
    """Places are places of the raw text, whatever it holds."""

    @given(st.one_of(ANY, DENSE))
    @settings(max_examples=400, deadline=None)
    def test_fold_keeps_length(self, text: str) -> None:
        """One code point in, one out."""
        assert len(fold(text)) == len(text)

    @given(st.one_of(ANY, DENSE))
    @settings(max_examples=600, deadline=None)
    def test_findings_are_places(self, text: str) -> None:
        """Every finding lies within the text, in order, and what stands there is not blank."""
        found = READER.read(text)
        assert found == sorted(found, key=lambda f: (f.start, f.end, f.concept))
        for finding in found:
            assert 0 <= finding.start < finding.end <= len(text)
            assert text[finding.start : finding.end].strip()

    @given(DENSE)
    @settings(max_examples=300, deadline=None)
    def test_what_stands_there_is_the_disguised_form(self, text: str) -> None:
        """Read alone, the form of a one-word term still hides that term: nothing but it was marked."""
        for finding in READER.read(text):
            if " " not in finding.term:
                alone = text[finding.start : finding.end]
                assert finding.term in {f.term for f in READER.read(alone)}

    @given(st.lists(st.one_of(ANY, DENSE), max_size=12))
    @settings(max_examples=150, deadline=None)
    def test_scan_is_read(self, texts: list[str]) -> None:
        """Scanning many is reading each."""
        expected = [(i, finding) for i, text in enumerate(texts) for finding in READER.read(text)]
        assert READER.scan(texts) == expected

    def test_about(self) -> None:
        """Asked for concepts, only the texts that hold one of them, with all that they hold."""
        texts = ["les ados", "send a nude", "mes ados, une photo", "rien"]
        every = READER.scan(texts)
        concepts = {number: {f.concept for n, f in every if n == number} for number in range(len(texts))}
        held = [number for number, of in concepts.items() if "sexual" in of]
        assert 0 < len(held) < len(concepts)
        found = READER.scan(texts, frozenset({"sexual"}))
        pictured = {n for n, f in every if f.picture}
        assert found == [(n, f) for n, f in every if n in held or n in pictured]
        assert READER.scan(texts, frozenset()) == [(n, f) for n, f in every if n in pictured]

    def test_about_private(self) -> None:
        """A private term is never left out: it is to be masked."""
        reader = Reader(lexicon=Lexicon.shipped() + Lexicon((Term("jardin", "place", private=True),)))
        (found,) = reader.scan(["au jardin", "les ados"], frozenset({"sexual"}))
        assert found[1].private

    def test_forms_nfd(self) -> None:
        """A decomposed accent is an accent."""
        text = unicodedata.normalize("NFD", "lycéenne")
        assert [(f.term, f.disguise) for f in READER.read(text)] == [("lycéenne", Disguise.PLAIN)]


class TestTerms:
    """A bare list instead of the lexicon."""

    def test_bare(self) -> None:
        """Its findings have one concept, and phrases count."""
        found = TERMS.read("la m4ison, une chaise longue")
        assert [(f.term, f.concept) for f in found] == [("maison", "term"), ("chaise longue", "term")]


class TestPrivacy:
    """An operator's own terms are shown to nobody."""

    def test_mask(self) -> None:
        """The first letter stays, and the length."""
        finding = Finding("zorglub", "sexual", 3, 10, Disguise.PLAIN, private=True)
        assert finding.shown == "z••••••"
        assert mask_private("un zorglub", [finding]) == "un z••••••"
        assert plain("un zorglub", [finding]) == "un z••••••"
        assert finding.reads("un zorglubs") == "z••••••"


class TestHostile:
    """No text hangs the reader."""

    @pytest.mark.parametrize(
        "text",
        [
            "x" * 10_000_000,
            "\u200b" * 1_000_000,
            "a " * 1_000_000,
            "n u d e " * 100_000,
            "n_" * 200_000,
            "nude ado photo " * 60_000,
            "13 ans " * 100_000,
            "@$!|" * 250_000,
            "envoie une photo de toi " * 40_000,
            "\x00" * 1_000_000,
        ],
        ids=["one-word", "invisible", "letters", "spelled", "signs", "dense", "ages", "leet", "phrases", "nul"],
    )
    def test_ends(self, text: str) -> None:
        """A megabyte and more of anything is read, and its last place lies within it."""
        assert all(f.end <= len(text) for f in READER.read(text)[-1:])
