"""The filters side by side, for people: a table of plain text, in either language."""

from collections.abc import Sequence

from veilleuse.evaluation.reading_speed import PeerFigure
from veilleuse.language import Language, say

_GAP = "  "
_COLUMNS = ("peer", "speed", "slower", "flagged")


def peers_table(peers: Sequence[PeerFigure], language: Language) -> str:
    """A line a filter, those that are not installed too, then what they were asked."""
    rows = [tuple(say(f"bench.column_{column}", language) for column in _COLUMNS)]
    rows += [_row(peer, language) for peer in peers]
    totals = {peer.measured.flagged.total for peer in peers if peer.measured}
    notes = [say("bench.peers_note", language, total=_number(total, language)) for total in totals]
    if any(peer.measured is None for peer in peers):
        notes.append(say("bench.peers_missing", language))
    return "\n".join([say("bench.peers_heading", language), "", *_aligned(rows), "", *notes])


def _row(peer: PeerFigure, language: Language) -> tuple[str, ...]:
    name = say(f"bench.peer_{peer.name}", language)
    if peer.measured is None:
        return name, say("bench.not_installed", language), "", ""
    measured = peer.measured
    return (
        f"{name} ({measured.version})",
        say("bench.unit_messages", language, value=_number(measured.messages_per_second, language)),
        say("bench.unit_times", language, value=_number(measured.slower, language)),
        say("bench.percent", language, value=_number(measured.flagged.value * 100, language)),
    )


def _number(value: float, language: Language) -> str:
    """With as many digits as mean something: three, or those before the point."""
    written = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return written.translate({ord(","): "\u202f", ord("."): ","}) if language is Language.FR else written


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Columns side by side: names to the left, quantities to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(
            cell.rjust(width) if place else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
