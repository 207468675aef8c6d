"""The policy that ships."""

from collections.abc import Mapping

import pytest
from policy_samples import AT, SUBJECT, message, signal

from veilleuse.events import Account, Community, Event
from veilleuse.language import Language
from veilleuse.policy import Action, Decision, Policy, PolicyProblem, Severity
from veilleuse.signals import NAMES

POLICY = Policy.default(NAMES)
COMMUNITY = Community(id="c1", at=AT, platform="listing", community="g1", name="any")
ACCOUNT = Account(id="a1", at=AT, platform="discord", account="u1", name="any")
MESSAGE = message()


def decide(event: Event, scores: Mapping[str, float]) -> Decision | None:
    """What the shipped policy decides of these scores."""
    return POLICY.decide(event, SUBJECT, [signal(name, score) for name, score in scores.items()])


class TestDefault:
    """Sober: it acts from 0.6, on what can be undone, and puts all before a person."""

    @pytest.mark.parametrize(
        ("event", "scores", "severity", "actions"),
        [
            (COMMUNITY, {"name.sexualised_minor": 0.6}, "high", ["case", "quarantine"]),
            (ACCOUNT, {"name.sexualised_minor": 0.9}, "high", ["case"]),
            (
                COMMUNITY,
                {"name.sexualised_minor": 0.7, "name.paid_access": 0.7},
                "critical",
                ["case", "alert", "quarantine"],
            ),
            (
                COMMUNITY,
                {"name.sexualised_minor": 0.7, "name.entry_toll": 0.7},
                "critical",
                ["case", "alert", "quarantine"],
            ),
            (
                ACCOUNT,
                {"name.sexualised_minor": 0.7, "name.entry_toll": 0.7},
                "critical",
                ["case", "alert", "timeout"],
            ),
            (COMMUNITY, {"name.entry_toll": 0.7}, "elevated", ["case"]),
            (COMMUNITY, {"name.paid_access": 0.6, "name.sexualised_minor": 0.5}, "elevated", ["case"]),
            (COMMUNITY, {"community.catalogue": 0.7}, "high", ["case", "quarantine"]),
            (MESSAGE, {"wording.sexualised_minor": 0.6}, "high", ["case", "hide"]),
            (MESSAGE, {"wording.trade": 0.6}, "high", ["case", "hide"]),
            (MESSAGE, {"wording.solicits_image": 0.6}, "high", ["case", "hold"]),
            (MESSAGE, {"wording.threat_to_leak": 0.6}, "high", ["case", "hold"]),
            (MESSAGE, {"wording.threat_to_leak": 0.8}, "critical", ["case", "alert", "hold"]),
            (MESSAGE, {"grooming.pattern": 0.6}, "high", ["case", "slow"]),
            (MESSAGE, {"grooming.pattern": 0.85}, "critical", ["case", "alert", "hold", "slow"]),
            (MESSAGE, {"grooming.image_request_to_minor": 0.6}, "high", ["case", "hold"]),
            (MESSAGE, {"grooming.isolation": 0.6}, "high", ["case"]),
            (MESSAGE, {"extortion.threat": 0.6}, "critical", ["case", "alert", "hold"]),
            (MESSAGE, {"extortion.pattern": 0.6}, "critical", ["case", "alert", "hold", "timeout"]),
            (MESSAGE, {"contact.one_to_many": 0.6}, "elevated", ["case", "slow"]),
            (MESSAGE, {"contact.age_gap": 0.6}, "high", ["case", "slow"]),
            (MESSAGE, {"identity.age_contradiction": 0.6}, "elevated", ["case"]),
            (MESSAGE, {"contact.stranger_move": 0.6}, "elevated", ["case"]),
        ],
    )
    def test_what_is_clear(self, event: Event, scores: dict[str, float], severity: str, actions: list[str]) -> None:
        """Each signal, alone or composed, has its severity and its actions."""
        decision = decide(event, scores)
        assert decision
        assert (decision.severity, list(decision.actions)) == (severity, actions)

    @pytest.mark.parametrize("name", NAMES)
    @pytest.mark.parametrize("score", [0.45, 0.59])
    def test_what_is_doubtful(self, name: str, score: float) -> None:
        """What is doubtful is noted in shadow and nothing is done."""
        decision = decide(COMMUNITY if not name.startswith("wording") else MESSAGE, {name: score})
        assert decision
        assert decision.severity is None
        assert len(decision.shadow) == 1

    @pytest.mark.parametrize("name", NAMES)
    def test_what_is_faint(self, name: str) -> None:
        """Below 0.45 no rule speaks, not even on trial."""
        assert decide(MESSAGE, {name: 0.44}) is None

    def test_every_signal_is_watched_by_a_live_rule(self) -> None:
        """No detector of this release speaks to nobody."""
        live = (rule.signals for rule in POLICY.rules if rule.mode == "live")
        assert frozenset[str]().union(*live) == set(NAMES)

    def test_every_live_rule_reaches_a_person(self) -> None:
        """Promise 2: nothing is done without a case."""
        assert all(Action.CASE in rule.actions for rule in POLICY.rules)

    def test_reasons_are_sentences_in_both_languages(self) -> None:
        """Each reason is its own sentence, said natively."""
        for language in Language:
            reasons = [rule.why[language] for rule in POLICY.rules]
            assert len(set(reasons)) == len(reasons)
            assert all(reason.endswith(".") for reason in reasons)
        assert all(rule.why[Language.FR] != rule.why[Language.EN] for rule in POLICY.rules)

    def test_a_missing_signal_is_named(self) -> None:
        """Where a signal it stands on is not declared, the default policy is refused like any other."""
        with pytest.raises(PolicyProblem, match=r"default\.toml:\d+: .*community\.catalogue"):
            Policy.default([name for name in NAMES if name != "community.catalogue"])

    def test_severities_in_order(self) -> None:
        """From the least grave to the gravest."""
        assert sorted(Severity, key=lambda severity: severity.rank) == ["low", "elevated", "high", "critical"]
