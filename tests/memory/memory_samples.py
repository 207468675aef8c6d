"""What the tests of the memory are made of."""

from datetime import UTC, datetime, timedelta

from veilleuse.cues import Listener
from veilleuse.events import Account, Message
from veilleuse.memory import Memory, View
from veilleuse.reading import Reader

AT = datetime(2026, 1, 7, 17, tzinfo=UTC)
_READER = Reader()


def message(
    author: str, text: str = "", to: str = "", minutes: float = 0, *, room: str = "", reply_to: str | None = None,
    mentions: tuple[str, ...] = (), number: int = 0,
) -> Message:  # fmt: skip
    """Somebody wrote this, to somebody or in a room; a room that begins with "#" is private."""
    return Message(
        id=f"{author}{minutes}{number}{text[:9]}",
        at=AT + timedelta(minutes=minutes),
        platform="t",
        author=author,
        text=text,
        to=(to,) if to else (),
        channel=room or None,
        community="g" if room and not room.startswith("#") else None,
        reply_to=reply_to,
        mentions=mentions,
    )


def account(name: str, age: int | None = None, band: str | None = None) -> Account:
    """An account with what it declares."""
    return Account(id=f"a-{name}", at=AT, platform="t", account=name, age=age, age_band=band)


def hear(memory: Memory, event: Message) -> list[View]:
    """What the memory gives to be judged, the cues having been heard."""
    cues = Listener.shared().hear(event.text, _READER.read(event.text), event.at)
    return list(memory.hear(event, cues, event.text))


def talk(memory: Memory, *lines: tuple[str, str]) -> View:
    """A private talk of "a" and "b", a line a minute; the last view."""
    views: list[View] = []
    for minute, (author, text) in enumerate(lines):
        views += hear(memory, message(author, text, "b" if author == "a" else "a", minute))
    return views[-1]
