"""Instants, as exports write them."""

from datetime import UTC, datetime, timedelta
from typing import Annotated

import msgspec

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DISCORD_EPOCH_MS = 1_420_070_400_000

Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799_000)]
Seconds = Annotated[int, msgspec.Meta(ge=0, le=253_402_300_799)]


def aware(moment: datetime) -> datetime:
    """The instant; one without an offset is taken as UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def from_milliseconds(count: int) -> datetime:
    """The instant so many milliseconds after 1970."""
    return _EPOCH + timedelta(milliseconds=count)


def from_snowflake(identifier: str) -> datetime:
    """When a Discord identifier was made; 1970 when it is none."""
    if identifier.isascii() and identifier.isdigit() and len(identifier) <= 20:
        return from_milliseconds((int(identifier) >> 22) + _DISCORD_EPOCH_MS)
    return _EPOCH
