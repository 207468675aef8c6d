"""From one chunk of folded text, as written between two spaces, to the terms it holds.

The kernel does the same in C; docs/reading.md is the contract both keep.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import chain
from typing import NamedTuple

from veilleuse.reading.edits import BLANK
from veilleuse.reading.finding import Disguise
from veilleuse.reading.forms import (
    SLIPS,
    Form,
    Forms,
    Sought,
    alike,
    blanked,
    draws_out,
    endings,
    inflections,
    merged,
)
from veilleuse.reading.lexicon import Term
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.spelling import FRONTS, LONGEST_DISGUISED, OPEN, PART, WORD, cores, readings, spelt, words_of

DIGITS = "0123456789"
SHORTEST_GLUED = 3
SHORTEST_SPLIT = 4
_LONGEST_ENDING = 2  # letters, of those that a term takes behind a sign
_SHORTEST_JOINED = 4  # of a term written against an ordinary word
SHORTEST_FRONTED = 5
_SHORTEST_APART = 6  # letters that signs set apart, of a term in disguise
CROSSED = re.compile("x.?x")  # letters are crossed out side by side
_SHORTEST_CROSSED = 5
_FRAMED = re.compile("xx+([^x].{2,}[^x])xx+")
_HYPHENS = "-'.,"  # join words, too
_ELIDED = 2  # pieces of a word and what it elides
_ELISION = re.compile("[cdjlmnst].[aeiouyh][a-z]+")
_NUMBERED = re.compile(rf"[._-][{DIGITS}]+$")  # "nom_4", "a.0"
_LONGEST_COMPOUND = 8  # letters from which a hyphenated word is the same word without its hyphen


# Of edits that may wear signs and digits, how many letters at least: "rc3" is no rice.
_SHORTEST_WORN = {
    Disguise.LOOKALIKE: 5, Disguise.MASKED: 4, Disguise.SWAPPED: 5, Disguise.DROPPED: 5, Disguise.REVERSED: 4,
}  # fmt: skip


class Hit(NamedTuple):
    """A term, by its number, at a place of a folded chunk or text."""

    start: int
    end: int
    term: int
    disguise: Disguise


class Phrase(NamedTuple):
    """A term of several words; `anchor` is the place of the one it is found by."""

    words: tuple[str, ...]
    anchor: int
    term: int


class Vocabulary:
    """Every term and every form it may take, to be looked up word by word. Terms go by their place in `terms`."""

    def __init__(self, terms: Sequence[Term], ordinary: OrdinaryWords, off: frozenset[Disguise] = frozenset()) -> None:
        self._ordinary = ordinary
        self._off = off
        self._exact = [term.exact for term in terms]
        # Tuples, not lists, which the garbage collector would look through over and over while thousands are added.
        self._plain: dict[str, tuple[int, ...]] = {}
        self._ended: dict[str, tuple[int, ...]] = {}
        self._forms = Forms(ordinary)
        self._by_shape: dict[tuple[str, int], list[Sought]] = {}
        self._openings: set[str] = set()
        self.phrases: dict[str, list[Phrase]] = {}
        for number, term in enumerate(terms):
            words = words_of(term)
            if len(words) == 1:
                self._add_word(words[0], number)
            elif words:
                self._add_phrase(words, number)

    def _add_word(self, word: str, term: int) -> None:
        for inflected in inflections(word):
            self._plain[inflected] = (*self._plain.get(inflected, ()), term)
            if not self._exact[term]:
                sought = Sought(inflected, term, inflected != word)
                self._forms.words.append(sought)
                self._by_shape.setdefault((inflected[0], len(inflected)), []).append(sought)
                if len(inflected) >= SHORTEST_SPLIT:
                    self._openings.update([inflected[:i] for i in range(1, len(inflected) + 1)])
        if not self._exact[term]:
            for ended in endings(word):
                self._ended[ended] = (*self._ended.get(ended, ()), term)

    def _add_phrase(self, words: list[str], term: int) -> None:
        *head, last = words
        for inflected in inflections(last):
            spelling = (*head, inflected)
            # The longest of the words that few people use, else the longest: common ones are met all day.
            anchor = max(
                range(len(spelling)), key=lambda i: (not self._ordinary.is_frequent(spelling[i]), len(spelling[i]))
            )
            self.phrases.setdefault(spelling[anchor], []).append(Phrase(spelling, anchor, term))

    @property
    def likes(self) -> Set[str]:
        """The skeletons of words sought in disguise and of their edited forms."""
        return self._forms.likes

    def reads_so(self, word: str) -> bool:
        """Whether the word reads as one sought in disguise does, drawn out or not, or edited."""
        return self._forms.reads_so(word)

    def sought_words(self) -> Iterator[str]:
        """The words sought in disguise."""
        return (word for word, _, _ in self._forms.words)

    def spellings(self) -> Iterator[str]:
        """The words that mean something as they are written: terms, inflected or not, and words of phrases."""
        return chain(self._plain, self._ended, self.phrases)

    def begins(self, letters: str) -> bool:
        """Whether a term that may be split is those, or begins so."""
        return letters in self._openings

    def begins_with_two(self, letters: Iterable[str]) -> bool:
        """Whether two that are neighbours make what begins one."""
        openings = self._openings
        before = ""
        for after in letters:
            if before and before + after in openings:
                return True
            before = after
        return False

    def joined(self, pieces: Sequence[str]) -> list[int]:
        """The terms that neighbouring words make, unless each is a word by itself."""
        letters = "".join(pieces)
        terms = self._sought(letters) if len(letters) >= SHORTEST_SPLIT else []
        return [] if terms and all(self.stands_alone(piece) for piece in pieces) else terms

    def stands_alone(self, piece: str) -> bool:
        """Whether a word is one by itself, no piece of another."""
        return len(piece) == 1 or piece in self._plain or self._ordinary.stands_alone(piece)

    def hits(self, chunk: str) -> list[Hit]:
        """What the chunk holds; places are places in the chunk."""
        return next((found for reading in readings(chunk) if (found := self._hits(reading))), [])

    def _hits(self, chunk: str) -> list[Hit]:
        found: list[Hit] = []
        known: dict[str, list[Hit]] = {}
        for part in WORD.finditer(chunk):
            if part[0] not in known:
                known[part[0]] = self._word_hits(part[0])
            found += _shifted(known[part[0]], part.start())
            if len(part[0]) == len(chunk):
                return found
        return found + self._signed_hits(chunk)

    def _word_hits(self, word: str) -> list[Hit]:
        """Hits in one run of letters and digits."""
        opened = word.translate(OPEN)
        if terms := self._written(opened):
            return [Hit(0, len(word), term, Disguise.PLAIN) for term in terms]
        ordinary = opened in self._ordinary
        if (len(opened) == 1 or not ordinary) and (terms := self._written(spelt(word))):
            return [Hit(0, len(word), term, Disguise.LOOKALIKE) for term in terms]
        letters = word.strip(DIGITS)
        if not letters:
            return []
        if letters != word and (terms := self._written(letters)):
            start = len(word) - len(word.lstrip(DIGITS))
            return [Hit(start, start + len(letters), term, Disguise.PLAIN) for term in terms]
        if ordinary:
            return []
        return (
            self._disguised_word_hits(opened, len(word))
            or self._glued_hits(word)
            or self._joined_hits(word)
            or self._crossed_hits(word)
            or self._framed_hits(word)
        )

    def _disguised_word_hits(self, word: str, width: int) -> list[Hit]:
        """Hits of a whole word, be it made of letters set apart: unless it is a slip of the pen that others made."""
        hits = self._disguised_hits(word, width)
        if hits and self._ordinary.is_seen(word):
            hits = [hit for hit in hits if hit.disguise not in SLIPS]
        return hits

    def _disguised_hits(self, word: str, width: int) -> list[Hit]:
        if len(word) > LONGEST_DISGUISED:
            return []
        seen: dict[int, Hit] = {}
        for form in self._forms.of(word):
            disguise = _disguise(word, form)
            if disguise is not None and disguise not in self._off and form.term not in seen:
                seen[form.term] = Hit(0, width, form.term, disguise)
        return list(seen.values())

    def _glued_hits(self, word: str) -> list[Hit]:
        """Two terms written as one word: "adosnudes"."""
        if not 2 * SHORTEST_GLUED <= len(word) <= LONGEST_DISGUISED:
            return []
        for i in range(SHORTEST_GLUED, len(word) - SHORTEST_GLUED + 1):
            if (left := self._sought(word[:i])) and (right := self._sought(word[i:])):
                return [
                    *(Hit(0, i, term, Disguise.JOINED) for term in left),
                    *(Hit(i, len(word), term, Disguise.JOINED) for term in right),
                ]
        return []

    def _crossed_hits(self, word: str) -> list[Hit]:
        """A word masked by several x."""
        shown = word.rstrip("x")  # "pleasexx" ends in kisses
        if not _SHORTEST_CROSSED <= len(word) <= LONGEST_DISGUISED or not CROSSED.search(shown):
            return []
        return self._blanked_hits(shown.replace("x", BLANK) + word[len(shown) :])

    def _framed_hits(self, word: str) -> list[Hit]:
        """A term between rows of x, as in names that players give themselves."""
        framed = _FRAMED.fullmatch(word) if len(word) <= LONGEST_DISGUISED else None
        return [Hit(*framed.span(1), term, Disguise.JOINED) for term in self._sought(framed[1])] if framed else []

    def _joined_hits(self, word: str) -> list[Hit]:
        """A term written against an ordinary word, at either end of it."""
        if not _SHORTEST_JOINED + SHORTEST_GLUED <= len(word) <= LONGEST_DISGUISED:
            return []
        for length in range(len(word) - SHORTEST_GLUED, _SHORTEST_JOINED - 1, -1):
            for start, end in ((0, length), (len(word) - length, len(word))):
                if (terms := self._sought(word[start:end])) and self.stands_alone(word[:start] + word[end:]):
                    return [Hit(start, end, term, Disguise.JOINED) for term in terms]
        return []

    def _signed_hits(self, chunk: str) -> list[Hit]:
        """Hits in words that hold signs: of the whole chunk, else of each of its parts between commas and pictures."""
        found = self._core_hits(chunk)
        parts = list(PART.finditer(chunk))
        if found or len(parts) == 1:
            return found
        return [hit for part in parts for hit in _shifted(self._core_hits(part[0]), part.start())]

    def _core_hits(self, chunk: str) -> list[Hit]:
        """Hits in a word that holds signs: letters in their stead, blanks, or mere separators."""
        for start, core in cores(chunk):
            if core[0] in FRONTS and WORD.fullmatch(core[1:]):
                found = self._fronted_hits(core)
            else:
                found = [hit for reading in self._signed_readings(core) for hit in reading]
            if found:
                return list(_shifted(found, start))
        return []

    def _fronted_hits(self, core: str) -> list[Hit]:
        """A word whose first letter is a sign in front, unless it is a word without it: "!une", but not "(hair"."""
        if self.stands_alone(core[1:]) or self._ordinary.is_seen(core[1:]):
            return []
        return [
            Hit(0, len(core), form.term, Disguise.LOOKALIKE)
            for form in self._forms.of(core)
            if form.disguise is Disguise.PLAIN and len(core) >= SHORTEST_FRONTED and merged(core) == merged(form.word)
        ]

    def _signed_readings(self, core: str) -> Iterator[list[Hit]]:
        pieces = WORD.findall(core.translate(OPEN))
        joined = "".join(pieces)
        said = [piece for piece in pieces if len(piece) > _LONGEST_ENDING]
        if len(said) == 1 and said[0] in self._plain:
            return  # "mineur·e·s", "children's": it says that much openly
        if not self._elides(core, "'"):
            yield [Hit(0, len(core), term, Disguise.SPLIT) for term in self._joined_terms(core, pieces, joined)]
        yield self._disguised_hits(core, len(core))
        if self._elides(core, "-") or _NUMBERED.search(core):
            return
        for masked in blanked(core):
            if masked.count(BLANK) == 1:
                yield self._disguised_hits(masked, len(core))
            elif BLANK in masked:
                yield self._blanked_hits(masked)

    def _joined_terms(self, core: str, pieces: Sequence[str], joined: str) -> list[int]:
        """Terms that the pieces make together: as they are written, or in disguise if they are no words."""
        compound = self._compound(core, pieces)
        terms = self._sought(spelt(joined)) if len(joined) >= _LONGEST_COMPOUND or not compound else []
        if terms or compound or "'" in core or len(joined) < _SHORTEST_APART or not joined.isalpha():
            return terms
        words = all(len(piece) > 1 and self.stands_alone(piece) for piece in pieces)
        return [] if words else self.disguised(joined)

    def _elides(self, core: str, sign: str) -> bool:
        """Whether French elides a letter before a word by that sign: "j'ose" or, in haste, "c-est"."""
        return core.startswith(sign, 1) and _ELISION.fullmatch(core) is not None and core[2:] in self._ordinary

    def _compound(self, core: str, pieces: Sequence[str]) -> bool:
        """Whether words are joined as people join them: by hyphens and apostrophes."""
        if any(sign not in _HYPHENS and not WORD.match(sign) for sign in core):
            return False
        elided = len(pieces) == _ELIDED
        return all(elided if len(piece) == 1 else self.stands_alone(piece) for piece in pieces)

    def _blanked_hits(self, masked: str) -> list[Hit]:
        """Hits in a word of which several letters are blank, as many as are shown at the most."""
        if 2 * masked.count(BLANK) > len(masked) or not "a" <= masked[0] <= "z":
            return []
        return [
            Hit(0, len(masked), term, Disguise.MASKED)
            for word, term, _ in self._by_shape.get((masked[0], len(masked)), ())
            if all(a == BLANK or alike(a, b) for a, b in zip(masked, word, strict=True))
        ]

    def has_shape(self, masked: str) -> bool:
        """Whether words as long as this one begin as it does and, as far as it shows it, end so."""
        last = masked[-1]
        words = self._by_shape.get((masked[0], len(masked)), ())
        return any(last in (BLANK, word[-1]) or not last.isalpha() for word, _, _ in words)

    def spelled(self, letters: str) -> list[int]:
        """Terms that letters make which stood one by one, some of them held longer or none."""
        return self._sought(letters) or [sought.term for sought in self._forms.drawn_out(letters)]

    def disguised(self, letters: str) -> list[int]:
        """Terms in disguise that letters make which were set apart."""
        return [hit.term for hit in self._disguised_word_hits(letters, len(letters))]

    def is_seen(self, letters: str) -> bool:
        """Whether people write so of their own accord."""
        return self._ordinary.is_seen(letters)

    def _written(self, word: str) -> tuple[int, ...]:
        """Terms that the word is, inflected or not, or has an ending of, unless that is an ordinary word."""
        plain = self._plain.get(word, ())
        ended = self._ended.get(word, ())
        return plain if plain or not ended or word in self._ordinary else ended

    def _sought(self, word: str) -> list[int]:
        """Terms spelt so that may also be sought in disguise."""
        return [term for term in self._plain.get(word, ()) if not self._exact[term]]


def _shifted(hits: Iterable[Hit], offset: int) -> Iterator[Hit]:
    return (hit._replace(start=hit.start + offset, end=hit.end + offset) for hit in hits)


def _disguise(word: str, form: Form) -> Disguise | None:
    """How `word` hides the form's term, or None where their likeness is only a likeness."""
    letters = sum("a" <= character <= "z" for character in word)
    if 6 * letters < len(word):
        return None
    digits = sum(character in DIGITS for character in word)
    figures = 2 * digits >= len(word)  # "60-75", "v10": no letters missing
    if form.disguise is not Disguise.PLAIN:
        if figures or (digits and 2 * letters <= len(word)):
            return None
        return form.disguise if word == form.word or _letters_read(word, form) else None
    short = len(form.word) <= SHORTEST_GLUED
    if short and len(word) - letters > 1:
        return None
    read, wanted = merged(word), merged(form.word)
    if read == wanted:
        return Disguise.LOOKALIKE
    if figures or not draws_out(word, form.word) or (short and len(word) < len(form.word) + 2):
        return None
    return Disguise.REPEAT


def _letters_read(word: str, form: Form) -> bool:
    """Whether an edit may also wear signs and digits: not those that change most of a word already."""
    shortest = _SHORTEST_WORN.get(form.disguise)
    # What begins with a sign is no slip of the pen, nor two edits at once: "$shell" is no seashell.
    begins = word[:1].isalpha() or form.disguise not in SLIPS
    return shortest is not None and len(word) >= shortest and begins and alike(word, form.word)
