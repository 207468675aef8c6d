"""Times that can be compared: taken in turns within one run, so that a noisy machine is noisy for all alike."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True)
class Contender:
    """What is timed: `prepare` gives the work, untimed and anew each time; `passes` repeats work too short to time."""

    prepare: Callable[[], Work]
    passes: int = 1

    def seconds(self) -> float:
        """How long one pass takes, this time."""
        work = self.prepare()
        gc.collect()
        began = perf_counter()
        for _ in range(self.passes):
            work()
        return (perf_counter() - began) / self.passes


@dataclass(frozen=True)
class Times:
    """Seconds of each repetition, in order."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.seconds)

    def over(self, floor: "Times") -> float:
        """How many times the floor: the median over the repetitions, each against its own neighbour."""
        return median(mine / theirs for mine, theirs in zip(self.seconds, floor.seconds, strict=True))


def take_turns(contenders: Mapping[str, Contender], repetitions: int) -> dict[str, Times]:
    """The times of all, each timed once a repetition, every other repetition in reverse order."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for repetition in range(repetitions):
        for name in list(contenders)[:: -1 if repetition % 2 else 1]:
            taken[name].append(contenders[name].seconds())
    return {name: Times(tuple(seconds)) for name, seconds in taken.items()}
