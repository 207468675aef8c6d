"""Folding: every code point becomes exactly one, so that offsets in the folded text are offsets in the raw one.

A folded text holds
- `a` to `z` and the ligatures of `LIGATURES`, whatever alphabet, style or accent they wore;
- `DOUBTFUL` glyphs of two readings;
- digits and the signs that stand in for letters (`SIGNS`), kept for the reader to weigh;
- `HIDDEN` in place of what nobody sees, `MARK` in place of what is put on a letter: both are ignored;
- `BREAK` in place of what ends a sentence, a space in place of everything else.

`tools/build_fold.py` writes the table, and names its sources.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from veilleuse import DATA

HIDDEN = "\x00"
MARK = "\x01"
BREAK = "\n"
SEPARATOR = " "
# A comma stands for slashes too, "(" for all brackets that open, "^" for bullets, emoji and other pictures.
SIGNS = "@$!|*+€_.-'#&%,^("
LONE = "abcdefghijklmnopqrstuvwxyz0123456789@$!|"  # what may stand alone as a letter of a word spelt out
BETWEEN = " ._-'#&,^(\n"  # what may stand between such letters
LIGATURES = {
    "œ": "oe", "æ": "ae", "ß": "ss", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬆ": "st", "ĳ": "ij",
}  # fmt: skip
# Glyphs that some take for one letter, some for another, each standing for all that are read so: the letter it looks
# like, or is named after, first. ß is a ligature, or a b.
DOUBTFUL = {
    "β": "bv", "γ": "yg", "Γ": "rg", "Δ": "ad", "∂": "da", "δ": "do", "η": "nh", "θ": "ot", "λ": "la", "Λ": "al",
    "μ": "um", "ν": "vn", "ξ": "ex", "π": "np", "ρ": "pr", "σ": "os", "ς": "sc", "Σ": "es", "υ": "uy", "ψ": "yu",
    "φ": "of", "χ": "xk", "ω": "wo", "Ω": "ow", "£": "le", "ƃ": "gb", "ß": "ßb",
}  # fmt: skip
OPENED = {**{glyph: letters[0] for glyph, letters in DOUBTFUL.items()}, **LIGATURES}
# The byte that stands for each character of a folded text: its own in ASCII, from 128 for the others.
CODES = {chr(point): point for point in range(128)} | {
    c: 128 + i for i, c in enumerate(dict.fromkeys(("€", *LIGATURES, *DOUBTFUL)))
}

OVERRIDE = "\u202e"  # what follows is shown from right to left, up to one of the next two or the end of the line
_OVERRIDDEN = re.compile(f"{OVERRIDE}([^\u202c\u2069\n]*)")
_PAGE = 256
_PAGES_AT = 0x110000 // _PAGE
_TAKEN_OFF = f"{HIDDEN}{MARK}%*|~_"
END, _ODD = "\x1f", "\x03"  # after a text in a row, and there for what is no ASCII; no folded text holds them
_LIKE_END = "\x1e"  # what folds as that does in a text
BESIDE = f" {END} "  # what stands between texts in a row, before the first and after the last: chunks are split there
DELIMITERS = ("**", "||", "~~", "__")
# The bytes of one character in UTF-8.
_ESCAPE = re.compile(
    "%(?:[0-7][0-9a-f]|[cd][0-9a-f]%[89ab][0-9a-f]|e[0-9a-f](?:%[89ab][0-9a-f]){2}|f[0-7](?:%[89ab][0-9a-f]){3})"
)
_LONGEST_ESCAPE = 12
_ALPHANUMERIC = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


@cache
def table() -> bytes:
    """The two-level table of bytes, as `tools/build_fold.py` lays it out."""
    return (DATA / "fold.bin").read_bytes()


class _Table(dict[int, str]):
    """Filled as code points are met: at most one entry for each in Unicode."""

    def __init__(self, instead: dict[str, str]) -> None:
        super().__init__()
        self._decoded = {code: instead.get(character, character) for character, code in CODES.items()}

    def __missing__(self, point: int) -> str:
        pages = table()
        code = pages[_PAGES_AT + pages[point // _PAGE] * _PAGE + point % _PAGE]
        folded = self[point] = self._decoded[code]
        return folded


_SPACED = _Table(
    {MARK: HIDDEN, BREAK: SEPARATOR, "~": SEPARATOR, ",": SEPARATOR, "^": SEPARATOR}
    | {glyph: letters[0] for glyph, letters in DOUBTFUL.items()}
)
_FULL = _Table({})
_FAR = _Table({MARK: HIDDEN} | {character: _ODD for character, code in CODES.items() if code > 127})
_FAR_FROM_LATIN = "veilleuse.fold"  # a handler of errors, as codecs know it


def fold(text: str) -> str:
    """The folded text, as long as the raw one; ends of sentences are spaces, and all that is ignored is `HIDDEN`."""
    return text.translate(_SPACED)


def is_hidden(character: str) -> bool:
    """Whether nobody sees it; marks put on letters are seen."""
    return _FULL[ord(character)] == HIDDEN


@lru_cache(maxsize=1 << 13)  # a lexicon is checked, then read
def fold_term(term: str) -> str:
    """A term as the folded text would write it, with nothing invisible, ligatures opened, spaces single."""
    folded = fold(term).replace(HIDDEN, "")
    if not folded.isascii():
        for ligature, letters in LIGATURES.items():
            folded = folded.replace(ligature, letters)
    return " ".join(folded.split())


def fold_visible(text: str) -> tuple[str, list[int] | None]:
    """The folded text without what is ignored, and where each of its characters stood; None where none moved.

    Markdown is taken off and percent-escapes are read.
    """
    plainly = _fold_plainly(text)
    if plainly is not None:
        return plainly, None
    folded, order = _taken_off(text, text.translate(_FULL))
    if HIDDEN not in folded and MARK not in folded:
        return folded, None  # nor was any override there, which is hidden itself
    return _visible(folded), [place for place, c in zip(order, folded, strict=True) if c not in (HIDDEN, MARK)]


def fold_row(texts: Sequence[str]) -> str:
    """What `fold_visible` makes of the texts, in a row with `BESIDE` around each: few of them need a second look."""
    raw = BESIDE.join(["", *texts, ""])
    latin = raw.encode("latin-1", _FAR_FROM_LATIN)
    if latin.count(END.encode()) > len(texts) + 1:  # it stands in one of them, too
        return fold_row([text.replace(END, _LIKE_END) for text in texts])
    row = latin.translate(_latin_row()).decode("ascii")
    parts: list[str] = []
    last = 0
    for end in sorted({*_looked_at_twice(row)}):
        begin = row.rindex(BESIDE, 0, end) + len(BESIDE)
        text, seen = raw[begin:end], row[begin:end]
        again = fold_visible(text)[0] if _ODD in seen else _visible(_taken_off(text, seen)[0])
        parts += row[last:begin], again
        last = end
    return "".join((*parts, row[last:]))


def escaped(text: str, place: int) -> int:
    """How many characters of the text there are one percent-escape, three for each byte it stands for; or none."""
    escape = _ESCAPE.match(text[place : place + _LONGEST_ESCAPE].translate(_FULL))
    return escape.end() if escape and _unescaped(escape) != escape[0] else 0


def _looked_at_twice(row: str) -> Iterator[int]:
    """Where texts in a row end of which something may be taken off, or some character is not folded yet."""
    for sign in _TAKEN_OFF + _ODD:
        place = row.find(sign)
        while place >= 0:
            end = row.index(BESIDE, place)
            yield end
            place = row.find(sign, end)


def _taken_off(text: str, folded: str) -> tuple[str, Sequence[int]]:
    """The folded text, in the order in which it is shown, markdown hidden and escapes read; and the places in it."""
    order: Sequence[int] = range(len(text))
    if OVERRIDE in text:
        order = _order_shown(text)
        folded = "".join([folded[place] for place in order])
    if "%" in folded:
        folded = _ESCAPE.sub(_unescaped, folded)
    for delimiter in DELIMITERS:
        if delimiter in folded:
            folded = _without_pairs(folded, delimiter)
    return folded.replace("~", "^"), order


def _unescaped(escape: re.Match[str]) -> str:
    """What the escaped character folds to, as long as the escape; of bytes that are no UTF-8, the escape."""
    try:
        character = bytes.fromhex(escape[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return escape[0]
    return character.translate(_FULL).ljust(len(escape[0]), HIDDEN)


def _visible(folded: str) -> str:
    return folded.replace(HIDDEN, "").replace(MARK, "")


def _fold_far(error: UnicodeError) -> tuple[str, int]:
    """What stands, in a row of texts to be folded, for characters far from Latin."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].translate(_FAR), error.end


codecs.register_error(_FAR_FROM_LATIN, _fold_far)


def _order_shown(text: str) -> Sequence[int]:
    """The places of the text in the order in which they are shown: those under an override from right to left."""
    order = list(range(len(text)))
    for overridden in _OVERRIDDEN.finditer(text):
        start, end = overridden.span(1)
        order[start:end] = range(end - 1, start - 1, -1)
    return order


def _fold_plainly(text: str) -> str | None:
    """The folded text, fast, where nothing has to be taken off and no character is far from Latin."""
    try:
        raw = text.encode("latin-1")
    except UnicodeEncodeError:
        return None
    folded = raw.translate(_latin())
    if not folded.isascii() or len(folded.translate(None, _TAKEN_OFF.encode())) < len(folded):
        return None
    return folded.decode("ascii")


@cache
def _latin() -> bytes:
    """What the first 256 code points fold to."""
    page = _PAGES_AT + table()[0] * _PAGE
    return table()[page : page + _PAGE]


@cache
def _latin_row() -> bytes:
    """The same in texts set in a row, but for what stands after each, and for ligatures."""
    odd, end = _ODD.encode(), END.encode()
    folded = bytearray(byte if byte < 128 else odd[0] for byte in _latin())
    for kept in (odd, end):
        folded[kept[0]] = kept[0]
    return bytes(folded)


def _without_pairs(folded: str, delimiter: str) -> str:
    """Two delimiters in one sentence, not both in the middle of words, are markdown: nobody sees them."""
    opening = -1
    seen = list(folded)
    for match in re.finditer(f"{re.escape(delimiter)}|{BREAK}", folded):
        place, end = match.span()
        if match[0] == BREAK:
            opening = -1
        elif opening < 0 or (_is_alphanumeric(folded, opening - 1) and _is_alphanumeric(folded, end)):
            opening = place
        else:
            seen[opening : opening + 2] = seen[place:end] = HIDDEN * 2
            opening = -1
    return "".join(seen)


def _is_alphanumeric(folded: str, place: int) -> bool:
    return 0 <= place < len(folded) and folded[place] in _ALPHANUMERIC
