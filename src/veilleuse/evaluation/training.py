"""Fits the conversation model on labelled conversations that stay where they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from math import exp, log
from random import Random

import msgspec

from veilleuse.evaluation.views import views
from veilleuse.events import Event, Label
from veilleuse.language import Language, Problem, say
from veilleuse.memory import Memory
from veilleuse.reading import Reader
from veilleuse.signals.features import FEATURES, values
from veilleuse.signals.model import Model

SHORTEST, LONGEST = 5, 150  # messages of a prefix
PREFIXES = 8  # of each conversation
_ROUNDS = 400
_RATE = 0.5
_PULL = 0.02  # towards the weights it starts from: what the data does not say stays as it was
_MOST = 8.0  # of any weight
# What tells one source from another (who answers, at what hour, to how many) rather than one behaviour from another.
_CAPPED = {
    "weight_of_talk": 0.5, "opening": 0.5, "night": 0.5, "new_contacts": 1.0, "same_opener": 1.5,
    "minors_contacted": 2.0,
}  # fmt: skip


class Case(msgspec.Struct):
    """One author in one channel: how many messages, and the features after each that said something, in order."""

    label: str = ""
    messages: int = 0
    states: list[tuple[int, dict[str, float]]] = []

    def after(self, messages: int) -> dict[str, float]:
        """The features after so many messages: the last ones known by then."""
        return next((state for count, state in reversed(self.states) if count <= messages), {})


class Sample(msgspec.Struct, frozen=True):
    """Features at some point of a conversation, whether it is a predator's, and how much it weighs."""

    features: Mapping[str, float]
    predator: bool
    weight: float


class Fit(msgspec.Struct, frozen=True):
    """A fitted model; on how many conversations; the mean loss before and after, in natural logarithms."""

    model: Model
    predators: int
    ordinary: int
    samples: int
    before: float
    after: float


def collect(events: Iterable[Event], on_event: Callable[[], object] = lambda: None) -> list[Case]:
    """The labelled conversations. Labels may come before or after the messages of their channel and author."""
    cases: dict[tuple[str, str], Case] = {}

    def case(channel: str, author: str) -> Case:
        return cases.setdefault((channel, author), Case())

    def unlabelled() -> Iterable[Event]:
        for event in events:
            on_event()
            if isinstance(event, Label):
                case(event.channel, event.author).label = event.label
            else:
                yield event

    for event, seen in views(unlabelled(), Reader(), Memory()):
        if event.channel is None:
            continue
        mine = case(event.channel, event.author)
        mine.messages += 1
        # Of a message to several, the conversation in which most was said.
        states = [state for view in seen if (state := values(view))]
        if states:
            mine.states.append((mine.messages, max(states, key=lambda state: sum(state.values()))))
    return [case for case in cases.values() if case.label]


def draw(cases: Sequence[Case], seed: int) -> list[Sample]:
    """Random prefixes of every conversation. Ordinary ones are cut at lengths drawn from those of predators, so that
    length tells nothing; either side weighs half.
    """
    random = Random(seed)  # noqa: S311 - the same prefixes every time; nothing here is secret
    lengths: list[int] = []
    drawn: dict[bool, list[dict[str, float]]] = {True: [], False: []}
    for case in (case for case in cases if case.label == "predator"):
        for _ in range(PREFIXES):
            length = random.randint(SHORTEST, max(SHORTEST, min(LONGEST, case.messages)))
            lengths.append(length)
            drawn[True].append(case.after(length))
    for case in (case for case in cases if case.label == "ordinary"):
        for _ in range(PREFIXES):
            length = min(random.choice(lengths or [LONGEST]), max(case.messages, 1))
            drawn[False].append(case.after(length))
    return [Sample(state, side, 0.5 / len(states)) for side, states in drawn.items() for state in states]


def fit(events: Iterable[Event], start: Model, seed: int = 2026) -> Fit:
    """Refits the weights of `start`. Raises `Problem` where one of the two labels is missing."""
    cases = collect(events)
    counts = {label: sum(case.label == label for case in cases) for label in ("predator", "ordinary")}
    if not all(counts.values()):
        raise Problem("evaluate.needs_labels", **counts)
    samples = draw(cases, seed)
    model = descend(
        samples,
        start,
        say("evaluate.fitted_about", Language.EN, predators=counts["predator"], ordinary=counts["ordinary"]),
    )
    return Fit(model, counts["predator"], counts["ordinary"], len(samples), loss(samples, start), loss(samples, model))


def loss(samples: Sequence[Sample], model: Model) -> float:
    """The mean loss of the model's probabilities."""
    return sum(
        sample.weight * log(1 + exp(-evidence if sample.predator else evidence))
        for sample in samples
        for evidence in (max(-40.0, min(40.0, model.evidence(sample.features))),)
    )


def descend(samples: Sequence[Sample], start: Model, about: str) -> Model:
    """Projected gradient descent on the logistic loss, pulled towards `start`: no weight changes sign, none exceeds
    its cap. In plain Python, for there are some forty weights and few features in a sample.
    """
    weights = {name: start.weights.get(name, 0.0) for name in FEATURES}
    prior, bias = dict(weights), start.bias
    signs = {name: -1.0 if feature.lowers else 1.0 for name, feature in FEATURES.items()}
    for _ in range(_ROUNDS):
        slopes = {name: _PULL * (weight - prior[name]) / len(prior) for name, weight in weights.items()}
        slope = _PULL * (bias - start.bias)
        for sample in samples:
            evidence = sum(signs[name] * weights[name] * value for name, value in sample.features.items()) - bias
            probability = 1 / (1 + exp(-max(-40.0, min(40.0, evidence))))
            error = sample.weight * (probability - sample.predator)
            slope -= error
            for name, value in sample.features.items():
                slopes[name] += error * signs[name] * value
        bias -= _RATE * 4 * slope
        for name, by in slopes.items():
            most = _CAPPED.get(name, _MOST)
            weights[name] = min(max(weights[name] - _RATE * 10 * by, 0.0), most)
    return Model(about, round(bias, 3), {name: round(weight, 3) for name, weight in weights.items()})
