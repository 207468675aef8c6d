"""The disguise generator: what it hides, how, and what it keeps from whoever tunes the reader."""

import ast
import tomllib
import unicodedata
from collections import Counter
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from random import Random
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import veilleuse
from veilleuse.evaluation.alarms import Literal
from veilleuse.evaluation.disguises import (
    BY_NAME,
    CLASSES,
    DisguiseClass,
    Half,
    Intensity,
    Sample,
    all_terms,
    glyphs,
    neutral_terms,
    samples,
    stacked_samples,
    tuning_samples,
)
from veilleuse.evaluation.disguises.classes import Stage
from veilleuse.evaluation.disguises.form import Draw, Form, bare
from veilleuse.evaluation.disguises.glyphs import Table
from veilleuse.evaluation.disguises.vocabulary import vocabulary
from veilleuse.language import Language
from veilleuse.reading.ordinary import OrdinaryWords

PACKAGE = Path(veilleuse.__file__).parent
TOOLS = PACKAGE.parents[1] / "tools"
TABLES = {name: table for name, table in vars(glyphs).items() if isinstance(table, Table)}
DRESSED = {
    "leet_digits": "LEET_DIGITS", "leet_signs": "LEET_SIGNS", "accented": "ACCENTED", "full_width": "FULL_WIDTH",
    "mathematical": "MATHEMATICAL", "circled": "CIRCLED", "parenthesized": "PARENTHESIZED", "squared": "SQUARED",
    "regional": "REGIONAL", "small_capitals": "SMALL_CAPITAL", "raised": "RAISED", "phonetic_letters": "PHONETIC",
    "cyrillic": "CYRILLIC", "greek": "GREEK", "other_scripts": "OTHER_SCRIPTS",
}  # fmt: skip
SINGLE = list(samples(seed=7, each=36))
BY_CLASS = {kind.name: [s for s in SINGLE if s.classes == (kind.name,)] for kind in CLASSES}
NAMES = pytest.mark.parametrize("name", [kind.name for kind in CLASSES])


def form(sample: Sample) -> str:
    """The disguised word as it stands."""
    return sample.text[sample.start : sample.end]


def one_edit_away(word: str) -> set[str]:
    """The word's own forms, and it with a letter left out, blanked, or exchanged with the next."""
    edited = {word}
    for i in range(len(word)):
        edited |= {word[:i] + word[i + 1 :], word[:i] + "*" + word[i + 1 :]}
        edited.add(word[:i] + word[i + 1 : i + 2] + word[i] + word[i + 2 :])
    return edited


def imported(path: Path) -> set[tuple[str, str]]:
    """What a module imports: (module, name), the name empty for a module as a whole."""
    found: set[tuple[str, str]] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {(node.module or "", alias.name) for alias in node.names}
    return found


class TestWords:
    """What is hidden, and in what."""

    def test_terms(self) -> None:
        """There are 400 neutral words of 4 to 12 letters, and ten mild swear words in each language."""
        assert len(neutral_terms()) == 400
        assert all(4 <= len(term) <= 12 and term.isalpha() for term in neutral_terms())
        assert all(len(vocabulary(language).mild) >= 10 for language in Language)
        assert len({bare(term) for term in all_terms()}) == len(all_terms())

    def test_no_two_terms_share_a_disguise(self) -> None:
        """No edit of one term makes what an edit of another makes, so that a sample hides one term only."""
        makers: dict[str, str] = {}
        for term in map(bare, all_terms()):
            for edited in one_edit_away(term):
                assert makers.setdefault(edited, term) == term

    def test_no_term_inside_another(self) -> None:
        """A term found in a sample is the one it hides."""
        terms = [bare(term) for term in all_terms()]
        assert not [(a, b) for a in terms for b in terms if a != b and a in b]

    @pytest.mark.parametrize("language", list(Language))
    def test_carriers(self, language: Language) -> None:
        """Each carrier has one place, and no term of its own; some are a hash, a bracket, an emoji, nothing at all."""
        carriers = vocabulary(language).carriers
        assert len(carriers) >= 4
        assert all(carrier.count("{}") == 1 for carrier in carriers)
        literal = Literal(all_terms())
        assert not any(literal.held_by(text) for text in (*carriers, *vocabulary(language).neighbours))
        assert "{}" in carriers
        assert any("#{}" in carrier for carrier in carriers)


class TestTables:
    """Glyphs, each in one half of its table."""

    @pytest.mark.parametrize("name", TABLES)
    def test_halves(self, name: str) -> None:
        """The halves share no glyph, neither is empty, and each letter has single code points."""
        table = TABLES[name]
        tuning = {glyph for drawn in table.tuning.values() for glyph in drawn}
        held_out = {glyph for drawn in table.held_out.values() for glyph in drawn}
        assert tuning
        assert held_out
        assert tuning.isdisjoint(held_out)
        assert all(len(glyph) == 1 for glyph in tuning | held_out)
        assert abs(len(tuning) - len(held_out)) <= 2 + 0.2 * len(tuning | held_out)
        letters = table.tuning.keys() | table.held_out.keys()
        assert all(len(letter) == 1 and letter.isascii() and letter.isalpha() for letter in letters)

    @pytest.mark.parametrize("name", ["FULL_WIDTH", "MATHEMATICAL", "CIRCLED", "SQUARED", "RAISED", "ACCENTED"])
    def test_read_as_their_letter(self, name: str) -> None:
        """What Unicode itself decomposes, it decomposes to the letter of the table."""
        for letter, drawn in TABLES[name].half(Half.HELD_OUT).items():
            for glyph in drawn:
                plain = bare(unicodedata.normalize("NFKD", glyph))
                assert not plain.isascii() or not plain.isalpha() or plain == letter

    def test_mathematical_is_whole(self) -> None:
        """Thirteen styles in two cases, with the letters that the block leaves to older ones."""
        table = glyphs.MATHEMATICAL
        assert {len(table.tuning[letter]) + len(table.held_out[letter]) for letter in table.tuning} >= {26}
        assert table.tuning.keys() == table.held_out.keys() == set("abcdefghijklmnopqrstuvwxyz")


class TestClasses:
    """The ways to disguise."""

    def test_enough(self) -> None:
        """There are more than 28, each of its own name."""
        assert len(CLASSES) >= 28
        assert len(BY_NAME) == len(CLASSES)

    def test_held_out(self) -> None:
        """About a quarter is held out whole, some of each stage."""
        held_out = [kind for kind in CLASSES if kind.held_out]
        assert 0.2 <= len(held_out) / len(CLASSES) <= 0.3
        assert {kind.stage for kind in held_out} == set(Stage)

    @NAMES
    def test_has_words(self, name: str) -> None:
        """People are told of each class in both languages."""
        catalogue = files("veilleuse") / "data" / "messages" / "evaluate.toml"
        said = tomllib.loads(catalogue.read_text(encoding="utf-8"))[f"class_{name}"]
        assert said["en"] != said["fr"] != ""

    @given(
        kind=st.sampled_from(CLASSES),
        word=st.text("abcdefghijklmnopqrstuvwxyzéèçüAEZ", min_size=1, max_size=14),
        intensity=st.sampled_from(Intensity),
        language=st.sampled_from(Language),
        half=st.sampled_from(Half),
        seed=st.integers(0, 99),
    )
    def test_any_word(
        self, kind: DisguiseClass, word: str, intensity: Intensity, language: Language, half: Half, seed: int
    ) -> None:
        """Whatever the word, it wears the disguise, alike every time, or is said to be unable to."""
        draws = (Draw(Random(seed), intensity, language, half) for _ in range(2))  # noqa: S311 - the same each time
        first, again = (kind.wear(Form.of(word), draw) for draw in draws)
        assert first == again
        assert first is None or first.word


class TestSamples:
    """Disguised messages."""

    def test_same_seed_same_samples(self) -> None:
        """A seed makes the same samples, another makes others."""
        assert list(samples(seed=7, each=36)) == SINGLE
        assert list(samples(seed=8, each=2)) != list(samples(seed=7, each=2))
        assert list(stacked_samples(7, 20)) == list(stacked_samples(7, 20))

    @NAMES
    def test_each_class(self, name: str) -> None:
        """As many as asked for, in every intensity; half of a halved class holds held-out glyphs."""
        of = BY_CLASS[name]
        assert Counter(sample.intensity for sample in of) == dict.fromkeys(Intensity, 12)
        if BY_NAME[name].halved:
            assert Counter(sample.half for sample in of) == dict.fromkeys(Half, 18)
        kept = BY_NAME[name].held_out
        assert all(sample.held_out == (kept or sample.half is Half.HELD_OUT) for sample in of)

    def test_places(self) -> None:
        """Each names the place of its form, and the carrier stands around it."""
        for sample in SINGLE:
            assert 0 <= sample.start < sample.end <= len(sample.text)
            around = sample.text[: sample.start], sample.text[sample.end :]
            assert any(
                around[0].startswith(before) and around[1].endswith(after)
                for language in Language
                for before, _, after in (carrier.partition("{}") for carrier in vocabulary(language).carriers)
            )

    def test_disguised(self) -> None:
        """Nothing is left as it was, but for what stands around it."""
        plain = {term.casefold() for term in all_terms()}
        worn_outside = {"joined", "bidirectional", "mixed_case"}
        for sample in SINGLE:
            if worn_outside.isdisjoint(sample.classes):
                assert form(sample) not in plain

    def test_ordinary(self) -> None:
        """Forms that are ordinary words are marked; those that only dress a word up are not."""
        marked = [sample for sample in SINGLE if sample.ordinary]
        assert marked
        for sample in marked:
            assert all(piece in OrdinaryWords.shipped() for piece in bare(form(sample)).split(" "))
            assert BY_NAME[sample.classes[0]].stage is not Stage.GLYPHS

    def test_stacked(self) -> None:
        """Two classes of different stages, the lower underneath, and many pairs."""
        stacked = list(stacked_samples(7, 300))
        assert len({sample.classes for sample in stacked}) == 300
        for sample in stacked:
            under, over = (BY_NAME[name] for name in sample.classes)
            assert under.stage < over.stage


class TestForms:
    """Each disguise is what its name says: taken off, it leaves the term."""

    @pytest.mark.parametrize("name", ["full_width", "mathematical", "mixed_case", "heaped"])
    def test_dressed_up(self, name: str) -> None:
        """Normalisation undresses these."""
        for sample in BY_CLASS[name]:
            assert bare(form(sample)) == bare(sample.term)

    @pytest.mark.parametrize(
        "name", ["zero_width", "other_format", "spaced", "vertical", "dotted", "split", "markdown"]
    )
    def test_put_between(self, name: str) -> None:
        """What stands between the letters is none."""
        for sample in BY_CLASS[name]:
            letters = [c for c in bare(form(sample)) if c.isalpha() and c.isascii()]
            assert "".join(letters) == bare(sample.term)

    def test_emoji_between(self) -> None:
        """Emoji between letters are all that is added."""
        for sample in BY_CLASS["emoji_between"]:
            assert "".join(c for c in bare(form(sample)) if c.isalpha()) == bare(sample.term)

    def test_percent(self) -> None:
        """An address with its bytes decoded."""
        for sample in BY_CLASS["percent"]:
            assert bare(unquote(form(sample))) == bare(sample.term)

    def test_joined(self) -> None:
        """The word itself is whole; a neighbour stands against it."""
        for sample in BY_CLASS["joined"]:
            assert bare(form(sample)) == bare(sample.term)
            beside = sample.text[: sample.start][-1:] + sample.text[sample.end :][:1]
            assert any(character.isalpha() for character in beside)

    def test_dropped(self) -> None:
        """The first letter stays, one is gone, or two of a long word."""
        for sample in BY_CLASS["dropped"]:
            said, meant = bare(form(sample)), bare(sample.term)
            letters = iter(meant)
            assert said[0] == meant[0]
            assert all(letter in letters for letter in said)
            assert len(meant) - len(said) in ((1, 2) if len(meant) >= 8 else (1,))

    def test_swapped(self) -> None:
        """The same letters in another order, each at most one place away."""
        for sample in BY_CLASS["swapped"]:
            said, meant = bare(form(sample)), bare(sample.term)
            assert said != meant
            assert Counter(said) == Counter(meant)
            places = [place for place, (a, b) in enumerate(zip(said, meant, strict=True)) if a != b]
            assert len(places) in (2, 4)
            assert all(b - a == 1 for a, b in list(pairwise(places))[::2])

    def test_reversed(self) -> None:
        """Read from its end, it is the term."""
        for sample in BY_CLASS["reversed"]:
            assert bare(form(sample))[::-1] == bare(sample.term)

    @pytest.mark.parametrize("name", ["masked", "emoji_masked"])
    def test_masked(self, name: str) -> None:
        """The ends are shown, and half of the word at the least."""
        for sample in BY_CLASS[name]:
            said, meant = bare(form(sample)), bare(sample.term)
            assert len(said) == len(meant)
            assert said[0] + said[-1] == meant[0] + meant[-1]
            hidden = sum(a != b for a, b in zip(said, meant, strict=True))
            assert 1 <= hidden <= len(meant) // 2

    def test_vowels(self) -> None:
        """Dropping vowels leaves the consonants; replacing one leaves them too, and as many letters."""
        for sample in (*BY_CLASS["vowels_dropped"], *BY_CLASS["vowel_replaced"]):
            said, meant = (
                bare(word).translate(dict.fromkeys(map(ord, "aeiouy"))) for word in (form(sample), sample.term)
            )
            assert said == meant

    def test_drawn_out(self) -> None:
        """Letters are held longer, none is lost."""
        for sample in BY_CLASS["drawn_out"]:
            letters = iter(bare(form(sample)))
            assert all(letter in letters for letter in bare(sample.term))
            assert len(form(sample)) > len(sample.term)

    def test_inflected(self) -> None:
        """The stem stays."""
        for sample in BY_CLASS["inflected"]:
            assert bare(form(sample)).startswith(bare(sample.term)[:-1])
            assert not sample.ordinary

    @pytest.mark.parametrize("name", DRESSED)
    def test_letters_in_glyphs(self, name: str) -> None:
        """Each cell is a letter of the term or a glyph that reads as it."""
        drawn = TABLES[DRESSED[name]].half(Half.HELD_OUT)
        tuning = TABLES[DRESSED[name]].tuning
        for sample in BY_CLASS[name]:
            cells = form(sample).replace("\u200b", "").replace(" ", "") if name == "regional" else form(sample)
            for cell, letter in zip(cells, bare(sample.term), strict=True):
                assert bare(cell) == letter or cell in drawn[letter] or cell in tuning[letter]


class TestKeptFromTuning:
    """What tunes the reader sees neither a held-out class nor a held-out glyph."""

    def test_tuning_samples(self) -> None:
        """They hold none of either."""
        for sample in tuning_samples(seed=7, each=36):
            (name,) = sample.classes
            assert not sample.held_out
            assert not BY_NAME[name].held_out
            if name in DRESSED:
                kept = TABLES[DRESSED[name]].held_out
                letters = {glyph for drawn in kept.values() for glyph in drawn if not glyph.isascii()}
                assert letters.isdisjoint(unicodedata.normalize("NFC", form(sample))) or name == "accented"

    @pytest.mark.parametrize("path", sorted((PACKAGE / "reading").rglob("*.py")), ids=lambda path: path.name)
    def test_reading_knows_nothing_of_it(self, path: Path) -> None:
        """Reading imports nothing of evaluation."""
        assert not [module for module, _ in imported(path) if module.startswith("veilleuse.evaluation")]

    @pytest.mark.parametrize("path", sorted(TOOLS.glob("*.py")), ids=lambda path: path.name)
    def test_tools_know_what_tunes(self, path: Path) -> None:
        """A tool takes from the generator the terms and what may be tuned on, and no more."""
        allowed = {"EACH", "SEED", "Intensity", "Sample", "all_terms", "neutral_terms", "tuning_samples"}
        for module, name in imported(path):
            if module.startswith("veilleuse.evaluation.disguises"):
                assert module == "veilleuse.evaluation.disguises"
                assert name in allowed
