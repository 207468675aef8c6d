"""The ways a word is changed and still understood, each done to all words of one length at once.

Such words stand one under another in a row of bytes, where a letter of all of them is one slice. Thousands of terms
have a million variants: the interpreter takes a step for each edit, not for each of those.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress

from veilleuse.reading.finding import Disguise

BLANK = "*"  # stands for a masked letter
# Two letters that look like one.
PAIRS = (("w", "vv"), ("w", "uu"), ("m", "rn"), ("d", "cl"))
# How French and English are written by ear: one way each, two at a time, and all in this order.
RESPELLINGS = (
    ("eau", "o"), ("au", "o"), ("ph", "f"), ("ck", "k"), ("qu", "k"), ("ks", "x"), ("x", "ks"), ("z", "s"),
    ("s", "z"), ("oi", "wa"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ea", "ee"), ("ai", "e"), ("wh", "w"),
    ("ca", "ka"), ("co", "ko"), ("cu", "ku"), ("cr", "kr"), ("cl", "kl"), ("ce", "se"), ("ci", "si"),
    ("ge", "je"), ("f", "ph"), ("er$", "a$"), ("s$", "z$"), ("e$", "$"), ("^kn", "^n"), ("y", "i"), ("i", "y"),
)  # fmt: skip
# Of those, the ones that undo another are left out when all are applied together.
TOGETHER = frozenset({("ks", "x"), ("s", "z"), ("f", "ph"), ("i", "y")})
VOICED = ("s", "z")
VOWELS, PURE_VOWELS = "aeiouy", "aeiou"
SHORTEST_VARIED = 4
SHORTEST_PLURAL_DROPPED = 7
SHORTEST_EDITED_TWICE = 8
LONGEST_KEPT_WHOLE = 5  # letters of a word that does not lose the last: too much would be gone with it
SHORTEST_RESPELT = 5
SHORTEST_SWAPPED_LAST = 5
SHORTEST_OTHER_VOWEL = 6
SILENT = "estx"
FEWEST_CONSONANTS = 4
_TURNED = bytes.maketrans(b"bdpqnu", b"qpdbun")  # what letters look like upside down
_UNBOUND = str.maketrans("", "", "^$")

Variants = tuple[str, Sequence[int]]  # all of one length, one a line; and of which word each is, over and over


class Block:
    """Words of one length, all of them plurals or none, in a row where each has the end of its line."""

    def __init__(self, words: Sequence[str], *, plural: bool = False) -> None:
        self.words = words
        self.plural = plural
        self.length = len(words[0])
        self.width = self.length + 1
        self.row = bytearray("".join([f"{word}\n" for word in words]), "ascii")

    def told(self, rows: Sequence[bytearray]) -> Variants:
        """The variants in rows, of which each holds one of every word."""
        return b"".join(rows).decode("ascii")[:-1], range(len(self.words))

    def parts(self, shortest: int) -> Iterator[list[str]]:
        """Every part of a word that is no shorter."""
        row, width = self.row, self.width
        while width > shortest:
            part, wide = row, width
            while wide > shortest:
                yield part.decode("ascii").split()
                part, wide = _without(part, wide - 2, wide), wide - 1
            row, width = _without(row, 0, width), width - 1


def variants(block: Block, disguise: Disguise) -> Iterable[Variants]:
    """The words changed in one way, as a reader still understands them; some are the word unchanged.

    What is an ordinary word is no form of another.
    """
    return EDITS[disguise](block) if block.length >= SHORTEST_VARIED else ()


def _paired(block: Block) -> Iterator[Variants]:
    """A letter written as two that look like it, in one place or in all."""
    row = "\n".join(block.words)
    everywhere = [word for pair in PAIRS for word in row.replace(*pair).split("\n")]
    once, places = _each_replaced(row, range(len(block.words)), PAIRS)
    yield from _by_length([*everywhere, *once], [*range(len(block.words))] * len(PAIRS) + places)


def _masked(block: Block) -> Iterator[Variants]:
    masks = [mask.encode() * len(block.words) for mask in (BLANK, "x")]
    inner = range(1, block.length - 1)
    yield block.told([_with(block.row, i, block.width, mask) for i in inner for mask in masks])


def _swapped(block: Block) -> Iterator[Variants]:
    """Two neighbours; in long words two more, apart from them."""
    last = block.length - (1 if block.length >= SHORTEST_SWAPPED_LAST else 2)
    rows = [_with_swap(block.row, i, block.width) for i in range(last)]
    if not block.plural and block.length >= SHORTEST_EDITED_TWICE:
        rows += [_with_swap(once, i, block.width) for first, once in enumerate(rows) for i in range(first + 2, last)]
    yield block.told(rows)


def _dropped(block: Block) -> Iterator[Variants]:
    """Not the first letter; nor the last of a short word, nor one that French does not sound: so people misspell.

    Of plurals an inner letter if they are long, or the e before the s.
    """
    words, length = block.words, block.length
    if block.plural:
        if length >= SHORTEST_PLURAL_DROPPED:
            yield block.told([_without(block.row, i, block.width) for i in range(1, length - 2)])
        mute = [place for place, word in enumerate(words) if word[-2] == "e"]
        yield from _by_length([words[place][:-2] + words[place][-1] for place in mute], mute)
        return
    kept = [place for place, word in enumerate(words) if word[-1] in SILENT or length <= LONGEST_KEPT_WHOLE]
    sounded = sorted({*range(len(words))} - {*kept})
    for places, last in ((kept, length - 1), (sounded, length)):
        if places:
            some = Block([words[place] for place in places])
            for text, _ in _without_each(some, last):
                yield text, places


def _without_each(block: Block, last: int) -> Iterator[Variants]:
    """Without one letter; long words also without two, neither of them the last."""
    dropped = [_without(block.row, i, block.width) for i in range(1, last)]
    yield block.told(dropped)
    if block.length >= SHORTEST_EDITED_TWICE:
        twice = [(once, i) for first, once in enumerate(dropped, 1) for i in range(first, block.length - 2)]
        yield block.told([_without(once, i, block.length) for once, i in twice])


def _respelt(block: Block) -> Iterator[Variants]:
    """By ear: all sounds respelt that can be, one, or, but for plurals, two. A silent e alone is but misspelt."""
    row = "\n".join([f"^{word}$" for word in block.words])
    silent = row.replace("e$", "$").split("\n")
    respelt, places = _each_replaced(row, range(len(block.words)), RESPELLINGS)
    if not block.plural:
        for once in list(_by_length(respelt, places)):
            twice, of = _each_replaced(*once, RESPELLINGS)
            respelt += twice
            places += of
    spoken = [one != silent[place] for one, place in zip(respelt, places, strict=True)]
    for spelling, to in RESPELLINGS:
        if (spelling, to) not in TOGETHER:
            row = row.replace(spelling, to)
    voiced = row.replace(*VOICED)  # as French does between vowels
    respelt = "\n".join([*compress(respelt, spoken), row, voiced]).translate(_UNBOUND).split("\n")
    places = [*compress(places, spoken), *range(len(block.words)), *range(len(block.words))]
    yield from _by_length(respelt, places, min(block.length, SHORTEST_RESPELT))


def _each_replaced(row: str, of: Sequence[int], replacements: Iterable[tuple[str, str]]) -> tuple[list[str], list[int]]:
    """The words, all of one length, with one spelling of those replaced, at one place; and of which each is."""
    words = row.split("\n")
    width = len(words[0]) + 1
    replaced: list[str] = []
    places: list[int] = []
    for spelling, to in replacements:
        found = row.find(spelling)
        while found >= 0:
            line, start = divmod(found, width)
            replaced.append(words[line][:start] + to + words[line][start + len(spelling) :])
            places.append(of[line])
            found = row.find(spelling, found + 1)
    return replaced, places


def _changed_vowels(block: Block) -> Iterator[Variants]:
    """The consonants, y among them or not, with or without the vowels at the ends; or one vowel replaced."""
    if block.plural:
        return
    words, row, width = block.words, block.row, block.width
    first_kept = _with(row, 0, width, row[::width].upper())  # what is upper is no vowel
    both_kept = _with(first_kept, width - 2, width, row[width - 2 :: width].upper())
    for kept in (both_kept, first_kept, row):
        for vowels in (PURE_VOWELS, VOWELS):
            left = kept.translate(None, vowels.encode()).lower().decode("ascii")[:-1].split("\n")
            yield from _by_length(left, range(len(words)), FEWEST_CONSONANTS)
    for i in range(block.length if block.length >= SHORTEST_OTHER_VOWEL else 0):
        places = [place for place, word in enumerate(words) if word[i] in PURE_VOWELS]
        if places:
            some = Block([words[place] for place in places])
            text, _ = some.told([_with(some.row, i, width, vowel.encode() * len(places)) for vowel in PURE_VOWELS])
            yield text, places


def _reversed(block: Block) -> Iterator[Variants]:
    row = Block([word[::-1] for word in block.words]).row
    yield block.told([row, row.translate(_TURNED)])


def _with(row: bytearray, i: int, width: int, letters: bytes | bytearray) -> bytearray:
    row = row[:]
    row[i::width] = letters
    return row


def _with_swap(row: bytearray, i: int, width: int) -> bytearray:
    swapped = row[:]
    swapped[i::width], swapped[i + 1 :: width] = row[i + 1 :: width], row[i::width]
    return swapped


def _without(row: bytearray, i: int, width: int) -> bytearray:
    row = row[:]
    del row[i::width]
    return row


def _by_length(words: Sequence[str], places: Sequence[int], shortest: int = 1) -> Iterator[Variants]:
    by_length: defaultdict[int, tuple[list[str], list[int]]] = defaultdict(lambda: ([], []))
    for word, place in zip(words, places, strict=True):
        some, of = by_length[len(word)]
        some.append(word)
        of.append(place)
    for length, (some, of) in by_length.items():
        if length >= shortest:
            yield "\n".join(some), of


# In the order of trust: where two make the same variant, the first names the disguise.
EDITS: dict[Disguise, Callable[[Block], Iterable[Variants]]] = {
    Disguise.LOOKALIKE: _paired,
    Disguise.MASKED: _masked,
    Disguise.SWAPPED: _swapped,
    Disguise.DROPPED: _dropped,
    Disguise.PHONETIC: _respelt,
    Disguise.VOWELS: _changed_vowels,
    Disguise.REVERSED: _reversed,
}
