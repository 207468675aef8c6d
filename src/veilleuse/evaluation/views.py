"""What a memory makes of events, without detectors or policy: what a model is fitted on."""

from collections.abc import Iterable, Iterator

from veilleuse.cues import Listener
from veilleuse.events import Account, Event, Message, MessageEdited
from veilleuse.memory import Memory, View
from veilleuse.reading import Reader


def views(
    events: Iterable[Event], reader: Reader, memory: Memory
) -> Iterator[tuple[Message | MessageEdited, list[View]]]:
    """Each message with the views of the conversations in which it says something; declared ages are taken in."""
    listener = Listener.shared()
    for event in events:
        if isinstance(event, Account):
            memory.declare(event)
        elif isinstance(event, Message | MessageEdited):
            cues = listener.hear(event.text, reader.read(event.text), event.at)
            yield event, list(memory.hear(event, cues, event.text))
