"""What is remembered of one account's messages to another: directed, small, decaying."""

import msgspec

from veilleuse.cues.cue import Cue, Idea

ONE = 1000  # a cue of full strength; levels are whole numbers, so that every machine sums them alike
_HALF_LIFE = 40  # messages of the author after which a level is halved
_HALF_LIFE_DAYS = 60
_DAY = 86_400
_LONGEST_EXCERPT = 80
_MOST_CLAIMS = 3
# What remains, in 65536ths, after so many messages, or days, of silence on an idea.
_KEPT = tuple(round(65536 * 0.5 ** (gap / _HALF_LIFE)) for gap in range(10 * _HALF_LIFE))
_KEPT_DAYS = tuple(round(65536 * 0.5 ** (days / _HALF_LIFE_DAYS)) for days in range(10 * _HALF_LIFE_DAYS))


class Sighting(msgspec.Struct, frozen=True, gc=False):
    """Where a cue stood: `text` is what stood from `start` to `end` of the event's text, operator's terms masked."""

    event: str
    start: int
    end: int
    text: str


class Age(msgspec.Struct, frozen=True, gc=False):
    """Between `low` and `high` years, both included, as somebody said it."""

    low: int
    high: int
    seen: Sighting

    def __str__(self) -> str:
        return f"{self.low}" if self.low == self.high else f"{self.low}-{self.high}"

    def years_from(self, other: "Age") -> int:
        """How many years lie between the two at the least, 0 where they may be equal."""
        return max(self.low - other.high, other.low - self.high, 0)


class Trace(msgspec.Struct, gc=False):
    """How often, since when, and how lately an idea was meant.

    `level` is the decayed sum of strengths, in thousandths; `first` and `last` are the numbers of the author's
    messages to this person, from 1; `at` is the last one's time; `best` its strongest sighting so far.
    """

    level: int
    count: int
    first: int
    last: int
    at: int
    best: int
    seen: Sighting

    def level_at(self, number: int, at: int) -> int:
        """The level, decayed to the author's message of this number and time."""
        level = _decayed(self.level, number - self.last, _KEPT)
        return _decayed(level, (at - self.at) // _DAY, _KEPT_DAYS)


def _decayed(level: int, gap: int, kept: tuple[int, ...]) -> int:
    return level * kept[gap] >> 16 if 0 <= gap < len(kept) else level * (gap < 0)


class Heard(msgspec.Struct):
    """The cues of a pair that is not quiet.

    `claimed` is the number of the author's message that last gave an age, `of_other` the age they said the other has.
    `ignored` counts how often the author went on asking after the other refused; `due` tells that the other said
    something by which the author's next message is to be judged anew, even a quiet one; `told` holds by signal
    the score last told, in hundredths, on the day `told_on`.
    """

    traces: dict[str, Trace] = {}
    claims: list[Age] = []
    claimed: int = 0
    of_other: Age | None = None
    ignored: int = 0
    asked_at: int = 0
    due: bool = False
    told: dict[str, int] = {}
    told_on: int = 0
    minor_known: bool = False
    approached: bool = False


class PairMemory(msgspec.Struct, gc=False):
    """One account's messages to another: how many, since when, how many at night, how often after a silence.

    Times are in seconds. `heard` is None while the pair is quiet.
    """

    count: int
    first: int
    last: int
    night: int = 0
    opened: int = 0
    heard: Heard | None = None

    def note(self, cue: Cue, at: int, seen: Sighting) -> None:
        """Remembers a cue of the author's last message."""
        heard = self.heard = self.heard or Heard()
        strength = round(cue.strength * ONE)
        trace = heard.traces.get(cue.idea)
        if trace is None:
            heard.traces[cue.idea] = Trace(strength, 1, self.count, self.count, at, strength, seen)
            return
        trace.level = trace.level_at(self.count, at) + strength
        trace.count += 1
        trace.last, trace.at = self.count, max(at, trace.at)
        if strength >= trace.best:
            trace.best, trace.seen = strength, seen

    def claim(self, low: int, high: int, seen: Sighting) -> None:
        """Remembers the age the author gave themselves, each different one once."""
        heard = self.heard = self.heard or Heard()
        heard.claimed = self.count
        if all((age.low, age.high) != (low, high) for age in heard.claims):
            heard.claims = [*heard.claims, Age(low, high, seen)][-_MOST_CLAIMS:]

    def trace(self, idea: Idea) -> Trace | None:
        """What is remembered of an idea."""
        return self.heard.traces.get(idea) if self.heard else None

    def levels(self, at: int) -> dict[str, int]:
        """Of each idea that was meant, its level now, in thousandths."""
        if self.heard is None:
            return {}
        return {idea: trace.level_at(self.count, at) for idea, trace in self.heard.traces.items()}

    def level(self, idea: Idea, at: int) -> int:
        """The idea's level now, in thousandths; 0 where it was never meant."""
        trace = self.trace(idea)
        return trace.level_at(self.count, at) if trace else 0


def excerpt(text: str, start: int, end: int) -> str:
    """What is kept of a text for evidence."""
    return text[start : min(end, start + _LONGEST_EXCERPT)]
