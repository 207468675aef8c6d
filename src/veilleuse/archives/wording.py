"""What is wrong with a line or an item, from msgspec's words to words for people."""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from veilleuse.archives.damage import NestedProblem
from veilleuse.language import Problem

_AT = re.compile(r" - at `(?:key in )?\$\.?(?P<key>.*)`$")
_EXPECTED = re.compile(r"Expected `(?P<expected>[^`]+)`(?P<bound>[^,]*)(?:, got `(?P<got>[^`]+)`)?$")
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<name>.*)`$", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(?P<name>.*)`$")
_VALUE = re.compile(r"Invalid (?:enum )?value (?P<value>.*)$", re.DOTALL)
_LONGEST_QUOTE = 60

_TYPES = {
    "str": "text",
    "int": "number",
    "float": "number",
    "bool": "truth",
    "null": "null",
    "array": "list",
    "object": "object",
    "datetime": "instant",
}


_NOTHING: Mapping[str, Sequence[str]] = {}


def complaint(message: str, known: Sequence[str] = (), allowed: Mapping[str, Sequence[str]] = _NOTHING) -> Problem:
    """The sentence for what msgspec says. `known` are the keys there are; `allowed`, by key, the values."""
    place = _AT.search(message)
    key = place["key"] if place else ""
    message = message[: place.start()] if place else message
    if match := _UNKNOWN.match(message):
        return _unknown(match["name"], key, known)
    if match := _MISSING.match(message):
        return Problem("archives.key_missing", key=f"{key}.{match['name']}".lstrip("."))
    if match := _VALUE.match(message):
        return _value(match["value"], key, allowed.get(key, ()))
    if "encoded datetime" in message or "timezone component" in message:
        return Problem("archives.value_no_instant", key=key)
    if match := _EXPECTED.match(message):
        return _expected(match["expected"], match["bound"].strip(), match["got"], key)
    return Problem("archives.value_odd", key=key or "?")


def close(name: str, known: Iterable[str]) -> str:
    """The known word that `name` was probably meant to be; empty when none is near."""
    return next(iter(get_close_matches(name, sorted(known), n=1, cutoff=0.5)), "")


def _unknown(name: str, key: str, known: Sequence[str]) -> Problem:
    meant = "" if key else close(name, known)
    shown = f"{key}.{_quote(name)}".lstrip(".")
    if meant:
        return Problem("archives.key_unknown_near", key=shown, meant=meant)
    if known and not key:
        return Problem("archives.key_unknown_list", key=shown, known=", ".join(known))
    return Problem("archives.key_unknown", key=shown)


def _value(value: str, key: str, allowed: Sequence[str]) -> Problem:
    value = value.strip("'")
    meant = close(value, allowed)
    values = {"key": key, "value": _quote(value)}
    if not allowed:
        return Problem("archives.value_unknown", **values)
    values["allowed"] = ", ".join(allowed)
    if meant:
        return Problem("archives.value_unknown_near", meant=meant, **values)
    return Problem("archives.value_unknown_list", **values)


def _expected(expected: str, bound: str, got: str | None, key: str) -> Problem:
    wanted = _type(expected)
    if bound.startswith("of length"):
        return Problem("archives.value_empty", key=key)
    if bound.startswith("matching"):
        digits = re.search(r"\{(\d+)\}", bound)
        return Problem("archives.value_not_hash", key=key, digits=digits[1] if digits else "?")
    if bound:
        return Problem("archives.value_out_of_range", key=key, bound=bound)
    if not key:
        return NestedProblem("archives.line_no_object", got=_type(got or "?"))
    if got is None:
        return NestedProblem("archives.value_wrong_type", key=key, expected=wanted)
    return NestedProblem("archives.value_type", key=key, expected=wanted, got=_type(got))


def _type(name: str) -> Problem:
    """The name of a type; of the first of several, since `null` hardly needs to be asked for."""
    return Problem(f"archives.type_{_TYPES.get(name.split(' | ')[0], 'other')}")


def _quote(text: str) -> str:
    text = "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"
