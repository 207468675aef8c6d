"""JSON lines of events: what Veilleuse itself writes, and what an operator sends."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

import msgspec

from veilleuse.archives.damage import NestedProblem, Unit
from veilleuse.archives.head import Head
from veilleuse.archives.json_stream import whole
from veilleuse.archives.ledger import Ledger
from veilleuse.archives.lines import blocks
from veilleuse.archives.source import Source
from veilleuse.archives.wording import close, complaint
from veilleuse.events import KINDS, Event, decode
from veilleuse.language import Problem

_decoder = msgspec.json.Decoder(Event)
_tolerant = json.JSONDecoder(strict=False)
_KIND = re.compile(r'^[ \t]*\{.*"kind"[ \t]*:', re.MULTILINE)
_KEYS = {key for kind in KINDS.values() for key in kind.__struct_encode_fields__}
_ALLOWED = {
    "kind": tuple(KINDS),
    "type": ("image", "video", "audio", "sticker", "file"),
    "label": ("predator", "ordinary"),
}


class EventLines:
    """One event a line, decoded strictly: a key that is silently ignored is a message silently not read."""

    name = "event-lines"

    def recognises(self, head: Head) -> bool:
        """Lines that open an object and name a kind."""
        return bool(_KIND.search(head.text))

    def read(self, sources: Sequence[Source], ledger: Ledger) -> Iterator[Event]:
        """The events of every line that is one."""
        for source in sources:
            with ledger.reading(source) as stream:
                number = 0
                too_long: list[int] = []
                for block in blocks(stream, too_long.append):
                    if too_long:
                        too_long.clear()
                        ledger.report(Problem("archives.line_long", line=number + 1), 1, Unit.LINES)
                    yield from _events(block, number, ledger)
                    number += block.count(b"\n")


def _events(block: bytes, before: int, ledger: Ledger) -> Iterator[Event]:
    """The events of a stretch of lines, at one go when all are right, else line by line."""
    try:
        events = _decoder.decode_lines(block)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        events = []
    if len(events) == block.count(b"\n") + (not block.endswith(b"\n")):
        yield from events
        return
    for number, line in zip(count(before + 1), block.split(b"\n"), strict=False):
        if line.strip():
            try:
                event = _event(line)
            except Problem as problem:
                ledger.report(NestedProblem("archives.line", line=number, why=problem), 1, Unit.LINES)
                continue
            yield event


def _event(line: bytes) -> Event:
    """The event of a line. Raises `Problem` when it is none."""
    try:
        return decode(line)
    except msgspec.ValidationError as error:
        raise _wrong(str(error), line) from error
    except RecursionError as error:
        raise Problem("archives.line_deep") from error
    except (msgspec.DecodeError, UnicodeDecodeError):
        value = _mended(line)
    try:
        event: Event = msgspec.convert(value, Event)
    except msgspec.ValidationError as error:
        raise _wrong(str(error), line) from error
    return event


def _mended(line: bytes) -> Any:
    """The value of a line whose text holds bad UTF-8, bare control characters or halves of characters."""
    text = line.decode("utf-8", "replace").strip()
    try:
        return whole(_tolerant.decode(text))
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text) or error.msg.startswith("Unterminated")
        raise Problem("archives.line_cut" if cut else "archives.line_wrong", column=error.colno) from error
    except RecursionError as error:
        raise Problem("archives.line_deep") from error
    except ValueError as error:  # a number of more digits than Python agrees to read
        raise Problem("archives.line_wrong", column=1) from error


def _wrong(message: str, line: bytes) -> Problem:
    """What is wrong with an object that is no event, with the keys its kind knows."""
    value = _mended(line)
    keys = value if isinstance(value, dict) else {}
    kind = keys.get("kind")
    if "kind" not in keys and (meant := close("kind", keys.keys() - _KEYS)):
        return Problem("archives.key_unknown_near", key=meant, meant="kind")
    known = KINDS[kind].__struct_encode_fields__ if isinstance(kind, str) and kind in KINDS else ()
    return complaint(message, known, _ALLOWED)
