"""How well reading reads: what it sees through disguises, what it wrongly sees in ordinary talk, and how fast."""

from collections.abc import Callable, Sequence
from pathlib import Path
from platform import python_version

import msgspec

from veilleuse import __version__
from veilleuse.engine import Engine
from veilleuse.evaluation.alarms import (
    FalseAlarms,
    NamesFlagged,
    Pace,
    measure_alarms,
    measure_names,
    measure_pace,
)
from veilleuse.evaluation.benign import load_benign
from veilleuse.evaluation.disguises import EACH, SEED, STACKED, all_terms, neutral_terms, samples, stacked_samples
from veilleuse.evaluation.recall import Recall, measure_recall
from veilleuse.reading import Reader


class ReadingReport(msgspec.Struct, frozen=True):
    """Every figure of accuracy of reading; `pace` is that on the disguised messages themselves."""

    version: str
    python: str
    seed: int
    terms: int
    samples: int
    recall: Recall
    pace: Pace
    neutral_terms: int
    alarms: tuple[FalseAlarms, ...]
    names: tuple[NamesFlagged, ...]


def evaluate_reading(
    benign: Sequence[Path] = (),
    seed: int = SEED,
    on_step: Callable[[str | None], None] = lambda _: None,
    *,
    each: int = EACH,
    stacked: int = STACKED,
) -> ReadingReport:
    """Measures recall on made-up disguises and false alarms on files of ordinary talk.

    `each` samples of a class, `stacked` of two at once. `on_step` is told the file that comes next, None for
    the disguises. Raises `Problem` for a file that cannot be used, before anything is measured.
    """
    files = [load_benign(path) for path in benign]
    on_step(None)
    single, both = list(samples(seed, each)), list(stacked_samples(seed, stacked))
    terms = all_terms()
    reader = Reader(terms=terms)
    recall = measure_recall(reader, single, both)
    pace = measure_pace(reader, [sample.text for sample in (*single, *both)])
    alarms: list[FalseAlarms] = []
    names: list[NamesFlagged] = []
    for file in files:
        on_step(file.name)
        alarms.append(measure_alarms(neutral_terms(), file))
        if file.communities:
            names.append(measure_names(Engine(), file))
    return ReadingReport(
        version=__version__,
        python=python_version(),
        seed=seed,
        terms=len(terms),
        samples=len(single) + len(both),
        recall=recall,
        pace=pace,
        neutral_terms=len(neutral_terms()),
        alarms=tuple(alarms),
        names=tuple(names),
    )
