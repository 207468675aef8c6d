"""A raw text beside its plain reading, cut around the evidence, the parts that count marked."""

from collections.abc import Iterable, Sequence

import msgspec

from veilleuse.families.legible import CUT, clip, visible
from veilleuse.reading.finding import Disguise, Finding, mask_private, plain
from veilleuse.signals.signal import Evidence

WHOLE = 600  # a text up to here is shown whole
CONTEXT = 140  # code points kept on each side of a mark in a longer one
MARKS = 12
LONGEST = 160  # of one mark


class Piece(msgspec.Struct, frozen=True):
    """A stretch of the text, raw and plain."""

    raw: str
    plain: str
    marked: bool = False


class Part(msgspec.Struct, frozen=True):
    """A marked piece, to be explained: what it wore, and the idea it stands for.

    `disguise` is None where several disguises stand between raw and plain.
    """

    raw: str
    plain: str
    disguise: Disguise | None
    cue: str


class Passage(msgspec.Struct, frozen=True):
    """One text of an event. `field` is named as evidence names it."""

    field: str
    pieces: tuple[Piece, ...]
    parts: tuple[Part, ...]

    @property
    def disguised(self) -> bool:
        """Whether the plain reading says anything that the raw text does not, or a part wears a disguise."""
        worn = any(part.disguise is not Disguise.PLAIN for part in self.parts)
        return worn or any(piece.raw != piece.plain for piece in self.pieces)

    @property
    def raw(self) -> str:
        """What stands there."""
        return "".join(piece.raw for piece in self.pieces)

    @property
    def plain(self) -> str:
        """What it says."""
        return "".join(piece.plain for piece in self.pieces)


class _Span(msgspec.Struct, frozen=True):
    start: int
    end: int
    cue: str


def passage(field: str, text: str, findings: Sequence[Finding], evidence: Iterable[Evidence]) -> Passage:
    """The passage of `text` that `evidence` points at, or its start where there is none."""
    spans = _apart((e.start, min(e.end, len(text)), e.cue) for e in evidence)
    pieces: list[Piece] = []
    parts: list[Part] = []
    position = 0
    for start, end in _windows(text, spans, findings):
        if start > position:
            pieces.append(Piece(CUT, CUT))
        window = _Window(text, start, end, findings)
        position = start
        for span in spans:
            if start <= span.start and span.end <= end:
                pieces.append(window.piece(position, span.start))
                pieces.append(window.piece(span.start, span.end, marked=True))
                parts.append(window.part(span))
                position = span.end
        pieces.append(window.piece(position, end))
        position = end
    if position < len(text):
        pieces.append(Piece(CUT, CUT))
    return Passage(field, tuple(p for p in pieces if p.raw), tuple(dict.fromkeys(parts)))


class _Window:
    """A stretch of the text in which private terms are masked and nothing else is changed."""

    def __init__(self, text: str, start: int, end: int, findings: Sequence[Finding]) -> None:
        self.start = start
        self.findings = [
            msgspec.structs.replace(f, start=max(f.start - start, 0), end=min(f.end, end) - start)
            for f in findings
            if f.start < end and f.end > start
        ]
        self.masked = mask_private(text[start:end], self.findings)

    def piece(self, start: int, end: int, *, marked: bool = False) -> Piece:
        raw, read = self._read(start, end)
        limit = LONGEST if marked else WHOLE
        return Piece(clip(visible(raw), limit), clip(visible(read), limit), marked)

    def part(self, span: _Span) -> Part:
        raw, read = self._read(span.start, span.end)
        worn = {f.disguise for f in self._within(span.start, span.end)} - {Disguise.PLAIN}
        disguise = None if len(worn) > 1 else next(iter(worn), Disguise.PLAIN)
        if raw.casefold() == read.casefold() and disguise is not Disguise.JOINED:
            disguise = Disguise.PLAIN
        return Part(clip(visible(raw), LONGEST), clip(visible(read), LONGEST), disguise, span.cue)

    def _read(self, start: int, end: int) -> tuple[str, str]:
        raw = self.masked[start - self.start : end - self.start]
        return raw, plain(raw, self._within(start, end))

    def _within(self, start: int, end: int) -> list[Finding]:
        shift = start - self.start
        return [
            msgspec.structs.replace(f, start=f.start - shift, end=f.end - shift)
            for f in self.findings
            if f.start >= shift and f.end <= end - self.start
        ]


def _apart(places: Iterable[tuple[int, int, str]]) -> list[_Span]:
    """The first marks, in order, none over another: of two that overlap, the one that starts first stays."""
    spans: list[_Span] = []
    for start, end, cue in sorted(places, key=lambda place: (place[0], -place[1])):
        if 0 <= start < end and (not spans or start >= spans[-1].end):
            spans.append(_Span(start, end, cue))
            if len(spans) == MARKS:
                break
    return spans


def _windows(text: str, spans: Sequence[_Span], findings: Sequence[Finding]) -> list[tuple[int, int]]:
    """Where the text is shown: around its marks, whole where it is short."""
    if len(text) <= WHOLE:
        return [(0, len(text))]
    if not spans:
        return [_unbroken(0, 2 * CONTEXT, findings)]
    windows: list[tuple[int, int]] = []
    for span in spans:
        start, end = max(span.start - CONTEXT, 0), min(span.end + CONTEXT, len(text))
        start, end = _unbroken(start, end, findings)
        while windows and start <= windows[-1][1]:
            before = windows.pop()
            start, end = min(start, before[0]), max(end, before[1])
        windows.append((start, end))
    return windows


def _unbroken(start: int, end: int, findings: Sequence[Finding]) -> tuple[int, int]:
    """The window grown so that it cuts no private finding in two: half a term would not be masked as one."""
    for finding in findings:
        if finding.private and finding.start < end and finding.end > start:
            start, end = min(start, finding.start), max(end, finding.end)
    return start, end
