"""One who opens with the same words, or asks the same, of many people in a day."""

from veilleuse.cues.cue import Idea
from veilleuse.memory.account import fingerprint
from veilleuse.memory.memory import View
from veilleuse.signals.evidence import sightings
from veilleuse.signals.features import acquainted
from veilleuse.signals.signal import Signal

NAME = "contact.one_to_many"
_OPENERS, _APPROACHED, _MINORS = 4, 5, 3  # from which on there are many
_FIRST = 10  # messages of a pair that has only just met
_BASE, _STEP = 0.5, 0.1
_MOST = 0.9
_APPROACH = (
    Idea.AGE_QUESTION, Idea.COMPLIMENT, Idea.IMAGE_REQUEST, Idea.RELATIONSHIP, Idea.GIFT, Idea.SECRECY,
    Idea.SUPERVISION, Idea.AGE_GAP,
)  # fmt: skip


def detect(view: View) -> Signal | None:
    """The account's day, told at a message that begins an approach: moderators and shops write to many, without one."""
    account, step = view.mine, view.said(*_APPROACH)
    if account is None or step is None or view.pair.count > _FIRST or acquainted(view):
        return None
    same = account.openers.get(fingerprint(view.shown), 0) if view.pair.count == 1 else 0
    many = same >= _OPENERS, account.approached >= _APPROACHED, account.minors >= _MINORS
    if not any(many):
        return None
    score = _BASE + _STEP * sum(many) + _STEP * bool(account.minors)
    return Signal(NAME, round(min(score, _MOST), 2), sightings(view, [step.idea]))
