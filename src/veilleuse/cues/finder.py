"""Who looks for templates in texts: C where it was built, else the automaton in Python. Both find the same."""

import os
from array import array
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple, Protocol

from veilleuse.cues.automaton import Automaton
from veilleuse.cues.phrases import Template
from veilleuse.cues.view import apart, spans_of, words_of
from veilleuse.reading.finder import FORCES_TWIN


class Hit(NamedTuple):
    """A template, by its number, in a text, by its number: where its first word begins and its last one ends.

    `words` is how many it takes.
    """

    text: int
    start: int
    end: int
    template: int
    words: int


class _Built(Protocol):
    def find(self, texts: Sequence[str], /) -> list[tuple[int, int, int, int, int]]: ...


BUILT: Callable[..., _Built] | None = None
with suppress(ImportError):  # no compiler was at hand
    from veilleuse.cues._phrases import Phrases

    BUILT = Phrases


class Finder(Protocol):
    """Finds templates, by their place in a list, in texts."""

    def find(self, texts: Sequence[str]) -> list[Hit]:
        """What stands in the texts, text by text, in the order of places; of each template the longest from a start."""


def make_finder(templates: Sequence[Template], whole: Collection[int] = ()) -> Finder:
    """The fastest at hand; the automaton where the environment variable VEILLEUSE_TWIN is set and not empty.

    The templates whose numbers are in `whole` are found only where they are all that a text says.
    """
    return Twin(templates, whole) if BUILT is None or os.environ.get(FORCES_TWIN) else Compiled(templates, whole)


class Twin:
    """The automaton, text by text."""

    def __init__(self, templates: Sequence[Template], whole: Collection[int] = ()) -> None:
        self._automaton = Automaton(templates)
        self._whole = frozenset(whole)

    def find(self, texts: Sequence[str]) -> list[Hit]:
        """See `Finder`."""
        return [hit for number, text in enumerate(texts) for hit in sorted(self._found(number, text))]

    def _found(self, number: int, text: str) -> Iterator[Hit]:
        words = words_of(text)
        if found := self._automaton.find(words):
            spans = spans_of(text)
            for template, first, after in found:
                if template not in self._whole or (first, after) == (0, len(words)):
                    yield Hit(number, spans[first][0], spans[after - 1][1], template, after - first)


class Compiled:
    """The same in C. Raises `ImportError` where it was not built."""

    def __init__(self, templates: Sequence[Template], whole: Collection[int] = ()) -> None:
        if BUILT is None:
            message = "the finder was not built"
            raise ImportError(message)
        alone = frozenset(whole)
        flags = bytes(number in alone for number in range(len(templates)))
        self._built = BUILT(apart.table, *_Pools(templates).laid_out(flags))

    def find(self, texts: Sequence[str]) -> list[Hit]:
        """See `Finder`."""
        return [Hit(*hit) for hit in sorted(self._built.find(texts))]


class _Pools:
    """Templates laid out as phrases.c reads them: spans (where, how many) of one pool in the next."""

    def __init__(self, templates: Sequence[Template]) -> None:
        self._numbers_of: dict[str, int] = {}
        self._templates, self._parts, self._phrases = array("I"), array("I"), array("I")
        self._numbers = array("I")
        alone: dict[int, list[int]] = {}
        begun: dict[tuple[int, int], list[int]] = {}
        for number, template in enumerate(templates):
            self._templates.extend((len(self._parts) // 3, len(template)))
            for part in template:
                phrases = [phrase for phrase in part if phrase]
                self._parts.extend((len(self._phrases) // 2, len(phrases), () in part))
                for phrase in phrases:
                    self._phrases.extend((len(self._numbers), len(phrase)))
                    self._numbers.extend(map(self._number, phrase))
            beginnings = dict.fromkeys(_beginnings(template))
            if any(len(beginning) == 1 for beginning in beginnings):
                for word in dict.fromkeys(beginning[0] for beginning in beginnings):
                    alone.setdefault(self._number(word), []).append(number)
                continue
            for first, second in beginnings:
                begun.setdefault((self._number(first), self._number(second)), []).append(number)
        self._alone, self._pairs, self._firsts = array("I"), array("I"), array("I")
        for word_number in range(1, len(self._numbers_of) + 1):
            self._alone.extend(self._span(alone.get(word_number, [])))
        for pair, numbers in begun.items():
            self._pairs.extend((*pair, *self._span(numbers)))

    def _span(self, numbers: Sequence[int]) -> tuple[int, int]:
        """Lays the numbers in the last pool, and tells where."""
        self._firsts.extend(numbers)
        return len(self._firsts) - len(numbers), len(numbers)

    def laid_out(self, whole: bytes) -> tuple[list[bytes], bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes]:
        """The words in the order of their numbers, the pools."""
        return (
            [word.encode() for word in self._numbers_of],
            whole,
            self._templates.tobytes(),
            self._parts.tobytes(),
            self._phrases.tobytes(),
            self._numbers.tobytes(),
            self._alone.tobytes(),
            self._pairs.tobytes(),
            self._firsts.tobytes(),
        )

    def _number(self, word: str) -> int:
        return self._numbers_of.setdefault(word, len(self._numbers_of) + 1)


def _beginnings(template: Template) -> Iterator[tuple[str, ...]]:
    """The two words with which it may begin; one where one may be all."""
    for later in range(len(template)):
        for phrase in template[later]:
            if len(phrase) > 1:
                yield phrase[:2]
            elif phrase:
                rest = template[later + 1 :]
                if all(() in other for other in rest):
                    yield phrase
                yield from ((phrase[0], second[0]) for second in _starts(rest))
        if () not in template[later]:
            return


def _starts(parts: Template) -> Iterator[tuple[str, ...]]:
    """The phrases that may stand first in these parts."""
    for part in parts:
        yield from (phrase for phrase in part if phrase)
        if () not in part:
            return
