"""Events nobody lived, for timing, and the files that would hold them. The same seed always gives the same ones."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import accumulate, cycle
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from veilleuse.evaluation.talk import Talk
from veilleuse.events import Account, Community, Event, Media, MemberJoined, Message, encode_lines

SEED = 2026
_PLATFORM = "discord"
_BEGINNING = datetime(2026, 1, 5, 8, tzinfo=UTC)
_PACE = timedelta(seconds=7)
_PEOPLE, _COMMUNITIES, _CHANNELS = 600, 20, 8
_PRIVATE = 0.2  # of messages
_ONE_DANGER_IN = 500
Happening = Callable[[int, datetime], Event]
_Named = tuple[str, str, tuple[str, ...]]  # a name, a description, channels
# Mild words, and the two names quoted from the press: enough for every signal to be heard.
_DANGEROUS_TEXTS = (
    "ADØS NXDES",
    "je vends ADØS NXDES",
    "envoie une photo de toi, c'est notre secret",
    "send me a pic of you, it's our secret",
    "if you block me i'll post your photos",
    "si tu me bloques je publie tes photos",
)
# Author, recipient and text: what one account does to others, told in so few words that each signal is heard.
_DANGEROUS_TALK = (
    ("d1", "d2", "j'ai 13 ans"),
    ("d2", "d1", "moi 34 ans, t'es trop belle"),
    ("d2", "d1", "j'ai 34 ans, ça te dérange pas mon âge ?"),
    ("d2", "d1", "tes parents sont là ? c'est notre secret"),
    ("d2", "d1", "envoie une photo de toi, viens sur snap"),
    ("d2", "d1", "paye 50 euros ou je publie tes photos"),
    ("d2", "d1", "envoie une autre photo sinon j'envoie tes photos à ta classe"),
    ("d2", "d3", "j'ai 14 ans, t'es belle, t'as quel âge ?"),
    ("d2", "d4", "j'ai 14 ans, t'es belle, t'as quel âge ?"),
    ("d2", "d5", "j'ai 14 ans, t'es belle, t'as quel âge ?"),
    ("d2", "d6", "j'ai 14 ans, t'es belle, t'as quel âge ?"),
)
_DANGEROUS_COMMUNITIES: tuple[_Named, ...] = (
    ("ADØS NXDES", "vip 10 €", ()),
    ("nvde ados", "une photo de toi pour entrer", ()),
    ("galerie", "", ("ados", "nvdes", "nxdes", "prix")),
)


class Corpus(NamedTuple):
    """Events in the order of time; `texts` are those of the messages among them."""

    events: list[Event]
    texts: list[str]


def make_corpus(count: int, seed: int = SEED) -> Corpus:
    """`count` events, the first of any greater number: about 19 in 20 are messages, and one in 500 is dangerous."""
    events = list(_Life(Random(seed)).events(count))  # noqa: S311 - the same ones every time; nothing here is secret
    return Corpus(events, [event.text for event in events if isinstance(event, Message)])


class _Life:
    """What happens in a few communities."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._talk = Talk(random)
        dangers: list[Happening] = [
            *(partial(self._message, text=text) for text in _DANGEROUS_TEXTS),
            *(partial(self._community, named=named) for named in _DANGEROUS_COMMUNITIES),
            *(partial(self._message, text=text, author=author, to=to) for author, to, text in _DANGEROUS_TALK),
        ]
        self._dangers = cycle(dangers)

    def events(self, count: int) -> Iterator[Event]:
        """So many events, in the order of time."""
        kinds: dict[Happening, float] = {
            self._message: 0.955,
            self._account: 0.02,
            self._member: 0.015,
            self._media: 0.007,
            self._community: 0.003,
        }
        ways, shares = list(kinds), list(accumulate(kinds.values()))
        for number in range(1, count + 1):
            (happen,) = self._random.choices(ways, cum_weights=shares)
            at = _BEGINNING + number * _PACE
            yield (happen if number % _ONE_DANGER_IN else next(self._dangers))(number, at)

    def _message(self, number: int, at: datetime, text: str = "", author: str = "", to: str = "") -> Message:
        private = bool(to) or self._random.random() < _PRIVATE
        return Message(
            id=f"m{number}",
            at=at,
            platform=_PLATFORM,
            author=author or self._person(),
            text=text or self._talk.message(),
            to=(to or self._person(),) if private else (),
            community=None if private else self._place(),
            channel=None if private else f"c{self._random.randrange(_CHANNELS)}",
        )

    def _account(self, number: int, at: datetime) -> Account:
        name = f"{self._talk.word()}{self._random.randrange(99)}"
        bio = self._talk.message() if self._random.random() < 0.5 else ""
        return Account(id=f"a{number}", at=at, platform=_PLATFORM, account=self._person(), name=name, bio=bio)

    def _member(self, number: int, at: datetime) -> MemberJoined:
        return MemberJoined(id=f"j{number}", at=at, platform=_PLATFORM, community=self._place(), account=self._person())

    def _media(self, number: int, at: datetime) -> Media:
        return Media(
            id=f"p{number}", at=at, platform=_PLATFORM, author=self._person(), type="image", community=self._place()
        )

    def _community(self, number: int, at: datetime, named: _Named = ("", "", ())) -> Community:
        talk, (name, description, channels) = self._talk, named
        return Community(
            id=f"g{number}",
            at=at,
            platform=_PLATFORM,
            community=self._place(),
            name=name or f"{talk.word()} {talk.word()}",
            description=description or ("" if name else talk.message()),
            channels=tuple(channels or (talk.word() for _ in range(_CHANNELS))),
        )

    def _person(self) -> str:
        return f"u{self._random.randrange(_PEOPLE)}"

    def _place(self) -> str:
        return f"g{self._random.randrange(_COMMUNITIES)}"


def write_lines(events: Sequence[Event], path: Path) -> None:
    """The events as JSON lines."""
    with path.open("wb") as file:
        file.writelines(encode_lines(events))


def write_export(texts: Sequence[str], path: Path, seed: int = SEED) -> None:
    """The texts as the messages of one channel, in the JSON of DiscordChatExporter."""
    random = Random(seed)  # noqa: S311 - the same authors every time; nothing here is secret
    exported: dict[str, Any] = {
        "guild": {"id": "1000", "name": "atelier", "iconUrl": ""},
        "channel": {"id": "2000", "type": "GuildTextChat", "categoryId": "3000", "name": "salon", "topic": None},
        "dateRange": {"after": None, "before": None},
        "exportedAt": _BEGINNING.isoformat(),
        "messages": [_exported(number, text, random) for number, text in enumerate(texts, 1)],
        "messageCount": len(texts),
    }
    path.write_text(json.dumps(exported, indent=2, ensure_ascii=False), encoding="utf-8", newline="\n")


def _exported(number: int, text: str, random: Random) -> dict[str, Any]:
    author = str(random.randrange(_PEOPLE))
    return {
        "id": str(10_000 + number),
        "type": "Default",
        "timestamp": (_BEGINNING + number * _PACE).isoformat(timespec="milliseconds"),
        "timestampEdited": None,
        "callEndedTimestamp": None,
        "isPinned": False,
        "content": text,
        "author": {
            "id": author,
            "name": f"user{author}",
            "discriminator": "0000",
            "nickname": f"User {author}",
            "color": None,
            "isBot": False,
            "roles": [],
            "avatarUrl": "",
        },
        "attachments": [],
        "embeds": [],
        "stickers": [],
        "reactions": [],
        "mentions": [],
        "inlineEmojis": [],
    }
