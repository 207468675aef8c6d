"""One who opens with the same words, or asks the same, of many people in a day."""

from veilleuse.cues.cue import Idea
from veilleuse.memory.memory import View
from veilleuse.signals.evidence import sightings
from veilleuse.signals.features import distinct
from veilleuse.signals.signal import Signal

NAME = "contact.one_to_many"
_OPENERS, _APPROACHED, _MINORS = 4, 4, 3  # from which on there are many
_BASE, _STEP = 0.4, 0.1
_MOST = 0.9
_APPROACH = frozenset(
    {
        Idea.AGE_QUESTION, Idea.COMPLIMENT, Idea.IMAGE_REQUEST, Idea.RELATIONSHIP, Idea.GIFT, Idea.SECRECY,
        Idea.SUPERVISION, Idea.AGE_GAP,
    }
)  # fmt: skip


def detect(view: View) -> Signal | None:
    """The account's day, told at a message that begins an approach: moderators and shops write to many, without one."""
    account, steps = view.mine, [idea for idea in distinct(view) if idea in _APPROACH]
    if account is None or not steps or view.level(Idea.HELP):
        return None
    same = max((opener.count for opener in account.openers), default=0)
    many = same >= _OPENERS, account.approached >= _APPROACHED, account.minors >= _MINORS
    if not any(many):
        return None
    score = _BASE + _STEP * sum(many) + _STEP * min(len(steps), 2) + _STEP * bool(account.minors >= 1)
    return Signal(NAME, round(min(score, _MOST), 2), sightings(view, steps))
