"""Ages that people state in conversation: their own, that of the one spoken to, or a bare number in reply."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from veilleuse.cues.cue import Cue, Idea, Mode
from veilleuse.reading.ages import AgeStatement, find_ages

_LEAST, _MOST = 7, 99
_FARTHEST = 32
_UNSURE = 0.5  # strength of a message that only begins with a number
_GUESS = 0.8  # strength of an age guessed at, to be confirmed


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NUMBERS = frozenset(str(number) for number in range(_LEAST, _MOST + 1))
_UNITS = _set("ans an yo yr yrs year years piges f y")
# What a number that is an age may stand right after.
_BEFORE = _set(
    "im am i'm g age aged ne nee born turned turning is ur your youre are jai ai tas as es fille mec meuf girl boy guy"
    " only just almost que bientot presque moi avoir be of de suis f m h year"
)
_JOINED = frozenset(
    word
    for number in range(_LEAST, _MOST + 1)
    for word in (
        *(f"{number}{unit}" for unit in _UNITS),
        *(f"{letters}{number}" for letters in ("f", "m", "h", "im", "g")),
    )
)
_CLASSES = _set(
    "grade grader 6eme 5eme 4eme 3eme 6e 5e 4e 3e cp sixieme cinquieme quatrieme troisieme seconde 2nde premiere"
    " terminale"
)
_IN = _set("en classe sixth seventh eighth ninth tenth eleventh twelfth 6th 7th 8th 9th 10th 11th 12th")
# Who gives a name and then a number gives their age: "hey im chloe 14", "moi c'est Kylian, 15 ans".
_NAMING = _set("im i'm am is m c est c'est appelle m'appelle appel name's moi")
_SCHOOL = 11 - 7  # the youngest of "year 7" are eleven
_FEW = 5  # words of a message that may be nothing but an age
_OWN = re.compile(
    r"(?<![a-z])(?:i ?'?m|i am|i ?'?ll be|i just|i turned|i turn|je suis|chuis|chui|j ?'?suis|suis|j ?'? ?ai"
    r"|jai|jé|g|me|moi|on a"
    r"|j ?'?en ai|jen ai|my age is|mon age c'?est|je vais avoir|j'?vais avoir|je rentre|j'?rentre|je passe|ne"
    r"|nee|i was born)"
    r"(?:[ ,]+(?:actually|only|just|almost|nearly|really|like|still|already|a|an|un|une|fille|garcon|mec|meuf|ado|boy"
    r"|girl|guy|man|dude|m|f|in|en|de|que|bientot|deja|presque|juste|seulement|eu|turning|well|ok|the|male|female|"
    r"classe|student|yes|oui|etudiant|etudiante|about)){0,3}[ ,:]*$"
)
_THEN = re.compile(
    r"(?<![a-z])(?:when|since|quand|lorsque|depuis que|before|avant|was|etais|avais|if|si)(?![a-z]).{0,14}$"
)
_YOURS = re.compile(
    r"(?<![a-z])(?:you ?'?re|youre|ur|u r|you are|u are|you|t ?'?as|ta|tu as|tas|t'?es|toi|your age is|a girl of|for a)"
    r"(?:[ ,]+(?:only|just|like|still|really|almost|que|a|an|seulement|deja|bientot|juste|encore|une|un|en|in"
    r"|eu|fille de)){0,3} *$"
)
_SELF = re.compile(r"(?<![a-z0-9])(?:i ?'?m|i am|i ?'?ll be|im)(?![a-z])")
_YOU = re.compile(r"(?<![a-z0-9])(?:you|ur|u r|t'?es|tu|t'?as|are you|r u)(?![a-z])")
_REPLY = re.compile(
    r"^[^a-z0-9]*(?:(?:i ?'?m|im|i am|(?:la )?j ?'?en ai|jen ai|j'?ai|jai|g|moi|just|only|almost|nearly|bientot"
    r"|presque|que|like|hey+|hello|hiya|salut|slt|coucou|cc"
    r"|euh|um|uh|er|hm|ben|bah|oui|yes|yeah|hi|ok|lol|well|so|et|and)[ ,.]+){0,3}(?P<age>[1-9]?\d)"
    r"(?:[^a-z0-9]+(?:and|you|u|wbu|hbu|et|toi|f|m|h|g|yrs?|ans|an|lol|mdr|why|pk|pourquoi|ok|wby|why|xd|haha"
    r"|fille|mec|meuf|gars"
    r"|girl|boy|male|female|ptdr|bientot|soon|jsp|sorry|dsl|yo|old|years|year|presque|almost|nearly"
    r"|turning|too|also|same|aussi|pareil)){0,4}[^a-z0-9]*$"
)

_SPELT = {
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "onze": 11, "douze": 12,
    "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
}  # fmt: skip
# The words, alone or with a unit, in which an age is guessed at.
_GUESSES = _SPELT.keys() | {word for word in _NUMBERS | _JOINED if re.match("1[0-7]", word)}
# "you 13?", "15 right?", "what are you, twelve?", "t'as quoi, 14 ?": a guess to be confirmed. A time or a page is none.
_GUESSED = re.compile(
    rf"(?<![a-z0-9])(?P<age>1[0-7]|{'|'.join(_SPELT)})"
    r"(?: ?(?:ans|now|maintenant|right|c'?est ca|c ca|hein|no|non|yo|yrs?|or|ou|,|1[0-7]|then|piges|years? old))* ?\?"
)
_MOST_BEFORE = 4  # words of the clause before a guess
_ASKS_YOU = re.compile(
    r"(?<![a-z])(?:you|u|ur|you'?re|youre|t'?as|tas|ta|tu|t|t'es|vous|toi|old|age|right|hein|c'?est ca|ans|yo"
    r"|now|maintenant)(?![a-z])"
)
_NO_AGE = re.compile(
    r"(?<![a-z])(?:at|by|to|till?|until|from|for|a|vers|pour|avant|apres|jusqu'?a|les|page|ex|exo|number|bus"
    r"|ligne|of|in"
    r"|dans|step|chapter|le|la|the|room|salle|windows|version|ubuntu|about|around|after|before|over|under|x"
    r"|ou|or|is|than"
    r"|combien|like|iphone|level|lvl|niveau|gate|platform|quai|round|top|plus|encore|reste|on|en|pm|am|h|sur|et|and|got"
    r"|fait|it|its|port|line|need|needs|want|how|give|get|take|buy|eat|lose|do|did|have|only|just|say|said|mean|class"
    r"|lesson|unit|unite|question|num|numero|no|bring|tu veux|veux|prend|prends|faut)[ ,.]*$"
)
# "14! u?", "12 in a month", "13, 157cm": an age only right after it was asked for.
_BEGINS = re.compile(
    r"^[^a-z0-9]*(?:(?:im|i'm|g|jai|j'ai|moi|just|only|almost"
    r"|bientot) )?(?P<age>[1-9]?\d)(?![a-z0-9])(?! ?(?:(?:min|h|pm|am|e|eur)(?![a-z])|%))"
)
# "t'as quel âge ? moi 15", "how old r u, me 16": told together with the question.
_MINE = re.compile(r"(?<![a-z0-9])(?:moi|me)(?: c'?est| c)? (?P<age>[1-6]\d)[^a-z0-9]*$")
# Past twenty it needs no question: it is no mark out of twenty.
_MINE_GROWN = re.compile(r"(?:^|[.!?,] ?)(?:et )?(?:moi|me)(?: c'?est| c)? (?P<age>2[1-9]|[3-6]\d)(?= *(?:[,.!?]|$))")
# "là j'en ai 14", "j'en ai 33 maintenant": of things as well as of ages, so an age only where one was asked for.
_NOW = re.compile(
    r"(?<![a-z0-9])(?P<there>(?:la|moi) )?j ?'?en ai (?P<age>1\d|[2-6]\d)(?(there)(?= *(?:[,.!?]|$))| maintenant)"
)
# "29, u?", "15 et toi ?": told and asked at once.
_EXCHANGED = re.compile(r"^[^a-z0-9]*(?P<age>1\d|[2-5]\d)[^a-z0-9]+(?:(?:and|et|n) )?(?P<asks>u|you|toi|wbu|hbu) *\?")
# "fractions, i get it. 15?", "so… 12, 13?": a sentence that is nothing but a guess, after one that asks nothing.
_BARE = re.compile(r"(?:^|[^?]*[.!\n:]) *(?:so |alors |donc )?(?:1[0-7](?:,| or| ou) ?)?(?P<age>1[1-7]) *\?[^a-z0-9]*$")
_NAMED = re.compile(
    r"(?:^(?:hi+|hey+|hello|yo|sup|slt|salut|coucou|cc|hola)(?![a-z])[^.?!]{0,16}?(?:i ?'?m|i am|moi c'?(?:est)?|moi"
    r"|c'?est|c)|my name is|name's|moi c'?(?:est)?|je m'?appelle) (?P<name>[a-z]{2,12}),? (?P<age>1\d|[2-5]\d)"
    r"(?= *(?:ans|yo|yrs?|years?|from|f|m|and|et|de|[,.!]|$))"
)
_YEAR = re.compile(r"(?:^|[ ,])(?:in |i'm |im )?year (?P<year>[7-9]|1[0-3])(?= *(?:[,.!]|and|you|u|wbu|$))")
_HERE = re.compile(r"(?<![a-z0-9])(?P<age>1[1-9]|[2-5]\d) here(?![a-z])")


_GREETINGS = ("hi", "hey", "hello", "yo", "sup", "slt", "salut", "coucou", "cc", "hola")
_NAMES = _set("name names moi appelle mappelle")
_ME = _set("moi me")

_ALIKE = _set("same samee sameee pareil idem")
# "same!!", "omg pareil. et toi", a sentence of its own: the age that was just told, where one was.
_SAME = re.compile(
    r"^[^a-z0-9]*(?:(?:omg|oh|ah|haha|lol|hey|ok|yay|wow|mdr|trop bien) ?[^a-z0-9]* ?)?"
    rf"(?P<same>{'|'.join(sorted(_ALIKE, reverse=True))})"
    r"(?: (?:here|age|too|omg|lol|mdr|haha|moi|aussi))?(?:[^a-z0-9]*$| ?[!.])"
)

# A text that holds none of these states no age.
NUMBERED = _NUMBERS | _JOINED | _CLASSES | _SPELT.keys() | _ALIKE


def maybe_ages(words: Sequence[str], text: str) -> bool:
    """Whether the text, of these words, may state, guess or answer an age: a cheap look, for most texts do not."""
    if not _NUMBERS.isdisjoint(words):
        if len(words) <= _FEW or words[0] in _NUMBERS or "?" in text:
            return True
        if any(word in _NUMBERS and words[max(0, place - 2)] in _NAMING for place, word in enumerate(words)):
            return True
    if not _ALIKE.isdisjoint(words[:3]):
        return True
    return _states(words) or ("?" in text and not _SPELT.keys().isdisjoint(words))


def _states(words: Sequence[str]) -> bool:
    """Whether words around a number speak of ages, or of school years."""
    if not _JOINED.isdisjoint(words) or not (_CLASSES.isdisjoint(words) or _IN.isdisjoint(words)):
        return True
    if _NUMBERS.isdisjoint(words):
        return False
    after = [*words[1:], ""]
    return any(
        after[place] in _UNITS or words[place - 1] in _BEFORE or (after[place] == "here")
        for place, word in enumerate(words)
        if word in _NUMBERS
    )


def hear_ages(view: str, words: Sequence[str], text: str, on: date | None) -> Iterator[Cue]:
    """The ages of a text, of which `view` is the pointed view."""
    yield from _replied(view)
    if claim := _claim(view, words):
        yield _claimed(claim)
    if "?" in view:
        yield from _asked(view, words)
    elif year := "year" in view and _YEAR.search(view):
        low = int(year["year"]) + _SCHOOL
        idea = Idea.AGE_REPLY if len(words) <= _FEW else Idea.AGE_CLAIM
        yield Cue(idea, 1.0, *year.span("year"), Mode.STATED, low, low + 1)
    for stated in find_ages(text, on) if _states(words) else ():
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
            yield Cue(idea, 1.0, stated.start, stated.end, mode, stated.low, stated.high)


def _claim(view: str, words: Sequence[str]) -> re.Match[str] | None:
    """The author's own age, by patterns that are asked only where their own words stand: most numbers are none."""
    said = {*words}
    if not _ME.isdisjoint(said) and (grown := _MINE_GROWN.search(view)):
        return grown
    if (view.startswith(_GREETINGS) or not _NAMES.isdisjoint(said)) and (named := _NAMED.search(view)):
        return named
    return _HERE.search(view) if "here" in view else None


def _replied(view: str) -> Iterator[Cue]:
    """An age where one was asked for: a number, or the word that it is the same."""
    if reply := _REPLY.match(view) or _BEGINS.match(view) or ("en ai" in view and _NOW.search(view)):
        age, sure = int(reply["age"]), reply.re is not _BEGINS
        if _LEAST <= age <= _MOST:
            yield Cue(Idea.AGE_REPLY, 1.0 if sure else _UNSURE, *reply.span("age"), Mode.STATED, age, age)
    if same := _SAME.match(view):
        yield Cue(Idea.AGE_REPLY, _UNSURE, *same.span("same"))


def _claimed(claim: re.Match[str]) -> Cue:
    return Cue(Idea.AGE_CLAIM, 1.0, *claim.span("age"), Mode.STATED, int(claim["age"]), int(claim["age"]))


def _asked(view: str, words: Sequence[str]) -> Iterator[Cue]:
    """The ages of a text that asks: told together with the question, or guessed."""
    if not _ME.isdisjoint(words) and (mine := _MINE.search(view)):
        yield _claimed(mine)
    if exchanged := _EXCHANGED.match(view):
        yield _claimed(exchanged)
        yield Cue(Idea.AGE_QUESTION, 1.0, *exchanged.span("asks"), Mode.ASKED)
    if _GUESSES.isdisjoint(words):
        return
    guessed = _GUESSED.search(view)
    if guessed and _asks_you(view, guessed):
        age = _SPELT.get(guessed["age"]) or int(guessed["age"])
        yield Cue(Idea.AGE_QUESTION, _GUESS, *guessed.span("age"), Mode.ASKED, age, age)
    elif bare := _BARE.match(view):  # an hour or a price, unless an age answers it
        yield Cue(Idea.AGE_QUESTION, _UNSURE, *bare.span("age"), Mode.ASKED)


def _own(stated: AgeStatement, view: str, before: str) -> bool:
    """Whether the author says it of themselves: in words, or by beginning with it, as in "13 ans et toi"."""
    if stated.own or _OWN.search(before) or _SELF.match(view, stated.start):
        return True
    return not before.strip(" ,.!'") and len(view) - stated.end <= 20 and not _YOU.match(view, stated.start)


def _asks_you(view: str, guessed: re.Match[str]) -> bool:
    """Whether a number before a question mark guesses the other's age: few words, of them, and no time or page."""
    start = guessed.start("age")
    clause = view[max(0, start - _FARTHEST) : start]
    clause = clause[max(clause.rfind(mark) for mark in ".!?;\n") + 1 :]
    if len(clause.split()) > _MOST_BEFORE or _NO_AGE.search(clause):
        return False
    return _ASKS_YOU.search(clause) is not None or _ASKS_YOU.search(guessed[0]) is not None
