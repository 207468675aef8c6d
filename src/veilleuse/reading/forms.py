"""The forms under which a word of the lexicon may stand in a text, built once when the lexicon is loaded.

A variant that is itself an ordinary word is never a form: that is the strongest lever on false alarms.
"""

import re
from collections.abc import Iterator
from itertools import groupby

from veilleuse.reading.finding import Disguise
from veilleuse.reading.ordinary import OrdinaryWords

BLANK = "*"  # stands for a masked letter in a skeleton
# What a sign or a digit reads as inside a word. i, l and 1 look alike, and so do u and v: all go to one.
_READS = str.maketrans("01345789@$!|+€lv", "oieastbgasiiteiu")
_BLANKING = str.maketrans("#_.-", BLANK * 4)
_DOUBLED = re.compile(r"(.)\1+")
_SHORTEST_MASKED = 4
_SHORTEST_SWAPPED = 4
_SHORTEST_DROPPED = 5


def merged(word: str) -> str:
    """The folded word with its signs read as letters and look-alike letters made one."""
    return word.translate(_READS)


def skeleton(word: str) -> str:
    """The merged word with its doubled letters single: words that look alike share it."""
    read = merged(word)
    return _DOUBLED.sub(r"\1", read) if _DOUBLED.search(read) else read


def blanked(chunk: str) -> str:
    """The chunk with its inner signs taken as masked letters."""
    return chunk.translate(_BLANKING)


def draws_out(word: str, term: str) -> bool:
    """Whether the word is the term with some letters held longer ("teeeen"), none shorter."""
    runs = [(letter, len(list(run))) for letter, run in groupby(word)]
    wanted = [(letter, len(list(run))) for letter, run in groupby(term)]
    return len(runs) == len(wanted) and all(a == b and n >= m for (a, n), (b, m) in zip(runs, wanted, strict=True))


def inflections(word: str) -> Iterator[str]:
    """The word and its plain plural, which is spelt alike in French and English."""
    yield word
    if len(word) > len("nu") and word[-1] not in "sxz":
        yield word + "s"


def variants(word: str, ordinary: OrdinaryWords) -> Iterator[tuple[str, Disguise]]:
    """The word with one letter masked, dropped, or exchanged with its neighbour; the first letter is kept."""
    seen = {word}
    for variant, disguise in _mutations(word):
        if variant not in seen and variant not in ordinary:
            seen.add(variant)
            yield variant, disguise


def _mutations(word: str) -> Iterator[tuple[str, Disguise]]:
    inner = range(1, len(word) - 1)
    if len(word) >= _SHORTEST_MASKED:
        for i in inner:
            yield word[:i] + BLANK + word[i + 1 :], Disguise.MASKED
            yield word[:i] + "x" + word[i + 1 :], Disguise.MASKED
    if len(word) >= _SHORTEST_SWAPPED:
        for i in range(len(word) - 1):
            yield word[:i] + word[i + 1] + word[i] + word[i + 2 :], Disguise.SWAPPED
    if len(word) >= _SHORTEST_DROPPED:
        for i in range(1, len(word)):
            yield word[:i] + word[i + 1 :], Disguise.DROPPED
