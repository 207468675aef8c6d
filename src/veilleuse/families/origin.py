"""What an event says, and who said it where."""

from collections.abc import Mapping

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


def texts(event: Event) -> Mapping[str, str]:
    """The texts of an event, by the field names that findings and evidence use."""
    match event:
        case Message() | MessageEdited():
            return {"": event.text}
        case Community():
            channels = {f"channels[{i}]": channel for i, channel in enumerate(event.channels)}
            return {"": event.name, "description": event.description, **channels}
        case Account():
            return {"": event.name, "bio": event.bio}
        case ReportFiled():
            return {"": event.reason}
        case _:
            return {}
