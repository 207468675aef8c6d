"""Ages that people state in conversation: their own, that of the one spoken to, or a bare number in reply."""

import re
from collections.abc import Iterator
from datetime import date

from veilleuse.cues.cue import Cue, Idea, Mode
from veilleuse.reading.ages import AgeStatement, find_ages

_LEAST, _MOST = 7, 99
_FARTHEST = 32
_MAYBE = re.compile(r"\d|(?i:grade|\ben (?:cp|cm|s|c|q|t|p|2nde)|eme\b)")
_ABOUT_AGE = re.compile(
    r"\d ?(?:ans?|yo|y o|y/o|yrs?|years?)(?![a-z])|(?<![a-z0-9])(?:im|i'?m|i am|jai|j'ai|g|moi|age|aged|ai|suis|ne|nee"
    r"|born|turned|turning|is|are|ur|u r|you'?re|t'as|tas|tu as|t'es|f|m|h) ?:? ?(?:only |just |almost |like |que )?[1-9]\d"
    r"|[1-9]\d ?[fmh](?![a-z0-9])|(?<![a-z])[fmh] ?[1-9]\d|grade|year (?:7|8|9|1[0-3])|(?<![a-z])en (?:cp|ce|cm|s|c|q|t|p|2nde|[3-6])"
)
_OWN = re.compile(
    r"(?<![a-z])(?:i ?'?m|i am|i ?'?ll be|i just|i turned|i turn|je suis|chuis|chui|j ?'?suis|suis|j ?'? ?ai|jai|jé|g|me|moi"
    r"|j ?'?en ai|jen ai|my age is|mon age c'?est|je vais avoir|j'?vais avoir|je rentre|j'?rentre|je passe|ne|nee|i was born)"
    r"(?:[ ,]+(?:actually|only|just|almost|nearly|really|like|still|already|a|an|un|une|fille|garcon|mec|meuf|ado|boy"
    r"|girl|guy|man|dude|m|f|in|en|de|que|bientot|deja|presque|juste|seulement|eu|turning|well|ok|the|male|female|"
    r"classe|student|yes|oui|etudiant|etudiante|about)){0,3}[ ,:]*$"
)
_THEN = re.compile(r"(?<![a-z])(?:when|since|quand|lorsque|depuis que|before|avant|was|etais|avais|if|si)(?![a-z]).{0,14}$")
_YOURS = re.compile(
    r"(?<![a-z])(?:you ?'?re|youre|ur|u r|you are|u are|you|t ?'?as|ta|tu as|tas|t'?es|toi|your age is|a girl of|for a)"
    r"(?:[ ,]+(?:only|just|like|still|really|almost|que|a|an|seulement|deja|bientot|juste|encore|une|un|en|in|fille de)){0,3} *$"
)
_SELF = re.compile(r"(?<![a-z0-9])(?:i ?'?m|i am|i ?'?ll be|im)(?![a-z])")
_YOU = re.compile(r"(?<![a-z0-9])(?:you|ur|u r|t'?es|tu|t'?as|are you|r u)(?![a-z])")
_REPLY = re.compile(
    r"^[^a-z0-9]*(?:(?:i ?'?m|im|i am|j ?'?en ai|jen ai|j'?ai|jai|g|moi|just|only|almost|nearly|bientot|presque|que|like"
    r"|euh|um|uh|er|hm|ben|bah|oui|yes|yeah|hi|ok|lol|well|so|et|and)[ ,.]+){0,3}(?P<age>[1-9]?\d)"
    r"(?:[^a-z0-9]+(?:and|you|u|wbu|hbu|et|toi|f|m|h|g|yrs?|ans|an|lol|mdr|why|pk|pourquoi|ok|wby|why|xd|haha|fille|mec|meuf|gars"
    r"|girl|boy|male|female|ptdr|bientot|soon|jsp|sorry|dsl|yo|old|years|year|presque|almost|nearly|turning)){0,4}[^a-z0-9]*$"
)


def maybe_ages(text: str) -> bool:
    """Whether the text may state an age at all: a cheap look, for most texts do not."""
    return _MAYBE.search(text) is not None


def hear_ages(view: str, text: str, on: date | None) -> Iterator[Cue]:
    """The ages of a text, of which `view` is the pointed view."""
    if reply := _REPLY.match(view):
        age = int(reply["age"])
        if _LEAST <= age <= _MOST:
            yield Cue(Idea.AGE_REPLY, 1.0, *reply.span("age"), Mode.STATED, age, age)
    if not _ABOUT_AGE.search(view):
        return
    for stated in find_ages(text, on):
        if stated.low < _LEAST or stated.high > _MOST:
            continue
        asked = "?" in view[stated.end : stated.end + 6]
        before = view[max(0, stated.start - _FARTHEST) : stated.start]
        if _own(stated, view, before):
            if not asked and not _THEN.search(before):
                yield Cue(Idea.AGE_CLAIM, 1.0, stated.start, stated.end, Mode.STATED, stated.low, stated.high)
        elif _YOURS.search(before) or _YOU.match(view, stated.start):
            idea = Idea.AGE_QUESTION if asked else Idea.AGE_OF_YOU
            mode = Mode.ASKED if asked else Mode.STATED
            ages = (0, 0) if asked else (stated.low, stated.high)
            yield Cue(idea, 1.0, stated.start, stated.end, mode, *ages)


def _own(stated: AgeStatement, view: str, before: str) -> bool:
    """Whether the author says it of themselves: in words, or by beginning with it, as in "13 ans et toi"."""
    if stated.own or _OWN.search(before) or _SELF.match(view, stated.start):
        return True
    return not before.strip(" ,.!'") and len(view) - stated.end <= 20 and not _YOU.match(view, stated.start)
