"""The words ordinary people use: what no variant of a term may be, lest the innocent be flagged.

Shipped as a Bloom filter, so that half a million words cost a megabyte and no list is handed out.
`tools/build_ordinary.py` writes it and names its sources.
"""

from collections.abc import Collection
from functools import cache
from zlib import crc32

from veilleuse import DATA

BITS_PER_WORD = 11  # at least: the filter is as long as a power of two
FREQUENT = "="  # before a word that many people use: "nd" and "ato" are in dictionaries, but few people use them
SEEN = "~"  # after what somebody wrote, or many misspell so: no word, but no disguise either
_SHORT = 3
PROBES = 8  # ln 2 × 11 bits: one word in 200 that is ordinary only by mistake


class OrdinaryWords:
    """A set of folded words that can say "yes" by mistake one time in 200, and "no" never."""

    def __init__(self, bits: bytes | bytearray) -> None:
        self._bits = bits
        self._size = len(bits) * 8

    @classmethod
    @cache
    def shipped(cls) -> "OrdinaryWords":
        """French and English words, inflected, marks taken off."""
        return cls((DATA / "ordinary.bloom").read_bytes())

    @classmethod
    def of(cls, words: Collection[str]) -> "OrdinaryWords":
        """A filter that holds these words."""
        bits = bytearray(1 << max(3, (len(words) * BITS_PER_WORD // 8 - 1).bit_length()))
        size = len(bits) * 8
        for word in words:
            probe, step = _hashes(word)
            for _ in range(PROBES):
                bit = probe % size
                bits[bit >> 3] |= 1 << (bit & 7)
                probe += step
        return cls(bits)

    def __contains__(self, word: str) -> bool:
        if not word.isascii():
            return False  # ligatures stand opened in ordinary words
        bits, size = self._bits, self._size
        probe, step = _hashes(word)
        probe, step = probe % size, step % size  # small numbers are read faster
        for _ in range(PROBES):
            bit = probe % size
            if not bits[bit >> 3] >> (bit & 7) & 1:
                return False
            probe += step
        return True

    def stands_alone(self, word: str) -> bool:
        """Whether the word is one by itself, no piece of another: of up to three letters, only frequent ones are."""
        return self.is_frequent(word) if len(word) <= _SHORT else word in self

    def is_frequent(self, word: str) -> bool:
        """Whether many people use the word."""
        return FREQUENT + word in self

    def is_seen(self, word: str) -> bool:
        """Whether the word is ordinary, or at least met in ordinary talk, be it a slip of the pen."""
        return word in self or word + SEEN in self

    def to_bytes(self) -> bytes:
        """What `OrdinaryWords` takes back."""
        return bytes(self._bits)


def _hashes(word: str) -> tuple[int, int]:
    """Double hashing (Kirsch and Mitzenmacher, 2006): one checksum in each direction make every probe."""
    letters = word.encode()
    return crc32(letters), crc32(letters[::-1]) | 1
