"""Disguised messages: the same seed always makes the same ones."""

import re
from collections.abc import Iterator, Sequence
from itertools import cycle, islice
from random import Random

import msgspec

from veilleuse.evaluation.disguises.classes import CLASSES, DisguiseClass
from veilleuse.evaluation.disguises.form import Draw, Form, Half, Intensity, bare
from veilleuse.evaluation.disguises.vocabulary import Vocabulary, vocabulary
from veilleuse.language import Language
from veilleuse.reading.ordinary import OrdinaryWords

SEED = 2026
EACH = 240  # samples of a class
STACKED = 1200  # samples of two classes worn together
_MILD = 0.5  # how often the word is a mild swear word
_MOST_DRAWS = 100
_LETTERS = re.compile(r"[a-z]+(?: [a-z]+)*")


class Sample(msgspec.Struct, frozen=True):
    """A message that hides one term: `text[start:end]`, in code points, is the disguised form.

    `classes` names one class of disguise, or two worn together. `held_out` says that a class or a glyph of it is
    kept from what tunes. `ordinary` says that the form is itself made of ordinary words, so that nothing in it shows
    that another was meant: "hair" for "chair".
    """

    text: str
    term: str
    classes: tuple[str, ...]
    intensity: Intensity
    start: int
    end: int
    half: Half
    held_out: bool
    ordinary: bool


def samples(seed: int = SEED, each: int = EACH) -> Iterator[Sample]:
    """That many samples of every class, in the three intensities, from both halves of each table of glyphs."""
    for kind in CLASSES:
        yield from _samples((kind,), seed, each, (Half.TUNING, Half.HELD_OUT) if kind.halved else (Half.TUNING,))


def stacked_samples(seed: int = SEED, count: int = STACKED) -> Iterator[Sample]:
    """That many samples that wear two classes at once, each pair once before any twice."""
    pairs = [(under, over) for under in CLASSES for over in CLASSES if under.stage < over.stage]
    Random(f"{seed}:pairs").shuffle(pairs)  # noqa: S311 - the same every time, and no secret
    for place, pair in enumerate(islice(cycle(pairs), count)):
        yield from _samples(pair, seed, 1, (Half.TUNING, Half.HELD_OUT), place)


def tuning_samples(seed: int = SEED, each: int = EACH) -> Iterator[Sample]:
    """What a reader may be tuned on: no class and no glyph that is held out."""
    for kind in CLASSES:
        if not kind.held_out:
            yield from _samples((kind,), seed, each, (Half.TUNING,))


def _samples(
    kinds: tuple[DisguiseClass, ...], seed: int, count: int, halves: Sequence[Half], first: int = 0
) -> Iterator[Sample]:
    # Of its own for each class, so that a class added leaves the others' samples as they were.
    names = "+".join(kind.name for kind in kinds)
    random = Random(f"{seed}:{names}:{first}")  # noqa: S311 - the same every time, and no secret
    intensities, languages = tuple(Intensity), tuple(Language)
    for place in range(first, first + count):
        draw = Draw(random, intensities[place % 3], languages[place // 3 % 2], halves[place // 6 % len(halves)])
        yield _sample(kinds, draw)


def _sample(kinds: tuple[DisguiseClass, ...], draw: Draw) -> Sample:
    words = vocabulary(draw.language)
    term, form = _worn(kinds, words, draw)
    before, _, after = draw.one(words.carriers).partition("{}")
    start = len(before) + len(form.before)
    return Sample(
        text=before + form.before + form.word + form.after + after,
        term=term,
        classes=tuple(kind.name for kind in kinds),
        intensity=draw.intensity,
        start=start,
        end=start + len(form.word),
        half=draw.half,
        held_out=any(kind.held_out or (kind.halved and draw.half is Half.HELD_OUT) for kind in kinds),
        ordinary=_is_ordinary(form, term),
    )


def _worn(kinds: tuple[DisguiseClass, ...], words: Vocabulary, draw: Draw) -> tuple[str, Form]:
    """A term and its disguised form, of a term that can wear every class and is changed by it."""
    for _ in range(_MOST_DRAWS):
        term = draw.one(words.mild if draw.random.random() < _MILD else words.neutral)
        written = _as_typed(term, draw)
        form: Form | None = Form.of(written)
        for kind in kinds:
            form = kind.wear(form, draw) if form else None
        if form and form != Form.of(written):
            return term, form
    raise ValueError(f"no word can wear {' and '.join(kind.name for kind in kinds)}")


def _as_typed(term: str, draw: Draw) -> str:
    """The term with or without its accents, in small letters mostly."""
    word = draw.one((term, bare(term)))
    return draw.one((word, word, word, word.capitalize(), word.upper()))


def _is_ordinary(form: Form, term: str) -> bool:
    said, meant, ordinary = bare(form.word), bare(term), OrdinaryWords.shipped()
    inflected = len(said) > len(meant) and said.startswith(meant[:-1])
    if not _LETTERS.fullmatch(said) or said == meant or inflected:
        return False
    pieces = said.split(" ")
    return all(len(piece) > 1 and piece in ordinary for piece in pieces)
