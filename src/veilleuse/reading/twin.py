"""The reader in pure Python: what serves where the kernel could not be built, and the oracle it is tested against."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from veilleuse.reading.chunks import NOTHING, PIECE, Chunk, Chunks
from veilleuse.reading.finding import Disguise
from veilleuse.reading.fold import BETWEEN, LONE, fold_all, fold_visible
from veilleuse.reading.lexicon import CLEARING, Term
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.sieve import Sieve
from veilleuse.reading.spelling import LONGEST_DISGUISED, SEPARATORS, WORD, spelt
from veilleuse.reading.words import LONGEST_SPELLED, Hit, Vocabulary

_WIDEST_GAP = 8  # between two words of a phrase
# Letters that stand one by one. Letters and separators share no character, so it runs in linear time.
_LETTER, _GAP = f"[{re.escape(LONE)}]", f"[{re.escape(BETWEEN)}]"
_MOST_SPELLED = 201  # letters looked at together
_STRETCH = 64  # places: hits that share no stretch share no place
_SPELLED = re.compile(
    rf"(?<!{_LETTER}){_LETTER}(?!{_LETTER})(?:{_GAP}{{1,3}}{_LETTER}(?!{_LETTER})){{2,{_MOST_SPELLED - 1}}}"
)
_FEWEST_SPELLED = 3
_TWO_ALONE = re.compile(b" a {1,3}a(?!a)")  # what the second and third of them look like from afar
_ROW = "\x02"  # between texts looked at together: no folded text holds it
_COARSE = bytes(
    ord(c if c == _ROW else " " if c in BETWEEN else "a" if c in LONE else "-") for c in map(chr, range(256))
)
_AT_ONCE = 500  # texts
_NO_LETTER = re.compile(rf"{_GAP}+")
_CHUNK = re.compile(r"[^ \n]+")
_BREAK = re.compile(r"[!\n]|\. ")
_BROKEN = frozenset({" ", "  ", "   "})  # what may stand between the parts of a term
_MOST_PARTS = 3
_BEFORE = range(_MOST_PARTS)  # how far before a piece what it is a part of may begin
_RANK = {disguise: rank for rank, disguise in enumerate(Disguise)}


class Twin:
    """Finds terms, by their place in `terms`, in texts."""

    def __init__(self, terms: Sequence[Term], ordinary: OrdinaryWords, off: frozenset[Disguise] = frozenset()) -> None:
        self._terms = terms
        self._off = off
        self._vocabulary = Vocabulary(terms, ordinary, off)
        self._chunks = Chunks(self._vocabulary, Sieve(self._vocabulary, ordinary))

    def find(self, texts: Sequence[str]) -> list[tuple[int, int, int, int, int]]:
        """What stands in the texts, in order: index of the text, term, start, end, and place of the disguise."""
        return [
            (first + index, hit.term, start, end, _RANK[hit.disguise])
            for first in range(0, len(texts), _AT_ONCE)
            for index, hit, start, end in self._found(texts[first : first + _AT_ONCE])
        ]

    def _found(self, texts: Sequence[str]) -> Iterator[tuple[int, Hit, int, int]]:
        folded = fold_all(texts)
        spelled = _spelled(folded)
        chunks = [seen.split() for seen in folded]
        held = self._chunks.held(set().union(*chunks))
        holds_none = set(held).isdisjoint
        for index, some in enumerate(chunks):
            if (holds_none(some) or not self._may_tell(some, held)) and index not in spelled:
                continue
            standing = self._standing(self._hits(folded[index], held))
            places = fold_visible(texts[index])[1] if standing else None
            for hit in standing:
                yield index, hit, *_place(hit, places)

    def _may_tell(self, chunks: Sequence[str], held: dict[str, Chunk]) -> bool:
        """Whether one of the chunks holds something, or neighbours, one of them a piece, begin as a term does."""
        places = [place for place, chunk in enumerate(chunks) if chunk in held]
        return any(held[chunks[place]] is not PIECE for place in places) or any(
            self._begins(*map(self._chunks.pieces_of, chunks[first : first + 2]))
            for place in places
            for first in range(max(place - _MOST_PARTS + 1, 0), place + 1)
        )

    def _begins(self, left: Sequence[str], right: Sequence[str] = ()) -> bool:
        return bool(left) and self._vocabulary.opens(left[0]) and self._vocabulary.begins("".join((*left, *right)))

    def _hits(self, seen: str, held: dict[str, Chunk]) -> list[Hit]:
        chunks = [(match.start(), match[0]) for match in _CHUNK.finditer(seen)]
        contents = [held.get(chunk, NOTHING) for _, chunk in chunks]
        hits = [
            hit._replace(start=hit.start + start, end=hit.end + start)
            for (start, _), content in zip(chunks, contents, strict=True)
            for hit in content.hits
        ]
        pieces = [place for place, content in enumerate(contents) if content.piece]
        for first in sorted({place - before for place in pieces for before in _BEFORE if place >= before}):
            hits += self._joined_hits(seen, chunks[first : first + _MOST_PARTS])
        if any(content.anchors for content in contents):
            hits += _phrase_hits(seen, chunks, contents)
        hits += self._spelled_hits(seen)
        return [hit for hit in hits if hit.disguise not in self._off]

    def _joined_hits(self, seen: str, chunks: list[tuple[int, str]]) -> Iterator[Hit]:
        """Terms that the first two chunks make, or all three."""
        if len(chunks[0][1]) > LONGEST_DISGUISED:
            return
        pieces = list(self._chunks.pieces_of(chunks[0][1]))
        if not (pieces and self._vocabulary.opens(pieces[0])):
            return
        start = chunks[0][0] + _edge(chunks[0][1])
        for (place, left), (after, right) in pairwise(chunks):
            if seen[place + len(left) : after] not in _BROKEN or len(right) > LONGEST_DISGUISED:
                return
            more = list(self._chunks.pieces_of(right))
            if not more:
                continue
            pieces += more
            end = after + len(right.rstrip(SEPARATORS))
            for term in self._vocabulary.joined(pieces):
                yield Hit(start, end, term, Disguise.SPLIT)

    def _spelled_hits(self, seen: str) -> Iterator[Hit]:
        position = 0
        while run := _SPELLED.search(seen, position):
            letters = _NO_LETTER.sub("", run[0])
            places = [i for i in range(*run.span()) if not _NO_LETTER.match(seen[i])]
            # What is cut there may begin a term.
            position = run.end() if len(letters) < _MOST_SPELLED else places[-LONGEST_SPELLED]
            if sum(letter.isalnum() for letter in letters) >= _FEWEST_SPELLED:
                for hit in self._vocabulary.spelled_hits(letters):
                    yield hit._replace(start=places[hit.start], end=places[hit.end - 1] + 1)

    def _standing(self, hits: list[Hit]) -> list[Hit]:
        """The hits that stand when they contend for a place: the longest, then the least contrived."""
        standing: list[Hit] = []
        for rivals in _contending(hits):
            standing += self._settled(rivals)
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


def _place(hit: Hit, places: Sequence[int] | None) -> tuple[int, int]:
    """Where the hit stands in the raw text, of which `places` says where each character of the folded one stood."""
    if places is None:
        return hit.start, hit.end
    covered = places[hit.start : hit.end]
    return min(covered), max(covered) + 1


def _spelled(folded: Sequence[str]) -> set[int]:
    """Which of the folded texts hold letters that stand one by one."""
    row = _ROW.encode()
    shapes = _ROW.join(folded).encode("ascii", "replace").translate(_COARSE)
    spelled: set[int] = set()
    index = position = 0
    for two in _TWO_ALONE.finditer(shapes):
        index += shapes.count(row, position, two.start())
        position = two.start()
        if index not in spelled and _SPELLED.search(folded[index]):
            spelled.add(index)
    return spelled


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


def _phrase_hits(seen: str, chunks: list[tuple[int, str]], contents: list[Chunk]) -> Iterator[Hit]:
    words = [
        (spelt(match[0]), start + match.start(), start + match.end())
        for start, chunk in chunks
        for match in WORD.finditer(chunk)
    ]
    first = 0
    for (_, chunk), content in zip(chunks, contents, strict=True):
        for place, phrases in content.anchors:
            for phrase in phrases:
                begin = first + place - phrase.anchor
                spread = words[begin : begin + len(phrase.words)] if begin >= 0 else []
                if tuple([word for word, _, _ in spread]) == phrase.words and _unbroken(seen, spread):
                    yield Hit(spread[0][1], spread[-1][2], phrase.term, Disguise.PLAIN)
        first += len(WORD.findall(chunk))


def _unbroken(seen: str, spread: list[tuple[str, int, int]]) -> bool:
    """A phrase does not reach over the end of a sentence, nor over a wide gap."""
    return all(
        after - before <= _WIDEST_GAP and not _BREAK.search(seen, before, after)
        for (_, _, before), (_, after, _) in pairwise(spread)
    )
