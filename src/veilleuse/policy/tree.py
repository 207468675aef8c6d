"""What a checked CEL expression refers to, exactly, whatever its texts and comments say.

The runtime gives its syntax tree only as a serialised protobuf, `cel.expr.CheckedExpr`. Its wire format is
stable and public (google/cel-spec, proto/cel/expr/checked.proto and syntax.proto): we read the few fields
that matter here, by their numbers.
"""

from collections.abc import Iterator
from typing import NamedTuple

_PACKED = 2  # of Any: the CheckedExpr itself
_EXPRESSION, _SOURCE_INFO = 4, 5  # of CheckedExpr
_POSITIONS = 4  # of SourceInfo: entries of node id (1) and code point offset (2)
_ID, _CONSTANT, _IDENTIFIER, _SELECT, _CALL, _LIST, _STRUCT, _COMPREHENSION = range(2, 10)  # of Expr
_STRING = 6  # of Constant
_CHILDREN = {_SELECT: (1,), _CALL: (1, 3), _LIST: (1,), _COMPREHENSION: (2, 4, 5, 6, 7)}
_ENTRIES, _ENTRY_CHILDREN = 2, (3, 4)  # of CreateStruct, and of each entry
_FUNCTION, _ARGUMENTS = 2, 3  # of Call

_Message = dict[int, list[int | bytes]]


class Pattern(NamedTuple):
    """The regular expression of one call to `matches`; `text` is None when it is not a plain literal.

    `offset` counts code points of the source. `repeated` is true inside `exists`, `all`, `map`….
    """

    text: str | None
    offset: int
    repeated: bool


class Tree(NamedTuple):
    """The variables an expression names, and the patterns it matches against."""

    names: frozenset[str]
    patterns: tuple[Pattern, ...]


def read_tree(serialized: bytes) -> Tree:
    """The tree of `cel.Expression.serialize()`."""
    checked = _message(_only(_message(serialized), _PACKED))
    positions = (_message(entry) for entry in _parts(_message(_only(checked, _SOURCE_INFO)), _POSITIONS))
    offsets = {_number(entry, 1): _number(entry, 2) for entry in positions}
    names: set[str] = set()
    patterns: list[Pattern] = []
    for node, repeated in _nodes(_only(checked, _EXPRESSION), repeated=False):
        if _IDENTIFIER in node:
            names.add(_only(_message(_only(node, _IDENTIFIER)), 1).decode())
        elif _CALL in node:
            call = _message(_only(node, _CALL))
            if _only(call, _FUNCTION) == b"matches":
                pattern = _message(_parts(call, _ARGUMENTS)[-1])
                patterns.append(Pattern(_literal(pattern), offsets.get(_number(pattern, _ID), 0), repeated))
    return Tree(frozenset(names), tuple(patterns))


def _nodes(data: bytes, *, repeated: bool) -> Iterator[tuple[_Message, bool]]:
    node = _message(data)
    yield node, repeated
    repeated = repeated or _COMPREHENSION in node
    for form, fields in _CHILDREN.items():
        for inside in _parts(node, form):
            yield from _children(_message(inside), fields, repeated=repeated)
    for struct in _parts(node, _STRUCT):
        for entry in _parts(_message(struct), _ENTRIES):
            yield from _children(_message(entry), _ENTRY_CHILDREN, repeated=repeated)


def _children(message: _Message, fields: tuple[int, ...], *, repeated: bool) -> Iterator[tuple[_Message, bool]]:
    for field in fields:
        for child in _parts(message, field):
            yield from _nodes(child, repeated=repeated)


def _literal(node: _Message) -> str | None:
    for constant in _parts(node, _CONSTANT):
        for text in _parts(_message(constant), _STRING):
            return text.decode()
    return None


def _parts(message: _Message, field: int) -> list[bytes]:
    return [value for value in message.get(field, ()) if isinstance(value, bytes)]


def _only(message: _Message, field: int) -> bytes:
    (value,) = _parts(message, field)
    return value


def _number(message: _Message, field: int) -> int:
    """Protobuf leaves zeros out."""
    value = message.get(field, [0])[-1]
    return value if isinstance(value, int) else 0


def _message(data: bytes) -> _Message:
    """The fields of a protobuf message, each with its values in order."""
    fields: _Message = {}
    position = 0
    while position < len(data):
        key, position = _varint(data, position)
        value: int | bytes
        match key & 7:
            case 0:
                value, position = _varint(data, position)
            case 2:
                length, position = _varint(data, position)
                value, position = data[position : position + length], position + length
            case wire:
                length = {1: 8, 5: 4}[wire]
                value, position = data[position : position + length], position + length
        fields.setdefault(key >> 3, []).append(value)
    return fields


def _varint(data: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[position]
        position += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position
        shift += 7
