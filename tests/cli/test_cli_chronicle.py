"""The notes a screening takes of conversations."""

from collections.abc import Sequence

import pytest

from veilleuse.cli.chronicle import Chronicle
from veilleuse.engine import Engine
from veilleuse.evaluation.dialogues import Dialogue, Label, load_dialogues
from veilleuse.families.report import Talk
from veilleuse.language import Language

DIALOGUES = load_dialogues(Language.FR, Label.CAUGHT)[10:20]


def noted(dialogues: Sequence[Dialogue], size: int = 1000, most: int = 100) -> tuple[Talk, ...]:
    """What is noted of these dialogues, heard in batches of a size."""
    chronicle, engine = Chronicle(most), Engine()
    engine.witness = chronicle.note
    events = [event for dialogue in dialogues for event in dialogue.events]
    for start in range(0, len(events), size):
        engine.process(events[start : start + size])
    assert not engine.dead_letters
    return chronicle.talks()


class TestChronicle:
    """Steps, with their times."""

    @pytest.mark.parametrize("size", [1, 7])
    def test_batches(self, size: int) -> None:
        """The notes are the same whatever the size of the batches."""
        assert noted(DIALOGUES, size) == noted(DIALOGUES)

    def test_dates(self) -> None:
        """Every step lies between the first message and the last of the dialogue, and quotes its author."""
        for dialogue in DIALOGUES:
            for talk in noted([dialogue]):
                assert talk.first <= talk.last
                for step in talk.steps:
                    assert dialogue.messages[0].at <= step.at <= dialogue.messages[-1].at
                    assert any(step.text in message.text for message in dialogue.by(talk.author))

    def test_a_refusal_is_the_other_half(self) -> None:
        """Three refusals are noted, and that the author went on after them."""
        (dialogue,) = [d for d in load_dialogues(Language.FR, Label.CAUGHT) if d.name == "trois-refus"]
        (talk,) = noted([dialogue])
        steps = {step.kind: step for step in talk.steps}
        assert talk.opened
        assert steps["refusal"].times == 3
        assert steps["image-request"].at < steps["refusal"].at < steps["insists"].at

    def test_bounded(self) -> None:
        """Of more conversations than it may hold, those longest without a word are forgotten."""
        assert [talk.author for talk in noted(DIALOGUES, most=1)] == [noted(DIALOGUES)[-1].author]

    def test_witness_changes_nothing(self) -> None:
        """Decisions are the same with a witness and without."""
        events = [event for dialogue in DIALOGUES for event in dialogue.events]
        watched = Engine()
        watched.witness = Chronicle().note
        assert watched.process(events) == Engine().process(events)
