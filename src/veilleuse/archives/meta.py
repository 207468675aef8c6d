"""Messenger and Instagram: threads in JSON, newest message first, 10,000 a file; encrypted ones apart.

Meta writes each byte of UTF-8 as if it were a letter of Latin-1, except in the encrypted export. Whether a
file is so garbled is decided once, for all of it: a person may well have typed "Ã©".
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

import msgspec

from veilleuse.archives import attachments
from veilleuse.archives.head import Head
from veilleuse.archives.identity import people_digest
from veilleuse.archives.items import shaped, typed
from veilleuse.archives.json_stream import JsonStream
from veilleuse.archives.ledger import Ledger
from veilleuse.archives.order import oldest_first
from veilleuse.archives.private import SMALL_GROUP, addressed
from veilleuse.archives.source import Source
from veilleuse.archives.times import Milliseconds, from_milliseconds
from veilleuse.events import Community, Event, Message

_NUMBER = re.compile(r"(\d+)\.\w+$")
_BEYOND_LATIN_1 = re.compile("[\u0100-\ufffc\U00010000-\U0010ffff]")
_NOTICES = {"Call", "Subscribe", "Unsubscribe", "placeholder"}
_FAMILIES: tuple[tuple[str, attachments.Kind], ...] = (
    ("photos", "image"),
    ("gifs", "image"),
    ("videos", "video"),
    ("audio_files", "audio"),
    ("files", "file"),
)


class _Name(msgspec.Struct):
    name: str = ""


class _File(msgspec.Struct):
    uri: str | None = None


class _Share(msgspec.Struct):
    link: str | None = None
    share_text: str | None = None


class _Item(msgspec.Struct):
    """A message: of the ordinary export above, with the keys of the encrypted one below."""

    timestamp_ms: Milliseconds | None = None
    sender_name: str | None = None
    content: str | None = None
    type: str | None = None
    is_unsent: bool | None = None
    share: _Share | None = None
    photos: list[_File] | None = None
    gifs: list[_File] | None = None
    videos: list[_File] | None = None
    audio_files: list[_File] | None = None
    files: list[_File] | None = None
    sticker: _File | None = None

    timestamp: Milliseconds | None = None
    sender: str | None = msgspec.field(name="senderName", default=None)
    text: str | None = None
    unsent: bool | None = msgspec.field(name="isUnsent", default=None)
    media: list[_File] | None = None

    def __post_init__(self) -> None:
        if self.timestamp_ms is None and self.timestamp is None:
            raise ValueError("Object missing required field `timestamp_ms`")

    @property
    def at(self) -> datetime:
        return from_milliseconds(self.timestamp_ms or self.timestamp or 0)

    @property
    def written(self) -> str:
        """What was written, else what was shared with it."""
        shared = self.share and (self.share.share_text or self.share.link)
        return self.content or self.text or shared or ""

    @property
    def kinds(self) -> list[attachments.Kind]:
        kinds = [kind for key, kind in _FAMILIES for _ in getattr(self, key) or ()]
        kinds += [attachments.kind(file.uri or "") for file in self.media or ()]
        return [*kinds, "sticker"] if self.sticker else kinds


class _Said(msgspec.Struct):
    """What a file of many messages holds in memory of each."""

    at: datetime
    author: str
    text: str
    kinds: tuple[attachments.Kind, ...]


@dataclass
class _Thread:
    """One file of a thread: who is in it, what it is called, what was said."""

    people: list[str] = field(default_factory=list)
    title: str = ""
    path: str = ""
    said: list[_Said] = field(default_factory=list)
    encrypted: bool = False

    def texts(self) -> Iterator[str]:
        yield from (self.title, self.path, *self.people)
        for said in self.said:
            yield said.author
            yield said.text

    def mend(self) -> None:
        """Turn the file's text back into what people wrote."""
        self.title, self.path = _mended(self.title), _mended(self.path)
        self.people = [_mended(person) for person in self.people]
        for said in self.said:
            said.author, said.text = _mended(said.author), _mended(said.text)


class Meta:
    """Threads of Messenger and Instagram, of friends and of strangers, encrypted or not."""

    name = "meta"

    def recognises(self, head: Head) -> bool:
        """Participants, and messages with a sender."""
        keys, first = head.keys_at(), head.keys_at("messages", 0)
        return "participants" in keys and bool(
            first & {"sender_name", "senderName"} or keys & {"thread_path", "threadName"}
        )

    def read(self, sources: Sequence[Source], ledger: Ledger) -> Iterator[Event]:
        """Thread by thread, the files with the highest number first, since they are the oldest."""
        folders: dict[tuple[str, ...], list[Source]] = {}
        for source in sources:
            folders.setdefault(PurePath(source.path).parent.parts[-2:], []).append(source)
        counted: Counter[str] = Counter()
        for files in folders.values():
            for source in sorted(files, key=_number, reverse=True):
                with ledger.reading(source) as raw:
                    thread = _thread(JsonStream(raw, ledger.report), source, ledger)
                    yield from _events(thread, _platform(source), counted, ledger)


def _number(source: Source) -> int:
    match = _NUMBER.search(source.inside.name)
    return int(match[1][-9:]) if match else 0


def _platform(source: Source) -> str:
    return "instagram" if "instagram" in source.path.casefold() else "messenger"


def _thread(stream: JsonStream, source: Source, ledger: Ledger) -> _Thread:
    thread = _Thread(path=source.inside.parent.name or source.inside.stem)
    unique = False
    for key in stream.fields():
        if key == "messages":
            thread.said += _said(typed(stream, _Item, ledger), thread)
        elif key == "participants":
            people = shaped(stream.value(), list[str | _Name]) or []
            thread.people = [person if isinstance(person, str) else person.name for person in people]
        elif key in ("title", "thread_path", "threadName"):
            value = stream.value()
            if isinstance(value, str) and value:
                setattr(thread, "title" if key == "title" else "path", value)
                unique |= key == "thread_path"
    stream.finish()
    if not thread.encrypted and _garbled(thread.texts()):
        thread.mend()
    if not unique:  # encrypted threads are numbered anew in each export: another person's may bear the same name
        thread.path = f"{thread.path}:{people_digest(thread.people, source)}"
    return thread


def _said(items: Iterable[_Item], thread: _Thread) -> Iterator[_Said]:
    """What people said, but for the platform's own notices and what was taken back."""
    names: dict[str, str] = {}
    for item in items:
        author = item.sender_name or item.sender or "unknown"
        thread.encrypted |= item.timestamp_ms is None
        if not (item.is_unsent or item.unsent or item.type in _NOTICES):
            yield _Said(item.at, names.setdefault(author, author), item.written, tuple(item.kinds))


def _garbled(texts: Iterable[str]) -> bool:
    """Whether text that is no ASCII reads as UTF-8 taken for Latin-1, more often than not."""
    balance = 0
    for text in texts:
        if text.isascii():
            continue
        if _BEYOND_LATIN_1.search(text):
            return False
        try:
            text.replace("\ufffd", "?").encode("latin-1").decode("utf-8")
        except UnicodeDecodeError:
            balance -= 1
        else:
            balance += 1
    return balance > 0


def _mended(text: str) -> str:
    return text if text.isascii() else text.encode("latin-1", "replace").decode("utf-8", "replace")


def _events(thread: _Thread, platform: str, counted: Counter[str], ledger: Ledger) -> Iterator[Event]:
    messages = _messages(thread, platform, counted, ledger)
    if 0 < len(thread.people) <= SMALL_GROUP:
        yield from addressed(messages, thread.people, expected=len(thread.people))
    else:
        yield from messages


def _messages(thread: _Thread, platform: str, counted: Counter[str], ledger: Ledger) -> Iterator[Event]:
    channel = f"{platform}:{thread.path}"
    group = len(thread.people) > 2
    for said in oldest_first(thread.said, lambda said: said.at):
        if group and thread.title and channel not in counted:
            yield Community(
                id=f"{platform}:community:{thread.path}",
                at=said.at,
                platform=platform,
                community=channel,
                name=thread.title,
            )
        number = counted[channel]
        counted[channel] += 1
        yield from ledger.introduce(platform, said.author, said.author, said.at)
        message = Message(
            id=f"{channel}:{number}",
            at=said.at,
            platform=platform,
            author=said.author,
            text=said.text,
            community=channel if len(thread.people) > SMALL_GROUP else None,
            channel=channel,
        )
        yield from attachments.said(message, list(said.kinds))
