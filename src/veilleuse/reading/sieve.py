"""Which chunks may hold something: a look that nearly nothing that people say passes.

It never refuses a chunk in which `Vocabulary` finds something, and need not be right about what it lets through. Many
chunks are looked at together, so that the interpreter does little for each.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from itertools import chain, compress, count, filterfalse, groupby
from operator import itemgetter

from veilleuse.reading.edits import BLANK, Block
from veilleuse.reading.fold import SIGNS
from veilleuse.reading.forms import blanked, skeleton, skeletons
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.spelling import ASCII, PART, WORD, cores, spelt
from veilleuse.reading.words import CROSSED, DIGITS, SHORTEST_GLUED, SHORTEST_SPLIT, Vocabulary

# The ends of a term by which two words in one are suspected.
_EDGE = 4
_HEAD, _TAIL = itemgetter(slice(_EDGE)), itemgetter(slice(-_EDGE, None))
_BARE = re.compile(r"[a-z0-9][^']*[a-z0-9]")  # has no sign around it, nor an apostrophe
_WHOLE = re.compile(r"[a-z0-9][^,^']*[a-z0-9]")  # nor parts
_SHORTEST_TWO = _EDGE + SHORTEST_GLUED  # letters of such a term and another word
_BRIEF_TWO = 2 * SHORTEST_GLUED  # of two terms in one, with no such ends
_LETTERS_ONLY = ASCII | str.maketrans("", "", SIGNS)
_SHORTEST_PIECE = 2  # single letters are words by themselves


class Sieve:
    """Tells the chunks that may hold something from those that hold nothing."""

    def __init__(self, vocabulary: Vocabulary, ordinary: OrdinaryWords) -> None:
        self._vocabulary = vocabulary
        self._ordinary = ordinary
        self._spellings = frozenset(vocabulary.spellings())
        self._sought = frozenset(vocabulary.sought_words())
        self._known = {*self._spellings}  # and the pieces of words sought: one question for both
        self._brief = {word for word in self._sought if len(word) == SHORTEST_GLUED}
        edged = [word for word in self._sought if len(word) >= _EDGE]
        self._begins = _by_edge(edged, _HEAD)
        self._ends = _by_edge(edged, _TAIL)
        for length, words in groupby(sorted(self._sought, key=len), len):
            if length >= SHORTEST_SPLIT:
                self._known.update(*Block([*words]).parts(_SHORTEST_PIECE))
        self._likes = vocabulary.likes  # last: the garbage collector looks through what is there while more is made

    def is_known(self, letters: str) -> bool:
        """Whether a term that may be split holds the letters, or a word that means something is those."""
        return letters in self._known

    def is_piece(self, word: str) -> bool:
        """Whether the word may be but a part of a term that is broken by spaces."""
        return word in self._known and not self._vocabulary.stands_alone(word)

    def sift(self, words: Collection[str], cores: Set[str], clean: Set[str]) -> tuple[set[str], set[str]]:
        """Of words of letters alone, and of chunks without the signs around them, those that may hold something; those
        of which words are pieces.

        Of the `clean` it is known that they hold nothing.
        """
        words = [*words, *filter(str.isalpha, cores)]
        others = [*filterfalse(str.isalpha, cores)]
        glyphs: set[str] = set()
        if not "".join(chain(words, others)).isascii():
            glyphs.update(filterfalse(str.isascii, chain(words, others)))
            words, others = [*filter(str.isascii, words)], [*filter(str.isascii, others)]
        told = [(word, core) for core in others for word in _spellings(core) if word not in clean]
        words += [word for word, _ in told]
        known = self._known.intersection(words)
        doubtful = self._doubtful(words, [core for core in others if not core.isalnum()])
        doubtful |= self._spellings & known
        pieces = {*filterfalse(self._vocabulary.stands_alone, known)}
        doubtful.update([core for word, core in told if word in doubtful])
        pieces.update([core for word, core in told if word in pieces])
        return doubtful | glyphs, pieces

    def _doubtful(self, words: Sequence[str], signed: Iterable[str]) -> set[str]:
        """Of words of letters and digits, and of chunks with signs."""
        row = "\n".join(words)
        suspects = {*self._holding_two(words), *self._disguising(words, row), *self._signed_disguising(signed)}
        if CROSSED.search(row):
            suspects.update(filter(CROSSED.search, words))
        return {chunk for chunk in suspects if not chunk.isalnum() or chunk not in self._ordinary}

    def _disguising(self, words: Sequence[str], row: str) -> Iterator[str]:
        """Those of the words, which stand in a row, that read as a form does, or as a term drawn out."""
        likes = skeleton(row).split("\n")
        unsaid = filterfalse(self._ordinary.__contains__, compress(words, map(self._likes.__contains__, likes)))
        return filter(self._vocabulary.reads_so, unsaid)

    def _signed_disguising(self, signed: Iterable[str]) -> Iterator[str]:
        """Those that read so if signs stand for letters, blanks or nothing."""
        parts = [(part, chunk) for chunk in signed for part in _parts(chunk)]
        if not parts:
            return
        row = "\n".join([part for part, _ in parts])
        masks = [*blanked(row)]
        rows = "\n".join((row, row.translate(_LETTERS_ONLY), *masks)).split("\n")
        chunks = [chunk for _, chunk in parts]
        told = chunks * (len(masks) + 2)
        for place in compress(count(), map(self._likes.__contains__, skeletons(rows))):
            if self._vocabulary.reads_so(rows[place]):
                yield told[place]
        for mask, chunk in zip(rows[2 * len(chunks) :], chunks * len(masks), strict=True):
            if mask.count(BLANK) > 1 and self._vocabulary.has_shape(mask):
                yield chunk

    def _holding_two(self, words: Sequence[str]) -> Iterator[str]:
        """Those of the words that are a term and another, or a term and what stands alone."""
        longer = [word for word in words if len(word) >= _SHORTEST_TWO]
        for word in compress(longer, map(self._begins.__contains__, map(_HEAD, longer))):
            terms = self._begins[_HEAD(word)]
            if word.startswith(terms) and any(self._stands(word[len(t) :]) for t in terms if word.startswith(t)):
                yield word
        for word in compress(longer, map(self._ends.__contains__, map(_TAIL, longer))):
            terms = self._ends[_TAIL(word)]
            if word.endswith(terms) and any(self._stands(word[: -len(t)]) for t in terms if word.endswith(t)):
                yield word
        if self._brief:
            yield from [word for word in words if len(word) == _BRIEF_TWO and word[:SHORTEST_GLUED] in self._brief]

    def _stands(self, rest: str) -> bool:
        """Whether it may be what is left of a word beside a term."""
        return len(rest) >= SHORTEST_GLUED and (rest in self._sought or self._vocabulary.stands_alone(rest))


def _by_edge(words: Collection[str], edge: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    """The words that may stand beside another in one, by their letters at one end."""
    return {letters: tuple(some) for letters, some in groupby(sorted(words, key=edge), edge)}


def _spellings(core: str) -> list[str]:
    """What the words of a chunk with digits or signs may be."""
    words: list[str] = [core] if core.isalnum() else WORD.findall(core)
    for word in words[:]:
        if not word.isalpha():
            letters = word.strip(DIGITS)
            if letters.isalpha():  # as in "14h": digits are read only among letters
                words.append(letters)
            else:
                words += {spelt(word), letters}.difference(("", word))
    return words


def _parts(chunk: str) -> Iterator[str]:
    """What of the chunk signs may make a form of."""
    if _WHOLE.fullmatch(chunk):
        yield chunk
        return
    parts = PART.findall(chunk)
    for part in (chunk, *parts) if len(parts) > 1 else (chunk,):
        if part.isalnum():
            continue  # a word, asked as such
        if _BARE.fullmatch(part):
            yield part
        else:
            yield from [core for _, core in cores(part)]
