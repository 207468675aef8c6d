"""A report told in order: the gravest things seen, gathered by the place where they happened."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from veilleuse.events import Account, Community, Event, texts
from veilleuse.families.excerpt import Passage, passage
from veilleuse.families.legible import clip, isolated, visible
from veilleuse.families.names import Names, Person
from veilleuse.families.origin import origin
from veilleuse.families.report import Report, Seen
from veilleuse.families.wording import Sureness, count, local, moment, severities, tell, tell_or
from veilleuse.language import Language
from veilleuse.policy.decision import Severity
from veilleuse.signals.signal import Signal

FULL = 200  # things told in full; the rest is counted
CHANNELS = 20  # channel names shown of one community
WHY = 400  # characters of a policy's own reasons
NAMED = 3  # people named in a heading, or as those a message was for


class Heard(msgspec.Struct, frozen=True):
    """A signal in plain words: what it is in short, then in full, and what would make it less sure."""

    short: str
    what: str
    lowers: str
    sure: Sureness
    score: float


class Item(msgspec.Struct, frozen=True):
    """One thing seen. `who` wrote it, None where a place itself is concerned; `to` are those it was for.

    `main` says what the event's first text is: a "text", or a "name".
    """

    at: datetime
    severity: Severity
    who: Person | None
    to: tuple[Person, ...]
    heard: tuple[Heard, ...]
    main: str
    passages: tuple[Passage, ...]
    channel: str
    reference: str
    rules: tuple[str, ...]

    @property
    def gravest(self) -> Heard:
        """The signal that speaks loudest."""
        return self.heard[0]

    @property
    def gravity(self) -> tuple[int, float, datetime]:
        """Sorts the gravest first; of two as grave, the surer, then the earlier."""
        return -self.severity.rank, -self.gravest.score, self.at


class Place(msgspec.Struct, frozen=True, order=True):
    """Where things happen: a community, a private conversation, a profile, or elsewhere."""

    kind: Literal["community", "private", "profile", "elsewhere"]
    id: str


class Group(msgspec.Struct, frozen=True):
    """What was seen in one place, in the order in which it happened."""

    place: Place
    names: tuple[str, ...]
    items: tuple[Item, ...]


class Story(msgspec.Struct, frozen=True):
    """All there is to tell, the gravest group first. `untold` more were seen, none graver than these."""

    groups: tuple[Group, ...]
    counts: dict[Severity, int]
    moments: tuple[tuple[datetime, Severity], ...]
    untold: int

    @property
    def number(self) -> int:
        """How many things were seen, told or not."""
        return len(self.moments)


def tell_story(report: Report, language: Language, *, full: int = FULL) -> Story:
    """The report's story. Rules on trial have no part in it: only decisions with a severity count."""
    graded = [(s, s.decision.severity) for s in report.seen if s.decision.severity is not None]
    graded.sort(key=lambda pair: _gravity(*pair))
    names = Names(report)
    told: dict[Place, list[Seen]] = {}
    for seen, _ in graded[:full]:
        told.setdefault(_place(seen.event), []).append(seen)
    return Story(
        groups=tuple(_group(place, things, report, names, language) for place, things in told.items()),
        counts=dict(Counter(severity for _, severity in graded)),
        moments=tuple((local(s.decision.at, report.zone), severity) for s, severity in graded),
        untold=max(len(graded) - full, 0),
    )


def answer(story: Story, report: Report, language: Language) -> str:
    """The sentence that everything else explains."""
    if story.number:
        return count("answer.some", story.number, language)
    return tell("answer.none" if report.events else "answer.nothing_read", language)


def counted(story: Story, language: Language) -> str:
    """How many of each severity."""
    return severities(story.counts, language)


def gravest_item(story: Story) -> tuple[Group, Item]:
    """The gravest thing and where it happened. A story without any is an IndexError."""
    group = story.groups[0]
    return group, min(group.items, key=lambda item: item.gravity)


def heading(group: Group, language: Language) -> str:
    """The place, named."""
    return tell(f"place.{group.place.kind}", language, name=_people(group.names, language))


def place_of(group: Group, language: Language) -> str:
    """The place, as it goes inside a sentence."""
    return tell(f"place.{group.place.kind}.inside", language, name=_people(group.names, language))


def when(item: Item, language: Language) -> str:
    """The day and the time."""
    return moment(item.at, language)


def _gravity(seen: Seen, severity: Severity) -> tuple[int, float, datetime]:
    loudest = max((s.score for s in seen.decision.signals), default=0.0)
    return -severity.rank, -loudest, seen.decision.at


def _place(event: Event) -> Place:
    if isinstance(event, Account):
        return Place("profile", event.account)
    source = origin(event)
    if source.community:
        return Place("community", source.community)
    if source.channel or source.people:
        return Place("private", source.channel or " ".join(sorted(source.people)))
    return Place("elsewhere", "")


def _group(place: Place, things: Sequence[Seen], report: Report, names: Names, language: Language) -> Group:
    match place.kind:
        case "community":
            called = [names.community(place.id)]
        case "profile":
            called = [names.person(place.id).called]
        case _:
            accounts = {a: None for s in things for a in origin(s.event).people}
            called = [names.person(account).called for account in accounts] or [names.shown(place.id)]
    items = [_item(seen, report, names, language) for seen in sorted(things, key=lambda s: s.decision.at)]
    return Group(place, tuple(called), tuple(items))


def _item(seen: Seen, report: Report, names: Names, language: Language) -> Item:
    decision, event, source = seen.decision, seen.event, origin(seen.event)
    reasons = dict.fromkeys(report.rules[rule] for rule in decision.rules if rule in report.rules)
    why = clip(visible(" ".join(reasons)), WHY)
    loudest_first = sorted(decision.signals, key=lambda s: -s.score)
    return Item(
        at=local(decision.at, report.zone),
        severity=decision.severity or Severity.LOW,
        who=names.person(source.author) if source.author else None,
        to=tuple(names.person(account) for account in source.to[:NAMED]),
        heard=tuple(_heard(signal, why, language) for signal in loudest_first)
        or (Heard(why, why, "", Sureness.DOUBTFUL, 0.0),),
        main="name" if isinstance(event, Community | Account) else "text",
        passages=_passages(seen),
        channel=names.shown(source.channel or ""),
        reference=" · ".join(names.shown(part) for part in _reference(event)),
        rules=tuple(names.shown(rule) for rule in decision.rules),
    )


def _reference(event: Event) -> list[str]:
    """What the platform needs to find it again."""
    source = origin(event)
    return list(dict.fromkeys(filter(None, [event.platform, source.community, source.channel, event.id])))


def _heard(signal: Signal, why: str, language: Language) -> Heard:
    unknown = why or visible(signal.name)
    return Heard(
        short=tell_or(f"signal.{signal.name}.short", unknown, language),
        what=tell_or(f"signal.{signal.name}.what", unknown, language),
        lowers=tell_or(f"signal.{signal.name}.lowers", tell("lowers.unknown", language), language),
        sure=Sureness.of(signal.score),
        score=signal.score,
    )


def _passages(seen: Seen) -> tuple[Passage, ...]:
    """The texts that hold evidence, and the first one always: a name places a description or a channel."""
    evidence = [e for signal in seen.decision.signals for e in signal.evidence if e.event == seen.event.id]
    fields = dict(texts(seen.event))
    concerned = {e.field for e in evidence} or set(seen.findings)
    shown = [
        passage(field, text, seen.findings.get(field, ()), [e for e in evidence if e.field == field])
        for field, text in fields.items()
        if text and (not field or field in concerned)
    ]
    return tuple(shown[: CHANNELS + 2])


def _people(names: Sequence[str], language: Language) -> str:
    shown = [isolated(name) for name in names[:NAMED]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (" " + count("people.more", more, language) if more else "")
