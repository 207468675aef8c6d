"""What folding took off a term before the vocabulary looked: how what reads as the term is written."""

import re
import unicodedata

from veilleuse.reading.finding import Disguise
from veilleuse.reading.fold import DELIMITERS, DOUBTFUL, LIGATURES, OVERRIDE, fold_term, fold_visible, is_hidden

_DIGIT = re.compile(r"\d")
_ACCENTS = re.compile("[\u0300-\u036f]+")  # most marks by far
_MARKS = re.compile(f"[^\0-\x7f{''.join(LIGATURES)}]+")
# What folding makes of a character: itself, or nothing where two of them are markdown; a letter, of one of another
# style or alphabet; nothing, for nobody sees it.
_OWN, _DELIMITING, _STYLED, _UNSEEN = range(4)
_DELIMITERS = frozenset("".join(DELIMITERS))
_DELIMITER = re.compile("|".join(map(re.escape, DELIMITERS)))
_DOUBTED = re.compile(f"[{''.join(DOUBTFUL)}]")


class _Looks(dict[str, int]):
    """What folding makes of a character. Filled as they are met: at most one entry for each in Unicode."""

    def __missing__(self, character: str) -> int:
        look = self[character] = _look_of(character)
        return look


def _look_of(character: str) -> int:
    if character in _DELIMITERS:
        return _DELIMITING
    if is_hidden(character):
        return _UNSEEN
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFC", character).lower().replace("’", "'"))
    styled = any(c > "\x7f" and c not in LIGATURES and not unicodedata.combining(c) for c in bare)
    return _STYLED if styled else _OWN


_LOOKS = _Looks()


def taken_off(term: str, text: str, start: int, end: int) -> Disguise:
    """The disguise in which the term stands from start to end. Written as listed, it is plain."""
    raw = text[start:end]
    if raw == term:
        return Disguise.PLAIN
    return Disguise.REVERSED if _turned(raw, term, text, end) else _worn(raw, term)


def _turned(raw: str, term: str, text: str, end: int) -> bool:
    """Whether an override shows from right to left what is written from left to right."""
    if text.isascii() or text.find(OVERRIDE, 0, end) < 0:
        return False
    written, meant = fold_term(raw), fold_term(term)
    return not written.startswith(meant) and written[::-1].startswith(meant)


def _worn(raw: str, term: str) -> Disguise:
    """How what reads as the term from left to right is written."""
    alphabetic = raw.isalpha()
    if alphabetic and raw.isascii():
        return Disguise.PHONETIC if raw[-1] in "zZ" and term[-1] != "z" else Disguise.PLAIN
    if "%" in raw and " " not in term:
        return Disguise.LOOKALIKE
    looks = {*map(_LOOKS.__getitem__, raw)}
    if _UNSEEN in looks or (_DELIMITING in looks and " " not in term and _DELIMITER.search(raw)):
        return Disguise.INVISIBLE
    styled = _STYLED in looks
    if styled and term.isascii():
        return Disguise.LOOKALIKE
    lowered = unicodedata.normalize("NFC", raw).lower().replace("’", "'")
    written = unicodedata.normalize("NFC", term).lower()
    if lowered.isascii() or lowered in (written, written + "s"):
        return Disguise.PLAIN if _DIGIT.search(written) or not _DIGIT.search(lowered) else Disguise.LOOKALIKE
    if styled:
        return Disguise.LOOKALIKE
    marked = unicodedata.normalize("NFD", lowered)
    letters = _ACCENTS.sub("", marked)
    if letters.isascii() and letters.isalpha():
        return Disguise.MARKS
    unmarked = _MARKS.sub("", marked)
    if _DOUBTED.search(unmarked) and not fold_term(raw).startswith(fold_term(term)):
        return Disguise.LOOKALIKE  # ß for b
    return Disguise.MARKS if unmarked == fold_visible(raw)[0] else Disguise.LOOKALIKE
