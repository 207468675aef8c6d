"""Who speaks in a WhatsApp chat: a name, then ": ", then the message, where each may hold ": " too."""

from collections import Counter
from dataclasses import dataclass, field

from veilleuse.archives.whatsapp_media import MARK, is_media, is_notice

_LONGEST_NAME = 100
_MOST_LONGER = 16
_DIRECTIONS = str.maketrans("", "", "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_QUOTES = (("“", "”"), ("«", "»"))


@dataclass
class _Beginning:
    """All lines that begin with the same words before their first ": "."""

    plain: bool = False  # one of them at least has no second ": ": those words are the name
    longer: Counter[str] = field(default_factory=Counter)


class Names:
    """The names of a chat, learnt from all of its lines, then told apart from what was said."""

    def __init__(self) -> None:
        self.title = ""
        self._beginnings: dict[str, _Beginning] = {}
        self._certain: set[str] = set()

    def see(self, line: str) -> None:
        """The first line of one more message, after its date."""
        first, separator, rest = line.partition(": ")
        beginning = self._beginnings.get(first)
        if beginning and beginning.plain and ": " not in rest and MARK not in rest:
            return  # nothing to learn from it
        if not separator or not _may_be_name(first):
            return
        name, _, marked = line.partition(f": {MARK}")
        if marked and is_notice(MARK + marked):
            if not self._beginnings:
                self.title = self.title or _clean(name)
            return
        if marked or is_media(rest.rpartition(": ")[2]):
            name = name if marked else line[: line.rindex(": ")]
            if _may_be_name(name):
                self._certain.add(name)
        beginning = beginning or self._beginnings.setdefault(first, _Beginning())
        second, separator, _ = rest.partition(": ")
        if not separator or len(second) > _LONGEST_NAME or len(beginning.longer) > _MOST_LONGER:
            beginning.plain = True
        elif not beginning.plain:
            beginning.longer[second] += 1

    def speakers(self) -> list[str]:
        """Everybody who speaks, in the order of their first words."""
        speakers: dict[str, None] = {}
        for first, beginning in self._beginnings.items():
            names = [f"{first}: {second}" for second in beginning.longer]
            for name in (first, *names):
                told = self._told(f"{name}: x")
                if told == name:
                    speakers.setdefault(_clean(name))
        return list(speakers)

    def parted(self, text: str) -> tuple[str, str] | None:
        """The name and what was said; None where nobody speaks."""
        name = self._told(text)
        return (_clean(name), text[len(name) + 2 :]) if name else None

    def _told(self, text: str) -> str:
        """The name this text begins with; empty when there is none."""
        first, separator, rest = text.partition(": ")
        beginning = self._beginnings.get(first)
        if not separator or beginning is None:
            return ""
        longer = f"{first}: {rest.partition(': ')[0]}"
        if longer in self._certain:
            return longer
        if beginning.plain or not beginning.longer or min(beginning.longer.values()) < 2:
            return first
        return longer


def _may_be_name(words: str) -> bool:
    """Not so long, and no quotation left open: that is a group's new subject, announced by the platform."""
    unclosed = words.count('"') % 2 or any(words.count(left) != words.count(right) for left, right in _QUOTES)
    return len(words) <= _LONGEST_NAME and not unclosed


def _clean(name: str) -> str:
    """The name without direction marks, nor the tilde of those who are not among the contacts."""
    return name.translate(_DIRECTIONS).lstrip("~ \u00a0\u202f").strip() or "unknown"
