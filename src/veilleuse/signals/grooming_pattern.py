"""A conversation in which one approaches the other as groomers do: the model, by a sequential rule."""

from veilleuse.memory.memory import View
from veilleuse.signals.evidence import ages, sightings
from veilleuse.signals.features import FEATURES, distinct, values
from veilleuse.signals.model import Model
from veilleuse.signals.signal import Signal

NAME = "grooming.pattern"
FLOOR = 0.45
_MOST = 0.98
_FEWEST = 2  # distinct ideas, ages among them: whoever says one thing once has no pattern


def detect(view: View, model: Model | None = None) -> Signal | None:
    """The model's score. Ideas fade with the messages that follow, so that evidence must gather faster than it leaks:
    a CUSUM test, one-sided, asked at every message that says something.
    """
    ideas = distinct(view)
    across = bool(ideas and view.other_minor and view.author_adult)
    if len(ideas) + max(len(view.heard.claims), across) < _FEWEST:
        return None
    model = model or Model.shipped()
    features = values(view)
    score = min(model.score(features), _MOST)
    if score < FLOOR:
        return None
    carried = sorted(
        (item for item in model.contributions(features).items() if item[1] > 0), key=lambda item: (-item[1], item[0])
    )
    told = dict.fromkeys([*(idea for name, _ in carried for idea in FEATURES[name].ideas), *ideas])
    evidence = (*sightings(view, told), *ages(view.other_minor, view.author_adult))
    return Signal(NAME, score, evidence) if evidence else None
