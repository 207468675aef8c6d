"""Whatever a person drops on the command line, as events."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path, PurePosixPath
from typing import Protocol

from veilleuse.archives.damage import Damage, Note
from veilleuse.archives.discord_exporter import DiscordExporter
from veilleuse.archives.discord_package import DiscordPackage
from veilleuse.archives.event_lines import EventLines
from veilleuse.archives.head import HEAD_BYTES, Head, flaw, head, promising, reads_as_json
from veilleuse.archives.ledger import Ledger
from veilleuse.archives.meta import Meta
from veilleuse.archives.snapchat import Snapchat
from veilleuse.archives.source import (
    PROBE,
    Container,
    Limits,
    Source,
    folder,
    is_zip,
    open_zip,
    pipe,
    single,
    standard_input,
    unreadable,
)
from veilleuse.archives.telegram import Telegram
from veilleuse.archives.whatsapp import WhatsApp, looks_like_a_chat
from veilleuse.archives.whatsapp_dates import DateOrder
from veilleuse.events import Event
from veilleuse.language import Problem

STANDARD_INPUT = Path("-")
_JSON = {".json", ".jsonl", ".ndjson"}
_TEXT = ".txt"
_ZIP = ".zip"


class Format(Protocol):
    """One kind of export: told by its content, read as events."""

    @property
    def name(self) -> str:
        """What it is called in `Intake.formats`."""
        ...

    def recognises(self, head: Head) -> bool:
        """Whether a file that begins so is of this kind."""
        ...

    def read(self, sources: Sequence[Source], ledger: Ledger) -> Iterator[Event]:
        """The events of these files; what cannot be read goes to the ledger."""
        ...


class Intake:
    """Conversations exported from any supported application, read as events.

    Iterating streams the events in bounded memory, file by file; `damages` and `notes` fill meanwhile and are
    complete at the end. Nothing raises because of what a file holds. Iterating again reads again.
    """

    def __init__(
        self, paths: Sequence[Path], date_order: DateOrder | None = None, limits: Limits | None = None
    ) -> None:
        self._paths = paths
        self._limits = limits or Limits()
        self._lines = EventLines()
        # The order matters: event lines ask the least of a file.
        self._formats: tuple[Format, ...] = (
            DiscordExporter(),
            DiscordPackage(),
            Telegram(),
            Meta(),
            Snapchat(),
            self._lines,
            WhatsApp(date_order),
        )
        self._ledger = Ledger()
        self._found: dict[Format, list[Source]] | None = None
        self._opened = ExitStack()
        self._begun = False

    @property
    def damages(self) -> list[Damage]:
        """What could not be read so far."""
        return self._ledger.damages

    @property
    def notes(self) -> list[Note]:
        """What a report must say of the exports read so far."""
        return self._ledger.notes

    @property
    def formats(self) -> list[str]:
        """Names of the formats met."""
        return [found.name for found in self._inventory()]

    @property
    def total_bytes(self) -> int:
        """Raw bytes of all files to read; 0 for standard input, whose end nobody knows."""
        return sum(source.size for sources in self._inventory().values() for source in sources)

    @property
    def read_bytes(self) -> int:
        """Raw bytes read so far."""
        return self._ledger.read_bytes

    def __iter__(self) -> Iterator[Event]:
        if self._begun:
            self._found = None
        inventory = self._inventory()
        self._begun = True
        with self._opened:
            for found, sources in inventory.items():
                for event in found.read(sources, self._ledger):
                    self._ledger.kept += 1
                    yield event

    def _inventory(self) -> dict[Format, list[Source]]:
        """Every file that can be read, by format, in the order they were met."""
        if self._found is None:
            self._begun = False
            self._found = {}
            self._ledger = Ledger()
            self._opened = ExitStack()
            for path in self._paths:
                try:
                    self._meet(path)
                except Problem as problem:
                    self._ledger.refuse(str(path), problem)
                except OSError as error:
                    self._ledger.refuse(str(path), unreadable(error))
        return self._found

    def _meet(self, path: Path) -> None:
        """Take in what a person named. Raises `Problem` when nothing of it can be read."""
        if path == STANDARD_INPUT:
            self._add(self._lines, standard_input())
        elif not path.exists():
            raise Problem("archives.absent")
        elif path.is_dir():
            self._gather(folder(path), path)
        elif path.is_file():
            self._meet_file(single(path), path)
        else:
            self._add(self._lines, pipe(path))

    def _meet_file(self, source: Source, path: Path) -> None:
        beginning = source.beginning(HEAD_BYTES)
        if not beginning.strip():
            raise Problem("archives.empty")
        if is_zip(beginning):
            self._gather(self._open_zip(path), path)
            return
        seen = head(beginning)
        if found := self._recognised(seen):
            self._add(found, source)
        elif seen.is_line:
            self._add(self._lines, source)
        else:
            problem = _suspicion(source, beginning) or Problem("archives.unknown")
            self._ledger.refuse(str(path), problem, source.size)

    def _gather(self, container: Container, path: Path) -> None:
        """Take in what can be read of a folder or a zip, and leave the rest alone."""
        before = len(self._ledger.damages)
        if not self._gathered(container) and len(self._ledger.damages) == before:
            self._ledger.refuse_container(str(path), Problem("archives.nothing"))

    def _gathered(self, container: Container) -> bool:
        """Whether anything was found in it."""
        some = False
        for place, problem in container.problems:
            if place == container.path:
                self._ledger.refuse_container(place, problem)
            else:
                self._ledger.refuse(place, problem)
        for source in container.sources.values():
            try:
                some |= self._take(source)
            except Problem as problem:
                self._ledger.refuse(source.path, problem)
                if problem.key == "archives.bomb":
                    break  # the zip as a whole has swollen too far: nothing more of it is opened
        return some

    def _take(self, source: Source) -> bool:
        if _is_shadow(source.inside):
            return False
        ending = source.inside.suffix.casefold()
        beginning = source.beginning(PROBE)
        if is_zip(beginning) and source.on_disk:
            return self._gathered(self._open_zip(Path(source.path)))
        if ending == _ZIP:
            raise Problem("archives.inner_zip" if is_zip(beginning) else "archives.bad_zip")
        if not promising(beginning) and ending not in _JSON | {_TEXT}:
            return False
        beginning = source.beginning(HEAD_BYTES)
        found = self._recognised(head(beginning)) if promising(beginning) else None
        if found:
            self._add(found, source)
        elif problem := _suspicion(source, beginning):
            self._ledger.refuse(source.path, problem, source.size)
        return found is not None

    def _open_zip(self, path: Path) -> Container:
        archive, container = open_zip(path, self._limits)
        self._opened.enter_context(archive)
        return container

    def _recognised(self, seen: Head) -> Format | None:
        return next((candidate for candidate in self._formats if candidate.recognises(seen)), None)

    def _add(self, found: Format, source: Source) -> None:
        if self._found is not None:
            self._found.setdefault(found, []).append(source)


def _suspicion(source: Source, beginning: bytes) -> Problem | None:
    """Why a file that no format recognises may hold a conversation all the same; None for any other file."""
    ending = source.inside.suffix.casefold()
    if ending in _JSON and not beginning.strip():
        return Problem("archives.empty")
    if ending in _JSON or reads_as_json(beginning):
        return flaw(beginning)
    if ending == _TEXT and looks_like_a_chat(beginning):
        return Problem("archives.chat_unknown")
    return None


def _is_shadow(inside: PurePosixPath) -> bool:
    """Whether it is one of the files that macOS puts beside each file, under the same name, for its own use."""
    return inside.name.startswith("._") or inside.parts[0] == "__MACOSX"
