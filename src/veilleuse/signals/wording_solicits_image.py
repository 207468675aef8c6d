"""A message that asks somebody for an intimate picture, for one in secret, or a minor for one."""

import re
from collections.abc import Sequence

from veilleuse.reading.fold import fold
from veilleuse.signals.composition import MOST, Composition, cleared, sexual_ideas
from veilleuse.signals.passage import Mark, Passage, nearest
from veilleuse.signals.signal import Signal

NAME = "wording.solicits_image"
_CLAUSE = 60
_ASKED = 0.65
_MORE = 0.1  # for each further circumstance
# Directed: who refuses to send, or speaks of pictures of themselves, asks for none.
_REFUSING = re.compile(
    r"\bj(?:e |[' ]|)(?:ne |n')?(?:veux|peux|vais|voulais|voudrais|compte|ose|aime) (?:pas|plus|jamais|rien) ?"
    r"(?:(?:trop|vraiment|du tout|te|vous|lui|leur|en|de|les|la|le) |[tdl][' ])*$"
    r"|\b(?:i|i[' ]?m|i am|no) (?:really |just |still )?"
    r"(?:(?:do|wo|would|did) ?n[' ]?t|ca ?n?[' ]?t|can ?not|will not|not|never) "
    r"(?:(?:want to|wanted to|wanna|going to|gonna|ever|like|even) )*$"
)
_REFUSED = re.compile(r" (?:pas|plus jamais|jamais|rien)\b")  # "je veux" is no demand before these
_NOT_ASKED = re.compile(r"\b(?:my|mes|ma|mon) $|\bj(?:e |')[a-z' ]{0,24}\b(?:pas|plus|jamais) d(?:e |')$")
_PLEA = re.compile(r"(?:stp|svp|s'il|s il|please|pls|plz)")  # begs for what was said, be it to stop


def detect(passages: Sequence[Passage]) -> Signal | None:
    """A demand and a picture in one clause, with what makes it more than "send me a photo of your dog"."""
    (passage,) = passages
    pictures = [mark for mark in passage.marks("image") if not passage.follows(mark, _NOT_ASKED)]
    demands = _demands(passage)
    asked = nearest(pictures, demands) or nearest(pictures, passage.marks("you"))
    if asked is None or asked[0].gap(asked[1]) > _CLAUSE or cleared(passage, asked, "setting"):
        return None
    circumstances = [marks for marks in _circumstances(passage, asked[0]) if marks]
    if not circumstances:
        return None
    score = min(_ASKED + _MORE * len(circumstances), MOST)
    marks = [mark for circumstance in circumstances for mark in circumstance]
    return Composition(score, ((passage, (*asked, *marks)),)).signal(NAME)


def _demands(passage: Passage) -> list[Mark]:
    """What is demanded, but for what is refused; beside a refusal, a plea is to be left alone."""
    said = passage.marks("demand")
    meant = [m for m in said if not passage.follows(m, _REFUSING) and not passage.precedes(m, _REFUSED)]
    if len(meant) == len(said):
        return said
    return [m for m in meant if not _PLEA.match(fold(passage.text[m.start : m.end]))]


def _circumstances(passage: Passage, picture: Mark) -> tuple[list[Mark], ...]:
    sexual = [idea for idea in sexual_ideas(passage) if passage.has("demand") or not passage.apart(idea, picture)]
    if not passage.has("you"):
        return (sexual, passage.marks("minor") if sexual else [], passage.marks("secrecy") if sexual else [])
    ages = [mark for mark in passage.marks("minor") if mark.cue.startswith("age")]
    return (sexual, [] if _for_the_family(passage) else passage.marks("secrecy"), ages)


def _for_the_family(passage: Passage) -> bool:
    """Whether relatives are spoken of, and not as those who must not know: families have their surprises."""
    feared = passage.marks("audience")
    return any(
        all(mark.end <= other.start or other.end <= mark.start for other in feared) for mark in passage.marks("family")
    )
