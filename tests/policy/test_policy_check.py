"""What `policy check` says."""

from pathlib import Path

import pytest
from policy_samples import SIGNALS, rule, write

from veilleuse.language import Language
from veilleuse.policy import Policy
from veilleuse.policy.check import check


class TestCheck:
    """Faults and a summary, whatever the files."""

    def test_sound(self, tmp_path: Path) -> None:
        """A sound policy: how many rules, what is on trial, what is watched and what is not."""
        trial = rule("trial", "name.entry_toll > 0.5", mode="shadow")
        path = write(tmp_path, rule() + rule("b", "name.paid_access > 0.5") + trial)
        checked = check([path], SIGNALS)
        assert checked.sound
        assert len(checked.rules) == 3
        assert checked.shadow == ("trial",)
        assert checked.watched == {"wording.trade", "name.paid_access"}
        unwatched = set(SIGNALS) - checked.watched
        assert checked.unwatched == unwatched
        assert checked.say(Language.EN).splitlines() == [
            "The policy is sound. Rules: 3.",
            "On trial, without effect: trial.",
            "Signals watched: name.paid_access, wording.trade.",
            f"Declared signals that no live rule watches: {', '.join(sorted(unwatched))}.",
        ]

    def test_faulty(self, tmp_path: Path) -> None:
        """Faults come first, those of every file, and the sound rules are still counted."""
        path = write(tmp_path, rule() + rule("b", "wording.trad > 0.5"))
        checked = check([tmp_path / "absent.toml", path], SIGNALS)
        assert not checked.sound
        lines = checked.say(Language.EN).splitlines()
        assert lines[0].startswith(f"{tmp_path / 'absent.toml'}: ")
        assert lines[1].startswith(f"{path}:12: ")
        assert lines[2] == "Faults found: 2. Sound rules: 1."

    def test_no_file(self) -> None:
        """Nothing to check is a fault, not a sound policy."""
        assert not check([], SIGNALS).sound

    def test_agrees_with_load(self, tmp_path: Path) -> None:
        """What is sound when checked is what loads."""
        path = write(tmp_path, rule() + rule("b"))
        assert Policy.load([path], SIGNALS).rules == check([path], SIGNALS).rules

    @pytest.mark.parametrize("language", Language)
    def test_both_languages(self, tmp_path: Path, language: Language) -> None:
        """Each language says as many lines."""
        path = write(tmp_path, rule() + rule("b", "wording.trad > 0.5") + rule("c", mode="shadow"))
        assert len(check([path], SIGNALS).say(language).splitlines()) == 4
