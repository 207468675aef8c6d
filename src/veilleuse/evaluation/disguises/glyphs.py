"""Glyphs that read as Latin letters, table by table, each in two halves: one to tune with, one held out.

Most tables are read off the names of the Unicode Character Database, within blocks that are complete, so that every
version of Python has the same. The others are drawn by hand, after the sources named beside them.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from string import ascii_lowercase
from typing import NamedTuple

from veilleuse.evaluation.disguises.form import Half

Glyphs = Mapping[str, tuple[str, ...]]


class Table(NamedTuple):
    """For each letter, the glyphs that read as it, in two halves that share none.

    A letter with an even number of glyphs has as many in each half; the odd ones go to either in turn. A glyph that
    reads as two letters is in one half for both.
    """

    tuning: Glyphs
    held_out: Glyphs

    @classmethod
    def of(cls, glyphs: Mapping[str, Sequence[str]]) -> "Table":
        """The table of these glyphs, halved."""
        halves = Half.TUNING, Half.HELD_OUT
        half_of: dict[str, Half] = {}
        for place, letter in enumerate(sorted(glyphs)):
            new = [glyph for glyph in dict.fromkeys(glyphs[letter]) if glyph not in half_of]
            half_of.update((glyph, halves[(place + i) % 2]) for i, glyph in enumerate(new))
        tuning, held_out = (
            {letter: of for letter, drawn in glyphs.items() if (of := tuple(g for g in drawn if half_of[g] is half))}
            for half in halves
        )
        return cls(tuning, held_out)

    def half(self, half: Half) -> Glyphs:
        """The glyphs to draw from. With the held-out half goes the other, where a letter has nothing else."""
        return self.tuning if half is Half.TUNING else {**self.tuning, **self.held_out}


def _named(pattern: str, *blocks: tuple[int, int]) -> dict[str, list[str]]:
    """By letter, the characters of the blocks whose name matches; the pattern's one group is the letter."""
    matching = re.compile(pattern)
    glyphs: dict[str, list[str]] = {}
    for first, last in blocks:
        for point in range(first, last + 1):
            if match := matching.fullmatch(unicodedata.name(chr(point), "")):
                glyphs.setdefault(match[1].lower(), []).append(chr(point))
    return glyphs


def _drawn(rows: str) -> dict[str, list[str]]:
    """By letter, the glyphs of a hand-drawn row: the letter, then what reads as it."""
    return {row[0]: list(row[1:]) for row in rows.split()}


def _together(*tables: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {letter: [glyph for table in tables for glyph in table.get(letter, ())] for letter in ascii_lowercase}


def _mathematical() -> dict[str, list[str]]:
    """Style by style, so that a half holds whole styles; what the block leaves out is among letterlike symbols."""
    glyphs: dict[str, list[str]] = {}
    for point in (*range(0x1D400, 0x1D6A4), *range(0x210A, 0x2135)):
        character = chr(point)
        letter = unicodedata.normalize("NFKC", character)
        if unicodedata.name(character, "").startswith(("MATHEMATICAL ", "SCRIPT ", "BLACK-LETTER ", "DOUBLE-STRUCK ")):
            glyphs.setdefault(letter.lower(), []).append(character)
    return {letter: drawn for letter, drawn in glyphs.items() if letter in ascii_lowercase}


_LATIN_SUPPLEMENTS = (0x00C0, 0x024F), (0x1E00, 0x1EFF)
_IPA, _PHONETIC = (0x0250, 0x02AF), (0x1D00, 0x1DBF)
_ENCLOSED, _ENCLOSED_SUPPLEMENT = (0x249C, 0x24E9), (0x1F110, 0x1F189)

# With marks that normalisation takes off, and with strokes and hooks that it does not.
ACCENTED = Table.of(_named(r"LATIN (?:SMALL|CAPITAL) LETTER ([A-Z]) WITH (?!SMALL LETTER).*", *_LATIN_SUPPLEMENTS))
FULL_WIDTH = Table.of(_named(r"FULLWIDTH LATIN (?:SMALL|CAPITAL) LETTER ([A-Z])", (0xFF21, 0xFF5A)))
MATHEMATICAL = Table.of(_mathematical())
CIRCLED = Table.of(
    _named(r"(?:NEGATIVE )?CIRCLED LATIN (?:SMALL|CAPITAL) LETTER ([A-Z])", _ENCLOSED, _ENCLOSED_SUPPLEMENT)
)
PARENTHESIZED = Table.of(
    _named(r"PARENTHESIZED LATIN (?:SMALL|CAPITAL) LETTER ([A-Z])", _ENCLOSED, _ENCLOSED_SUPPLEMENT)
)
SQUARED = Table.of(_named(r"(?:NEGATIVE )?SQUARED LATIN CAPITAL LETTER ([A-Z])", _ENCLOSED_SUPPLEMENT))
REGIONAL = Table.of(_named(r"REGIONAL INDICATOR SYMBOL LETTER ([A-Z])", (0x1F1E6, 0x1F1FF)))
SMALL_CAPITAL = Table.of(
    _named(r"LATIN LETTER SMALL CAPITAL ([A-Z])", _IPA, (0x1D00, 0x1D25), (0xA730, 0xA731), (0xA7AF, 0xA7AF))
)
RAISED = Table.of(
    _named(
        r"(?:MODIFIER LETTER (?:SMALL|CAPITAL)|SUPERSCRIPT LATIN SMALL LETTER|LATIN SUBSCRIPT SMALL LETTER) ([A-Z])",
        (0x02B0, 0x02E3), _PHONETIC, (0x2071, 0x209C), (0x2C7C, 0x2C7D),
    )
)  # fmt: skip
PHONETIC = Table.of(
    _together(
        _named(r"LATIN SMALL LETTER ([A-Z]) WITH .*", _IPA, _PHONETIC),
        # Single-script look-alikes: Unicode confusables (UTS 39), Latin to Latin.
        _drawn("aɑ bƅ eɛ fƒ gɡ iıɩ oɵ sƽʃ uʊ vʌ wɯ yʏɣ zʒ lǀ"),
    )
)
# Turned and reversed letters of the UCD; by hand, those that a turned page makes of other letters.
TURNED = Table.of(_named(r"LATIN SMALL LETTER TURNED ([A-Z])", _IPA, _PHONETIC))
UPSIDE_DOWN = dict(
    zip(ascii_lowercase, "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz", strict=True),
)
# By hand, after the Unicode confusables (UTS 39) and the visual fashion of writing Latin in Cyrillic capitals.
CYRILLIC = Table.of(
    _drawn(
        "aаАд bЬВЪьв cсС dԁ eеЕєЁё gԌԍ hНһнЋ iіІїЇ jјЈ kКкќЌ mМм nпИийп oоОӨө pрР qԛԚ rгяЯГ sѕЅ tТт uцџЏЦ vѵѴ"
        " wшщԝШЩ xхХжЖ yуУүҮч"
    )
)
# The same, for Greek.
GREEK = Table.of(
    _drawn("aαΑΛλ bβΒ cϲϹς dδ eεΕξΣ fϜ hΗ iιΙί jϳ kκΚ lΙ mΜ nηΝΠπ oοΟσθΘ pρΡ rΓ sς tτΤ uυμ vνυ wωψώ xχΧ yγΥ zΖζ")
)
# Cherokee, Armenian, Lisu, Coptic and Georgian letters that the Unicode confusables take for Latin ones.
OTHER_SCRIPTS = Table.of(
    _drawn(
        "aᎪꓮ bᏴꓐ cᏟꓚⲤⲥ dᎠꓓ eᎬꓰ fꓝ gᏀꓖց hᎻꓧհⲎ iᎥꓲ jᎫꓙ kᏦꓗⲔ lᏞꓡ mᎷꓟⲘ nոռꓠⲚ oՕօꓳⲞⲟჿ pᏢꓑⲢⲣ qզ rᎡꓣ sᏚՏꓢ tᎢꓔⲦ"
        " uՍսꓴ vᏙꓦ wᎳꓪա xꓫⲬⲭ yᎩꓬⲨ zᏃꓜⲌ"
    )
)
# After the rows of leet that dictionaries of it share (Hacker's Test, Wikipedia's "Leet"): one sign a letter.
LEET_DIGITS = Table.of(_drawn("a4 b8 e3 g96 i1 l1 o0 q9 s5 t7 z2"))
LEET_SIGNS = Table.of(_drawn("a@^ c(¢ e€& h# i!|¡ l|£! o°¤ s$§ t+† uµ x× y¥"))
# Combining marks that stand above, below or across a letter.
COMBINING = tuple(chr(point) for point in range(0x0300, 0x0370) if point != 0x034F)
