"""The reader: what texts say once their disguise is taken off."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from operator import itemgetter
from typing import NamedTuple, TypeVar

from veilleuse.reading.finding import Disguise, Finding
from veilleuse.reading.fold import IGNORABLE, fold
from veilleuse.reading.lexicon import Lexicon
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.words import WORD, Hit, Vocabulary, is_letters, spelt

Word = tuple[str, int, int]
T = TypeVar("T")

_LONGEST_REMEMBERED = 40
_MOST_REMEMBERED = 200_000  # distinct chunks; about 40 MB
_REACH = 8  # chunks on either side of an anchor in which its phrase may stand
# Letters that stand one by one. Letters and separators share no character, so it runs in linear time.
_LETTER, _GAP = r"[a-z0-9@$!|]", r"[ ._\-'#&]"
_SPELLED = re.compile(rf"(?<!{_LETTER}){_LETTER}(?!{_LETTER})(?:\x00*{_GAP}{{1,3}}\x00*{_LETTER}(?!{_LETTER})){{2,}}")
_STRETCH = 64  # code points: hits that share none are no rivals
_DIGIT = re.compile(r"\d")
# A phrase does not reach over the end of a sentence.
_BREAK = re.compile(r"[?!;:…\n]|\.\s")
_BETWEEN = frozenset(" ._-'#&" + IGNORABLE)
_VISIBLE_WORD = re.compile(f"{WORD.pattern[:-2]}{IGNORABLE}]+")
_CLEARING = frozenset({"ordinary", "setting", "care", "adults"})
_SPELLING = itemgetter(0)
_RANK = {disguise: rank for rank, disguise in enumerate(Disguise)}


class _Chunk(NamedTuple):
    """What a chunk holds by itself: terms; and whether it is half a term."""

    hits: tuple[Hit, ...]
    half: bool


class _Memory(dict[str, "_Chunk | None"]):
    """What chunks hold, None for nothing: remembered because people use the same words all day."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, chunk: str) -> "_Chunk | None":
        hits = tuple(self._vocabulary.hits(chunk))
        half = self._vocabulary.is_half(spelt(chunk))
        content = _Chunk(hits, half) if hits or half else None
        _remember(self, chunk, content)
        return content


class _Words(dict[str, tuple[Word, ...]]):
    """The words of chunks."""

    def __missing__(self, chunk: str) -> tuple[Word, ...]:
        words = _words(chunk)
        _remember(self, chunk, words)
        return words


def _words(chunk: str) -> tuple[Word, ...]:
    if is_letters(chunk):
        return ((chunk, 0, len(chunk)),)
    return tuple((spelt(m[0]), m.start(), m.end()) for m in _VISIBLE_WORD.finditer(chunk))


def _starts(chunks: list[str]) -> list[int]:
    return list(accumulate((len(chunk) + 1 for chunk in chunks), initial=0))


def _remember(memory: dict[str, T], chunk: str, content: T) -> None:
    if len(chunk) <= _LONGEST_REMEMBERED:
        if len(memory) >= _MOST_REMEMBERED:
            memory.clear()
        memory[chunk] = content


class Reader:
    """Finds the terms of a lexicon in texts, whatever they wear.

    `Reader()` reads with the shipped lexicon, `Reader(lexicon=…)` with another, `Reader(terms=[…])` with a bare
    list whose findings all have the concept "term". Readings depend on the text alone.
    """

    def __init__(self, terms: Iterable[str] | None = None, *, lexicon: Lexicon | None = None) -> None:
        if terms is not None:
            lexicon = Lexicon.of(terms)
        elif lexicon is None:
            lexicon = Lexicon.shipped()
        self._vocabulary = Vocabulary(lexicon.terms, OrdinaryWords.shipped())
        self._memory = _Memory(self._vocabulary)
        self._words = _Words()

    def read(self, text: str) -> list[Finding]:
        """The findings of one text, in the order of their places."""
        folded = fold(text)
        chunks = folded.split(" ")
        contents = list(map(self._memory.__getitem__, chunks))
        words = list(map(self._words.__getitem__, chunks))
        spellings = list(map(_SPELLING, chain.from_iterable(words)))
        hits: list[Hit] = []
        if any(contents):
            hits += self._chunk_hits(chunks, contents)
        if not self._vocabulary.phrases.keys().isdisjoint(pairwise(spellings)):
            hits += self._phrase_hits(text, chunks, words, spellings)
        if _SPELLED.search(folded):
            hits += self._spelled_hits(folded)
        return _findings(text, folded, hits) if hits else []

    def scan(self, texts: Sequence[str]) -> list[tuple[int, Finding]]:
        """The findings of many texts, each with the index of its text: only texts that hold something appear."""
        return [(index, finding) for index, text in enumerate(texts) for finding in self.read(text)]

    def _chunk_hits(self, chunks: list[str], contents: list[_Chunk | None]) -> Iterator[Hit]:
        starts = _starts(chunks)
        for index, content in enumerate(contents):
            if content is not None:
                for hit in content.hits:
                    yield hit._replace(start=hit.start + starts[index], end=hit.end + starts[index])
                if content.half:
                    yield from self._joined_hits(chunks, starts, index)

    def _joined_hits(self, chunks: list[str], starts: list[int], index: int) -> Iterator[Hit]:
        for left in (index - 1, index):
            if 0 <= left < len(chunks) - 1:
                for hit in self._vocabulary.joined(spelt(chunks[left]), spelt(chunks[left + 1])):
                    end = starts[left + 1] + len(chunks[left + 1])
                    yield hit._replace(start=starts[left], end=end)

    def _phrase_hits(
        self, text: str, chunks: list[str], words: list[tuple[Word, ...]], spellings: list[str]
    ) -> Iterator[Hit]:
        starts = _starts(chunks)
        holders = [index for index, held in enumerate(words) for _ in held]  # the chunk that each word stands in

        def place(number: int) -> tuple[int, int]:
            index = holders[number]
            _, start, end = words[index][number - bisect_left(holders, index)]
            return starts[index] + start, starts[index] + end

        for number, pair in enumerate(pairwise(spellings)):
            for phrase in self._vocabulary.phrases.get(pair, ()):
                first = number - phrase.beside
                last = first + len(phrase.words) - 1
                if first < 0 or tuple(spellings[first : last + 1]) != phrase.words:
                    continue
                anchor = holders[first + phrase.anchor]
                if anchor - holders[first] <= _REACH and holders[last] - anchor <= _REACH:
                    start, end = place(first)[0], place(last)[1]
                    if not _BREAK.search(text, start, end):
                        yield Hit(start, end, phrase.term, phrase.disguise)

    def _spelled_hits(self, folded: str) -> Iterator[Hit]:
        for run in _SPELLED.finditer(folded):
            places = [i for i in range(run.start(), run.end()) if folded[i] not in _BETWEEN]
            for hit in self._vocabulary.spelled_hits("".join(folded[i] for i in places)):
                yield hit._replace(start=places[hit.start], end=places[hit.end - 1] + 1)


def _findings(text: str, folded: str, hits: list[Hit]) -> list[Finding]:
    """The hits that stand when they contend for a place: the longest, then the least contrived."""
    worn = {hit: _worn(text, folded, hit) for hit in hits}
    standing: list[Hit] = []
    by_stretch: defaultdict[int, list[Hit]] = defaultdict(list)
    for hit in sorted(worn, key=lambda h: _precedence(h, worn[h])):
        stretches = range(hit.start // _STRETCH, (hit.end - 1) // _STRETCH + 1)
        rivals = (s for n in stretches for s in by_stretch[n] if s.start < hit.end and hit.start < s.end)
        if _stands(hit, rivals):
            standing.append(hit)
            for n in stretches:
                by_stretch[n].append(hit)
    return [
        Finding(
            h.term.text,
            h.term.concept,
            h.start,
            h.end,
            worn[h],
            h.term.weight,
            h.term.picture,
            h.term.private,
        )
        for h in sorted(standing, key=lambda h: (h.start, h.end, h.term.concept, h.term.text))
        if h.term.concept != "ordinary"
    ]


def _precedence(hit: Hit, worn: Disguise) -> tuple[object, ...]:
    """Total, lest the order in which hits were met decide. Of twins, first the one that is spelt so, then the private
    and the weaker.
    """
    term = hit.term
    spelling = (_RANK[worn], -len(term.text), not term.private, term.weight, not term.picture, term.exact, term.text)
    return hit.start - hit.end, _RANK[hit.disguise], hit.start, term.concept, *spelling


def _stands(hit: Hit, rivals: Iterable[Hit]) -> bool:
    """Whether the hit stands among those that do. What an operator listed yields to nothing of ours: unfound, it
    would be shown unmasked.
    """
    if hit.term.private:
        return not any(s.term.private and s.term.concept == hit.term.concept and _within(hit, s) for s in rivals)
    return all(_together(s, hit) for s in rivals)


def _within(hit: Hit, longer: Hit) -> bool:
    return longer.start <= hit.start and hit.end <= longer.end


def _together(longer: Hit, hit: Hit) -> bool:
    """Whether both may stand: about different things, neither to clear the other, and neither cutting a word in two."""
    phrases = " " in longer.term.text and " " in hit.term.text
    about = {longer.term.concept, hit.term.concept}
    return (_within(hit, longer) or phrases) and len(about) > 1 and about.isdisjoint(_CLEARING)


def _worn(text: str, folded: str, hit: Hit) -> Disguise:
    """The disguise, which folding may have taken off before the vocabulary looked."""
    if hit.disguise is not Disguise.PLAIN:
        return hit.disguise
    raw = text[hit.start : hit.end]
    if IGNORABLE in folded[hit.start : hit.end] and not _only_marks_ignored(raw):
        return Disguise.INVISIBLE
    lowered = unicodedata.normalize("NFC", raw).lower().replace("’", "'")
    written = unicodedata.normalize("NFC", hit.term.text).lower()
    if lowered.isascii() or lowered in (written, written + "s"):
        return Disguise.PLAIN if _DIGIT.search(written) or not _DIGIT.search(lowered) else Disguise.LOOKALIKE
    unmarked = "".join(c for c in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(c))
    if unmarked == folded[hit.start : hit.end].replace(IGNORABLE, ""):
        return Disguise.MARKS
    return Disguise.LOOKALIKE


def _only_marks_ignored(raw: str) -> bool:
    return all(unicodedata.category(c) in ("Mn", "Me") for c in raw if fold(c) == IGNORABLE)
