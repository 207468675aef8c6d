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
READS = ("01345789@$!|+€lv", "oieastbgasiiteiu")
BLANKING = "#_.-*"
WORD_SIGNS = ".-"  # of those, the ones that blank one letter at the most
# How French and English are written by ear, one way each, in the order in which all are applied together.
RESPELLINGS = (
    ("eau", "o"), ("au", "o"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("ks", "x"), ("x", "ks"), ("z", "s"),
    ("s", "z"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ca", "ka"), ("co", "ko"), ("cu", "ku"), ("f", "ph"),
    ("y", "i"), ("i", "y"),
)  # fmt: skip
# Of those, the ones that undo another are left out when all are applied together.
TOGETHER = frozenset({("ks", "x"), ("s", "z"), ("f", "ph"), ("i", "y")})
VOWELS = "aeiouy"
SHORTEST_VARIED = 4
SHORTEST_DROPPED = 5
SHORTEST_VOWELS = 5
FEWEST_CONSONANTS = 4
_READS = str.maketrans(*READS)
_BLANKING = str.maketrans(BLANKING, BLANK * len(BLANKING))
_VOWELS = str.maketrans("", "", VOWELS)
_DOUBLED = re.compile(r"(.)\1+")


def merged(word: str) -> str:
    """The folded word with its signs read as letters and look-alike letters made one."""
    return word.translate(_READS)


def skeleton(word: str) -> str:
    """The merged word with its doubled letters single: words that look alike share it."""
    return _DOUBLED.sub(r"\1", merged(word))


def blanked(chunk: str) -> str:
    """The chunk with its inner signs taken as masked letters."""
    return chunk.translate(_BLANKING)


def draws_out(word: str, term: str) -> bool:
    """Whether the word is the term with some letters held longer ("teeeen"), none shorter."""
    runs = [(letter, len(list(run))) for letter, run in groupby(word)]
    wanted = [(letter, len(list(run))) for letter, run in groupby(term)]
    return len(runs) == len(wanted) and all(a == b and n >= m for (a, n), (b, m) in zip(runs, wanted, strict=True))


def alike(word: str, form: str) -> bool:
    """Whether the word is the form, but for signs and digits in place of letters: an edit is disguise enough."""
    return len(word) == len(form) and all(
        a == b or (not a.isalpha() and merged(a) == merged(b)) for a, b in zip(word, form, strict=True)
    )


def inflections(word: str) -> Iterator[str]:
    """The word and its plain plural, which is spelt alike in French and English."""
    yield word
    if len(word) > len("nu") and word[-1] not in "sxz":
        yield word + "s"


def variants(word: str, ordinary: OrdinaryWords) -> Iterator[tuple[str, Disguise]]:
    """The word changed in each way that a reader still understands, unless that makes an ordinary word."""
    seen = {word}
    for variant, disguise in _mutations(word):
        if variant not in seen:
            seen.add(variant)
            if variant not in ordinary:
                yield variant, disguise


def first_letters(word: str) -> set[str]:
    """The merged letters with which some variant of the word may begin."""
    respelt = {variant[0] for variant in _respelt(word)}
    return {merged(letter) for letter in {word[0], word[:2][-1], word[-1], *respelt}}


def _mutations(word: str) -> Iterator[tuple[str, Disguise]]:
    """In the order of trust: where two make the same variant, the first names the disguise."""
    length = len(word)
    if length < SHORTEST_VARIED:
        return
    for i in range(1, length - 1):
        yield word[:i] + BLANK + word[i + 1 :], Disguise.MASKED
        yield word[:i] + "x" + word[i + 1 :], Disguise.MASKED
    for i in range(length - 1):
        yield word[:i] + word[i + 1] + word[i] + word[i + 2 :], Disguise.SWAPPED
    if length >= SHORTEST_DROPPED:
        for i in range(1, length):
            yield word[:i] + word[i + 1 :], Disguise.DROPPED
    yield from ((respelt, Disguise.PHONETIC) for respelt in _respelt(word))
    if length >= SHORTEST_VOWELS:
        consonants = word[0] + word[1:].translate(_VOWELS)
        if len(consonants) >= FEWEST_CONSONANTS:
            yield consonants, Disguise.VOWELS
    yield word[::-1], Disguise.REVERSED


def _respelt(word: str) -> Iterator[str]:
    together = word
    for spelling, to in RESPELLINGS:
        place = word.find(spelling)
        while place >= 0:
            yield word[:place] + to + word[place + len(spelling) :]
            place = word.find(spelling, place + 1)
        if (spelling, to) not in TOGETHER:
            together = together.replace(spelling, to)
    yield together
