"""What chunks of folded text hold by themselves, remembered because people use the same words all day."""

import re
from collections.abc import Iterable, Sequence, Set
from functools import lru_cache
from itertools import compress, filterfalse, repeat
from operator import is_not
from typing import NamedTuple

from veilleuse.reading.sieve import Sieve
from veilleuse.reading.spelling import FRONTS, SEPARATORS, WORD, spelt
from veilleuse.reading.words import Hit, Phrase, Vocabulary

_LONGEST_REMEMBERED = 40
_MOST_REMEMBERED = 200_000  # distinct chunks; about 40 MB
_MOST_SPELT = 10_000  # chunks whose words are remembered as they are spelt
_FRONT = re.compile(rf"[{re.escape(FRONTS)}][^\n{re.escape(SEPARATORS)}]")  # one that a word follows


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

    def held(self, chunks: Iterable[str]) -> dict[str, Chunk]:
        """What the chunks hold that hold something; of these it is not known that they hold nothing."""
        unmet = {*chunks}
        held = {chunk: self._held[chunk] for chunk in self._held.keys() & unmet}
        unmet.difference_update(held)
        signed = [*filterfalse(str.isalpha, unmet)]
        words = unmet.difference(signed)  # most, with no signs around them
        cores = _cores(signed)
        unknown = {*filterfalse(self._clean.__contains__, cores)}
        doubtful, pieces = self._sieve.sift(words, unknown, self._clean)
        asked = doubtful | pieces
        suspects = [(word, word) for word in asked & words]
        suspects += compress(zip(signed, cores, strict=True), map(asked.__contains__, cores))
        found: dict[str, Chunk] = {}
        for chunk, core in suspects:
            content = self._content(chunk, core) if core in doubtful else PIECE
            if content != NOTHING:
                found[chunk] = content
        unmet |= unknown - asked
        unmet.difference_update(found)
        self._remember(unmet, found)
        return held | found

    def pieces_of(self, chunk: str) -> tuple[str, ...]:
        """The words of a chunk, as a phrase would spell them."""
        core = chunk.strip(SEPARATORS)
        if core.isalpha() and core.isascii():
            return (core,)
        return self._remembered_pieces(chunk) if len(chunk) <= _LONGEST_REMEMBERED else _pieces(chunk)

    def is_within(self, before: str, chunk: str, after: str) -> bool:
        """Whether the chunk may, with the letter before it or the one after, stand within a term."""
        if not (chunk.isalpha() and chunk.isascii()):
            return True
        return self._sieve.is_known(before + chunk) or self._sieve.is_known(chunk + after)

    def letters_of(self, chunk: str) -> str:
        """Those words in one."""
        if chunk.isalpha() and chunk.isascii():
            return chunk  # as most are
        return "".join(self.pieces_of(chunk))

    def _content(self, chunk: str, core: str) -> Chunk:
        behind = core.isalpha() and core.isascii() and chunk.startswith(core)
        if behind and (content := self._held.get(core)):
            return content  # signs behind a word change nothing
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
            if max(map(len, clean), default=0) > _LONGEST_REMEMBERED:  # as few texts hold
                clean = {chunk for chunk in clean if len(chunk) <= _LONGEST_REMEMBERED}
            self._clean.update(clean)
            self._held.update([(chunk, held[chunk]) for chunk in held if len(chunk) <= _LONGEST_REMEMBERED])


def _cores(chunks: Sequence[str]) -> list[str]:
    """The chunks without the signs around them, but for one in front that may be the first letter."""
    cores = [*map(str.strip, chunks, repeat(SEPARATORS))]
    signed = compress(chunks, map(is_not, chunks, cores))
    if _FRONT.search("\n".join(signed)):  # in few, so that most are left as they are at once
        for place, (chunk, core) in enumerate(zip(chunks, cores, strict=True)):
            front = chunk[chunk.find(core) - 1]
            if front in FRONTS and not chunk.startswith(core):
                cores[place] = front + core
    return cores


def _pieces(chunk: str) -> tuple[str, ...]:
    return tuple([spelt(word) for word in WORD.findall(chunk)])
