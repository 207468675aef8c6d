"""WhatsApp's exported chats: lines of text, in the format of whichever phone wrote them.

Nothing in the file says whether 04/05 is in April or in May: a first pass over the headers finds out, and
learns the names, since a name may hold ": " and a line without a name is the platform's own.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from veilleuse.archives import attachments
from veilleuse.archives.damage import Note, Unit
from veilleuse.archives.head import Head
from veilleuse.archives.identity import digest, people_digest
from veilleuse.archives.ledger import Ledger
from veilleuse.archives.lines import blocks
from veilleuse.archives.private import SMALL_GROUP
from veilleuse.archives.source import Metered, Readable, Source
from veilleuse.archives.whatsapp_dates import DateOrder, Dates, Numbers, in_order, instant
from veilleuse.archives.whatsapp_media import understood
from veilleuse.archives.whatsapp_names import Names
from veilleuse.events import Community, Event, Message
from veilleuse.language import Problem

PLATFORM = "whatsapp"
_LONGEST_MESSAGE = 32 << 20
_HEAD_LINES = 30
_HEADER = re.compile(
    r"[\u200e\u200f\ufeff]*(?P<bracket>\[)?"
    r"(?P<a>\d{1,4})\u200f?(?P<between>[./-]) ?(?P<b>\d{1,2})\u200f?(?P=between) ?(?P<c>\d{1,4})\.?"
    r"[,،]?[ \u00a0\u202f](?:à |a las |às |um |at )?"
    r"(?P<hour>\d{1,2})(?::|\.| ?h ?)(?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?"
    r"(?:[ \u00a0\u202f]?(?P<half>[AaPp])\.?[ \u00a0\u202f]?[Mm]\.?)?"
    r"(?(bracket)\] ?| [-–] )"
    r"(?P<body>.*)",
    re.DOTALL,
)
# A date and a clock, in whatever words; then, mostly, a name.
_LIKELY_TIME = (
    r"[\u200e\u200f\ufeff]*\[?(?:\D{0,15}\d{1,4}+){2,3}\D{1,15}\d{1,2}\D{1,3}\d{2}(?::\d{2})?\b"
    r"[^:]{0,15}?(?:\]| [-–—]) ?"
)
_LIKELY_NOTICE = re.compile(_LIKELY_TIME)
_LIKELY_HEADER = re.compile(_LIKELY_TIME + "[^:]{1,60}: ")
_LIKELY_LINES = 2
_TITLES = re.compile(
    r"^(?:WhatsApp Chat (?:with|-) |Discussion WhatsApp avec |Chat de WhatsApp con |Chat WhatsApp con "
    r"|WhatsApp-Chat mit |WhatsApp Chat mit |Conversa do WhatsApp com )"
)


@dataclass(frozen=True)
class _Header:
    """The line a message begins with."""

    numbers: Numbers
    clock: tuple[int, int, int]
    half: str
    body: str

    def at(self, order: DateOrder) -> datetime | None:
        """When, or None where the numbers give no date and no time: such a line continues a message."""
        try:
            return instant(in_order(self.numbers, order), *self.clock, self.half)
        except ValueError:
            return None


@dataclass
class _Survey:
    """What a first pass over a file finds out."""

    dates: Dates = field(default_factory=Dates)
    names: Names = field(default_factory=Names)
    problem: Problem | None = None

    def order(self) -> DateOrder:
        """The order of the dates. Raises `Problem` when it cannot be told, or the file not read to its end."""
        try:
            return self.dates.order()
        except Problem as untold:
            raise self.problem or untold from None


@dataclass
class _Entry:
    """A message, or a notice, with all of its lines."""

    at: datetime
    lines: list[str]
    size: int = 0


@dataclass(frozen=True)
class _Chat:
    """Which conversation a file holds. `id` is its own, whatever others bear the same title."""

    title: str
    id: str
    speakers: list[str]

    @property
    def channel(self) -> str:
        return f"{PLATFORM}:{self.id}"


class _Repeated:
    """Tells apart the messages of one instant that are alike to the letter.

    A message is known by what it is, not by its rank: exports of one chat that begin at different messages
    give the same one the same id. Only those of one day are held, since clocks go back by an hour at most.
    """

    def __init__(self) -> None:
        self._day: date | None = None
        self._counts: Counter[str] = Counter()

    def told_apart(self, at: datetime, known: str) -> str:
        """`known`, with its rank when it has been seen already."""
        if at.date() != self._day:
            self._day = at.date()
            self._counts.clear()
        self._counts[known] += 1
        count = self._counts[known]
        return known if count == 1 else f"{known}-{count}"


class WhatsApp:
    """Chats exported from a phone, with or without the zip around them."""

    name = "whatsapp"

    def __init__(self, order: DateOrder | None = None) -> None:
        self._order = order

    def recognises(self, head: Head) -> bool:
        """A date, a time, and what Android or iOS puts after them."""
        lines = head.text.split("\n", _HEAD_LINES)[:_HEAD_LINES]
        return any(_header(line) for line in lines)

    def read(self, sources: Sequence[Source], ledger: Ledger) -> Iterator[Event]:
        """Chat by chat. Times are those of the phone, as if in UTC."""
        for source in sources:
            survey = _survey(source)
            with ledger.reading(source) as raw:
                order = self._order or survey.order()
                ledger.note(Note.LOCAL_TIMES)
                entries = _entries(raw, order, ledger)
                chat = _chat(source, survey.names)
                yield from _events(entries, survey.names, chat, ledger)


def looks_like_a_chat(beginning: bytes) -> bool:
    """Whether text that begins so may be a chat of a phone whose dates `WhatsApp` does not know."""
    text = beginning.decode("utf-8", "replace").lstrip()
    lines = text.split("\n", _HEAD_LINES)[:_HEAD_LINES]
    headers = sum(bool(_LIKELY_HEADER.match(line)) for line in lines)
    return bool(_LIKELY_NOTICE.match(lines[0])) and headers >= _LIKELY_LINES


def _header(line: str) -> _Header | None:
    match = _HEADER.match(line)
    if not match:
        return None
    numbers = int(match["a"]), int(match["b"]), int(match["c"])
    clock = int(match["hour"]), int(match["minute"]), int(match["second"] or 0)
    return _Header(numbers, clock, (match["half"] or "").lower(), match["body"])


def _survey(source: Source) -> _Survey:
    survey = _Survey()
    with Metered(source) as raw:
        for line in _lines(raw):
            if header := _header(line):
                survey.dates.see(header.numbers)
                survey.names.see(header.body)
        survey.problem = raw.problem
    return survey


def _lines(raw: Readable) -> Iterator[str]:
    for block in blocks(raw, lambda _: None):
        for line in block.decode("utf-8", "replace").removesuffix("\n").split("\n"):
            yield line.removesuffix("\r")


def _entries(raw: Readable, order: DateOrder, ledger: Ledger) -> Iterator[_Entry]:
    """The messages of a file, each with the lines that follow it."""
    entry: _Entry | None = None
    for number, line in enumerate(_lines(raw), 1):
        header = _header(line)
        at = header.at(order) if header else None
        if header and at:
            if entry:
                yield entry
            entry = _Entry(at, [header.body])
        elif entry and entry.size < _LONGEST_MESSAGE:
            entry.lines.append(line)
            entry.size += len(line) + 1
        elif line.strip():
            ledger.report(Problem("archives.line_astray", line=number), 1, Unit.LINES)
    if entry:
        yield entry


def _events(entries: Iterator[_Entry], names: Names, chat: _Chat, ledger: Ledger) -> Iterator[Event]:
    speakers = chat.speakers
    group, small = len(speakers) > 2, len(speakers) <= SMALL_GROUP
    others = {name: tuple(other for other in speakers if other != name) for name in speakers if small}
    repeated = _Repeated()
    seen = False
    for entry in entries:
        if group and not seen:
            seen = True
            yield Community(
                id=f"{PLATFORM}:community:{chat.id}",
                at=entry.at,
                platform=PLATFORM,
                community=chat.channel,
                name=chat.title,
            )
        parted = names.parted(entry.lines[0])
        if parted is None:
            continue
        author, begun = parted
        written = "\n".join([begun, *entry.lines[1:]]).strip()
        text, kinds = understood(written)
        if text or kinds:
            yield from ledger.introduce(PLATFORM, author, author, entry.at)
        message = Message(
            id=f"{chat.channel}:{repeated.told_apart(entry.at, digest(entry.at.isoformat(), author, written))}",
            at=entry.at,
            platform=PLATFORM,
            author=author,
            text=text,
            community=None if small else chat.channel,
            channel=chat.channel,
            to=others.get(author, ()),
        )
        yield from attachments.said(message, kinds)


def _chat(source: Source, names: Names) -> _Chat:
    title, speakers = _title(source, names), names.speakers()
    return _Chat(title, f"{title}:{people_digest(speakers, source)}", speakers)


def _title(source: Source, names: Names) -> str:
    """What the chat is called: by its file, by the zip around it, by its own first line, or by its folder."""
    title = source.inside.stem
    if title == "_chat":
        around = source.inside.parent.name or source.container.title
        title = (names.title or around) if source.on_disk else around
    return _TITLES.sub("", title).strip() or "chat"
