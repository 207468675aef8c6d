"""Texts as cues are sought in them: words, and folded text with the ends of its sentences."""

import re
import string

from veilleuse.reading.fold import fold

_KEPT = "'\".,!?;:\n"
_LETTERS = string.ascii_lowercase + string.digits
_READ_AS = {ord("’"): "'", ord("`"): "'", ord("´"): "'", ord("…"): "."} | dict.fromkeys(map(ord, "«»“”"), '"')


def _bytes(kept: str) -> bytes:
    return bytes(
        ord(c) if (c := chr(point).lower().replace("`", "'")) in _LETTERS or c in kept else ord(" ")
        for point in range(256)
    )


_APART = _bytes("'")
_POINTED = _bytes(_KEPT)


class _Table(dict[int, str]):
    """What each code point is read as, one for one; worked out when first met."""

    def __init__(self, kept: str) -> None:
        super().__init__()
        self._kept = kept

    def __missing__(self, point: int) -> str:
        character = chr(point).translate(_READ_AS)
        if character not in self._kept:
            character = fold(character)
            if len(character) != 1 or character not in _LETTERS:
                character = " "
        self[point] = character
        return character


_WIDE_APART = _Table("'")
_WIDE_POINTED = _Table(_KEPT)
# French elides articles into what follows; other apostrophes make one word: "l'âge" is two words, "c'est" is one.
_ELIDED = re.compile(r"(?<![a-z0-9'])(l|d|qu)'")
# A word of a pointed view, as `words_of` parts it.
WORD = re.compile(r"(?<![a-z0-9'])(?:l|d|qu)(?='[a-z0-9])|'*[a-z0-9](?:'*[a-z0-9])*")


def words_of(text: str) -> list[str]:
    """The folded words of a text."""
    apart = text.encode().translate(_APART).decode() if text.isascii() else text.translate(_WIDE_APART)
    if "'" in apart:
        apart = _ELIDED.sub(r"\1 ", apart).replace("'", "")
    return apart.split()


def pointed(text: str) -> str:
    """The folded text, every place as it was, with apostrophes, quotation marks and what ends a clause left in."""
    return text.encode().translate(_POINTED).decode() if text.isascii() else text.translate(_WIDE_POINTED)
