"""What a rule may ask about an event, besides its signals."""

import re
from collections.abc import Callable, Mapping

from veilleuse.events import KINDS, Event

Fact = str | bool

_UNREADABLE = re.compile("[\0\ud800-\udfff]")
_KIND_OF = {struct: kind for kind, struct in KINDS.items()}


def _kind(event: Event) -> str:
    return _KIND_OF[type(event)]


def _platform(event: Event) -> str:
    return _text(event.platform)


def _community(event: Event) -> str:
    return _text(getattr(event, "community", None))


def _channel(event: Event) -> str:
    return _text(getattr(event, "channel", None))


def _private(event: Event) -> bool:
    return bool(getattr(event, "to", ())) and not getattr(event, "community", None)


def _text(value: str | None) -> str:
    """The CEL runtime fails on lone surrogates, which damaged exports do hold, and stops reading at a NUL."""
    return _UNREADABLE.sub("\ufffd", value) if value else ""


FACTS: Mapping[str, Callable[[Event], Fact]] = {
    "event.kind": _kind,
    "event.platform": _platform,
    "event.community": _community,
    "event.channel": _channel,
    "event.private": _private,
}
"""By name: texts are empty where the event has none; `event.private` is true of what was sent to named
recipients outside any community."""

TRIALS: Mapping[str, tuple[Fact, ...]] = {
    **dict.fromkeys(FACTS, ("",)),
    "event.kind": tuple(KINDS),
    "event.private": (False, True),
}
"""By name: what a rule must bear before it is accepted."""
