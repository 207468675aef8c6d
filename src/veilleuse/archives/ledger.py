"""The book kept while archives are read: what was kept, what was lost, what must be said."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from veilleuse.archives.damage import Damage, Note, Unit
from veilleuse.archives.source import Metered, Source
from veilleuse.events import Account
from veilleuse.language import Problem

DETAILED = 20

Report = Callable[[Problem, int], None]


class Ledger:
    """Damages and notes of one reading, and the accounts already introduced.

    Damages of a file are written down when its reading ends, since only then is it known how much was kept.
    """

    def __init__(self) -> None:
        self.damages: list[Damage] = []
        self.notes: list[Note] = []
        self.kept = 0
        self._settled_bytes = 0
        self._stream: Metered | None = None
        self._open: list[tuple[Problem, int, Unit]] = []
        self._untold = 0
        self._untold_lost = 0
        self._introduced: set[tuple[str, str]] = set()

    @property
    def read_bytes(self) -> int:
        """Bytes read so far, of files read or being read."""
        return self._settled_bytes + (self._stream.read_bytes if self._stream else 0)

    @contextmanager
    def reading(self, source: Source) -> Iterator[Metered]:
        """The bytes of `source`. A problem raised inside ends this file and no other."""
        self.kept, self._open, self._untold, self._untold_lost = 0, [], 0, 0
        self._stream = stream = Metered(source)
        try:
            with stream:
                yield stream
        except Problem as problem:
            self.report(problem, source.size - stream.read_bytes)
        finally:
            if stream.problem:
                self._open.append((stream.problem, max(source.size - stream.read_bytes, 0), Unit.BYTES))
            self._settled_bytes += max(stream.read_bytes, source.size)
            self._stream = None
            self._settle(source)

    def report(self, problem: Problem, lost: int = 0, unit: Unit = Unit.BYTES) -> None:
        """Something of the file being read could not be. Past a number, damages are counted, not told."""
        if self._stream and self._stream.problem:
            return  # the stream broke: what follows from that is no second damage
        if len(self._open) < DETAILED:
            self._open.append((problem, max(lost, 0), unit))
        else:
            self._untold += 1
            self._untold_lost += max(lost, 0)

    def refuse(self, path: str, problem: Problem, lost: int = 0) -> None:
        """`path` could not be read at all."""
        self.damages.append(Damage(path, problem, 0, lost))

    def refuse_container(self, path: str, problem: Problem) -> None:
        """The folder or zip `path` could not be gone through, or not wholly: what lies in it counts for itself."""
        self.damages.append(Damage(path, problem, None))

    def note(self, note: Note) -> None:
        """Remember to say `note`, once."""
        if note not in self.notes:
            self.notes.append(note)

    def introduce(self, platform: str, account: str, name: str, at: datetime) -> tuple[Account, ...]:
        """The account, the first time it is met."""
        if (platform, account) in self._introduced:
            return ()
        self._introduced.add((platform, account))
        identifier = f"{platform}:account:{account}"
        return (Account(id=identifier, at=at, platform=platform, account=account, name=name),)

    def _settle(self, source: Source) -> None:
        for problem, lost, unit in self._open:
            self.damages.append(Damage(source.path, problem, self.kept, lost, unit))
        if self._untold:
            unit = self._open[-1][2]
            problem = Problem("archives.more_damages", count=self._untold)
            self.damages.append(Damage(source.path, problem, self.kept, self._untold_lost, unit))
