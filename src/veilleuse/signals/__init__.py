"""Detectors: each a small file that says what it looks at, what it says, and why.

A detector takes the passages of one event, or one direction of a conversation, and returns a signal or nothing; it
writes nothing.
"""

from collections.abc import Callable, Sequence

from veilleuse.memory.memory import View
from veilleuse.signals import (
    community_catalogue,
    contact_age_gap,
    contact_one_to_many,
    contact_stranger_move,
    extortion_pattern,
    extortion_threat,
    grooming_image_request_to_minor,
    grooming_isolation,
    grooming_pattern,
    identity_age_contradiction,
    name_entry_toll,
    name_paid_access,
    name_sexualised_minor,
    wording_sexualised_minor,
    wording_solicits_image,
    wording_threat_to_leak,
    wording_trade,
)
from veilleuse.signals.passage import Passage
from veilleuse.signals.signal import Evidence, Signal, Subject

Detector = Callable[[Sequence[Passage]], Signal | None]
Watcher = Callable[[View], Signal | None]

# Over the name, the description or bio, and the channels of a community or an account.
OF_NAMES: tuple[Detector, ...] = (
    name_sexualised_minor.detect,
    name_paid_access.detect,
    name_entry_toll.detect,
    community_catalogue.detect,
)
# Over the text of one message.
OF_WORDING: tuple[Detector, ...] = (
    wording_sexualised_minor.detect,
    wording_trade.detect,
    wording_solicits_image.detect,
    wording_threat_to_leak.detect,
)
# Over what one account has written to another.
OF_CONVERSATIONS: tuple[Watcher, ...] = (
    grooming_pattern.detect,
    grooming_image_request_to_minor.detect,
    grooming_isolation.detect,
    extortion_threat.detect,
    extortion_pattern.detect,
    contact_one_to_many.detect,
    contact_age_gap.detect,
    identity_age_contradiction.detect,
    contact_stranger_move.detect,
)
NAMES: tuple[str, ...] = (
    name_sexualised_minor.NAME,
    name_paid_access.NAME,
    name_entry_toll.NAME,
    community_catalogue.NAME,
    wording_sexualised_minor.NAME,
    wording_trade.NAME,
    wording_solicits_image.NAME,
    wording_threat_to_leak.NAME,
    grooming_pattern.NAME,
    grooming_image_request_to_minor.NAME,
    grooming_isolation.NAME,
    extortion_threat.NAME,
    extortion_pattern.NAME,
    contact_one_to_many.NAME,
    contact_age_gap.NAME,
    identity_age_contradiction.NAME,
    contact_stranger_move.NAME,
)
# The names of those that judge conversations.
CONVERSATIONS = frozenset(NAMES[NAMES.index(grooming_pattern.NAME) :])

__all__ = [
    "CONVERSATIONS",
    "NAMES",
    "OF_CONVERSATIONS",
    "OF_NAMES",
    "OF_WORDING",
    "Detector",
    "Evidence",
    "Passage",
    "Signal",
    "Subject",
    "Watcher",
]
