"""What disguises count for, as an operator sets it: from 0, never looked for, to 1, in full."""

from collections.abc import Mapping

from veilleuse.language import Problem
from veilleuse.reading.finding import Disguise

_NAMES = [str(disguise) for disguise in Disguise if disguise is not Disguise.PLAIN]  # a plain word wears none


def weights_of(given: Mapping[str, object] | Mapping[Disguise, float], place: str) -> dict[Disguise, float]:
    """The weights, in [0, 1], that are `given` to disguises by name. What is not named weighs 1.

    Raises `Problem`, naming the `place`, for what is no disguise and for what is no weight.
    """
    return {_disguise(name, place): _weight(name, weight, place) for name, weight in given.items()}


def _disguise(name: str, place: str) -> Disguise:
    if name in _NAMES:
        return Disguise(name)
    from difflib import get_close_matches  # late: for a slip of the pen only

    known = ", ".join(_NAMES)
    if near := get_close_matches(name, _NAMES, 1):
        raise Problem("reading.unknown_disguise_near", place=place, disguise=name, near=near[0], disguises=known)
    raise Problem("reading.unknown_disguise", place=place, disguise=name, disguises=known)


def _weight(name: str, weight: object, place: str) -> float:
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= 1:
        raise Problem("reading.wrong_weight", place=place, disguise=name, weight=weight)
    return float(weight)
