"""Questions, negations and what others said, told apart by the words around a phrase."""

import re

from veilleuse.cues.cue import Mode

_FARTHEST = 48  # characters of the same sentence that are looked at before a phrase
_END = re.compile(r"[.!?;\n]")
# A negation just before the phrase: "i never asked how old", "je t'ai pas demandé ton âge"; but "why don't you send"
# and "pourquoi tu m'envoies pas" insist.
_NEGATED = re.compile(
    r"(?<![a-z])(?:not|never|won ?'?t|wouldn ?'?t|don ?'?t|didn ?'?t|doesn ?'?t|can ?'?t|cannot|couldn ?'?t|isn ?'?t"
    r"|shouldn ?'?t|no need to|without|jamais|pas|plus|aucune?|sans|rien|interdit d[e']"
    r"|n'est|arrete de|evite de|stop)(?:[ ,]+[a-z']+){0,2}[ ,]*$"
)
_INSISTS = re.compile(r"(?<![a-z])(?:why|y|pourquoi|pk|pq|prq|if|si)(?![a-z])")
_AFTER = re.compile(r" ?(?:pas|jamais|plus)(?![a-z])(?! (?:tard|tot|vite|grand|grande|de photo))")
# "he asked me how old I was", "il m'a demandé une photo", "someone said"
_REPORTED = re.compile(
    r"(?<![a-z'])(?:he|she|they|someone|somebody|people|ppl|guy|man|dude|stranger|teacher|mom|mum|dad|friend|who"
    r"|brother|sister|cousin|boss|customer|client|il|elle|ils|elles|on|quelqu'un|qqn|qqun|mec|gars|type|inconnu|gens|prof|mere|pere|copine|copain|pote)"
    r"(?:(?![.!?;\n]).){0,16}?(?:[ ']"
    r"(?:asked|asks|askin|asking|ask|told|tells|said|says|saying|wants|wanted|keeps|kept|sent|texted|wrote|writes|was like"
    r"|threatened|threatens|tried|tries"
    r"|demande|demandait|demander|demandé|dit|disait|disent|demandent|veut|voulait|ecrit|envoie|envoyait|menace|repete"
    r"|voulu|ecrivait))(?![a-z])(?:(?![.!?;\n]).){0,28}$"
)
_QUOTES = '"'


def mode_of(view: str, start: int, end: int, *, asks: bool = False) -> Mode:
    """How the phrase `view[start:end]` of a pointed view is meant; `asks` where it is a question by itself."""
    before = view[max(0, start - _FARTHEST) : start]
    if before.count(_QUOTES) % 2 and _QUOTES in view[end:]:
        return Mode.REPORTED
    ends = [match.end() for match in _END.finditer(before)]
    clause = before[ends[-1] :] if ends else before
    if clause:
        if _REPORTED.search(clause):
            return Mode.REPORTED
        if _NEGATED.search(clause) and not _INSISTS.search(clause):
            return Mode.NEGATED
    if _AFTER.match(view, end) and not _INSISTS.search(clause) and view[end : end + 40].find("?") < 0:
        return Mode.NEGATED
    if asks:
        return Mode.ASKED
    close = _END.search(view, end)
    return Mode.ASKED if close and close[0] == "?" else Mode.STATED
