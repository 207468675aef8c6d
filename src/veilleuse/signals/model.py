"""The conversation model: additive, monotone, readable. Its weights are a small file."""

import tomllib
from collections.abc import Mapping
from functools import cache
from math import exp
from pathlib import Path

import msgspec

from veilleuse import DATA
from veilleuse.language import Problem
from veilleuse.signals.features import FEATURES

_MOST = 40.0  # beyond, a logistic is 0 or 1


class Model(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A logistic link over a weighted sum of features.

    `bias` is the evidence, in natural logarithms of odds, that an unremarkable conversation lacks; `weights` are not
    negative: a feature that speaks for calm takes away what its weight says. `about` tells what the weights come from.
    """

    about: str
    bias: float
    weights: dict[str, float]

    @classmethod
    @cache
    def shipped(cls) -> "Model":
        """The weights of the package."""
        return cls.read((DATA / "models" / "conversation.toml").read_text(encoding="utf-8"))

    @classmethod
    def load(cls, path: Path) -> "Model":
        """The weights of a file. Raises `Problem` for one that cannot be used."""
        try:
            return cls.read(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError, ValueError) as error:
            raise Problem("evaluate.no_model", path=path, why=error) from None

    @classmethod
    def read(cls, text: str) -> "Model":
        """The weights of a text. Raises `ValueError` for features that do not exist and weights that are negative."""
        model = msgspec.convert(tomllib.loads(text), cls)
        if unknown := sorted(model.weights.keys() - FEATURES.keys()):
            raise ValueError(f"no such features: {', '.join(unknown)}")
        if wrong := sorted(name for name, weight in model.weights.items() if not 0 <= weight < _MOST):
            raise ValueError(f"weights are from 0 to {_MOST:.0f}: {', '.join(wrong)}")
        return model

    def written(self) -> str:
        """The file that `read` reads."""
        lines = [f"about = {msgspec.json.encode(self.about).decode()}", f"bias = {self.bias:.3f}", "", "[weights]"]
        lines += [f"{name} = {self.weights.get(name, 0.0):.3f}" for name in FEATURES]
        return "\n".join(lines) + "\n"

    def contributions(self, features: Mapping[str, float]) -> dict[str, float]:
        """What each feature adds to the evidence, or takes away."""
        return {
            name: (-1 if FEATURES[name].lowers else 1) * self.weights.get(name, 0.0) * value
            for name, value in features.items()
        }

    def evidence(self, features: Mapping[str, float]) -> float:
        """The evidence, in natural logarithms of odds; above 0, more likely than not an approach."""
        return sum(self.contributions(features).values()) - self.bias

    def score(self, features: Mapping[str, float]) -> float:
        """In [0, 1], to two digits."""
        evidence = max(-_MOST, min(_MOST, self.evidence(features)))
        return round(1 / (1 + exp(-evidence)), 2)
