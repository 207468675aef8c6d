"""False alarms: what a reader believes it sees in ordinary talk, and how long it takes to read it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from time import perf_counter, perf_counter_ns

import msgspec

from veilleuse.engine import Engine
from veilleuse.evaluation.benign import Benign, Named
from veilleuse.evaluation.disguises.form import bare
from veilleuse.evaluation.figure import Goal
from veilleuse.evaluation.proportion import Proportion
from veilleuse.events import Community
from veilleuse.reading import Finding, Reader

PER = 1_000_000
GOAL = Goal(at_most=100)  # messages in a million
GOAL_NAMES = Goal(at_most=0)
_BATCH = 10_000
_MOST_TIMED = 20_000  # messages read one by one for the slowest in a hundred
_MOST_NAMED = 10
_WORD = re.compile(r"[^\W_]+")
_SEEN = datetime(2026, 1, 1, tzinfo=UTC)  # when the communities were seen plays no part

Counts = tuple[tuple[str, int], ...]


class Pace(msgspec.Struct, frozen=True):
    """Messages in a second, by the batch; and in microseconds, what 99 of 100 messages take at the most, one by one."""

    messages_per_second: float
    p99_microseconds: float


class FalseAlarms(msgspec.Struct, frozen=True):
    """What a reader of neutral terms flags in a file, in the messages that hold none of the terms literally.

    `literal` messages do, and are left aside; so are, of those flagged, the `within`, in which nothing was found but
    terms unchanged within longer words. `terms` and `disguises` are the most frequent of the false findings.
    """

    file: str
    literal: int
    within: int
    alarms: Proportion
    per_million: float
    goal: Goal
    met: bool
    terms: Counts
    disguises: Counts
    pace: Pace


class NamesFlagged(msgspec.Struct, frozen=True):
    """What the engine, with the shipped lexicon and detectors, has to say of communities that do no wrong.

    `flagged` counts the communities of which a signal spoke; `signals` which did, how often; `faulted` those that
    could not be judged.
    """

    file: str
    communities: int
    names: int
    flagged: int
    faulted: int
    goal: Goal
    met: bool
    signals: Counts


class Literal:
    """Tells whether a text holds one of the terms as it is written, marks and case aside."""

    def __init__(self, terms: Iterable[str]) -> None:
        self._forms = frozenset(form for term in terms for form in _inflected(bare(term)))

    def held_by(self, text: str) -> bool:
        """Whether one stands in it as a word, whole or in the plural."""
        return not self._forms.isdisjoint(_WORD.findall(bare(text)))


def _stands_in(finding: Finding, text: str) -> bool:
    """Whether the finding's term stands unchanged in what was taken for it: in a longer word, since not by itself."""
    return bare(finding.term) in bare(text[finding.start : finding.end])


def _inflected(word: str) -> Iterable[str]:
    yield from (word, word + "s", word + "es", word + "x")
    if word.endswith("y"):
        yield word[:-1] + "ies"


def measure_alarms(terms: Sequence[str], benign: Benign) -> FalseAlarms:
    """The false alarms of a reader of these terms, made for the occasion."""
    reader = Reader(terms=terms)
    literal = Literal(terms)
    aside = {index for index, text in enumerate(benign.texts) if literal.held_by(text)}
    found, seconds = _scan(reader, benign.texts)
    wrong = [(index, finding) for index, finding in found if index not in aside]
    false = [(index, finding) for index, finding in wrong if not _stands_in(finding, benign.texts[index])]
    within = {index for index, _ in wrong} - {index for index, _ in false}
    alarms = Proportion.of(len({index for index, _ in false}), len(benign.texts) - len(aside | within))
    per_million = alarms.value * PER
    return FalseAlarms(
        file=benign.name,
        literal=len(aside),
        within=len(within),
        alarms=alarms,
        per_million=per_million,
        goal=GOAL,
        met=GOAL.met_by(per_million),
        terms=_most(finding.term for _, finding in false),
        disguises=_most(finding.disguise for _, finding in false),
        pace=Pace(len(benign.texts) / seconds if seconds else 0.0, _p99(reader, benign.texts)),
    )


def measure_pace(reader: Reader, texts: Sequence[str]) -> Pace:
    """How fast the reader reads these texts, once it has been through them."""
    _scan(reader, texts)
    _, seconds = _scan(reader, texts)
    return Pace(len(texts) / seconds, _p99(reader, texts))


def measure_names(engine: Engine, benign: Benign) -> NamesFlagged:
    """What the engine hears in the names of the file's communities and of their channels."""
    events = [_community(str(place), named) for place, named in enumerate(benign.communities)]
    already = len(engine.dead_letters)
    heard = [signals for _, _, signals in engine.listen(events)]
    return NamesFlagged(
        file=benign.name,
        communities=len(events),
        names=sum(1 + len(named.channels) for named in benign.communities),
        flagged=len(heard),
        faulted=len(engine.dead_letters) - already,
        goal=GOAL_NAMES,
        met=GOAL_NAMES.met_by(len(heard)),
        signals=_most(signal.name for signals in heard for signal in signals),
    )


def _scan(reader: Reader, texts: Sequence[str]) -> tuple[list[tuple[int, Finding]], float]:
    found: list[tuple[int, Finding]] = []
    seconds = 0.0
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        began = perf_counter()
        seen = reader.scan(batch)
        seconds += perf_counter() - began
        found += ((start + index, finding) for index, finding in seen)
    return found, seconds


def _p99(reader: Reader, texts: Sequence[str]) -> float:
    taken: list[int] = []
    for text in texts[:: max(1, len(texts) // _MOST_TIMED)]:
        began = perf_counter_ns()
        reader.read(text)
        taken.append(perf_counter_ns() - began)
    return sorted(taken)[len(taken) * 99 // 100] / 1000 if taken else 0.0


def _most(items: Iterable[str]) -> Counts:
    # By name where they are as many, so that two runs agree.
    ranked = sorted(Counter(map(str, items)).items(), key=lambda item: (-item[1], item[0]))
    return tuple(ranked[:_MOST_NAMED])


def _community(identifier: str, named: Named) -> Community:
    return Community(
        id=identifier, at=_SEEN, platform="listing", community=identifier, name=named.name, channels=named.channels
    )
