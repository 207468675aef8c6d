"""Expressions of every sort, checked before they are asked."""

from hypothesis import given, settings
from hypothesis import strategies as st
from policy_samples import SIGNALS, message

from veilleuse.language import Language, Problem
from veilleuse.policy.condition import Condition, Vocabulary, answer

VOCABULARY = Vocabulary(SIGNALS)
SIGNS = (*"()[]{}?:!,.+-*/%=<>\n\0é“", "&&", "||", ">=", "==", "!=", "//", "in", "and")
VALUES = ("0.5", "1", "1u", "'a'", "r'['", "b'a'", "true", "null", "x", "rating", *VOCABULARY.words)
CALLS = ("has", "size", "matches", "startsWith", "exists", "all", "map", "int", "double", "dyn", "timestamp")
words = st.lists(st.sampled_from(SIGNS + VALUES + CALLS), max_size=10).map(" ".join)


class TestCheck:
    """An expression is either sound or explained."""

    @settings(deadline=None, max_examples=300)
    @given(st.text(max_size=40) | words | words.map("wording.trade > 0.5 || {}".format))
    def test_any_text(self, source: str) -> None:
        """Any text ends in flaws that say themselves in both languages, or in a condition that answers."""
        checked = VOCABULARY.check(source)
        if isinstance(checked, Condition):
            assert checked.signals
            names = checked.signals | checked.facts
            said = answer(checked.program, VOCABULARY.activation(names, message(community=None), {}))
            assert isinstance(said, bool)
            return
        assert checked
        for flaw in checked:
            assert 1 <= flaw.line <= source.count("\n") + 1
            problem = Problem(f"policy.{flaw.sentence}", where="x", rule="x", **flaw.values)
            assert all(problem.say(language) for language in Language)

    def test_what_it_names(self) -> None:
        """A condition knows its signals and its facts."""
        condition = VOCABULARY.check("wording.trade > 0.5 && event.private && !(event.kind == 'name.paid_access')")
        assert isinstance(condition, Condition)
        assert condition.signals == {"wording.trade"}
        assert condition.facts == {"event.private", "event.kind"}

    def test_trials_cover_every_kind(self) -> None:
        """A fault that only one kind of event brings out is found when the rule is checked."""
        source = "wording.trade > 0.5 && event.kind == 'label' && event.private && 1 / 0 > 0"
        checked = VOCABULARY.check(source)
        assert not isinstance(checked, Condition)
        assert [flaw.sentence for flaw in checked] == ["when_fails"]
