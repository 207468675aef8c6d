"""How fast reading is, on one core: with as many terms as promised, on a bad day, without a compiler, beside peers."""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from veilleuse import __version__
from veilleuse.evaluation.child import peak, run
from veilleuse.evaluation.disguises import EACH, SEED, Sample, all_terms, tuning_samples
from veilleuse.evaluation.disguises.form import bare
from veilleuse.evaluation.figure import Figure, Goal, Unit, delay, rate, times_over
from veilleuse.evaluation.peers import Peer, found_peers
from veilleuse.evaluation.proportion import Proportion
from veilleuse.evaluation.terms import hide_terms, make_terms, make_texts
from veilleuse.evaluation.timing import Contender, Times, Work, take_turns
from veilleuse.reading import Reader

FEW, MANY = 500, 5_000  # terms
FEW_GOAL, MANY_GOAL = Goal(at_least=3_000_000), Goal(at_least=2_000_000)
TRANSLATE_GOAL = Goal(at_most=7)  # times bytes.translate
DISGUISED_GOAL = Goal(at_least=1_000_000)
TWIN_GOAL = Goal(at_least=100_000)
MEMORY_GOAL, LOAD_GOAL = Goal(at_most=100), Goal(at_most=1_000)

_BATCH = 10_000
_SLOW_BATCH, _SLOW_SHARE = 1_000, 20  # the twin and the peers read the first of so many messages
_WARM_SHARE = 10  # more messages than those timed, to warm up on
_FORCES_TWIN = "VEILLEUSE_TWIN"
_MEGA = 1_000_000
_BASE = """
import sys
from pathlib import Path
from time import perf_counter
from veilleuse.reading import Lexicon, Reader
"""
_LOAD = """
began = perf_counter()
reader = Reader(lexicon=Lexicon.load_terms(Path(sys.argv[1])))
print(perf_counter() - began, file=sys.stderr)
"""


class Peered(msgspec.Struct, frozen=True):
    """What a filter makes of the same texts. `slower` says how many times Veilleuse's time it took.

    `flagged` are the tuning samples of the disguise generator in which it saw any term, those whose disguise is made
    of ordinary words left aside.
    """

    version: str
    messages_per_second: float
    slower: float
    flagged: Proportion


class PeerFigure(msgspec.Struct, frozen=True):
    """A filter beside the others, Veilleuse among them; `measured` is None where it is not installed."""

    name: str
    measured: Peered | None


class _Texts(NamedTuple):
    """Messages to be timed on, the first few of them for the slow, and others that warm up."""

    all: Sequence[str]
    few: Sequence[str]
    warming: Sequence[str]

    @classmethod
    def make(cls, count: int) -> "_Texts":
        texts = make_texts(count + -(-count // _WARM_SHARE))
        few = -(-count // _SLOW_SHARE)
        return cls(texts[:count], texts[:few], texts[count:])


def measure_reading_speed(
    count: int, folder: Path, repetitions: int, each: int = EACH
) -> Iterator[Figure | PeerFigure]:
    """Everything on so many messages, and peers on `each` samples of a class. Writes lists of terms in the folder.

    Readers are warm: before they are timed they read messages that are not those they are timed on.
    """
    texts = _Texts.make(count)
    disguised = hide_terms(texts.all)
    few_terms, many_terms = make_terms(FEW), make_terms(MANY)
    contenders = {
        "few": _reader(few_terms, texts.all, texts),
        "many": _reader(many_terms, texts.all, texts),
        "floor": _translate(texts.all, _BATCH),
        "disguised": _reader(few_terms, disguised, texts),
        "disguised_floor": _translate(disguised, _BATCH),
        "twin": _twin(few_terms, texts),
        "twin_floor": _translate(texts.few, _SLOW_BATCH),
    }
    with found_peers() as peers:
        for name, peer in peers.items():
            if peer:
                contenders[name] = _peer(peer, few_terms, texts)
        times = take_turns(contenders, repetitions)
        yield rate("reading_few", Unit.MESSAGES, count, times["few"], times["floor"], FEW_GOAL)
        yield times_over("reading_translate", times["few"], times["floor"], TRANSLATE_GOAL)
        yield Figure("reading_spread", Unit.TIMES, times["floor"].spread)
        yield rate("reading_many", Unit.MESSAGES, count, times["many"], times["floor"], MANY_GOAL)
        yield rate(
            "reading_disguised", Unit.MESSAGES, count, times["disguised"], times["disguised_floor"], DISGUISED_GOAL
        )
        yield rate("reading_twin", Unit.MESSAGES, len(texts.few), times["twin"], times["twin_floor"], TWIN_GOAL)
        yield from _loaded(many_terms, folder, repetitions)
        yield from _beside(peers, times, texts, each)


def _reader(terms: Sequence[str], read: Sequence[str], texts: _Texts) -> Contender:
    def prepare() -> list[Work]:
        return _laps(Reader(terms=terms), read, texts.warming, _BATCH)

    return Contender(prepare)


def _twin(terms: Sequence[str], texts: _Texts) -> Contender:
    def prepare() -> list[Work]:
        with _twin_forced():
            twin = Reader(terms=terms)
        return _laps(twin, texts.few, texts.warming[: len(texts.few)], _SLOW_BATCH)

    return Contender(prepare)


def _laps(reader: Reader, read: Sequence[str], warming: Sequence[str], batch: int) -> list[Work]:
    reader.scan(warming)
    return [partial(reader.scan, some) for some in _batches(read, batch)]


def _translate(texts: Sequence[str], batch: int) -> Contender:
    """The cheapest look at every byte."""
    buffers = ["\n".join(some).encode() for some in _batches(texts, batch)]
    table = bytes(range(256))
    return Contender(lambda: [partial(buffer.translate, table) for buffer in buffers])


def _peer(peer: Peer, terms: Sequence[str], texts: _Texts) -> Contender:
    take = peer.load(terms)
    take(texts.warming[: len(texts.few)])()
    laps = [take(some) for some in _batches(texts.few, _SLOW_BATCH)]
    return Contender(lambda: laps)


def _loaded(terms: Sequence[str], folder: Path, repetitions: int) -> Iterator[Figure]:
    """What the terms cost a process that only reads, beside a reader of no terms."""
    full, empty = folder / "terms.txt", folder / "none.txt"
    full.write_text("\n".join(terms), encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    loading, idle = zip(*((_loading(full), _loading(empty)) for _ in range(repetitions)), strict=True)
    yield delay("reading_load", Times(loading), Times(idle), LOAD_GOAL)
    most, floor = peak(_BASE + _LOAD, str(full)), peak(_BASE)
    if most and floor:
        added = (most - floor) / _MEGA
        yield Figure("reading_memory", Unit.MEGABYTES, added, goal=MEMORY_GOAL, met=MEMORY_GOAL.met_by(added))


def _loading(path: Path) -> float:
    return float(run(_BASE + _LOAD, str(path)))


def _beside(
    peers: Mapping[str, Peer | None], times: Mapping[str, Times], texts: _Texts, each: int
) -> Iterator[PeerFigure]:
    """Veilleuse first. All seek the same words, given with their accents and without."""
    terms = tuple(dict.fromkeys(form for term in all_terms() for form in (term, bare(term))))
    samples = [sample for sample in tuning_samples(SEED, each) if not sample.ordinary]
    ours = len(texts.all) / times["few"].median
    flagged = Proportion.of(_seen(Reader(terms=terms), samples), len(samples))
    yield PeerFigure("veilleuse", Peered(__version__, ours, 1.0, flagged))
    for name, peer in peers.items():
        if peer is None:
            yield PeerFigure(name, None)
            continue
        theirs = len(texts.few) / times[name].median
        flagged = Proportion.of(peer.load(terms)([sample.text for sample in samples])(), len(samples))
        yield PeerFigure(name, Peered(peer.version, theirs, ours / theirs, flagged))


def _seen(reader: Reader, samples: Sequence[Sample]) -> int:
    return len({index for index, _ in reader.scan([sample.text for sample in samples])})


@contextmanager
def _twin_forced() -> Iterator[None]:
    before = os.environ.get(_FORCES_TWIN)
    os.environ[_FORCES_TWIN] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_FORCES_TWIN]
        else:
            os.environ[_FORCES_TWIN] = before


def _batches(texts: Sequence[str], size: int) -> list[Sequence[str]]:
    return [texts[start : start + size] for start in range(0, len(texts), size)]
