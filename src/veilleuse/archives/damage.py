"""What an export could not give, and what must be said of what it gave."""

from dataclasses import dataclass
from enum import StrEnum

from veilleuse.language import Language, Problem, say


class Unit(StrEnum):
    """What `Damage.lost` counts."""

    BYTES = "bytes"
    LINES = "lines"


class NestedProblem(Problem):
    """A problem some of whose values are sentences themselves, each said in the language asked for."""

    def say(self, language: Language) -> str:
        """What happened, where, and what to do."""
        values = {
            name: value.say(language) if isinstance(value, Problem) else value for name, value in self.values.items()
        }
        return say(self.key, language, **values)


@dataclass(frozen=True)
class Damage:
    """Something of `path` that could not be read.

    `kept` counts the events that were read from the file all the same, and is None where `path` is what holds
    the files, a folder or a zip; `lost` what was not read of it, in `unit`, 0 when nothing of it is known to be lost.
    """

    path: str
    problem: Problem
    kept: int | None = 0
    lost: int = 0
    unit: Unit = Unit.BYTES

    def say(self, language: Language) -> str:
        """Which file, what is wrong and where, what to do, what was kept and how much was not."""
        sentences = [self.problem.say(language)]
        if self.kept is not None:
            sentences.append(say(f"archives.kept_{_grammatical(self.kept)}", language, count=self.kept))
        if self.lost:
            key = f"archives.lost_{self.unit}_{_grammatical(self.lost)}"
            sentences.append(say(key, language, count=self.lost))
        return say("archives.damage", language, path=self.path, sentences=" ".join(sentences))


class Note(StrEnum):
    """What a report must say of a kind of export, so that nobody concludes too much from it."""

    OWN_HALF = "own_half"
    LOCAL_TIMES = "local_times"
    SAVED_ONLY = "saved_only"

    def say(self, language: Language) -> str:
        """The note, as a sentence."""
        return say(f"archives.note_{self}", language)


def _grammatical(count: int) -> str:
    return "none" if count == 0 else "one" if count == 1 else "many"
