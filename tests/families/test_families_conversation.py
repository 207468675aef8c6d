"""A conversation's story: its turns where it was caught, none where it was innocent, the child never at fault."""

import re
from pathlib import Path

import msgspec
import pytest

from veilleuse.archives import Intake
from veilleuse.cli.screening import Screening
from veilleuse.cues import Idea
from veilleuse.engine import Engine
from veilleuse.evaluation.dialogues import Dialogue, Label, load_dialogues
from veilleuse.events import Account, Event
from veilleuse.families import Report, render, summary
from veilleuse.families.conversation import MOST, Conversation, tell_conversations
from veilleuse.families.wording import tell
from veilleuse.language import Language

LANGUAGES = pytest.mark.parametrize("language", list(Language))
REFUSED = {Language.FR: "trois-refus", Language.EN: "one-more-picture"}
NO_STEPS = {Idea.AGE_REPLY, Idea.REFUSAL, Idea.GUARDIAN, Idea.HELP, Idea.SHARED_LIFE, Idea.KIN}


def screened(folder: Path, language: Language, *dialogues: Dialogue) -> Report:
    """The report of an export that holds these dialogues; the first half of each is called Luna, the other Zoé."""
    events: list[Event] = []
    for d in dialogues:
        events += d.events
        for account, name in ((d.suspect, "Luna"), (d.other, "Zoé")):
            events.append(
                Account(id=f"{account}.n", at=d.messages[0].at, platform="dialogues", account=account, name=name)
            )
    path = folder / "export.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(event) + b"\n" for event in events))
    screening = Screening(Engine(), Intake([path]))
    assert all(decision.rules for decision in screening.decisions())
    return screening.report(["export.jsonl"], language)


def named(language: Language, name: str) -> Dialogue:
    """The caught dialogue of this name."""
    return next(d for d in load_dialogues(language, Label.CAUGHT) if d.name == name)


def story(folder: Path, language: Language, name: str) -> Conversation:
    """The one story of a caught dialogue."""
    (told,) = tell_conversations(screened(folder, language, named(language, name)), language)
    return told


class TestCaught:
    """A dialogue that was caught."""

    def test_turns(self, tmp_path: Path) -> None:
        """The first request and the first no passed over are told, in the order in which they came."""
        told = story(tmp_path, Language.FR, "trois-refus")
        turns = [line.turn for line in told.lines if line.turn]
        assert turns == ["première demande", "un refus ignoré"]
        assert [line.at for line in told.lines] == sorted(line.at for line in told.lines)
        assert (told.who.called, told.other and told.other.called) == ("Luna", "Zoé")

    def test_threat(self, tmp_path: Path) -> None:
        """Extortion turns with its first threat: to hold something is none before something is wanted for it."""
        told = story(tmp_path, Language.EN, "pay-or-post")
        turn, ignored = [line for line in told.lines if line.turn]
        assert (turn.turn, turn.said) == ("first threat", "threatens")
        assert ignored.turn == "a no passed over"
        at_once = story(tmp_path, Language.EN, "opening-threat")
        assert at_once.lines[0].turn == "first threat"

    def test_weeks(self, tmp_path: Path) -> None:
        """Over weeks every step has its day, and what the author came to know of the age is one of them."""
        told = story(tmp_path, Language.FR, "confiance-trois-semaines")
        assert "du 7\u00a0janvier 2026 au 28\u00a0janvier 2026" in told.opening
        assert told.lines[-1].when.startswith("28\u00a0janv.")
        assert any(line.said.endswith("a 13\u00a0ans") for line in told.lines)

    @LANGUAGES
    def test_both_outputs(self, language: Language, tmp_path: Path) -> None:
        """The page and the terminal tell the steps and how sure, in the reader's language."""
        report = screened(tmp_path, language, named(language, REFUSED[language]))
        asked, sure = tell("talk.step.image-request", language), tell("talk.turn.request", language)
        text = summary(report, language)
        assert f"{asked} ({sure})" in " ".join(text.split())
        page = render(report, language)
        assert tell("talk.title", language) in page
        assert f"<b>{sure[:1].upper()}{sure[1:]}</b>" in page

    @LANGUAGES
    def test_nearly_all_are_told(self, language: Language, tmp_path: Path) -> None:
        """Of the dialogues that should be caught nine in ten have a story, of at most twelve steps."""
        dialogues = load_dialogues(language, Label.CAUGHT)
        report = screened(tmp_path, language, *dialogues)
        told = tell_conversations(report, language)
        assert len({c.who.id for c in told}) >= 0.9 * len(dialogues)
        assert all(1 <= len(c.lines) <= MOST for c in told)
        assert [c.gravity for c in told] == sorted(c.gravity for c in told)


class TestChild:
    """The child's half is never described as doing wrong."""

    @LANGUAGES
    def test_never_quoted(self, language: Language, tmp_path: Path) -> None:
        """Nothing that the child wrote is quoted, and no story is about the child."""
        dialogues = load_dialogues(language, Label.CAUGHT)
        report = screened(tmp_path, language, *dialogues)
        suspects = {d.suspect for d in dialogues}
        written = {d.suspect: " \n ".join(" ".join(m.text.split()) for m in d.by(d.suspect)) for d in dialogues}
        for talk in report.talks:
            if talk.author in suspects:
                quoted = [step.text for step in talk.steps if step.text]
                assert all(" ".join(text.split()) in written[talk.author] for text in quoted)
        assert not {d.other for d in dialogues} & {c.who.id for c in tell_conversations(report, language)}

    @LANGUAGES
    def test_only_says_no(self, language: Language) -> None:
        """The only doing of the other that has words is a refusal, and those who asked again are named for it."""
        for kind in [idea for idea in Idea if idea not in NO_STEPS] + ["insists", "known"]:
            assert not tell(f"talk.step.{kind}", language, other="Zoé", age="13").startswith("Zoé")
        assert tell("talk.step.refusal", language, other="Zoé").startswith("Zoé")


class TestNone:
    """Where there is no story to tell."""

    @LANGUAGES
    def test_innocent(self, language: Language, tmp_path: Path) -> None:
        """An innocent dialogue of which no rule spoke has no story, on the page nor in the terminal."""
        innocent = load_dialogues(language, Label.INNOCENT)
        for dialogue in innocent[:8]:
            report = screened(tmp_path, language, dialogue)
            assert not report.seen
            assert not tell_conversations(report, language)
            assert tell("talk.title", language) not in render(report, language)

    def test_without_a_decision(self, tmp_path: Path) -> None:
        """A signal that led to nothing makes no story."""
        report = screened(tmp_path, Language.FR, named(Language.FR, "trois-refus"))
        assert report.talks
        assert not tell_conversations(msgspec.structs.replace(report, seen=[]), Language.FR)


class TestPrivate:
    """What an operator keeps private stays so."""

    def test_names_are_masked(self, tmp_path: Path) -> None:
        """Names go through the same mask as everywhere else in the report."""
        report = screened(tmp_path, Language.EN, named(Language.EN, "pay-or-post"))
        report = msgspec.structs.replace(report, conceal=lambda text: re.sub("Luna", "••••", text))
        (told,) = tell_conversations(report, Language.EN)
        assert "Luna" not in told.opening
        assert told.who.called == "••••"
