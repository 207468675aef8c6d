"""The reader: what texts say once their disguise is taken off."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from veilleuse.reading.finder import in_order, make_finder
from veilleuse.reading.finding import Disguise, Finding
from veilleuse.reading.fold import DELIMITERS, DOUBTFUL, LIGATURES, OVERRIDE, fold_term, fold_visible, is_hidden
from veilleuse.reading.lexicon import Lexicon, Term
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.weights import weights_of

_DISGUISES = tuple(Disguise)
_DIGIT = re.compile(r"\d")
_ACCENTS = re.compile("[\u0300-\u036f]+")  # most marks by far
_MARKS = re.compile(f"[^\0-\x7f{''.join(LIGATURES)}]+")
# What folding makes of a character: itself, or nothing where two of them are markdown; a letter, of one of another
# style or alphabet; nothing, for nobody sees it.
_OWN, _DELIMITING, _STYLED, _UNSEEN = range(4)
_DELIMITERS = frozenset("".join(DELIMITERS))
_DELIMITER = re.compile("|".join(map(re.escape, DELIMITERS)))
_DOUBTED = re.compile(f"[{''.join(DOUBTFUL)}]")


class _Looks(dict[str, int]):
    """What folding makes of a character. Filled as they are met: at most one entry for each in Unicode."""

    def __missing__(self, character: str) -> int:
        look = self[character] = _look_of(character)
        return look


def _look_of(character: str) -> int:
    if character in _DELIMITERS:
        return _DELIMITING
    if is_hidden(character):
        return _UNSEEN
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFC", character).lower().replace("’", "'"))
    styled = any(c > "\x7f" and c not in LIGATURES and not unicodedata.combining(c) for c in bare)
    return _STYLED if styled else _OWN


_LOOKS = _Looks()


class Reader:
    """Finds the terms of a lexicon in texts, whatever they wear.

    `Reader()` reads with the shipped lexicon, `Reader(lexicon=…)` with another, `Reader(terms=[…])` with a bare
    list whose findings all have the concept "term". Readings depend on the text alone.

    `disguises` weighs some of them anew, over what the lexicon says: 0 switches one off, a weight below 1 goes into
    that of its findings. Raises `Problem` for a weight outside [0, 1].
    """

    def __init__(
        self,
        terms: Iterable[str] | None = None,
        *,
        lexicon: Lexicon | None = None,
        disguises: Mapping[Disguise, float] | None = None,
    ) -> None:
        if terms is not None:
            lexicon = Lexicon.of(terms)
        elif lexicon is None:
            lexicon = Lexicon.shipped()
        self._terms = in_order(lexicon.terms)
        self._weights = weights_of({**lexicon.disguises, **(disguises or {})}, "Reader(disguises=…)")
        off = frozenset(disguise for disguise, weight in self._weights.items() if not weight)
        self._finder = make_finder(self._terms, OrdinaryWords.shipped(), off)
        self._about: dict[frozenset[str], list[bool]] = {}

    def read(self, text: str) -> list[Finding]:
        """The findings of one text, in the order of their places."""
        return [finding for _, finding in self.scan((text,))]

    def scan(self, texts: Sequence[str], about: frozenset[str] | None = None) -> list[tuple[int, Finding]]:
        """The findings of many texts, each with the index of its text: only texts that hold something appear.

        With `about`, only texts that hold one of these concepts, a term that means a picture, or a private term.
        """
        placed = self._finder.find(texts)
        if about is not None:
            asked = self._asked(about)
            holding = {place[0] for place in placed if asked[place[1]]}
            placed = [place for place in placed if place[0] in holding]
        found = []
        for index, number, start, end, rank, raw in placed:
            term = self._terms[number]
            disguise = _DISGUISES[rank] if rank else _taken_off(raw, term, texts[index], end)
            found.append(
                (index, Finding(term.text, term.concept, start, end, disguise, term.weight, term.picture, term.private))
            )
        return list(self._weighed(found)) if self._weights else found

    def _asked(self, about: frozenset[str]) -> list[bool]:
        """By the number of a term, whether it makes its text one of those asked for."""
        if about not in self._about:
            self._about[about] = [term.private or term.picture or term.concept in about for term in self._terms]
        return self._about[about]

    def _weighed(self, found: Iterable[tuple[int, Finding]]) -> Iterator[tuple[int, Finding]]:
        for index, finding in found:
            weight = self._weights.get(finding.disguise, 1.0)
            if weight == 1:
                yield index, finding
            elif weight:
                yield index, msgspec.structs.replace(finding, weight=finding.weight * weight, doubted=True)


def _taken_off(raw: str, term: Term, text: str, end: int) -> Disguise:
    """The disguise that folding took off before the vocabulary looked. Written as listed, a term is plain."""
    if raw == term.text:
        return Disguise.PLAIN
    return Disguise.REVERSED if _turned(raw, term, text, end) else _worn(raw, term)


def _turned(raw: str, term: Term, text: str, end: int) -> bool:
    """Whether an override shows from right to left what is written from left to right."""
    if text.isascii() or text.find(OVERRIDE, 0, end) < 0:
        return False
    written, meant = fold_term(raw), fold_term(term.text)
    return not written.startswith(meant) and written[::-1].startswith(meant)


def _worn(raw: str, term: Term) -> Disguise:
    """How what reads as the term from left to right is written."""
    alphabetic = raw.isalpha()
    if alphabetic and raw.isascii():
        return Disguise.PHONETIC if raw[-1] in "zZ" and term.text[-1] != "z" else Disguise.PLAIN
    if "%" in raw and " " not in term.text:
        return Disguise.LOOKALIKE
    looks = {*map(_LOOKS.__getitem__, raw)}
    if _UNSEEN in looks or (_DELIMITING in looks and " " not in term.text and _DELIMITER.search(raw)):
        return Disguise.INVISIBLE
    styled = _STYLED in looks
    if styled and term.text.isascii():
        return Disguise.LOOKALIKE
    lowered = unicodedata.normalize("NFC", raw).lower().replace("’", "'")
    written = unicodedata.normalize("NFC", term.text).lower()
    if lowered.isascii() or lowered in (written, written + "s"):
        return Disguise.PLAIN if _DIGIT.search(written) or not _DIGIT.search(lowered) else Disguise.LOOKALIKE
    if styled:
        return Disguise.LOOKALIKE
    marked = unicodedata.normalize("NFD", lowered)
    letters = _ACCENTS.sub("", marked)
    if letters.isascii() and letters.isalpha():
        return Disguise.MARKS
    unmarked = _MARKS.sub("", marked)
    if _DOUBTED.search(unmarked) and not fold_term(raw).startswith(fold_term(term.text)):
        return Disguise.LOOKALIKE  # ß for b
    return Disguise.MARKS if unmarked == fold_visible(raw)[0] else Disguise.LOOKALIKE
