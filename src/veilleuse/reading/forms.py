"""The forms under which a word of the lexicon may stand in a text; how they read is told once, on loading.

A variant that people write of their own accord, a word or a slip of the pen, is never a form: that is the strongest
lever on false alarms.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Set
from functools import cached_property
from itertools import compress, cycle, groupby
from string import ascii_lowercase
from typing import NamedTuple

from veilleuse.reading.edits import BLANK, EDITS, SHORTEST_VARIED, VOWELS, Block, Variants, variants
from veilleuse.reading.finding import Disguise
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.spelling import ASCII, READS

BLANKING, BRACKET = "#_.-*^&%", "("
# What the pen slips into by itself.
SLIPS = frozenset(
    {Disguise.REPEAT, Disguise.LOOKALIKE, Disguise.DROPPED, Disguise.SWAPPED, Disguise.PHONETIC, Disguise.VOWELS}
)
_READS = ASCII | str.maketrans(*READS)
_BLANKING = ASCII | str.maketrans(BLANKING, BLANK * len(BLANKING))
_APART = "\n\t"  # between words in a row: two, none of which is doubled where a word is empty
_LETS_THROUGH = bytes([0] + [255] * 255)
_LETTERS = frozenset(ascii_lowercase)
_DISGUISES = tuple(EDITS)
_WAYS = 1 + len(EDITS)  # the first is unchanged


class Sought(NamedTuple):
    """A word of a term, or its plural, that is sought in disguise."""

    word: str
    term: int
    plural: bool


class Form(NamedTuple):
    """A spelling under which a term may stand."""

    word: str
    term: int
    disguise: Disguise


class Forms:
    """The forms of all words sought. Only how they read is kept: most are never met, and those that are, made anew."""

    def __init__(self, ordinary: OrdinaryWords) -> None:
        self.words: list[Sought] = []  # none is added once it was asked for forms
        self._ordinary = ordinary
        # By length, how edited forms read, one a line, and the edit and the words they are of, over and over.
        self._edited: defaultdict[int, list[tuple[str, int, tuple[int, ...]]]] = defaultdict(list)
        self._meant: dict[int, tuple[dict[str, int], dict[str, list[int]]]] = {}

    @cached_property
    def likes(self) -> Set[str]:
        """The skeletons of all words and of their edited forms, those too that are ordinary words and so none.

        A set and no more: of the million that thousands of words have, most are never met.
        """
        likes = {*self._plain}
        by_length: defaultdict[tuple[int, bool], list[int]] = defaultdict(list)
        for place, (word, _, plural) in enumerate(self.words):
            by_length[len(word), plural].append(place)
        for (_, plural), places in by_length.items():
            block = Block([self.words[place].word for place in places], plural=plural)
            for way, disguise in enumerate(EDITS, 1):
                for text, of in variants(block, disguise):
                    likes.update(skeleton(text).split("\n"))
                    length = len(text.partition("\n")[0])
                    self._edited[length].append((text, way, tuple([places[index] for index in of])))
        return likes

    def of(self, word: str) -> Iterator[Form]:
        """The forms that may be meant by the word, in the order of the words sought and of trust."""
        read, like = merged(word), skeleton(word)
        seen: set[tuple[int, str]] = set()
        for meant in sorted({*self._meant_by(read, like), *(place * _WAYS for place in self._plain.get(like, ()))}):
            place, way = divmod(meant, _WAYS)
            sought = self.words[place]
            if way == 0:
                yield Form(sought.word, sought.term, Disguise.PLAIN)
                continue
            disguise = _DISGUISES[way - 1]
            block = Block([sought.word], plural=sought.plural)
            for variant in _reading_so(read, variants(block, disguise)):
                if variant != sought.word and (place, variant) not in seen:
                    seen.add((place, variant))
                    if not self._is_said(variant, disguise):
                        yield Form(variant, sought.term, disguise)

    def _is_said(self, spelling: str, disguise: Disguise) -> bool:
        """Whether people write it of their own accord: a word, or where the disguise is one of slips, one of those."""
        if BLANK in spelling:
            return False
        return self._ordinary.is_seen(spelling) if disguise in SLIPS else spelling in self._ordinary

    def drawn_out(self, word: str) -> Iterator[Sought]:
        """The words sought that the word is, but for look-alikes and letters held longer."""
        for place in self._plain.get(skeleton(word), ()):
            if draws_out(word, self.words[place].word):
                yield self.words[place]

    @cached_property
    def _plain(self) -> dict[str, tuple[int, ...]]:
        plain: dict[str, tuple[int, ...]] = {}
        if self.words:
            for place, like in enumerate(skeletons([word for word, _, _ in self.words])):
                plain[like] = (*plain.get(like, ()), place)
        return plain

    def reads_so(self, word: str) -> bool:
        """Whether the word reads as a word sought, drawn out or not, or as an edited form."""
        like = skeleton(word)
        return like in self._plain or bool(self._meant_by(merged(word), like))

    def _meant_by(self, read: str, like: str) -> Collection[int]:
        """What the edited forms that read so, with that skeleton, mean: told apart only when one as long is met."""
        if like not in self.likes:
            return ()
        length = len(read)
        if length not in self._meant:
            self._meant.setdefault(length, self._told_apart(length))  # what another thread has told by now stands
            self._edited.pop(length, None)
        meant, others = self._meant[length]
        return (meant[read], *others.get(read, ())) if read in meant else ()

    def _told_apart(self, length: int) -> tuple[dict[str, int], dict[str, list[int]]]:
        """What forms of that length mean, by how they read: the first of it and, where there is more, the others."""
        meant: dict[str, int] = {}
        others: dict[str, list[int]] = {}
        for text, way, places in self._edited.get(length, ()):
            for read, place in zip(merged(text).split("\n"), cycle(places), strict=False):
                this = place * _WAYS + way
                if meant.setdefault(read, this) != this:
                    others.setdefault(read, []).append(this)
        return meant, others


def _reading_so(read: str, variants: Iterable[Variants]) -> Iterator[str]:
    for text, _ in variants:
        yield from compress(text.split("\n"), map(read.__eq__, merged(text).split("\n")))


def merged(word: str) -> str:
    """The folded word with its signs read as letters and look-alike letters made one."""
    return word.translate(_READS)


def skeleton(word: str) -> str:
    """The merged word with its doubled letters single: words that look alike share it."""
    return _single(merged(word).encode()).decode()


def skeletons(words: Collection[str]) -> list[str]:
    """The skeletons of many words."""
    return skeleton(_APART.join(words)).split(_APART)


def _single(letters: bytes) -> bytes:
    """The letters but those that come before their like: of all words at once, as one number.

    Each less the next one leaves nothing where they are alike, and what is left elsewhere lets letters through.
    """
    number = int.from_bytes(letters, "little")
    unlike = (number ^ (number >> 8)).to_bytes(len(letters), "little").translate(_LETS_THROUGH)
    return (number & int.from_bytes(unlike, "little")).to_bytes(len(letters), "little").replace(b"\0", b"")


def blanked(chunk: str) -> Iterator[str]:
    """The chunk with its inner signs taken as masked letters: brackets among them, or read as letters."""
    masked = chunk.translate(_BLANKING)
    yield masked
    if BRACKET in chunk:
        yield masked.replace(BRACKET, BLANK)


def draws_out(word: str, term: str) -> bool:
    """Whether the word is the term with some letters held longer ("teeeen"), none shorter.

    It may wear look-alikes, but letters held longer are the term's own: "chali" is no chai.
    """
    runs, wanted = _runs(word), _runs(term)
    return len(runs) == len(wanted) and all(
        merged(said[0]) == merged(meant[0])
        and (len(said) == len(meant) or (len(said) > len(meant) and _LETTERS.intersection(said).issubset(meant)))
        for said, meant in zip(runs, wanted, strict=True)
    )


def _runs(word: str) -> list[str]:
    """The word, cut where letters that do not look alike meet."""
    return ["".join(run) for _, run in groupby(word, key=merged)]


def alike(word: str, form: str) -> bool:
    """Whether the word is the form, but for signs and digits in place of letters: an edit is disguise enough."""
    return len(word) == len(form) and all(
        a == b or (not a.isalpha() and merged(a) == merged(b)) for a, b in zip(word, form, strict=True)
    )


def inflections(word: str) -> Iterator[str]:
    """The word and its plurals, French and English."""
    yield word
    if len(word) <= len("nu") or word[-1] in "xz":
        return
    if word[-1] != "s":
        yield word + "s"
    if word[-2:] in ("au", "eu", "ou"):
        yield word + "x"
    elif word.endswith(("s", "sh", "ch", "o")):
        yield word + "es"
    elif word[-1] == "y" and word[-2] not in VOWELS:
        yield word[:-1] + "ies"


def endings(word: str) -> Iterator[str]:
    """The word with what makes it feminine in French, a verb in English, or a plural by ear."""
    if len(word) < SHORTEST_VARIED:
        return
    stem = word.removesuffix("e")
    yield from (stem + ending for ending in ("ed", "ing", "er"))
    if word[-1] not in VOWELS:
        yield from (word + ending for ending in ("e", "es"))
    if word[-1] not in "sxz":
        yield word + "z"
