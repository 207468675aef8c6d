"""Evidence of conversations: the places where ideas were seen, in this message and in those before."""

from collections.abc import Iterable, Iterator

from veilleuse.cues.cue import Idea
from veilleuse.memory.memory import View
from veilleuse.memory.pair import Age, Sighting
from veilleuse.signals.signal import Evidence

_MOST = 12


def sightings(view: View, ideas: Iterable[Idea]) -> tuple[Evidence, ...]:
    """Where the author meant these ideas: in this message, else where they were put most strongly before."""
    return tuple(_once(_seen(view, idea) for idea in ideas))[:_MOST]


def ages(*known: Age | None) -> tuple[Evidence, ...]:
    """Where ages were said; what the platform declared has no place in a text."""
    said = (age for age in known if age is not None and age.seen.event)
    return tuple(_once(_evidence(age.seen, f"age {age}") for age in said))


def _seen(view: View, idea: Idea) -> Evidence | None:
    now = next((cue for cue in view.cues if cue.meant and cue.idea is idea), None)
    trace = view.pair.trace(idea)
    if trace is None:
        return None
    if now is None or trace.seen.event == view.event:
        return _evidence(trace.seen, idea)
    return _evidence(view.sighting(now), idea)


def _evidence(seen: Sighting, cue: str) -> Evidence:
    return Evidence(seen.event, seen.start, seen.start + len(seen.text), cue, seen.text)


def _once(found: Iterable[Evidence | None]) -> Iterator[Evidence]:
    yield from dict.fromkeys(evidence for evidence in found if evidence is not None)
