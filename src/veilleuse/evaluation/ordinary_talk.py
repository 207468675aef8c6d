"""Files of ordinary talk as conversations: JSON lines with author and text, plain or gzip. Nothing is ever printed."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from veilleuse.evaluation.benign import open_lines
from veilleuse.events import Message
from veilleuse.language import Problem

_BEGINNING = datetime(2026, 1, 5, 10, tzinfo=UTC)
_A_DAY = 50  # messages of a person, where the file tells no days
_PACE = timedelta(minutes=10)


class _Row(msgspec.Struct):
    author: str
    text: str
    at: str = ""
    to: str | None = None


class Talk(msgspec.Struct, frozen=True):
    """One file: what each author wrote, in order, as private messages to whoever they were for.

    Where a file does not tell recipients, all are taken for one: that is harder on a detector than life is.
    """

    name: str
    by_author: dict[str, tuple[Message, ...]]

    @property
    def messages(self) -> int:
        """How many there are."""
        return sum(map(len, self.by_author.values()))


def load_talk(path: Path) -> Talk:
    """Reads the file. Raises `Problem` for one that cannot be used."""
    by_author: dict[str, list[Message]] = {}
    for number, line in enumerate(open_lines(path), 1):
        if not line.strip():
            continue
        try:
            row = msgspec.json.decode(line, type=_Row)
        except (msgspec.DecodeError, UnicodeDecodeError):
            # What is wrong is not quoted, for it would quote the line.
            raise Problem("evaluate.not_said", path=path, line=number) from None
        mine = by_author.setdefault(row.author, [])
        mine.append(
            Message(
                id=f"{path.name}:{number}",
                at=_moment(row.at, len(mine)),
                platform=path.name,
                author=row.author,
                to=(f"to {row.author} {row.to or ''}",),
                text=row.text,
            )
        )
    return Talk(path.name, {author: tuple(mine) for author, mine in by_author.items()})


def windows(messages: Sequence[Message], size: int) -> Iterator[Sequence[Message]]:
    """The messages `size` at a time; a shorter rest counts only where it is all there is."""
    for start in range(0, len(messages), size):
        window = messages[start : start + size]
        if len(window) == size or not start:
            yield window


def _moment(told: str, number: int) -> datetime:
    """The moment told, where it has a day; else a day for every fifty messages."""
    try:
        at = datetime.fromisoformat(told) if "T" in told else None
    except ValueError:
        at = None
    if at is None:
        day, place = divmod(number, _A_DAY)
        return _BEGINNING + timedelta(days=day) + place * _PACE
    return at if at.tzinfo else at.replace(tzinfo=UTC)
