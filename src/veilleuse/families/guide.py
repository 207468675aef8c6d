"""Who helps, and where: `data/help/contacts.toml`, checked by hand and dated there."""

import tomllib
from functools import cache
from typing import Literal

import msgspec

from veilleuse import DATA
from veilleuse.language import Language

HOME = "FR"


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same words in both languages."""

    fr: str
    en: str

    def __getitem__(self, language: Language) -> str:
        return self.fr if language is Language.FR else self.en


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A line to call, or to write to where `by_text` is set.

    `status` says how the number is known: "seen" on a page of those who answer it, "told" by another source.
    """

    number: str
    status: Literal["seen", "told"]
    name: str = ""
    use: Words | None = None
    hours: Words | None = None
    abroad: str = ""
    by_text: bool = False


class Country(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who helps in one country. `report` and `learn` are sites that a person may open."""

    name: Words
    emergency: tuple[Contact, ...] = ()
    child: tuple[Contact, ...] = ()
    report: tuple[str, ...] = ()
    learn: tuple[str, ...] = ()


def dialled(number: str) -> str:
    """The number as a telephone dials it."""
    return "".join(c for c in number if c.isdigit() or c == "+")


@cache
def countries() -> dict[str, Country]:
    """Every country known, by its two letters (ISO 3166)."""
    text = (DATA / "help" / "contacts.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["country"], dict[str, Country])


def home() -> Country:
    """France, where the project lives: shown first and in full."""
    return countries()[HOME]


def elsewhere(language: Language) -> list[Country]:
    """The other countries, those that speak the reader's language first."""
    near = {Language.FR: ["BE", "CH", "CA", "LU"], Language.EN: ["GB", "US", "IE", "CA", "AU"]}[language]
    known = countries()
    rest = sorted((c for c in known if c not in {HOME, *near}), key=lambda c: known[c].name[language])
    return [known[code] for code in [*near, *rest]]
