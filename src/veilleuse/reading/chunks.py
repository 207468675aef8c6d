"""What chunks of folded text hold by themselves, remembered because people use the same words all day."""

from collections.abc import Iterable, Set
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple

from veilleuse.reading.sieve import Sieve
from veilleuse.reading.spelling import FRONTS, SEPARATORS, WORD, spelt
from veilleuse.reading.words import Hit, Phrase, Vocabulary

_LONGEST_REMEMBERED = 40
_MOST_REMEMBERED = 200_000  # distinct chunks; about 40 MB
_MOST_SPELT = 10_000  # chunks whose words are remembered as they are spelt


class Chunk(NamedTuple):
    """What a chunk holds by itself, which of its words, by place, anchor phrases, and whether it may be but a piece."""

    hits: tuple[Hit, ...]
    anchors: tuple[tuple[int, list[Phrase]], ...]
    piece: bool


NOTHING, PIECE = Chunk((), (), piece=False), Chunk((), (), piece=True)


class Chunks:
    """What chunks hold, told once. What is remembered changes nothing of it."""

    def __init__(self, vocabulary: Vocabulary, sieve: Sieve) -> None:
        self._vocabulary = vocabulary
        self._sieve = sieve
        self._clean: set[str] = set()
        self._held: dict[str, Chunk] = {}
        self._remembered_pieces = lru_cache(_MOST_SPELT)(_pieces)  # forgotten with its reader, as all the rest

    def unclear(self, chunks: Iterable[str]) -> list[str]:
        """The chunks, in order, but those known to hold nothing."""
        return [*filterfalse(self._clean.__contains__, chunks)]

    def held(self, chunks: Set[str]) -> dict[str, Chunk]:
        """What the chunks hold that hold something."""
        held = {chunk: self._held[chunk] for chunk in self._held.keys() & chunks}
        unmet = chunks - held.keys()
        words = {*filter(str.isalpha, unmet)}
        cores = {chunk: _core(chunk) for chunk in unmet - words}
        unknown = words.union(filterfalse(self._clean.__contains__, cores.values()))
        doubtful, pieces = self._sieve.sift(unknown, self._clean)
        asked = doubtful | pieces
        for chunk in [*words & asked, *(chunk for chunk, core in cores.items() if core in asked)]:
            content = self._content(chunk) if cores.get(chunk, chunk) in doubtful else PIECE
            if content != NOTHING:
                held[chunk] = content
        self._remember((unmet - held.keys()) | (unknown - asked), held)
        return held

    def pieces_of(self, chunk: str) -> tuple[str, ...]:
        """The words of a chunk, as a phrase would spell them."""
        if chunk.isalpha() and chunk.isascii():
            return (chunk,)
        return self._remembered_pieces(chunk) if len(chunk) <= _LONGEST_REMEMBERED else _pieces(chunk)

    def opening(self, chunk: str) -> str:
        """The letters of the chunk, if a term may begin with its first word; else none."""
        if chunk.isalpha() and chunk.isascii():
            return chunk if self._vocabulary.opens(chunk) else ""
        pieces = self.pieces_of(chunk)
        return "".join(pieces) if pieces and self._vocabulary.opens(pieces[0]) else ""

    def _content(self, chunk: str) -> Chunk:
        phrases = self._vocabulary.phrases
        words = self.pieces_of(chunk)
        content = Chunk(
            tuple(self._vocabulary.hits(chunk)),
            tuple([(place, phrases[word]) for place, word in enumerate(words) if word in phrases]),
            any(map(self._sieve.is_piece, words)),
        )
        return PIECE if content == PIECE else content

    def _remember(self, clean: Set[str], held: dict[str, Chunk]) -> None:
        if len(self._clean) + len(self._held) + len(clean) + len(held) > _MOST_REMEMBERED:
            self._clean.clear()
            self._held.clear()
        if len(clean) + len(held) <= _MOST_REMEMBERED:
            self._clean.update([chunk for chunk in clean if len(chunk) <= _LONGEST_REMEMBERED])
            self._held.update([(chunk, held[chunk]) for chunk in held if len(chunk) <= _LONGEST_REMEMBERED])


def _core(chunk: str) -> str:
    """The chunk without the signs around it, but for one in front that may be its first letter."""
    core = chunk.strip(SEPARATORS)
    if chunk[0] not in SEPARATORS or not core:
        return core
    front = chunk[len(chunk) - len(chunk.lstrip(SEPARATORS)) - 1]
    return front + core if front in FRONTS else core


def _pieces(chunk: str) -> tuple[str, ...]:
    return tuple([spelt(word) for word in WORD.findall(chunk)])
