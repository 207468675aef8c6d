"""Who finds terms in texts: the kernel in C where it was built, else its twin in Python. Both find the same."""

import os
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Protocol

from veilleuse.reading.edits import RESPELLINGS, TOGETHER
from veilleuse.reading.finding import Disguise, Finding
from veilleuse.reading.fold import BETWEEN, CODES, DOUBTFUL, LONE, OPENED, SIGNS, table
from veilleuse.reading.lexicon import CLEARING, Term
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.spelling import READS, SEPARATORS, words_of
from veilleuse.reading.worn import taken_off

FORCES_TWIN = "VEILLEUSE_TWIN"
# Flags of a folded byte, as kernel.h names them.
_KINDS = (
    (1, "abcdefghijklmnopqrstuvwxyz"), (2, "0123456789"), (4, "".join(OPENED)), (8, SIGNS), (16, SEPARATORS),
    (32, LONE), (64, BETWEEN), (128, "\x00\x01~%*|_"),
)  # fmt: skip


class Finder(Protocol):
    """Finds terms in texts."""

    def find(self, texts: Sequence[str], /) -> list[tuple[int, Finding]]:
        """What stands in the texts, in order, each with the index of its text."""


BUILT: Callable[..., Finder] | None = None
with suppress(ImportError):  # no compiler was at hand
    from veilleuse.reading._kernel import Kernel

    BUILT = Kernel


def in_order(terms: Iterable[Term]) -> list[Term]:
    """The terms as finders take them. Of twins that claim one place the first stands: the private, then the weaker."""
    return sorted(
        dict.fromkeys(terms),
        key=lambda term: (
            (term.concept, -len(term.text), not term.private, term.weight, not term.picture, term.exact, term.text)
        ),
    )


def make_finder(terms: Sequence[Term], ordinary: OrdinaryWords, off: frozenset[Disguise] = frozenset()) -> Finder:
    """The fastest finder at hand; the twin where the environment variable VEILLEUSE_TWIN is set and not empty.

    Disguises that are `off` are not looked for. Those that folding takes off (marks, invisible characters, some
    look-alikes) are nevertheless found, as plain.
    """
    if BUILT is None or os.environ.get(FORCES_TWIN):
        from veilleuse.reading.twin import Twin

        return Twin(terms, ordinary, off)
    return make_kernel(terms, ordinary, off)


def make_kernel(
    terms: Sequence[Term], ordinary: OrdinaryWords, off: frozenset[Disguise] = frozenset(), *, plain: bool = False
) -> Finder:
    """The kernel, told what the twin imports. Where it was not built, `ImportError`.

    A `plain` one uses nothing that only newer processors have, and finds the same.
    """
    if BUILT is None:
        message = "the kernel was not built"
        raise ImportError(message)
    concepts = {concept: number for number, concept in enumerate(sorted({term.concept for term in terms}))}
    return BUILT(
        [
            (
                tuple(word.encode() for word in words_of(term)),
                concepts[term.concept],
                term.exact,
                " " in term.text,
                term.concept in CLEARING,
                term.concept == "ordinary",
                term.private,
            )
            for term in terms
        ],
        [(term.text, term.concept, term.weight, term.picture, term.private) for term in terms],
        Finding,
        tuple(Disguise),
        taken_off,
        ordinary.to_bytes(),
        table(),
        bytes(sum(flag for flag, characters in _KINDS if c in characters) for c in _characters()),
        bytes(CODES[_read(c)] if c in CODES else code for code, c in enumerate(_characters())),
        [(CODES[c], letters.encode(), ord(DOUBTFUL[c][1]) if c in DOUBTFUL else 0) for c, letters in OPENED.items()],
        [(a.encode(), b.encode(), (a, b) not in TOGETHER) for a, b in RESPELLINGS],
        sum(1 << place for place, disguise in enumerate(Disguise) if disguise in off),
        plain,
    )


def _characters() -> list[str]:
    """The character of each byte, and one that is none for the others."""
    decoded = {code: character for character, code in CODES.items()}
    return [decoded.get(code, "\uffff") for code in range(256)]


def _read(character: str) -> str:
    return character.translate(str.maketrans(*READS))
