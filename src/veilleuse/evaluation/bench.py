"""Every figure of speed that Veilleuse publishes, each beside its floor, in one run."""

import os
import platform
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import msgspec

from veilleuse import __version__
from veilleuse.archives import Intake
from veilleuse.engine import Engine
from veilleuse.evaluation.child import COMMAND, peak, run
from veilleuse.evaluation.corpus import SEED, Corpus, make_corpus, write_export, write_lines
from veilleuse.evaluation.figure import Figure, Goal, Unit, delay, held, rate, times_over
from veilleuse.evaluation.reading_speed import PeerFigure, measure_reading_speed
from veilleuse.evaluation.rules import make_policy
from veilleuse.evaluation.timing import Contender, Work, take_turns
from veilleuse.events import Event, decode, encode
from veilleuse.policy import Decision, Policy
from veilleuse.reading import Reader

T = TypeVar("T")

BATCH = 1000
REPETITIONS = 7
RULES = (10, 100, 1000)
_PROMISED_RULES = 100
ENGINE_GOAL = Goal(at_least=50_000)
RULES_GOAL = Goal(at_most=1.2)
START_GOAL = Goal(at_most=300)
MEMORY_GOAL, MEMORY_MESSAGES = Goal(at_most=600), 1_000_000  # promised of an export of so many messages

_TRANSLATIONS = 20  # one is too short to be timed
_MESSAGES_AN_EVENT = 10  # read with a list of terms, which is faster than the rest


class Report(msgspec.Struct, frozen=True):
    """All the figures, and what they were measured on."""

    version: str
    python: str
    system: str
    machine: str
    cpus: int | None
    events: int
    messages: int
    seed: int
    repetitions: int
    figures: tuple[Figure, ...]
    peers: tuple[PeerFigure, ...] = ()


Step = Callable[[str], object]


def bench(
    events: int, on_step: Step = lambda _: None, repetitions: int = REPETITIONS, only: str | None = None
) -> Report:
    """Measures everything, or `only` one of `MEASURES`, on so many made-up events, so many times, both at least 1.
    `on_step` hears the name of each step as it begins.

    Raises `Problem` when Veilleuse cannot be started as a process of its own.
    """
    on_step("corpus")
    corpus = make_corpus(events)
    measured: list[Figure | PeerFigure] = []
    with TemporaryDirectory(prefix="veilleuse-bench-") as folder:
        for name in [only] if only else MEASURES:
            on_step(name)
            measured += MEASURES[name](corpus, Path(folder), repetitions)
    return Report(
        version=__version__,
        python=platform.python_version(),
        system=platform.system(),
        machine=platform.machine(),
        cpus=os.cpu_count(),
        events=events,
        messages=len(corpus.texts),
        seed=SEED,
        repetitions=repetitions,
        figures=tuple(figure for figure in measured if isinstance(figure, Figure)),
        peers=tuple(figure for figure in measured if isinstance(figure, PeerFigure)),
    )


def measure_reading(corpus: Corpus, folder: Path, repetitions: int) -> Iterator[Figure | PeerFigure]:
    """A reader that has met none of these words, beside the cheapest look at every byte; then lists of terms."""
    batches = _batches(corpus.texts)
    buffers = ["\n".join(batch).encode() for batch in batches]
    table = bytes(range(256))

    def reader() -> list[Work]:
        fresh = Reader()
        return [partial(fresh.scan, batch) for batch in batches]

    times = take_turns(
        {
            "reading": Contender(reader),
            "floor": Contender(lambda: [partial(buffer.translate, table) for buffer in buffers], passes=_TRANSLATIONS),
        },
        repetitions,
    )
    yield rate("reading", Unit.MESSAGES, len(corpus.texts), times["reading"], times["floor"])
    yield from measure_reading_speed(_MESSAGES_AN_EVENT * len(corpus.events), folder, repetitions)


def measure_engine(corpus: Corpus, folder: Path, repetitions: int) -> Iterator[Figure]:
    """From JSON lines to decisions by more and more rules, beside the decoding of the same lines."""
    batches = _batches([encode(event) for event in corpus.events])

    def engine(policy: Policy) -> Contender:
        def prepare() -> list[Work]:
            fresh = Engine(policy)
            return [partial(_decided, fresh, batch) for batch in batches]

        return Contender(prepare)

    contenders = {str(size): engine(make_policy(size, folder)) for size in RULES}
    contenders["floor"] = Contender(lambda: [partial(_decoded, batch) for batch in batches])
    times = take_turns(contenders, repetitions)
    for size in RULES:
        goal = ENGINE_GOAL if size == _PROMISED_RULES else None
        yield rate(f"engine_{size}", Unit.EVENTS, len(corpus.events), times[str(size)], times["floor"], goal)
    yield times_over("rules", times["1000"], times["100"], RULES_GOAL)


def measure_scan(corpus: Corpus, folder: Path, repetitions: int) -> Iterator[Figure]:
    """Files from the disk to decisions, beside the decoding of their JSON; and the memory that takes."""
    export, lines = folder / "export.json", folder / "events.jsonl"
    write_export(corpus.texts, export)
    write_lines(corpus.events, lines)

    def scan(path: Path) -> Contender:
        def prepare() -> list[Work]:
            return [partial(_scan, Engine(), path)]

        return Contender(prepare)

    decoder = msgspec.json.Decoder()
    times = take_turns(
        {
            "export": scan(export),
            "export_floor": Contender(lambda: [lambda: decoder.decode(export.read_bytes())]),
            "lines": scan(lines),
            "lines_floor": Contender(lambda: [lambda: decoder.decode_lines(lines.read_bytes())]),
        },
        repetitions,
    )
    messages, events = len(corpus.texts), len(corpus.events)
    yield rate("scan_export", Unit.MESSAGES, messages, times["export"], times["export_floor"])
    yield rate("scan_lines", Unit.EVENTS, events, times["lines"], times["lines_floor"])
    most, floor = peak(COMMAND, "scan", str(export), "--json"), peak("")
    if most and floor:
        yield held("memory", most, floor, MEMORY_GOAL if messages >= MEMORY_MESSAGES else None)


def measure_start(corpus: Corpus, folder: Path, repetitions: int) -> Iterator[Figure]:
    """Whole commands as a shell starts them, beside an interpreter that does nothing."""

    def process(code: str, *arguments: str) -> Contender:
        return Contender(lambda: [partial(run, code, *arguments)])

    times = take_turns(
        {
            "floor": process("pass"),
            "help": process(COMMAND, "--help"),
            "read": process(COMMAND, "read", "x"),
        },
        repetitions,
    )
    yield delay("start_help", times["help"], times["floor"], START_GOAL)
    yield delay("start_read", times["read"], times["floor"], START_GOAL)


MEASURES: dict[str, Callable[[Corpus, Path, int], Iterable[Figure | PeerFigure]]] = {
    "reading": measure_reading,
    "engine": measure_engine,
    "scan": measure_scan,
    "start": measure_start,
}


def _batches(items: Sequence[T]) -> list[Sequence[T]]:
    return [items[start : start + BATCH] for start in range(0, len(items), BATCH)]


def _decoded(lines: Sequence[bytes]) -> list[Event]:
    return [decode(line) for line in lines]


def _decided(engine: Engine, lines: Sequence[bytes]) -> list[Decision]:
    return engine.process(_decoded(lines))


def _scan(engine: Engine, path: Path) -> int:
    """Sends what the file holds through the engine; returns how many decisions came."""
    following = iter(Intake([path]))
    decisions = 0
    while batch := list(islice(following, BATCH)):
        decisions += len(engine.process(batch))
    return decisions
