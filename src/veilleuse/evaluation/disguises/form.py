"""What a disguised word is made of, and what a disguise is told when it is put on."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from random import Random
from typing import NamedTuple, TypeVar

from veilleuse.language import Language

T = TypeVar("T")
VOWELS = frozenset("aeiouy")


class Intensity(StrEnum):
    """How much of the word is disguised: about one place, about half of it, all of it."""

    LIGHT = "light"
    MEDIUM = "medium"
    HEAVY = "heavy"


class Half(StrEnum):
    """Which half of a table of glyphs a disguise draws from. Nothing that tunes a reader may see the held-out one."""

    TUNING = "tuning"
    HELD_OUT = "held_out"


class Form(NamedTuple):
    """A word as it stands in a text: its cells, each one thing to the eye, and what surrounds them.

    The place of the disguised word is that of its cells alone.
    """

    cells: tuple[str, ...]
    before: str = ""
    after: str = ""

    @classmethod
    def of(cls, word: str) -> "Form":
        """The word undisguised, one cell a letter."""
        return cls(tuple(unicodedata.normalize("NFC", word)))

    @property
    def word(self) -> str:
        """The cells alone, as written."""
        return "".join(self.cells)

    def wearing(self, cells: Iterable[str]) -> "Form":
        """The same surroundings about other cells."""
        return self._replace(cells=tuple(cells))


class Draw(NamedTuple):
    """The choices left to one putting on of a disguise."""

    random: Random
    intensity: Intensity
    language: Language
    half: Half

    def one(self, options: Sequence[T]) -> T:
        """One of the options."""
        return options[self.random.randrange(len(options))]

    def some(self, places: Sequence[int], count: int) -> list[int]:
        """That many of the places, or all where there are fewer, in their order."""
        return sorted(self.random.sample(places, min(count, len(places))))

    def by_intensity(self, light: T, medium: T, heavy: T) -> T:
        """The one of the three that goes with the intensity."""
        return {Intensity.LIGHT: light, Intensity.MEDIUM: medium, Intensity.HEAVY: heavy}[self.intensity]

    def share(self, places: Sequence[int]) -> list[int]:
        """One of the places, half of them, or all, by intensity."""
        return self.some(places, self.by_intensity(1, (len(places) + 1) // 2, len(places)))


# Puts a disguise on a form, or None where the word cannot wear it.
Wear = Callable[[Form, Draw], Form | None]


def bare(text: str) -> str:
    """The text without case, compatibility forms and marks: what is left of a word when it is only dressed up."""
    # Once more after folding, for a capital may have a compatible one that folds, and a fold may have marks.
    return _unmarked(_unmarked(text).casefold())


def _unmarked(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def put_between(form: Form, places: Iterable[int], fill: Callable[[], str]) -> Form:
    """The form with something between the cells: place 1 is between the first and the second."""
    chosen = frozenset(places)
    cells: list[str] = []
    for place, cell in enumerate(form.cells):
        if place in chosen:
            cells.append(fill())
        cells.append(cell)
    return form.wearing(cells)


def inner(form: Form) -> range:
    """The places of the cells that are neither the first nor the last."""
    return range(1, len(form.cells) - 1)
