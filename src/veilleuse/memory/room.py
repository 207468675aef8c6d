"""Whom a message is for: named, answered, mentioned, or the other half of a dialogue in a room."""

from collections.abc import Sequence

import msgspec

from veilleuse.events import Message, MessageEdited

_MOST_TO = 8  # recipients beyond are an audience, not conversations
_REMEMBERED = 24  # messages of a room to which an answer can be told
_TURNS = 4  # messages in a row of two people, and nobody else, that make a dialogue of public talk
_SILENCE = 600  # seconds after which a turn is no answer
PLACE = "#"  # begins the name of a private channel whose other half has not spoken yet


class Turn(msgspec.Struct, frozen=True, gc=False):
    """Who wrote which message, when, and to whom first of all, "" for the room."""

    event: str
    author: str
    at: int
    to: str = ""


class Room(msgspec.Struct):
    """The last turns of a channel; in a private one, who was met there."""

    turns: list[Turn] = []
    met: list[str] = []

    def hear(self, event: Message | MessageEdited, at: int) -> Sequence[str]:
        """Whom the message is for; it becomes the last turn."""
        turns, author = self.turns, event.author
        if isinstance(event, Message) and (event.mentions or event.reply_to) and (named := self._named(event)):
            recipients: Sequence[str] = [name for name in dict.fromkeys(named) if name != author][:_MOST_TO]
        else:
            recipients = self._answered(author, at) if turns else ()
        turns.append(Turn(event.id, author, at, recipients[0] if recipients else ""))
        if len(turns) > 2 * _REMEMBERED:
            del turns[:_REMEMBERED]
        return recipients

    def _answered(self, author: str, at: int) -> Sequence[str]:
        """Who spoke to the author just before, or the only other who took a turn of late.

        Where many talk, the last two turns tell that there is none.
        """
        turns = self.turns
        last = turns[-1]
        if at - last.at > _SILENCE:
            return ()
        other = last.author
        if last.to == author:  # who speaks right after being spoken to answers
            return (other,)
        if len(turns) < _TURNS or (author != other and turns[-2].author not in (author, other)):
            return ()
        others = {turn.author for turn in turns[-_TURNS:]} - {author}
        return tuple(others) if len(others) == 1 and at - turns[-_TURNS].at <= _TURNS * _SILENCE else ()

    def partner(self, author: str, channel: str) -> str:
        """The other half of a private channel of two, or the place itself while nobody else has spoken; "" for more."""
        if author not in self.met:
            self.met = [*self.met, author][:3]
        others = [name for name in self.met if name != author]
        if not others:
            return PLACE + channel
        return others[0] if len(others) == 1 else ""

    def _named(self, event: Message) -> Sequence[str]:
        if event.reply_to is None:
            return event.mentions
        answered = next((turn.author for turn in reversed(self.turns) if turn.event == event.reply_to), None)
        return event.mentions if answered is None else (answered, *event.mentions)


def addressed(event: Message | MessageEdited) -> Sequence[str]:
    """The recipients the event itself names, without its author."""
    to = event.to
    if len(to) == 1:
        return to if to[0] != event.author else ()
    return [name for name in dict.fromkeys(to) if name != event.author] if len(to) <= _MOST_TO else ()
