"""Writes what fuzz_kernel.c needs: the vocabulary as the kernel is told it, texts to begin with, and words to try.

    python tools/fuzz/export_vocabulary.py FOLDER

Into FOLDER go `vocabulary`, `words.dict` and `seeds/`. Numbers are of 32 bits, little-endian.
"""

import struct
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, cycle, islice
from pathlib import Path
from unittest.mock import patch

from veilleuse.evaluation.disguises import all_terms, samples, stacked_samples
from veilleuse.evaluation.disguises.form import bare
from veilleuse.reading import Lexicon, finder
from veilleuse.reading.lexicon import TERM, Term
from veilleuse.reading.ordinary import OrdinaryWords

EACH = 12  # samples of a class of disguise: of each intensity and language, from both halves of its glyphs
STACKED = 400
AT_ONCE = 3
# Bytes that UTF-8 has no use for; fuzz_kernel.c says what they mean.
BEGINNINGS, AGAIN, OWN = (b"\xfd", b"\xfe", b"\xff"), b"\xfc", b"\xfb"
_SIGNS = " \n@$!|*+€_.-'#&%?;:~^,\u200b\u0301\u00ad\ufe0f\u202e\u202c\u2069"
_GLYPHS = "аеорсухіѕᴀʙᴄ🅰🇦ⓐ𝐚𝕒ⁿıłøßœﬁﬃĳéàü01345789ςσΛρ£ƃ([<"
_PAIRS = ("**", "||", "~~", "__", "%61", "'s", "x.x", ". ", "vv", "uu", "rn", "cl", "xx", "_4", "t-", "j'")
_LONGEST_ENTRY = 60  # bytes; libFuzzer takes no more than 64


def vocabulary(terms: Sequence[Term]) -> bytes:
    """What `make_kernel` tells the kernel, in the order in which it does."""
    with patch.object(finder, "BUILT") as kernel:
        finder.make_kernel(terms, OrdinaryWords.shipped())
    told, _, _, _, _, ordinary, fold, kinds, merged, ligatures, respellings, off, _ = kernel.call_args.args
    return b"".join(
        (
            _long(ordinary), _long(fold), kinds, merged,
            _count(ligatures), *(bytes([code, other]) + _short(letters) for code, letters, other in ligatures),
            _count(respellings), *(_short(a) + _short(b) + bytes([together]) for a, b, together in respellings),
            struct.pack("<I", off),
            _count(told), *(_term(*term) for term in told),
        )
    )  # fmt: skip


def _count(items: Sequence[object]) -> bytes:
    return struct.pack("<I", len(items))


def _long(content: bytes) -> bytes:
    return _count(content) + content


def _short(content: bytes) -> bytes:
    return bytes([len(content)]) + content


def _term(words: Sequence[bytes], concept: int, *flags: bool) -> bytes:
    return struct.pack("<I", concept) + bytes(flags) + bytes([len(words)]) + b"".join(map(_short, words))


def seeds() -> Iterator[bytes]:
    """Disguised messages, some at a time, of each width; once among all terms, once with their own alone."""
    disguised = chain(samples(each=EACH), islice(stacked_samples(), STACKED))
    beginnings = cycle((*BEGINNINGS, BEGINNINGS[0]))  # four, so that no place of the three always has the same
    while held := list(islice(disguised, AT_ONCE)):
        texts = b"".join(next(beginnings) + sample.text.encode() for sample in held)
        yield texts
        yield OWN + b"".join(b"\0" + bare(sample.term).encode() + b"\n" for sample in held) + texts


def entries(terms: Iterable[Term]) -> list[str]:
    """A dictionary in the notation of libFuzzer."""
    words = (*(term.text for term in terms), *_SIGNS, *_GLYPHS, *_PAIRS)
    tried = dict.fromkeys((*BEGINNINGS, AGAIN, *(word.encode() for word in words)))
    return ['"' + "".join(f"\\x{byte:02x}" for byte in word) + '"' for word in tried if len(word) <= _LONGEST_ENTRY]


def main() -> None:
    folder = Path(sys.argv[1])
    terms = finder.in_order([*Lexicon.shipped().terms, *(Term(text, TERM) for text in all_terms())])
    (folder / "seeds").mkdir(parents=True, exist_ok=True)
    (folder / "vocabulary").write_bytes(vocabulary(terms))
    (folder / "words.dict").write_text("\n".join(entries(terms)) + "\n", encoding="ascii")
    for place, seed in enumerate(seeds()):
        (folder / "seeds" / f"{place:04}").write_bytes(seed)


if __name__ == "__main__":
    main()
