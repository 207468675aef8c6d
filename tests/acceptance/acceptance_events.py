"""Entries of the acceptance lists as events."""

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from veilleuse.events import Community, Event, Message

AT = datetime(2026, 1, 2, 20, 4, 5, tzinfo=UTC)


def entries(name: str, table: str) -> list[dict[str, Any]]:
    """The entries of one list."""
    with (Path(__file__).parent / name).open("rb") as file:
        listed: list[dict[str, Any]] = tomllib.load(file)[table]
    return listed


def event(entry: Mapping[str, Any]) -> Event:
    """What would have happened on a platform."""
    match entry.get("kind", "message"):
        case "message":
            return Message(id="e", at=AT, platform="test", author="a", text=entry["text"])
        case "name":
            return Community(id="e", at=AT, platform="test", community="g", name=entry["text"])
        case "description":
            return Community(id="e", at=AT, platform="test", community="g", name="Le salon", description=entry["text"])
        case _:
            return Community(
                id="e",
                at=AT,
                platform="test",
                community="g",
                name=entry["name"],
                channels=tuple(entry["channels"]),
            )
