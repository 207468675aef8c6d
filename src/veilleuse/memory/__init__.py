"""What conversations leave behind: pairs, accounts and rooms, bounded and decaying."""

from veilleuse.memory.account import AccountMemory
from veilleuse.memory.memory import Memory, View
from veilleuse.memory.pair import PairMemory, Sighting, Trace

__all__ = ["AccountMemory", "Memory", "PairMemory", "Sighting", "Trace", "View"]
