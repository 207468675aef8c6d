"""Texts as cues are sought in them: folded letters and digits, the ends of sentences, and places kept."""

import string

from veilleuse.reading.fold import fold

_KEPT = "'\".,!?;:\n"
_LETTERS = string.ascii_lowercase + string.digits


def _bytes(kept: str) -> bytes:
    return bytes(
        ord(c) if (c := chr(point).lower()) in _LETTERS or c in kept else ord(" ") for point in range(256)
    )


_PLAIN = _bytes("")
_POINTED = _bytes(_KEPT)


class _Table(dict[int, str]):
    """What each code point is read as, one for one; worked out when first met."""

    def __init__(self, kept: str) -> None:
        super().__init__()
        self._kept = kept

    def __missing__(self, point: int) -> str:
        character = {"’": "'", "«": '"', "»": '"', "“": '"', "”": '"', "…": "."}.get(chr(point), chr(point))
        if character not in self._kept:
            character = fold(character)
            if len(character) != 1 or character not in _LETTERS:
                character = " "
        self[point] = character
        return character


_WIDE_PLAIN = _Table("")
_WIDE_POINTED = _Table(_KEPT)


def bare(text: str) -> str:
    """Letters and digits only, all else a space; every place stays what it was."""
    if text.isascii():
        return text.encode().translate(_PLAIN).decode()
    return text.translate(_WIDE_PLAIN)


def pointed(text: str) -> str:
    """The same, with apostrophes, quotation marks and what ends a clause left in."""
    if text.isascii():
        return text.encode().translate(_POINTED).decode()
    return text.translate(_WIDE_POINTED)
