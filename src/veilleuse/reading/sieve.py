"""Which chunks may hold something: a look that nearly nothing that people say passes.

It never refuses a chunk in which `Vocabulary` finds something, and need not be right about what it lets through. Many
chunks are looked at together, so that the interpreter does little for each.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence, Set
from itertools import groupby
from operator import itemgetter

from veilleuse.reading.edits import BLANK, Block
from veilleuse.reading.fold import SIGNS
from veilleuse.reading.forms import blanked, reading
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.spelling import PART, WORD, cores, spelt
from veilleuse.reading.words import CROSSED, DIGITS, SHORTEST_GLUED, SHORTEST_SPLIT, Vocabulary

_EDGE = 4  # letters at the ends of a term by which two words in one are suspected
_WHOLE = re.compile(r"[a-z0-9][^,^']*[a-z0-9]")  # has no sign around it nor parts
_SHORTEST_TWO = 2 * SHORTEST_GLUED  # two terms in one, with no such ends
_LETTERS_ONLY = str.maketrans("", "", SIGNS)
_SHORTEST_PIECE = 2  # single letters are words by themselves


class Sieve:
    """Tells the chunks that may hold something from those that hold nothing."""

    def __init__(self, vocabulary: Vocabulary, ordinary: OrdinaryWords) -> None:
        self._vocabulary = vocabulary
        self._ordinary = ordinary
        self._drawn = frozenset(vocabulary.drawn)
        self._spellings = frozenset(vocabulary.spellings())
        self._sought = frozenset(vocabulary.sought_words())
        self._brief = {word for word in self._sought if len(word) == SHORTEST_GLUED}
        edged = [word for word in self._sought if len(word) >= _EDGE]
        self._begins = _by_edge(edged, itemgetter(slice(_EDGE)))
        self._ends = _by_edge(edged, itemgetter(slice(-_EDGE, None)))
        self._pieces: set[str] = set()
        for length, words in groupby(sorted(self._sought, key=len), len):
            if length >= SHORTEST_SPLIT:
                self._pieces.update(*Block([*words]).parts(_SHORTEST_PIECE))
        self._likes = vocabulary.likes  # last: the garbage collector looks through what is there while more is made

    def is_piece(self, word: str) -> bool:
        """Whether the word may be but a part of a term that is broken by spaces."""
        return word in self._pieces and not self._vocabulary.stands_alone(word)

    def sift(self, cores: Set[str], clean: Set[str]) -> tuple[set[str], set[str]]:
        """Of chunks without the signs around them, those that may hold something; those of which words are pieces.

        Of the `clean` it is known that they hold nothing.
        """
        words = {core for core in cores if core.isalpha() and core.isascii()}
        doubtful, told = self._doubtful_others(cores - words)
        said = {word for _, word in told} - clean
        doubtful_words, pieces = self._doubtful_words(words | said), self._pieces_among(words | said)
        doubtful |= doubtful_words
        doubtful.update([core for core, word in told if word in doubtful_words])
        pieces.update([core for core, word in told if word in pieces])
        return doubtful, pieces

    def _pieces_among(self, words: Set[str]) -> set[str]:
        return {word for word in words & self._pieces if not self._vocabulary.stands_alone(word)}

    def _doubtful_words(self, words: Collection[str]) -> set[str]:
        """Of words of letters."""
        if not words:
            return set()
        likes, drawn, begins, ends, brief = self._likes, self._drawn, self._begins, self._ends, self._brief
        suspects = [
            word
            for word, read, like in zip(words, *reading(words), strict=True)
            if read in likes
            or like in drawn
            or (
                len(word) >= _SHORTEST_TWO
                and (
                    ((head := word[:_EDGE]) in begins and word.startswith(begins[head]))
                    or ((tail := word[-_EDGE:]) in ends and word.endswith(ends[tail]))
                    or (len(word) == _SHORTEST_TWO and word[:SHORTEST_GLUED] in brief)
                )
            )
            or ("x" in word and CROSSED.search(word))
        ]
        doubtful = {word for word in suspects if word not in self._ordinary}
        return doubtful.union(self._spellings.intersection(words))

    def _doubtful_others(self, cores: Collection[str]) -> tuple[set[str], list[tuple[str, str]]]:
        """Of what holds signs or digits; and, each beside one of its words, those that are to be told by these."""
        doubtful: set[str] = set()
        told: list[tuple[str, str]] = []
        signed: list[tuple[str, str]] = []
        for core in cores:
            if not core.isascii():
                doubtful.add(core)
            else:
                told += [(core, word) for word in _spellings(core)]
                if not core.isalnum():
                    signed += [(core, part) for part in _parts(core)]
        doubtful.update(self._disguising(signed))
        return doubtful, told

    def _disguising(self, signed: Sequence[tuple[str, str]]) -> Iterator[str]:
        """Of chunks, each beside a part of it, those in which signs may stand for letters, blanks or nothing."""
        row = "\n".join([part for _, part in signed])
        masks = [read.split("\n") for read in blanked(row)]
        for reads in (row.split("\n"), row.translate(_LETTERS_ONLY).split("\n"), *masks):
            for (chunk, _), read, like in zip(signed, *reading(reads), strict=bool(signed)):
                if read in self._likes or like in self._drawn:
                    yield chunk
        for reads in masks:
            for (chunk, _), masked in zip(signed, reads, strict=bool(signed)):
                if masked.count(BLANK) > 1 and self._vocabulary.has_shape(masked):
                    yield chunk


def _by_edge(words: Collection[str], edge: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """The words that may stand beside another in one, by their letters at one end."""
    return {letters: tuple(some) for letters, some in groupby(sorted(words, key=edge), edge)}


def _spellings(core: str) -> Iterator[str]:
    """What the words of a chunk with digits or signs may be."""
    for word in WORD.findall(core):
        yield word
        if not word.isalpha():
            yield spelt(word)
            yield word.strip(DIGITS)


def _parts(chunk: str) -> Iterator[str]:
    """What of the chunk signs may make a form of."""
    if _WHOLE.fullmatch(chunk):
        yield chunk
        return
    parts = PART.findall(chunk)
    for part in (chunk, *parts) if len(parts) > 1 else (chunk,):
        for _, core in cores(part):
            yield core
