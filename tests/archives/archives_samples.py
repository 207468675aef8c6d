"""Small exports written by the project itself, innocent, in the very shapes the applications give them."""

import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from veilleuse.archives import Damage, DateOrder, Intake, Limits
from veilleuse.events import Event, Message
from veilleuse.language import Language

T = TypeVar("T")


class Reading:
    """What one intake gave, from its first event to its last."""

    def __init__(self, *paths: Path, date_order: DateOrder | None = None, limits: Limits | None = None) -> None:
        self.intake = Intake(paths, date_order, limits)
        self.events: list[Event] = list(self.intake)

    @property
    def damages(self) -> list[Damage]:
        return self.intake.damages

    @property
    def messages(self) -> list[Message]:
        return self.only(Message)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.messages]

    @property
    def said(self) -> str:
        """All damages in both languages, to look for words in."""
        return "\n".join(damage.say(language) for damage in self.damages for language in Language)

    def only(self, kind: type[T]) -> list[T]:
        return [event for event in self.events if isinstance(event, kind)]


def write(path: Path, content: str | bytes | object) -> Path:
    """The content in a file: text and bytes as they are, anything else as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif isinstance(content, str):
        path.write_bytes(content.encode("utf-8"))
    else:
        path.write_bytes(json.dumps(content, indent=2, ensure_ascii=False).encode("utf-8"))
    return path


def zipped(path: Path, members: Mapping[str, bytes | str]) -> Path:
    """A zip of these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def discord_user(identifier: str, name: str = "", **more: object) -> dict[str, object]:
    return {"id": identifier, "name": name or f"user{identifier}", "discriminator": "0000", "isBot": False, **more}


def discord_message(identifier: int | str, content: str = "hello", author: str = "1", **more: object) -> dict[str, Any]:
    return {
        "id": str(identifier),
        "type": "Default",
        "timestamp": f"2024-05-01T10:{int(identifier) % 60:02}:00.5+02:00",
        "timestampEdited": None,
        "content": content,
        "author": discord_user(author, nickname=f"Nick {author}"),
        "attachments": [],
        "embeds": [],
        "stickers": [],
        "reactions": [],
        "mentions": [],
        **more,
    }


def discord_export(
    messages: Sequence[object],
    guild: Mapping[str, object] | None = None,
    channel: Mapping[str, object] | None = None,
    **more: object,
) -> dict[str, Any]:
    return {
        "guild": {"id": "100", "name": "Chess club", **(guild or {})},
        "channel": {"id": "200", "type": "GuildTextChat", "category": "Games", "name": "general", **(channel or {})},
        "dateRange": {"after": None, "before": None},
        **more,
        "messages": list(messages),
        "messageCount": len(messages),
    }


def direct_message(messages: Sequence[object], kind: str = "DirectTextChat") -> dict[str, Any]:
    return discord_export(
        messages,
        guild={"id": "0", "name": "Direct Messages"},
        channel={"type": kind, "category": "Private", "name": "Sam", "id": "300"},
    )


def event_line(identifier: str = "m1", **changes: object) -> str:
    """One message as an event line; a change to None drops the key."""
    fields: dict[str, object] = {
        "kind": "message",
        "id": identifier,
        "at": "2026-01-02T20:04:05Z",
        "platform": "discord",
        "author": "u1",
        "text": "hello",
        **changes,
    }
    return json.dumps({key: value for key, value in fields.items() if value is not None})


def lines(*parts: str) -> str:
    return "\n".join(parts) + "\n"


def garbled(value: Any) -> Any:
    """The value as Meta writes it: each byte of UTF-8 taken for a letter of Latin-1."""
    if isinstance(value, str):
        return value.encode("utf-8").decode("latin-1")
    if isinstance(value, list):
        return [garbled(item) for item in value]
    if isinstance(value, dict):
        return {garbled(key): garbled(item) for key, item in value.items()}
    return value


def meta_thread(
    messages: Iterable[Mapping[str, object]], people: Sequence[str] = ("Zoé", "Sam"), **more: object
) -> dict[str, Any]:
    return {
        "participants": [{"name": name} for name in people],
        "messages": list(messages),
        "title": people[0] if people else "",
        "is_still_participant": True,
        "thread_path": "inbox/zoe_1",
        **more,
    }
