"""What is remembered of an account over all its conversations, from the facts that pairs emit."""

import re
from zlib import crc32

import msgspec

from veilleuse.cues.view import apart
from veilleuse.memory.pair import Age, Sighting

_MOST_CLAIMS = 4
_MOST_OPENERS = 6
_NUMBERS = re.compile(r"\d+")
_OLDEST = 130
_OPENER = 200  # characters of a first message that are compared
_FEWEST_WORDS = 3  # of an opener: "hi" is everybody's


class FirstContact(msgspec.Struct, frozen=True, gc=False):
    """The author wrote to somebody for the first time; `opener` is a fingerprint of the words, 0 for too few words."""

    author: str
    day: int
    opener: int


class MinorContacted(msgspec.Struct, frozen=True, gc=False):
    """The one the author writes to was learnt to be a minor."""

    author: str
    day: int


class Approached(msgspec.Struct, frozen=True, gc=False):
    """The author began to ask somebody, soon after they met, what an approach asks."""

    author: str
    day: int


class AgeClaimed(msgspec.Struct, frozen=True, gc=False):
    """The author gave themselves an age."""

    author: str
    low: int
    high: int
    seen: Sighting


Fact = FirstContact | MinorContacted | Approached | AgeClaimed


class AccountMemory(msgspec.Struct, gc=False):
    """What an account did on one `day`, and the ages it was given.

    `openers` are the fingerprints of its first words to people, and to how many each went, the latest last. `low` to
    `high` is what the platform or the person declared, 0 to 0 where nothing was.
    """

    day: int = 0
    contacts: int = 0
    minors: int = 0
    approached: int = 0
    low: int = 0
    high: int = 0
    openers: dict[int, int] = {}
    claims: tuple[Age, ...] = ()

    def apply(self, fact: Fact) -> None:
        """Takes a fact in."""
        if isinstance(fact, FirstContact):  # most facts by far
            self._begin(fact.day)
            self.contacts += 1
            if fact.opener:
                self._open_with(fact.opener)
        elif isinstance(fact, AgeClaimed):
            if all((age.low, age.high) != (fact.low, fact.high) for age in self.claims):
                self.claims = (*self.claims, Age(fact.low, fact.high, fact.seen))[-_MOST_CLAIMS:]
        elif isinstance(fact, MinorContacted):
            self._begin(fact.day)
            self.minors += 1
        else:
            self._begin(fact.day)
            self.approached += 1

    def declare(self, age: int | None, band: str | None) -> None:
        """Takes a declared age, or a band such as "13-15", "18+" or "under 13"; a later one replaces it."""
        if age is not None:
            self.low = self.high = age
        elif band and (numbers := [int(number) for number in _NUMBERS.findall(band)[:2]]):
            self.low, self.high = _band(band, numbers)

    @property
    def declared(self) -> Age | None:
        """The declared age."""
        return Age(self.low, self.high, Sighting("", 0, 0, "")) if self.high else None

    def _begin(self, day: int) -> None:
        """What was counted on an earlier day is forgotten."""
        if day > self.day:
            self.day, self.contacts, self.minors, self.approached, self.openers = day, 0, 0, 0, {}

    def _open_with(self, opener: int) -> None:
        openers = self.openers
        count = openers.pop(opener, 0)
        if len(openers) == _MOST_OPENERS:  # the rarest gives way, the oldest of these first
            del openers[min(openers, key=openers.__getitem__)]
        openers[opener] = count + 1


def _band(band: str, numbers: list[int]) -> tuple[int, int]:
    if len(numbers) == 2:
        return min(numbers), min(max(numbers), _OLDEST)
    (number,) = numbers
    if re.search(r"\+|plus|over|older|above", band):
        return min(number, _OLDEST), _OLDEST
    if re.search(r"<|under|below|moins", band):
        return 0, max(number - 1, 0)
    return min(number, _OLDEST), min(number, _OLDEST)


def fingerprint(text: str) -> int:
    """The same for the same words; 0 for too few."""
    words = apart.letters(text[:_OPENER]).split()
    return crc32(b" ".join(words)) if len(words) >= _FEWEST_WORDS else 0
