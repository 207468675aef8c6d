"""The filters side by side, for people: a table of plain text, in either language."""

from collections.abc import Sequence

from veilleuse.evaluation.columns import aligned, number
from veilleuse.evaluation.reading_speed import PeerFigure
from veilleuse.language import Language, say

_COLUMNS = ("peer", "speed", "slower", "flagged")


def peers_table(peers: Sequence[PeerFigure], language: Language) -> str:
    """A line a filter, those that are not installed too, then what they were asked."""
    rows = [tuple(say(f"bench.column_{column}", language) for column in _COLUMNS)]
    rows += [_row(peer, language) for peer in peers]
    totals = {peer.measured.flagged.total for peer in peers if peer.measured}
    notes = [say("bench.peers_note", language, total=number(total, language)) for total in totals]
    if any(peer.measured is None for peer in peers):
        notes.append(say("bench.peers_missing", language))
    return "\n".join([say("bench.peers_heading", language), "", *aligned(rows), "", *notes])


def _row(peer: PeerFigure, language: Language) -> tuple[str, ...]:
    name = say(f"bench.peer_{peer.name}", language)
    if peer.measured is None:
        return name, say("bench.not_installed", language), "", ""
    measured = peer.measured
    return (
        f"{name} ({measured.version})",
        say("bench.unit_messages", language, value=number(measured.messages_per_second, language)),
        say("bench.unit_times", language, value=number(measured.slower, language)),
        say("bench.percent", language, value=number(measured.flagged.value * 100, language)),
    )
