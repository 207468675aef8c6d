"""JSON read as it comes: documents far larger than memory, cut short, or wrong in the middle.

Small values are decoded whole by the standard library's C decoder over a sliding window of text; only
the containers that are walked (`fields`, `elements`, `values`) are never held. What cannot be read is reported with its
position, and reading goes on at the next element that can be told with certainty.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from veilleuse.archives.source import Readable
from veilleuse.language import Problem

FIRST_READ = 1 << 16
CHUNK = 1 << 18
LONGEST_VALUE = 32 << 20

_SPACE = re.compile(r"[ \t\n\r\ufeff]*")
_COMMA = re.compile(r"[ \t\n\r]*,[ \t\n\r]*")
_ESCAPED_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_STRING = r'"[^"\\]*+(?:\\.[^"\\]*+)*+"'
_SCALAR = rf"(?:{_STRING}|[-+.\w]+)"
_OPENING = re.compile(rf"\{{(\s*)({_STRING})\s*:\s*{_SCALAR}(\s*,\s*)({_STRING})\s*:")
_LONGEST_OPENING = 1 << 12
_LONGEST_TOKEN = 12
_TOKENS = ("true", "false", "null", "-", ".", "e-", "e+", "E-", "E+")
_decode = json.JSONDecoder(strict=False).raw_decode

Report = Callable[[Problem, int], None]
Repair = Callable[[str], str]
Bulk = Callable[[str], list[Any] | None]


class JsonStream:
    """A walk through one JSON document, from its first byte to its last, once.

    `report` hears of each damage, with the number of bytes lost to it. `repair` may mend text that does not
    decode, as some exporters write what is no JSON. Bad UTF-8 and lone surrogates become U+FFFD.
    """

    def __init__(self, stream: Readable, report: Report, repair: Repair | None = None) -> None:
        self._stream = stream
        self._report = report
        self._repair = repair
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
        self._text = ""
        self._at = 0
        self._step = FIRST_READ
        self._ended = False
        self._passed = 0  # characters dropped from the window, and the lines among them
        self._passed_lines = 0
        self._line_start = 0  # where the line of `_text[0]` began, as an index of `_text`: zero or negative
        self._repaired_to = 0
        self._piecewise_to = 0  # up to where elements are known not to be readable in bulk
        self._space = ""  # what stands before each element of the array being read
        self._escaped = False  # whether the window may hold halves of characters, escaped
        self._last = 0
        self._lost = False

    @property
    def last(self) -> tuple[int, int]:
        """Line and column, both from 1, where the value decoded last began. Columns count code points."""
        return self._position(self._last)

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            match = _SPACE.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._fill():
                return ""

    def fields(self) -> Iterator[str]:
        """The keys of the object that comes next; the value of each may be read before the next is asked for.

        Nothing when no object comes next: that value is skipped.
        """
        if self.peek() != "{":
            self.skip()
            return
        self._at += 1
        if self.peek() == "}":
            self._at += 1
            return
        while True:
            key = self.value() if self.peek() == '"' else None
            if self._broken():
                return
            if key is None or self.peek() != ":":
                return self._break()
            self._at += 1
            self.peek()
            before = self._consumed()
            yield key
            if self._broken() or not self._next_follows(before, "}"):
                return

    def elements(self) -> Iterator[None]:
        """A turn for each element of the array that comes next, to be read within its turn."""
        if self.peek() != "[":
            self.skip()
            return
        self._at += 1
        if self.peek() == "]":
            self._at += 1
            return
        while True:
            self.peek()
            before = self._consumed()
            yield
            if self._broken() or not self._next_follows(before, "]"):
                return

    def values(self, bulk: Bulk | None = None) -> Iterator[Any]:
        """Each element of the array that comes next, decoded. One that cannot be is reported and passed over.

        `bulk`, when given, is offered the text of many elements at once, as an array; what it returns comes
        in their place, and None sends them the ordinary way.
        """
        if self.peek() != "[":
            self.skip()
            return
        self._at += 1
        if self.peek() == "]":
            self._at += 1
            return
        opening: re.Pattern[str] | None = None
        self._space = ""
        while True:
            opening = opening or self._opening()
            if bulk and opening and (batch := self._batch(bulk)):
                yield from batch
                continue
            value, problem = self._next()
            if problem is None:
                yield value
                if (match := _COMMA.match(self._text, self._at)) and match.end() < len(self._text):
                    self._at = match.end()
                    continue
                following = self.peek()
                self._at += 1
                if following == ",":
                    self.peek()
                    continue
                if following == "]":
                    return
                self._at -= 1
                problem = self._problem("archives.json_wrong" if following else "archives.json_cut", self._at)
            if not self._resume(problem, opening):
                return

    def value(self) -> Any:
        """The next value, decoded whole. None, and the stream broken, when it cannot be."""
        if self._lost:
            return None
        self.peek()
        start = self._at
        value, problem = self._next()
        if problem is not None:
            self._at = start
            self._break(problem)
        return value

    def skip(self) -> None:
        """Pass over the next value, an element at a time."""
        following = self.peek()
        if following == "{":
            for _ in self.fields():
                self.value()
        elif following == "[":
            for _ in self.elements():
                self.value()
        else:
            self.value()

    def finish(self) -> None:
        """The document ends here; report what should not follow."""
        if not self._lost and self.peek():
            self._break(self._problem("archives.json_more", self._at))

    def _broken(self) -> bool:
        return self._lost

    def _consumed(self) -> int:
        return self._passed + self._at

    def _next_follows(self, before: int, closing: str) -> bool:
        """Whether a comma follows the value that began at `before`, which is skipped if nobody read it."""
        if self._consumed() == before:
            self.skip()
        if self._broken():
            return False
        following = self.peek()
        if following not in (",", closing):
            self._break()
            return False
        self._at += 1
        return following == ","

    def _next(self) -> tuple[Any, Problem | None]:
        """The value at `_at`, or what is wrong with it."""
        while True:
            try:
                value, end = _decode(self._text, self._at)
                if end + _LONGEST_TOKEN > len(self._text) and not self._ended:
                    self._fill()  # a number may have been cut in two
                    continue
                if self._escaped and _ESCAPED_HALF.search(self._text, self._at, end):
                    value = whole(value)
            except json.JSONDecodeError as error:
                problem = self._failed(error)
                if problem is None:
                    continue
                return None, problem
            except RecursionError:
                return None, self._problem("archives.json_deep", self._at)
            except ValueError:  # a number of more digits than Python agrees to read
                return None, self._problem("archives.json_wrong", self._at)
            self._last, self._at = self._at, end
            return value, None

    def _failed(self, error: json.JSONDecodeError) -> Problem | None:
        """What is wrong, or None when more text, or mended text, is worth another try."""
        if not self._cut(error):
            return None if self._mend() else self._problem("archives.json_wrong", error.pos)
        if self._ended:
            return self._problem("archives.json_cut", len(self._text))
        if len(self._text) - self._at > LONGEST_VALUE:
            return self._problem("archives.json_long", self._at)
        self._fill()
        return None

    def _cut(self, error: json.JSONDecodeError) -> bool:
        """Whether the text may just stop too early, rather than be wrong."""
        if error.msg.startswith("Unterminated"):
            return True
        rest = self._text[error.pos :]
        if len(rest) > _LONGEST_TOKEN:
            return False
        if "escape" in error.msg:
            return '"' not in rest
        return any(word.startswith(rest.strip()) for word in _TOKENS)

    def _mend(self) -> bool:
        """Whether `repair` changed what is ahead. Each stretch of text is mended once."""
        if self._repair is None or self._repaired_to >= len(self._text):
            return False
        tail = self._text[self._at :]
        mended = self._repair(tail)
        self._text = self._text[: self._at] + mended
        self._repaired_to = len(self._text)
        return mended != tail

    def _resume(self, problem: Problem, opening: re.Pattern[str] | None) -> bool:
        """Report `problem`, then go to the next place where an element opens as the first one did."""
        lost = 0
        start = self._at
        while opening:
            found = opening.search(self._text, start + 1)
            reached = found.start(1) if found else max(len(self._text) - _LONGEST_OPENING, start)
            lost += self._weight(self._at, reached)
            self._at = start = reached
            if found:
                self._report(problem, lost)
                return True
            if not self._fill():
                break
            start = self._at
        self._lose_rest(problem, lost)
        return False

    def _batch(self, bulk: Bulk) -> list[Any] | None:
        """As many elements as the window surely holds. Only where line breaks set them apart: no string holds one."""
        if "\n" not in self._space or self._consumed() < self._piecewise_to:
            return None
        boundary = self._text.rfind(f"{self._space}}},{self._space}{{", self._at)
        if boundary < 0:
            return None
        end = boundary + len(self._space) + 1
        batch = bulk(f"[{self._text[self._at : end]}]")
        if batch is None:
            self._piecewise_to = self._passed + end
        else:
            self._at = end + 1 + len(self._space)
        return batch

    def _opening(self) -> re.Pattern[str] | None:
        """How elements of this array open: the space before the brace, and the first two keys."""
        match = _OPENING.match(self._text, self._at)
        if not match:
            return None
        before = self._text[: self._at]
        self._space = before[len(before.rstrip(" \t\r\n")) :]
        inner, first, between, second = map(re.escape, match.group(1, 2, 3, 4))
        return re.compile(rf"{re.escape(self._space)}(\{{{inner}{first}\s*:\s*{_SCALAR}{between}{second}\s*:)")

    def _weight(self, start: int, end: int) -> int:
        return len(self._text[start:end].encode("utf-8", "surrogatepass"))

    def _break(self, problem: Problem | None = None) -> None:
        if problem is None:
            cut = not self.peek()
            problem = self._problem("archives.json_cut" if cut else "archives.json_wrong", self._at)
        self._lose_rest(problem)

    def _lose_rest(self, problem: Problem, lost: int = 0) -> None:
        self._lost = True
        lost += self._weight(self._at, len(self._text))
        while data := self._stream.read(CHUNK):
            lost += len(data)
        self._ended = True
        self._at = len(self._text)
        self._report(problem, lost)

    def _problem(self, key: str, index: int) -> Problem:
        line, column = self._position(index)
        return Problem(key, line=line, column=column)

    def _position(self, index: int) -> tuple[int, int]:
        line = self._passed_lines + self._text.count("\n", 0, index) + 1
        newline = self._text.rfind("\n", 0, index)
        start = newline + 1 if newline >= 0 else self._line_start
        return line, index - start + 1

    def _fill(self) -> bool:
        """Drop what was read, read on: twice as much each time that one value asks for more."""
        if self._ended:
            return False
        if self._at:
            self._step = CHUNK
            self._drop()
        else:
            self._step = min(self._step * 2, LONGEST_VALUE)
        data = self._stream.read(self._step)
        self._ended = not data
        text = self._decoder.decode(data, final=self._ended)
        self._text += text
        self._escaped = bool(_ESCAPED_HALF.search(self._text))
        return bool(text) or not self._ended

    def _drop(self) -> None:
        newline = self._text.rfind("\n", 0, self._at)
        self._passed_lines += self._text.count("\n", 0, self._at)
        self._line_start = (newline + 1 if newline >= 0 else self._line_start) - self._at
        self._passed += self._at
        self._text = self._text[self._at :]
        self._repaired_to = max(self._repaired_to - self._at, 0)
        self._at = 0


def whole(value: Any) -> Any:
    """The value with each half of a broken character replaced by U+FFFD, so that it can be written again."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [whole(item) for item in value]
    if isinstance(value, dict):
        return {whole(key): whole(item) for key, item in value.items()}
    return value
