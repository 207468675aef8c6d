"""What the tests of the reading room are made of."""

from hypothesis import strategies as st

from veilleuse.reading import Finding, Lexicon, Reader
from veilleuse.reading.edits import PAIRS

READER = Reader()
TERMS = sorted({term.text for term in Lexicon.shipped().terms if term.concept != "ordinary"})

UNSEEN = "\u200b\u200d\u2060\u00ad\ufeff\u034f\u3164\x00\ud800\U000e0061"
MARKS = "\u0301\u0308\u0336\u20e3"
SOSIES = {"a": "аα4@", "d": "ԁ", "e": "еε3€", "i": "іı1!", "l": "ⅼ1|", "n": "ոп", "o": "оø0", "s": "ѕ$5", "u": "υµv"}
BETWEEN = (" ", ".", "-", "_", " . ", "'")


def found(text: str, reader: Reader = READER) -> list[tuple[str, str]]:
    """The terms of a text, each with how it is disguised."""
    return [(finding.term, finding.disguise.value) for finding in reader.read(text)]


def about(text: str, concept: str) -> list[Finding]:
    """What a text says of one concept."""
    return [finding for finding in READER.read(text) if finding.concept == concept]


@st.composite
def disguised(draw: st.DrawFn) -> str:
    """A term of the lexicon under one disguise, or none, or two."""
    word = draw(st.sampled_from(TERMS))
    for disguise in draw(st.lists(st.sampled_from(DISGUISES), max_size=2)):
        word = disguise(draw, word)
    return word


@st.composite
def talk(draw: st.DrawFn) -> str:
    """Disguised terms among whatever Unicode holds, with or without spaces between."""
    parts = draw(st.lists(st.one_of(disguised(), ANYTHING, st.sampled_from(JOINTS)), max_size=8))
    return "".join(parts)


ANYTHING = st.text(st.characters(), max_size=12)  # surrogates and all
JOINTS = (" ", "", "\n", ". ", "-", "'", "\u00a0", "!")


def _sprinkle(draw: st.DrawFn, word: str, dust: str) -> str:
    return "".join(letter + draw(st.sampled_from(["", *dust])) for letter in word)


def _unseen(draw: st.DrawFn, word: str) -> str:
    return _sprinkle(draw, word, UNSEEN)


def _marked(draw: st.DrawFn, word: str) -> str:
    return _sprinkle(draw, word, MARKS)


def _sosies(draw: st.DrawFn, word: str) -> str:
    return "".join(draw(st.sampled_from(letter + SOSIES.get(letter, ""))) for letter in word)


def _drawn_out(draw: st.DrawFn, word: str) -> str:
    return "".join(letter * draw(st.sampled_from([1, 1, 3])) for letter in word)


def _spread(draw: st.DrawFn, word: str) -> str:
    return draw(st.sampled_from(BETWEEN)).join(word)


def _blanked(draw: st.DrawFn, word: str) -> str:
    place = draw(st.integers(0, len(word) - 1)) if word else 0
    return word[:place] + draw(st.sampled_from("*#x")) + word[place + 1 :]


def _broken(draw: st.DrawFn, word: str) -> str:
    place = draw(st.integers(0, len(word)))
    return word[:place] + draw(st.sampled_from(["", " "])) + word[place + draw(st.integers(0, 1)) :]


def _styled(draw: st.DrawFn, word: str) -> str:
    first = draw(st.sampled_from([0x1D41A, 0x1D4EA, 0xFF41, 0x24D0, 0x1F1E6]))
    return "".join(chr(first + ord(c) - ord("a")) if "a" <= c <= "z" else c for c in word)


def _paired(draw: st.DrawFn, word: str) -> str:
    letter, pair = draw(st.sampled_from(PAIRS))
    return word.replace(letter, pair)


def _framed(draw: st.DrawFn, word: str) -> str:
    return draw(st.sampled_from(["x", "xx", "l-", "t'"])) + word + draw(st.sampled_from(["x", "xx", "_4", ""]))


DISGUISES = (
    _unseen, _marked, _sosies, _drawn_out, _spread, _blanked, _broken, _styled, _paired, _framed,
    lambda _, word: word.upper(),
)  # fmt: skip
