"""The words in which the report speaks: how sure, how grave, how many, when."""

from datetime import datetime, tzinfo
from enum import StrEnum

from veilleuse.families.excerpt import Part
from veilleuse.language import Language, say
from veilleuse.policy.decision import Severity


class Sureness(StrEnum):
    """How sure the machine is of the words it read, which is not how sure it is of what they mean."""

    DOUBTFUL = "doubtful"
    CLEAR = "clear"
    BEYOND_DOUBT = "beyond_doubt"

    @classmethod
    def of(cls, score: float) -> "Sureness":
        """Doubtful below 0.6, clear below 0.85, beyond doubt from there; `score` is in [0, 1]."""
        if score < 0.6:
            return cls.DOUBTFUL
        return cls.CLEAR if score < 0.85 else cls.BEYOND_DOUBT


def tell(key: str, language: Language, /, **values: object) -> str:
    """The report's sentence `key`. An unknown key is a KeyError."""
    return say(f"report.{key}", language, **values)


def tell_or(key: str, fallback: str, language: Language) -> str:
    """The report's sentence `key`, or `fallback` where the report has no words for it."""
    try:
        return tell(key, language)
    except KeyError:
        return fallback


def count(key: str, number: int, language: Language, /, **values: object) -> str:
    """`key` for one or for many, as the language counts: French says "0 message", English "0 messages"."""
    one = number < 2 if language is Language.FR else number == 1
    return tell(f"{key}.{'one' if one else 'many'}", language, n=digits(number, language), **values)


def digits(number: int, language: Language) -> str:
    """The number with its thousands set apart."""
    return f"{number:,}".replace(",", "\u202f" if language is Language.FR else ",")


def listed(words: list[str], language: Language) -> str:
    """The words as one enumeration: a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return tell("list.last", language, before=", ".join(words[:-1]), last=words[-1])


def hidden_how(part: Part, language: Language) -> str:
    """How a marked part was hidden, if it was."""
    return say(f"reading.disguise_{part.disguise or 'several'}", language)


def idea(part: Part, language: Language) -> str:
    """The idea a marked part stands for. A cue may hold more: "age 12-13"."""
    concept, _, detail = part.cue.partition(" ")
    return tell_or(f"cue.{concept}", concept, language) + (f", {detail}" if detail else "")


def severities(counts: dict[Severity, int], language: Language) -> str:
    """How many of each severity, the gravest first."""
    gravest = sorted((s for s in counts if counts[s]), key=lambda s: -s.rank)
    return listed([count(f"severity.{s}.count", counts[s], language) for s in gravest], language)


def local(at: datetime, zone: tzinfo | None) -> datetime:
    """The instant on the reader's clock. Clocks that cannot hold it leave it as it is."""
    try:
        return at.astimezone(zone)
    except (OSError, OverflowError, ValueError):  # years 1 and 9999; before 1970 on Windows
        return at


def day(at: datetime, language: Language, *, short: bool = False) -> str:
    """The date in words, its month abbreviated when `short`."""
    date = "1er" if language is Language.FR and at.day == 1 else at.day
    months = tell("months.short" if short else "months", language).split(",")
    return tell("day", language, date=date, month=months[at.month - 1], year=at.year)


def clock(at: datetime, language: Language) -> str:
    """The time, as the language writes it: 20:04, 20 h 04."""
    return tell("clock", language, hour=f"{at.hour:02}", minute=f"{at.minute:02}")


def moment(at: datetime, language: Language) -> str:
    """The day and the time."""
    return tell("moment", language, day=day(at, language), clock=clock(at, language))


def period(first: datetime, last: datetime, language: Language) -> str:
    """From one day to another, or one day alone, whichever way the clocks ran."""
    start, end = sorted((first, last))
    if start.date() == end.date():
        return tell("period.day", language, day=day(start, language))
    return tell("period.days", language, first=day(start, language), last=day(end, language))
