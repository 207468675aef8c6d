"""Who is who, in names that can be shown."""

import re

import msgspec

from veilleuse.events import texts
from veilleuse.families.legible import line
from veilleuse.families.report import Report
from veilleuse.reading.finding import mask

PERSON, PLACE = 48, 80  # characters of a name


class Person(msgspec.Struct, frozen=True):
    """An account: its display name, empty where none is known, and the identifier the platform gives it."""

    name: str
    id: str

    @property
    def called(self) -> str:
        """The name, else the identifier."""
        return self.name or self.id


class Names:
    """Names of people and places, private terms masked in them as in any other text."""

    def __init__(self, report: Report) -> None:
        self._people = report.people
        self._communities = report.communities
        self._conceal = report.conceal
        secrets = _secrets(report)
        longest_first = sorted(secrets, key=len, reverse=True)
        self._private = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE) if secrets else None

    def person(self, account: str) -> Person:
        """The account as it can be shown."""
        name = self.shown(self._people.get(account, ""), PERSON)
        identifier = self.shown(account, PERSON)
        return Person("" if name == identifier else name, identifier)

    def community(self, community: str) -> str:
        """The community's name, else its identifier."""
        return self.shown(self._communities.get(community, "")) or self.shown(community)

    def shown(self, text: str, limit: int = PLACE) -> str:
        """One visible line, private terms masked."""
        text = self._conceal(text)
        if self._private is not None:
            text = self._private.sub(lambda found: mask(found[0]), text)
        return line(text, limit)


def _secrets(report: Report) -> set[str]:
    """What private findings matched, and the terms themselves."""
    secrets: set[str] = set()
    for seen in report.seen:
        fields = dict(texts(seen.event))
        for field, findings in seen.findings.items():
            text = fields.get(field, "")
            secrets.update(text[f.start : f.end] for f in findings if f.private)
            secrets.update(f.term for f in findings if f.private)
    return secrets - {""}
