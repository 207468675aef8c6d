"""A conversation told as a story: who wrote to whom, since when, step by step, where it turned, and how sure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from veilleuse.families.legible import clip, isolated, visible
from veilleuse.families.names import Names, Person
from veilleuse.families.origin import origin
from veilleuse.families.report import Report, Seen, Step, Talk
from veilleuse.families.wording import Sureness, clock, count, day, local, period, tell, tell_or
from veilleuse.language import Language
from veilleuse.policy.decision import Severity
from veilleuse.signals.signal import Signal

MOST = 12  # steps of a story
QUOTED = 60  # characters of what the author wrote
FLOOR = 0.45  # below, a signal only stands beside what led to a decision: the shipped policy starts there
_CLEAR = 0.5  # strength of a cue from which on a conversation turns with it
_REQUESTS = ("image-request", "meeting", "platform-move", "contact-request")
_THREATS = ("threat", "leak")
_WANTED = ("demand", "image-request")
# Where there are too many steps, the last of these go untold.
_TELLING = (
    *_THREATS, "demand", "image-request", "insists", "refusal", "known", "secrecy", "supervision", "meeting",
    "isolation", "platform-move", "contact-request", "pressure", "sexual-topic", "age-question", "age-claim",
    "age-gap", "gift", "age-of-you", "relationship-probe", "reassurance", "compliment",
)  # fmt: skip


class Line(msgspec.Struct, frozen=True):
    """A step in a plain sentence. `when` is its time in words, `again` how often it came back, `turn` how the
    conversation turns with it; both are empty where there is nothing to say. `quote` is what the author wrote.
    """

    at: datetime
    when: str
    said: str
    quote: str
    again: str
    turn: str


class Conversation(msgspec.Struct, frozen=True):
    """The story of what `who` wrote to `other`, None where nobody has answered.

    `opening` says who wrote to whom, from when to when; `untold` steps are left out, none more telling than these.
    """

    who: Person
    other: Person | None
    severity: Severity
    short: str
    sure: Sureness
    score: float
    opening: str
    lines: tuple[Line, ...]
    untold: int

    @property
    def gravity(self) -> tuple[int, float]:
        """Sorts the gravest first; of two as grave, the surer."""
        return -self.severity.rank, -self.score


def tell_conversations(report: Report, language: Language) -> list[Conversation]:
    """The stories of those conversations in which a signal led to a decision, the gravest first."""
    decided = _decided(report.seen)
    names = Names(report) if report.talks else None
    stories = (_told(talk, decided, names, report, language) for talk in report.talks if names)
    return sorted((story for story in stories if story), key=lambda story: story.gravity)


def _decided(things: Sequence[Seen]) -> Mapping[tuple[str | None, str], Seen]:
    """What a live rule graded, by author and event."""
    return {(origin(s.event).author, s.event.id): s for s in things if s.decision.severity is not None}


def _told(
    talk: Talk,
    decided: Mapping[tuple[str | None, str], Seen],
    names: Names,
    report: Report,
    language: Language,
) -> Conversation | None:
    heard = list(_heard(talk, decided))
    if not heard or not talk.steps:
        return None
    loudest = max((signal for _, signal in heard), key=lambda signal: signal.score)
    other = names.person(talk.other) if talk.other else None
    lines = _lines(talk, other, report, language)
    return Conversation(
        who=names.person(talk.author),
        other=other,
        severity=max((severity for severity, _ in heard), key=lambda severity: severity.rank),
        short=tell_or(f"signal.{loudest.name}.short", visible(loudest.name), language),
        sure=Sureness.of(loudest.score),
        score=loudest.score,
        opening=_opening(talk, names.person(talk.author), other, report, language),
        lines=lines,
        untold=max(len(talk.steps) - len(lines), 0),
    )


def _heard(talk: Talk, decided: Mapping[tuple[str | None, str], Seen]) -> Iterator[tuple[Severity, Signal]]:
    """The signals of this conversation that led to a decision, each with its severity."""
    for event, told in talk.told.items():
        seen = decided.get((talk.author, event))
        if seen and seen.decision.severity:
            for signal in seen.decision.signals:
                if signal.name in told and signal.score >= FLOOR:
                    yield seen.decision.severity, signal


def _opening(talk: Talk, who: Person, other: Person | None, report: Report, language: Language) -> str:
    first, last = local(talk.first, report.zone), local(talk.last, report.zone)
    return tell(
        "talk.first" if talk.opened else "talk.wrote",
        language,
        who=isolated(who.called),
        other=_called(other, language),
        period=period(first, last, language),
        messages=count("talk.messages", talk.messages, language),
    )


def _lines(talk: Talk, other: Person | None, report: Report, language: Language) -> tuple[Line, ...]:
    """The most telling steps, in the order in which they came."""
    turns = _turns(talk.steps)
    telling = sorted(talk.steps, key=lambda step: (step.kind not in turns, _rank(step.kind)))[:MOST]
    one_day = local(talk.first, report.zone).date() == local(talk.last, report.zone).date()
    return tuple(
        Line(
            at=local(step.at, report.zone),
            when=_when(local(step.at, report.zone), language, one_day=one_day),
            said=tell(f"talk.step.{step.kind}", language, other=_called(other, language), age=step.age),
            quote=clip(" ".join(visible(step.text).split()), QUOTED),
            again=_again(step, language),
            turn=tell(f"talk.turn.{turns[step.kind]}", language) if step.kind in turns else "",
        )
        for step in _in_order(talk.steps)
        if step in telling
    )


def _turns(steps: Sequence[Step]) -> Mapping[str, str]:
    """The turning points, by the kind of step: the first request, the first no passed over, the first threat."""
    clear = [step for step in _in_order(steps) if step.strength >= _CLEAR]
    wanted = min((step.at for step in clear if step.kind in _WANTED), default=None)
    threats = [step for step in clear if step.kind in _THREATS]
    # To hold something over somebody is a threat once something is wanted for it.
    spoken = [step for step in threats if step.kind == "threat" or (wanted and wanted <= step.at)]
    found = {
        "request": [step for step in clear if step.kind in _REQUESTS],
        "ignored": [step for step in clear if step.kind == "insists"],
        "threat": spoken or threats,
    }
    return {points[0].kind: turn for turn, points in found.items() if points}


def _in_order(steps: Iterable[Step]) -> list[Step]:
    return sorted(steps, key=lambda step: step.at)


def _rank(kind: str) -> int:
    return _TELLING.index(kind) if kind in _TELLING else len(_TELLING)


def _again(step: Step, language: Language) -> str:
    """How often it was said in all; being known is no doing that could be repeated."""
    return count("talk.times", step.times, language) if step.times > 1 and step.kind != "known" else ""


def _when(at: datetime, language: Language, *, one_day: bool) -> str:
    if one_day:
        return clock(at, language)
    return tell("talk.when", language, day=day(at, language, short=True), clock=clock(at, language))


def _called(other: Person | None, language: Language) -> str:
    return isolated(other.called) if other else tell("talk.nobody", language)
