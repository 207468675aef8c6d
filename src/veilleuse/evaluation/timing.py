"""Times that can be compared: taken in turns within one run, so that a noisy machine is noisy for all alike."""

import gc
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter

Work = Callable[[], object]


@dataclass(frozen=True)
class Contender:
    """What is timed: `prepare` gives the work, untimed and anew each repetition, as laps to be run in their order.

    `passes` repeats work that is too short to time.
    """

    prepare: Callable[[], Sequence[Work]]
    passes: int = 1

    def seconds(self, lap: Work) -> float:
        """How long one pass of the lap takes, this time."""
        began = perf_counter()
        for _ in range(self.passes):
            lap()
        return (perf_counter() - began) / self.passes


@dataclass(frozen=True)
class Times:
    """Seconds of each repetition, in order."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle one."""
        return median(self.seconds)

    @property
    def spread(self) -> float:
        """How many times the fastest the slowest took: near 1 where no one else used the core."""
        return max(self.seconds) / min(self.seconds)

    def over(self, floor: "Times") -> float:
        """How many times the floor: the median over the repetitions, each against its own neighbour."""
        return median(mine / theirs for mine, theirs in zip(self.seconds, floor.seconds, strict=True))


def take_turns(contenders: Mapping[str, Contender], repetitions: int) -> dict[str, Times]:
    """The times of all, lap by lap in turns, every other lap in reverse order."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for repetition in range(repetitions):
        laps = {name: contender.prepare() for name, contender in contenders.items()}
        spent = dict.fromkeys(contenders, 0.0)
        gc.collect()
        for number in range(max(map(len, laps.values()))):
            for name in list(contenders)[:: -1 if (repetition + number) % 2 else 1]:
                if number < len(laps[name]):
                    spent[name] += contenders[name].seconds(laps[name][number])
        for name, seconds in spent.items():
            taken[name].append(seconds)
    return {name: Times(tuple(seconds)) for name, seconds in taken.items()}
