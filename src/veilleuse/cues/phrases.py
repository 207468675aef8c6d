"""The phrases of the cue files: templates that a native speaker writes, read into words that may follow each other."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

from veilleuse import DATA
from veilleuse.cues.cue import Idea, Strength
from veilleuse.cues.view import words_of
from veilleuse.language import Language

_PART = re.compile(r"\{([^{}]*)\}|\[([^\[\]]*)\]|([^{}\[\]]+)")

Words = tuple[str, ...]
Part = tuple[Words, ...]  # the phrases of which one stands there; the empty one where none need
Template = tuple[Part, ...]


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"idea": "name", "clears": "not"}):
    """One way an idea is put: templates, those that count only as the whole message, and those of innocent talk.

    `asks` says that the phrases are questions by themselves. `yes` and `no` are examples that run as tests.
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
    words: dict[str, list[str]]
    cue: list[Table]


class Way(msgspec.Struct, frozen=True):
    """A table with its templates read; `alone` are the words of whole messages, a space between."""

    table: Table
    phrases: tuple[Template, ...]
    alone: tuple[str, ...]
    clears: tuple[Template, ...]


@cache
def shipped(language: Language) -> tuple[Way, ...]:
    """The ways of the language's file, in its order."""
    return read((DATA / "cues" / f"{language}.toml").read_text(encoding="utf-8"))


def read(text: str) -> tuple[Way, ...]:
    """The ways of a cue file. Raises `ValueError` where it is none or a template cannot be made out."""
    file = msgspec.convert(tomllib.loads(text), _File)

    def templates(sources: Sequence[str]) -> tuple[Template, ...]:
        return tuple(template(source, file.words) for source in sources)

    return tuple(
        Way(table, templates(table.phrases), _whole(table.alone), templates(table.clears)) for table in file.cue
    )


def _whole(messages: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(words_of(message)) for message in messages)


def template(source: str, named: Mapping[str, Sequence[str]]) -> Template:
    """What a template says: `{a|b}` one of these, `[a|b]` one of these or none.

    An alternative that is the name of a list of words stands for all of them.
    """
    found = list(_PART.finditer(source))
    if "".join(m[0] for m in found) != source:
        raise ValueError(f"{source!r}: a bracket stands alone")
    parts: list[Part] = []
    for match in found:
        if match[3] is not None:
            parts += [((word,),) for word in words_of(match[3])]
            continue
        listed = (match[1] if match[1] is not None else match[2]).split("|")
        phrases = [phrase for one in listed for phrase in named.get(one, [one])]
        part = dict.fromkeys(tuple(words_of(phrase)) for phrase in phrases)
        if () in part:
            raise ValueError(f"{source!r}: an alternative holds no word")
        parts.append((*part, *([()] if match[1] is None else [])))
    if all(() in part for part in parts):
        raise ValueError(f"{source!r}: nothing in it must stand there")
    return tuple(parts)
