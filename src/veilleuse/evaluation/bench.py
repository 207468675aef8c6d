"""Every figure of speed that Veilleuse publishes, each beside its floor, in one run."""

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from veilleuse import __version__
from veilleuse.archives import Intake
from veilleuse.engine import Engine
from veilleuse.evaluation.corpus import SEED, Corpus, make_corpus, write_export, write_lines
from veilleuse.evaluation.figure import Figure, Goal, Unit, delay, held, rate, times_over
from veilleuse.evaluation.rules import make_policy
from veilleuse.evaluation.timing import Contender, Work, take_turns
from veilleuse.events import Event, decode, encode
from veilleuse.language import Problem
from veilleuse.policy import Policy
from veilleuse.reading import Reader

BATCH = 1000
REPETITIONS = 5
STARTS = 7
RULES = (10, 100, 1000)
ENGINE_GOAL = Goal(at_least=20_000)
RULES_GOAL = Goal(at_most=1.2)
START_GOAL = Goal(at_most=300)
MEMORY_GOAL, MEMORY_EVENTS = Goal(at_most=600), 1_000_000  # promised of an export of so many messages

_TRANSLATIONS = 20  # one is too short to be timed
_COMMAND = "import sys\nfrom veilleuse.cli import main\nif main(sys.argv[1:]) == 2: sys.exit(2)\n"
_PEAK = "import sys\nfrom veilleuse.evaluation.memory import peak_bytes\nprint(peak_bytes(), file=sys.stderr)\n"


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


Step = Callable[[str], object]


def bench(events: int, on_step: Step = lambda _: None) -> Report:
    """Measures everything on so many made-up events, at least 1. `on_step` hears the name of each step as it begins.

    Raises `Problem` when Veilleuse cannot be started as a process of its own.
    """
    on_step("corpus")
    corpus = make_corpus(events)
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="veilleuse-bench-") as folder:
        for name, measure in _MEASURES.items():
            on_step(name)
            figures += measure(corpus, Path(folder))
    return Report(
        version=__version__,
        python=platform.python_version(),
        system=platform.system(),
        machine=platform.machine(),
        cpus=os.cpu_count(),
        events=events,
        messages=len(corpus.texts),
        seed=SEED,
        repetitions=REPETITIONS,
        figures=tuple(figures),
    )


def measure_reading(corpus: Corpus, folder: Path) -> Iterator[Figure]:
    """A reader that has met none of these words, beside the cheapest look at every byte."""
    texts = corpus.texts
    buffer = "\n".join(texts).encode()
    table = bytes(range(256))

    def reader() -> Work:
        fresh = Reader()
        return lambda: fresh.scan(texts)

    times = take_turns(
        {
            "reading": Contender(reader),
            "floor": Contender(lambda: lambda: buffer.translate(table), passes=_TRANSLATIONS),
        },
        REPETITIONS,
    )
    yield rate("reading", Unit.MESSAGES, len(texts), times["reading"], times["floor"])


def measure_engine(corpus: Corpus, folder: Path) -> Iterator[Figure]:
    """From JSON lines to decisions by more and more rules, beside the decoding of the same lines."""
    lines = [encode(event) for event in corpus.events]

    def engine(policy: Policy) -> Callable[[], Work]:
        def prepare() -> Work:
            fresh = Engine(policy)
            return lambda: _judge(fresh, map(decode, lines))

        return prepare

    contenders = {str(size): Contender(engine(make_policy(size, folder))) for size in RULES}
    contenders["floor"] = Contender(lambda: lambda: [decode(line) for line in lines])
    times = take_turns(contenders, REPETITIONS)
    for size in RULES:
        goal = ENGINE_GOAL if size == 100 else None
        yield rate(f"engine_{size}", Unit.EVENTS, len(lines), times[str(size)], times["floor"], goal)
    yield times_over("rules", times["1000"], times["100"], RULES_GOAL)


def measure_scan(corpus: Corpus, folder: Path) -> Iterator[Figure]:
    """Files from the disk to decisions, beside the decoding of their JSON; and the memory that takes."""
    export, lines = folder / "export.json", folder / "events.jsonl"
    write_export(corpus.texts, export)
    write_lines(corpus.events, lines)

    def scan(path: Path) -> Contender:
        def prepare() -> Work:
            engine = Engine()
            return lambda: _judge(engine, Intake([path]))

        return Contender(prepare)

    decoder = msgspec.json.Decoder()
    times = take_turns(
        {
            "export": scan(export),
            "export_floor": Contender(lambda: lambda: decoder.decode(export.read_bytes())),
            "lines": scan(lines),
            "lines_floor": Contender(lambda: lambda: decoder.decode_lines(lines.read_bytes())),
        },
        REPETITIONS,
    )
    messages, events = len(corpus.texts), len(corpus.events)
    yield rate("scan_export", Unit.MESSAGES, messages, times["export"], times["export_floor"])
    yield rate("scan_lines", Unit.EVENTS, events, times["lines"], times["lines_floor"])
    peak, floor = _peak(_COMMAND + _PEAK, "scan", str(export), "--json"), _peak(_PEAK)
    if peak and floor:
        yield held("memory", peak, floor, MEMORY_GOAL if messages >= MEMORY_EVENTS else None)


def measure_start(corpus: Corpus, folder: Path) -> Iterator[Figure]:
    """Whole commands as a shell starts them, beside an interpreter that does nothing."""

    def process(code: str, *arguments: str) -> Contender:
        return Contender(lambda: lambda: _run(code, *arguments))

    times = take_turns(
        {
            "floor": process("pass"),
            "help": process(_COMMAND, "--help"),
            "read": process(_COMMAND, "read", "x"),
        },
        STARTS,
    )
    yield delay("start_help", times["help"], times["floor"], START_GOAL)
    yield delay("start_read", times["read"], times["floor"], START_GOAL)


_MEASURES: dict[str, Callable[[Corpus, Path], Iterable[Figure]]] = {
    "reading": measure_reading,
    "engine": measure_engine,
    "scan": measure_scan,
    "start": measure_start,
}


def _judge(engine: Engine, events: Iterable[Event]) -> int:
    """Sends the events through the engine by the batch; returns how many decisions came."""
    following = iter(events)
    decisions = 0
    while batch := list(islice(following, BATCH)):
        decisions += len(engine.process(batch))
    return decisions


def _peak(code: str, *arguments: str) -> int | None:
    """The most memory that Python held while it ran the code, in bytes; None where the system does not say."""
    *_, said = _run(code, *arguments).split()
    return int(said) if said.isdecimal() else None


def _run(code: str, *arguments: str) -> str:
    """Runs Python on the code; returns what it wrote on standard error."""
    ran = subprocess.run(  # noqa: S603 - this interpreter, on code of this file
        [sys.executable, "-c", code, *arguments],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    if ran.returncode:
        raise Problem("bench.not_started", status=ran.returncode, said=ran.stderr.strip())
    return ran.stderr
