"""The lexicon: ordinary words under neutral concepts. Danger is in how they are composed, which others judge."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

import msgspec

from veilleuse import DATA
from veilleuse.language import Language, Problem
from veilleuse.reading.finding import Disguise
from veilleuse.reading.fold import fold_term
from veilleuse.reading.weights import weights_of

CONCEPTS = frozenset(
    {
        "minor", "school", "family", "sexual", "image", "trade", "price", "payment", "secrecy", "isolation",
        "meeting", "gift", "platform-move", "compliment", "threat", "leak", "demand", "age-question",
        "entry",  # what joining, entering or being let in is called
        "you",  # says that a picture is of the person spoken to
        "body",  # bare skin without a sexual word: swimwear, the belly
        "leverage",  # what one may hold of another: your pictures, our messages
        "audience",  # before whom one would be ashamed: everyone, the school, the parents
        "adults",  # says that minors are kept out
        "setting",  # where bare or sexual words are innocent: art, make-up, clothes, cooking, animals
        "care",  # help, prevention, health, law, news, moderation, testimony
        "ordinary",  # set phrases in which another concept's word is innocent; never reported
    }
)  # fmt: skip
CLEARING = frozenset({"ordinary", "setting", "care", "adults"})  # clear what they share a place with
TERM = "term"  # the concept of a bare list of terms
DISGUISES = "disguises"  # the table of a file that is no concept: what each disguise counts for
_WEAK = 0.5
_MOST_WORDS = 8


class Term(msgspec.Struct, frozen=True, gc=False):
    """A word or a phrase and what it is about.

    `exact` terms are too close to other words to be sought in disguise. `weight` is what the term means without
    company, in (0, 1]. A `picture` names a picture by itself. `private` ones come from an operator and are shown
    to nobody.
    """

    text: str
    concept: str
    exact: bool = False
    weight: float = 1.0
    picture: bool = False
    private: bool = False


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    terms: list[str] = []
    exact: list[str] = []
    weak: list[str] = []  # those of the above that mean little alone
    pictures: list[str] = []  # those of the above that name a picture


class Lexicon(msgspec.Struct, frozen=True):
    """All the terms a reader seeks.

    `disguises` are the weights, in [0, 1], that an operator gives to some: 0 switches one off, what is not named
    weighs 1.
    """

    terms: tuple[Term, ...]
    disguises: Mapping[Disguise, float] = {}

    @classmethod
    @cache
    def shipped(cls) -> "Lexicon":
        """The French and English lexicons of the package."""
        folder = DATA / "lexicon"
        names = [f"{language}.toml" for language in Language]
        return sum(
            (_parse((folder / name).read_text(encoding="utf-8"), name, private=False) for name in names), start=cls(())
        )

    @classmethod
    def load(cls, paths: Sequence[Path]) -> "Lexicon":
        """An operator's own lists, whose terms are private. Raises `Problem` for a file that cannot be used."""
        return sum((_parse(_text(path), str(path), private=True) for path in paths), start=cls(()))

    @classmethod
    def of(cls, terms: Iterable[str]) -> "Lexicon":
        """A bare list of terms, without concepts."""
        return cls(tuple(Term(term.strip(), TERM) for term in terms if fold_term(term)))

    @classmethod
    def load_terms(cls, path: Path) -> "Lexicon":
        """A bare list of terms, one a line. Raises `Problem` for a file that cannot be used."""
        return cls.of(_text(path).splitlines())

    def __add__(self, other: "Lexicon") -> "Lexicon":
        """The terms of both; where both weigh a disguise, the other's weight holds."""
        return Lexicon(self.terms + other.terms, {**self.disguises, **other.disguises})


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise Problem("reading.unreadable", path=path, why=error.strerror or error) from None
    except UnicodeDecodeError as error:
        raise Problem("reading.not_utf8", path=path, byte=error.start) from None


def _place(error: msgspec.ValidationError) -> str:
    """What msgspec sets in backquotes: the unknown key, or the place of the wrong value."""
    quoted = str(error).split("`")[1::2]
    if not quoted:
        return "TOML"
    return quoted[0] if "unknown field" in str(error) else quoted[-1]


def _parse(text: str, path: str, *, private: bool) -> Lexicon:
    try:
        tables = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # TOML's own, numbers of thousands of digits, lists in lists in lists
        raise Problem("reading.not_toml", path=path, why=error) from None
    weights = tables.pop(DISGUISES, {})
    if not isinstance(weights, dict):
        raise Problem("reading.not_weights", path=path)
    return Lexicon(_terms(tables, path, private=private), weights_of(weights, f"{path}: [{DISGUISES}]"))


def _terms(tables: dict[str, object], path: str, *, private: bool) -> tuple[Term, ...]:
    try:
        entries = msgspec.convert(tables, dict[str, _Entry])
    except msgspec.ValidationError as error:
        raise Problem("reading.wrong_shape", path=path, place=_place(error)) from None
    terms: list[Term] = []
    for concept, entry in entries.items():
        if concept not in CONCEPTS:
            raise Problem("reading.unknown_concept", path=path, concept=concept, concepts=", ".join(sorted(CONCEPTS)))
        weak, pictures = frozenset(entry.weak), frozenset(entry.pictures)
        if unknown := (weak | pictures).difference(entry.terms, entry.exact):
            raise Problem("reading.unlisted", path=path, concept=concept, count=len(unknown))
        for exact, listed in ((False, entry.terms), (True, entry.exact)):
            terms += (Term(t, concept, exact, _WEAK if t in weak else 1.0, t in pictures, private) for t in listed)
    for term in terms:
        folded = fold_term(term.text)
        if not any(map(str.isalnum, folded)) or len(folded.split()) > _MOST_WORDS:
            raise Problem("reading.wrong_term", path=path, concept=term.concept, most=_MOST_WORDS)
    return tuple(terms)
