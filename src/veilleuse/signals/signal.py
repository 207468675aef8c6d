"""A signal: a named score about a subject, with the evidence for it."""

from typing import Annotated

import msgspec

Score = Annotated[float, msgspec.Meta(ge=0, le=1)]


class Subject(msgspec.Struct, frozen=True, order=True):
    """Whom or what a decision is about. Written "account:u1" or "community:g1"."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


class Evidence(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place a person can check: `text` is `start` to `end`, in code points, of the raw field.

    `field` says which text of the event it stands in; empty for the main one (a message's text, a name),
    else "description", "bio" or "channels[2]".
    """

    event: str
    start: int
    end: int
    cue: str
    text: str
    field: str = ""


class Signal(msgspec.Struct, frozen=True):
    """How strongly one named thing is seen, in [0, 1], and why. No signal is without evidence."""

    name: str
    score: Score
    evidence: tuple[Evidence, ...]
