"""Dialogues nobody had: hard innocents, and ones that should be caught, in words as mild as can be.

Each language has a file of either sort in `data/evaluation/dialogues`. No headline figure comes from them: whoever
writes what is to be caught also knows what catches it.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Annotated

import msgspec

from veilleuse import DATA
from veilleuse.events import Account, Age, Event, Message
from veilleuse.language import Language

_LINE = re.compile(r"([A-Z])(?:>([A-Z]))?(?: \+(\d+)(s|min|h|d|w))?: (\S.*)")
_UNITS = {"s": "seconds", "min": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_PAUSE = timedelta(seconds=40)  # between two lines that do not say
_DAY = date(2026, 1, 7)  # a school day; every dialogue begins on it
_PLATFORM = "dialogues"

Line = Annotated[str, msgspec.Meta(pattern=f"^{_LINE.pattern}$")]
Party = Annotated[str, msgspec.Meta(pattern="^[A-Z]$")]


class Label(StrEnum):
    """What becomes of a dialogue where all is well."""

    INNOCENT = "innocent"
    CAUGHT = "caught"


class _Written(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A dialogue as its file has it.

    A line is "A: text". "A +2h: text" comes two hours after the line before it, and "A>C: text" goes to C; otherwise
    it comes after 40 seconds, from A to B and from anybody else to A. `declared` ages are told by the platform, others
    stand in the lines. In a `room` everybody reads along, and only "A>C" names somebody.
    """

    name: Annotated[str, msgspec.Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
    about: str
    lines: Annotated[tuple[Line, ...], msgspec.Meta(min_length=3, max_length=20)]
    opens: time = time(17)
    declared: Mapping[Party, Age] = {}
    room: bool = False
    threat: Annotated[int, msgspec.Meta(ge=0)] | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    dialogue: tuple[_Written, ...]


class Dialogue(msgspec.Struct, frozen=True):
    """What accounts wrote to one another, in the order of time.

    `suspect` is the account that is suspected, rightly or wrongly, and `other` the one it writes to, the child where
    there is one. `threat` is the index in `messages` of the first threat with a demand; only fast extortion has one.
    """

    name: str
    language: Language
    label: Label
    about: str
    suspect: str
    other: str
    accounts: tuple[Account, ...]
    messages: tuple[Message, ...]
    threat: int | None = None

    @property
    def events(self) -> tuple[Event, ...]:
        """The accounts whose age is declared, then the messages."""
        return *self.accounts, *self.messages

    def by(self, account: str) -> tuple[Message, ...]:
        """The messages of one account."""
        return tuple(message for message in self.messages if message.author == account)


@cache
def load_dialogues(language: Language, label: Label) -> tuple[Dialogue, ...]:
    """The dialogues that ship, in the order of their file."""
    return _read(f"{label}_{language}.toml", language, label)


@cache
def load_apart(language: Language, label: Label) -> tuple[Dialogue, ...]:
    """Those that somebody else wrote, and that nobody who sets phrases or weights may read: what they show of us is
    nearer to the truth.
    """
    return _read(f"apart_{label}_{language}.toml", language, label)


def _read(name: str, language: Language, label: Label) -> tuple[Dialogue, ...]:
    path = DATA / "evaluation" / "dialogues" / name
    return parse_dialogues(path.read_text(encoding="utf-8"), language, label)


def all_dialogues() -> tuple[Dialogue, ...]:
    """Every dialogue that ships, of both languages and both labels."""
    return tuple(d for language in Language for label in Label for d in load_dialogues(language, label))


def parse_dialogues(text: str, language: Language, label: Label) -> tuple[Dialogue, ...]:
    """The dialogues of a TOML text.

    Raises `msgspec.ValidationError`, which names the place, or `tomllib.TOMLDecodeError`.
    """
    return tuple(_made(written, language, label) for written in msgspec.convert(tomllib.loads(text), _File).dialogue)


def _made(written: _Written, language: Language, label: Label) -> Dialogue:
    # No two dialogues share an account, or one would be remembered in the next.
    scope = f"{language}.{label}.{written.name}"
    opens = datetime.combine(_DAY, written.opens, UTC)
    return Dialogue(
        name=written.name,
        language=language,
        label=label,
        about=written.about,
        suspect=f"{scope}.A",
        other=f"{scope}.B",
        accounts=tuple(
            Account(id=f"{scope}.{party}.account", at=opens, platform=_PLATFORM, account=f"{scope}.{party}", age=age)
            for party, age in written.declared.items()
        ),
        messages=tuple(_messages(written, scope, opens)),
        threat=written.threat,
    )


def _messages(written: _Written, scope: str, opens: datetime) -> Iterator[Message]:
    at = opens
    for index, (author, to, pause, text) in enumerate(_spoken(written.lines)):
        at += pause if index else timedelta()
        receiver = to or ("B" if author == "A" else "A")
        named = (f"{scope}.{receiver}",)
        yield Message(
            id=f"{scope}.{index}",
            at=at,
            platform=_PLATFORM,
            community=scope if written.room else None,
            channel=f"{scope}.room" if written.room else f"{scope}.{''.join(sorted(author + receiver))}",
            author=f"{scope}.{author}",
            to=() if written.room else named,
            mentions=named if written.room and to else (),
            text=text,
        )


def _spoken(lines: Iterable[str]) -> Iterator[tuple[str, str | None, timedelta, str]]:
    """Of each line its author, whom it names, the time since the line before, and what is said."""
    for line in lines:
        if match := _LINE.fullmatch(line):
            author, to, count, unit, text = match.groups()
            yield author, to, timedelta(**{_UNITS[unit]: int(count)}) if count else _PAUSE, text
