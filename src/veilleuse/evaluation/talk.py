"""Messages nobody wrote, for timing: they behave as chat does, and the same seed always gives the same ones.

Measured against real chat (text messages in French and in English, public IRC): as long, with as many words never met
before, as many that wear punctuation, and as many near the words of the lexicon.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from math import log
from random import Random

import msgspec

from veilleuse import DATA

_MADE_UP = 9_000  # names and private words of each language
_SHIFT, _SLOPE = 5.0, 1.2  # Zipf's law, as Mandelbrot corrected it
_MEDIAN, _SPREAD, _MOST = 7.5, 0.88, 120  # a message's number of words is about log-normal
_IN_FRENCH = 0.35
_UNACCENTED = 0.78  # of messages: phones are typed on in haste
_BARE = str.maketrans("àâäçéèêëîïôöùûüœ", "aaaceeeeiioouuuo")
# The sounds of made-up words, as often as they stand here.
_ONSETS = "b c ch d f g h j k l m n p qu r s t v w z bl br cl cr dr fl gr pl pr sh st tr"
_NUCLEI = "a a e e i o u ai ea ee ie oo ou y"
_CODAS = "    n r s l t k m nd st"
_ENDS = (".", ".", ",", ",", ",", "!", "?", "...", "..", "!!", "??", " :)", " ;)", "!!!", ":")
_NO_WORDS = ("😂", "❤️", "👍", "😭", ":p", "<3", "xd", "...", "&", "-", "?", "^^")
_AFTER_NUMBER = ("", "", "", "h", "h30", "pm", "min", "k", "%", "th")


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language: its common words, the most frequent first; and stems that take any of the endings."""

    common: str
    stems: str
    endings: list[str]


class Talk:
    """An endless conversation, made up from `random`."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._sounds = [sounds.split(" ") for sounds in (_ONSETS, _NUCLEI, _CODAS)]
        words = _read_words()
        self._english, self._french = self._ranked(words["english"]), self._ranked(words["french"])
        longest = max(len(self._english), len(self._french))
        self._frequencies = list(accumulate((rank + _SHIFT) ** -_SLOPE for rank in range(longest)))
        ways: dict[Callable[[str], str], float] = {
            str: 0.725,
            self._ended: 0.18,
            str.capitalize: 0.04,
            self._misspelt: 0.01,
            self._number: 0.015,
            self._no_word: 0.018,
            self._drawn_out: 0.008,
            self._hyphened: 0.004,
        }
        self._ways, self._shares = list(ways), list(accumulate(ways.values()))

    def message(self) -> str:
        """One message, of a word or of a few sentences."""
        random = self._random
        words = self._french if random.random() < _IN_FRENCH else self._english
        count = min(max(1, round(random.lognormvariate(log(_MEDIAN), _SPREAD))), _MOST)
        said = random.choices(words, cum_weights=self._frequencies[: len(words)], k=count)
        worn = random.choices(self._ways, cum_weights=self._shares, k=count)
        text = " ".join([way(word) for way, word in zip(worn, said, strict=True)])
        return text.translate(_BARE) if random.random() < _UNACCENTED else text

    def word(self) -> str:
        """A word that can be said aloud and means nothing."""
        random = self._random
        syllables = random.choices((1, 2, 3), (2, 5, 1))[0]
        return "".join(random.choice(sounds) for _ in range(syllables) for sounds in self._sounds)

    def _ranked(self, words: _Words) -> list[str]:
        """The words of a language, the most frequent first; beyond the common ones in no order."""
        inflected = [stem + ending for stem in words.stems.split() for ending in words.endings]
        self._random.shuffle(inflected)
        return list(dict.fromkeys((*words.common.split(), *inflected, *(self.word() for _ in range(_MADE_UP)))))

    def _ended(self, word: str) -> str:
        return word + self._random.choice(_ENDS)

    def _misspelt(self, word: str) -> str:
        """One letter dropped, or exchanged with the next."""
        place = self._random.randrange(len(word))
        after = word[place + 1 : place + 2]
        return word[:place] + after + self._random.choice((word[place], "")) + word[place + 2 :]

    def _drawn_out(self, word: str) -> str:
        place = self._random.randrange(len(word))
        return word[:place] + word[place] * self._random.randint(2, 6) + word[place + 1 :]

    def _number(self, _: str) -> str:
        return f"{int(self._random.lognormvariate(3, 2))}{self._random.choice(_AFTER_NUMBER)}"

    def _no_word(self, _: str) -> str:
        return self._random.choice(_NO_WORDS)

    def _hyphened(self, word: str) -> str:
        return f"{word}{self._random.choice('-/._')}{self.word()}"


@cache
def _read_words() -> dict[str, _Words]:
    text = (DATA / "evaluation" / "talk.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), dict[str, _Words])
