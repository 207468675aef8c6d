"""The beginning of a file, enough to tell what it is."""

import io
import re
from dataclasses import dataclass
from typing import Any

from veilleuse.archives.json_stream import JsonStream
from veilleuse.language import Problem

HEAD_BYTES = 1 << 16
_DEPTH = 4
# A byte order mark, direction marks and spaces may lead; then a bracket, a quote, a digit or a header.
_OPENING_BYTES = frozenset(b'{["0123456789Ii')
_OBJECT = re.compile(r'(?:\[\s*)?\{\s*"')
_LEADING = "\ufeff\u200e\u200f \t\r\n"


@dataclass(frozen=True)
class Head:
    """What the first bytes of a file hold.

    `text` is decoded, without what may lead it. `outline` is what can be seen of a JSON document: its keys,
    its scalars, and of each list the first element only; None when the text is no JSON.
    """

    text: str
    outline: Any

    @property
    def is_line(self) -> bool:
        """Whether it begins with a line that is an object, or was meant to be one."""
        line = self.text.partition("\n")[0].strip()
        return line.startswith("{") and line.endswith("}")

    def keys_at(self, *path: str | int) -> frozenset[str]:
        """The keys of the object found by following `path`; none when there is no object there."""
        found = self.at(*path)
        return frozenset(found) if isinstance(found, dict) else frozenset()

    def at(self, *path: str | int) -> Any:
        """What is found by following `path`, a key or an index at each step; None when nothing is."""
        found = self.outline
        for step in path:
            if isinstance(step, str) and isinstance(found, dict):
                found = found.get(step)
            elif isinstance(step, int) and isinstance(found, list):
                found = found[step] if step < len(found) else None
            else:
                return None
        return found


def promising(beginning: bytes) -> bool:
    """Whether bytes that begin so may be a conversation: cheap, for folders full of pictures."""
    text = _text(beginning)
    return bool(text) and (ord(text[0]) in _OPENING_BYTES or text[0].isdigit())


def head(beginning: bytes) -> Head:
    """The head of a file that begins so."""
    text = _text(beginning)
    if text[:1] not in ("{", "["):
        return Head(text, None)
    return Head(text, _outline(JsonStream(io.BytesIO(beginning), _unheard), _DEPTH))


def reads_as_json(beginning: bytes) -> bool:
    """Whether a file that begins so was surely written as JSON: other files too begin with a brace or a bracket."""
    return bool(_OBJECT.match(_text(beginning)))


def flaw(beginning: bytes) -> Problem | None:
    """What keeps a file that begins so from being JSON, or lines of JSON; None when nothing does in its head."""
    problems: list[Problem] = []
    stream = JsonStream(io.BytesIO(beginning), lambda problem, _: problems.append(problem))
    stream.skip()
    while stream.peek() in ("{", "["):
        stream.skip()
    stream.finish()
    first = problems[0] if problems else None
    ends_early = first is not None and first.key == "archives.json_cut" and len(beginning) >= HEAD_BYTES
    return None if ends_early else first


def _text(beginning: bytes) -> str:
    return beginning.decode("utf-8", "replace").lstrip(_LEADING)


def _unheard(_: Problem, __: int) -> None:
    """What is wrong with an export is told when it is read."""


def _outline(stream: JsonStream, depth: int) -> Any:
    opening = stream.peek()
    if depth and opening == "{":
        seen: dict[str, Any] = {}
        for key in stream.fields():
            seen[key] = None
            seen[key] = _outline(stream, depth - 1)
        return seen
    if depth and opening == "[":
        first: list[Any] = []
        for _ in stream.elements():
            if not first:
                first.append(_outline(stream, depth - 1))
        return first
    return stream.value()
