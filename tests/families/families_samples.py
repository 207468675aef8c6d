"""Reports to render, in mild words. The two disguised names are those that the press printed."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

from veilleuse.events import Account, Community, Event, Message
from veilleuse.families import Report, Seen
from veilleuse.policy.decision import Action, Decision, Severity
from veilleuse.reading.finding import Disguise, Finding
from veilleuse.signals.signal import Evidence, Signal, Subject

NOON = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
ASKING = "envoie une ph0to de toi, c'est notre secret"


def find(
    text: str, raw: str, term: str, concept: str, disguise: Disguise = Disguise.PLAIN, *, private: bool = False
) -> Finding:
    """The finding of `term` where `raw` stands in the text."""
    start = text.index(raw)
    return Finding(term, concept, start, start + len(raw), disguise, private=private)


def point(event: str, text: str, finding: Finding, field: str = "") -> Evidence:
    """The finding as evidence."""
    return Evidence(event, finding.start, finding.end, finding.concept, text[finding.start : finding.end], field)


def seen(
    event: Event,
    signals: Sequence[Signal],
    findings: Mapping[str, Sequence[Finding]],
    severity: Severity | None = Severity.HIGH,
    rules: tuple[str, ...] = ("a-rule",),
) -> Seen:
    """A decision about the event, kept for the report."""
    subject = Subject("account", getattr(event, "author", "nobody"))
    actions = (Action.CASE,)
    return Seen(event, Decision(event.id, event.at, subject, severity, rules, actions, tuple(signals)), findings)


def message(
    text: str = ASKING,
    *findings: Finding,
    at: datetime = NOON,
    author: str = "u9",
    channel: str = "dm1",
    community: str | None = None,
    signal: str = "wording.solicits_image",
    score: float = 0.72,
    severity: Severity | None = Severity.HIGH,
    identifier: str = "m1",
) -> Seen:
    """A message that was decided on, all its findings as evidence."""
    event = Message(
        id=identifier,
        at=at,
        platform="discord",
        author=author,
        text=text,
        to=() if community else ("u2",),
        community=community,
        channel=channel,
    )
    evidence = tuple(point(identifier, text, finding) for finding in findings)
    return seen(event, [Signal(signal, score, evidence)], {"": findings}, severity)


def asking(*, at: datetime = NOON, severity: Severity | None = Severity.HIGH, identifier: str = "m1") -> Seen:
    """Somebody asks for a picture, and for secrecy."""
    photo = find(ASKING, "ph0to", "photo", "image", Disguise.LOOKALIKE)
    secret = find(ASKING, "secret", "secret", "secrecy")
    return message(ASKING, photo, secret, at=at, severity=severity, identifier=identifier)


def place(name: str, *findings: Finding, description: str = "", channels: tuple[str, ...] = ()) -> Seen:
    """A community whose name was decided on."""
    event = Community(
        id="e1",
        at=NOON - timedelta(days=9),
        platform="listing",
        community="g1",
        name=name,
        description=description,
        channels=channels,
    )
    evidence = tuple(point("e1", name, finding) for finding in findings)
    signal = Signal("name.sexualised_minor", 0.95, evidence)
    return seen(event, [signal], {"": findings}, Severity.CRITICAL)


def first_name() -> Seen:
    """The first name quoted from the press."""
    name = "ADØS NXDES"
    return place(
        name,
        find(name, "ADØS", "ados", "minor", Disguise.LOOKALIKE),
        find(name, "NXDES", "nudes", "sexual", Disguise.MASKED),
    )


def profile(name: str, *findings: Finding) -> Seen:
    """An account whose name was decided on."""
    event = Account(id="e2", at=NOON, platform="discord", account="u9", name=name)
    evidence = tuple(point("e2", name, finding) for finding in findings)
    return seen(event, [Signal("name.sexualised_minor", 0.7, evidence)], {"": findings})


def report(
    *things: Seen,
    people: Mapping[str, str] | None = None,
    communities: Mapping[str, str] | None = None,
    events: int = 1234,
    damages: Sequence[str] = (),
    notes: Sequence[str] = (),
    sources: Sequence[str] = ("messages.json",),
    first: datetime | None = NOON - timedelta(days=30),
    last: datetime | None = NOON + timedelta(days=2),
    rules: Mapping[str, str] | None = None,
) -> Report:
    """A report of these things, told in UTC."""
    return Report(
        sources=list(sources),
        events=events,
        people=people if people is not None else {"u9": "Luna", "u2": "Zoé"},
        communities=communities if communities is not None else {"g1": "ADØS NXDES"},
        first=first,
        last=last,
        seen=list(things),
        damages=list(damages),
        notes=list(notes),
        generated=NOON + timedelta(days=3),
        rules=rules or {},
        zone=UTC,
    )


class Page(HTMLParser):
    """A rendered page, taken apart: its elements with their attributes, and its text."""

    _VOID = frozenset({"meta", "link", "br", "img", "hr", "input"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.misnested: list[str] = []
        self.marked: list[str] = []
        self._texts: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self._VOID:
            self.open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element closed at once."""
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        """See that it closes the one last opened."""
        if not self.open or self.open.pop() != tag:
            self.misnested.append(tag)

    def handle_data(self, data: str) -> None:
        """Keep the text, but the style sheet."""
        if "style" not in self.open:
            self._texts.append(data)
            if "mark" in self.open:
                self.marked[-1] += data

    @property
    def text(self) -> str:
        """All its words, each blank as one space."""
        return " ".join("".join(self._texts).split())

    def every(self, tag: str) -> list[dict[str, str]]:
        """The attributes of each such element."""
        return [attributes for name, attributes in self.elements if name == tag]
