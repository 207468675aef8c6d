"""The `when` of a rule: an expression in CEL over signals and facts, checked before it is ever asked.

CEL has no loop without end and its patterns run in linear time (RE2), but a pattern is compiled anew each
time it is asked and an invalid one is found only then: so both are looked at here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import product
from math import prod
from typing import NamedTuple, TypeAlias, cast

from cel_expr_python import cel  # type: ignore[import-untyped]  # has stubs, but no py.typed

from veilleuse.events import Event
from veilleuse.policy.facts import FACTS, TRIALS, Fact
from veilleuse.policy.tree import Pattern, read_tree

MAX_LENGTH = 10_000
MAX_PATTERN_WEIGHT = 1_000

_FUNCTIONS = ("all", "contains", "double", "endsWith", "exists", "matches", "size", "startsWith")
_CEL_FOR = {"and": "&&", "or": "||", "not": "!", "=": "=="}

_ERROR = re.compile(r"ERROR: <input>:(-?\d+):(-?\d+): (.*?)(?= \[INVALID_ARGUMENT\]|\n|\Z)")
_UNDECLARED = re.compile(r"undeclared reference to '(.*?)'")
_OVERLOAD = re.compile(r"found no matching overload for '(.*?)' applied to '\((.*)\)'")
_TOKEN = re.compile(r"(?:input|token recognition error at:) '(\w+|=)\s*'")
_TOO_DEEP = ("recursion limit exceeded", "max recursion depth")

_STATUS = re.compile(r"^[A-Z_]+: | \[[A-Z_]+\]$")

_REPEAT = re.compile(r"\{(\d+)(?:,(\d*))?\}")
_UNICODE_CLASS = re.compile(r"\\[pP]")
_UNICODE_CLASS_WEIGHT = 300  # measured: compiling \pL costs what 300 characters do


Program: TypeAlias = cel.Expression
Activation: TypeAlias = cel.Activation


class Flaw(NamedTuple):
    """Something wrong in an expression: a sentence of messages/policy.toml, the expression's own line
    (from 1), and what the sentence needs."""

    sentence: str
    line: int
    values: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Condition:
    """A checked expression, and the signals and facts it names."""

    source: str
    signals: frozenset[str]
    facts: frozenset[str]
    program: Program = field(repr=False, compare=False)


def answer(program: Program, activation: Activation) -> bool | list[bool] | str:
    """What the program says. A text is the runtime's account of why it can say nothing."""
    try:
        said = program.eval(activation).plain_value()
    except RuntimeError as error:
        return _STATUS.sub("", str(error))
    if isinstance(said, str):
        return _STATUS.sub("", said)
    return cast("bool | list[bool]", said)  # so typed when it was compiled


class Vocabulary:
    """The words a condition may use: the declared signals, as doubles, and the facts of the event."""

    def __init__(self, signals: Iterable[str]) -> None:
        self.signals = frozenset(signals)
        self.words = tuple(sorted(self.signals)) + tuple(FACTS)
        types = dict.fromkeys(self.signals, cel.Type.DOUBLE)
        types |= {name: cel.Type.BOOL if False in TRIALS[name] else cel.Type.STRING for name in FACTS}
        self._environment = cel.NewEnv(variables=types)

    def activation(self, names: Iterable[str], event: Event, scores: Mapping[str, float]) -> Activation:
        """The values of `names` for an event; a signal that it does not carry is 0."""
        return self._activation(
            {name: FACTS[name](event) if name in FACTS else scores.get(name, 0.0) for name in names}
        )

    def _activation(self, values: Mapping[str, Fact | float]) -> Activation:
        return self._environment.Activation(values)

    def check(self, source: str) -> Condition | tuple[Flaw, ...]:
        """The condition, or all that is wrong with it."""
        if len(source) > MAX_LENGTH:
            return (Flaw("when_too_long", 1, {"length": len(source), "most": MAX_LENGTH}),)
        try:
            program = self._environment.compile(source)
        except RuntimeError as error:
            return tuple(self._explain(str(error)))
        tree = read_tree(program.serialize())
        condition = Condition(source, tree.names & self.signals, tree.names.intersection(FACTS), program)
        return tuple(self._faults(condition, tree.patterns)) or condition

    def join(self, conditions: Sequence[Condition]) -> Program | None:
        """One program whose answer is the list of theirs, or None where the runtime finds it too much."""
        # A condition may end in a comment, which the line break closes.
        source = ",".join(f"({condition.source}\n)" for condition in conditions)
        try:
            return self._environment.compile(f"[{source}]")
        except RuntimeError:
            return None

    def _explain(self, error: str) -> Iterator[Flaw]:
        if any(mark in error for mark in _TOO_DEEP):
            yield Flaw("when_too_deep", 1)
            return
        messages = list(dict.fromkeys(_ERROR.findall(error))) or [("1", "1", error)]
        for line, column, message in messages:
            yield self._translate(int(line), int(column), message)
            if message.startswith("Syntax error"):  # those that follow come of the first
                return

    def _translate(self, line: int, column: int, message: str) -> Flaw:
        if found := _UNDECLARED.search(message):
            return self._unknown(line, found[1])
        if found := _OVERLOAD.search(message):
            operator, types = found[1].strip("_@").replace("_", " "), found[2]
            sentence = "when_integer" if set(types.split(", ")) == {"double", "int"} else "when_types"
            return Flaw(sentence, line, {"operator": operator, "types": types})
        if (found := _TOKEN.search(message)) and (cel_word := _CEL_FOR.get(found[1])):
            return Flaw("when_word", line, {"word": found[1], "instead": cel_word})
        if "<EOF>' expecting" in message or message.endswith("at '<EOF>'"):
            return Flaw("when_unfinished", line)
        reason = message.removeprefix("Syntax error: ").partition(" expecting")[0]
        return Flaw("when_syntax", line, {"column": column, "reason": reason})

    def _unknown(self, line: int, name: str) -> Flaw:
        if near := get_close_matches(name, (*self.words, *_FUNCTIONS), 1):
            return Flaw("when_unknown_near", line, {"name": name, "near": near[0]})
        return Flaw("when_unknown", line, {"name": name, "known": ", ".join(self.words)})

    def _faults(self, condition: Condition, patterns: Sequence[Pattern]) -> Iterator[Flaw]:
        answers = condition.program.return_type()
        if answers != cel.Type.BOOL:
            yield Flaw("when_not_yes_or_no", 1, {"type": answers.name()})
        elif not condition.signals:
            yield Flaw("when_no_signal", 1, {"known": ", ".join(sorted(self.signals))})
        else:
            flaws = tuple(self._pattern_flaws(condition.source, patterns))
            yield from flaws or self._trial(condition)

    def _pattern_flaws(self, source: str, patterns: Sequence[Pattern]) -> Iterator[Flaw]:
        weight = 0
        for text, offset, repeated in patterns:
            line = source.count("\n", 0, offset) + 1
            if text is None:
                yield Flaw("pattern_computed", line)
            elif repeated:
                yield Flaw("pattern_repeated", line, {"pattern": text})
            elif (weight := weight + _weight(text)) > MAX_PATTERN_WEIGHT:
                yield Flaw("pattern_heavy", line, {"pattern": text})
            elif error := self._pattern_error(text):
                yield Flaw("pattern_invalid", line, {"pattern": text, "reason": error})

    def _pattern_error(self, pattern: str) -> str | None:
        program = self._environment.compile(f"event.kind.matches({_quoted(pattern)})")
        said = answer(program, self._activation({"event.kind": ""}))
        return said.rpartition("expression: ")[2] if isinstance(said, str) else None

    def _trial(self, condition: Condition) -> Iterator[Flaw]:
        """Asks it about every kind of event, its texts empty, its signals at 0 and at 1."""
        facts = sorted(condition.facts)
        for score, *values in product((0.0, 1.0), *(TRIALS[fact] for fact in facts)):
            activation = self._activation(
                dict.fromkeys(condition.signals, score) | dict(zip(facts, values, strict=True))
            )
            if isinstance(said := answer(condition.program, activation), str):
                yield Flaw("when_fails", 1, {"reason": said})
                return


def _weight(pattern: str) -> int:
    """A bound, in characters, on the program RE2 makes of it: `(a{10}){10}` is `a` a hundred times."""
    size = len(pattern) + _UNICODE_CLASS_WEIGHT * len(_UNICODE_CLASS.findall(pattern))
    counts = (high or low for low, high in _REPEAT.findall(pattern))
    return size * prod(max(1, int(count)) if len(count) < 5 else MAX_PATTERN_WEIGHT for count in counts)


def _quoted(text: str) -> str:
    """A CEL literal."""
    return '"' + "".join(f"\\U{ord(char):08x}" for char in text) + '"'
