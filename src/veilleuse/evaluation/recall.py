"""Recall: how many of the hidden words a reader sees, by class of disguise."""

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from statistics import fmean
from typing import NamedTuple

import msgspec

from veilleuse.evaluation.disguises import BY_NAME, Half, Intensity, Sample
from veilleuse.evaluation.figure import Goal
from veilleuse.evaluation.proportion import Mean, Proportion
from veilleuse.reading import Reader

GOAL = Goal(at_least=0.95)
GOAL_EACH = Goal(at_least=0.85)
WITH_GOAL = frozenset({"reversed", "swapped", "dropped", "split"})
STACKED = "stacked"


class Outcome(NamedTuple):
    """What came of one sample: whether its term was found where it stands, and how well the places agree, in [0, 1]."""

    sample: Sample
    caught: bool
    overlap: float


class ClassRecall(msgspec.Struct, frozen=True):
    """Recall on one class: `recall` leaves aside the `ordinary` forms, `strict` does not.

    `overlap` is the mean, over what was caught, of the intersection of found and true place over their union.
    """

    name: str
    held_out: bool
    recall: Proportion
    light: Proportion
    medium: Proportion
    heavy: Proportion
    strict: Proportion
    ordinary: int
    overlap: float
    goal: Goal | None = None
    met: bool | None = None


class Recall(msgspec.Struct, frozen=True):
    """Recall over all classes, each weighing the same, and over what is held out from tuning."""

    macro: Mean
    goal: Goal
    met: bool
    strict: Mean  # ordinary forms counted as missed unless found
    open: Mean  # neither class nor glyph held out
    held_out_classes: Mean
    held_out_glyphs: Mean  # the held-out halves of the tables, in classes that are not
    overlap: float
    classes: tuple[ClassRecall, ...]
    stacked: ClassRecall


def outcomes(reader: Reader, samples: Sequence[Sample]) -> list[Outcome]:
    """What the reader makes of each sample."""
    overlaps = [0.0] * len(samples)
    for index, finding in reader.scan([sample.text for sample in samples]):
        sample = samples[index]
        if finding.term == sample.term:
            overlap = _overlap(finding.start, finding.end, sample.start, sample.end)
            overlaps[index] = max(overlaps[index], overlap)
    return [Outcome(sample, overlap > 0, overlap) for sample, overlap in zip(samples, overlaps, strict=True)]


def measure_recall(reader: Reader, samples: Sequence[Sample], stacked: Sequence[Sample]) -> Recall:
    """Recall on samples of single classes, those of one class standing together, and on stacked ones."""
    single = outcomes(reader, samples)
    by_class = [(name, list(of)) for name, of in groupby(single, key=lambda o: o.sample.classes[0])]
    classes = tuple(_class_recall(name, of, held_out=BY_NAME[name].held_out) for name, of in by_class)
    macro = _macro(single, lambda _: True)
    return Recall(
        macro=macro,
        goal=GOAL,
        met=GOAL.met_by(macro.value),
        strict=Mean.of([measured.strict for measured in classes]),
        open=_macro(single, lambda sample: not sample.held_out),
        held_out_classes=_macro(single, lambda sample: BY_NAME[sample.classes[0]].held_out),
        held_out_glyphs=_macro(
            single, lambda sample: sample.half is Half.HELD_OUT and not BY_NAME[sample.classes[0]].held_out
        ),
        overlap=_mean_overlap(single),
        classes=classes,
        stacked=_class_recall(STACKED, outcomes(reader, stacked), held_out=False),
    )


def _macro(single: Iterable[Outcome], chosen: Callable[[Sample], bool]) -> Mean:
    kept = [outcome for outcome in single if chosen(outcome.sample) and not outcome.sample.ordinary]
    return Mean.of([_caught(of) for _, of in groupby(kept, key=lambda o: o.sample.classes)])


def _class_recall(name: str, all_of: Sequence[Outcome], *, held_out: bool) -> ClassRecall:
    fair = [outcome for outcome in all_of if not outcome.sample.ordinary]
    goal = GOAL_EACH if name in WITH_GOAL else None
    recall = _caught(fair)
    light, medium, heavy = (_caught(o for o in fair if o.sample.intensity is intensity) for intensity in Intensity)
    return ClassRecall(
        name=name,
        held_out=held_out,
        recall=recall,
        light=light,
        medium=medium,
        heavy=heavy,
        strict=_caught(all_of),
        ordinary=len(all_of) - len(fair),
        overlap=_mean_overlap(all_of),
        goal=goal,
        met=goal.met_by(recall.value) if goal else None,
    )


def _caught(of: Iterable[Outcome]) -> Proportion:
    return Proportion.among(outcome.caught for outcome in of)


def _mean_overlap(of: Iterable[Outcome]) -> float:
    return fmean([outcome.overlap for outcome in of if outcome.caught] or [0.0])


def _overlap(start: int, end: int, true_start: int, true_end: int) -> float:
    shared = min(end, true_end) - max(start, true_start)
    return max(0, shared) / (max(end, true_end) - min(start, true_start))
