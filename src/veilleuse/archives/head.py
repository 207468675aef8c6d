"""The beginning of a file, enough to tell what it is."""

import io
from dataclasses import dataclass
from typing import Any

from veilleuse.archives.json_stream import JsonStream
from veilleuse.language import Problem

HEAD_BYTES = 1 << 16
_DEPTH = 4
# A byte order mark, direction marks and spaces may lead; then a bracket, a quote, a digit or a header.
_OPENING_BYTES = frozenset(b'{["0123456789Ii')
_LEADING = "\ufeff\u200e\u200f \t\r\n"


@dataclass(frozen=True)
class Head:
    """What the first bytes of a file hold.

    `text` is decoded, without what may lead it. `outline` is what can be seen of a JSON document: its keys,
    its scalars, and of each list the first element only; None when the text is no JSON. `problem` is the
    first thing wrong with that JSON, which for a file longer than its head is but where the head ends.
    """

    text: str
    outline: Any
    problem: Problem | None = None

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
    text = beginning.decode("utf-8", "replace").lstrip(_LEADING)
    return bool(text) and (ord(text[0]) in _OPENING_BYTES or text[0].isdigit())


def head(beginning: bytes) -> Head:
    """The head of a file that begins so."""
    text = beginning.decode("utf-8", "replace").lstrip(_LEADING)
    if text[:1] not in ("{", "["):
        return Head(text, None)
    problems: list[Problem] = []
    stream = JsonStream(io.BytesIO(beginning), lambda problem, _: problems.append(problem))
    outline = _outline(stream, _DEPTH)
    return Head(text, outline, problems[0] if problems else None)


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
