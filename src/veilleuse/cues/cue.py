"""A cue: a language-neutral idea found in a message, how strongly, where, and how it was meant."""

from enum import StrEnum
from typing import Annotated

import msgspec

Strength = Annotated[float, msgspec.Meta(gt=0, le=1)]


class Idea(StrEnum):
    """What a cue is about."""

    AGE_QUESTION = "age-question"
    AGE_CLAIM = "age-claim"  # the author says their own age
    AGE_OF_YOU = "age-of-you"  # the author says the age of the one spoken to
    AGE_REPLY = "age-reply"  # a bare number: an age only where one was just asked for; none: the age just told
    AGE_GAP = "age-gap"  # the difference, being mature, being of age
    SUPERVISION = "supervision"  # whether somebody is near, or reads along
    SECRECY = "secrecy"
    ISOLATION = "isolation"  # I alone understand you; they do not
    PLATFORM_MOVE = "platform-move"
    CONTACT_REQUEST = "contact-request"
    IMAGE_REQUEST = "image-request"
    MEETING = "meeting"
    GIFT = "gift"
    COMPLIMENT = "compliment"
    RELATIONSHIP = "relationship-probe"
    SEXUAL = "sexual-topic"
    REASSURANCE = "reassurance"
    PRESSURE = "pressure"
    THREAT = "threat"
    LEAK = "leak"  # what was sent or said will be shown
    DEMAND = "demand"
    REFUSAL = "refusal"
    GUARDIAN = "guardian"  # parents, teachers are told or asked
    HELP = "help"  # help lines, moderation, comfort after harm
    SHARED_LIFE = "shared-life"  # school, family, team: people who know each other elsewhere
    KIN = "kin"  # the one spoken to is called a relative


class Mode(StrEnum):
    """How a cue was meant. Only what is stated or asked is the author's own doing."""

    STATED = "stated"
    ASKED = "asked"
    NEGATED = "negated"
    REPORTED = "reported"


class Cue(msgspec.Struct, frozen=True, omit_defaults=True):
    """`text[start:end]`, in code points, holds the idea. `low` to `high` are years, for ideas about ages only."""

    idea: Idea
    strength: Strength
    start: int
    end: int
    mode: Mode = Mode.STATED
    low: int = 0
    high: int = 0

    @property
    def meant(self) -> bool:
        """Whether the author means it themselves, rather than denying it or telling what another said."""
        return self.mode is Mode.STATED or self.mode is Mode.ASKED
