"""Detectors: each a small file that says what it looks at, what it says, and why.

A detector takes the passages of one event and returns a signal or nothing; it writes nothing.
"""

from collections.abc import Callable, Sequence

from veilleuse.signals import (
    community_catalogue,
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
NAMES: tuple[str, ...] = (
    name_sexualised_minor.NAME,
    name_paid_access.NAME,
    name_entry_toll.NAME,
    community_catalogue.NAME,
    wording_sexualised_minor.NAME,
    wording_trade.NAME,
    wording_solicits_image.NAME,
    wording_threat_to_leak.NAME,
)

__all__ = ["NAMES", "OF_NAMES", "OF_WORDING", "Detector", "Evidence", "Passage", "Signal", "Subject"]
