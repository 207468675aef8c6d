"""The words that are disguised, and the sentences they are put in."""

import tomllib
from functools import cache

import msgspec

from veilleuse import DATA
from veilleuse.language import Language


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For one language: neutral words, mild swear words, carriers with a place "{}", neighbours to join with."""

    neutral: tuple[str, ...]
    mild: tuple[str, ...]
    carriers: tuple[str, ...]
    neighbours: tuple[str, ...]


@cache
def vocabulary(language: Language) -> Vocabulary:
    """The words of the language, as they ship."""
    text = (DATA / "evaluation" / "disguises.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)[language], Vocabulary)


def neutral_terms() -> tuple[str, ...]:
    """The 400 neutral words of both languages."""
    return tuple(word for language in Language for word in vocabulary(language).neutral)


def all_terms() -> tuple[str, ...]:
    """The neutral words and the mild swear words of both languages."""
    return (*neutral_terms(), *(word for language in Language for word in vocabulary(language).mild))
