"""The lexicon: found as written, and refused in words when it is wrong."""

from pathlib import Path

import pytest

from veilleuse.language import Language, Problem
from veilleuse.reading import Lexicon, Reader
from veilleuse.reading.lexicon import CONCEPTS


class TestShipped:
    """Ordinary words, every one of them sought."""

    def test_every_term_is_found(self) -> None:
        """Each term, written plainly, is read under its concept."""
        reader = Reader()
        lost = [
            (term.text, term.concept)
            for term in Lexicon.shipped().terms
            if term.concept != "ordinary" and term.concept not in {f.concept for f in reader.read(term.text)}
        ]
        assert lost == []

    def test_concepts(self) -> None:
        """No concept is declared for nothing."""
        assert {term.concept for term in Lexicon.shipped().terms} == CONCEPTS


class TestOperators:
    """An operator's list is private, and its faults are said in words."""

    def test_private(self, tmp_path: Path) -> None:
        """Terms loaded from a file are private."""
        path = tmp_path / "l.toml"
        path.write_text('[sexual]\nterms = ["zorglub"]\n', encoding="utf-8")
        (finding,) = Reader(lexicon=Lexicon.load([path])).read("un zorglub")
        assert finding.private

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"[colour]\nterms = ['x']", "colour"),
            (b"[sexual]\nterms = 3", "$"),
            (b"[sexual]\nwords = ['x']", "words"),
            (b"[sexual\n", "TOML"),
            (b"\xff\xfe", "UTF-8"),
            (b"[sexual]\nterms = ['']", "sexual"),
            (b"[sexual]\nterms = ['a b c d e f g h i']", "8"),
            (b"[sexual]\nterms = ['a']\nweak = ['zorglub']", "weak"),
        ],
    )
    def test_wrong(self, tmp_path: Path, content: bytes, said: str) -> None:
        """What is wrong, where, in both languages, and never the terms themselves."""
        path = tmp_path / "l.toml"
        path.write_bytes(content)
        with pytest.raises(Problem) as caught:
            Lexicon.load([path])
        for language in Language:
            sentence = caught.value.say(language)
            assert str(path) in sentence
            assert said in sentence
            assert "zorglub" not in sentence

    def test_absent(self, tmp_path: Path) -> None:
        """An absent file is named."""
        with pytest.raises(Problem, match=r"absent\.toml"):
            Lexicon.load([tmp_path / "absent.toml"])
