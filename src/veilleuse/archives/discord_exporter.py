"""DiscordChatExporter's JSON: one file a channel, or several parts of one, each a whole document."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import msgspec

from veilleuse.archives import attachments
from veilleuse.archives.head import Head
from veilleuse.archives.items import shaped, typed
from veilleuse.archives.json_stream import JsonStream
from veilleuse.archives.ledger import Ledger
from veilleuse.archives.private import SMALL_GROUP, addressed
from veilleuse.archives.source import Metered, Source
from veilleuse.archives.times import aware, from_snowflake
from veilleuse.events import Community, Event, MemberJoined, Message
from veilleuse.language import Problem

PLATFORM = "discord"
_DIRECT = {"DirectTextChat", "DirectGroupTextChat", "1", "3"}
_GROUP = {"DirectGroupTextChat", "3"}
_THREADS = {"GuildNewsThread", "GuildPublicThread", "GuildPrivateThread", "10", "11", "12"}
_JOINED = {"GuildMemberJoin", "7"}
_REPLY = {"Reply", "19"}
# Kinds the platform writes by itself. A kind unknown here is read: nothing said goes unread.
_SYSTEM = {
    "RecipientAdd",
    "RecipientRemove",
    "Call",
    "ChannelNameChange",
    "ChannelIconChange",
    "ChannelPinnedMessage",
    "ThreadCreated",
    *map(str, range(1, 19)),
} | _JOINED


class _User(msgspec.Struct, rename="camel"):
    id: str | int = "unknown"
    name: str | None = None
    nickname: str | None = None


class _File(msgspec.Struct, rename="camel"):
    file_name: str | None = None


class _Reference(msgspec.Struct, rename="camel"):
    message_id: str | int | None = None


class _Forwarded(msgspec.Struct, rename="camel"):
    content: str | None = None
    attachments: list[_File] | None = None
    stickers: list[object] | None = None


class _Item(msgspec.Struct, rename="camel"):
    id: str | int
    timestamp: datetime
    type: str | int = "Default"
    content: str | None = None
    author: _User | None = None
    attachments: list[_File] | None = None
    stickers: list[object] | None = None
    mentions: list[_User] | None = None
    reference: _Reference | None = None
    forwarded_message: _Forwarded | None = None


class _Guild(msgspec.Struct):
    id: str | int = "0"
    name: str | None = None


class _Channel(msgspec.Struct):
    id: str | int = ""
    type: str | int = ""
    name: str | None = None
    topic: str | None = None
    category: str | None = None


@dataclass(frozen=True)
class _Export:
    """What stands before the messages of a file, and when the first one was written."""

    source: Source
    guild: _Guild
    channel: _Channel
    begins: datetime | None
    exported: datetime | None

    @property
    def private(self) -> bool:
        return str(self.guild.id) == "0" or str(self.channel.type) in _DIRECT

    @property
    def order(self) -> datetime:
        return self.begins or datetime.max.replace(tzinfo=UTC)


class DiscordExporter:
    """Channels of Discord, as DiscordChatExporter writes them."""

    name = "discord-chat-exporter"

    def recognises(self, head: Head) -> bool:
        """A guild, then a channel."""
        return bool(head.keys_at("guild") and head.keys_at("channel"))

    def read(self, sources: Sequence[Source], ledger: Ledger) -> Iterator[Event]:
        """Each community once, with all its channels, then their messages; parts in the order of time."""
        exports = [_export(source) for source in sources]
        communities: dict[str, dict[str, list[_Export]]] = {}
        for export in exports:
            place = f"direct {export.channel.id}" if export.private else str(export.guild.id)
            communities.setdefault(place, {}).setdefault(str(export.channel.id), []).append(export)
        ever = _first(exports)
        for channels in communities.values():
            together = [export for parts in channels.values() for export in parts]
            yield from _introduced(together, _first(together) or ever)
            for parts in channels.values():
                for export in sorted(parts, key=lambda part: part.order):
                    yield from _read(export, ledger)


def _export(source: Source) -> _Export:
    """The head of a file. What cannot be had of it is reported when the file itself is read."""
    found: dict[str, object] = {}
    begins: datetime | None = None
    with Metered(source) as raw:
        stream = JsonStream(raw, _unheard)
        for key in stream.fields():
            if key == "messages":
                begins = next((_date(value, "timestamp") for value in stream.values()), None)
                break
            found[key] = stream.value()
    guild = shaped(found.get("guild"), _Guild) or _Guild()
    channel = shaped(found.get("channel"), _Channel) or _Channel()
    return _Export(source, guild, channel, begins, _date(found, "exportedAt"))


def _first(exports: Sequence[_Export]) -> datetime | None:
    """The time of the first message known, or of the export."""
    instants = [export.begins or export.exported for export in exports]
    return min((instant for instant in instants if instant), default=None)


def _introduced(exports: Sequence[_Export], at: datetime | None) -> Iterator[Event]:
    """The community these files come from, or the group when it is a private one."""
    first = exports[0]
    group = str(first.channel.type) in _GROUP
    if first.private and not group:
        return
    identifier = str(first.channel.id if group else first.guild.id)
    channels = dict.fromkeys(name for export in exports for name in _channel_names(export.channel))
    texts = dict.fromkeys(text for export in exports for text in _described(export.channel))
    yield Community(
        id=f"{PLATFORM}:community:{identifier}",
        at=at or from_snowflake(identifier),
        platform=PLATFORM,
        community=identifier,
        name=(first.channel.name if group else first.guild.name) or "",
        description="\n".join(texts),
        channels=() if group else tuple(channels),
    )


def _channel_names(channel: _Channel) -> Iterator[str]:
    """The channel's name; before it, for a thread, that of the channel it hangs from."""
    if channel.category and str(channel.type) in _THREADS:
        yield channel.category
    if channel.name:
        yield channel.name


def _described(channel: _Channel) -> Iterator[str]:
    """What people read around the channel's name: the category it stands in, and its topic."""
    if channel.category and str(channel.type) not in _THREADS:
        yield channel.category
    if channel.topic:
        yield channel.topic


def _read(export: _Export, ledger: Ledger) -> Iterator[Event]:
    with ledger.reading(export.source) as raw:
        stream = JsonStream(raw, ledger.report)
        for key in stream.fields():
            if key != "messages":
                continue
            events = _events(typed(stream, _Item, ledger), export, ledger)
            if export.private:
                expected = SMALL_GROUP if str(export.channel.type) in _GROUP else 2
                events = addressed(events, expected=expected)
            yield from events
        stream.finish()


def _events(items: Iterable[_Item], export: _Export, ledger: Ledger) -> Iterator[Event]:
    channel = str(export.channel.id) or None
    community = None if export.private else str(export.guild.id)
    for item in items:
        author = item.author or _User()
        identifier = str(author.id)
        at = aware(item.timestamp)
        yield from ledger.introduce(PLATFORM, identifier, author.nickname or author.name or "", at)
        kind = str(item.type)
        if kind in _SYSTEM:
            if kind in _JOINED and community:
                yield MemberJoined(id=str(item.id), at=at, platform=PLATFORM, community=community, account=identifier)
            continue
        message = Message(
            id=str(item.id),
            at=at,
            platform=PLATFORM,
            author=identifier,
            text=_text(item),
            community=community,
            channel=channel,
            reply_to=_answered(item) if kind in _REPLY else None,
            mentions=tuple(str(user.id) for user in item.mentions) if item.mentions else (),
        )
        if item.attachments or item.stickers or item.forwarded_message:
            yield from attachments.said(message, _kinds(item))
        elif message.text:
            yield message


def _text(item: _Item) -> str:
    """What the author wrote, then what they passed on."""
    own = item.content or ""
    forwarded = item.forwarded_message and item.forwarded_message.content
    return f"{own}\n{forwarded}" if own and forwarded else own or forwarded or ""


def _answered(item: _Item) -> str | None:
    message = item.reference and item.reference.message_id
    return str(message) if message else None


def _kinds(item: _Item) -> list[attachments.Kind]:
    kinds: list[attachments.Kind] = []
    for part in (item, item.forwarded_message):
        if part:
            kinds += [attachments.kind(file.file_name or "") for file in part.attachments or ()]
            kinds += ["sticker"] * len(part.stickers or ())
    return kinds


def _date(value: object, key: str) -> datetime | None:
    """The instant under `key`, when there is one."""
    found = value.get(key) if isinstance(value, dict) else None
    date = shaped(found, datetime) if found else None
    return aware(date) if date else None


def _unheard(_: Problem, __: int) -> None:
    """A head is read twice; damages are told the second time."""
