"""How a chunk of folded text, as written between two spaces, may be spelt: its words, its glyphs, its signs."""

import re
from collections.abc import Iterator
from itertools import product

from veilleuse.reading.fold import DOUBTFUL, OPENED, SIGNS, fold_term
from veilleuse.reading.lexicon import Term

WORD = re.compile(f"[a-z0-9{''.join(OPENED)}]+")
ASCII = {point: point for point in range(128)}  # in tables for translation: what is missed there costs much time
OPEN = ASCII | str.maketrans(OPENED)
_DIGITS_READ = ASCII | str.maketrans("0134567", "oieasgt")
_MIXED = re.compile(r"[a-z]+(?:\d+[a-z]+)+|1")  # "s3nd", "1 will"; but neither "1st" nor "cat5"
# What a sign or a digit reads as inside a word. i, l and 1 look alike, and so do u and v: all go to one.
READS = ("0123456789@$!|+€(lv", "oizeasgtbgasiiteciu")
SEPARATORS = "._-'#&*|!%,^("  # signs that stand around a word more often than in it
LONGEST_DISGUISED = 48
_LONGEST_SOUGHT = 64
FRONTS = "!|("  # signs that stand in front of a word and yet may be its first letter
_MOST_DOUBTED = 4  # glyphs of a chunk, of which each is read both ways
_MASK = "#"
PART = re.compile(r"[^,\^]+")


def spelt(word: str) -> str:
    """A folded word as a phrase would spell it: ligatures opened, digits among letters read."""
    if not word.isascii():
        word = word.translate(OPEN)
    return word.translate(_DIGITS_READ) if not word.isalpha() and _MIXED.fullmatch(word) else word


def words_of(term: Term) -> list[str]:
    """The words of a term, as a text would spell them; none longer than any word is."""
    folded = fold_term(term.text)
    words = folded.split(" ") if folded.replace(" ", "").isalnum() else WORD.findall(folded)
    return [word for word in words if len(word) <= _LONGEST_SOUGHT]


def readings(chunk: str) -> Iterator[str]:
    """The chunk as its doubtful glyphs may be read: one way, the other, and at last as masked letters."""
    doubtful = [] if chunk.isascii() else [c for c in dict.fromkeys(chunk) if c in DOUBTFUL]
    if not doubtful or len(chunk) > LONGEST_DISGUISED:
        yield chunk
        return
    choices = [DOUBTFUL[c] if place < _MOST_DOUBTED else DOUBTFUL[c][0] for place, c in enumerate(doubtful)]
    for letters in product(*choices):
        yield chunk.translate({ord(c): letter for c, letter in zip(doubtful, letters, strict=True)})
    yield chunk.translate({ord(c): _MASK for c in doubtful})


def cores(chunk: str) -> Iterator[tuple[int, str]]:
    """The chunk, whole or after its last apostrophe, without the signs around it; each with its place.

    At last, one of the signs before it is taken for its first letter.
    """
    seen: set[tuple[int, str]] = set()
    after = chunk.rfind("'") + 1
    for start in (0, after) if after else (0,):
        for signs, kept in ((SEPARATORS, 0), (SIGNS, 0), (SEPARATORS, 1)):
            bare = chunk[start:].lstrip(signs)
            place = len(chunk) - len(bare) - kept
            if kept and (place < start or chunk[place] not in FRONTS):
                continue
            core = place, chunk[place:].rstrip(signs)
            if core[1] and core not in seen and len(core[1]) <= LONGEST_DISGUISED and not WORD.fullmatch(core[1]):
                seen.add(core)
                yield core
