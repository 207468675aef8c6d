"""Exported conversations in, events out."""

from veilleuse.archives.damage import Damage, Note, Unit
from veilleuse.archives.intake import Intake
from veilleuse.archives.source import Limits
from veilleuse.archives.whatsapp_dates import DateOrder

__all__ = ["Damage", "DateOrder", "Intake", "Limits", "Note", "Unit"]
