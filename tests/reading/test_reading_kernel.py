"""The kernel and its twin find the same, whatever the text and however many ask at once."""

import gc
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest.mock import patch
from weakref import ref

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veilleuse.evaluation.disguises import SEED, tuning_samples
from veilleuse.evaluation.terms import hide_terms, make_terms, make_texts
from veilleuse.reading import Disguise, Lexicon, Reader
from veilleuse.reading import finder as finders
from veilleuse.reading.finder import FORCES_TWIN, Finder, in_order, make_finder, make_kernel
from veilleuse.reading.fold import BETWEEN, CODES, LIGATURES, LONE, SIGNS
from veilleuse.reading.lexicon import Term
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.twin import Twin

pytestmark = pytest.mark.skipif(finders.BUILT is None, reason="no compiler was at hand")

ACCEPTANCE = Path(__file__).parent.parent / "acceptance"
TERMS: list[Term] = sorted(dict.fromkeys(Lexicon.shipped().terms), key=lambda term: (term.concept, term.text))
TWIN = Twin(TERMS, OrdinaryWords.shipped())
KERNEL = make_kernel(TERMS, OrdinaryWords.shipped()) if finders.BUILT else TWIN
OLDER = make_kernel(TERMS, OrdinaryWords.shipped(), plain=True) if finders.BUILT else TWIN  # as on older processors

near = st.sampled_from([*LONE, *SIGNS, *BETWEEN, *LIGATURES, *"\u200b\u0301\n?~`аеᴀ🅰🇦ⓐ𝐚ıéÀ%"])
written = st.one_of(st.sampled_from([term.text for term in TERMS]), st.text(max_size=6), st.text(near, max_size=12))


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """Terms cut open, drawn out, turned round and glued, among other things."""
    pieces = []
    for piece in draw(st.lists(written, max_size=5)):
        at = draw(st.integers(0, len(piece)))
        slipped = draw(st.one_of(st.just(""), near, st.sampled_from(["**", " ", "x", "*"])))
        skipped = draw(st.integers(0, 1))
        changed = piece[:at] + slipped + piece[at + skipped :]
        pieces.append(draw(st.sampled_from([changed, changed[::-1], changed.upper(), " ".join(changed)])))
    return draw(st.sampled_from([" ", "", "  ", ". "])).join(pieces)


TOLD, FINDING, TAKEN_OFF = 1, 2, 4  # among what the kernel is made of


def kernel_of(terms: Iterable[str], changed: Mapping[int, object]) -> Finder:
    """A kernel to which some of what it is made of is given otherwise."""
    assert finders.BUILT
    with patch.object(finders, "BUILT") as asked:
        make_kernel(in_order(Lexicon.of(terms).terms), OrdinaryWords.shipped())
    return finders.BUILT(*(changed.get(place, part) for place, part in enumerate(asked.call_args.args)))


def acceptance() -> Iterator[str]:
    """Every text of the acceptance lists."""
    for path in sorted(ACCEPTANCE.glob("*.toml")):
        for entries in tomllib.loads(path.read_text(encoding="utf-8")).values():
            for entry in entries:
                yield from (entry.get("text", ""), entry.get("name", ""), *entry.get("channels", ()))


class TestSameFindings:
    """The twin is the oracle."""

    @settings(max_examples=300, deadline=None)
    @given(disguised())
    def test_disguised_terms(self, text: str) -> None:
        """Terms in any disguise are found alike."""
        assert KERNEL.find([text]) == OLDER.find([text]) == TWIN.find([text])

    @settings(max_examples=200, deadline=None)
    @given(st.text(max_size=400))
    def test_any_unicode(self, text: str) -> None:
        """So is whatever Unicode holds."""
        assert KERNEL.find([text]) == OLDER.find([text]) == TWIN.find([text])

    def test_acceptance_lists(self) -> None:
        """So are the texts people wrote for acceptance, and there is much in them."""
        texts = list(acceptance())
        found = KERNEL.find(texts)
        assert found == OLDER.find(texts) == TWIN.find(texts)
        assert len(found) > 1_000

    @pytest.mark.parametrize("sample", ["mxxeur", "mmineur", "m1neur", "mi.neur", "m i n e u r", "min eur"])
    @pytest.mark.parametrize("before", [" ", "a "], ids=["codes", "words"])
    def test_wherever_it_stands(self, sample: str, before: str) -> None:
        """So is what crosses the 64 codes, or the 64 words, that are looked at together."""
        texts = [before * count + sample for count in range(71)]
        found = TWIN.find(texts)
        assert {index for index, *_ in found} == set(range(71))
        assert KERNEL.find(texts) == OLDER.find(texts) == found

    @pytest.mark.parametrize(
        "text",
        [
            "zi b s",
            "z ib s",
            "vo k s",
            "+@*+€",
            "so +@*+€ so",
            "1",
            "(1)",
            "so 1 now",
            "1 o",
            "tast'e",
            "so (tast'e), so",
        ],
    )
    def test_terms_of_few_letters(self, text: str) -> None:
        """So are terms of an operator's own: brief ones, one letter, one that signs alone could spell."""
        terms = in_order(Lexicon.of(["zib", "vok", "taste", "i", "i o"]).terms)
        ordinary = OrdinaryWords.shipped()
        found = Twin(terms, ordinary).find([text])
        assert (
            make_kernel(terms, ordinary).find([text]) == make_kernel(terms, ordinary, plain=True).find([text]) == found
        )
        assert bool(found) != ("@" in text)

    @pytest.mark.parametrize(
        "text",
        [
            "cho-co la-te-rie",
            "ch-o-co la-te-rie",
            "cho co laterie",
            "z-i-b-o v-okus",
            "zibo vokus",
            "zib ovo kus",
            "zibvok",
            "gl itz",
        ],
    )
    def test_terms_in_pieces(self, text: str) -> None:
        """So are terms cut into many words or few, long or short, with a plural or none, and two written as one."""
        listed = ["chocolaterie", "zibovokus", "glitz", "zib", "vok"]
        terms, ordinary = in_order(Lexicon.of(listed).terms), OrdinaryWords.shipped()
        found = Twin(terms, ordinary).find([text])
        assert found
        assert (
            make_kernel(terms, ordinary).find([text]) == make_kernel(terms, ordinary, plain=True).find([text]) == found
        )

    @pytest.mark.parametrize("text", ["!zorpal", "hello |zorpal you", "(zorpal", "so (zorpla)"])
    def test_sign_in_front(self, text: str) -> None:
        """So is a word that without the sign in front of it looks like another term."""
        terms, ordinary = in_order(Lexicon.of(["izorpal", "czorpal", "zorpla"]).terms), OrdinaryWords.shipped()
        found = Twin(terms, ordinary).find([text])
        assert found
        assert (
            make_kernel(terms, ordinary).find([text]) == make_kernel(terms, ordinary, plain=True).find([text]) == found
        )

    @pytest.mark.parametrize(
        "text", ["un co~lège", "no underageĲKJßL", "@ d 0 s", "hello $ . @ d o s", "0**0) @ D 0", "g a r @ e $"]
    )
    def test_what_once_differed(self, text: str) -> None:
        """So is what a fuzzer found to differ."""
        assert KERNEL.find([text]) == OLDER.find([text]) == TWIN.find([text])

    @pytest.mark.parametrize(
        "text",
        [
            "nude " * 3_000,
            "a" * 100_000,
            "n u d e s " * 500,
            "*" * 20_000,
            "\u200bnude" * 4_000,
            "(nude" * 4_000,
            "😀" * 9_000 + " nude",
        ],
        ids=["many", "long", "spelt", "signs", "hidden", "fronted", "wide"],
    )
    def test_long_texts(self, text: str) -> None:
        """Length changes nothing."""
        assert KERNEL.find([text]) == OLDER.find([text]) == TWIN.find([text])

    @pytest.mark.parametrize("place", [0, 1, 2, 3])
    def test_every_width_of_character(self, place: int) -> None:
        """Texts of one, two and four bytes a character are read in place."""
        text = ("", "é", "ж", "😀")[place] + " nvde ados"
        (first, *_) = Reader().read(text)
        assert text[first.start : first.end] == "nvde"
        assert first.disguise is Disguise.LOOKALIKE


class TestKernel:
    """What is of C only."""

    @pytest.mark.parametrize("finder", [KERNEL, OLDER], ids=["kernel", "older"])
    def test_among_others(self, finder: Finder) -> None:
        """What was looked at in vain before changes nothing: a text alone gives what it gives among others, twice."""
        texts = [*acceptance(), *(sample.text for sample in tuning_samples(SEED, 5))] * 2
        alone = [(place, *found[1:]) for place, text in enumerate(texts) for found in finder.find([text])]
        assert finder.find(texts) == alone

    def test_thousands_of_terms(self) -> None:
        """So are thousands of terms, which are laid elsewhere than a few."""
        terms, ordinary = in_order(Lexicon.of(make_terms(5_000)).terms), OrdinaryWords.shipped()
        texts = hide_terms(make_texts(400))
        found = make_kernel(terms, ordinary).find(texts)
        assert found == Twin(terms, ordinary).find(texts)
        assert len(found) > len(texts) // 20

    def test_threads(self) -> None:
        """Several threads may read at once."""
        texts = list(acceptance())
        alone = KERNEL.find(texts)
        with ThreadPoolExecutor(4) as pool:
            assert all(found == alone for found in pool.map(KERNEL.find, [texts] * 16))

    def test_text_that_is_none(self) -> None:
        """What is no text is refused by its place."""
        with pytest.raises(TypeError, match="text 1 is no str but bytes"):
            KERNEL.find(["nude", b"nude"])  # type: ignore[list-item]

    def test_failing_finding(self) -> None:
        """What fails while findings are made is raised, once, and the next reading is whole."""
        failing = iter([True, False])

        def taken_off(term: str, text: str, start: int, end: int) -> Disguise:
            if next(failing):
                raise LookupError(term)
            return Disguise.MARKS

        kernel = kernel_of(["nude"], {TAKEN_OFF: taken_off})
        with pytest.raises(LookupError, match="nude"):
            kernel.find(["nude", "NUDE"])
        assert [finding.disguise for _, finding in kernel.find(["nude", "NUDE"])] == [Disguise.PLAIN, Disguise.MARKS]

    def test_list_changed_meanwhile(self) -> None:
        """Texts that leave the list while it is read are read nevertheless, if they were held."""
        texts = ["NUDE", "nude"]

        def taken_off(term: str, text: str, start: int, end: int) -> Disguise:
            texts.clear()
            return Disguise.PLAIN

        assert [index for index, _ in kernel_of(["nude"], {TAKEN_OFF: taken_off}).find(texts)] == [0, 1]

    @pytest.mark.parametrize("wrong", [{TOLD: []}, {TOLD: [("nude", "term")]}, {FINDING: 0}, {TAKEN_OFF: None}])
    def test_wrong_terms(self, wrong: dict[int, object]) -> None:
        """What findings could not be made of is refused at once."""
        with pytest.raises(ValueError, match="does not fit the terms"):
            kernel_of(["nude"], wrong)

    def test_let_go(self) -> None:
        """A kernel that what it calls leads back to is let go with it."""

        class Asked:
            kernel: Finder | None = None

            def __call__(self, term: str, text: str, start: int, end: int) -> Disguise:
                return Disguise.PLAIN

        asked = Asked()
        asked.kernel = kernel_of(["nude"], {TAKEN_OFF: asked})
        left = ref(asked)
        del asked
        gc.collect()
        assert left() is None

    def test_twin_on_demand(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The environment can ask for the twin."""
        monkeypatch.setenv(FORCES_TWIN, "1")
        assert isinstance(make_finder(TERMS, OrdinaryWords.shipped()), Twin)
        monkeypatch.delenv(FORCES_TWIN)
        assert not isinstance(make_finder(TERMS, OrdinaryWords.shipped()), Twin)

    def test_same_disguises(self) -> None:
        """C and Python count disguises in the same order."""
        header = (Path(finders.__file__).parent / "_kernel" / "kernel.h").read_text(encoding="utf-8")
        names = header.partition("typedef enum {")[2].partition("}")[0]
        assert [name.strip().lower() for name in names.split(",")] == [str(disguise) for disguise in Disguise]

    def test_twin_alone(self) -> None:
        """The command reads the same where only the twin is."""
        found = [
            subprocess.run(
                [sys.executable, "-c", "from veilleuse.cli import main; main()", "read", "--json", "ADØS NXDES"],
                env={**os.environ, FORCES_TWIN: twin},
                capture_output=True,
                check=False,
            ).stdout
            for twin in ("", "1")
        ]
        assert found[0] == found[1]
        assert b"minor" in found[0]


class TestFolded:
    """The bytes both speak of."""

    def test_codes(self) -> None:
        """Every character of a folded text has a byte of its own."""
        assert len(set(CODES.values())) == len(CODES)
        assert max(CODES.values()) < 256
