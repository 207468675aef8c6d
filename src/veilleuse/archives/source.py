"""Where bytes come from: a file on disk, a member of a zip, standard input.

Members of a zip are read in place and never written to disk; a zip that swells beyond reason is stopped.
"""

import errno
import io
import os
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Protocol, Self, cast

from veilleuse.archives.damage import NestedProblem
from veilleuse.archives.unicode import Utf8
from veilleuse.language import Problem

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
PROBE = 512
MIB = 1 << 20

# What zipfile and the system raise on bytes that cannot be had: no password, unknown compression,
# a checksum that differs, a stream cut short, a disk that fails.
_UNREADABLE = (OSError, EOFError, RuntimeError, NotImplementedError, zlib.error, zipfile.BadZipFile)


# What systems say most often, in their own words and in English only; being forbidden has a sentence of its own.
_REASONS = {
    errno.ENOENT: "archives.reason_gone",
    errno.EISDIR: "archives.reason_folder",
    errno.ENOSPC: "archives.reason_full",
    errno.EIO: "archives.reason_disk",
    errno.ENAMETOOLONG: "archives.reason_long_name",
}


@dataclass(frozen=True)
class Limits:
    """How far a zip may swell: `ratio` times the size it takes in the zip, not judged below `slack` bytes,
    and `total` bytes for the whole zip. Deflate reaches about 1000 on one repeated letter, 10 on chats."""

    ratio: int = 250
    slack: int = 64 * MIB
    total: int = 32 * 1024 * MIB


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int = ..., /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


Opener = Callable[[], AbstractContextManager[Readable]]


@dataclass(frozen=True, eq=False)
class Source:
    """A stretch of bytes with a name. `inside` is its place in its container; `size` is raw, in bytes."""

    path: str
    inside: PurePosixPath
    size: int
    open: Opener
    container: "Container"
    on_disk: bool = True

    def beginning(self, size: int) -> bytes:
        """The first `size` bytes. Raises `Problem` when they cannot be had."""
        with Metered(self) as stream:
            beginning = bytearray()
            while len(beginning) < size and (data := stream.read(size - len(beginning))):
                beginning += data
        if stream.problem:
            raise stream.problem
        return bytes(beginning)

    def sibling(self, name: str) -> "Source | None":
        """The file of that name in the same folder, or, after "../", in the folder above."""
        folder = self.inside.parent
        if name.startswith("../"):
            folder, name = folder.parent, name.removeprefix("../")
        return self.container.sources.get(folder / name)


@dataclass(eq=False)
class Container:
    """Files that came together: a folder or a zip. `title` is the name a person gave it."""

    path: str
    title: str = ""
    sources: dict[PurePosixPath, Source] = field(default_factory=dict)
    problems: list[tuple[str, Problem]] = field(default_factory=list)

    def add(self, path: str, inside: PurePosixPath, size: int, opener: Opener, *, on_disk: bool) -> None:
        """Put one more file in it; the first of a name is the one that counts."""
        self.sources.setdefault(inside, Source(path, inside, size, opener, self, on_disk))

    def sort(self) -> None:
        """Put its files in the order of their names, folder by folder: the same in a folder and in a zip."""
        self.sources = dict(sorted(self.sources.items(), key=lambda item: item[0].parts))

    def named(self, name: str) -> Iterator[Source]:
        """Its files that bear this name, whatever their folder."""
        return (source for inside, source in self.sources.items() if inside.name.casefold() == name)


def folder(root: Path) -> Container:
    """Every regular file under `root`, in the order of their names."""
    container = Container(str(root), root.resolve().name)

    def refuse(error: OSError) -> None:
        container.problems.append((str(error.filename), unreadable(error)))

    for parent, _, names in os.walk(root, onerror=refuse):
        for name in names:
            path = Path(parent, name)
            try:
                status = path.stat()
            except OSError as error:
                refuse(error)
                continue
            if stat.S_ISREG(status.st_mode):
                _add_file(container, path, path.relative_to(root), status.st_size)
    container.sort()
    return container


def single(path: Path) -> Source:
    """One file, in a container of its own, with the name of the folder it lies in."""
    container = Container(str(path.parent), path.absolute().parent.name)
    _add_file(container, path, Path(path.name), path.stat().st_size)
    return container.sources[PurePosixPath(path.name)]


def beside(source: Source, name: str) -> Source | None:
    """The neighbour `name` of a source: in its container, else, of a file that was named alone, on disk."""
    path = Path(source.path).with_name(name)
    if (known := source.sibling(name)) or not source.on_disk or not path.is_file():
        return known
    return single(path)


def standard_input() -> Source:
    """Standard input, whose size nobody knows."""
    return Source("-", PurePosixPath("-"), 0, lambda: nullcontext(_Pipe()), Container("-"))


def pipe(path: Path) -> Source:
    """A named pipe or a device: read once, from one end to the other."""
    return Source(str(path), PurePosixPath(path.name), 0, lambda: path.open("rb"), Container(str(path)))


def is_zip(beginning: bytes) -> bool:
    """Whether these bytes open a zip."""
    return beginning.startswith(ZIP_MAGIC)


def open_zip(path: Path, limits: Limits) -> tuple[zipfile.ZipFile, Container]:
    """The zip, to be closed by the caller, and its members. Raises `Problem` on a zip that cannot be read."""
    try:
        archive = zipfile.ZipFile(path)
    except _UNREADABLE as error:
        raise Problem("archives.bad_zip") from error
    container = Container(str(path), path.stem)
    tally = _Tally(limits)
    unsafe: list[str] = []
    for member in archive.infolist():
        if member.is_dir():
            continue
        name = member.filename.replace("\\", "/")
        if _escapes(name):
            unsafe.append(member.filename)
        elif _swells(member, limits):
            container.problems.append((f"{path}/{name}", Problem("archives.bomb")))
        else:
            opener = _member_opener(archive, member, tally)
            container.add(f"{path}/{name}", PurePosixPath(name), member.file_size, opener, on_disk=False)
    if unsafe:
        problem = Problem("archives.unsafe_names", count=len(unsafe), name=ascii(unsafe[0])[1:-1])
        container.problems.append((str(path), problem))
    container.sort()
    return archive, container


class Metered(io.RawIOBase):
    """The bytes of a source, counted, then turned into UTF-8 where they are UTF-16 or UTF-32.

    When they stop coming, `problem` says why and the stream just ends.
    """

    def __init__(self, source: Source) -> None:
        super().__init__()
        self.read_bytes = 0
        self.problem: Problem | None = None
        self._source = source
        self._opened: AbstractContextManager[Readable] | None = None
        self._stream: Readable | None = None
        self._utf8 = Utf8(self._raw)

    def __enter__(self) -> Self:
        try:
            self._opened = self._source.open()
            self._stream = self._opened.__enter__()
        except _UNREADABLE as error:
            self.problem = unreadable(error)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._opened and self._stream:
            self._opened.__exit__(kind, error, traceback)
        self._stream = None

    def readable(self) -> bool:
        """Always."""
        return True

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end, or when no more can be had."""
        return self._utf8.read(size)

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]  # what BufferedReader gives
        """What `read` gives, put in `buffer`."""
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _raw(self, size: int) -> bytes:
        if self.problem or self._stream is None:
            return b""
        try:
            data = self._stream.read(size)
        except Problem as problem:
            self.problem = problem
            return b""
        except _UNREADABLE as error:
            self.problem = unreadable(error)
            return b""
        self.read_bytes += len(data)
        return data


class _Pipe:
    """Standard input, which gives what has come without waiting for more."""

    def __init__(self) -> None:
        self._buffer = cast("io.BufferedReader", sys.stdin.buffer)

    def read(self, size: int = -1, /) -> bytes:
        return self._buffer.read1(size)


@dataclass
class _Tally:
    limits: Limits
    expanded: int = 0


class _Member:
    """A member of a zip, stopped once it has swollen beyond reason."""

    def __init__(self, stream: Readable, packed: int, tally: _Tally) -> None:
        limits = tally.limits
        self._stream = stream
        self._allowed = max(limits.slack, packed * limits.ratio)
        self._tally = tally

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size)
        self._allowed -= len(data)
        self._tally.expanded += len(data)
        if self._allowed < 0 or self._tally.expanded > self._tally.limits.total:
            raise Problem("archives.bomb")
        return data


class _OpenMember:
    def __init__(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, tally: _Tally) -> None:
        self._opened = archive.open(member)
        self._member = _Member(self._opened, member.compress_size, tally)

    def __enter__(self) -> Readable:
        return self._member

    def __exit__(self, *_: object) -> None:
        self._opened.close()


def _member_opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo, tally: _Tally) -> Opener:
    return lambda: _OpenMember(archive, member, tally)


def _add_file(container: Container, path: Path, inside: Path, size: int) -> None:
    container.add(str(path), PurePosixPath(inside.as_posix()), size, lambda: path.open("rb"), on_disk=True)


def _escapes(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or name[1:2] == ":"


def _swells(member: zipfile.ZipInfo, limits: Limits) -> bool:
    return member.file_size > max(limits.slack, member.compress_size * limits.ratio)


def unreadable(error: Exception) -> Problem:
    """Why bytes could not be had, for people."""
    if isinstance(error, PermissionError):
        return Problem("archives.forbidden")
    if isinstance(error, RuntimeError) and "password" in str(error):
        return Problem("archives.locked_zip")
    if isinstance(error, OSError) and error.errno in _REASONS:
        return NestedProblem("archives.unreadable", reason=Problem(_REASONS[error.errno]))
    if isinstance(error, OSError) and error.strerror:
        return Problem("archives.unreadable", reason=error.strerror)
    return Problem("archives.bad_bytes")
