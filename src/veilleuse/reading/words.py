"""From one chunk of folded text, as written between two spaces, to the terms it holds."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from veilleuse.reading.finding import Disguise
from veilleuse.reading.fold import IGNORABLE, LIGATURES, SIGNS, fold_term
from veilleuse.reading.forms import (
    BLANK,
    blanked,
    draws_out,
    inflections,
    merged,
    skeleton,
    variants,
)
from veilleuse.reading.lexicon import Term
from veilleuse.reading.ordinary import OrdinaryWords

WORD = re.compile(f"[a-z0-9{''.join(LIGATURES)}]+")
_OPEN = str.maketrans(LIGATURES)
_DIGITS_READ = str.maketrans("013457", "oieast")
_MIXED = re.compile(r"[a-z]+(?:\d+[a-z]+)+|1")  # "s3nd", "1 will"; but neither "1st" nor "cat5"
_RUN = re.compile(r"(.)\1*")
_SEPARATORS = "._-'#&*|!%"  # signs that stand around a word more often than in it
_LONGEST_DISGUISED = 48
_LONGEST_SPELLED = 24
_SHORTEST_GLUED = 3
_SHORTEST_SPLIT = 5
_LONGEST_COMPOUND = 8  # letters from which a hyphenated word is the same word without its hyphen


def spelt(word: str) -> str:
    """A folded word as a phrase would spell it: nothing invisible, ligatures opened, digits among letters read."""
    if is_letters(word):
        return word
    word = word.replace(IGNORABLE, "").translate(_OPEN)
    return word.translate(_DIGITS_READ) if _MIXED.fullmatch(word) else word


def is_letters(word: str) -> bool:
    """Whether it is `a` to `z` only, as most words are: of such, much need not be asked."""
    return word.isalpha() and word.isascii()


class Hit(NamedTuple):
    """A term at a place of a folded chunk or text."""

    start: int
    end: int
    term: Term
    disguise: Disguise


class Phrase(NamedTuple):
    """A term of several words; `anchor` is the place of its rarest word."""

    words: tuple[str, ...]
    anchor: int
    term: Term
    disguise: Disguise

    @property
    def beside(self) -> int:
        """The place of the first of two words: the anchor and the one that follows it, or else precedes it."""
        return min(self.anchor, len(self.words) - 2)

    @property
    def pair(self) -> tuple[str, str]:
        """Those two words."""
        return self.words[self.beside], self.words[self.beside + 1]


class _Form(NamedTuple):
    word: str
    term: Term
    disguise: Disguise


class Vocabulary:
    """Every term and every form it may take, to be looked up word by word."""

    def __init__(self, terms: Iterable[Term], ordinary: OrdinaryWords) -> None:
        self._ordinary = ordinary
        self._plain: dict[str, list[Term]] = {}
        self._sought: dict[str, list[Term]] = {}  # of the plain ones, those that may also be sought in disguise
        self._sought_words: dict[str, list[tuple[str, Term]]] = {}
        self._disguised: dict[str, dict[str, list[_Form]]] = {}
        self._halves: set[str] = set()
        # By the anchor and the word beside it: most texts hold no such pair, and are done.
        self.phrases: dict[tuple[str, str], list[Phrase]] = {}
        for term in dict.fromkeys(terms):
            words = WORD.findall(fold_term(term.text))
            if len(words) == 1:
                self._add_word(words[0], term)
            elif words:
                self._add_phrase(tuple(words), term)

    def _add_word(self, word: str, term: Term) -> None:
        for inflected in inflections(word):
            self._plain.setdefault(inflected, []).append(term)
            if not term.exact:
                self._sought.setdefault(inflected, []).append(term)
                # Two exchanged letters may be the first two.
                for letter in {merged(inflected[0]), merged(inflected[:2][-1])}:
                    self._sought_words.setdefault(letter, []).append((inflected, term))
                if len(inflected) >= _SHORTEST_SPLIT:
                    self._halves.update(inflected[:i] for i in range(1, len(inflected)))
                    self._halves.update(inflected[i:] for i in range(1, len(inflected)))

    def _forms(self, like: str) -> list[_Form]:
        """The forms that share this skeleton. Built one first letter at a time, for most letters are never asked."""
        first = like[:1]
        if first not in self._disguised:
            forms: dict[str, list[_Form]] = {}
            for word, term in self._sought_words.get(first, ()):
                forms.setdefault(skeleton(word), []).append(_Form(word, term, Disguise.PLAIN))
                for variant, disguise in variants(word, self._ordinary):
                    forms.setdefault(skeleton(variant), []).append(_Form(variant, term, disguise))
            self._disguised[first] = forms
        return self._disguised[first].get(like, [])

    def _add_phrase(self, words: tuple[str, ...], term: Term) -> None:
        *head, last = words
        for inflected in inflections(last):
            spelt = (*head, inflected)
            anchor = max(range(len(spelt)), key=lambda i: len(spelt[i]))
            phrase = Phrase(spelt, anchor, term, Disguise.PLAIN)
            self.phrases.setdefault(phrase.pair, []).append(phrase)

    def is_half(self, word: str) -> bool:
        """Whether it may be part of a term broken in two by a space: two words that both are words never are."""
        return len(word) > 1 and word in self._halves and word not in self._plain and word not in self._ordinary

    def joined(self, left: str, right: str) -> list[Hit]:
        """The terms that two neighbouring words make."""
        return [Hit(0, len(left) + len(right), term, Disguise.SPLIT) for term in self._sought.get(left + right, ())]

    def hits(self, chunk: str) -> list[Hit]:
        """What the chunk holds; places are places in the chunk."""
        if IGNORABLE in chunk:
            return self._hits_behind_ignorables(chunk)
        word = chunk.strip(_SEPARATORS)
        if is_letters(word):
            return _shifted(self._word_hits(word), chunk.index(word))
        found: list[Hit] = []
        known: dict[str, list[Hit]] = {}
        for part in WORD.finditer(chunk):
            if (word := part[0]) not in known:
                known[word] = self._word_hits(word)
            found += _shifted(known[word], part.start())
        if not found or found[0].end - found[0].start < len(chunk):
            found += self._signed_hits(chunk)
        return found

    def _hits_behind_ignorables(self, chunk: str) -> list[Hit]:
        places = [place for place, character in enumerate(chunk) if character != IGNORABLE]
        bare = chunk.replace(IGNORABLE, "")
        return [hit._replace(start=places[hit.start], end=places[hit.end - 1] + 1) for hit in self.hits(bare)]

    def _word_hits(self, word: str) -> list[Hit]:
        """Hits in one run of letters and digits."""
        opened = word.translate(_OPEN)
        if terms := self._plain.get(opened):
            return [Hit(0, len(word), term, Disguise.PLAIN) for term in terms]
        letters = word.strip("0123456789")
        if terms := self._plain.get(spelt(word)):
            return [Hit(0, len(word), term, Disguise.LOOKALIKE) for term in terms]
        if letters != word:
            if terms := self._plain.get(letters):
                start = word.index(letters)
                return [Hit(start, start + len(letters), term, Disguise.PLAIN) for term in terms]
            if not letters:
                return []
        found = self._disguised_hits(opened, len(word)) or self._glued_hits(word)
        return [] if found and opened in self._ordinary else found

    def _disguised_hits(self, word: str, width: int) -> list[Hit]:
        if len(word) > _LONGEST_DISGUISED:
            return []
        seen: dict[Term, Hit] = {}
        for form in self._forms(skeleton(word)):
            disguise = _disguise(word, form)
            if disguise is not None and form.term not in seen:
                seen[form.term] = Hit(0, width, form.term, disguise)
        return list(seen.values())

    def _glued_hits(self, word: str) -> list[Hit]:
        """Two terms written as one word: "adosnudes"."""
        if not 2 * _SHORTEST_GLUED <= len(word) <= _LONGEST_DISGUISED:
            return []
        for i in range(_SHORTEST_GLUED, len(word) - _SHORTEST_GLUED + 1):
            if (left := self._sought.get(word[:i])) and (right := self._sought.get(word[i:])):
                return [
                    *(Hit(0, i, term, Disguise.JOINED) for term in left),
                    *(Hit(i, len(word), term, Disguise.JOINED) for term in right),
                ]
        return []

    def _signed_hits(self, chunk: str) -> list[Hit]:
        """Hits in words that hold signs: letters in their stead, blanks, or mere separators."""
        found: list[Hit] = []
        unelided = chunk.rpartition("'")[2]
        cores = (core.strip(signs) for core in (chunk, unelided) for signs in (_SEPARATORS, SIGNS))
        for core in dict.fromkeys(cores):
            if not core or len(core) > _LONGEST_DISGUISED or WORD.fullmatch(core):
                continue
            start = chunk.index(core)
            for reading in self._signed_readings(core):
                found += _shifted(reading, start)
            if found:
                break
        return found

    def _signed_readings(self, core: str) -> Iterator[list[Hit]]:
        pieces = WORD.findall(core)
        joined = "".join(pieces)
        terms = self._sought.get(joined)
        if terms and (len(joined) >= _LONGEST_COMPOUND or any(piece not in self._ordinary for piece in pieces)):
            yield [Hit(0, len(core), term, Disguise.SPLIT) for term in terms]
        yield self._disguised_hits(core, len(core))
        if BLANK in (masked := blanked(core)):
            yield self._disguised_hits(masked, len(core)) or self._blanked_hits(masked)

    def _blanked_hits(self, masked: str) -> list[Hit]:
        """Hits in a word of which several letters are blank, as many as are shown at the most."""
        if 2 * masked.count(BLANK) > len(masked) or not masked[0].isalpha():
            return []
        candidates = self._sought_words.get(merged(masked[0]), ())
        return [Hit(0, len(masked), term, Disguise.MASKED) for word, term in candidates if _unmasks(word, masked)]

    def spelled_hits(self, letters: str) -> list[Hit]:
        """Hits in letters that stood one by one ("n u d e s"): the terms that together cover most of them."""
        covered = [0] * (len(letters) + 1)
        chosen: list[tuple[int, list[Term]]] = [(0, [])] * len(letters)
        read = merged(letters)
        runs = [run.end() for run in _RUN.finditer(read) for _ in run[0]]
        for start in range(len(letters) - 1, -1, -1):
            covered[start], chosen[start] = covered[start + 1], (start + 1, [])
            for end in self._spelled_ends(read, runs, start):
                if end - start + covered[end] > covered[start] and (terms := self._spelled(letters[start:end])):
                    covered[start], chosen[start] = end - start + covered[end], (end, terms)
        found: list[Hit] = []
        start = 0
        while start < len(letters):
            end, terms = chosen[start]
            found += (Hit(start, end, term, Disguise.SPLIT) for term in terms)
            start = end
        return found

    def _spelled_ends(self, read: str, runs: list[int], start: int) -> Iterator[int]:
        """Where a term that starts there may end: most letters begin none, and are left after a step or two."""
        like, end, last = "", start, min(len(read), start + _LONGEST_SPELLED)
        while end < last:
            like += read[end]
            whole = self._beginnings.get(like)
            if whole is None:
                return
            begun, end = end, min(runs[end], last)
            if whole:
                yield from range(max(begun + 1, start + _SHORTEST_GLUED), end + 1)

    @cached_property
    def _beginnings(self) -> dict[str, bool]:
        """How the skeletons of the terms sought in disguise begin, and which beginnings are whole."""
        likes = {skeleton(word) for sought in self._sought_words.values() for word, _ in sought}
        return {like[:length]: like[:length] in likes for like in likes for length in range(1, len(like) + 1)}

    def _spelled(self, word: str) -> list[Term]:
        return self._sought.get(word) or self._drawn_out(word)

    def _drawn_out(self, word: str) -> list[Term]:
        return [
            form.term
            for form in self._forms(skeleton(word))
            if form.disguise is Disguise.PLAIN and draws_out(merged(word), merged(form.word))
        ]


def _shifted(hits: list[Hit], offset: int) -> list[Hit]:
    if not offset:
        return hits
    return [hit._replace(start=hit.start + offset, end=hit.end + offset) for hit in hits]


def _unmasks(word: str, masked: str) -> bool:
    """Whether the word says the same, letters in place of the blanks."""
    return len(word) == len(masked) and all(
        there == here or (here == BLANK and is_letters(there)) for here, there in zip(masked, word, strict=True)
    )


def _disguise(word: str, form: _Form) -> Disguise | None:
    """How `word` hides the form's term, or None where their likeness is only a likeness."""
    letters = sum(character.isalpha() or character == BLANK for character in word)
    if 2 * letters < len(word):
        return None
    read, wanted = merged(word), merged(form.word)
    if len(form.word) <= _SHORTEST_GLUED and (form.disguise is not Disguise.PLAIN or len(word) - letters > 1):
        return None
    if read == wanted:
        return Disguise.LOOKALIKE if form.disguise is Disguise.PLAIN else form.disguise
    if not draws_out(read, wanted):
        return None
    if len(form.word) <= _SHORTEST_GLUED and len(word) < len(form.word) + 2:
        return None
    return Disguise.REPEAT if form.disguise is Disguise.PLAIN else form.disguise
