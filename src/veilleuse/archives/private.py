"""To whom a private message goes, in exports that only say from whom it comes."""

from collections.abc import Iterable, Iterator
from itertools import chain

import msgspec

from veilleuse.events import Event, Media, Message

SMALL_GROUP = 10
HELD = 1000


def addressed(events: Iterable[Event], known: Iterable[str] = (), expected: int = SMALL_GROUP) -> Iterator[Event]:
    """The events of one private conversation, each message and media sent to the other participants.

    Participants are the `known` ones and the authors. Events wait until `expected` of them are known, but
    never more than `HELD` events: memory stays bounded, and a long silence of one side stops nothing.
    Past `SMALL_GROUP` participants nobody is named.
    """
    people = dict.fromkeys(known)
    waiting: list[Event] = []
    following = iter(events)
    for event in following:
        if isinstance(event, Message | Media):
            people.setdefault(event.author)
        waiting.append(event)
        if len(people) >= expected or len(waiting) >= HELD:
            break
    others: dict[str, tuple[str, ...]] = {}
    for event in chain(waiting, following):
        if not isinstance(event, Message | Media):
            yield event
            continue
        if event.author not in people:
            people.setdefault(event.author)
            others.clear()
        if event.author not in others:
            rest = tuple(person for person in people if person != event.author)
            others[event.author] = rest if len(people) <= SMALL_GROUP else ()
        yield msgspec.structs.replace(event, to=others[event.author])
