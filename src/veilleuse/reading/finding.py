"""What reading hands to the rooms above: findings, each tied to its place in the raw text."""

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from veilleuse.reading.fold import fold_visible

MASK = "•"
_WRITES_S = frozenset("s5$")
_TAKES_NO_S = frozenset("sxz")


class Disguise(StrEnum):
    """How a term was hidden, from not at all to the most contrived."""

    PLAIN = "plain"
    MARKS = "marks"  # accents and other marks put on letters
    REPEAT = "repeat"  # letters doubled or drawn out
    INVISIBLE = "invisible"  # characters nobody sees, between letters
    LOOKALIKE = "lookalike"  # other alphabets, digits or signs in place of letters
    MASKED = "masked"  # a letter blanked by a sign or an x
    SPLIT = "split"  # spaces or punctuation between letters
    JOINED = "joined"  # two terms written as one word
    DROPPED = "dropped"  # a letter left out
    SWAPPED = "swapped"  # two neighbouring letters exchanged
    PHONETIC = "phonetic"  # written as it sounds
    VOWELS = "vowels"  # only the consonants left
    REVERSED = "reversed"  # written from right to left


class Finding(msgspec.Struct, frozen=True, gc=False):
    """A term of the lexicon found in a text: `text[start:end]`, in code points, is what stands there.

    `weight`, in (0, 1], says how much the term means by itself: a weak one ("nu", "sex") needs company.
    `picture` says that the term names a picture by itself ("nude").
    `private` marks a term of an operator's own list, which no output may show: see `shown`.
    `doubted` marks a disguise that an operator weighs less than 1: `weight` is the less, and it proves no intent.
    """

    term: str
    concept: str
    start: int
    end: int
    disguise: Disguise
    weight: float = 1.0
    picture: bool = False
    private: bool = False
    doubted: bool = False

    @property
    def shown(self) -> str:
        """The term as an output may write it."""
        return mask(self.term) if self.private else self.term

    def reads(self, text: str) -> str:
        """What stands in its text without disguise, as an output may write it: the term, plural where an s is added."""
        letters = fold_visible(text[self.start : self.end])[0].strip()
        added = letters[:1] if self.disguise is Disguise.REVERSED else letters[-1:]
        last = self.term[-1:].lower()
        plural = added in _WRITES_S and last.isalpha() and last not in _TAKES_NO_S
        return self.shown + "s" if plural and not self.private else self.shown


def mask(text: str) -> str:
    """The first letter, and a dot for each that follows."""
    return text[:1] + MASK * (len(text) - 1)


def mask_private(text: str, findings: Sequence[Finding]) -> str:
    """The raw text with every private finding masked in place; offsets stay what they were."""
    private = [finding for finding in findings if finding.private]
    if not private:
        return text
    shown = list(text)
    for finding in private:
        shown[finding.start : finding.end] = mask(text[finding.start : finding.end])
    return "".join(shown)


def plain(text: str, findings: Sequence[Finding]) -> str:
    """The text with its disguises taken off: each disguised finding replaced by what it reads."""
    raw, text = text, mask_private(text, findings)  # for what stands partly under another finding
    parts: list[str] = []
    position = 0
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if finding.disguise is Disguise.PLAIN and not finding.private:
            continue
        if finding.start >= position:
            parts += text[position : finding.start], finding.reads(raw)
            position = finding.end
    return "".join(parts) + text[position:]
