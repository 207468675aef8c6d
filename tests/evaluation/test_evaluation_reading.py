"""How reading is measured: recall, false alarms, names, and how it is told."""

import gzip
import json
import re
import string
import tomllib
from collections.abc import Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from veilleuse.cli import evaluate as command
from veilleuse.engine import Engine
from veilleuse.evaluation.alarms import Literal, measure_alarms, measure_names
from veilleuse.evaluation.benign import load_benign
from veilleuse.evaluation.disguises import Half, Intensity, Sample, samples, stacked_samples
from veilleuse.evaluation.proportion import Mean, Proportion
from veilleuse.evaluation.reading import evaluate_reading
from veilleuse.evaluation.reading_table import reading_table
from veilleuse.evaluation.recall import measure_recall, outcomes
from veilleuse.language import Language, Problem
from veilleuse.reading import Reader

LANGUAGES = pytest.mark.parametrize("language", list(Language))
WORDS: dict[str, dict[str, str]] = tomllib.loads(
    (files("veilleuse") / "data" / "messages" / "evaluate.toml").read_text(encoding="utf-8")
)


def sample(
    text: str,
    form: str,
    *,
    term: str = "carpet",
    name: str = "dropped",
    intensity: Intensity = Intensity.LIGHT,
    ordinary: bool = False,
) -> Sample:
    """A sample whose form stands where it first stands in the text."""
    start = text.index(form)
    return Sample(text, term, (name,), intensity, start, start + len(form), Half.TUNING, False, ordinary)


def lines(path: Path, *rows: Mapping[str, object]) -> Path:
    """A file of JSON lines, packed where its name says so."""
    body = "".join(json.dumps(row) + "\n" for row in rows).encode()
    path.write_bytes(gzip.compress(body) if path.suffix == ".gz" else body)
    return path


class TestProportion:
    """How sure a share is."""

    def test_wilson(self) -> None:
        """Wilson's interval, as tables print it for 8 of 10."""
        eight = Proportion.of(8, 10)
        assert eight.value == 0.8
        assert (eight.low, eight.high) == pytest.approx((0.4902, 0.9433), abs=1e-4)

    @pytest.mark.parametrize(("count", "total"), [(0, 0), (0, 5), (5, 5), (1, 1_000_000)])
    def test_bounds(self, count: int, total: int) -> None:
        """It holds the share, stays within 0 and 1, and is never a point."""
        share = Proportion.of(count, total)
        assert 0 <= share.low <= share.value <= share.high <= 1
        assert share.low < share.high

    def test_mean(self) -> None:
        """Classes weigh the same, however many samples each has; more of them make the mean surer."""
        mean = Mean.of([Proportion.of(10, 10), Proportion.of(0, 1000)])
        assert mean.value == 0.5
        assert mean.low < 0.5 < mean.high
        many = Mean.of([Proportion.of(50, 100)] * 16)
        few = Mean.of([Proportion.of(50, 100)] * 4)
        assert many.high - many.low == pytest.approx((few.high - few.low) / 2)


class TestRecall:
    """What is found of what was hidden."""

    reader = Reader(terms=["carpet", "candle"])

    def test_caught(self) -> None:
        """The term where it stands is caught, and the places agree."""
        (caught,) = outcomes(self.reader, [sample("look, carpet!", "carpet")])
        assert caught.caught
        assert caught.overlap == 1

    def test_missed(self) -> None:
        """Nothing, another term, or the term at another place: all are missed."""
        missed = outcomes(
            self.reader,
            [
                sample("look, nothing", "nothing"),
                sample("look, candle", "candle"),
                sample("carpet, or nothing", "nothing"),
            ],
        )
        assert [(outcome.caught, outcome.overlap) for outcome in missed] == [(False, 0)] * 3

    def test_overlap(self) -> None:
        """Places that agree in part count in part: six of eight characters."""
        (caught,) = outcomes(self.reader, [sample("a (carpet) here", "(carpet)")])
        assert caught.overlap == pytest.approx(6 / 8)

    def test_figures(self) -> None:
        """Classes weigh the same, ordinary forms are set aside and counted in the strict figures."""
        single = [
            sample("carpet", "carpet"),
            sample("trap", "trap", intensity=Intensity.HEAVY),
            sample("care", "care", ordinary=True),
            sample("carpet", "carpet", name="reversed"),
        ]
        recall = measure_recall(self.reader, single, [sample("carpet", "carpet")])
        dropped, backwards = recall.classes
        assert (dropped.name, dropped.recall.count, dropped.recall.total, dropped.ordinary) == ("dropped", 1, 2, 1)
        assert (dropped.light.value, dropped.heavy.value, dropped.medium.total) == (1, 0, 0)
        assert dropped.strict.value == pytest.approx(1 / 3)
        assert (dropped.met, backwards.met) == (False, True)
        assert recall.macro.value == 0.75
        assert recall.strict.value == pytest.approx(2 / 3)
        assert not recall.met
        assert recall.stacked.recall.value == 1

    def test_held_out(self) -> None:
        """What is held out is measured by itself: whole classes, and halves of tables in the other classes."""
        single = [s for s in samples(each=12) if s.classes[0] in {"greek", "upside_down", "mixed_case"}]
        recall = measure_recall(Reader(terms=["elsewhere"]), single, [])
        assert [(c.name, c.held_out) for c in recall.classes] == [
            ("greek", False), ("upside_down", True), ("mixed_case", False),
        ]  # fmt: skip
        assert recall.held_out_classes.value == recall.held_out_glyphs.value == recall.open.value == 0

    def test_stable_disguises_are_read(self) -> None:
        """Case alone hides nothing from the reader."""
        single = [s for s in samples(each=30) if s.classes == ("mixed_case",)]
        recall = measure_recall(Reader(terms=[s.term for s in single]), single, list(stacked_samples(count=3)))
        assert recall.macro.value == 1
        assert recall.overlap == 1


class TestLiteral:
    """A message that holds a term is no place for a false alarm."""

    literal = Literal(["fenêtre", "ferry", "seau"])

    @pytest.mark.parametrize("text", ["la FENETRE", "des fenêtres.", "two ferries", "deux seaux", "(ferry)", "l'seau"])
    def test_held(self, text: str) -> None:
        """As written, without marks or case, whole, in the plural."""
        assert self.literal.held_by(text)

    @pytest.mark.parametrize("text", ["", "fenetron", "defenetre", "f e r r y", "ferr", "vaisseau"])
    def test_not_held(self, text: str) -> None:
        """Not inside another word, and not disguised."""
        assert not self.literal.held_by(text)


class TestAlarms:
    """What is wrongly seen in ordinary talk."""

    @pytest.mark.parametrize("name", ["talk.jsonl", "talk.jsonl.gz"])
    def test_measured(self, tmp_path: Path, name: str) -> None:
        """Messages with a literal term are left aside; of the others, those flagged are counted once."""
        texts = ["nothing at all", "a c@rpet and a c@ndle", "the carpet, a c@ndle", "one more"]
        path = lines(tmp_path / name, *({"author": "1", "text": text} for text in texts))
        alarms = measure_alarms(["carpet", "candle"], load_benign(path))
        assert alarms.file == name
        assert alarms.literal == 1
        assert (alarms.alarms.count, alarms.alarms.total) == (1, 3)
        assert alarms.per_million == pytest.approx(1_000_000 / 3)
        assert not alarms.met
        assert alarms.terms == (("candle", 1), ("carpet", 1))
        assert alarms.disguises == (("lookalike", 2),)
        assert alarms.pace.messages_per_second > 0
        assert alarms.pace.p99_microseconds > 0

    def test_within(self, tmp_path: Path) -> None:
        """A term that stands unchanged in a longer word is counted apart."""
        path = lines(tmp_path / "talk.jsonl", {"author": "1", "text": "hello candle77"})
        alarms = measure_alarms(["candle"], load_benign(path))
        assert (alarms.literal, alarms.within, alarms.alarms.count) == (0, 1, 0)

    def test_nothing(self, tmp_path: Path) -> None:
        """An empty file is no false alarm."""
        empty = tmp_path / "empty.jsonl"
        empty.write_bytes(b"\n")
        alarms = measure_alarms(["carpet"], load_benign(empty))
        assert alarms.alarms.total == 0
        assert alarms.met

    def test_names(self, tmp_path: Path) -> None:
        """The engine judges communities by their names and channels; what it says is counted by signal."""
        path = lines(
            tmp_path / "servers.jsonl",
            {"name": "Chess club", "category": "games", "channels": ["openings", "general"]},
            {"name": "ADØS NXDES", "channels": []},
        )
        benign = load_benign(path)
        assert benign.texts == ["Chess club", "openings", "general", "ADØS NXDES"]
        names = measure_names(Engine(), benign)
        assert (names.communities, names.names, names.flagged, names.faulted) == (2, 4, 1, 0)
        assert not names.met
        assert ("name.sexualised_minor", 1) in names.signals


class TestFaults:
    """Files that cannot be used are named, and nothing of them is quoted."""

    def test_missing(self, tmp_path: Path) -> None:
        """A file that is not there."""
        with pytest.raises(Problem) as problem:
            load_benign(tmp_path / "none.jsonl")
        assert "none.jsonl" in problem.value.say(Language.FR)

    def test_cut_short(self, tmp_path: Path) -> None:
        """A packed file that ends too soon."""
        path = lines(tmp_path / "cut.jsonl.gz", *({"text": f"{i * 7919}"} for i in range(2000)))
        path.write_bytes(path.read_bytes()[:-200])
        with pytest.raises(Problem) as problem:
            load_benign(path)
        assert problem.value.key == "evaluate.unreadable"

    @pytest.mark.parametrize(
        "line", [b"private words", b'{"text": 3}', b'{"said": "private words"}', b'{"text": "\xff"}']
    )
    def test_not_a_row(self, tmp_path: Path, line: bytes) -> None:
        """A line that is no such object, by its number."""
        path = tmp_path / "odd.jsonl"
        path.write_bytes(b'{"text": "fine"}\n\n' + line + b"\n")
        with pytest.raises(Problem) as problem:
            load_benign(path)
        assert problem.value.key == "evaluate.not_a_row"
        assert problem.value.values["line"] == 3
        assert "private words" not in str(problem.value)


class TestCommand:
    """`veilleuse evaluate reading`."""

    @pytest.fixture(autouse=True)
    def _few(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(command, "evaluate_reading", partial(evaluate_reading, each=6, stacked=6))

    @pytest.fixture
    def talk(self, tmp_path: Path) -> list[str]:
        """A file of messages, one of them mistaken, and a file of names."""
        messages = lines(tmp_path / "talk.jsonl.gz", {"text": "marmalade"}, {"text": "th0nder storms, thvnder"})
        names = lines(tmp_path / "servers.jsonl", {"name": "Chess club", "channels": ["openings"]})
        return [str(messages), str(names)]

    @LANGUAGES
    def test_table(self, talk: list[str], language: Language) -> None:
        """Every class, every file and what the words mean, in both languages; goals beside figures; no message."""
        result = CliRunner().invoke(command.evaluate, ["reading", "--benign", *talk], obj=language)
        assert result.exit_code == 0
        assert result.exception is None
        for key, said in WORDS.items():
            if key.startswith(("class_", "mean_")):
                assert said[language] in result.stdout
        for expected in ("talk.jsonl.gz", "servers.jsonl", "≥ 95", "≥ 85", "≤ 100", "≤ 0"):
            assert expected in result.stdout
        for text in ("marmalade", "th0nder", "thvnder", "Chess", "openings"):
            assert text not in result.stdout
        assert "talk.jsonl.gz" in result.stderr

    def test_json(self, talk: list[str]) -> None:
        """One object for programs; the same seed gives the same figures, times aside."""
        seen = []
        for _ in range(2):
            result = CliRunner().invoke(
                command.evaluate, ["reading", "--json", "--seed", "5", "--benign", talk[0]], obj=Language.EN
            )
            record = json.loads(result.stdout)
            for paced in (record, *record["alarms"]):
                assert set(paced.pop("pace")) == {"messages_per_second", "p99_microseconds"}
            seen.append(record)
        assert seen[0] == seen[1]
        assert seen[0]["seed"] == 5
        assert len(seen[0]["recall"]["classes"]) == 39
        assert seen[0]["alarms"][0]["goal"] == {"at_most": 100.0}
        assert "marmalade" not in json.dumps(seen)

    def test_without_talk(self) -> None:
        """Recall alone needs no file."""
        report = evaluate_reading(each=3, stacked=3)
        assert (report.alarms, report.names) == ((), ())
        told = reading_table(report, Language.EN)
        assert "per million" not in told
        assert "communities" not in told

    def test_unusable(self, tmp_path: Path) -> None:
        """A file that cannot be used stops it before anything is measured."""
        result = CliRunner().invoke(
            command.evaluate, ["reading", "--benign", str(tmp_path / "none.jsonl")], obj=Language.EN
        )
        assert isinstance(result.exception, Problem)
        assert result.stdout == ""


class TestBothLanguages:
    """Neither language is forgotten."""

    @pytest.mark.parametrize("key", [key for key in WORDS if key != "column_met"])
    def test_complete(self, key: str) -> None:
        """Each sentence exists in both, with the same values; French marks keep to their word."""
        said = WORDS[key]
        assert set(said) == {"en", "fr"}
        values = [{name for _, name, _, _ in string.Formatter().parse(said[language]) if name} for language in said]
        assert values[0] == values[1]
        assert said["fr"].strip() == said["fr"] != ""
        assert not re.search(r" [:;!?»%]|« ", said["fr"])
        assert "'" not in said["fr"]
