"""Texts as cues are sought in them: words, and folded text with the ends of its sentences."""

import codecs
import re
import string
from collections.abc import Mapping

from veilleuse.reading.fold import fold

_KEPT = "'\".,!?;:\n"
_LETTERS = string.ascii_lowercase + string.digits
_READ_AS = {ord("’"): "'", ord("`"): "'", ord("´"): "'", ord("…"): "."} | dict.fromkeys(map(ord, "«»“”"), '"')


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


class _View:
    """Reads texts by a table; Western letters, most by far, by bytes, the others one by one."""

    def __init__(self, kept: str) -> None:
        self.table: Mapping[int, str] = _Table(kept)
        self._western = "".join(self.table[point] for point in range(256)).encode()
        self._far = f"veilleuse{kept}"
        codecs.register_error(self._far, self._read_far)

    def __call__(self, text: str) -> str:
        return self.letters(text).decode("latin-1")

    def letters(self, text: str) -> bytes:
        """The same in bytes, one a character."""
        return text.encode("latin-1", self._far).translate(self._western)

    def _read_far(self, error: UnicodeError) -> tuple[str, int]:
        """What stands where the encoder stopped; what is read as itself is read so again."""
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return error.object[error.start : error.end].translate(self.table), error.end


LONGEST = 2000  # characters of a text that are listened to
apart = _View("'")
_pointed = _View(_KEPT)
# French elides articles into what follows; other apostrophes make one word: "l'âge" is two words, "c'est" is one.
_ELIDED = ("l", "d", "qu")
_MARK = "\0"
# A word of a view, as `words_of` parts it.
_WORD = re.compile(rf"(?<![a-z0-9'])(?:{'|'.join(_ELIDED)})(?=')|'*[a-z0-9](?:'*[a-z0-9])*")


def words_of(text: str) -> list[str]:
    """The folded words of a text, of its first `LONGEST` characters."""
    read = apart(text[:LONGEST])
    if "'" in read:
        read = f" {read}"
        for article in _ELIDED:  # a mark, not yet a space: "l'd'or" elides once
            read = read.replace(f" {article}'", f" {article}{_MARK}")
        read = read.replace(_MARK, " ").replace("'", "")
    return read.split()


def spans_of(text: str) -> list[tuple[int, int]]:
    """Where each of these words stands, with the apostrophes before it."""
    return [match.span() for match in _WORD.finditer(apart(text[:LONGEST]))]


def pointed(text: str) -> str:
    """The folded text, every place as it was, with apostrophes, quotation marks and what ends a clause left in."""
    return _pointed(text)
