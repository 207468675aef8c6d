"""The classes of disguise, in the order in which they may be put on a word."""

from collections.abc import Mapping
from enum import IntEnum
from typing import NamedTuple

from veilleuse.evaluation.disguises import dressing, edits, gaps, glyphs
from veilleuse.evaluation.disguises.dressing import dressed_in
from veilleuse.evaluation.disguises.form import Draw, Form, Wear
from veilleuse.evaluation.disguises.vocabulary import vocabulary


class Stage(IntEnum):
    """What a class works on. Two classes of different stages may be worn together, the lower underneath."""

    SPELLING = 1
    GLYPHS = 2
    GAPS = 3


class DisguiseClass(NamedTuple):
    """One way to disguise a word.

    `halved` classes draw from a table with a held-out half; a `held_out` class is kept whole from what tunes.
    """

    name: str
    stage: Stage
    wear: Wear
    halved: bool = False
    held_out: bool = False


def _joined(form: Form, draw: Draw) -> Form | None:
    return gaps.joined(vocabulary(draw.language).neighbours)(form, draw)


_S, _G, _B = Stage.SPELLING, Stage.GLYPHS, Stage.GAPS

# One in four is held out, some of each stage.
CLASSES = (
    DisguiseClass("dropped", _S, edits.dropped),
    DisguiseClass("swapped", _S, edits.swapped),
    DisguiseClass("drawn_out", _S, edits.drawn_out),
    DisguiseClass("masked", _S, edits.masked),
    DisguiseClass("emoji_masked", _S, edits.emoji_masked, held_out=True),
    DisguiseClass("reversed", _S, edits.backwards),
    DisguiseClass("vowels_dropped", _S, edits.vowels_dropped),
    DisguiseClass("vowel_replaced", _S, edits.vowel_replaced, held_out=True),
    DisguiseClass("phonetic", _S, edits.phonetic),
    DisguiseClass("inflected", _S, edits.inflected),
    DisguiseClass("leet_digits", _G, dressed_in(glyphs.LEET_DIGITS), halved=True),
    DisguiseClass("leet_signs", _G, dressed_in(glyphs.LEET_SIGNS), halved=True),
    DisguiseClass("accented", _G, dressed_in(glyphs.ACCENTED), halved=True),
    DisguiseClass("heaped", _G, dressing.heaped, halved=True),
    DisguiseClass("full_width", _G, dressed_in(glyphs.FULL_WIDTH), halved=True),
    DisguiseClass("mathematical", _G, dressed_in(glyphs.MATHEMATICAL), halved=True),
    DisguiseClass("circled", _G, dressed_in(glyphs.CIRCLED), halved=True),
    DisguiseClass("parenthesized", _G, dressed_in(glyphs.PARENTHESIZED), halved=True, held_out=True),
    DisguiseClass("squared", _G, dressed_in(glyphs.SQUARED), halved=True),
    DisguiseClass("regional", _G, dressing.regional, halved=True),
    DisguiseClass("small_capitals", _G, dressed_in(glyphs.SMALL_CAPITAL), halved=True),
    DisguiseClass("raised", _G, dressed_in(glyphs.RAISED), halved=True, held_out=True),
    DisguiseClass("phonetic_letters", _G, dressed_in(glyphs.PHONETIC), halved=True, held_out=True),
    DisguiseClass("cyrillic", _G, dressed_in(glyphs.CYRILLIC), halved=True),
    DisguiseClass("greek", _G, dressed_in(glyphs.GREEK), halved=True),
    DisguiseClass("other_scripts", _G, dressed_in(glyphs.OTHER_SCRIPTS), halved=True, held_out=True),
    DisguiseClass("upside_down", _G, dressing.upside_down, held_out=True),
    DisguiseClass("mixed_case", _G, dressing.mixed_case),
    DisguiseClass("zero_width", _B, gaps.zero_width),
    DisguiseClass("other_format", _B, gaps.other_format),
    DisguiseClass("spaced", _B, gaps.spaced),
    DisguiseClass("vertical", _B, gaps.vertical, held_out=True),
    DisguiseClass("dotted", _B, gaps.dotted),
    DisguiseClass("split", _B, gaps.split),
    DisguiseClass("joined", _B, _joined),
    DisguiseClass("markdown", _B, gaps.markdown),
    DisguiseClass("percent", _B, gaps.percent),
    DisguiseClass("emoji_between", _B, gaps.emoji_between, held_out=True),
    DisguiseClass("bidirectional", _B, gaps.bidirectional, held_out=True),
)
BY_NAME: Mapping[str, DisguiseClass] = {kind.name: kind for kind in CLASSES}
