"""What the conversation model looks at: some forty numbers in [0, 1], each of which a person can check."""

from collections.abc import Callable, Mapping

import msgspec

from veilleuse.cues.cue import Idea
from veilleuse.memory.memory import View

_HALF = 500  # the level at which an idea counts half: a single strong cue counts two thirds
_TELLING = 300  # the level from which an idea is one of those distinctly present
_STRONG = frozenset(
    {
        Idea.AGE_QUESTION, Idea.AGE_GAP, Idea.SUPERVISION, Idea.SECRECY, Idea.ISOLATION, Idea.IMAGE_REQUEST, Idea.GIFT,
        Idea.RELATIONSHIP, Idea.SEXUAL, Idea.REASSURANCE, Idea.PRESSURE, Idea.THREAT, Idea.LEAK, Idea.DEMAND,
        Idea.COMPLIMENT, Idea.PLATFORM_MOVE, Idea.MEETING, Idea.CONTACT_REQUEST,
    }
)  # fmt: skip
_ACQUAINTED = (Idea.GUARDIAN, Idea.SHARED_LIFE, Idea.HELP)
_YOUNG = 30  # messages of a pair that has only just met
_GAP = 10  # years that count in full
_FEWEST = 6  # messages from which shares mean something

Ideas = tuple[Idea, ...]


class Feature(msgspec.Struct, frozen=True):
    """Its value for a view, and the ideas whose sightings are its evidence. `lowers` tells that it speaks for calm."""

    value: Callable[[View], float]
    ideas: Ideas = ()
    lowers: bool = False


def presence(view: View, *ideas: Idea) -> float:
    """How present the ideas are in what the author wrote, in [0, 1): repetition adds less and less."""
    level = view.level(*ideas)
    return level / (level + _HALF)


def _of(*ideas: Idea) -> Feature:
    return Feature(lambda view: presence(view, *ideas), ideas)


def _to_minor(*ideas: Idea) -> Feature:
    return Feature(lambda view: presence(view, *ideas) if view.other_minor and not view.peers else 0.0, ideas)


def _calms(*ideas: Idea) -> Feature:
    return Feature(lambda view: presence(view, *ideas), ideas, lowers=True)


def acquainted(view: View) -> bool:
    """Whether the two seem to know each other elsewhere, by what the author says, or as whom the other takes them.

    A child who speaks of their own brother tells nothing of whom they speak to, and anybody may call a child theirs.
    """
    return bool(view.level(*_ACQUAINTED) or view.theirs_level(Idea.KIN))


def distinct(view: View) -> list[Idea]:
    """The approach's ideas that are clearly there, in the order in which they came."""
    return sorted(map(Idea, _clear(view)), key=lambda idea: (view.heard.traces[idea].first, idea))


def _clear(view: View) -> list[str]:
    """The same in no order."""
    return [idea for idea, level in view.levels.items() if level >= _TELLING and idea in _STRONG]


def _variety(view: View) -> float:
    return min(max(len(_clear(view)) - 1, 0) / 5, 1.0)


def _haste(view: View) -> float:
    """Several ideas of an approach among the first messages of two who do not know each other: the less, the more they
    show that they do, unless it is to be hidden.
    """
    if view.pair.count > _YOUNG:
        return 0.0
    hidden = view.level(Idea.SECRECY) > _HALF
    known = 0.0 if hidden else presence(view, *_ACQUAINTED)
    return min(max(len(_clear(view)) - 1, 0) / 3, 1.0) * (1 - known)


def _gap(view: View) -> float:
    minor, adult = view.other_minor, view.author_adult
    if minor is None or adult is None:
        return 0.0
    return min(adult.years_from(minor) / _GAP, 1.0)


def _says_adult(view: View) -> float:
    return float(any(age.low >= 20 for age in view.heard.claims))


def _knows_minor(view: View) -> float:
    return float(bool(view.other_minor) and not view.peers and bool(_clear(view)))


def _ignored(view: View) -> float:
    return min(view.heard.ignored / 2, 1.0)


def _weight_of_talk(view: View) -> float:
    """How much more than two thirds of the talk is the author's, where the other answers at all."""
    if view.back is None or view.pair.count + view.back.count < _FEWEST:
        return 0.0
    share = view.pair.count / (view.pair.count + view.back.count)
    return min(max(share - 2 / 3, 0.0) * 3, 1.0)


def _opening(view: View) -> float:
    """How often the author it is who speaks first, where there were several times to."""
    times = view.pair.opened + (view.back.opened if view.back else 0)
    return min(max(view.pair.opened / times - 0.5, 0.0) * 2, 1.0) if view.back and times >= 3 else 0.0


def _night(view: View) -> float:
    if view.pair.count < _FEWEST or not _clear(view):
        return 0.0
    return min(view.pair.night / view.pair.count, 1.0)


def _contacts(view: View) -> float:
    return min(max(view.mine.contacts - 4, 0) / 16, 1.0) if view.mine and _clear(view) else 0.0


def _minors(view: View) -> float:
    return min(max(view.mine.minors - 1, 0) / 4, 1.0) if view.mine else 0.0


def _openers(view: View) -> float:
    most = max(view.mine.openers.values(), default=0) if view.mine else 0
    return min(max(most - 2, 0) / 6, 1.0) if _clear(view) else 0.0


def _contradicted(view: View) -> float:
    ages = view.own_ages
    return float(any(one.years_from(other) >= 3 for one in ages for other in ages))


def _peers(view: View) -> float:
    return float(view.peers)


def _other_adult(view: View) -> float:
    ages = view.other_ages
    return float(bool(ages) and all(age.low >= 18 for age in ages))


def _theirs_kin(view: View) -> float:
    level = view.theirs_level(Idea.KIN)
    return level / (level + _HALF)


FEATURES: Mapping[str, Feature] = {
    "age_question": _of(Idea.AGE_QUESTION),
    "age_gap_talk": _of(Idea.AGE_GAP),
    "says_adult": Feature(_says_adult, (Idea.AGE_CLAIM,)),
    "supervision": _of(Idea.SUPERVISION),
    "secrecy": _of(Idea.SECRECY),
    "isolation": _of(Idea.ISOLATION),
    "platform_move": _of(Idea.PLATFORM_MOVE),
    "contact_request": _of(Idea.CONTACT_REQUEST),
    "image_request": _of(Idea.IMAGE_REQUEST),
    "meeting": _of(Idea.MEETING),
    "gift": _of(Idea.GIFT),
    "compliment": _of(Idea.COMPLIMENT),
    "relationship_probe": _of(Idea.RELATIONSHIP),
    "sexual_topic": _of(Idea.SEXUAL),
    "reassurance": _of(Idea.REASSURANCE),
    "pressure": _of(Idea.PRESSURE),
    "threat": _of(Idea.THREAT),
    "leak": _of(Idea.LEAK),
    "demand": _of(Idea.DEMAND),
    "minor_known": Feature(_knows_minor),
    "minor_image": _to_minor(Idea.IMAGE_REQUEST),
    "minor_sexual": _to_minor(Idea.SEXUAL, Idea.RELATIONSHIP),
    "minor_secrecy": _to_minor(Idea.SECRECY, Idea.SUPERVISION),
    "minor_meeting": _to_minor(Idea.MEETING),
    "minor_move": _to_minor(Idea.PLATFORM_MOVE, Idea.CONTACT_REQUEST),
    "minor_affection": _to_minor(Idea.COMPLIMENT, Idea.ISOLATION, Idea.AGE_GAP),
    "minor_gift": _to_minor(Idea.GIFT),
    "years_between": Feature(_gap, (Idea.AGE_CLAIM,)),
    "variety": Feature(_variety),
    "haste": Feature(_haste),
    "refusals_ignored": Feature(_ignored, (Idea.PRESSURE, Idea.IMAGE_REQUEST)),
    "weight_of_talk": Feature(_weight_of_talk),
    "opening": Feature(_opening),
    "night": Feature(_night),
    "new_contacts": Feature(_contacts),
    "minors_contacted": Feature(_minors),
    "same_opener": Feature(_openers),
    "ages_contradicted": Feature(_contradicted),
    "peers": Feature(_peers, lowers=True),
    "other_adult": Feature(_other_adult, lowers=True),
    "guardian_told": _calms(Idea.GUARDIAN),
    "shared_life": _calms(Idea.SHARED_LIFE),
    "help": _calms(Idea.HELP),
    "known_to_other": Feature(_theirs_kin, lowers=True),
}
"""By name. What raises a score and what lowers it never changes sign, whatever the weights were fitted on."""


def values(view: View) -> dict[str, float]:
    """The features that are not 0, to six digits: alike on every machine."""
    told = ((name, round(feature.value(view), 6)) for name, feature in FEATURES.items())
    return {name: value for name, value in told if value}
