"""All that is remembered: pairs, accounts, rooms; and what a message makes of them."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from veilleuse.cues.cue import Cue, Idea
from veilleuse.events import Account, Message, MessageEdited
from veilleuse.memory.account import (
    AccountMemory,
    AgeClaimed,
    Approached,
    Fact,
    FirstContact,
    MinorContacted,
    fingerprint,
)
from veilleuse.memory.pair import Age, Heard, PairMemory, Sighting, excerpt
from veilleuse.memory.recent import Generations, Recent
from veilleuse.memory.room import PLACE, Room, addressed

PAIRS = 1_000_000
ACCOUNTS = 200_000
ROOMS = 20_000
MAJORITY = 18
_DAY = 86_400
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SILENCE = 6 * 3600  # seconds after which whoever speaks opens the talk anew
_NIGHT_FROM, _NIGHT_TO = 22, 6
_NEWS = 5  # hundredths by which a score must rise to be told again on the same day
_APART = "\x1f"  # stands in no identifier
_REPLY_WITHIN = 6  # messages of the one who asked an age, within which a bare number answers
_REQUESTS = frozenset(
    {Idea.IMAGE_REQUEST, Idea.MEETING, Idea.DEMAND, Idea.PRESSURE, Idea.PLATFORM_MOVE, Idea.CONTACT_REQUEST}
)
_FIRST = 10  # messages of a pair in which an approach is one to a stranger
_APPROACH = (Idea.AGE_QUESTION, Idea.IMAGE_REQUEST, Idea.RELATIONSHIP, Idea.GIFT, Idea.SUPERVISION)
_ANSWERS = frozenset({Idea.AGE_CLAIM, Idea.AGE_REPLY, Idea.REFUSAL})  # by which the other's messages are judged anew
_AGES = frozenset({Idea.AGE_CLAIM, Idea.AGE_REPLY, Idea.AGE_OF_YOU})


class View(msgspec.Struct, frozen=True):
    """One direction of a conversation at one message of `author`'s, as detectors look at it.

    `back` is the other direction; `mine` and `theirs` are the accounts; `shown` is the text as evidence may quote it;
    `levels` are those of the ideas that the pair holds, now, in thousandths.
    """

    event: str
    author: str
    other: str
    at: int
    cues: tuple[Cue, ...]
    pair: PairMemory
    back: PairMemory | None
    mine: AccountMemory | None
    theirs: AccountMemory | None
    shown: str
    levels: dict[str, int]

    @property
    def heard(self) -> Heard:
        """The cues of the pair."""
        return self.pair.heard or Heard()

    def said(self, *ideas: Idea) -> Cue | None:
        """The strongest of these ideas that the author means in this very message."""
        meant = [cue for cue in self.cues if cue.meant and cue.idea in ideas]
        return max(meant, key=lambda cue: cue.strength) if meant else None

    def sighting(self, cue: Cue) -> Sighting:
        """Where a cue of this message stands."""
        return Sighting(self.event, cue.start, cue.end, excerpt(self.shown, cue.start, cue.end))

    def level(self, *ideas: Idea) -> int:
        """The levels of the ideas together, in thousandths."""
        return sum([self.levels.get(idea, 0) for idea in ideas])

    def theirs_level(self, idea: Idea) -> int:
        """How much of an idea is in what the other wrote back, in thousandths."""
        return self.back.level(idea, self.at) if self.back else 0

    @property
    def other_ages(self) -> list[Age]:
        """What is known of the other's age: declared, said by them here or elsewhere, said to them."""
        ages = list(self.back.heard.claims) if self.back and self.back.heard else []
        if self.theirs:
            ages += [*self.theirs.claims, *([self.theirs.declared] if self.theirs.declared else [])]
        if self.heard.of_other:
            ages.append(self.heard.of_other)
        return ages

    @property
    def own_ages(self) -> list[Age]:
        """What is known of the author's age: said here or elsewhere, or declared."""
        ages = list(self.heard.claims)
        if self.mine:
            ages += [*self.mine.claims, *([self.mine.declared] if self.mine.declared else [])]
        return ages

    @property
    def other_minor(self) -> Age | None:
        """The age that makes the other a minor, the lowest known."""
        return min((age for age in self.other_ages if age.high < MAJORITY), key=lambda age: age.high, default=None)

    @property
    def author_adult(self) -> Age | None:
        """The age that makes the author an adult, the highest known."""
        return max((age for age in self.own_ages if age.low >= MAJORITY), key=lambda age: age.low, default=None)

    @property
    def peers(self) -> bool:
        """Whether both are known to be of about one age, and nothing known contradicts it."""
        mine, theirs = self.own_ages, self.other_ages
        return bool(mine and theirs) and all(one.years_from(other) <= 2 for one in mine for other in theirs)


class Snapshot(msgspec.Struct):
    """All of a memory, as it is written down."""

    pairs: Generations[PairMemory]
    accounts: Generations[AccountMemory]
    rooms: Generations[Room]


class Memory:
    """What conversations leave behind, bounded by least recent use. Each event costs a few look-ups."""

    def __init__(self, pairs: int = PAIRS, accounts: int = ACCOUNTS, rooms: int = ROOMS) -> None:
        self._pairs: Recent[PairMemory] = Recent(pairs)
        self._accounts: Recent[AccountMemory] = Recent(accounts)
        self._rooms: Recent[Room] = Recent(rooms)

    def hear(self, event: Message | MessageEdited, cues: tuple[Cue, ...], shown: str) -> Sequence[View]:
        """Takes a message in, and gives the conversations to be judged by it: those in which something was said.

        `shown` is the text as evidence may quote it.
        """
        since = event.at - _EPOCH  # half the time of `timestamp`, which goes by microseconds
        at = since.days * _DAY + since.seconds
        recipients = addressed(event) if event.to else self._present(event, at)
        if not recipients:
            return ()
        views: list[View] = []
        for other in recipients:
            pair = self._counted(event, other, at, shown)
            if cues or (pair.heard is not None and pair.heard.due):
                views.append(self._heard(event, other, at, cues, shown, pair))
        return views

    def is_news(self, view: View, name: str, score: float) -> bool:
        """Whether a signal of this score says more than was told of the pair before, or says it on another day."""
        heard, told, day = view.pair.heard, round(score * 100), view.at // _DAY
        if heard is None:
            return True
        if day != heard.told_on:
            heard.told, heard.told_on = {}, day
        if told < heard.told.get(name, -_NEWS) + _NEWS:
            return False
        heard.told[name] = told
        return True

    def declare(self, event: Account) -> None:
        """Takes the age that an account declares or a platform gives it."""
        if event.age is not None or event.age_band:
            self._account(event.platform, event.account).declare(event.age, event.age_band)

    def snapshot(self) -> bytes:
        """All that is remembered. It holds short excerpts of talk: keep it as memory is kept, and not for long."""
        stores = (self._pairs, self._accounts, self._rooms)
        return msgspec.msgpack.encode(Snapshot(*(Generations(*store.generations()) for store in stores)))

    def restore(self, snapshot: bytes) -> None:
        """Remembers what `snapshot` gave, and nothing else. Raises `msgspec.DecodeError` for anything else."""
        kept = msgspec.msgpack.decode(snapshot, type=Snapshot)
        self._pairs.restore(kept.pairs.young, kept.pairs.old)
        self._accounts.restore(kept.accounts.young, kept.accounts.old)
        self._rooms.restore(kept.rooms.young, kept.rooms.old)

    def __len__(self) -> int:
        return len(self._pairs)

    def _present(self, event: Message | MessageEdited, at: int) -> Sequence[str]:
        """Whom a message that names no recipients is for, from the talk of its channel."""
        if event.channel is None:
            return ()
        key = f"{event.platform}{_APART}{event.community or ''}{_APART}{event.channel}"
        room = self._rooms.get(key)
        if room is None:
            room = Room()
            self._rooms.put(key, room)
        if event.community is None:
            partner = room.partner(event.author, event.channel)
            if partner and not partner.startswith(PLACE):
                self._name(event.platform, partner, event.author, event.channel)
            return (partner,) if partner else ()
        return room.hear(event, at)

    def _name(self, platform: str, partner: str, author: str, channel: str) -> None:
        """What the partner wrote in a private channel before anybody answered was for whoever answers."""
        waiting = self._pairs.pop(_pair(platform, partner, PLACE + channel))
        if waiting is not None:
            self._pairs.put(_pair(platform, partner, author), waiting)

    def _counted(self, event: Message | MessageEdited, other: str, at: int, shown: str) -> PairMemory:
        key = _pair(event.platform, event.author, other)
        pair = self._pairs.get(key)
        if pair is None:
            pair = PairMemory(1, at, at, opened=int(self._silent(event, other, at)))
            self._pairs.put(key, pair)
            if event.community is None:
                self._emit(event.platform, FirstContact(event.author, at // _DAY, fingerprint(shown)))
        else:
            pair.count += 1
            if at - pair.last > _SILENCE and self._silent(event, other, at):
                pair.opened += 1
            pair.last = max(pair.last, at)
        hour = event.at.hour
        if hour >= _NIGHT_FROM or hour < _NIGHT_TO:
            pair.night += 1
        return pair

    def _silent(self, event: Message | MessageEdited, other: str, at: int) -> bool:
        back = self._pairs.peek(_pair(event.platform, other, event.author))
        return back is None or at - back.last > _SILENCE

    def _heard(
        self,
        event: Message | MessageEdited,
        other: str,
        at: int,
        cues: tuple[Cue, ...],
        shown: str,
        pair: PairMemory,
    ) -> View:
        back = self._pairs.peek(_pair(event.platform, other, event.author))
        for cue in cues:
            if cue.meant:
                seen = Sighting(event.id, cue.start, cue.end, excerpt(shown, cue.start, cue.end))
                if cue.idea in _AGES:
                    self._age(event, cue, seen, pair, back)
                else:
                    pair.note(cue, at, seen)
                    if cue.high and pair.heard:
                        pair.heard.of_other = Age(cue.low, cue.high, seen)
        if pair.heard is not None:
            pair.heard.due = False
            self._weigh_refusals(cues, at, pair, back)
        if back is not None and back.heard is not None and any(cue.idea in _ANSWERS for cue in cues):
            back.heard.due = True
        view = View(
            event.id,
            event.author,
            other,
            at,
            cues,
            pair,
            back,
            self._accounts.get(_account(event.platform, event.author)),
            self._accounts.peek(_account(event.platform, other)),
            shown,
            pair.levels(at),
        )
        if pair.heard is not None:
            self._tell_account(event, view, pair.heard)
        return view

    def _tell_account(self, event: Message | MessageEdited, view: View, heard: Heard) -> None:
        """What the account is to know of the pair, once."""
        day = view.at // _DAY
        if not heard.minor_known and view.other_minor:
            heard.minor_known = True
            self._emit(event.platform, MinorContacted(event.author, day))
        if not heard.approached and view.pair.count <= _FIRST and view.said(*_APPROACH):
            heard.approached = True
            self._emit(event.platform, Approached(event.author, day))

    def _age(
        self, event: Message | MessageEdited, cue: Cue, seen: Sighting, pair: PairMemory, back: PairMemory | None
    ) -> None:
        if cue.idea is Idea.AGE_OF_YOU:
            heard = pair.heard = pair.heard or Heard()
            heard.of_other = Age(cue.low, cue.high, seen)
            return
        low, high = cue.low, cue.high
        if cue.idea is Idea.AGE_REPLY:
            if not _answers(cue, back):
                return
            if not high:
                low, high = _told_last(pair, back)
        if high:
            pair.claim(low, high, seen)
            self._emit(event.platform, AgeClaimed(event.author, low, high, seen))

    def _weigh_refusals(self, cues: Sequence[Cue], at: int, pair: PairMemory, back: PairMemory | None) -> None:
        """Whoever asks again after a no has ignored it."""
        heard = pair.heard
        if heard is None or not any(cue.meant and cue.idea in _REQUESTS for cue in cues):
            return
        refused = back.trace(Idea.REFUSAL) if back else None
        if refused is not None and heard.asked_at and refused.at >= heard.asked_at:
            heard.ignored += 1
        heard.asked_at = max(at, 1)

    def _emit(self, platform: str, fact: Fact) -> None:
        self._account(platform, fact.author).apply(fact)

    def _account(self, platform: str, account: str) -> AccountMemory:
        key = _account(platform, account)
        known = self._accounts.get(key)
        if known is None:
            known = AccountMemory()
            self._accounts.put(key, known)
        return known


def _answers(cue: Cue, back: PairMemory | None) -> bool:
    """Whether an age was just asked for, or given in exchange; what only begins with a number must follow at once."""
    if back is None or back.heard is None:
        return False
    asked = back.trace(Idea.AGE_QUESTION)
    last = max(asked.last if asked else 0, back.heard.claimed)
    return last > 0 and back.count - last < (_REPLY_WITHIN if cue.strength == 1 else 2)


def _told_last(pair: PairMemory, back: PairMemory | None) -> tuple[int, int]:
    """The age that the other gave in their last message, 0 to 0 for none.

    They must have been asked for it just before, or have asked in turn: in passing, "same" may be about anything.
    """
    heard = back.heard if back else None
    if back is None or heard is None or not heard.claims or heard.claimed != back.count:
        return 0, 0
    asked, asks = pair.trace(Idea.AGE_QUESTION), back.trace(Idea.AGE_QUESTION)
    if (asked is None or asked.last < pair.count - 1) and (asks is None or asks.last != back.count):
        return 0, 0
    return heard.claims[-1].low, heard.claims[-1].high


def _pair(platform: str, author: str, other: str) -> str:
    return f"{platform}{_APART}{author}{_APART}{other}"


def _account(platform: str, account: str) -> str:
    return f"{platform}{_APART}{account}"
