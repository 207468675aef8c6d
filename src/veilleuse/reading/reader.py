"""The reader: what texts say once their disguise is taken off."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from veilleuse.reading.finder import in_order, make_finder
from veilleuse.reading.finding import Disguise, Finding
from veilleuse.reading.lexicon import Lexicon
from veilleuse.reading.ordinary import OrdinaryWords
from veilleuse.reading.weights import weights_of


class Reader:
    """Finds the terms of a lexicon in texts, whatever they wear.

    `Reader()` reads with the shipped lexicon, `Reader(lexicon=…)` with another, `Reader(terms=[…])` with a bare
    list whose findings all have the concept "term". Readings depend on the text alone.

    `disguises` weighs some of them anew, over what the lexicon says: 0 switches one off, a weight below 1 goes into
    that of its findings. Raises `Problem` for a weight outside [0, 1].
    """

    def __init__(
        self,
        terms: Iterable[str] | None = None,
        *,
        lexicon: Lexicon | None = None,
        disguises: Mapping[Disguise, float] | None = None,
    ) -> None:
        if terms is not None:
            lexicon = Lexicon.of(terms)
        elif lexicon is None:
            lexicon = Lexicon.shipped()
        self._weights = weights_of({**lexicon.disguises, **(disguises or {})}, "Reader(disguises=…)")
        off = frozenset(disguise for disguise, weight in self._weights.items() if not weight)
        self._finder = make_finder(in_order(lexicon.terms), OrdinaryWords.shipped(), off)

    def read(self, text: str) -> list[Finding]:
        """The findings of one text, in the order of their places."""
        return [finding for _, finding in self.scan((text,))]

    def scan(self, texts: Sequence[str], about: frozenset[str] | None = None) -> list[tuple[int, Finding]]:
        """The findings of many texts, each with the index of its text: only texts that hold something appear.

        With `about`, only texts that hold one of these concepts, a term that means a picture, or a private term.
        """
        found = self._finder.find(texts)
        if about is not None:
            holding = {index for index, met in found if met.private or met.picture or met.concept in about}
            found = [placed for placed in found if placed[0] in holding]
        return list(self._weighed(found)) if self._weights else found

    def _weighed(self, found: Iterable[tuple[int, Finding]]) -> Iterator[tuple[int, Finding]]:
        for index, finding in found:
            weight = self._weights.get(finding.disguise, 1.0)
            if weight == 1:
                yield index, finding
            elif weight:
                yield index, msgspec.structs.replace(finding, weight=finding.weight * weight, doubted=True)
