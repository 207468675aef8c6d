"""Disguises that change which letters a word is spelt with. Each comes before any that dresses the letters."""

import re

from veilleuse.evaluation.disguises.form import VOWELS, Draw, Form, Intensity, bare, inner
from veilleuse.language import Language

_SHORTEST = 4  # letters: of three, an edit leaves another word
_LONG = 8  # letters: of fewer, two edits leave too little to be read by anybody
_FEWEST_LEFT = 3
_MASKS = "*#_.x"
_EMOJI_MASKS = ("🔥", "⭐", "🍎", "🌸", "🐱", "🎈", "💧", "❌", "⚫", "🟦")
# What people write as they hear it: patterns over the bare word, the common ones first.
_SOUNDS: dict[Language, tuple[tuple[str, str], ...]] = {
    Language.EN: (
        ("ph", "f"), ("ck", "k"), ("x", "ks"), ("z", "s"), ("s$", "z"), ("qu", "kw"), ("c(?=[aoulr])", "k"),
        ("ss", "s"), ("oo", "u"), ("er$", "a"), ("wh", "w"), ("^kn", "n"), ("ea", "ee"), ("ch$", "tch"), ("y$", "i"),
    ),
    Language.FR: (
        ("ph", "f"), ("eau", "o"), ("au", "o"), ("ou", "u"), ("qu", "k"), ("ck", "k"), ("x", "ks"), ("z", "s"),
        ("(?<=[aeiou])s(?=[aeiou])", "z"), ("c(?=[aoulr])", "k"), ("oi", "wa"), ("c(?=[eiy])", "s"), ("y", "i"),
        ("ge(?=[ao])", "j"), ("ai", "e"), ("(?<=[a-z]{4})e$", ""),
    ),
}  # fmt: skip
# How a word ends, and what it then takes: of English, plurals and forms as a verb; of French, plurals and feminines.
_INFLECTIONS: dict[Language, tuple[tuple[str, str], ...]] = {
    Language.EN: (
        ("[^aeiou]y$", "ies"), ("(?:[cs]h|o)$", "es"), ("[^eyo]$", "ed"), ("[^eyo]$", "ing"), ("e$", "ing"),
        ("[eyo]$", "s"),
    ),
    Language.FR: (("[aeo]u$", "x"), ("[^aeiou]$", "e"), ("[^aeiou]$", "es"), ("[aeiou]$", "s")),
}  # fmt: skip
_REPLACED = frozenset({"[^aeiou]y$", "e$"})  # endings that the inflection takes the place of


def _long(form: Form) -> bool:
    return len(form.cells) >= _SHORTEST


def _same_case(model: str, letters: str) -> str:
    return letters.upper() if model.isupper() else letters


def dropped(form: Form, draw: Draw) -> Form | None:
    """A letter left out: an inner one, any but the first, two of a long word."""
    length = len(form.cells)
    if not _long(form):
        return None
    places = draw.by_intensity(inner(form), range(1, length), range(1, length))
    gone = draw.some(places, 2 if draw.intensity is Intensity.HEAVY and length >= _LONG else 1)
    return form.wearing(cell for place, cell in enumerate(form.cells) if place not in gone)


def swapped(form: Form, draw: Draw) -> Form | None:
    """Two neighbours exchanged: within the word, anywhere, or at two places of a long one."""
    cells = list(form.cells)
    last = len(cells) - 1
    lightly = draw.intensity is Intensity.LIGHT
    places = [i for i in range(int(lightly), last - lightly) if bare(cells[i]) != bare(cells[i + 1])]
    if not _long(form) or not places:
        return None
    chosen = {draw.one(places)}
    apart = [i for i in places if all(abs(i - other) > 1 for other in chosen)]
    if draw.intensity is Intensity.HEAVY and len(cells) >= _LONG and apart:
        chosen.add(draw.one(apart))
    for i in chosen:
        cells[i], cells[i + 1] = cells[i + 1], cells[i]
    return form.wearing(cells)


def drawn_out(form: Form, draw: Draw) -> Form | None:
    """A letter doubled, one held long, or several held."""
    places = draw.some(range(len(form.cells)), draw.by_intensity(1, 1, (len(form.cells) + 1) // 2))
    fewest, most = draw.by_intensity((2, 2), (3, 6), (2, 4))
    return form.wearing(
        cell * draw.random.randint(fewest, most) if place in places else cell for place, cell in enumerate(form.cells)
    )


def masked(form: Form, draw: Draw) -> Form | None:
    """Inner letters blanked by one sign: one, a quarter, or half of the word."""
    return _blank(form, draw, draw.one(_MASKS))


def emoji_masked(form: Form, draw: Draw) -> Form | None:
    """Inner letters hidden under an emoji."""
    return _blank(form, draw, draw.one(_EMOJI_MASKS))


def _blank(form: Form, draw: Draw, sign: str) -> Form | None:
    length = len(form.cells)
    if not _long(form):
        return None
    count = draw.by_intensity(1, max(1, length // 4), length // 2)
    hidden = draw.some([place for place in inner(form) if bare(form.cells[place]) != sign], count)
    return form.wearing(_same_case(cell, sign) if place in hidden else cell for place, cell in enumerate(form.cells))


def backwards(form: Form, draw: Draw) -> Form | None:
    """The word reversed: as it is, with a capital, in capitals."""
    cells = list(form.cells[::-1])
    if bare("".join(cells)) == bare(form.word):
        return None
    lowered = [cell.lower() for cell in cells]
    titled = [lowered[0].upper(), *lowered[1:]]
    return form.wearing(draw.by_intensity(cells, titled, [cell.upper() for cell in cells]))


def vowels_dropped(form: Form, draw: Draw) -> Form | None:
    """The consonant skeleton: inner vowels gone, then the last too, then the first."""
    last = len(form.cells) - 1
    kept_ends = draw.by_intensity({0, last}, {0}, set[int]())
    left = [cell for place, cell in enumerate(form.cells) if place in kept_ends or not VOWELS.issuperset(bare(cell))]
    consonants = sum(not VOWELS.issuperset(bare(cell)) for cell in form.cells)
    if consonants < _FEWEST_LEFT or len(left) == len(form.cells):
        return None
    return form.wearing(left)


def phonetic(form: Form, draw: Draw) -> Form | None:
    """As it is heard, in short messages: one sound respelt, two, or all that can be."""
    word = bare(form.word)
    fitting = [place for place, (pattern, _) in enumerate(_SOUNDS[draw.language]) if re.search(pattern, word)]
    if not _long(form) or not fitting:
        return None
    heard = word
    for place in draw.some(fitting, draw.by_intensity(1, 2, len(fitting))):
        pattern, spelling = _SOUNDS[draw.language][place]
        heard = re.sub(pattern, spelling, heard)
    if heard == word or len(heard) < _FEWEST_LEFT:
        return None
    return form.wearing(_same_case(form.word, heard))


def inflected(form: Form, draw: Draw) -> Form | None:
    """The plain plural, another inflection of the language, or a plural misspelt."""
    word = bare(form.word)
    if word[-1] in "sxz":
        return None
    fitting = [(final, ending) for final, ending in _INFLECTIONS[draw.language] if re.search(final, word)]
    final, ending = draw.by_intensity(("$", "s"), draw.one(fitting), ("$", draw.one(("z", "'s"))))
    stem = form.cells[:-1] if final in _REPLACED else form.cells
    return form.wearing((*stem, *_same_case(form.word, ending)))


def vowel_replaced(form: Form, draw: Draw) -> Form | None:
    """A vowel written for another: one within the word, any one, or two."""
    vowels = [place for place, cell in enumerate(form.cells) if VOWELS.issuperset(bare(cell))]
    within = [place for place in vowels if place in inner(form)]
    places = draw.by_intensity(within, vowels, vowels)
    if not _long(form) or not places:
        return None
    changed = draw.some(places, draw.by_intensity(1, 1, 2))
    return form.wearing(
        _same_case(cell, draw.one(sorted(VOWELS - {"y", bare(cell)}))) if place in changed else cell
        for place, cell in enumerate(form.cells)
    )
