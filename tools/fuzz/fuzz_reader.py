"""Throws made-up texts at the kernel and its twin for some minutes; stops at the first on which they differ.

    python tools/fuzz/fuzz_reader.py [MINUTES] [SEED]

docs/kernel.md says how to run it with the kernel built for AddressSanitizer, which stops at any byte read or written
out of bounds: each text is then a block of its own.
"""

import sys
import time
from collections.abc import Sequence
from random import Random

from veilleuse.reading import Lexicon
from veilleuse.reading.finder import Finder, make_kernel
from veilleuse.reading.lexicon import Term
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.twin import Twin

BATCH = 200
_SIGNS = "@$!|*+€_.-'#&% \n?;:~`\u200b\u0301\u00ad\ufe0f"
_GLYPHS = "аеорсухіѕᴀʙᴄ🅰🇦ⓐ𝐚𝕒ⁿıłøßœﬁﬃĳéàü01345789"


class Maker:
    """Texts near what the terms are, and nothing like them."""

    def __init__(self, random: Random, terms: Sequence[Term]) -> None:
        self._random = random
        self._terms = [term.text for term in terms]

    def text(self) -> str:
        """One text, now and then a very long one."""
        count = (
            self._random.choice((0, 1, 2, 5, 12)) if self._random.random() < 0.995 else self._random.randrange(3_000)
        )
        return "".join(self._piece() + self._random.choice(("", " ", " ", " ", "  ", ". ")) for _ in range(count))

    def _piece(self) -> str:
        random = self._random
        make = random.choice((self._term, self._term, self._term, self._noise, self._letters))
        piece = make()
        for _ in range(random.choice((0, 0, 1, 1, 2, 5))):
            piece = self._changed(piece)
        return piece

    def _term(self) -> str:
        return self._random.choice(self._terms)

    def _noise(self) -> str:
        highest = self._random.choice((0x80, 0x100, 0x3000, 0x110000))
        points = (self._random.randrange(highest) for _ in range(self._random.randrange(9)))
        return "".join(chr(point) for point in points)

    def _letters(self) -> str:
        return "".join(self._random.choice("aeiounstldr1*. ") for _ in range(self._random.choice((2, 5, 9, 60))))

    def _changed(self, piece: str) -> str:
        random = self._random
        at = random.randrange(len(piece) + 1)
        character = random.choice((random.choice(_SIGNS), random.choice(_GLYPHS), random.choice("aeixsz0 ")))
        return random.choice(
            (
                piece[:at] + character + piece[at:],
                piece[:at] + character + piece[at + 1 :],
                piece[:at] + piece[at + 1 :],
                piece[:at] + piece[at : at + 2][::-1] + piece[at + 2 :],
                piece[:at] + piece[at : at + 1] * random.randrange(2, 5) + piece[at + 1 :],
                random.choice(" .-*_\u200b").join(piece),
                piece[::-1],
                piece.upper(),
                piece + self._term(),
                f"**{piece[:at]}**{piece[at:]}",
                "".join(f"%{ord(c):02x}" for c in piece if ord(c) < 128),
            )
        )


def difference(kernel: Finder, twin: Finder, texts: Sequence[str]) -> str | None:
    """The first text on which they differ."""
    if kernel.find(texts) == twin.find(texts):
        return None
    return next(text for text in texts if kernel.find([text]) != twin.find([text]))


def main() -> None:
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10
    random = Random(int(sys.argv[2]) if len(sys.argv) > 2 else 0)  # noqa: S311 (the same seed gives the same texts)
    terms = sorted(dict.fromkeys(Lexicon.shipped().terms), key=lambda term: (term.concept, term.text))
    ordinary = OrdinaryWords.shipped()
    kernel, twin, maker = make_kernel(terms, ordinary), Twin(terms, ordinary), Maker(random, terms)
    end, count = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < end:
        different = difference(kernel, twin, [maker.text() for _ in range(BATCH)])
        if different is not None:
            print(f"after {count:,} texts, they differ on {different!r}:")
            print(kernel.find([different]), twin.find([different]), sep="\n")
            sys.exit(1)
        count += BATCH
    print(f"{count:,} texts, {minutes:g} minutes: the same findings")


if __name__ == "__main__":
    main()
