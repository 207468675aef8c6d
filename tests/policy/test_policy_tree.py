"""What an expression refers to, whatever its texts and comments say."""

import pytest
from cel_expr_python import cel  # type: ignore[import-untyped]  # has stubs, but no py.typed

from veilleuse.policy.tree import Pattern, read_tree

ENVIRONMENT = cel.NewEnv(variables={"a.one": cel.Type.DOUBLE, "a.two": cel.Type.DOUBLE, "event.kind": cel.Type.STRING})


class TestNames:
    """The variables that an expression names."""

    @pytest.mark.parametrize(
        ("source", "names"),
        [
            ("a.one > 0.5", {"a.one"}),
            (".a.one > 0.5", {"a.one"}),
            ("a.one > 0.5 && event.kind == 'a.two' // a.two", {"a.one", "event.kind"}),
            ("true || a.one > 0.5", {"a.one"}),
            ("event.kind == 'x' ? a.one > 0.5 : a.two > 0.5", {"a.one", "a.two", "event.kind"}),
            ("[[a.one], [0.1]].size() > 1", {"a.one"}),
            ("{'k': a.one, event.kind: 0.2}['k'] > 0.1", {"a.one", "event.kind"}),
            ("-a.one < 0.1 && !(a.two > 0.1)", {"a.one", "a.two"}),
            ("'é' + event.kind == 'x'", {"event.kind"}),
        ],
    )
    def test_exactly_those(self, source: str, names: set[str]) -> None:
        """Neither texts nor comments count, and nothing nested is missed."""
        assert read_tree(ENVIRONMENT.compile(source).serialize()).names == names

    def test_a_bound_name_is_not_a_variable(self) -> None:
        """What a repetition calls `a` is not the signals that begin so."""
        tree = read_tree(ENVIRONMENT.compile("[1.0].exists(a, a > 0.3) && a.two > 0.1").serialize())
        assert tree.names & {"a.one", "a.two"} == {"a.two"}


class TestPatterns:
    """The patterns it matches against."""

    @pytest.mark.parametrize(
        ("source", "pattern"),
        [
            ("event.kind.matches('x[')", Pattern("x[", 19, repeated=False)),
            ("matches(event.kind, '')", Pattern("", 20, repeated=False)),
            ("'éé' == event.kind || event.kind.matches(r'\\d')", Pattern("\\d", 41, repeated=False)),
            ("event.kind.matches('a' + 'b')", Pattern(None, 23, repeated=False)),
            ("['a'].all(x, event.kind.matches('é'))", Pattern("é", 32, repeated=True)),
        ],
    )
    def test_text_and_place(self, source: str, pattern: Pattern) -> None:
        """Each pattern comes with its place, in code points, and whether it is asked repeatedly."""
        assert read_tree(ENVIRONMENT.compile(source).serialize()).patterns == (pattern,)

    def test_several(self) -> None:
        """Patterns come in the order they are written."""
        source = "event.kind.matches('a') && (event.kind.matches('b') || event.kind.matches('c'))"
        patterns = read_tree(ENVIRONMENT.compile(source).serialize()).patterns
        assert [pattern.text for pattern in patterns] == ["a", "b", "c"]
