"""Disguises switched off or weighed less, by an operator's lexicon or by a caller."""

from pathlib import Path

import pytest

from veilleuse.language import Language, Problem
from veilleuse.reading import Disguise, Lexicon, Reader

WORN = "masion m4ison maion maison"  # swapped, look-alike, dropped, plain
# What folding takes off is named after places are settled.
HIDES = pytest.mark.xfail(strict=True, reason="finders take what is invisible for plain")


def switches(folder: Path, content: str) -> Path:
    """A lexicon file of this content."""
    path = folder / "switches.toml"
    path.write_text(content, encoding="utf-8")
    return path


def found(reader: Reader, text: str = WORN) -> list[tuple[str, float]]:
    """The disguise of each finding, and its weight."""
    return [(str(finding.disguise), finding.weight) for finding in reader.read(text)]


class TestWeights:
    """0 switches a disguise off, a weight below 1 goes into that of its findings."""

    def test_in_full_unless_told(self) -> None:
        """Every disguise weighs 1 where nobody weighs it."""
        assert found(Reader(terms=["maison"])) == [("swapped", 1), ("lookalike", 1), ("dropped", 1), ("plain", 1)]

    @pytest.mark.parametrize("disguise", [Disguise.SWAPPED, Disguise.LOOKALIKE, Disguise.DROPPED])
    def test_off(self, disguise: Disguise) -> None:
        """What is switched off is not found, and nothing else is lost."""
        reader = Reader(terms=["maison"], disguises={disguise: 0.0})
        assert found(reader) == [pair for pair in found(Reader(terms=["maison"])) if pair[0] != disguise]

    def test_weighed(self) -> None:
        """A finding weighs its term times its disguise, and says that the disguise is doubted."""
        lexicon = Lexicon.shipped()
        (whole,) = Reader(lexicon=lexicon).read("nüe")
        (half,) = Reader(lexicon=lexicon, disguises={Disguise.MARKS: 0.5}).read("nüe")
        assert (whole.weight, whole.doubted) == (0.5, False)
        assert (half.weight, half.doubted) == (0.25, True)

    def test_caller_over_lexicon(self) -> None:
        """The lexicon's weights hold for what the caller does not weigh."""
        lexicon = Lexicon(Lexicon.of(["maison"]).terms, {Disguise.SWAPPED: 0.0, Disguise.DROPPED: 0.0})
        reader = Reader(lexicon=lexicon, disguises={Disguise.DROPPED: 1.0})
        assert found(reader) == [("lookalike", 1), ("dropped", 1), ("plain", 1)]

    @pytest.mark.parametrize(
        ("terms", "text", "off", "left"),
        [
            (["ado", "adolescent"], "ado lescent", Disguise.SPLIT, "ado"),
            pytest.param(["chaise", "chaise longue"], "chaise lon\u200bgue", Disguise.INVISIBLE, "chaise", marks=HIDES),
            (["table", "tobale"], "tbale", Disguise.DROPPED, "table"),
        ],
    )
    @pytest.mark.parametrize("twin", ["", "1"], ids=["fastest", "twin"])
    def test_hides_nothing(
        self, terms: list[str], text: str, off: Disguise, left: str, twin: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A disguise that is off hides no other reading of its place."""
        monkeypatch.setenv("VEILLEUSE_TWIN", twin)
        assert [f.term for f in Reader(terms=terms, disguises={off: 0.0}).read(text)] == [left]


class TestFiles:
    """An operator weighs disguises in the lexicon."""

    def test_without_terms(self, tmp_path: Path) -> None:
        """A file of weights alone will do: it applies to the shipped terms."""
        lexicon = Lexicon.shipped() + Lexicon.load([switches(tmp_path, "[disguises]\nmasked = 0\nlookalike = 0.5\n")])
        assert [(f.term, f.weight) for f in Reader(lexicon=lexicon).read("ADØS NXDES")] == [("ado", 0.5)]

    def test_beside_terms(self, tmp_path: Path) -> None:
        """Terms and weights stand in one file."""
        path = switches(tmp_path, '[sexual]\nterms = ["zorglub"]\n[disguises]\nlookalike = 0\n')
        assert [f.term for f in Reader(lexicon=Lexicon.load([path])).read("z0rglub zorglub")] == ["zorglub"]

    def test_the_last_file_holds(self, tmp_path: Path) -> None:
        """Of two files that weigh one disguise, the last named is heard."""
        (tmp_path / "a").mkdir()
        paths = [switches(tmp_path / "a", "[disguises]\nmasked = 0"), switches(tmp_path, "[disguises]\nmasked = 0.25")]
        assert Lexicon.load(paths).disguises == {Disguise.MASKED: 0.25}

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            ("droped = 0", ["droped", "dropped", "reversed"]),
            ("zzz = 0", ["zzz", "marks", "swapped"]),
            ("plain = 0", ["plain", "masked"]),
            ("dropped = 1.5", ["dropped", "1.5", "0", "1"]),
            ("dropped = -1", ["dropped", "-1"]),
            ("dropped = nan", ["dropped", "nan"]),
            ("dropped = true", ["dropped", "True"]),
            ('dropped = "off"', ["dropped", "off"]),
        ],
    )
    def test_wrong(self, tmp_path: Path, content: str, said: list[str]) -> None:
        """What is no disguise is answered with those there are, what is no weight with its bounds."""
        path = switches(tmp_path, f"[disguises]\n{content}\n")
        with pytest.raises(Problem) as caught:
            Lexicon.load([path])
        for language in Language:
            sentence = caught.value.say(language)
            assert all(word in sentence for word in [str(path), "[disguises]", *said])

    @pytest.mark.parametrize(("name", "asked"), [("droped", True), ("zzz", False)])
    def test_near(self, name: str, asked: bool) -> None:
        """Only where a disguise has such a name is one proposed."""
        with pytest.raises(Problem) as caught:
            Reader(terms=["maison"], disguises={name: 0.0})  # type: ignore[dict-item]
        assert ("Did you mean" in str(caught.value)) == asked

    def test_no_table(self, tmp_path: Path) -> None:
        """Weights that are no table are asked for as one."""
        with pytest.raises(Problem, match=r"\[disguises\]"):
            Lexicon.load([switches(tmp_path, "disguises = 0\n")])

    def test_caller(self) -> None:
        """A caller's weights are held to the same bounds."""
        with pytest.raises(Problem, match="cannot weigh 2"):
            Reader(terms=["maison"], disguises={Disguise.DROPPED: 2})
