"""The reader in pure Python: what serves where the kernel could not be built, and the oracle it is tested against."""

import re
import string
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from veilleuse.reading.chunks import PIECE, Chunk, Chunks
from veilleuse.reading.finding import Disguise, Finding
from veilleuse.reading.fold import BESIDE, BREAK, END, LONE, SEPARATOR, escaped, fold_row, fold_visible
from veilleuse.reading.lexicon import CLEARING, Term
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.sieve import Sieve
from veilleuse.reading.spelled import SPELLED, SpelledOut
from veilleuse.reading.spelling import LONGEST_DISGUISED, SEPARATORS, WORD, spelt
from veilleuse.reading.words import Hit, Phrase, Vocabulary
from veilleuse.reading.worn import taken_off

_WIDEST_GAP = 8  # between two words of a phrase
_STRETCH = 64  # places: hits that share no stretch share no place
_THREE_ALONE = re.compile(b" a +a +a(?!a)")  # what three of them look like from afar, and some others
_COARSE = bytes(ord(c if c == END else "a" if c in LONE else " ") for c in map(chr, range(256)))
_AT_ONCE = 1_000  # texts: what is done to all their new chunks together costs little for each
_IN_ROW = 250  # of them: what these are made of stays near the processor
_CHUNK = re.compile(r"[^ \n]+")
_BREAK = re.compile(r"[!\n]|\. ")
_BROKEN = frozenset({" ", "  ", "   "})  # what may stand between the parts of a term
_MOST_PARTS = 3
_WIDEST_PART = len("   ") + LONGEST_DISGUISED
_WIDEST_PARTS = (_MOST_PARTS - 1) * _WIDEST_PART  # from one to the others
_EDGES = frozenset(string.ascii_lowercase + END)  # of what stands beside a piece and is or is not a part of its term
_BEFORE = range(_MOST_PARTS)  # how far before a piece what it is a part of may begin
_RANK = {disguise: rank for rank, disguise in enumerate(Disguise)}


class _Row(NamedTuple):
    """Folded texts that stand in a row, from the first of them on; their chunks that may hold something."""

    first: int
    folded: str
    unclear: list[str]


class Twin:
    """Finds terms in texts."""

    def __init__(self, terms: Sequence[Term], ordinary: OrdinaryWords, off: frozenset[Disguise] = frozenset()) -> None:
        self._terms = terms
        self._off = off
        self._vocabulary = Vocabulary(terms, ordinary, off)
        self._spelled_out = SpelledOut(self._vocabulary)
        self._chunks = Chunks(self._vocabulary, Sieve(self._vocabulary, ordinary))

    def find(self, texts: Sequence[str]) -> list[tuple[int, Finding]]:
        """What stands in the texts, in order, each with the index of its text."""
        return [
            (first + index, self._finding(hit, texts[first + index], start, end))
            for first in range(0, len(texts), _AT_ONCE)
            for index, hit, start, end in self._found(texts[first : first + _AT_ONCE])
        ]

    def _finding(self, hit: Hit, text: str, start: int, end: int) -> Finding:
        term, disguise = self._terms[hit.term], hit.disguise
        if disguise is Disguise.PLAIN:
            disguise = taken_off(term.text, text, start, end)
        return Finding(term.text, term.concept, start, end, disguise, term.weight, term.picture, term.private)

    def _found(self, texts: Sequence[str]) -> Iterator[tuple[int, Hit, int, int]]:
        """Read row by row, but for what their new chunks hold, which is told of all rows at once."""
        rows = [self._row(texts, first) for first in range(0, len(texts), _IN_ROW)]
        held = self._chunks.held(chain.from_iterable([row.unclear for row in rows]))
        for first, folded, unclear in rows:
            spelled = _spelled(folded)
            telling = self._telling(folded.replace(BREAK, SEPARATOR), filter(held.__contains__, unclear), held)
            index, counted = first - 1, 0
            for begin in sorted(telling.union(spelled)):
                index += folded.count(END, counted, begin)
                counted = begin
                seen, text = folded[begin : folded.index(BESIDE, begin)], texts[index]
                hits = self._hits(seen, held) if begin in telling else []
                if begin in spelled:
                    hits += self._spelled_out.hits(seen, spelled[begin] - begin)
                standing = self._standing([hit for hit in hits if hit.disguise not in self._off])
                # Characters that moved did so because some were taken off.
                places = fold_visible(text)[1] if standing and len(seen) < len(text) else None
                for hit in standing:
                    yield index, hit, *_place(hit, places, text)

    def _row(self, texts: Sequence[str], first: int) -> _Row:
        folded = fold_row(texts[first : first + _IN_ROW])
        return _Row(first, folded, self._chunks.unclear(folded.split()))

    def _telling(self, row: str, chunks: Iterable[str], held: dict[str, Chunk]) -> set[int]:
        """Where texts in a row begin that may tell something, of those of which these chunks hold something.

        One of its chunks tells something by itself, or is a piece and may join.
        """
        telling: set[int] = set()
        place = end = 0  # of the last that does
        for chunk in chunks:
            place = row.index(f" {chunk} ", place) + 1
            if place > end and (held[chunk] is not PIECE or self._may_join(row, place, chunk)):
                begin, end = _span(row, place)
                telling.add(begin)
        return telling

    def _may_join(self, row: str, place: int, piece: str) -> bool:
        """Whether, of the piece there and the neighbours with which it may be one term, any two begin as one.

        Neighbours in another text make no difference but that this one is looked at.
        """
        end = place + len(piece)
        before, after = row[place - 2], row[end + 1]
        if before in _EDGES and after in _EDGES and not self._chunks.is_within(before, piece, after):
            return False
        parts = row[max(0, place - _WIDEST_PARTS) : end].rsplit(None, _MOST_PARTS)[-_MOST_PARTS:]
        if self._vocabulary.begins(self._chunks.letters_of(piece)):
            parts += row[end : end + _WIDEST_PART].split(None, 1)[:1]
        together = "".join(parts)
        if not (together.isalpha() and together.isascii()):
            parts = [*map(self._chunks.letters_of, parts)]
        return self._vocabulary.begins_with_two(parts)

    def _hits(self, seen: str, held: dict[str, Chunk]) -> list[Hit]:
        """What the chunks of a text hold by themselves and together, by what is held of them."""
        told = [*self._told(seen, held)]
        hits = [
            Hit(start + first, start + last, term, how)
            for start, content in told
            for first, last, term, how in content.hits
        ]
        if any(content.anchors or content.piece for _, content in told):
            placed = [(match.start(), match[0]) for match in _CHUNK.finditer(seen)]
            places = {start: place for place, (start, _) in enumerate(placed)}
            for start, content in told:
                if content.anchors:
                    hits += _phrase_hits(seen, placed, places[start], content.anchors)
            for first in _first_parts([places[start] for start, content in told if content.piece]):
                hits += self._joined_hits(seen, placed[first : first + _MOST_PARTS])
        return hits

    def _told(self, seen: str, held: dict[str, Chunk]) -> Iterator[tuple[int, Chunk]]:
        """What the chunks of a text hold that may tell something, and where they start."""
        row = f"{BESIDE}{seen}{BESIDE}".replace(BREAK, SEPARATOR)
        place = 0
        for chunk in filter(held.__contains__, seen.split()):
            place = row.index(f" {chunk} ", place) + 1
            if held[chunk] is not PIECE or self._may_join(row, place, chunk):
                yield place - len(BESIDE), held[chunk]

    def _joined_hits(self, seen: str, chunks: list[tuple[int, str]]) -> Iterator[Hit]:
        """Terms that the first two chunks make, or all three."""
        start, opening = chunks[0]
        if len(opening) > LONGEST_DISGUISED or not self._vocabulary.begins(self._chunks.letters_of(opening)):
            return
        pieces = self._chunks.pieces_of(opening)
        start += _edge(opening)
        for (place, left), (after, right) in pairwise(chunks):
            if seen[place + len(left) : after] not in _BROKEN or len(right) > LONGEST_DISGUISED:
                return
            more = self._chunks.pieces_of(right)
            if not more:
                continue
            pieces += more
            end = after + len(right.rstrip(SEPARATORS))
            for term in self._vocabulary.joined(pieces):
                yield Hit(start, end, term, Disguise.SPLIT)

    def _standing(self, hits: list[Hit]) -> list[Hit]:
        """The hits that stand when they contend for a place: the longest, then the least contrived."""
        standing: list[Hit] = []
        for rivals in _contending(hits) if len(hits) > 1 else [hits]:
            standing += self._settled(rivals) if len(rivals) > 1 else rivals
        reported = (hit for hit in standing if self._terms[hit.term].concept != "ordinary")
        return sorted(reported, key=lambda h: (h.start, h.end, h.term))

    def _settled(self, rivals: list[Hit]) -> list[Hit]:
        settled: list[Hit] = []
        by_stretch: defaultdict[int, list[Hit]] = defaultdict(list)
        for hit in sorted(rivals, key=lambda h: (h.start - h.end, _RANK[h.disguise], h.start, h.term)):
            stretches = range(hit.start // _STRETCH, (hit.end - 1) // _STRETCH + 1)
            met = (s for n in stretches for s in by_stretch[n] if s.start < hit.end and hit.start < s.end)
            if all(self._together(s, hit) for s in met):
                settled.append(hit)
                for n in stretches:
                    by_stretch[n].append(hit)
        return settled

    def _together(self, longer: Hit, hit: Hit) -> bool:
        """Whether both may stand: about different things, neither to clear the other, neither cutting a word in two.

        What an operator listed yields to nothing of ours: unfound, it would be shown unmasked.
        """
        long, short = self._terms[longer.term], self._terms[hit.term]
        within = longer.start <= hit.start and hit.end <= longer.end
        if short.private:
            return not (long.private and long.concept == short.concept and within)
        phrases = " " in long.text and " " in short.text
        about = {long.concept, short.concept}
        return (within or phrases) and len(about) > 1 and about.isdisjoint(CLEARING)


def _place(hit: Hit, places: Sequence[int] | None, text: str) -> tuple[int, int]:
    """Where the hit stands in the raw text, of which `places` says where each character of the folded one stood."""
    if places is None:
        return hit.start, hit.end
    covered = places[hit.start : hit.end]
    last = max(covered)
    return min(covered), last + (escaped(text, last) or 1)


def _spelled(folded: str) -> dict[int, int]:
    """Where texts in a row begin that hold letters that stand one by one, and where the first of those stand."""
    shapes = folded.encode("ascii", "replace").translate(_COARSE)
    spelled: dict[int, int] = {}
    end = 0  # of the last one looked at
    for three in _THREE_ALONE.finditer(shapes):
        if three.end() > end:
            begin, end = _span(folded, three.end())
            if run := SPELLED.search(folded, begin, end):
                spelled[begin] = run.start()
    return spelled


def _span(row: str, place: int) -> tuple[int, int]:
    """From where to where the text of a row reaches in which that place is, or which ends there."""
    return row.rindex(BESIDE, 0, place) + len(BESIDE), row.index(BESIDE, place)


def _first_parts(pieces: Collection[int]) -> list[int]:
    """The places of chunks with which a term may begin of which one of these is a part."""
    return sorted({place - before for place in pieces for before in _BEFORE if place >= before})


def _edge(chunk: str) -> int:
    return len(chunk) - len(chunk.lstrip(SEPARATORS))


def _contending(hits: list[Hit]) -> Iterator[list[Hit]]:
    """The hits in groups that share no place."""
    group: list[Hit] = []
    reach = 0
    for hit in sorted(set(hits), key=lambda h: h.start):
        if group and hit.start >= reach:
            yield group
            group = []
        group.append(hit)
        reach = max(reach, hit.end)
    if group:
        yield group


def _phrase_hits(
    seen: str, chunks: Sequence[tuple[int, str]], place: int, anchors: Sequence[tuple[int, list[Phrase]]]
) -> Iterator[Hit]:
    """The phrases that the words of the chunk at that place anchor, read no further than the longest may reach."""
    reach = max([len(phrase.words) for _, phrases in anchors for phrase in phrases]) - 1
    before: list[tuple[str, int, int]] = []
    words = _words(*chunks[place])
    first, last, most = place, place, len(words) + reach
    while first > 0 and len(before) < reach:
        first -= 1
        before = _words(*chunks[first]) + before
    while last < len(chunks) - 1 and len(words) < most:
        last += 1
        words += _words(*chunks[last])
    words = before + words
    for spot, phrases in anchors:
        for phrase in phrases:
            begin = len(before) + spot - phrase.anchor
            spread = words[begin : begin + len(phrase.words)] if begin >= 0 else []
            if tuple([word for word, _, _ in spread]) == phrase.words and _unbroken(seen, spread):
                yield Hit(spread[0][1], spread[-1][2], phrase.term, Disguise.PLAIN)


def _words(start: int, chunk: str) -> list[tuple[str, int, int]]:
    """The words of a chunk that starts there, as they are spelt, with their places."""
    return [(spelt(match[0]), start + match.start(), start + match.end()) for match in WORD.finditer(chunk)]


def _unbroken(seen: str, spread: list[tuple[str, int, int]]) -> bool:
    """A phrase does not reach over the end of a sentence, nor over a wide gap."""
    return all(
        after - before <= _WIDEST_GAP and not _BREAK.search(seen, before, after)
        for (_, _, before), (_, after, _) in pairwise(spread)
    )
