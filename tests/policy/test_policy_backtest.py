"""What a candidate policy would have decided, beside the policy in force."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from policy_samples import SUBJECT, load, message, rule, signal

from veilleuse.language import Language
from veilleuse.policy import Policy
from veilleuse.policy.backtest import Heard, backtest
from veilleuse.policy.decision import Severity
from veilleuse.policy.diff import Change, diff


def policies(folder: Path, before: str, after: str) -> tuple[Policy, Policy]:
    """The policy in force and the candidate."""
    folders = folder / "before", folder / "after"
    for each in folders:
        each.mkdir()
    return load(folders[0], before), load(folders[1], after)


def stream(*scores: float) -> Iterator[Heard]:
    """One event a score, m0, m1…; it can be read once only."""
    for number, score in enumerate(scores):
        yield message(f"m{number}"), SUBJECT, [signal(score=score)]


class TestBacktest:
    """Both policies on the same signals."""

    def test_each_difference(self, tmp_path: Path) -> None:
        """Newly flagged, no longer flagged, changed severity and changed actions are told apart."""
        before = (
            rule("low", "wording.trade >= 0.3 && wording.trade < 0.8", "low")
            + rule("high", "wording.trade >= 0.7", "high")
            + rule("trial", "wording.trade >= 0.1", mode="shadow")
        )
        after = (
            rule("low", "wording.trade >= 0.4 && wording.trade < 0.8", "low")
            + rule("high", "wording.trade >= 0.6", "high", ["hide", "case"])
            + rule("faint", "wording.trade < 0.2", "elevated")
        )
        #                                      none→elevated, low→none, same, low→high, same severity
        result = backtest(*policies(tmp_path, before, after), stream(0.15, 0.16, 0.35, 0.5, 0.65, 0.9))
        assert result.judged == 6
        assert (result.newly.count, result.newly.examples) == (2, ["m0", "m1"])
        assert (result.no_longer.count, result.no_longer.examples) == (1, ["m2"])
        assert {change: tally.examples for change, tally in result.changed.items()} == {
            (Severity.LOW, Severity.HIGH): ["m4"]
        }
        assert result.other_actions.examples == ["m5"]
        assert (result.before.flagged, result.after.flagged) == (4, 5)
        assert result.before.severities == Counter({Severity.LOW: 3, Severity.HIGH: 1})
        assert result.after.severities == Counter({Severity.LOW: 1, Severity.ELEVATED: 2, Severity.HIGH: 2})
        assert result.before.rules == Counter({"low": 3, "high": 1})
        assert result.after.rules == Counter({"low": 2, "high": 2, "faint": 2})
        assert (result.before.shadow, result.after.shadow) == (Counter({"trial": 6}), Counter())
        assert not result.same
        assert result.say(Language.EN).splitlines() == [
            "Judged by both policies: 6. Flagged by the policy in force: 4; by the candidate: 5.",
            "Severity high: 1 → 2.",
            "Severity elevated: 0 → 2.",
            "Severity low: 3 → 1.",
            "Rule faint: 0 → 2.",
            "Rule high: 1 → 2.",
            "Rule low: 3 → 2.",
            "Rule trial, on trial: 6 → 0.",
            "Newly flagged: 2 (events m0, m1).",
            "No longer flagged: 1 (events m2).",
            "From low to high: 1 (events m4).",
            "Same severity, other actions: 1 (events m5).",
        ]

    def test_a_trial_flags_nothing(self, tmp_path: Path) -> None:
        """A rule on trial in the candidate is counted apart, and flags nothing."""
        result = backtest(*policies(tmp_path, rule(), rule() + rule("b", mode="shadow")), stream(0.7, 0.8))
        assert result.same
        assert result.after.shadow == Counter({"b": 2})
        assert "Both decide the same of every one." in result.say(Language.EN)

    def test_examples_are_bounded(self, tmp_path: Path) -> None:
        """Of many, the first few are named, and it is said that there are more."""
        before, after = policies(tmp_path, rule(when="wording.trade > 0.9"), rule())
        result = backtest(before, after, stream(*[0.7] * 50), examples=3)
        assert (result.newly.count, result.newly.examples) == (50, ["m0", "m1", "m2"])
        assert "Newly flagged: 50 (events m0, m1, m2, …)." in result.say(Language.EN)

    def test_faults_are_told(self, tmp_path: Path) -> None:
        """A candidate that cannot be worked out says so: how often, and where first."""
        broken = rule(when='wording.trade > 0.1 && (event.community == "" || int(event.community) > 3)')
        result = backtest(*policies(tmp_path, rule(), broken), stream(0.7, 0.7))
        assert [fault.event for fault in result.after.faults] == ["m0", "m1"]
        assert not result.before.faults
        assert result.say(Language.EN).splitlines()[-1] == (
            "In the candidate, rule trade could not be worked out 2 times; the first: event m0, "
            "cannot convert string to int."
        )

    def test_nothing_to_judge(self, tmp_path: Path) -> None:
        """An export without any signal compares as the same."""
        result = backtest(*policies(tmp_path, rule(), rule("b")), stream())
        assert result.same
        assert result.judged == 0

    @pytest.mark.parametrize("language", Language)
    def test_both_languages(self, tmp_path: Path, language: Language) -> None:
        """Each language says as many lines."""
        before, after = policies(tmp_path, rule(), rule(severity="low"))
        assert len(backtest(before, after, stream(0.7)).say(language).splitlines()) == 5


class TestDiff:
    """What changed between two policies."""

    def test_same(self, tmp_path: Path) -> None:
        """Where and how a rule is laid out makes no difference."""
        when = "wording.trade > 0.1 && wording.trade < 0.9"
        laid_out = "\n  wording.trade > 0.1\n  && wording.trade < 0.9"
        difference = diff(*policies(tmp_path, rule(when=when), "# moved\n\n" + rule(when=laid_out)))
        assert difference.same
        assert difference.say(Language.EN) == "Both policies hold the same rules."

    def test_each_difference(self, tmp_path: Path) -> None:
        """Rules added and removed, and each key that changed, with both values."""
        before = rule("gone") + rule("kept") + rule("other")
        after = (
            rule("other", when="wording.trade >= 0.7", severity="low", actions=["hide", "case"], mode="shadow")
            + rule("kept").replace("Because.", "Since.")
            + rule("new", severity="critical")
        )
        difference = diff(*policies(tmp_path, before, after))
        assert [each.name for each in difference.added] == ["new"]
        assert [each.name for each in difference.removed] == ["gone"]
        assert difference.changed == (
            Change("other", "when", "wording.trade >= 0.6", "wording.trade >= 0.7"),
            Change("other", "severity", "high", "low"),
            Change("other", "actions", "case", "case, hide"),
            Change("other", "mode", "live", "shadow"),
            Change("kept", "why.en", "Because.", "Since."),
        )
        assert difference.reordered
        assert difference.say(Language.EN).splitlines() == [
            "Added: new, critical, live.",
            "Removed: gone, high, live.",
            "Changed: other, when: wording.trade >= 0.6 → wording.trade >= 0.7.",
            "Changed: other, severity: high → low.",
            "Changed: other, actions: case → case, hide.",
            "Changed: other, mode: live → shadow.",
            "Changed: kept, why.en: Because. → Since..",
            "The rules they share stand in another order.",
        ]
        assert len(difference.say(Language.FR).splitlines()) == 8
