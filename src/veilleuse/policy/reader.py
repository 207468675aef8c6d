"""Policy files in, rules out, or everything that is wrong with them."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from veilleuse.language import Language, Problem
from veilleuse.policy.condition import Condition, Flaw, Vocabulary
from veilleuse.policy.decision import Action, Severity
from veilleuse.policy.lines import Place, find_places
from veilleuse.policy.problem import PolicyProblem
from veilleuse.policy.rule import Mode, Rule

_START = Place(1, 1)
_KEYS = ("name", "when", "severity", "actions", "mode", "why")
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TOML_LINE = re.compile(r"at line (\d+)")

# Promise 2 of the design: none of these can be undone, so none is a machine's to take.
_IRREVERSIBLE = frozenset({"ban", "close", "delete", "expel", "kick", "report", "reveal", "suspend"})
_EFFECTS = frozenset(Action) - {Action.CASE, Action.ALERT}

_Part = TypeVar("_Part")
_Choice = TypeVar("_Choice", Severity, Action, Mode)


class Source(NamedTuple):
    """A policy as bytes, and the name people know it by."""

    name: str
    data: bytes


def open_sources(paths: Iterable[Path]) -> tuple[list[Source], list[Problem]]:
    """The files that can be opened, and why the others cannot."""
    sources: list[Source] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            sources.append(Source(str(path), path.read_bytes()))
        except FileNotFoundError:
            problems.append(Problem("policy.absent", where=path))
        except OSError as error:
            problems.append(Problem("policy.unreadable", where=path, reason=error.strerror or error))
    if not sources and not problems:
        problems.append(Problem("policy.no_file"))
    return sources, problems


def read_rules(sources: Iterable[Source], vocabulary: Vocabulary) -> tuple[list[Rule], list[Problem]]:
    """The sound rules of all the sources, in order, and all that is wrong with the others."""
    rules: list[Rule] = []
    problems: list[Problem] = []
    taken: dict[str, str] = {}
    for source in sources:
        try:
            tables = _tables(source)
        except Problem as problem:
            problems.append(problem)
            continue
        for number, (table, places) in enumerate(tables, 1):
            reader = _RuleReader(source.name, number, table, places)
            try:
                rules.append(reader.read(vocabulary, taken))
            except PolicyProblem as problem:
                problems += problem.problems
    return rules, problems


def _tables(source: Source) -> list[tuple[dict[str, Any], dict[str, Place]]]:
    """Each [[rule]] with the places of its keys. Raises Problem when the file is no policy."""
    text = _text(source)
    document = _parse(source.name, text)
    places = find_places(text)
    for key in document:
        if key != "rule":
            line = places.top.get(key, _START).key
            raise Problem("policy.unknown_table", where=f"{source.name}:{line}", key=key)
    tables = document.get("rule", [])
    inline = places.top.get("rule", _START)
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise Problem("policy.not_tables", where=f"{source.name}:{inline.key}")
    if not tables:
        raise Problem("policy.empty", where=source.name)
    # Rules written as one inline array have no header: their line is that of the array.
    located = places.rules if len(places.rules) == len(tables) else [{"": inline}] * len(tables)
    return list(zip(tables, located, strict=True))


def _text(source: Source) -> str:
    try:
        return source.data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        raise Problem("policy.not_utf8", where=f"{source.name}:{line}", byte=error.start) from error


def _parse(name: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise Problem("policy.nested", where=name) from error
    except ValueError as error:  # TOMLDecodeError, and integers beyond what Python reads
        found = _TOML_LINE.search(str(error))
        line = found[1] if found else text.count("\n") + 1
        raise Problem("policy.not_toml", where=f"{name}:{line}", reason=error) from error


class _RuleReader:
    """Reads one [[rule]], and notes all that is wrong with it."""

    def __init__(self, file: str, number: int, table: dict[str, Any], places: dict[str, Place]) -> None:
        self._file = file
        self._table = table
        self._places = places
        self._problems: list[Problem] = []
        name = table.get("name")
        self._label = name if isinstance(name, str) and name else f"#{number}"

    def read(self, vocabulary: Vocabulary, taken: dict[str, str]) -> Rule:
        """The rule. `taken` says where each name was first seen. Raises PolicyProblem with every fault."""
        self._refuse_unknown_keys(self._table, _KEYS)
        name = self._part(lambda: self._name(taken))
        when = self._part(lambda: self._when(vocabulary))
        severity = self._part(lambda: self._choice(Severity, "severity", self._text("severity")))
        actions = self._part(self._actions)
        mode = self._part(self._mode)
        why = self._part(self._why)
        if self._problems or not (name and when and severity and actions and mode and why):
            raise PolicyProblem(self._problems)
        return Rule(name, when, severity, actions, mode, why, self._file, self._place("").key)

    def _part(self, read: Callable[[], _Part]) -> _Part | None:
        try:
            return read()
        except PolicyProblem as several:
            self._problems += several.problems
        except Problem as problem:
            self._problems.append(problem)
        return None

    def _name(self, taken: dict[str, str]) -> str:
        name = self._text("name")
        if not _NAME.fullmatch(name):
            raise self._problem("name_form", "name")
        if name in taken:
            raise self._problem("name_taken", "name", first=taken[name])
        taken[name] = f"{self._file}:{self._place('name').key}"
        return name

    def _when(self, vocabulary: Vocabulary) -> Condition:
        checked = vocabulary.check(self._text("when"))
        if isinstance(checked, Condition):
            return checked
        raise PolicyProblem([self._flaw(flaw) for flaw in checked])

    def _mode(self) -> Mode:
        return self._choice(Mode, "mode", self._text("mode")) if "mode" in self._table else Mode.LIVE

    def _actions(self) -> tuple[Action, ...]:
        if "actions" not in self._table:
            raise self._problem("missing_actions", "")
        words = self._table["actions"]
        if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
            raise self._problem("wrong_actions", "actions", known=_listed(Action))
        wanted = {self._action(word) for word in words}
        if wanted & _EFFECTS and Action.CASE not in wanted:
            raise self._problem("effect_without_case", "actions")
        return tuple(action for action in Action if action in wanted)

    def _action(self, word: str) -> Action:
        if re.split(r"[-_ ]", word.lower())[0] in _IRREVERSIBLE:
            raise self._problem("irreversible", "actions", action=word)
        return self._choice(Action, "actions", word)

    def _why(self) -> dict[Language, str]:
        if "why" not in self._table:
            raise self._problem("missing_why", "")
        why = self._table["why"]
        if not isinstance(why, dict):
            raise self._problem("wrong_why", "why")
        self._refuse_unknown_keys(why, list(Language), "why.")
        return {language: self._sentence(why.get(language), f"why.{language}") for language in Language}

    def _sentence(self, sentence: object, key: str) -> str:
        if isinstance(sentence, str) and sentence.strip():
            return sentence
        raise self._problem("no_why", key, key=key)

    def _text(self, key: str) -> str:
        if key not in self._table:
            raise self._problem("missing_text", "", key=key)
        value = self._table[key]
        if isinstance(value, str):
            return value
        raise self._problem("wrong_text", key, key=key)

    def _choice(self, choices: type[_Choice], key: str, value: str) -> _Choice:
        if value in {choice.value for choice in choices}:
            return choices(value)
        raise self._problem("wrong_choice", key, key=key, value=value, known=_listed(choices))

    def _refuse_unknown_keys(self, table: Iterable[str], known: Sequence[str], prefix: str = "") -> None:
        for key in table:
            if key in known:
                continue
            words = ", ".join(prefix + word for word in known)
            self._problems.append(self._problem("unknown_key", prefix + key, key=prefix + key, known=words))

    def _problem(self, sentence: str, at: str, **values: object) -> Problem:
        return self._problem_at(self._place(at).key, sentence, values)

    def _flaw(self, flaw: Flaw) -> Problem:
        return self._problem_at(self._place("when").text + flaw.line - 1, flaw.sentence, flaw.values)

    def _problem_at(self, line: int, sentence: str, values: Mapping[str, object]) -> Problem:
        return Problem(f"policy.{sentence}", where=f"{self._file}:{line}", rule=self._label, **values)

    def _place(self, key: str) -> Place:
        """Where the key stands; the rule itself, when the key has no place of its own."""
        return self._places.get(key) or self._places.get("") or _START


def _listed(choices: Iterable[Severity | Action | Mode]) -> str:
    return ", ".join(choices)
