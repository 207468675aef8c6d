"""On which line of a TOML text each key of each rule stands, which `tomllib` does not tell."""

import re
from bisect import bisect_right
from typing import NamedTuple

_PART = r"""(?:[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|'[^'\n]*')"""
_KEY = re.compile(rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*")
_KEY_PART = re.compile(_PART)
_BETWEEN = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_HEADER = re.compile(rf"(\[\[?)[ \t]*({_KEY.pattern})[ \t]*\]\]?")
_EQUALS = re.compile(r"[ \t]*=[ \t]*")
_STRING = r'''"""(?:\\.|[^\\])*?""""{0,2}|\'\'\'.*?\'\'\'\'{0,2}|"(?:\\.|[^"\\\n])*"|'[^'\n]*\''''
_TOKEN = re.compile(rf"""(?:{_STRING})|\#[^\n]*|[\[{{]|[\]}}]|\n|[^"'\#\[\]{{}}\n]+""", re.DOTALL)
_OPENS_ON_NEXT_LINE = re.compile(r'(?:"""\\?|\'\'\')\n')


class Place(NamedTuple):
    """The line of a key, and the line on which its text begins; both from 1."""

    key: int
    text: int


class Places(NamedTuple):
    """The keys of the top level, and those of each [[rule]], whose own line is under the empty key.

    A key inside a table is written with dots: "why.fr".
    """

    top: dict[str, Place]
    rules: list[dict[str, Place]]


def find_places(text: str) -> Places:
    """Where the keys of a valid TOML text stand; line breaks are "\\n" only."""
    return _Scanner(text).scan()


class _Scanner:
    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]
        self._places = Places({}, [])
        self._table = self._places.top
        self._prefix: tuple[str, ...] = ()

    def scan(self) -> Places:
        position = 0
        while (position := self._skip(_BETWEEN, position)) < len(self._text):
            if header := _HEADER.match(self._text, position):
                self._enter(header[1], _parts(header[2]), position)
                position = header.end()
            elif key := _KEY.match(self._text, position):
                value = self._skip(_EQUALS, key.end())
                self._record(_parts(key[0]), position, value)
                position = self._end_of(value)
            else:  # not TOML after all
                break
        return self._places

    def _enter(self, brackets: str, path: tuple[str, ...], position: int) -> None:
        if brackets == "[[" and path == ("rule",):
            self._table, self._prefix = {"": self._place(position, position)}, ()
            self._places.rules.append(self._table)
            return
        within = path[0] == "rule" and bool(self._places.rules)
        self._table = self._places.rules[-1] if within else self._places.top
        self._prefix = path[1:] if within else path
        self._record((), position, position)

    def _record(self, path: tuple[str, ...], position: int, value: int) -> None:
        path = self._prefix + path
        for length in range(1, len(path) + 1):
            self._table.setdefault(".".join(path[:length]), self._place(position, value))

    def _end_of(self, value: int) -> int:
        """Where a value ends: at the first line break outside every text and bracket."""
        depth = 0
        while token := _TOKEN.match(self._text, value):
            if token[0] == "\n" and not depth:
                break
            depth += (token[0] in "[{") - (token[0] in "]}")
            value = token.end()
        return value

    def _skip(self, pattern: re.Pattern[str], position: int) -> int:
        found = pattern.match(self._text, position)
        return found.end() if found else position

    def _place(self, position: int, value: int) -> Place:
        text = self._line(value) + bool(_OPENS_ON_NEXT_LINE.match(self._text, value))
        return Place(self._line(position), text)

    def _line(self, position: int) -> int:
        return bisect_right(self._starts, position)


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _KEY_PART.findall(key))
