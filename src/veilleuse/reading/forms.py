"""The forms under which a word of the lexicon may stand in a text, built once when the lexicon is loaded.

A variant that people write of their own accord, a word or a slip of the pen, is never a form: that is the strongest
lever on false alarms.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from veilleuse.reading.finding import Disguise
from veilleuse.reading.ordinary import OrdinaryWords

BLANK = "*"  # stands for a masked letter in a skeleton
# What a sign or a digit reads as inside a word. i, l and 1 look alike, and so do u and v: all go to one.
READS = ("0123456789@$!|+€(lv", "oizeasgtbgasiiteciu")
BLANKING, BRACKET = "#_.-*^&%", "("
# How French and English are written by ear: one way each, two at a time, and all in this order.
RESPELLINGS = (
    ("eau", "o"), ("au", "o"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("ks", "x"), ("x", "ks"), ("z", "s"),
    ("s", "z"), ("oi", "wa"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ea", "ee"), ("ai", "e"), ("wh", "w"),
    ("ca", "ka"), ("co", "ko"), ("cu", "ku"), ("cr", "kr"), ("cl", "kl"), ("ce", "se"), ("ci", "si"),
    ("ge", "je"), ("f", "ph"), ("er$", "a$"), ("s$", "z$"), ("e$", "$"), ("^kn", "^n"), ("y", "i"), ("i", "y"),
)  # fmt: skip
# Of those, the ones that undo another are left out when all are applied together.
TOGETHER = frozenset({("ks", "x"), ("s", "z"), ("f", "ph"), ("i", "y")})
# What the pen slips into by itself.
SLIPS = frozenset(
    {Disguise.REPEAT, Disguise.LOOKALIKE, Disguise.DROPPED, Disguise.SWAPPED, Disguise.PHONETIC, Disguise.VOWELS}
)
VOICED = ("s", "z")
VOWELS, PURE_VOWELS = "aeiouy", "aeiou"
SHORTEST_VARIED = 4
SHORTEST_PLURAL_DROPPED = 7
SHORTEST_EDITED_TWICE = 8
SHORTEST_RESPELT = 5
SHORTEST_SWAPPED_LAST = 5
SHORTEST_OTHER_VOWEL = 6
SILENT = "estx"
FEWEST_CONSONANTS = 4
_READS = str.maketrans(*READS)
_BLANKING = str.maketrans(BLANKING, BLANK * len(BLANKING))
_TURNED = str.maketrans("bdpqnu", "qpdbun")  # what letters look like upside down
_DOUBLED = re.compile(r"(.)\1+")


class Sought(NamedTuple):
    """A word of a term, or its plural, that is sought in disguise."""

    word: str
    term: int
    plural: bool


class Form(NamedTuple):
    """A spelling under which a term may stand."""

    word: str
    term: int
    disguise: Disguise


class Forms:
    """The forms of all words sought, by skeleton. At first only skeletons are made: most forms are never met."""

    def __init__(self, ordinary: OrdinaryWords) -> None:
        self.words: list[Sought] = []  # none is added once it was asked for forms
        self._ordinary = ordinary
        self._met: dict[int, dict[str, list[Form]]] = {}

    @cached_property
    def likes(self) -> dict[str, tuple[int, ...]]:
        """The skeletons of all forms, and of ordinary words that would be some, with the places of the words meant."""
        likes: dict[str, tuple[int, ...]] = {}
        for place, sought in enumerate(self.words):
            here = (place,)  # one for all: there are a hundred forms of a word
            for like in set(skeletons(_spellings(sought))):
                likes[like] = likes.get(like, ()) + here
        return likes

    def of(self, like: str) -> list[Form]:
        """The forms that share this skeleton."""
        return [form for place in self.likes.get(like, ()) for form in self._forms_of(place).get(like, ())]

    def _forms_of(self, place: int) -> dict[str, list[Form]]:
        if place not in self._met:
            sought = self.words[place]
            forms: dict[str, list[Form]] = {}
            spellings = _spellings(sought)
            for (spelling, disguise), like in zip(spellings.items(), skeletons(spellings), strict=True):
                if spelling == sought.word or not self._is_said(spelling, disguise):
                    forms.setdefault(like, []).append(Form(spelling, sought.term, disguise))
            self._met[place] = forms
        return self._met[place]

    def _is_said(self, spelling: str, disguise: Disguise) -> bool:
        """Whether people write it of their own accord: a word, or where the disguise is one of slips, one of those."""
        if BLANK in spelling:
            return False
        return self._ordinary.is_seen(spelling) if disguise in SLIPS else spelling in self._ordinary


def _spellings(sought: Sought) -> dict[str, Disguise]:
    spellings = {sought.word: Disguise.PLAIN}
    for spelling, disguise in mutations(sought.word, plural=sought.plural):
        spellings.setdefault(spelling, disguise)
    return spellings


def merged(word: str) -> str:
    """The folded word with its signs read as letters and look-alike letters made one."""
    return word.translate(_READS)


def skeleton(word: str) -> str:
    """The merged word with its doubled letters single: words that look alike share it."""
    return "".join(_DOUBLED.split(merged(word)))  # what stands between doubled letters, and these once


def skeletons(words: Collection[str]) -> list[str]:
    """The skeletons of many words, in order."""
    return skeleton("\n".join(words)).split("\n") if words else []


def blanked(chunk: str) -> Iterator[str]:
    """The chunk with its inner signs taken as masked letters: brackets among them, or read as letters."""
    masked = chunk.translate(_BLANKING)
    yield masked
    if BRACKET in chunk:
        yield masked.replace(BRACKET, BLANK)


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
    """The word and its plurals, French and English."""
    yield word
    if len(word) <= len("nu") or word[-1] in "xz":
        return
    if word[-1] != "s":
        yield word + "s"
    if word[-2:] in ("au", "eu", "ou"):
        yield word + "x"
    elif word.endswith(("s", "sh", "ch", "o")):
        yield word + "es"
    elif word[-1] == "y" and word[-2] not in VOWELS:
        yield word[:-1] + "ies"


def endings(word: str) -> Iterator[str]:
    """The word with what makes it feminine in French, a verb in English, or a plural by ear."""
    if len(word) < SHORTEST_VARIED:
        return
    stem = word.removesuffix("e")
    yield from (stem + ending for ending in ("ed", "ing", "er"))
    if word[-1] not in VOWELS:
        yield from (word + ending for ending in ("e", "es"))
    if word[-1] not in "sxz":
        yield word + "z"


def mutations(word: str, *, plural: bool) -> Iterator[tuple[str, Disguise]]:
    """The word changed in each way that a reader still understands. What is an ordinary word is no form of it.

    In the order of trust: where two make the same variant, the first names the disguise.
    """
    length = len(word)
    if length < SHORTEST_VARIED:
        return
    for i in range(1, length - 1):
        yield word[:i] + BLANK + word[i + 1 :], Disguise.MASKED
        yield word[:i] + "x" + word[i + 1 :], Disguise.MASKED
    swapped = [variant for _, variant in _swapped(word, 0)] if plural else _twice(word, _swapped)
    yield from ((variant, Disguise.SWAPPED) for variant in swapped)
    dropped = _dropped_of_plural(word) if plural else _twice(word, _dropped)
    yield from ((variant, Disguise.DROPPED) for variant in dropped)
    shortest = min(length, SHORTEST_RESPELT)
    yield from ((variant, Disguise.PHONETIC) for variant in _respelt(word, plural=plural) if len(variant) >= shortest)
    if not plural:
        yield from ((variant, Disguise.VOWELS) for variant in (*_without_vowels(word), *_other_vowels(word)))
    yield word[::-1], Disguise.REVERSED
    yield word[::-1].translate(_TURNED), Disguise.REVERSED


def _twice(word: str, edit: Callable[[str, int], Iterator[tuple[int, str]]]) -> Iterator[str]:
    """The word edited once; a long one also twice."""
    for place, once in edit(word, 0):
        yield once
        if len(word) >= SHORTEST_EDITED_TWICE:
            yield from (twice for _, twice in edit(once, place))


def _swapped(word: str, first: int) -> Iterator[tuple[int, str]]:
    for i in range(first, len(word) - (1 if len(word) >= SHORTEST_SWAPPED_LAST else 2)):
        yield i + 2, word[:i] + word[i + 1] + word[i] + word[i + 2 :]


def _dropped(word: str, first: int) -> Iterator[tuple[int, str]]:
    """Not the first letter; nor a last one that French does not sound: that is how people misspell."""
    silent = word[-1] in SILENT or len(word) == SHORTEST_VARIED
    for i in range(max(first, 1), len(word) - silent):
        yield i, word[:i] + word[i + 1 :]


def _dropped_of_plural(word: str) -> Iterator[str]:
    """An inner letter of a long one; of any, the e before the s."""
    for i in range(1, len(word) - 1):
        if (i < len(word) - 2 and len(word) >= SHORTEST_PLURAL_DROPPED) or (i == len(word) - 2 and word[i] == "e"):
            yield word[:i] + word[i + 1 :]


def _without_vowels(word: str) -> Iterator[str]:
    """The consonants, y among them or not, with or without the vowels at the ends."""
    for vowels in (PURE_VOWELS, VOWELS):
        no_vowels = str.maketrans("", "", vowels)
        inner = word[1:-1].translate(no_vowels)
        last = word[-1].translate(no_vowels)
        for left in (word[0] + inner + word[-1], word[0] + inner + last, word[0].translate(no_vowels) + inner + last):
            if len(left) >= FEWEST_CONSONANTS:
                yield left


def _other_vowels(word: str) -> Iterator[str]:
    if len(word) < SHORTEST_OTHER_VOWEL:
        return
    for i, letter in enumerate(word):
        if letter in PURE_VOWELS:
            yield from (word[:i] + other + word[i + 1 :] for other in PURE_VOWELS if other != letter)


def _respelt(word: str, *, plural: bool) -> Iterator[str]:
    """The word by ear: one sound respelt, all that can be, or, but for plurals, two."""
    bounded = together = f"^{word}$"
    ones = list(_each_respelt(bounded))
    yield from (one.strip("^$") for one in ones if one != bounded.replace("e$", "$"))
    for spelling, to in RESPELLINGS:
        if (spelling, to) not in TOGETHER:
            together = together.replace(spelling, to)
    yield together.strip("^$")
    yield together.strip("^$").replace(*VOICED)  # as French does between vowels
    if plural:
        return
    yield from (two.strip("^$") for one in ones for two in _each_respelt(one) if two != bounded.replace("e$", "$"))


def _each_respelt(word: str) -> Iterator[str]:
    for spelling, to in RESPELLINGS:
        place = word.find(spelling)
        while place >= 0:
            yield word[:place] + to + word[place + len(spelling) :]
            place = word.find(spelling, place + 1)
