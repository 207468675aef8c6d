"""How speed is measured: on what talk, against what floor, and how it is told. Never how fast this machine is."""

import json
import re
from pathlib import Path

import msgspec
import pytest

from veilleuse.archives import Intake
from veilleuse.cli import main
from veilleuse.engine import Engine
from veilleuse.evaluation.bench import RULES, Report, bench
from veilleuse.evaluation.child import peak, run
from veilleuse.evaluation.corpus import Corpus, make_corpus, write_export, write_lines
from veilleuse.evaluation.figure import Figure, Goal, Unit, delay, held, rate, times_over
from veilleuse.evaluation.memory import peak_bytes
from veilleuse.evaluation.rules import make_policy
from veilleuse.evaluation.table import table
from veilleuse.evaluation.timing import Contender, Times, Work, take_turns
from veilleuse.events import Message, encode
from veilleuse.language import Language, Problem
from veilleuse.policy import Policy
from veilleuse.signals import NAMES

FIGURES = [
    "reading",
    "reading_few",
    "reading_translate",
    "reading_spread",
    "reading_many",
    "reading_disguised",
    "reading_twin",
    "reading_load",
    "reading_memory",
    "engine_10",
    "engine_100",
    "engine_1000",
    "rules",
    "scan_export",
    "scan_lines",
    "memory",
    "start_help",
    "start_read",
]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Enough events for every danger to come up."""
    return make_corpus(10_000)


@pytest.fixture(scope="module")
def report() -> Report:
    """A whole run, small."""
    return bench(40, repetitions=2)


class TestCorpus:
    """Talk that nobody said behaves as talk does."""

    def test_same(self, corpus: Corpus) -> None:
        """The same seed gives the same events, another seed others."""
        assert make_corpus(200).events == corpus.events[:200]
        assert make_corpus(200, seed=1).events != corpus.events[:200]

    def test_looks_like_chat(self, corpus: Corpus) -> None:
        """As long as chat, in as many alphabets, and mostly messages."""
        texts = corpus.texts
        assert len(texts) / len(corpus.events) == pytest.approx(0.95, abs=0.02)
        assert sum(map(len, texts)) / len(texts) == pytest.approx(59, abs=4)
        assert sum(not text.isascii() for text in texts) / len(texts) == pytest.approx(0.12, abs=0.03)

    def test_breadth(self, corpus: Corpus) -> None:
        """Words never met before keep coming: one a message at least, as in real chat, lest memories flatter."""
        half = len(corpus.texts) // 2
        met, new = ({word for text in part for word in text.split()} for part in (corpus.texts[:half], corpus.texts))
        assert len(new) - len(met) > half

    def test_order(self, corpus: Corpus) -> None:
        """Events come in the order of time, each under its own name."""
        moments = [event.at for event in corpus.events]
        assert moments == sorted(moments)
        assert len({event.id for event in corpus.events}) == len(corpus.events)

    def test_dangers(self, corpus: Corpus) -> None:
        """Every signal is heard, on one event in five hundred, and on no other; what a child says is none."""
        heard = list(Engine().listen(corpus.events))
        assert {signal.name for _, _, signals in heard for signal in signals} == set(NAMES)
        dangers = corpus.events[499::500]
        child = [event for event in dangers if isinstance(event, Message) and event.text == "j'ai 13 ans"]
        assert [event for event, _, _ in heard] == [event for event in dangers if event not in child]

    def test_export(self, corpus: Corpus, tmp_path: Path) -> None:
        """The export is one that the archives read whole."""
        write_export(corpus.texts[:50], tmp_path / "export.json")
        intake = Intake([tmp_path / "export.json"])
        assert [event.text for event in intake if isinstance(event, Message)] == corpus.texts[:50]
        assert intake.formats == ["discord-chat-exporter"]
        assert intake.damages == []

    def test_lines(self, corpus: Corpus, tmp_path: Path) -> None:
        """The lines are those of the events."""
        write_lines(corpus.events[:50], tmp_path / "events.jsonl")
        assert (tmp_path / "events.jsonl").read_bytes().splitlines() == list(map(encode, corpus.events[:50]))


class TestRules:
    """Policies of any size."""

    @pytest.mark.parametrize("size", [1, 10, 14, 15, 100, 1000])
    def test_size(self, size: int, tmp_path: Path) -> None:
        """So many rules, all sound; over all the signals as soon as there are enough of them."""
        policy = make_policy(size, tmp_path)
        assert len(policy.rules) == size
        if size >= len(NAMES):
            assert frozenset().union(*(rule.signals for rule in policy.rules)) == set(NAMES)

    def test_shipped(self, tmp_path: Path) -> None:
        """Where they fit, the rules that ship come first."""
        shipped = [rule.name for rule in Policy.default(NAMES).rules]
        assert [rule.name for rule in make_policy(100, tmp_path).rules][: len(shipped)] == shipped

    def test_varied(self, tmp_path: Path) -> None:
        """No two of the thousand rules ask the same."""
        conditions = [rule.when for rule in make_policy(1000, tmp_path).rules]
        assert len(set(conditions)) == len(conditions)


class TestTiming:
    """Taking turns."""

    def test_turns(self) -> None:
        """Lap by lap, in alternating order, each repetition prepared anew; those done early wait."""
        ran: list[str] = []

        def contender(name: str, laps: int) -> Contender:
            def prepare() -> list[Work]:
                ran.append(f"prepare {name}")
                return [lambda lap=lap: ran.append(f"{name}{lap}") for lap in range(laps)]  # type: ignore[misc]

            return Contender(prepare)

        times = take_turns({"a": contender("a", 2), "b": contender("b", 1)}, 2)
        assert ran == ["prepare a", "prepare b", "a0", "b0", "a1", "prepare a", "prepare b", "b0", "a0", "a1"]
        assert [len(each.seconds) for each in times.values()] == [2, 2]

    def test_passes(self) -> None:
        """Work too short to time is repeated, and the time is that of one pass."""
        ran: list[int] = []
        contender = Contender(list, passes=3)
        assert contender.seconds(lambda: ran.append(1)) >= 0
        assert len(ran) == 3

    def test_spread(self) -> None:
        """How steady the machine was: the slowest against the fastest."""
        assert Times((2.0, 3.0, 5.0)).spread == 2.5

    def test_over(self) -> None:
        """A ratio is the median of those within each repetition, not the ratio of two medians."""
        slow, fast = Times((2.0, 30.0, 4.0)), Times((1.0, 10.0, 4.0))
        assert slow.over(fast) == 2.0
        assert slow.median == 4.0


class TestFigures:
    """What is made of the times."""

    def test_rate(self) -> None:
        """How many a second, and how many times the floor's time."""
        figure = rate("x", Unit.EVENTS, 100, Times((2.0,)), Times((0.5,)), Goal(at_least=51))
        assert (figure.measured, figure.floor, figure.ratio, figure.met) == (50, 200, 4, False)

    def test_delay(self) -> None:
        """Milliseconds."""
        figure = delay("x", Times((0.25,)), Times((0.05,)), Goal(at_most=300))
        assert (figure.measured, figure.floor, figure.ratio, figure.met) == (250, 50, 5, True)

    def test_times_over(self) -> None:
        """A cost against another has no floor but that other."""
        figure = times_over("x", Times((1.3,)), Times((1.0,)), Goal(at_most=1.2))
        assert (figure.measured, figure.floor, figure.met) == (1.3, None, False)

    def test_held(self) -> None:
        """Megabytes; without a promise, none is kept or broken."""
        figure = held("x", 50_000_000, 10_000_000)
        assert (figure.measured, figure.floor, figure.ratio, figure.met) == (50, 10, 5, None)

    @pytest.mark.parametrize(
        ("goal", "measured", "met"),
        [
            (Goal(at_least=10), 10, True),
            (Goal(at_least=10), 9.9, False),
            (Goal(at_most=10), 10, True),
            (Goal(at_most=10), 10.1, False),
        ],
    )
    def test_goal(self, goal: Goal, measured: float, met: bool) -> None:
        """A goal is met at its very value."""
        assert goal.met_by(measured) is met


class TestProcesses:
    """Python started anew."""

    def test_said(self) -> None:
        """What it says on standard error comes back; its results go nowhere."""
        assert run("import sys; print('out'); print(sys.argv[1], file=sys.stderr)", "x") == "x\n"

    def test_failed(self) -> None:
        """A process that fails is a problem told in words, with what it said."""
        with pytest.raises(Problem, match="status 3") as caught:
            run("import sys; print('why', file=sys.stderr); sys.exit(3)")
        assert all("why" in caught.value.say(language) for language in Language)

    def test_peak_is_its_own(self) -> None:
        """The peak of a process counts what it held and let go, and nothing that its parent holds."""
        burden = bytearray(b"x" * 200_000_000)
        idle, busy = peak(""), peak("held = b'x' * 100_000_000\ndel held\n")
        own = peak_bytes()
        if own is None or idle is None or busy is None:
            pytest.skip("this system does not say what a process held")
        assert own >= len(burden)
        assert idle < 100_000_000 < busy - idle + 10_000_000


class TestBench:
    """A whole run, and what is told of it."""

    def test_figures(self, report: Report) -> None:
        """Every figure of the issues, each beside its floor where it has one."""
        names = [figure.name for figure in report.figures]
        assert [name for name in FIGURES if name in names or "memory" not in name] == names
        for figure in report.figures:
            assert figure.measured > 0
            if figure.floor is not None:
                assert figure.ratio is not None
                assert figure.ratio > 0

    def test_goals(self, report: Report) -> None:
        """Those that the issues set, and no other."""
        goals = {figure.name: figure.goal for figure in report.figures if figure.goal}
        if peak_bytes() is None:
            goals["reading_memory"] = Goal(at_most=100)
        assert goals == {
            "reading_few": Goal(at_least=3_000_000),
            "reading_translate": Goal(at_most=7),
            "reading_many": Goal(at_least=2_000_000),
            "reading_disguised": Goal(at_least=1_000_000),
            "reading_twin": Goal(at_least=100_000),
            "reading_load": Goal(at_most=1_000),
            "reading_memory": Goal(at_most=100),
            "engine_100": Goal(at_least=50_000),
            "rules": Goal(at_most=1.2),
            "start_help": Goal(at_most=300),
            "start_read": Goal(at_most=300),
        }
        assert all((figure.met is None) == (figure.goal is None) for figure in report.figures)

    def test_raw(self, report: Report) -> None:
        """The raw times are all there, as many as repetitions, for whoever wants another statistic."""
        timed = [figure for figure in report.figures if figure.floor_seconds]
        assert len(timed) == len(RULES) + 10
        for figure in timed:
            assert len(figure.seconds) == len(figure.floor_seconds) == report.repetitions

    @pytest.mark.parametrize("language", list(Language))
    def test_table(self, report: Report, language: Language) -> None:
        """A line a figure, columns aligned, the floors explained below."""
        heading, _, columns, *rest = table(report, language).splitlines()
        assert " 40 " in heading
        assert report.python in heading
        end = re.search(r"mesuré|measured", columns).end()  # type: ignore[union-attr]  # a column of both tables
        for row in rest[: len(report.figures)]:
            assert row[end - 1] != " "
            assert row[end : end + 2] in ("  ", "")
        blank, *floors = rest[len(report.figures) :]
        assert blank == ""
        assert "bytes.translate" in floors[0]

    def test_verdict(self, report: Report) -> None:
        """Whether a goal is kept stands at the end of its line."""
        figures = (
            Figure("engine_100", Unit.EVENTS, 19_999.0, 1e6, 50.0, Goal(at_least=20_000), met=False),
            Figure("start_help", Unit.MILLISECONDS, 120.0, 20.0, 6.0, Goal(at_most=300), met=True),
        )
        lines = table(msgspec.structs.replace(report, figures=figures), Language.EN).splitlines()
        assert lines[3].endswith("≥ 20,000 events/s  missed")
        assert lines[4].endswith("≤ 300 ms  met")

    def test_json(
        self, report: Report, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
    ) -> None:
        """One object on standard output; the steps are said on standard error, in the language asked for."""

        def run_nothing(events: int, on_step: object, only: str | None) -> Report:
            assert (events, only) == (7, "scan")
            assert callable(on_step)
            on_step("scan")
            return report

        monkeypatch.setattr("veilleuse.cli.bench.measure", run_nothing)
        assert main(["bench", "--json", "--events", "7", "--only", "scan", "--lang", "fr"]) == 0
        said = capfdbinary.readouterr()
        assert msgspec.json.decode(said.out, type=Report) == report
        assert json.loads(said.out)["version"] == report.version
        assert said.err.decode() == "Mesure : examen…\n"

    def test_only(self) -> None:
        """One measure alone, its figures and no other's."""
        steps: list[str] = []
        alone = bench(40, steps.append, repetitions=1, only="start")
        assert steps == ["corpus", "start"]
        assert [figure.name for figure in alone.figures] == ["start_help", "start_read"]
        assert alone.peers == ()

    def test_unknown_measure(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What can be measured is listed to whoever names something else."""
        assert main(["bench", "--only", "patience", "--lang", "en"]) == 2
        assert "reading, engine, scan, start" in capsys.readouterr().err

    def test_no_events(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing can be measured on nothing."""
        assert main(["bench", "--events", "0", "--lang", "en"]) == 2
        assert "--events" in capsys.readouterr().err
