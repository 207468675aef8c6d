"""What a text says once its disguise is taken off, each finding tied to its place in the raw text."""

from veilleuse.reading.finding import Disguise, Finding, mask, mask_private, plain
from veilleuse.reading.lexicon import Lexicon, Term
from veilleuse.reading.reader import Reader

__all__ = ["Disguise", "Finding", "Lexicon", "Reader", "Term", "mask", "mask_private", "plain"]
