"""Policies of any size: the rules that ship, and made-up ones over all the signals."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from veilleuse import DATA
from veilleuse.policy import Policy
from veilleuse.policy.decision import Severity
from veilleuse.signals import NAMES

_FACTS = ("", " && event.private", ' && event.platform == "discord"', ' && event.kind != "account"')
_LOWEST, _STEP, _STEPS = 0.3, 0.01, 70  # thresholds from 0.30 to 0.99


def make_policy(size: int, folder: Path) -> Policy:
    """A policy of `size` rules, written in `folder` first, as an operator would: the shipped ones where they fit."""
    shipped = (DATA / "policy" / "default.toml").read_text(encoding="utf-8")
    missing = size - len(Policy.default(NAMES).rules)
    rules = [shipped, *islice(_made_up(), missing)] if missing >= 0 else [*islice(_made_up(), size)]
    path = folder / f"{size}-rules.toml"
    path.write_text("\n".join(rules), encoding="utf-8")
    return Policy.load([path], NAMES)


def _made_up() -> Iterator[str]:
    """Rules without end, over every signal in turn, no two alike in threshold and fact until all were used."""
    severities = list(Severity)
    number = 0
    while True:
        turn, place = divmod(number, len(NAMES))
        threshold = _LOWEST + _STEP * (turn * 37 % _STEPS)
        yield (
            f'[[rule]]\nname = "made-up-{number}"\n'
            f"when = '{NAMES[place]} >= {threshold:.2f}{_FACTS[turn % len(_FACTS)]}'\n"
            f'severity = "{severities[number % len(severities)]}"\nactions = ["case"]\n'
            f'why.en = "Made up, for timing."\nwhy.fr = "Inventée, pour la mesure."\n'
        )
        number += 1
