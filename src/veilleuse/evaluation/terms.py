"""What reading is timed with: terms, and messages of chat that hold them in disguise or not at all on purpose."""

from collections import deque
from collections.abc import Sequence
from itertools import cycle
from math import ceil
from random import Random

from veilleuse.evaluation.corpus import SEED
from veilleuse.evaluation.disguises import CLASSES, neutral_terms, samples
from veilleuse.evaluation.talk import Talk
from veilleuse.reading.ordinary import OrdinaryWords

_CYCLE, _NOT_ASCII = 25, frozenset({4, 12, 20})  # 12 % of messages, evenly
_LONGEST = 600  # characters; without the few messages beyond, the mean is 59
_SHORTEST_TERM, _LONGEST_TERM = 6, 12  # letters
_ONE_DISGUISED_IN = 20


def make_terms(count: int, seed: int = SEED) -> tuple[str, ...]:
    """That many terms: the neutral words of the disguise generator, then words that can be said and mean nothing."""
    talk, ordinary = Talk(_random(seed, "terms")), OrdinaryWords.shipped()
    terms = dict.fromkeys(neutral_terms()[:count])
    while len(terms) < count:
        word = talk.word() + talk.word()
        if _SHORTEST_TERM <= len(word) <= _LONGEST_TERM and word not in ordinary:
            terms[word] = None
    return tuple(terms)


def make_texts(count: int, seed: int = SEED) -> list[str]:
    """That many messages, the first of any greater number: of 59 characters on average, 12 % of them beyond ASCII.

    About 1.5 % hold a neutral word as everyone writes it: "garden", "rice".
    """
    talk = Talk(_random(seed, "texts"))
    waiting: dict[bool, deque[str]] = {True: deque(), False: deque()}
    texts: list[str] = []
    for place in range(count):
        is_ascii = place % _CYCLE not in _NOT_ASCII
        while not waiting[is_ascii]:
            text = talk.message()
            if len(text) <= _LONGEST:
                waiting[text.isascii()].append(text)
        texts.append(waiting[is_ascii].popleft())
    return texts


def hide_terms(texts: Sequence[str], seed: int = SEED) -> list[str]:
    """The texts, one in twenty of them followed by a neutral word in disguise, every class of disguise in turn."""
    needed, neutral = ceil(len(texts) / _ONE_DISGUISED_IN), frozenset(neutral_terms())
    each = 4 + 2 * needed // len(CLASSES)  # half of the samples hide another word than a neutral one
    hidden = [sample.text for sample in samples(seed, each) if sample.term in neutral and not sample.ordinary]
    _random(seed, "order").shuffle(hidden)
    following = cycle(hidden)
    return [f"{text} {next(following)}" if place % _ONE_DISGUISED_IN == 0 else text for place, text in enumerate(texts)]


def _random(seed: int, what: str) -> Random:
    return Random(f"{seed}:{what}")  # noqa: S311 - the same every time, and no secret
