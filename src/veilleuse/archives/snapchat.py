"""Snapchat's `chat_history.json`: what was saved of each conversation, newest first."""

import html
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Annotated

import msgspec

from veilleuse.archives import attachments
from veilleuse.archives.damage import Note
from veilleuse.archives.head import Head
from veilleuse.archives.identity import digest, place_digest
from veilleuse.archives.items import shaped, typed
from veilleuse.archives.json_stream import JsonStream
from veilleuse.archives.ledger import Ledger
from veilleuse.archives.order import oldest_first
from veilleuse.archives.private import addressed
from veilleuse.archives.source import Metered, Source, beside
from veilleuse.archives.times import aware, from_milliseconds
from veilleuse.events import Community, Event, Message
from veilleuse.language import Problem

PLATFORM = "snapchat"
UNNAMED_OWNER = "owner"
_YEAR_5138_MS = 10**14
_MEDIA: dict[str, attachments.Kind] = {
    "MEDIA": "image",
    "IMAGE": "image",
    "VIDEO": "video",
    "NOTE": "audio",
    "AUDIO": "audio",
    "STICKER": "sticker",
}


class _Item(msgspec.Struct):
    created: str = msgspec.field(name="Created")
    media_type: str = msgspec.field(name="Media Type", default="TEXT")
    sender: str | None = msgspec.field(name="From", default=None)
    recipient: str | None = msgspec.field(name="To", default=None)
    content: str | None = msgspec.field(name="Content", default=None)
    text: str | None = msgspec.field(name="Text", default=None)
    title: str | None = msgspec.field(name="Conversation Title", default=None)
    sent: bool | None = msgspec.field(name="IsSender", default=None)
    # Milliseconds, whatever their name says; true microseconds are told by their size.
    count: Annotated[int, msgspec.Meta(ge=0, le=10**17)] | None = msgspec.field(
        name="Created(microseconds)", default=None
    )

    def __post_init__(self) -> None:
        _instant(self.created)

    @property
    def at(self) -> datetime:
        """To the millisecond where the export says so, else to the second."""
        if not self.count:
            return _instant(self.created)
        return from_milliseconds(self.count if self.count < _YEAR_5138_MS else self.count // 1000)

    @property
    def written(self) -> str:
        return self.content or html.unescape(self.text or "")


class _Basic(msgspec.Struct):
    username: str = msgspec.field(name="Username")


class _Account(msgspec.Struct):
    basic: _Basic = msgspec.field(name="Basic Information")


class Snapchat:
    """Conversations of Snapchat, by friend or by group."""

    name = "snapchat"

    def recognises(self, head: Head) -> bool:
        """Lists of messages with Snapchat's own keys, in an object whose keys are conversations."""
        return any({"Media Type", "Created"} <= head.keys_at(key, 0) for key in head.keys_at())

    def read(self, sources: Sequence[Source], ledger: Ledger) -> Iterator[Event]:
        """Every conversation of every file."""
        ledger.note(Note.SAVED_ONLY)
        for source in sources:
            owner = _owner(source)
            mark = digest(owner) if owner else place_digest(source)
            with ledger.reading(source) as raw:
                stream = JsonStream(raw, ledger.report)
                for key in stream.fields():
                    items = typed(stream, _Item, ledger)
                    yield from _conversation(key, mark, oldest_first(items, _at), owner, ledger)
                stream.finish()


def _owner(source: Source) -> str | None:
    """Whose account it is: what the account's own file says, when it lies beside, else who sent."""
    if described := beside(source, "account.json"):
        with Metered(described) as raw:
            account = shaped(JsonStream(raw, _unheard).value(), _Account)
        if account:
            return account.basic.username
    with Metered(source) as raw:
        stream = JsonStream(raw, _unheard)
        senders = (_sender(value) for _ in stream.fields() for value in stream.values())
        return next((sender for sender in senders if sender), None)


def _sender(value: object) -> str | None:
    """Who sent this message, if it was the owner."""
    item = shaped(value, _Item)
    return item.sender if item and item.sent else None


def _conversation(key: str, mark: str, items: Iterator[_Item], owner: str | None, ledger: Ledger) -> Iterator[Event]:
    """What was said under one key: a friend's name, which another person's export may hold too, hence `mark`."""
    first = next(items, None)
    if first is None:
        return
    messages = _messages(key, mark, chain([first], items), owner, ledger)
    if first.title:
        yield Community(
            id=f"{PLATFORM}:community:{key}:{mark}",
            at=first.at,
            platform=PLATFORM,
            community=f"{key}:{mark}",
            name=first.title,
        )
        yield from addressed(messages)
    elif first.sent is None:
        yield from messages
    else:
        yield from addressed(messages, [key, owner] if owner else [key], expected=2)


def _messages(key: str, mark: str, items: Iterable[_Item], owner: str | None, ledger: Ledger) -> Iterator[Event]:
    """What was said in one conversation. Before 2023 one list held all that was sent, one all received."""
    for number, item in enumerate(items):
        author = item.sender or owner or UNNAMED_OWNER
        kind = _MEDIA.get(item.media_type.upper())
        if kind is None and not item.written:
            continue
        yield from ledger.introduce(PLATFORM, author, author, item.at)
        parted = item.sent is None
        friend = item.sender or item.recipient if parted else None
        message = Message(
            id=f"{PLATFORM}:{key}:{mark}:{number}",
            at=item.at,
            platform=PLATFORM,
            author=author,
            text=item.written,
            channel=f"{friend or key}:{mark}",
            to=(item.recipient or owner or UNNAMED_OWNER,) if parted else (),
        )
        yield from attachments.said(message, [kind] if kind else [])


def _at(item: _Item) -> datetime:
    return item.at


def _instant(text: str) -> datetime:
    return aware(datetime.fromisoformat(text.removesuffix(" UTC"))).astimezone(UTC)


def _unheard(_: Problem, __: int) -> None:
    """An account's file that cannot be read is done without."""
