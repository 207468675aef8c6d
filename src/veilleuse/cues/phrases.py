"""The phrases of the cue files: templates that a native speaker writes, made into patterns."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import msgspec

from veilleuse.cues.cue import Idea, Strength
from veilleuse.language import Language
from veilleuse.reading.fold import fold_term

_OFTEN, _SHIFT, _SELDOM = 0.2, 5, 1e-3  # of words: Zipf's law as Mandelbrot corrected it, and a word out of the list
_PART = re.compile(r"\{([^{}]*)\}|\[([^\[\]]*)\]|([^{}\[\]]+)")
_WORD = re.compile(r"[a-z0-9]+")
_BETWEEN = r"[^a-z0-9.!;\n]{1,6}"  # words of a phrase may be apart by a comma or an apostrophe, not by a sentence


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"idea": "name", "clears": "not"}):
    """One way an idea is put: templates, those that count only as the whole message, and what clears them.

    `asks` says that the phrases are questions by themselves; `picture` that "of the", "of my" after them tells of
    another picture than one of the person spoken to. `yes` and `no` are examples that run as tests.
    """

    idea: Idea
    strength: Strength
    phrases: tuple[str, ...] = ()
    alone: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    asks: bool = False
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    common: str
    words: dict[str, list[str]]
    cue: list[Table]


class Template(msgspec.Struct, frozen=True):
    """A template's pattern over folded text, and the words without which it cannot match.

    Each of `needs` holds the words of which one at least must stand in the text; `rarest` is the one of them that
    the fewest texts hold.
    """

    rarest: frozenset[str]
    needs: tuple[frozenset[str], ...]
    pattern: str


class Way(msgspec.Struct, frozen=True):
    """A table made ready: its templates, the folded messages that are it as a whole, and the pattern that clears it."""

    table: Table
    templates: tuple[Template, ...]
    alone: frozenset[str]
    clears: str


@cache
def shipped(language: Language) -> tuple[Way, ...]:
    """The ways of the language's file, in its order."""
    return read((files("veilleuse") / "data" / "cues" / f"{language}.toml").read_text(encoding="utf-8"))


def read(text: str) -> tuple[Way, ...]:
    """The ways of a cue file. Raises `ValueError` where it is none or a template cannot be made out."""
    file = msgspec.convert(tomllib.loads(text), _File)
    common = {word: rank for rank, word in enumerate(file.common.split())}
    return tuple(
        Way(
            table,
            tuple(template(phrase, file.words, common) for phrase in table.phrases),
            frozenset(" ".join(words(phrase)) for phrase in table.alone),
            "|".join(template(phrase, file.words, common).pattern for phrase in table.clears),
        )
        for table in file.cue
    )


def words(text: str) -> list[str]:
    """The words of a phrase as the folded text writes them."""
    return _WORD.findall(fold_term(text))


class _Part(msgspec.Struct, frozen=True):
    """A place of a template: the phrases that may stand there, each as its words; the empty one where none need."""

    choices: tuple[tuple[str, ...], ...]

    @property
    def needed(self) -> bool:
        """Whether a phrase must stand there."""
        return () not in self.choices

    @property
    def pattern(self) -> str:
        """The phrases, the longest first."""
        longest_first = sorted({c for c in self.choices if c}, key=lambda c: (-len(c), c))
        return f"(?:{'|'.join(_BETWEEN.join(choice) for choice in longest_first)})"

    def rarest(self, common: Mapping[str, int]) -> frozenset[str]:
        """The rarest word of each phrase."""
        return frozenset(min(choice, key=lambda word: _frequency(word, common)) for choice in self.choices)


def template(source: str, named: Mapping[str, Sequence[str]], common: Mapping[str, int]) -> Template:
    """What a template says: `{a|b}` one of these, `[a|b]` one of these or none.

    An alternative that is the name of a list of words stands for all of them.
    """
    parts = _parts(source, named)
    needs = sorted(
        {part.rarest(common) for part in parts if part.needed},
        key=lambda need: (sum(_frequency(word, common) for word in need), sorted(need)),
    )
    if not needs:
        raise ValueError(f"{source!r}: nothing in it must stand there")
    return Template(needs[0], tuple(needs[1:]), _pattern(parts))


def _frequency(word: str, common: Mapping[str, int]) -> float:
    """About how often a word is met: by Zipf's law if it is common, else the less the longer it is."""
    return _OFTEN / (common[word] + _SHIFT) if word in common else _SELDOM / len(word)


def _parts(source: str, named: Mapping[str, Sequence[str]]) -> list[_Part]:
    found = list(_PART.finditer(source))
    if "".join(m[0] for m in found) != source:
        raise ValueError(f"{source!r}: a bracket stands alone")
    parts: list[_Part] = []
    for match in found:
        if match[3] is not None:
            parts += [_Part(((word,),)) for word in words(match[3])]
            continue
        listed = (match[1] if match[1] is not None else match[2]).split("|")
        phrases = [phrase for one in listed for phrase in named.get(one, [one])]
        choices = dict.fromkeys(tuple(words(phrase)) for phrase in phrases)
        if () in choices:
            raise ValueError(f"{source!r}: an alternative holds no word")
        parts.append(_Part((*choices, *([()] if match[1] is None else []))))
    return parts


def _pattern(parts: Sequence[_Part]) -> str:
    """Over folded text. What need not stand and comes before the rest only widens the place, and is left out."""
    pattern, between = "", ""
    for part in parts:
        if part.needed:
            pattern += between + part.pattern
            between = _BETWEEN
        elif pattern:
            pattern += f"(?:{between}{part.pattern})?"
    return rf"(?<![a-z0-9]){pattern}(?![a-z0-9])"
