"""The plain-language report and guide."""

from veilleuse.families.page import render
from veilleuse.families.report import Report, Seen
from veilleuse.families.terminal import summary

__all__ = ["Report", "Seen", "render", "summary"]
