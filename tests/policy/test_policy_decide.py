"""What a policy decides about one event."""

import logging
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from operator import ge, gt, le, lt
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from policy_samples import AT, SIGNALS, SUBJECT, load, message, rule, signal

from veilleuse.events import Account, Community, Event, Media, MemberJoined
from veilleuse.policy import Action, Decision, Policy, RuleFault, Severity

LONG_LOOP = "[{}].all(x, [{}].all(y, [{}].all(z, x + y + z >= 0)))".format(*[", ".join(map(str, range(30)))] * 3)
"""27,000 turns: beyond the budget of the runtime."""

# True where there is no community, beyond working out where one has no number for a name.
FAULTS_ON_WORDS = '(event.community == "" || int(event.community) > 3)'


def decide(policy: Policy, *names_and_scores: tuple[str, float], event: Event | None = None) -> Decision | None:
    """The decision, where no fault is expected."""
    faults: list[RuleFault] = []
    heard = [signal(name, score) for name, score in names_and_scores]
    decision = policy.decide(event or message(), SUBJECT, heard, faults.append)
    assert not faults
    return decision


class TestDecision:
    """How rules make a decision."""

    def test_nothing_carried(self, tmp_path: Path) -> None:
        """An event without signals is not decided, even where a rule is true of nothing."""
        assert decide(load(tmp_path, rule(when="wording.trade < 0.5"))) is None

    def test_no_rule_spoke(self, tmp_path: Path) -> None:
        """A signal too weak for every rule makes no decision."""
        assert decide(load(tmp_path, rule()), ("wording.trade", 0.59)) is None

    def test_gravest_severity_union_of_actions_order_of_rules(self, tmp_path: Path) -> None:
        """The gravest severity wins, actions are united in their own order, rules stay in the policy's."""
        policy = load(
            tmp_path,
            rule("low", "wording.trade > 0.1", "low", ["slow", "case"]),
            rule("quiet", "wording.trade > 0.9", "critical", ["timeout", "case"]),
            rule("grave", "name.paid_access > 0.1 && wording.trade > 0.1", "critical", ["quarantine", "case"]),
            rule("middle", "wording.trade > 0.2", "elevated", ["alert"]),
        )
        signals = [signal("wording.trade", 0.7), signal("name.paid_access", 0.3)]
        assert policy.decide(message("m7"), SUBJECT, signals) == Decision(
            event="m7",
            at=AT,
            subject=SUBJECT,
            severity=Severity.CRITICAL,
            rules=("low", "grave", "middle"),
            actions=(Action.CASE, Action.ALERT, Action.SLOW, Action.QUARANTINE),
            signals=tuple(signals),
        )

    def test_shadow_is_heard_apart(self, tmp_path: Path) -> None:
        """A rule on trial has no part in severity or actions."""
        policy = load(
            tmp_path,
            rule("trial", severity="critical", actions=["hide", "case"], mode="shadow"),
            rule("live", severity="low"),
        )
        decision = decide(policy, ("wording.trade", 0.7))
        assert decision
        assert (decision.severity, decision.rules, decision.actions, decision.shadow) == (
            Severity.LOW,
            ("live",),
            (Action.CASE,),
            ("trial",),
        )

    def test_only_shadow(self, tmp_path: Path) -> None:
        """Where only rules on trial spoke, there is no severity and nothing is done."""
        decision = decide(load(tmp_path, rule(mode="shadow")), ("wording.trade", 0.7))
        assert decision
        assert (decision.severity, decision.rules, decision.actions, decision.shadow) == (
            None,
            (),
            (),
            ("trade",),
        )

    def test_the_strongest_of_a_name(self, tmp_path: Path) -> None:
        """Of two signals of one name, the stronger counts, whichever comes first."""
        policy = load(tmp_path, rule())
        for scores in permutations([0.3, 0.7]):
            assert decide(policy, *(("wording.trade", score) for score in scores))

    def test_files_are_read_in_order(self, tmp_path: Path) -> None:
        """Two files make one policy."""
        (tmp_path / "b").mkdir()
        first, second = load(tmp_path, rule("zeta")), load(tmp_path / "b", rule("alpha"))
        policy = Policy.load([Path(each.rules[0].file) for each in (first, second)], SIGNALS)
        decision = decide(policy, ("wording.trade", 0.7))
        assert decision
        assert decision.rules == ("zeta", "alpha")

    def test_declared_signals_may_be_a_mapping(self, tmp_path: Path) -> None:
        """The names are what counts, whatever they are mapped to."""
        path = Path(load(tmp_path, rule()).rules[0].file)
        assert decide(Policy.load([path], dict.fromkeys(SIGNALS, float)), ("wording.trade", 0.7))

    def test_comments_and_lines(self, tmp_path: Path) -> None:
        """A rule that ends in a comment does not swallow its neighbours."""
        policy = load(tmp_path, rule("a", "wording.trade > 0.1 // )"), rule("b", "wording.trade > 0.2 //"))
        decision = decide(policy, ("wording.trade", 0.7))
        assert decision
        assert decision.rules == ("a", "b")

    def test_at_the_depth_limit(self, tmp_path: Path) -> None:
        """A rule so deep that it can be asked only alone is still heard, with its neighbours."""
        depth = 31
        deep = "(" * depth + "wording.trade > 0.1" + ")" * depth
        policy = load(tmp_path, rule("a"), rule("deep", deep), rule("c"), rule("deeper", f"!{deep}"))
        decision = decide(policy, ("wording.trade", 0.7))
        assert decision
        assert decision.rules == ("a", "deep", "c")

    def test_from_several_threads(self, tmp_path: Path) -> None:
        """One policy serves several threads, each getting what it would get alone."""
        policy = load(tmp_path, *(rule(f"r{n}", f"wording.trade >= 0.{n:02}") for n in range(1, 100)))
        scores = [n / 200 for n in range(200)] * 3

        def count(score: float) -> int:
            decision = decide(policy, ("wording.trade", score))
            return len(decision.rules) if decision else 0

        with ThreadPoolExecutor(4) as pool:
            assert list(pool.map(count, scores)) == [count(score) for score in scores]


class TestFacts:
    """What a rule may ask of the event."""

    @pytest.mark.parametrize(
        ("event", "true"),
        [
            (message(), 'event.kind == "message" && event.platform == "discord" && event.community == "g1"'),
            (message(community=None), 'event.community == "" && event.channel == ""'),
            (message(community=None, to=("u2",)), "event.private"),
            (message(to=("u2",)), "!event.private"),
            (message(community=None), "!event.private"),
            (
                Media(id="x", at=AT, platform="matrix", author="u1", type="image", to=("u2",), channel="c"),
                'event.kind == "media" && event.private && event.channel == "c"',
            ),
            (
                Community(id="x", at=AT, platform="listing", community="g9"),
                'event.kind == "community" && event.community == "g9" && !event.private',
            ),
            (
                Account(id="x", at=AT, platform="p", account="u"),
                'event.kind == "account" && event.community == ""',
            ),
            (
                MemberJoined(id="x", at=AT, platform="p", community="g", account="u"),
                'event.kind == "member_joined"',
            ),
            (message(community="\ud800é"), 'event.community == "\ufffdé"'),
            (message(community="g1\0b"), 'event.community != "g1" && event.community.endsWith("b")'),
        ],
    )
    def test_each(self, tmp_path: Path, event: Event, true: str) -> None:
        """Texts are empty where the event has none; lone surrogates and NUL do no harm."""
        policy = load(tmp_path, rule("yes", f"wording.trade > 0.1 && {true}"))
        assert decide(policy, ("wording.trade", 0.7), event=event)


class TestFaults:
    """A rule that cannot be worked out harms no other."""

    def test_an_error_is_told_and_the_others_are_heard(self, tmp_path: Path) -> None:
        """Neighbours in the same group and in other groups speak; the fault names the rule and the event."""
        policy = load(
            tmp_path,
            rule("before"),
            rule("broken", f"wording.trade > 0.6 && {FAULTS_ON_WORDS}"),
            rule("after"),
            rule("elsewhere", "wording.trade > 0.6 || name.paid_access > 0.6"),
        )
        faults: list[RuleFault] = []
        decision = policy.decide(message("m3"), SUBJECT, [signal()], faults.append)
        assert decision
        assert decision.rules == ("before", "after", "elsewhere")
        assert faults == [RuleFault("broken", "m3", "cannot convert string to int")]

    def test_the_same_rule_may_speak_elsewhere(self, tmp_path: Path) -> None:
        """A fault at one event has no part in the next."""
        policy = load(tmp_path, rule("broken", f"wording.trade > 0.6 && {FAULTS_ON_WORDS}"))
        faults: list[RuleFault] = []
        assert policy.decide(message(), SUBJECT, [signal()], faults.append) is None
        assert policy.decide(message(community="17"), SUBJECT, [signal()], faults.append)
        assert len(faults) == 1

    def test_the_iteration_budget(self, tmp_path: Path) -> None:
        """A rule that turns too long is stopped by the runtime, alone."""
        policy = load(
            tmp_path,
            rule("before"),
            rule("long", f'wording.trade > 0.6 && event.platform == "discord" && {LONG_LOOP}'),
            rule("after"),
        )
        faults: list[RuleFault] = []
        decision = policy.decide(message(), SUBJECT, [signal()], faults.append)
        assert decision
        assert decision.rules == ("before", "after")
        assert faults == [RuleFault("long", "m1", "Iteration budget exceeded")]

    def test_a_budget_shared_is_not_a_budget_spent(self, tmp_path: Path) -> None:
        """Rules that are each within the budget are all heard, though together they exceed it."""
        turns = ", ".join(["1"] * 150)
        policy = load(
            tmp_path,
            *(rule(f"r{n}", f"wording.trade > 0.{n:02} && [{turns}].all(x, x > 0)") for n in range(1, 100)),
        )
        decision = decide(policy, ("wording.trade", 0.985))
        assert decision
        assert len(decision.rules) == 98

    def test_faults_come_in_the_order_of_the_policy(self, tmp_path: Path) -> None:
        """Whatever the groups, faults are told in the order of their rules."""
        policy = load(
            tmp_path,
            rule("a", f"wording.trade > 0.1 && {FAULTS_ON_WORDS}"),
            rule("b", f"name.paid_access >= 0.0 && {FAULTS_ON_WORDS}"),
            rule("c", f"wording.trade > 0.2 && {FAULTS_ON_WORDS}"),
        )
        faults: list[RuleFault] = []
        policy.decide(message(), SUBJECT, [signal("name.paid_access"), signal()], faults.append)
        assert [fault.rule for fault in faults] == ["a", "b", "c"]

    def test_without_a_listener_faults_are_logged(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        """No fault is lost where nobody keeps a list."""
        policy = load(tmp_path, rule("broken", f"wording.trade > 0.6 && {FAULTS_ON_WORDS}"))
        with caplog.at_level(logging.WARNING):
            policy.decide(message("m3"), SUBJECT, [signal()])
        assert "rule broken, event m3: cannot convert string to int" in caplog.text


@pytest.fixture(scope="module")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Policy:
    """A thousand rules over ten signals, each of which faults when asked: faults count the asking."""
    return load(
        tmp_path_factory.mktemp("thousand"),
        *(rule(f"r{n}", f"many.s{n % 10} >= 0.0 && {FAULTS_ON_WORDS}") for n in range(1000)),
        signals=[f"many.s{n}" for n in range(10)],
    )


class TestOnlyWhatIsCarried:
    """A rule is asked only about events that carry a signal it names, and once."""

    @pytest.mark.parametrize("carried", [(), (3,), (3, 7), (9, 0, 5)])
    def test_a_thousand_rules(self, thousand: Policy, carried: tuple[int, ...]) -> None:
        """Of a thousand rules, those asked are the hundred that name each signal carried."""
        asked: list[RuleFault] = []
        heard = [signal(f"many.s{n}") for n in carried]
        thousand.decide(message(), SUBJECT, heard, asked.append)
        assert [fault.rule for fault in asked] == [f"r{n}" for n in range(1000) if n % 10 in carried]

    def test_two_signals_one_asking(self, tmp_path: Path) -> None:
        """A rule that names both signals an event carries is asked once."""
        policy = load(tmp_path, rule("both", f"wording.trade + name.paid_access > 0.1 && {FAULTS_ON_WORDS}"))
        asked: list[RuleFault] = []
        policy.decide(message(), SUBJECT, [signal(), signal("name.paid_access")], asked.append)
        assert len(asked) == 1

    def test_a_name_in_a_text_is_no_trigger(self, tmp_path: Path) -> None:
        """A signal named only in a text or a comment does not wake the rule."""
        when = 'wording.trade < 0.5 && event.community != "name.paid_access" // name.paid_access'
        assert decide(load(tmp_path, rule(when=when)), ("name.paid_access", 0.9)) is None


class Comparison(NamedTuple):
    """One test of one signal, or a clause that cannot be worked out."""

    name: str
    operator: str
    threshold: float

    def source(self) -> str:
        """As CEL."""
        return f"{self.name} {self.operator} {self.threshold!r}"

    def holds(self, scores: dict[str, float]) -> bool:
        """As Python."""
        compare = {">=": ge, ">": gt, "<": lt, "<=": le}[self.operator]
        return bool(compare(scores.get(self.name, 0.0), self.threshold))


class Drawn(NamedTuple):
    """A rule drawn at random: comparisons joined by && or ||, and perhaps a fault that && can reach."""

    parts: tuple[Comparison, ...]
    joint: str
    faulty: bool

    def source(self) -> str:
        """As CEL."""
        whole = f" {self.joint} ".join(part.source() for part in self.parts)
        return f"({whole}) && {FAULTS_ON_WORDS}" if self.faulty else whole

    def woken(self, scores: dict[str, float]) -> bool:
        """Whether the event carries a signal it names."""
        return any(part.name in scores for part in self.parts)

    def holds(self, scores: dict[str, float]) -> bool:
        """What it says, its fault aside."""
        join = all if self.joint == "&&" else any
        return join(part.holds(scores) for part in self.parts)


scores_drawn = st.sampled_from([n / 20 for n in range(21)])
comparisons = st.builds(Comparison, st.sampled_from(SIGNALS[:4]), st.sampled_from([">=", ">", "<", "<="]), scores_drawn)
drawn_rules = st.builds(
    Drawn,
    st.lists(comparisons, min_size=1, max_size=3).map(tuple),
    st.sampled_from(["&&", "||"]),
    st.sampled_from([False, False, False, True]),
)


class TestGroups:
    """Rules asked together say what they say one by one."""

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        rules=st.lists(drawn_rules, min_size=1, max_size=12),
        events=st.lists(st.dictionaries(st.sampled_from(SIGNALS[:5]), scores_drawn), max_size=4),
    )
    def test_as_if_one_by_one(self, tmp_path: Path, rules: list[Drawn], events: list[dict[str, float]]) -> None:
        """For any rules and any scores, those that speak and those that fault are what Python finds alone."""
        policy = load(tmp_path, *(rule(f"r{n}", drawn.source()) for n, drawn in enumerate(rules)))
        for scores in events:
            faults: list[RuleFault] = []
            heard = [signal(name, score) for name, score in scores.items()]
            decision = policy.decide(message(), SUBJECT, heard, faults.append)
            true = [(f"r{n}", drawn) for n, drawn in enumerate(rules) if drawn.woken(scores) and drawn.holds(scores)]
            assert (decision.rules if decision else ()) == tuple(name for name, drawn in true if not drawn.faulty)
            assert [fault.rule for fault in faults] == [name for name, drawn in true if drawn.faulty]

    def test_more_rules_than_one_program_holds(self, tmp_path: Path) -> None:
        """Beyond a hundred rules of the same signals, none is lost and the order is kept."""
        policy = load(tmp_path, *(rule(f"r{n}", f"wording.trade >= {n / 250!r}") for n in range(250)))
        decision = decide(policy, ("wording.trade", 0.8))
        assert decision
        assert decision.rules == tuple(f"r{n}" for n in range(201))

    def test_rules_too_long_for_one_program(self, tmp_path: Path) -> None:
        """Rules that together exceed what the runtime reads at once are asked in smaller parts."""
        listed = ", ".join(f'"{n:018}"' for n in range(400))
        policy = load(
            tmp_path,
            *(rule(f"r{n}", f"wording.trade >= {n / 20!r} && !(event.community in [{listed}])") for n in range(20)),
        )
        decision = decide(policy, ("wording.trade", 0.5))
        assert decision
        assert decision.rules == tuple(f"r{n}" for n in range(11))
