"""Files of ordinary talk, read in place: JSON lines, plain or gzip. Nothing of what they hold is ever printed."""

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import msgspec

from veilleuse.language import Problem

_GZIP = b"\x1f\x8b"


class _Row(msgspec.Struct):
    text: str | None = None
    name: str | None = None
    channels: tuple[str, ...] = ()


class Named(NamedTuple):
    """A community: its name and those of its channels."""

    name: str
    channels: tuple[str, ...]


class Benign(NamedTuple):
    """A file of ordinary talk: `texts` are its messages and its names, `communities` what its names are of."""

    name: str
    texts: list[str]
    communities: list[Named]


def load_benign(path: Path) -> Benign:
    """Reads objects with a `text`, or with a `name` and `channels`. Raises `Problem` for a file that cannot be used."""
    benign = Benign(path.name, [], [])
    for number, line in enumerate(open_lines(path), 1):
        if line.strip():
            _take(_row(line, path, number), benign, path, number)
    return benign


def open_lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, plain or gzip. Raises `Problem` for one that cannot be read."""
    try:
        with _open(path) as lines:
            yield from lines
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or error
        raise Problem("evaluate.unreadable", path=path, why=why) from None


def _open(path: Path) -> BinaryIO:
    with path.open("rb") as file:
        packed = file.read(len(_GZIP)) == _GZIP
    return cast("BinaryIO", gzip.open(path, "rb")) if packed else path.open("rb")


def _row(line: bytes, path: Path, number: int) -> _Row:
    try:
        return msgspec.json.decode(line, type=_Row)
    except (msgspec.DecodeError, UnicodeDecodeError):
        # What is wrong is not quoted, for it would quote the line.
        raise Problem("evaluate.not_a_row", path=path, line=number) from None


def _take(row: _Row, benign: Benign, path: Path, number: int) -> None:
    if row.text is not None:
        benign.texts.append(row.text)
    elif row.name is not None:
        benign.communities.append(Named(row.name, row.channels))
        benign.texts.extend((row.name, *row.channels))
    else:
        raise Problem("evaluate.not_a_row", path=path, line=number)
