"""Folding: one code point for one, whatever the text."""

import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_samples import ANYTHING, talk

from veilleuse.reading.fold import HIDDEN, LIGATURES, SIGNS, fold, fold_term, is_hidden

KEPT = frozenset("abcdefghijklmnopqrstuvwxyz0123456789 " + SIGNS + HIDDEN) | frozenset(LIGATURES)


class TestFold:
    """Offsets in the folded text are offsets in the raw one."""

    def test_every_script(self) -> None:
        """Each code point of the planes people write in, and some of the others, becomes one that the reader knows."""
        everything = "".join(map(chr, [*range(0x1FFFF), *range(0x1FFFF, sys.maxunicode + 1, 97)]))
        folded = fold(everything)
        assert len(folded) == len(everything)
        assert frozenset(folded) <= KEPT

    @settings(deadline=None, max_examples=100)
    @given(st.one_of(talk(), st.text(st.characters(), max_size=200)))
    def test_length(self, text: str) -> None:
        """A text folds to as many code points as it has, each by itself, and folding again changes nothing."""
        folded = fold(text)
        assert len(folded) == len(text)
        assert folded == "".join(map(fold, text))
        assert fold(folded) == folded

    @pytest.mark.parametrize(
        ("raw", "folded"),
        [
            ("ADØS", "ados"),
            ("Ñúdé", "nude"),
            ("ｎｕｄｅ", "nude"),
            ("𝓷𝓾𝓭𝓮", "nude"),
            ("🅝🅤🅓🅔", "nude"),
            ("🇳🇺🇩🇪", "nude"),
            ("ᴀᴅᴏ", "ado"),
            ("аԁо", "ado"),
            ("œuf", "œuf"),
            ("l’ado", "l'ado"),
            ("a\u00a0b\u202fc\td\ne", "a b c d e"),
            ("中文", "  "),
            ("gar[en garՇen gar⊳en", "gar(en gar#en gar#en"),
            ("几ㄩᗪ乇丂 ꈤꀎꀸꍟꌗ ภย๔єร", "nudes nudes nudes"),
            ("ղմժҽՏ ᏁᏬᎴᏋᏕ ꪀꪊᦔꫀ𝘴", "nudes nudes nudes"),
            ("ክሁዕቿነ 𐌍𐌵𐌃𐌄𐌔 ᚾᚢᛞᛖᛊ", "nudes nudes nudes"),
        ],
    )
    def test_what_a_reader_takes_them_for(self, raw: str, folded: str) -> None:
        """Accents, styles, other alphabets and odd spaces give way to plain letters."""
        assert fold(raw) == folded

    @pytest.mark.parametrize(
        "unseen",
        [
            *"\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u061c\u180e\u202e\u2066\u0301\u20e3\u115f\u3164\uffa0\u2800",
            *"\x00\x07\x1b\u2065\ufff0\ufff8\U000e0001\U000e0061\U000e0fff\ud800\udfff",
            "\ufffc",
            "\ufffd",
        ],
        ids=lambda character: f"U+{ord(character):04X}",
    )
    def test_unseen(self, unseen: str) -> None:
        """What nobody sees, halves of characters and what damage leaves in their place come between no letters."""
        assert fold(f"nu{unseen}de") == f"nu{HIDDEN}de"

    def test_everything_unicode_calls_invisible(self) -> None:
        """No format character, control or surrogate is taken for a letter or a space, but those that break lines."""
        hidden = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) in ("Cf", "Cs", "Cc", "Mn")]
        assert {fold(c) for c in hidden if c not in "\t\n\r\v\f"} == {HIDDEN}

    @settings(deadline=None, max_examples=100)
    @given(ANYTHING)
    def test_terms(self, text: str) -> None:
        """A folded term holds nothing unseen, no ligature, and no space at either end or beside another."""
        term = fold_term(text)
        assert HIDDEN not in term
        assert not frozenset(term) & frozenset(LIGATURES)
        assert term == " ".join(term.split())


class TestHidden:
    """What nobody sees."""

    @pytest.mark.parametrize("character", ["\u200d", "\u200b", "\u115f", "\u1160", "\u3164", "\uffa0"])
    def test_hidden(self, character: str) -> None:
        """Joiners and spaces without width; and letters that have no shape."""
        assert is_hidden(character)

    @pytest.mark.parametrize("character", ["a", "é", "\u0301", " ", "*", "ж"])
    def test_seen(self, character: str) -> None:
        """Marks put on letters are seen, and so are separators."""
        assert not is_hidden(character)
