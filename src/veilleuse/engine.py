"""The corridor: a batch of events in, decisions out. No I/O, and no clock but the events' own."""

from collections.abc import Iterator, Sequence

import msgspec

from veilleuse.events import Account, Community, Event, Message, MessageEdited, texts
from veilleuse.policy import Decision, Policy, RuleFault
from veilleuse.reading import Finding, Lexicon, Reader, mask_private
from veilleuse.signals import NAMES, OF_NAMES, OF_WORDING, Detector, Passage, Signal, Subject
from veilleuse.signals.passage import telling

Heard = tuple[Event, Subject, tuple[Signal, ...]]


class DeadLetter(msgspec.Struct, frozen=True):
    """An event, or a rule on it, that could not be judged, and why. Nothing came of it."""

    event: str
    error: str


class Engine:
    """Reads events, listens to them with every detector, and asks the policy.

    Each event is judged by itself, so the same events give the same decisions whatever the size of the batches.
    What faults is put on `dead_letters`, for the caller to take, and harms no other event.
    """

    def __init__(self, policy: Policy | None = None, *, lexicon: Lexicon | None = None) -> None:
        self.policy = policy or Policy.default(NAMES)
        self._reader = Reader(lexicon=lexicon)
        self.dead_letters: list[DeadLetter] = []

    def process(self, events: Sequence[Event]) -> list[Decision]:
        """The decisions on those events of which a rule spoke, in their order."""
        return [decision for _, decision in self.judge(events)]

    def judge(self, events: Sequence[Event]) -> Iterator[tuple[Event, Decision]]:
        """Each decision with its event: identifiers are the platform's, and some platforms repeat theirs."""
        for event, subject, signals in self.listen(events):
            if decision := self.policy.decide(event, subject, signals, self._put_aside):
                yield event, decision

    def listen(self, events: Sequence[Event]) -> Iterator[Heard]:
        """What the detectors say, before any rule: the events that carry a signal, whom it is about, the signals."""
        for event in events:
            try:
                heard = self._heard(event)
            except Exception as fault:  # noqa: BLE001 - one event's fault must not stop the ones behind it
                self.dead_letters.append(DeadLetter(getattr(event, "id", ""), f"{type(fault).__name__}: {fault}"))
            else:
                if heard:
                    yield heard

    def read(self, event: Event) -> dict[str, list[Finding]]:
        """What was found in each text of the event: "" for the main one, else "description", "channels[2]"…"""
        return {field: found for field, text in texts(event) if (found := self._reader.read(text))}

    def conceal(self, text: str) -> str:
        """The text with an operator's private terms masked, for names and identifiers that outputs show."""
        return mask_private(text, self._reader.read(text))

    def _heard(self, event: Event) -> Heard | None:
        read = [(field, text, self._reader.read(text)) for field, text in texts(event)]
        subject = subject_of(event)
        if not isinstance(event, Event):
            raise TypeError(f"{type(event).__name__} is no event")
        if subject is None or not any(telling(findings) for _, _, findings in read):
            return None
        name = not isinstance(event, Message | MessageEdited)
        passages = list(_passages(event, read, name=name))
        detectors: tuple[Detector, ...] = OF_NAMES if name else OF_WORDING
        signals = tuple(signal for detect in detectors if (signal := detect(passages)))
        return (event, subject, signals) if signals else None

    def _put_aside(self, fault: RuleFault) -> None:
        self.dead_letters.append(DeadLetter(fault.event, f"{fault.rule}: {fault.error}"))


def _passages(event: Event, read: Sequence[tuple[str, str, list[Finding]]], *, name: bool) -> Iterator[Passage]:
    """The main text of the event, and whatever else in it says something, a description line by line."""
    for field, text, findings in read:
        for span, found in _stretches(text, findings, by_line=name and field != ""):
            passage = Passage(event.id, field, text, found, event.at.date(), name=name, span=span)
            if field == "" or passage.says_something:
                yield passage


def _stretches(text: str, findings: list[Finding], *, by_line: bool) -> Iterator[tuple[tuple[int, int], list[Finding]]]:
    """The stretches of a text that are about one thing, lines or the whole, each with the findings that begin there."""
    start = first = 0
    for line in text.split("\n") if by_line else [text]:
        end, last = start + len(line), first
        while last < len(findings) and findings[last].start < end:
            last += 1
        yield (start, end), findings[first:last]
        start, first = end + 1, last


def subject_of(event: Event) -> Subject | None:
    """Whom the signals of the event are about, or None where it holds nothing to read."""
    match event:
        case Message() | MessageEdited():
            return Subject("account", event.author)
        case Community():
            return Subject("community", event.community)
        case Account():
            return Subject("account", event.account)
    return None
