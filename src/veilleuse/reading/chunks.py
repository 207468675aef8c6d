"""What chunks of folded text hold by themselves, remembered because people use the same words all day."""

from functools import lru_cache
from typing import NamedTuple

from veilleuse.reading.sieve import Sieve
from veilleuse.reading.spelling import SEPARATORS, WORD, spelt
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

    def held(self, chunks: set[str]) -> dict[str, Chunk]:
        """What the chunks hold that hold something."""
        chunks = chunks - self._clean
        held = {chunk: content for chunk in chunks if (content := self._held.get(chunk))}
        chunks = chunks.difference(held)
        words = {c: word for c in chunks if (word := c.strip(SEPARATORS)).isalpha() and word.isascii()}
        unknown = set(words.values()) - self._clean
        doubtful, pieces = self._sieve.doubtful_words(unknown), self._sieve.pieces(unknown)
        asked = self._sieve.doubtful_chunks(chunks.difference(words))
        for chunk, word in words.items():
            if word in doubtful:
                asked.add(chunk)
            elif word in pieces:
                held[chunk] = PIECE
        for chunk in asked:
            content = self._content(chunk)
            if any(content):
                held[chunk] = content
        self._remember(chunks | (unknown - doubtful - pieces), held)
        return held

    def pieces_of(self, chunk: str) -> tuple[str, ...]:
        """The words of a chunk, as a phrase would spell them."""
        return self._remembered_pieces(chunk) if len(chunk) <= _LONGEST_REMEMBERED else _pieces(chunk)

    def _content(self, chunk: str) -> Chunk:
        phrases = self._vocabulary.phrases
        words = self.pieces_of(chunk)
        return Chunk(
            tuple(self._vocabulary.hits(chunk)),
            tuple((place, phrases[word]) for place, word in enumerate(words) if word in phrases),
            any(map(self._sieve.is_piece, words)),
        )

    def _remember(self, chunks: set[str], held: dict[str, Chunk]) -> None:
        if len(self._clean) + len(self._held) + len(chunks) > _MOST_REMEMBERED:
            self._clean.clear()
            self._held.clear()
        if len(chunks) <= _MOST_REMEMBERED:
            self._clean.update([chunk for chunk in chunks if len(chunk) <= _LONGEST_REMEMBERED and chunk not in held])
            self._held.update({c: content for c, content in held.items() if len(c) <= _LONGEST_REMEMBERED})


def _pieces(chunk: str) -> tuple[str, ...]:
    return tuple(spelt(word) for word in WORD.findall(chunk))
