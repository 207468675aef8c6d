"""An automaton over words: finds every template in a list of words, one look-up a word."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from veilleuse.cues.phrases import Template

# A place in a template: its number, the part, the phrase within the part, the word within the phrase.
_Item = tuple[int, int, int, int]


class State:
    """The places in templates at which the words so far may stand.

    `ends` are the numbers of the templates that are whole by now. What may follow is worked out when first asked for:
    most states are never met.
    """

    __slots__ = ("_follow", "_items", "_templates", "ends")

    def __init__(self, templates: Sequence[Template], items: frozenset[_Item], ends: tuple[int, ...]) -> None:
        self._templates = templates
        self._items = items
        self.ends = ends
        self._follow: dict[str, State] | None = None

    @property
    def follow(self) -> dict[str, "State"]:
        """By word, the state after it."""
        if self._follow is None:
            by_word: dict[str, list[_Item]] = {}
            for item in self._items:
                template, part, phrase, word = item
                by_word.setdefault(self._templates[template][part][phrase][word], []).append(item)
            self._follow = {word: self._after(items) for word, items in by_word.items()}
        return self._follow

    def _after(self, items: Sequence[_Item]) -> "State":
        reached: set[_Item] = set()
        ends: set[int] = set()
        for template, part, phrase, word in items:
            if word + 1 < len(self._templates[template][part][phrase]):
                reached.add((template, part, phrase, word + 1))
            else:
                reached.update(_starts(template, self._templates[template], part + 1))
                if all(() in later for later in self._templates[template][part + 1 :]):
                    ends.add(template)
        return State(self._templates, frozenset(reached), tuple(sorted(ends)))


class Automaton:
    """Finds templates, by their place in a list, in lists of words.

    What holds none of `words`, each a template by itself, nor two in a row of `pairs`, which begin one, holds nothing.
    """

    def __init__(self, templates: Sequence[Template]) -> None:
        items = frozenset(item for number, template in enumerate(templates) for item in _starts(number, template, 0))
        first = State(tuple(templates), items, ()).follow
        self._alone = {word: state for word, state in first.items() if state.ends}
        self._begun = {(word, after): second for word, state in first.items() for after, second in state.follow.items()}
        self.words = frozenset(self._alone)
        self.pairs = frozenset(self._begun)

    def find(self, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """Each template found, its first word and the one after its last; of each start the longest."""
        if self.pairs.isdisjoint(pairwise(words)) and self.words.isdisjoint(words):
            return []
        begun = self._begun.get
        found: dict[tuple[int, int], int] = {}
        if not self.words.isdisjoint(words):
            for start, word in enumerate(words):
                if word in self._alone:
                    found.update(((template, start), start + 1) for template in self._alone[word].ends)
        for start, pair in enumerate(pairwise(words)):
            state, place = begun(pair), start + 2
            while state is not None:
                for template in state.ends:
                    found[template, start] = place
                if place == len(words):
                    break
                state, place = state.follow.get(words[place]), place + 1
        return [(template, start, end) for (template, start), end in found.items()]


def _starts(number: int, template: Template, part: int) -> Iterator[_Item]:
    """The first words that may stand from that part on: those of the part, and of the next where it need not stand."""
    for later in range(part, len(template)):
        yield from ((number, later, phrase, 0) for phrase, words in enumerate(template[later]) if words)
        if () not in template[later]:
            return
