"""What an event says, and who said it where."""

import msgspec

from veilleuse.events import (
    Account,
    Community,
    Event,
    Label,
    Media,
    MemberJoined,
    Message,
    MessageDeleted,
    MessageEdited,
    ReportFiled,
)


class Origin(msgspec.Struct, frozen=True):
    """Who did it, for whom, and where; what the event does not tell is None."""

    author: str | None = None
    to: tuple[str, ...] = ()
    community: str | None = None
    channel: str | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody named, the author first."""
        return tuple(dict.fromkeys(filter(None, (self.author, *self.to))))


def origin(event: Event) -> Origin:
    """Where the event comes from."""
    match event:
        case Message() | MessageEdited() | Media():
            return Origin(event.author, event.to, event.community, event.channel)
        case MessageDeleted():
            return Origin(event.author, (), event.community, event.channel)
        case Community():
            return Origin(community=event.community)
        case Account():
            return Origin(event.account)
        case MemberJoined():
            return Origin(event.account, (), event.community)
        case ReportFiled():
            return Origin(event.reporter, (), event.community)
        case Label():
            return Origin(event.author, (), None, event.channel)
