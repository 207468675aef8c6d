"""From what is read to language-neutral cues: what they are about, how strong, where, and how they were meant."""

from veilleuse.cues.cue import Cue, Idea, Mode
from veilleuse.cues.finder import Hit
from veilleuse.cues.lexicon import CONCEPTS
from veilleuse.cues.listener import Listener

__all__ = ["CONCEPTS", "Cue", "Hit", "Idea", "Listener", "Mode"]
