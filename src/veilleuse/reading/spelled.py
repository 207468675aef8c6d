"""Terms whose letters stand one by one ("n u d e s"): the kernel does the same in C."""

import re
from collections.abc import Iterator
from functools import cached_property

from veilleuse.reading.edits import BLANK
from veilleuse.reading.finding import Disguise
from veilleuse.reading.fold import BETWEEN, LONE
from veilleuse.reading.forms import merged, skeleton
from veilleuse.reading.words import SHORTEST_GLUED, Hit, Vocabulary

# Letters and separators share no character, so it runs in linear time.
_LETTERS, _GAP = re.escape(LONE), f"[{re.escape(BETWEEN)}]"
# One that stands alone, or what masks one.
_LETTER = rf"(?:(?<![{_LETTERS}])[{_LETTERS}](?![{_LETTERS}])|(?<![{_LETTERS}{BLANK}])[{BLANK}](?![{_LETTERS}{BLANK}]))"
_MOST_SPELLED = 201  # letters looked at together
SPELLED = re.compile(rf"{_LETTER}(?:{_GAP}{{1,3}}{_LETTER}){{2,{_MOST_SPELLED - 1}}}")
_FEWEST_SPELLED, _LONGEST_SPELLED = 3, 24  # letters of a term
_FEWEST_DISGUISED = 4  # of one in disguise
_RUN = re.compile(r"(.)\1*")


class SpelledOut:
    """Finds the terms in letters that were set apart."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def hits(self, seen: str, position: int) -> Iterator[Hit]:
        """Terms whose letters stand one by one, from that place of a text on."""
        while run := SPELLED.search(seen, position):
            places = [i for i in range(*run.span()) if seen[i] not in BETWEEN]
            letters = "".join([seen[i] for i in places])
            # What is cut there may begin a term.
            position = run.end() if len(letters) < _MOST_SPELLED else places[-_LONGEST_SPELLED]
            if sum(letter.isalnum() for letter in letters) >= _FEWEST_SPELLED:
                for hit in self._covering(letters) or self._disguised(letters):
                    yield hit._replace(start=places[hit.start], end=places[hit.end - 1] + 1)

    def _covering(self, letters: str) -> list[Hit]:
        """The terms that together cover most of the letters."""
        covered = [0] * (len(letters) + 1)
        chosen: list[tuple[int, list[int]]] = [(0, [])] * len(letters)
        read = merged(letters)
        runs = [run.end() for run in _RUN.finditer(read) for _ in run[0]]
        for start in range(len(letters) - 1, -1, -1):
            covered[start], chosen[start] = covered[start + 1], (start + 1, [])
            for end in self._ends(read, runs, start):
                cover = end - start + covered[end]
                if cover > covered[start] and (terms := self._vocabulary.spelled(letters[start:end])):
                    covered[start], chosen[start] = cover, (end, terms)
        found: list[Hit] = []
        start = 0
        while start < len(letters):
            end, terms = chosen[start]
            found += (Hit(start, end, term, Disguise.SPLIT) for term in terms)
            start = end
        return found

    def _disguised(self, letters: str) -> list[Hit]:
        """The terms that all the letters hide, or all but those at the ends, which may be words: "a k r a y o n".

        None where any of these is what others write: "t e n a n t", "a t o r c h".
        """
        count = len(letters)
        places = [(start, end) for end in (count, count - 1) for start in (0, 1) if end - start >= _FEWEST_DISGUISED]
        for start, end in places:
            if end - start > _LONGEST_SPELLED:
                continue
            if terms := self._vocabulary.disguised(letters[start:end]):
                said = any(self._vocabulary.is_seen(letters[first:last]) for first, last in places)
                return [] if said else [Hit(start, end, term, Disguise.SPLIT) for term in terms]
        return []

    def _ends(self, read: str, runs: list[int], start: int) -> Iterator[int]:
        """Where a term that starts there may end: most letters begin none, and are left after a step or two."""
        like, end, last = "", start, min(len(read), start + _LONGEST_SPELLED)
        while end < last:
            like += read[end]
            whole = self._beginnings.get(like)
            if whole is None:
                return
            begun, end = end, min(runs[end], last)
            if whole:
                yield from range(max(begun + 1, start + SHORTEST_GLUED), end + 1)

    @cached_property
    def _beginnings(self) -> dict[str, bool]:
        """How the skeletons of the terms sought in disguise begin, and which beginnings are whole."""
        likes = {skeleton(word) for word in self._vocabulary.sought_words()}
        return {like[:length]: like[:length] in likes for like in likes for length in range(1, len(like) + 1)}
