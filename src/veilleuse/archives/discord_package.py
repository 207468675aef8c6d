"""Discord's data package: what the owner of an account wrote, and nothing of what was answered."""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import Any

import msgspec

from veilleuse.archives import attachments
from veilleuse.archives.damage import Note, Unit
from veilleuse.archives.head import Head
from veilleuse.archives.items import shaped, typed
from veilleuse.archives.json_stream import JsonStream
from veilleuse.archives.ledger import Ledger
from veilleuse.archives.lines import BOM
from veilleuse.archives.order import oldest_first
from veilleuse.archives.source import Container, Metered, Source, beside
from veilleuse.archives.times import aware, from_snowflake
from veilleuse.events import Community, Event, Message
from veilleuse.language import Problem

PLATFORM = "discord"
UNNAMED_OWNER = "owner"
_COLUMNS = {"ID", "Timestamp", "Contents"}
_PRIVATE = {"1", "3", "DM", "GROUP_DM"}
_LONGEST_FIELD = 32 << 20


class _Row(msgspec.Struct):
    """A message, in JSON or in a line of CSV; attachments are addresses, with spaces between."""

    id: str | int = msgspec.field(name="ID")
    timestamp: datetime = msgspec.field(name="Timestamp")
    contents: str | None = msgspec.field(name="Contents", default=None)
    attachments: str | None = msgspec.field(name="Attachments", default=None)


class _Guild(msgspec.Struct):
    id: str | int
    name: str | None = None


class _Channel(msgspec.Struct):
    id: str | int = ""
    type: str | int = ""
    name: str | None = None
    recipients: list[str | int] | None = None
    guild: _Guild | None = None


class _User(msgspec.Struct):
    id: str | int
    username: str | None = None
    global_name: str | None = None

    @property
    def shown(self) -> str:
        return self.global_name or self.username or ""


class _Relationship(msgspec.Struct):
    user: _User


class _Owner(_User):
    relationships: list[_Relationship] | None = None


@dataclass(frozen=True)
class _Log:
    """The messages of one channel, and what is known of the channel."""

    source: Source
    channel: _Channel

    @property
    def private(self) -> bool:
        return str(self.channel.type) in _PRIVATE

    @property
    def community(self) -> str | None:
        if self.private:
            return None
        return str(self.channel.guild.id if self.channel.guild else self.channel.id) or None


class DiscordPackage:
    """The folder or zip Discord sends to whoever asks for their data, in any language and of any year."""

    name = "discord-data-package"

    def recognises(self, head: Head) -> bool:
        """Rows of messages, as JSON or as CSV, by the names of their columns."""
        header = set(head.text.partition("\n")[0].strip().replace('"', "").split(","))
        return head.keys_at(0) >= _COLUMNS or header >= _COLUMNS

    def read(self, sources: Sequence[Source], ledger: Ledger) -> Iterator[Event]:
        """Package by package: the communities the owner was in, then what the owner wrote."""
        ledger.note(Note.OWN_HALF)
        packages: dict[Container, list[_Log]] = {}
        for source in sources:
            packages.setdefault(source.container, []).append(_Log(source, _channel(source)))
        for container, logs in packages.items():
            yield from _communities(container, logs, _earliest(logs))
            owner = _owner(container, logs)
            for log in logs:
                yield from _read(log, owner, ledger)


def _channel(source: Source) -> _Channel:
    described = beside(source, "channel.json")
    channel = shaped(_small(described), _Channel) if described else None
    channel = channel or _Channel()
    folder = PurePath(source.path).parent.name.removeprefix("c")  # a letter since December 2021
    if not str(channel.id) and folder.isdigit():
        channel.id = folder
    return channel


def _owner(container: Container, logs: Sequence[_Log]) -> _Owner:
    """Whose package it is: what the account's file says, else who is in every private conversation."""
    for described in container.named("user.json"):
        if owner := shaped(_small(described), _Owner):
            return owner
    shared: set[str] | None = None
    for log in logs:
        people = {str(person) for person in log.channel.recipients or ()}
        if log.private and people:
            shared = people if shared is None else shared & people
    return _Owner(shared.pop() if shared and len(shared) == 1 else UNNAMED_OWNER)


def _earliest(logs: Sequence[_Log]) -> dict[str | None, datetime]:
    """When the owner first wrote in each community, and, under None, in private."""
    earliest: dict[str | None, datetime] = {}
    for log in logs:
        with Metered(log.source) as raw:
            # What cannot be read is told when the messages are.
            first = min((_at(row) for row in _rows(io.BufferedReader(raw), Ledger())), default=None)
        if first:
            earliest[log.community] = min(first, earliest.get(log.community, first))
    return earliest


def _communities(container: Container, logs: Sequence[_Log], earliest: dict[str | None, datetime]) -> Iterator[Event]:
    """Every server the owner was in, written in or not: its name says something all the same.

    A server is as old as what the owner first wrote in it, else anywhere: long before, it was not theirs.
    """
    ever = min(earliest.values(), default=None)
    names = _servers(container, logs)
    channels: dict[str, list[str]] = {guild: [] for guild in names}
    for log in logs:
        if log.channel.guild and log.community:
            names[log.community] = names.get(log.community) or log.channel.guild.name or ""
            channels.setdefault(log.community, []).append(log.channel.name or "")
    for guild, name in names.items():
        yield Community(
            id=f"{PLATFORM}:community:{guild}",
            at=earliest.get(guild) or ever or from_snowflake(guild),
            platform=PLATFORM,
            community=guild,
            name=name,
            channels=tuple(dict.fromkeys(channel for channel in channels[guild] if channel)),
        )


def _servers(container: Container, logs: Sequence[_Log]) -> dict[str, str]:
    """Names of servers, from the index of a folder that is not the messages' own, whatever it is called."""
    messages = {log.source.inside.parent.parent for log in logs}
    names: dict[str, str] = {}
    for index in container.named("index.json"):
        listed = _small(index) if index.inside.parent not in messages else None
        if isinstance(listed, dict):
            names |= {str(guild): name for guild, name in listed.items() if isinstance(name, str)}
    return names


def _read(log: _Log, owner: _Owner, ledger: Ledger) -> Iterator[Event]:
    author = str(owner.id)
    people = [str(person) for person in log.channel.recipients or ()]
    others = tuple(person for person in people if person != author) if log.private else ()
    if author not in people and author == UNNAMED_OWNER:
        others = ()
    names = {str(friend.user.id): friend.user.shown for friend in owner.relationships or ()}
    with ledger.reading(log.source) as raw:
        for row in oldest_first(_rows(io.BufferedReader(raw), ledger), _at):
            yield from ledger.introduce(PLATFORM, author, owner.shown, _at(row))
            for other in others:
                yield from ledger.introduce(PLATFORM, other, names.get(other, ""), _at(row))
            message = Message(
                id=str(row.id),
                at=_at(row),
                platform=PLATFORM,
                author=author,
                text=row.contents or "",
                community=log.community,
                channel=str(log.channel.id) or None,
                to=others,
            )
            kinds = [attachments.kind(address) for address in (row.attachments or "").split()]
            yield from attachments.said(message, kinds)


def _rows(raw: io.BufferedReader, ledger: Ledger) -> Iterator[_Row]:
    if raw.peek(1).removeprefix(BOM).lstrip()[:1] == b"[":
        stream = JsonStream(raw, ledger.report)
        yield from typed(stream, _Row, ledger)
        stream.finish()
    else:
        yield from _csv_rows(raw, ledger)


def _csv_rows(raw: io.BufferedReader, ledger: Ledger) -> Iterator[_Row]:
    csv.field_size_limit(_LONGEST_FIELD)
    reader = csv.DictReader(io.TextIOWrapper(raw, "utf-8-sig", errors="replace", newline=""))
    try:
        for values in reader:
            row = shaped(values, _Row)
            if row is None or values.get("Attachments", "") is None:
                ledger.report(Problem("archives.odd_row", line=reader.line_num), 1, Unit.LINES)
            if row is not None:
                yield row
    except csv.Error:
        ledger.report(Problem("archives.odd_row", line=reader.line_num), 1, Unit.LINES)


def _at(row: _Row) -> datetime:
    return aware(row.timestamp)


def _small(source: Source) -> Any:
    """A whole JSON document that stands beside the messages, for context; None when it cannot be read."""
    with Metered(source) as raw:
        return JsonStream(raw, _unheard).value()


def _unheard(_: Problem, __: int) -> None:
    """Context that cannot be read is done without; the messages are read all the same."""
