"""One screening of exports: every event through the engine, what was decided kept for the report."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime

from veilleuse.archives import Intake
from veilleuse.cli.batches import batched
from veilleuse.cli.chronicle import Chronicle
from veilleuse.engine import Engine
from veilleuse.events import Account, Community, Event
from veilleuse.families import Report, Seen
from veilleuse.language import Language, say
from veilleuse.policy import Decision

MOST_KEPT = 20_000  # decided events in one report: beyond, they are counted


class Screening:
    """Runs the events of an intake through an engine, and remembers what a report tells."""

    def __init__(self, engine: Engine, intake: Intake) -> None:
        self._engine = engine
        self._intake = intake
        self._people: dict[str, str] = {}
        self._communities: dict[str, str] = {}
        self._events = 0
        self._first: datetime | None = None
        self._last: datetime | None = None
        self._seen: dict[Event, Seen] = {}
        self._unkept = 0
        self._chronicle = Chronicle()
        engine.witness = self._chronicle.note

    def decisions(self, progress: "Progress | None" = None) -> Iterator[Decision]:
        """The decisions of live rules, in the order of the events. Run it to its end before `report`."""
        with progress or nullcontext():
            for batch in batched(self._intake):
                self._note(batch)
                for event, decision in self._engine.judge(batch):
                    if decision.rules:
                        self._keep(event, decision)
                        yield decision
                if progress:
                    progress.advance(self._intake.read_bytes)

    def conceal(self, text: str) -> str:
        """The text as an output may show it."""
        return self._engine.conceal(text)

    @property
    def total_bytes(self) -> int:
        """What there is to read, 0 where nobody knows."""
        return self._intake.total_bytes

    @property
    def faulty(self) -> bool:
        """Whether something could not be read or judged."""
        return bool(self._intake.damages or self._engine.dead_letters)

    def problems(self, language: Language) -> list[str]:
        """What could not be read or judged, a sentence each."""
        damages = [damage.say(language) for damage in self._intake.damages]
        letters = [say("cli.not_judged", language, event=d.event, why=d.error) for d in self._engine.dead_letters]
        return [self.conceal(sentence) for sentence in damages + letters]

    def report(self, sources: list[str], language: Language) -> Report:
        """Everything the page and the terminal tell."""
        notes = [note.say(language) for note in self._intake.notes]
        if self._unkept:
            notes.append(say("cli.unkept", language, count=self._unkept, kept=MOST_KEPT))
        return Report(
            sources=[self.conceal(source) for source in sources],
            events=self._events,
            people=self._people,
            communities=self._communities,
            conceal=self.conceal,
            talks=self._chronicle.talks(),
            first=self._first,
            last=self._last,
            seen=list(self._seen.values()),
            damages=self.problems(language),
            notes=notes,
            generated=datetime.now(UTC),
            rules={rule.name: rule.why[language] for rule in self._engine.policy.rules},
        )

    def _note(self, batch: list[Event]) -> None:
        self._events += len(batch)
        moments = [event.at for event in batch]
        self._first = min([*moments, *([self._first] if self._first else [])])
        self._last = max([*moments, *([self._last] if self._last else [])])
        for event in batch:
            match event:
                case Account():
                    self._people[event.account] = event.name
                case Community():
                    self._communities[event.community] = event.name

    def _keep(self, event: Event, decision: Decision) -> None:
        """Keeps a decided event once: overlapping exports hold the same message twice."""
        if event in self._seen:
            return
        if len(self._seen) < MOST_KEPT:
            self._seen[event] = Seen(event, decision, self._engine.read(event))
        else:
            self._unkept += 1


class Progress(AbstractContextManager["Progress"]):
    """A bar on the terminal, of the bytes read so far."""

    def __init__(self, total: int, label: str) -> None:
        # Rich takes a third of the start-up time, and most runs show no bar.
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task(label, total=total or None)

    def __enter__(self) -> "Progress":
        self._bar.start()
        return self

    def advance(self, read: int) -> None:
        """Shows that so many bytes were read in all."""
        self._bar.update(self._task, completed=read)

    def __exit__(self, *_: object) -> None:
        self._bar.stop()
