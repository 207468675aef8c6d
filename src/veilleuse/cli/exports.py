"""Exports as commands take them."""

from collections.abc import Sequence
from pathlib import Path

import click

from veilleuse.archives import DateOrder, Intake

date_order = click.option("--date-order", type=click.Choice([order.value for order in DateOrder]))


def open_exports(paths: Sequence[Path], order: str | None) -> Intake:
    """What the paths hold, the dates of WhatsApp read in the order a person named, if any."""
    return Intake(paths, DateOrder(order) if order else None)
