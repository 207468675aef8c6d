"""What was said in conversations, when it was first said: notes taken while they are screened, for the report."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import structs

from veilleuse.cues import Cue, Idea
from veilleuse.families.report import Step, Talk
from veilleuse.memory import PairMemory, View
from veilleuse.memory.memory import MAJORITY
from veilleuse.memory.room import PLACE
from veilleuse.signals import Signal

MOST = 20_000  # conversations noted at once; the one longest without a word is forgotten first
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ASKING = (Idea.IMAGE_REQUEST, Idea.MEETING, Idea.DEMAND, Idea.PRESSURE, Idea.PLATFORM_MOVE, Idea.CONTACT_REQUEST)
# Ages are noted as memory takes them, and what reassures or refuses is no step of an approach.
_NO_STEPS = frozenset(
    {Idea.AGE_CLAIM, Idea.AGE_REPLY, Idea.REFUSAL, Idea.GUARDIAN, Idea.HELP, Idea.SHARED_LIFE, Idea.KIN}
)  # fmt: skip


class Chronicle:
    """Notes of conversations, a step of each kind in each direction.

    It is an engine's witness. It holds short excerpts of what was written, and is to be dropped with the screening.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        # By the identity of the pair's memory, which each note keeps alive: who the other half is may show late.
        self._notes: dict[int, _Notes] = {}

    def note(self, view: View, signals: Sequence[Signal]) -> None:
        """Takes down what the author says to the other in this message."""
        notes = self._notes.pop(id(view.pair), None) or _Notes(view)
        self._notes[id(view.pair)] = notes
        notes.hear(view, signals)
        if view.back is not None and view.said(Idea.REFUSAL) and (theirs := self._notes.get(id(view.back))):
            theirs.refused(view.at)
        if len(self._notes) > self._most:
            del self._notes[next(iter(self._notes))]

    def talks(self) -> tuple[Talk, ...]:
        """The conversations of which a signal was told."""
        return tuple(notes.talk() for notes in self._notes.values() if notes.told)


class _Notes:
    """What one account wrote to another."""

    def __init__(self, view: View) -> None:
        self._author = view.author
        self._pair: PairMemory = view.pair
        self._back: PairMemory | None = None
        self._other = view.other
        self._steps: dict[str, Step] = {}
        self._ignored = 0
        self.told: dict[str, set[str]] = {}

    def hear(self, view: View, signals: Sequence[Signal]) -> None:
        """Takes down the steps of a message, and the signals told at it."""
        self._other, self._back = view.other, view.back
        if minor := _minor_said(view):
            self._add("known", view.at, age=minor)
        for cue in view.cues:
            if cue.meant and cue.idea not in _NO_STEPS:
                age = _years(cue.low, cue.high) if cue.high else ""
                self._add(cue.idea, view.at, _quoted(view, cue), strength=cue.strength, age=age)
        for said in view.heard.claims:
            if said.seen.event == view.event:
                self._add(Idea.AGE_CLAIM, view.at, said.seen.text, age=str(said))
        if view.heard.ignored > self._ignored:
            asked = view.said(*_ASKING)
            self._add("insists", view.at, _quoted(view, asked) if asked else "")
            self._ignored = view.heard.ignored
        for signal in signals:
            self.told.setdefault(view.event, set()).add(signal.name)

    def refused(self, at: int) -> None:
        """The other said no; it counts from the first request on."""
        if any(idea in self._steps for idea in _ASKING):
            self._add("refusal", at)

    def talk(self) -> Talk:
        """All that was taken down."""
        return Talk(
            author=self._author,
            other=None if self._other.startswith(PLACE) else self._other,
            first=_instant(self._pair.first),
            last=_instant(self._pair.last),
            messages=self._pair.count,
            opened=self._back is None or self._pair.first < self._back.first,
            steps=tuple(self._steps.values()),
            told={event: frozenset(names) for event, names in self.told.items()},
        )

    def _add(self, kind: str, at: int, text: str = "", *, strength: float = 1.0, age: str = "") -> None:
        held = self._steps.get(kind)
        if held is None:
            self._steps[kind] = Step(str(kind), _instant(at), strength, text, age)
        else:
            self._steps[kind] = structs.replace(held, times=held.times + 1)


def _minor_said(view: View) -> str:
    """The age of a minor as it was said in this conversation: what a platform declares, the author may not know."""
    said = [*(view.back.heard.claims if view.back and view.back.heard else ()), view.heard.of_other]
    lowest = min((age for age in said if age and age.high < MAJORITY), key=lambda age: age.high, default=None)
    return str(lowest) if lowest else ""


def _quoted(view: View, cue: Cue) -> str:
    return view.sighting(cue).text


def _years(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low}-{high}"


def _instant(at: int) -> datetime:
    return _EPOCH + timedelta(seconds=at)
