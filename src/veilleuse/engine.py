"""The corridor: a batch of events in, decisions out. No I/O, and no clock but the events' own."""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from veilleuse.cues import CONCEPTS, Hit, Listener
from veilleuse.events import KINDS, Account, Community, Event, Message, MessageEdited, texts
from veilleuse.memory import Memory, View
from veilleuse.policy import Decision, Policy, RuleFault
from veilleuse.reading import Finding, Lexicon, Reader, mask_private
from veilleuse.signals import NAMES, OF_CONVERSATIONS, OF_NAMES, OF_WORDING, Detector, Passage, Signal, Subject
from veilleuse.signals.passage import TELLING, may_speak, telling

Heard = tuple[Event, Subject, tuple[Signal, ...]]
Witness = Callable[[View, Sequence[Signal]], None]
Said = Message | MessageEdited
Read = dict[str, list[Finding]]  # what was found in each text of an event, by its field

_SAID = (Message, MessageEdited)
_EVENTS = tuple(KINDS.values())
_OF_MESSAGES = TELLING | CONCEPTS  # without one of these in its text, a message makes no signal and no cue
_NOTHING: Mapping[str, list[Finding]] = {}


class DeadLetter(msgspec.Struct, frozen=True):
    """An event, or a rule on it, that could not be judged, and why. Nothing came of it."""

    event: str
    error: str


class Engine:
    """Reads events, listens to them with every detector, remembers conversations, and asks the policy.

    The same events in the same order give the same decisions whatever the size of the batches, and from a snapshot on.
    What faults is put on `dead_letters`, for the caller to take, and harms no other event. `witness` is told each
    direction of a conversation in which something was said, with the signals that are news of it; it changes nothing.
    """

    def __init__(
        self, policy: Policy | None = None, *, lexicon: Lexicon | None = None, memory: Memory | None = None
    ) -> None:
        self.policy = policy or Policy.default(NAMES)
        self.memory = memory or Memory()
        self._reader = Reader(lexicon=lexicon)
        self._listener = Listener.shared()
        self.dead_letters: list[DeadLetter] = []
        self.witness: Witness | None = None

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
        messages = [event if isinstance(event, _SAID) else None for event in events]
        said = [message.text if message else "" for message in messages]
        read, found = self._read_said(said), self._listener.find(said)
        named = self._read_named(events, messages)
        loud = read.keys() | found.keys()
        for number, (event, message) in enumerate(zip(events, messages, strict=True)):
            try:
                if message is None:
                    heard = self._named(event, named.get(number, _NOTHING))
                elif number in loud:
                    heard = _told(message, self._said(message, read.get(number, ()), found.get(number, ())))
                elif views := self.memory.hear(message, (), message.text):  # what was said before may be judged anew
                    heard = _told(message, self._watched(views))
                else:
                    continue
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

    def snapshot(self) -> bytes:
        """What is remembered of conversations. It holds short excerpts of them: keep it no longer than needed."""
        return self.memory.snapshot()

    def restore(self, snapshot: bytes) -> None:
        """Goes on from a snapshot. Raises `msgspec.DecodeError` for anything else."""
        self.memory.restore(snapshot)

    def _read_said(self, said: Sequence[str]) -> dict[int, list[Finding]]:
        """What was found in messages, by their number: only in those of which a detector may speak."""
        read: dict[int, list[Finding]] = {}
        for number, finding in self._reader.scan(said, _OF_MESSAGES):
            read.setdefault(number, []).append(finding)
        return read

    def _read_named(self, events: Sequence[Event], messages: Sequence[Said | None]) -> dict[int, Read]:
        """What was found in the texts of events that are no message, by their number; all are read at once."""
        places: list[tuple[int, str]] = []
        others: list[str] = []
        for number, message in enumerate(messages):
            if message is None:
                for field, text in texts(events[number]):
                    places.append((number, field))
                    others.append(text)
        read: dict[int, Read] = {}
        for index, finding in self._reader.scan(others):
            number, field = places[index]
            read.setdefault(number, {}).setdefault(field, []).append(finding)
        return read

    def _named(self, event: Event, read: Mapping[str, list[Finding]]) -> Heard | None:
        """What the names, descriptions and channels of a community or an account say."""
        if not isinstance(event, _EVENTS):
            raise TypeError(f"{type(event).__name__} is no event")
        if isinstance(event, Account):
            self.memory.declare(event)
        if not any(telling(findings) for findings in read.values()):
            return None
        subject = subject_of(event)
        signals = _detected(OF_NAMES, list(_passages(event, read, name=True)))
        return (event, subject, signals) if subject and signals else None

    def _said(self, event: Said, findings: Sequence[Finding], found: Sequence[Hit]) -> tuple[Signal, ...]:
        cues = self._listener.hear(event.text, findings, event.at, found)
        views = self.memory.hear(event, cues, mask_private(event.text, findings))
        signals: tuple[Signal, ...] = ()
        if may_speak(findings):
            signals = _detected(OF_WORDING, list(_passages(event, {"": [*findings]}, name=False)))
        return (*signals, *self._watched(views)) if views else signals

    def _watched(self, views: Sequence[View]) -> tuple[Signal, ...]:
        """What is new in these conversations; where several carry a signal, the loudest."""
        loudest: dict[str, Signal] = {}
        for view in views:
            news = [
                signal
                for watch in OF_CONVERSATIONS
                if (signal := watch(view)) and self.memory.is_news(view, signal.name, signal.score)
            ]
            if self.witness:
                self.witness(view, news)
            for signal in news:
                held = loudest.get(signal.name)
                if held is None or signal.score > held.score:
                    loudest[signal.name] = signal
        return tuple(loudest.values())

    def _put_aside(self, fault: RuleFault) -> None:
        self.dead_letters.append(DeadLetter(fault.event, f"{fault.rule}: {fault.error}"))


def _told(message: Said, signals: tuple[Signal, ...]) -> Heard | None:
    return (message, Subject("account", message.author), signals) if signals else None


def _detected(detectors: Sequence[Detector], passages: Sequence[Passage]) -> tuple[Signal, ...]:
    return tuple(signal for detect in detectors if (signal := detect(passages)))


def _passages(event: Event, read: Mapping[str, list[Finding]], *, name: bool) -> Iterator[Passage]:
    """The main text of the event, and whatever else in it says something, a description line by line."""
    for field, text in texts(event):
        for span, found in _stretches(text, read.get(field, []), by_line=name and field != ""):
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
