"""Everything people see, in French and in English.

The words live in `data/messages/ROOM.toml`, both languages side by side, so that neither is forgotten.
"""

import os
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from veilleuse import DATA


class Language(StrEnum):
    """A language Veilleuse speaks."""

    FR = "fr"
    EN = "en"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "Language":
        """French where the locale says so (LC_ALL, LC_MESSAGES, then LANG), else English."""
        for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
            if value := environment.get(variable):
                return cls.FR if value.lower().startswith("fr") else cls.EN
        return cls.EN


def say(key: str, language: Language, /, **values: object) -> str:
    """The sentence `key` ("room.sentence"), with its values filled in. An unknown key is a KeyError."""
    room, _, sentence = key.partition(".")
    return _catalogue(room)[sentence][language].format(**values)


@cache
def _catalogue(room: str) -> dict[str, dict[str, str]]:
    text = (DATA / "messages" / f"{room}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


class Problem(Exception):  # noqa: N818 - what a person meets is a problem
    """Something went wrong that a person can mend; it knows how to say so in either language."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def say(self, language: Language) -> str:
        """What happened, where, and what to do."""
        return say(self.key, language, **self.values)

    def __str__(self) -> str:
        return self.say(Language.EN)
