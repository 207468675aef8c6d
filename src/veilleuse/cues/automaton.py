"""An automaton over words: finds every template in a list of words, one look-up a word."""

from collections.abc import Iterator, Sequence

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
    """Finds templates, by their place in a list, in lists of words."""

    def __init__(self, templates: Sequence[Template]) -> None:
        items = frozenset(item for number, template in enumerate(templates) for item in _starts(number, template, 0))
        self._first = State(tuple(templates), items, ()).follow
        # What every find needs: a word that is one by itself, or two that begin one. Most talk holds neither.
        self._words = frozenset(word for word, state in self._first.items() if state.ends)
        self._pairs = frozenset((word, after) for word, state in self._first.items() for after in state.follow)

    def find(self, words: Sequence[str]) -> list[tuple[int, int, int]]:
        """Each template found, with the first word of its place and the one after its last; the longest of each start."""
        pairs = self._pairs
        starts = [start for start, pair in enumerate(zip(words, words[1:], strict=False)) if pair in pairs]
        if not self._words.isdisjoint(words):
            starts = sorted({*starts, *(start for start, word in enumerate(words) if word in self._words)})
        return [found for start in starts for found in _longest(self._first[words[start]], words, start)]


def _longest(state: State, words: Sequence[str], start: int) -> list[tuple[int, int, int]]:
    ends: dict[int, int] = {}
    place = start + 1
    while True:
        for template in state.ends:
            ends[template] = place
        if place == len(words):
            break
        after = state.follow.get(words[place])
        if after is None:
            break
        state, place = after, place + 1
    return [(template, start, end) for template, end in ends.items()]


def _starts(number: int, template: Template, part: int) -> Iterator[_Item]:
    """The first words that may stand from that part on: those of the part, and of the next where it need not stand."""
    for later in range(part, len(template)):
        yield from ((number, later, phrase, 0) for phrase, words in enumerate(template[later]) if words)
        if () not in template[later]:
            return
