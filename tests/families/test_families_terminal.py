"""The same story in a terminal."""

import pytest
from families_samples import NOON, asking, find, first_name, message, report

from veilleuse.families import summary
from veilleuse.language import Language
from veilleuse.policy.decision import Severity

LANGUAGES = pytest.mark.parametrize("language", list(Language))


class TestSummary:
    """Short, plain, complete."""

    def test_tells_who_when_what_and_how_sure(self) -> None:
        """Each thing seen has its people, its day, raw to plain, why and how sure."""
        told = " ".join(summary(report(asking()), Language.EN).split())
        assert told.startswith("1 thing deserves your attention. 1. [SERIOUS] a message that asks for a picture")
        assert "Luna (u9) · Private conversation: Luna, Zoé · 12 November 2026 at 12:00" in told
        assert "“envoie une ph0to de toi, c'est notre secret” → “envoie une photo de toi, c'est notre secret”" in told
        assert "How sure: clear." in told

    def test_raw_plain_and_disguise_side_by_side(self) -> None:
        """Each part is one line: what is written, what it says, how it is hidden, its idea."""
        told = summary(report(first_name(), asking()), Language.EN).splitlines()
        assert "   - “ADØS” → “ados” · look-alikes in place of letters · minors" in told
        assert "   - “NXDES” → “nudes” · a letter masked · sexuality" in told
        assert "   - “secret” · written openly · secrecy" in told

    def test_many_parts(self) -> None:
        """Six parts of a text are told, the rest is counted."""
        text = "photo selfie image cliché secret toi ici"
        findings = [find(text, word, word, "image") for word in text.split()[:-1]]
        assert "- …" not in summary(report(message(text, *findings)), Language.EN)
        told = summary(report(message(text, *findings, find(text, "ici", "ici", "entry"))), Language.EN)
        assert "- … and 1 more" in told
        assert "“ici”" not in told

    def test_gravest_first_and_ten_at_most(self) -> None:
        """The gravest ten are told, from the gravest on; the rest is counted."""
        things = [asking(identifier=f"m{i}", severity=Severity.LOW) for i in range(14)]
        told = summary(report(*things, first_name()), Language.FR)
        assert "1. [TRÈS GRAVE] un nom" in told
        assert "« ADØS NXDES » → « ados nudes »" in told.replace("\u00a0", " ")
        assert "10. [À SURVEILLER]" in told
        assert "11. [" not in told
        assert "et 5 autres choses vues" in told

    @LANGUAGES
    def test_first_steps_and_numbers(self, language: Language) -> None:
        """Three steps and who to call follow what was seen."""
        told = summary(report(asking()), language)
        steps = {"en": "It is not your fault", "fr": "Ce n’est pas ta faute"}
        assert told.index("ph0to") < told.index(steps[language]) < told.index("3018 (e-Enfance), 119")

    @LANGUAGES
    def test_nothing_seen(self, language: Language) -> None:
        """Nothing seen proves nothing, here too, and numbers stay."""
        told = summary(report(), language).replace("\n", " ")
        doubt = {"en": "does not prove that nothing took place", "fr": "ne prouve pas qu’il ne s’est rien passé"}
        assert doubt[language] in told
        assert "3018" in told

    def test_damages_and_notes_last(self) -> None:
        """What could not be read and what files leave out close the story."""
        told = summary(report(asking(), damages=["a.json: cut."], notes=["Half only."]), Language.EN)
        assert told.index("3018") < told.index("- a.json: cut.") < told.index("- Half only.")

    @LANGUAGES
    def test_fits_the_width(self, language: Language) -> None:
        """No line is wider than eighty columns."""
        told = summary(report(first_name(), asking(at=NOON), damages=["x" * 500]), language)
        assert max(map(len, told.splitlines())) <= 80
