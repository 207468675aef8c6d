"""What can happen on a platform: the only input of the engine.

An event is one JSON object on one line; `kind` says which. Decoding is strict, because a key that is
silently ignored is a message that is silently not read.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec

Instant = Annotated[datetime, msgspec.Meta(tz=True, description="RFC 3339, with its offset")]
Identifier = Annotated[str, msgspec.Meta(min_length=1, description="as the platform gives it; opaque here")]
Age = Annotated[int, msgspec.Meta(ge=0, le=130)]


class Hashes(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True):
    """Fingerprints of a picture. The picture itself never enters Veilleuse."""

    pdq: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")] | None = None
    md5: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")] | None = None
    sha256: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")] | None = None


# Events hold no event: they make no cycle, and the collector need not look at them (gc=False).
class _Event(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    id: Identifier
    at: Instant
    platform: Identifier


class Message(_Event, frozen=True, kw_only=True, tag_field="kind", tag="message"):
    """Somebody wrote something. `to` names the recipients when it is private."""

    author: Identifier
    text: str
    community: str | None = None
    channel: str | None = None
    to: tuple[str, ...] = ()
    reply_to: str | None = None
    mentions: tuple[str, ...] = ()


class MessageEdited(_Event, frozen=True, kw_only=True, tag_field="kind", tag="message_edited"):
    """The message `message` now reads `text`."""

    message: Identifier
    author: Identifier
    text: str
    community: str | None = None
    channel: str | None = None
    to: tuple[str, ...] = ()


class MessageDeleted(_Event, frozen=True, kw_only=True, tag_field="kind", tag="message_deleted"):
    """The message `message` is gone from the platform."""

    message: Identifier
    author: str | None = None
    community: str | None = None
    channel: str | None = None


class Community(_Event, frozen=True, kw_only=True, tag_field="kind", tag="community"):
    """A community was seen, created, renamed or described."""

    community: Identifier
    name: str = ""
    description: str = ""
    channels: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    icon: Hashes | None = None


class Account(_Event, frozen=True, kw_only=True, tag_field="kind", tag="account"):
    """An account was seen. `age` and `age_band` are what the platform or the person declared, never a guess."""

    account: Identifier
    name: str = ""
    bio: str = ""
    created: Instant | None = None
    age: Age | None = None
    age_band: str | None = None
    avatar: Hashes | None = None


class MemberJoined(_Event, frozen=True, kw_only=True, tag_field="kind", tag="member_joined"):
    """An account entered a community."""

    community: Identifier
    account: Identifier


class Media(_Event, frozen=True, kw_only=True, tag_field="kind", tag="media"):
    """A picture, a video, a sound or a file was shared: that it was, never what it shows."""

    author: Identifier
    type: Literal["image", "video", "audio", "sticker", "file"]
    message: str | None = None
    community: str | None = None
    channel: str | None = None
    to: tuple[str, ...] = ()
    hashes: Hashes | None = None


class ReportFiled(_Event, frozen=True, kw_only=True, tag_field="kind", tag="report_filed"):
    """Somebody told the moderators about an account, a message or a community."""

    reporter: Identifier
    account: str | None = None
    message: str | None = None
    community: str | None = None
    reason: str = ""


class Label(_Event, frozen=True, kw_only=True, tag_field="kind", tag="label"):
    """What research says of an author in a channel. Read by `train` and `evaluate` only."""

    channel: Identifier
    author: Identifier
    label: Literal["predator", "ordinary"]


Event = Message | MessageEdited | MessageDeleted | Community | Account | MemberJoined | Media | ReportFiled | Label
KINDS: dict[str, type[Event]] = {
    "message": Message,
    "message_edited": MessageEdited,
    "message_deleted": MessageDeleted,
    "community": Community,
    "account": Account,
    "member_joined": MemberJoined,
    "media": Media,
    "report_filed": ReportFiled,
    "label": Label,
}


def texts(event: Event) -> Iterator[tuple[str, str]]:
    """Each text of the event with the name of its field; the main one, named "", comes first."""
    match event:
        case Message() | MessageEdited():
            yield "", event.text
        case Community():
            yield "", event.name
            yield "description", event.description
            yield from ((f"channels[{i}]", channel) for i, channel in enumerate(event.channels))
        case Account():
            yield "", event.name
            yield "bio", event.bio


_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_encoder = msgspec.json.Encoder()


def decode(line: bytes) -> Event:
    """One event from one JSON line. Raises `msgspec.DecodeError` or `UnicodeDecodeError` when it is none."""
    return _decoder.decode(line)


def encode(event: Event) -> bytes:
    """The event as one JSON line, without its newline."""
    return _encoder.encode(event)


def encode_lines(events: Iterable[Event]) -> Iterator[bytes]:
    """Each event as a JSON line that ends in a newline."""
    for event in events:
        yield _encoder.encode(event) + b"\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of one event line."""
    return msgspec.json.schema(Event)
