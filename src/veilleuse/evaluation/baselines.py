"""What the model is measured against: message length, a list of words, a linear model over hashed words."""

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise
from math import exp
from zlib import crc32

import msgspec

from veilleuse.cues.view import words_of
from veilleuse.evaluation.dialogues import Dialogue, Label
from veilleuse.reading import Lexicon

_FOLDS = 5
_BUCKETS = 1 << 14
_ROUNDS = 30
_RATE = 0.3
_DECAY = 1e-4
# Of the lexicon, what a moderator would put on a list.
_LISTED = frozenset(
    {
        "age-question", "secrecy", "isolation", "image", "meeting", "gift", "platform-move", "compliment", "threat",
        "leak", "sexual",
    }
)  # fmt: skip

Texts = Sequence[str]
Scorer = Callable[[Texts], float]


class Baseline(msgspec.Struct, frozen=True):
    """How a baseline scores each dialogue without having seen it, and any other talk."""

    name: str
    dialogues: tuple[float, ...]
    scorer: Scorer


def baselines(dialogues: Sequence[Dialogue]) -> list[Baseline]:
    """All three, over what the suspected party of each dialogue wrote."""
    said = [[message.text for message in dialogue.by(dialogue.suspect)] for dialogue in dialogues]
    caught = [dialogue.label is Label.CAUGHT for dialogue in dialogues]
    return [
        Baseline("length", tuple(map(length, said)), length),
        Baseline("words", tuple(map(_listed, said)), _listed),
        _hashed(said, caught),
    ]


def length(texts: Texts) -> float:
    """The mean length of a message, in characters."""
    return sum(map(len, texts)) / len(texts) if texts else 0.0


@cache
def _words() -> frozenset[str]:
    terms = (term for term in Lexicon.shipped().terms if term.concept in _LISTED)
    return frozenset(word for term in terms if len(found := words_of(term.text)) == 1 for word in found)


def _listed(texts: Texts) -> float:
    """The share of messages that hold a listed word."""
    listed = _words()
    return sum(not listed.isdisjoint(words_of(text)) for text in texts) / len(texts) if texts else 0.0


def _hashed(said: Sequence[Texts], caught: Sequence[bool]) -> Baseline:
    """Fitted on four fifths of the dialogues to score the last, and on all of them to score other talk."""
    scores = [0.0] * len(said)
    for fold in range(_FOLDS):
        others = [place for place in range(len(said)) if place % _FOLDS != fold]
        scorer = _fitted([said[place] for place in others], [caught[place] for place in others])
        for place in range(fold, len(said), _FOLDS):
            scores[place] = scorer(said[place])
    return Baseline("hashed", tuple(scores), _fitted(said, caught))


def _fitted(said: Sequence[Texts], caught: Sequence[bool]) -> Scorer:
    weights = [0.0] * _BUCKETS
    bags = [_bag(texts) for texts in said]
    bias = 0.0
    for _ in range(_ROUNDS):
        for bag, wanted in zip(bags, caught, strict=True):
            error = _logistic(sum(weights[bucket] * value for bucket, value in bag.items()) + bias) - wanted
            bias -= _RATE * error
            for bucket, value in bag.items():
                weights[bucket] -= _RATE * (error * value + _DECAY * weights[bucket])
    return lambda texts: sum(weights[bucket] * value for bucket, value in _bag(texts).items()) + bias


def _bag(texts: Texts) -> dict[int, float]:
    """Words and pairs of words, hashed, of one length in all."""
    counts: dict[int, float] = {}
    for text in texts:
        words = words_of(text)
        for token in (*words, *(" ".join(pair) for pair in pairwise(words))):
            bucket = crc32(token.encode()) % _BUCKETS
            counts[bucket] = 1.0
    size = max(len(counts), 1) ** 0.5
    return {bucket: value / size for bucket, value in counts.items()}


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, x))))
