"""What a reading of somebody's files came to, before it is told in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo

import msgspec

from veilleuse.events import Event
from veilleuse.policy.decision import Decision
from veilleuse.reading.finding import Finding


class Seen(msgspec.Struct, frozen=True):
    """One decided event kept for the report.

    `findings` holds what reading found in each text of the event: "" for a message's text or for the name of
    a community or an account, else "description", "bio" or "channels[2]".
    """

    event: Event
    decision: Decision
    findings: Mapping[str, Sequence[Finding]]


class Step(msgspec.Struct, frozen=True):
    """The first time something was said in a conversation, and how many times in all.

    `kind` is the idea of a cue; or "refusal", said by the other; "insists", a request made again after one; "known",
    the first words written to somebody known to be a minor. `strength` is the cue's, in (0, 1]; `text` what the
    author wrote, private terms masked, empty where nothing is quoted; `age` the years it is about, as they are told.
    """

    kind: str
    at: datetime
    strength: float = 1.0
    text: str = ""
    age: str = ""
    times: int = 1


class Talk(msgspec.Struct, frozen=True):
    """What `author` wrote to `other`, None where nobody has answered yet: `messages` of them, from `first` to `last`.

    `opened` tells whether the author was the first to write. `told` names the signals of conversations that were told
    of it, by the event at which they were.
    """

    author: str
    other: str | None
    first: datetime
    last: datetime
    messages: int
    opened: bool
    steps: tuple[Step, ...]
    told: Mapping[str, frozenset[str]]


class Report(msgspec.Struct, frozen=True):
    """All that the page and the terminal tell.

    `sources` are file names, `people` and `communities` give names to identifiers, `rules` says why each rule
    exists. `damages` (what could not be read), `notes` (what the files leave out) and `rules` are sentences
    already in the reader's language. `zone` is where the reader lives; None means where this machine is.
    `conceal` masks what an operator keeps private in a name or an identifier. `talks` are the conversations of which
    a signal was told.
    """

    sources: list[str]
    events: int
    people: Mapping[str, str]
    communities: Mapping[str, str]
    first: datetime | None
    last: datetime | None
    seen: list[Seen]
    damages: list[str]
    notes: list[str]
    generated: datetime
    rules: Mapping[str, str]
    zone: tzinfo | None = None
    conceal: Callable[[str], str] = str
    talks: Sequence[Talk] = ()
