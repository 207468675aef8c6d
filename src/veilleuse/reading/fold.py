"""Folding: every code point becomes exactly one, so that offsets in the folded text are offsets in the raw one.

A folded text holds
- `a` to `z` and the ligatures of `LIGATURES`, whatever alphabet, style or accent they wore;
- digits and the signs that stand in for letters (`SIGNS`), kept for the reader to weigh;
- `IGNORABLE` in place of what nobody sees;
- a space in place of everything else.
"""

import re
import unicodedata

IGNORABLE = "\x00"
SIGNS = "@$!|*+€_.-'#&%"
LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬆ": "st"}

_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz") | frozenset(LIGATURES)
_KEPT = _LETTERS | frozenset("0123456789") | frozenset(SIGNS)
# What a reader takes them for; NFKC and character names settle the rest. Visual neighbours only, after the
# Unicode confusables (UTS 39), where the glyph reads as that letter in a line of Latin text.
_LOOKALIKES = {
    ord(glyph): letter
    for letter, glyphs in {
        "a": "аαʌꓮ", "b": "вβьъƅꓐ", "c": "сϲ©ꓚ¢", "d": "ԁđðδꓓ", "e": "еєэεξəꓰ", "f": "ƒꓝ", "g": "ɡԍցꓖ",
        "h": "нһħꓧ",
        "i": "іїıιɪ¡ӏ‖ꓲ", "j": "јյꓙ", "k": "кκꓗ", "l": "łⅼℓǀ∣ꓡ£", "m": "мꓟ", "n": "ипηոռꓠ", "o": "оοσøʘ°ꓳ", "p": "рρꓑ",
        "q": "ԛզ", "r": "гяɾ®ꓣ", "s": "ѕςꓢ§", "t": "тτŧ†ꓔ", "u": "цυսʊµꓴ", "v": "νѵꓦ",
        "w": "шщωԝꓪ", "x": "хχ×ꓫ", "y": "уγү¥ꓬ",
        "z": "ꓜ", "'": "’‘ʼ´",
    }.items()
    for glyph in glyphs
}  # fmt: skip
# Names such as LATIN LETTER SMALL CAPITAL N, NEGATIVE SQUARED LATIN CAPITAL LETTER N, REGIONAL INDICATOR
# SYMBOL LETTER N, LATIN SMALL LETTER N WITH STROKE, PARENTHESIZED LATIN SMALL LETTER N, FULLWIDTH …
_NAMED = re.compile(r"\b(?:LATIN|SYMBOL)\b.*\bLETTER (?:SMALL CAPITAL |TURNED |REVERSED )?([A-Z])(?: WITH .*)?$")
_HIDDEN = {"Cf", "Mn", "Me", "Cs", "Cc"}
# Invisible in print though their category says otherwise: Hangul fillers, the Braille blank, code points that Unicode
# keeps for invisible use; and what stands in place of half a character, which is as invisible as the half.
_BLANK = frozenset(
    "\u115f\u1160\u3164\uffa0\u2800\u2065\ufff0\ufff1\ufff2\ufff3\ufff4\ufff5\ufff6\ufff7\ufff8\ufffc\ufffd"
)
_KEPT_INVISIBLE = range(0xE0000, 0xE1000)


class _Table(dict[int, str]):
    """Filled as code points are met: at most one entry for each in Unicode."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_point(chr(point))
        return folded


def _fold_point(character: str) -> str:
    if character in "\t\n\r\v\f":
        return " "
    if character in _BLANK or ord(character) in _KEPT_INVISIBLE or unicodedata.category(character) in _HIDDEN:
        return IGNORABLE
    for candidate in _candidates(character):
        if candidate in _KEPT:
            return candidate
    return " "


def _candidates(character: str) -> list[str]:
    lowered = unicodedata.normalize("NFKC", character).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    found = [character.lower(), character.translate(_LOOKALIKES), lowered, bare, bare.translate(_LOOKALIKES)]
    if named := _NAMED.search(unicodedata.name(character, "")):
        found.append(named[1].lower())
    return found


_TABLE = _Table()


def fold(text: str) -> str:
    """The folded text, as long as the raw one."""
    return text.translate(_TABLE)


def fold_term(term: str) -> str:
    """A term as the folded text would write it, with nothing invisible, ligatures opened, spaces single."""
    folded = fold(term).replace(IGNORABLE, "")
    for ligature, letters in LIGATURES.items():
        folded = folded.replace(ligature, letters)
    return " ".join(folded.split())
