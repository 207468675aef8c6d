"""Telegram Desktop's `result.json`: one conversation, or a whole account."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from veilleuse.archives import attachments
from veilleuse.archives.damage import Note
from veilleuse.archives.head import Head
from veilleuse.archives.items import shaped, typed
from veilleuse.archives.json_stream import JsonStream
from veilleuse.archives.ledger import Ledger
from veilleuse.archives.private import addressed
from veilleuse.archives.source import Source
from veilleuse.archives.times import Seconds, aware, from_milliseconds
from veilleuse.events import Community, Event, MemberJoined, Message

PLATFORM = "telegram"
_PERSONAL = {"personal_chat", "bot_chat"}
_PRIVATE = _PERSONAL | {"saved_messages"}
_JOINED = {"join_group_by_link", "join_group_by_request"}
_TOPICS = {"topic_created", "topic_edit"}
_MEDIA: dict[str, attachments.Kind] = {
    "sticker": "sticker",
    "video_file": "video",
    "video_message": "video",
    "animation": "video",
    "voice_message": "audio",
    "audio_file": "audio",
}

# Telegram Desktop writes control characters the way C does, and once left the name of a file without quotes.
_C_ESCAPE = re.compile(r"(?<!\\)((?:\\\\)*)\\x([0-9A-Fa-f]{2})")
_UNQUOTED = re.compile(r'("document_id": )([^"\s\[{][^"\n]*?)(,?)$', re.MULTILINE)


class _Piece(msgspec.Struct):
    text: str = ""


class _Poll(msgspec.Struct):
    question: str = ""
    answers: list[_Piece] | None = None


class _Owner(msgspec.Struct):
    user_id: int | str


class _Item(msgspec.Struct):
    id: int | str
    type: str = "message"
    date: datetime | None = None
    date_unixtime: Seconds | None = None
    sender: str | None = msgspec.field(name="from", default=None)
    from_id: str | int | None = None
    actor: str | None = None
    actor_id: str | int | None = None
    action: str | None = None
    text: str | list[str | _Piece] = ""
    text_entities: list[_Piece] | None = None
    reply_to_message_id: int | str | None = None
    photo: str | None = None
    file: str | None = None
    media_type: str | None = None
    mime_type: str | None = None
    poll: _Poll | None = None
    title: str | None = None

    def __post_init__(self) -> None:
        if self.date is None and self.date_unixtime is None:
            raise ValueError("Object missing required field `date`")

    @property
    def at(self) -> datetime:
        """The instant; where only a local time was written, that time as if it were UTC."""
        if self.date_unixtime is not None:
            return from_milliseconds(self.date_unixtime * 1000)
        return aware(self.date) if self.date else from_milliseconds(0)

    @property
    def author(self) -> str:
        """Who wrote, by a number that lasts; accounts since deleted have a number and no name."""
        for identifier in (self.from_id, self.actor_id):
            if identifier is not None:
                return str(identifier) if isinstance(identifier, str) else f"user{identifier}"
        return self.sender or self.actor or "unknown"


@dataclass
class _Chat:
    """A conversation, as far as its head was read."""

    id: str = ""
    name: str = ""
    type: str = ""
    owner: str = ""  # whose account was exported, where the export says so

    @property
    def place(self) -> str:
        """The conversation itself: a person's number stands for all conversations with that person."""
        return f"{self.id}:{self.owner}" if self.owner and self.type in _PERSONAL else self.id

    @property
    def community(self) -> str | None:
        return None if self.type in _PRIVATE else self.id


class Telegram:
    """What Telegram Desktop exports as machine-readable JSON."""

    name = "telegram-desktop"

    def recognises(self, head: Head) -> bool:
        """A conversation with messages, or the parts of an account."""
        keys = head.keys_at()
        one = {"name", "type", "id"} <= keys and "messages" in keys
        return (
            one
            or bool(keys & {"personal_information", "frequent_contacts", "left_chats"})
            or ("chats" in keys and "about" in keys)
        )

    def read(self, sources: Sequence[Source], ledger: Ledger) -> Iterator[Event]:
        """Every conversation of every file."""
        for source in sources:
            with ledger.reading(source) as raw:
                stream = JsonStream(raw, ledger.report, _repaired)
                yield from _document(stream, ledger)
                stream.finish()


def _repaired(text: str) -> str:
    return _UNQUOTED.sub(r'\1"\2"\3', _C_ESCAPE.sub(r"\1\\u00\2", text))


def _document(stream: JsonStream, ledger: Ledger) -> Iterator[Event]:
    """A whole account, or a conversation that stands alone; which of them, its keys say as they come."""
    chat = _Chat()
    for key in stream.fields():
        if key == "personal_information":
            known = shaped(stream.value(), _Owner)
            chat.owner = f"user{known.user_id}" if known else ""
        elif key in ("chats", "left_chats"):
            for part in stream.fields():
                if part == "list":
                    for _ in stream.elements():
                        yield from _conversation(stream, chat.owner, ledger)
        else:
            yield from _part(stream, key, chat, ledger)


def _conversation(stream: JsonStream, owner: str, ledger: Ledger) -> Iterator[Event]:
    chat = _Chat(owner=owner)
    for key in stream.fields():
        yield from _part(stream, key, chat, ledger)


def _part(stream: JsonStream, key: str, chat: _Chat, ledger: Ledger) -> Iterator[Event]:
    """The value of one key of a conversation: its head is remembered, its messages are read."""
    if key == "messages":
        events = _events(typed(stream, _Item, ledger), chat, ledger)
        if chat.type in _PERSONAL:
            known = filter(None, [f"user{chat.id}", chat.owner])
            events = addressed(events, known, expected=2)
        yield from events
    elif key in ("id", "name", "type"):
        value = stream.value()
        setattr(chat, key, "" if value is None else str(value))


def _events(items: Iterable[_Item], chat: _Chat, ledger: Ledger) -> Iterator[Event]:
    named = False
    for item in items:
        if chat.community and not named:
            named = True
            yield _community(chat, item, name=chat.name)
        if item.date_unixtime is None:
            ledger.note(Note.LOCAL_TIMES)
        yield from ledger.introduce(PLATFORM, item.author, item.sender or item.actor or "", item.at)
        if item.type == "message":
            yield from _said(item, chat)
        elif chat.community:
            yield from _happened(item, chat)


def _said(item: _Item, chat: _Chat) -> Iterator[Event]:
    answered = item.reply_to_message_id
    message = Message(
        id=f"{chat.place}:{item.id}",
        at=item.at,
        platform=PLATFORM,
        author=item.author,
        text=_text(item),
        community=chat.community,
        channel=chat.place or None,
        reply_to=None if answered is None else f"{chat.place}:{answered}",
    )
    kind = _kind(item)
    yield from attachments.said(message, [kind] if kind else [])


def _happened(item: _Item, chat: _Chat) -> Iterator[Event]:
    """Somebody came in, or the group was given a name, or a topic."""
    if item.action in _JOINED:
        yield MemberJoined(
            id=f"{chat.id}:{item.id}",
            at=item.at,
            platform=PLATFORM,
            community=chat.id,
            account=item.author,
        )
    elif item.title and item.action in _TOPICS:
        yield _community(chat, item, channels=(item.title,))
    elif item.title and item.title != chat.name:
        yield _community(chat, item, name=item.title)


def _community(chat: _Chat, item: _Item, name: str = "", channels: tuple[str, ...] = ()) -> Community:
    return Community(
        id=f"{PLATFORM}:community:{chat.id}:{item.id}",
        at=item.at,
        platform=PLATFORM,
        community=chat.id,
        name=name,
        channels=channels,
    )


def _text(item: _Item) -> str:
    """What was written, whether Telegram cut it into pieces or not; of a poll, its question and answers."""
    if item.text_entities:
        return "".join(piece.text for piece in item.text_entities)
    if item.poll:
        return "\n".join([item.poll.question, *(answer.text for answer in item.poll.answers or ())])
    if isinstance(item.text, str):
        return item.text
    return "".join(piece if isinstance(piece, str) else piece.text for piece in item.text)


def _kind(item: _Item) -> attachments.Kind | None:
    if item.photo:
        return "image"
    if item.media_type in _MEDIA:
        return _MEDIA[item.media_type]
    if item.mime_type:
        family = item.mime_type.partition("/")[0]
        return next((kind for kind in ("image", "video", "audio") if kind == family), "file")
    return "file" if item.file else None
