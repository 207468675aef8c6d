"""Which chunks may hold something: a look that nearly nothing that people say passes.

It never refuses a chunk in which `Vocabulary` finds something, and need not be right about what it lets through. Many
chunks are looked at together, so that the interpreter does little for each.
"""

from collections.abc import Collection, Iterator, Set

from veilleuse.reading.forms import BLANK, blanked, merged, skeletons
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.spelling import FRONTS, PART, SEPARATORS, WORD, cores, spelt
from veilleuse.reading.words import (
    CROSSED,
    DIGITS,
    SHORTEST_FRONTED,
    SHORTEST_GLUED,
    SHORTEST_SPLIT,
    Vocabulary,
)

_EDGE = 4  # letters at the ends of a term by which two words in one are suspected
_BRIEF_TWO = 2 * SHORTEST_GLUED  # two terms with no such ends
_SHORTEST_PIECE = 2  # single letters are words by themselves


class Sieve:
    """Tells the chunks that may hold something from those that hold nothing."""

    def __init__(self, vocabulary: Vocabulary, ordinary: OrdinaryWords) -> None:
        self._vocabulary = vocabulary
        self._ordinary = ordinary
        self._likes = vocabulary.likes
        self._spellings = frozenset(vocabulary.spellings())
        self._sought = frozenset(vocabulary.sought_words())
        heads = frozenset(merged(FRONTS))
        self._headless = frozenset(
            skeletons([w[1:] for w in self._sought if len(w) >= SHORTEST_FRONTED and merged(w[0]) in heads])
        )
        self._brief = {word for word in self._sought if len(word) == SHORTEST_GLUED}
        self._begins = _by_edge(self._sought, slice(_EDGE))
        self._ends = _by_edge(self._sought, slice(-_EDGE, None))
        self._pieces = {
            word[start:end]
            for word in self._sought
            if len(word) >= SHORTEST_SPLIT
            for start in range(len(word))
            for end in range(start + _SHORTEST_PIECE, len(word) + 1)
        }

    def is_piece(self, word: str) -> bool:
        """Whether the word may be but a part of a term that is broken by spaces."""
        return word in self._pieces and not self._vocabulary.stands_alone(word)

    def pieces(self, words: Set[str]) -> set[str]:
        """Those of the words that are pieces."""
        return {word for word in words & self._pieces if not self._vocabulary.stands_alone(word)}

    def doubtful_words(self, words: Collection[str]) -> set[str]:
        """Of words of letters, those that may be or hold something by themselves."""
        headless = self._headless
        likes, spellings, begins, ends, brief = self._likes, self._spellings, self._begins, self._ends, self._brief
        return {
            word
            for word, like in zip(words, skeletons(words), strict=True)
            if word in spellings
            or (
                (
                    like in likes
                    or like in headless
                    or word.startswith(begins.get(word[:_EDGE], ()))
                    or word.endswith(ends.get(word[-_EDGE:], ()))
                    or (len(word) == _BRIEF_TWO and word[:SHORTEST_GLUED] in brief)
                    or ("x" in word and CROSSED.search(word))
                )
                and word not in self._ordinary
            )
        }

    def doubtful_chunks(self, chunks: Collection[str]) -> set[str]:
        """The same of chunks that hold signs or digits."""
        doubtful: set[str] = set()
        words: list[tuple[str, str]] = []
        readings: list[tuple[str, str]] = []
        for chunk in chunks:
            core = chunk.strip(SEPARATORS)
            if not core.isascii():
                doubtful.add(chunk)
            elif core.isdigit():
                if core in self._spellings or spelt(core) in self._spellings or self.is_piece(core):
                    doubtful.add(chunk)
            else:
                words += ((chunk, word) for word in _spellings(core))
                if not core.isalnum():
                    readings += ((chunk, reading) for reading in self._readings(chunk))
        said = {word for _, word in words}
        said = self.doubtful_words(said) | self.pieces(said)
        doubtful.update(chunk for chunk, word in words if word in said)
        likes = skeletons([reading for _, reading in readings])
        doubtful.update(chunk for (chunk, _), like in zip(readings, likes, strict=True) if like in self._likes)
        return doubtful

    def _readings(self, chunk: str) -> Iterator[str]:
        """What signs may make of the chunk or of its parts: a form, if its skeleton is one's."""
        parts = PART.findall(chunk)
        for part in (chunk, *parts) if len(parts) > 1 else (chunk,):
            for _, core in cores(part):
                yield core
                yield "".join(WORD.findall(core))
                for masked in blanked(core):
                    blanks = masked.count(BLANK)
                    if blanks == 1:
                        yield masked
                    elif blanks:
                        yield from self._vocabulary.of_shape(masked)


def _by_edge(words: Collection[str], edge: slice) -> dict[str, tuple[str, ...]]:
    """The words that may stand beside another in one, by their letters at one end."""
    by_edge: dict[str, tuple[str, ...]] = {}
    for word in words:
        if len(word) >= _EDGE:
            by_edge[word[edge]] = (*by_edge.get(word[edge], ()), word)
    return by_edge


def _spellings(core: str) -> Iterator[str]:
    """What the words of a chunk with digits or signs may be."""
    for word in WORD.findall(core):
        yield from {word, spelt(word), word.strip(DIGITS)}
