"""How conversations are measured, and how their model is refitted. The bars of the dialogues stand here, too."""

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from veilleuse.cli import main
from veilleuse.evaluation.baselines import baselines
from veilleuse.evaluation.bootstrap import estimate
from veilleuse.evaluation.conversations import ConversationReport, Row, evaluate_conversations
from veilleuse.evaluation.conversations_table import conversations_table
from veilleuse.evaluation.dialogues import Label as Sort
from veilleuse.evaluation.dialogues import all_dialogues, load_dialogues
from veilleuse.evaluation.ordinary_talk import load_talk, windows
from veilleuse.evaluation.training import collect, draw, fit, loss
from veilleuse.events import Event, Label, Message, encode
from veilleuse.language import Language, Problem
from veilleuse.signals.features import FEATURES
from veilleuse.signals.model import Model

AT = datetime(2026, 1, 7, 17, tzinfo=UTC)
PLAIN = ["ok à demain", "tu viens au match ?", "il pleut", "j'arrive", "merci !", "on mange quoi", "see you", "lol"]


@pytest.fixture(scope="module")
def ordinary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of talk written here: two people, a hundred and twenty messages."""
    path = tmp_path_factory.mktemp("talk") / "talk.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as file:
        for number in range(120):
            row = {"author": f"u{number % 2}", "text": PLAIN[number % len(PLAIN)], "at": "2026-01-02T10:00:00"}
            file.write(msgspec.json.encode(row).decode() + "\n")
    return path


@pytest.fixture(scope="module")
def report(ordinary: Path) -> ConversationReport:
    """A whole run, with few quiet pairs."""
    return evaluate_conversations([ordinary], pairs=20_000)


def rows(report: ConversationReport, figure: str) -> list[Row]:
    """The rows of one figure."""
    return [row for row in report.rows if row.figure == figure]


class TestBars:
    """What the dialogues must show; no headline figure comes from them."""

    def test_caught(self, report: ConversationReport) -> None:
        """At least nine in ten, in each language."""
        assert all(row.value >= 0.9 for row in rows(report, "caught"))

    def test_threats(self, report: ConversationReport) -> None:
        """Fast extortion is flagged by the message of the first threat with a demand."""
        assert all(row.value == 1 for row in rows(report, "threats"))

    def test_children(self, report: ConversationReport) -> None:
        """Never the other half."""
        assert all(row.value == 0 for row in rows(report, "children"))

    def test_apart(self, report: ConversationReport) -> None:
        """Of what nobody here has read the figures are told, and no goal is set."""
        told = [row for row in report.rows if row.figure.startswith("apart_")]
        assert {(row.figure, row.of) for row in told} == {
            (f"apart_{what}", language) for what in ("caught", "innocents", "children") for language in Language
        }
        assert all(row.goal is None and row.total >= 10 for row in told)

    def test_innocents(self, report: ConversationReport) -> None:
        """Of the hard innocents, at most one in fifty."""
        assert all(row.value <= row.total / 50 for row in rows(report, "innocents"))

    def test_unequal(self, report: ConversationReport) -> None:
        """Batches and restarts change nothing."""
        assert [row.value for row in rows(report, "unequal")] == [0]

    def test_memory(self, report: ConversationReport) -> None:
        """A million quiet pairs stay within 400 MB."""
        assert all(0 < row.value <= 400 for row in rows(report, "memory"))

    def test_ordinary(self, report: ConversationReport) -> None:
        """Ordinary talk is dark, and counted by author-days and windows."""
        assert [(row.value, row.total) for row in rows(report, "alarms")] == [(0, 2)]
        assert [(row.value, row.total) for row in rows(report, "windows")] == [(0, 2)]


class TestReport:
    """For people and for machines."""

    @pytest.mark.parametrize("language", list(Language))
    def test_table(self, report: ConversationReport, language: Language) -> None:
        """A line a figure, the baselines, and what is not claimed, in either language."""
        said = conversations_table(report, language)
        assert said.count("\n") > len(report.rows)
        assert "talk.jsonl.gz" in said
        assert ("n’est pas affirmé" if language is Language.FR else "Not claimed") in said

    def test_baselines(self, report: ConversationReport) -> None:
        """They find nine in ten at the price of far more innocents."""
        for baseline in report.baselines:
            assert baseline.caught >= 0.7
            assert baseline.innocents > 0.2

    def test_baselines_never_see_what_they_score(self) -> None:
        """Taking the words of a dialogue away from the others changes its own score by the hashed model only there."""
        dialogues = [*load_dialogues(Language.EN, Sort.CAUGHT)[:10], *load_dialogues(Language.EN, Sort.INNOCENT)[:10]]
        hashed = baselines(dialogues)[2]
        own = [[message.text for message in dialogue.by(dialogue.suspect)] for dialogue in dialogues]
        # Fitted on all, it knows each by heart; scored out of fold, it does not.
        known = sum(
            (hashed.scorer(texts) > 0) == (d.label is Sort.CAUGHT) for texts, d in zip(own, dialogues, strict=True)
        )
        blind = sum(
            (score > 0) == (d.label is Sort.CAUGHT) for score, d in zip(hashed.dialogues, dialogues, strict=True)
        )
        assert known > blind

    def test_bootstrap(self) -> None:
        """An interval holds its figure, and is a point where all are alike."""
        some = estimate([0.0, 1.0] * 20, lambda people: sum(people) / len(people))
        assert 0 < some.low < some.value == 0.5 < some.high < 1
        assert estimate([2.0] * 9, lambda people: sum(people) / len(people)).low == 2
        assert estimate([], lambda people: 1.0).value == 0

    def test_command(self, ordinary: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
        """A file that is no talk is named, with its line and without quoting it."""
        bad = ordinary.parent / "bad.jsonl"
        bad.write_text('{"author":"u"}\n', encoding="utf-8")
        assert main(["evaluate", "conversations", "--benign", str(bad), "--lang", "en"]) == 2
        assert b"line 1" in capfdbinary.readouterr().err


class TestOrdinaryTalk:
    """Files of ordinary talk."""

    def test_windows(self, ordinary: Path) -> None:
        """Fifty at a time; a rest counts only where it is all."""
        talk = load_talk(ordinary)
        assert talk.messages == 120
        assert [len(window) for window in windows(talk.by_author["u0"], 50)] == [50]
        assert [len(window) for window in windows(talk.by_author["u0"][:9], 50)] == [9]

    def test_missing(self) -> None:
        """A file that is not there is a problem a person can mend."""
        with pytest.raises(Problem):
            load_talk(Path("nowhere.jsonl"))


def labelled(sort: Sort, label: str) -> Iterator[Event]:
    """The French dialogues of a sort as labelled event lines."""
    for dialogue in load_dialogues(Language.FR, sort):
        channel = dialogue.messages[0].channel or ""
        yield from dialogue.events
        yield Label(
            id=f"l {dialogue.name}", at=AT, platform="dialogues", channel=channel, author=dialogue.suspect,
            label="predator" if label == "predator" else "ordinary",
        )  # fmt: skip


class TestTraining:
    """Refitting, on data that stays where it is."""

    def data(self) -> list[Event]:
        """Labelled conversations."""
        return [*labelled(Sort.CAUGHT, "predator"), *labelled(Sort.INNOCENT, "ordinary")]

    def test_fit(self) -> None:
        """The loss falls; no weight changes sign; what betrays the source is capped."""
        start = Model("start", 3.0, dict.fromkeys(FEATURES, 1.0))
        fitted = fit(self.data(), start)
        assert fitted.after < fitted.before
        assert all(0 <= weight <= 8 for weight in fitted.model.weights.values())
        assert fitted.model.weights["weight_of_talk"] <= 0.5
        assert Model.read(fitted.model.written()) == fitted.model

    def test_prefixes(self) -> None:
        """Drawn at random, the ordinary ones from the lengths of the others; the same each time."""
        cases = collect(self.data())
        samples = draw(cases, 1)
        assert samples == draw(cases, 1)
        assert {sample.predator for sample in samples} == {True, False}
        assert sum(s.weight for s in samples if s.predator) == pytest.approx(0.5)
        assert sum(s.weight for s in samples if not s.predator) == pytest.approx(0.5)

    def test_shipped_tells_apart(self) -> None:
        """The weights that ship already do better than none."""
        samples = draw(collect(self.data()), 1)
        assert loss(samples, Model.shipped()) < loss(samples, Model("none", 0.0, {}))

    def test_labels_needed(self) -> None:
        """Without both labels there is nothing to tell apart."""
        with pytest.raises(Problem):
            fit(labelled(Sort.CAUGHT, "predator"), Model.shipped())

    def test_command(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Event lines in, weights out, and nothing of what they say."""
        path, out = tmp_path / "data.jsonl", tmp_path / "model.toml"
        path.write_bytes(b"\n".join(map(encode, self.data())))
        assert main(["train", str(path), "--out", str(out), "--lang", "en"]) == 0
        assert Model.load(out).weights
        assert not any(
            message.text in out.read_text(encoding="utf-8") + capsys.readouterr().out
            for dialogue in all_dialogues()
            for message in dialogue.messages
            if len(message.text) > 20
        )

    def test_time_between(self) -> None:
        """Messages of other channels are no part of a case."""
        events: list[Event] = [
            Message(id=f"m{n}", at=AT, platform="t", channel=f"c{n % 2}", author="a", to=("b",), text="t'as quel âge ?")
            for n in range(10)
        ]  # fmt: skip
        (case,) = collect([*events, Label(id="l", at=AT, platform="t", channel="c1", author="a", label="ordinary")])
        assert case.messages == 5
