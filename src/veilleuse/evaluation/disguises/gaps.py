"""Disguises that put something between letters, around them, or write them otherwise than as letters."""

from collections.abc import Callable, Sequence

from veilleuse.evaluation.disguises.form import Draw, Form, Intensity, Wear, inner, put_between

_ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
# Seen by nobody, and not among the above: soft hyphen, Arabic letter mark, Mongolian vowel separator, direction
# marks, invisible operators, a deprecated format character, the grapheme joiner, Hangul fillers, variation
# selectors, tags.
_OTHER_FORMAT = (
    "\u00ad\u061c\u180e\u200e\u200f\u2061\u2062\u2063\u2064\u206a\u034f\u115f\u3164\ufe0e\ufe0f\U000e0061\U000e007f"
)
_SPACES = "\u00a0\u2002\u2003\u2005\u2009\u202f\u3000"
_SIGNS = ".-_'~/,·|•"
_EMOJI = ("🌟", "🔥", "🍎", "🌈", "🐸", "🎈", "💫", "🌸", "⚡", "🍀")
_MARKS = ("**", "||", "~~", "__", "`", "*", "_")
_LRO, _RLO, _PDF, _RLI, _PDI = "\u202d", "\u202e", "\u202c", "\u2067", "\u2069"
_SHORTEST_IN_THREE = 6


def _strewn(characters: Sequence[str]) -> Wear:
    """One of the characters after a letter, after half of them, after each."""

    def wear(form: Form, draw: Draw) -> Form | None:
        places = draw.share(range(1, len(form.cells)))
        return put_between(form, places, lambda: draw.one(characters) * draw.by_intensity(1, 1, 2))

    return wear


zero_width = _strewn(_ZERO_WIDTH)
other_format = _strewn(_OTHER_FORMAT)


def _everywhere(form: Form, fill: Callable[[], str]) -> Form:
    return put_between(form, range(1, len(form.cells)), fill)


def spaced(form: Form, draw: Draw) -> Form | None:
    """Letters apart: by a space, by another of Unicode's spaces, by two or three."""
    space = draw.by_intensity(" ", draw.one(_SPACES), " " * draw.random.randint(2, 3))
    return _everywhere(form, lambda: space)


def vertical(form: Form, draw: Draw) -> Form | None:
    """Letters on lines of their own: with nothing more, after a blank line, or after a quote's mark."""
    return _everywhere(form, lambda: draw.by_intensity("\n", "\n\n", "\n> "))


def dotted(form: Form, draw: Draw) -> Form | None:
    """A sign between two letters, one sign between all, a different one each time."""
    sign = draw.one(_SIGNS)
    if draw.intensity is Intensity.LIGHT:
        return put_between(form, draw.some(range(1, len(form.cells)), 1), lambda: sign)
    return _everywhere(form, lambda: draw.by_intensity(sign, sign, draw.one(_SIGNS)))


def split(form: Form, draw: Draw) -> Form | None:
    """In two by a hyphen, in two by a space, in three where the word is long."""
    length = len(form.cells)
    if length < 4:
        return None
    places = range(2, length - 1)
    if draw.intensity is Intensity.HEAVY and length >= _SHORTEST_IN_THREE:
        first = draw.one(range(2, length - 3))
        return put_between(form, (first, draw.one(range(first + 2, length - 1))), lambda: draw.one(" -"))
    return put_between(form, draw.some(places, 1), lambda: draw.by_intensity("-", " ", draw.one(" -")))


def joined(neighbours: Sequence[str]) -> Wear:
    """Written against a word that is no part of it: in a hashtag, by its capital alone, or without a seam."""

    def wear(form: Form, draw: Draw) -> Form | None:
        neighbour = draw.one(neighbours)
        first = draw.random.random() < 0.5
        cells, hash_ = form.cells, draw.by_intensity("#", "", "")
        if draw.intensity is not Intensity.HEAVY:
            cells = (cells[0].upper(), *(cell.lower() for cell in cells[1:]))
            neighbour = neighbour.capitalize()
        if first:
            return Form(cells, form.before + hash_ + neighbour, form.after)
        return Form(cells, form.before + hash_, neighbour + form.after)

    return wear


def markdown(form: Form, draw: Draw) -> Form | None:
    """Marks that a client hides: about an inner letter, about the first part, about each letter."""
    mark, cells = draw.one(_MARKS), form.cells
    if len(cells) < 3:
        return None
    match draw.intensity:
        case Intensity.LIGHT:
            place = draw.one(inner(form))
            return form.wearing((*cells[:place], mark, cells[place], mark, *cells[place + 1 :]))
        case Intensity.MEDIUM:
            place = draw.one(range(1, len(cells)))
            return Form((*cells[:place], mark, *cells[place:]), form.before + mark, form.after)
    return Form(_everywhere(form, lambda: mark * 2).cells, form.before + mark, mark + form.after)


def percent(form: Form, draw: Draw) -> Form | None:
    """Letters written as the bytes of an address: one, half, all."""
    encoded = draw.share(range(len(form.cells)))
    return form.wearing(
        "".join(f"%{byte:02X}" for byte in cell.encode()) if place in encoded else cell
        for place, cell in enumerate(form.cells)
    )


def emoji_between(form: Form, draw: Draw) -> Form | None:
    """An emoji between two letters, between half of them, between all."""
    emoji = draw.one(_EMOJI)
    return put_between(form, draw.share(range(1, len(form.cells))), lambda: emoji)


def bidirectional(form: Form, draw: Draw) -> Form | None:
    """Under a direction override: as it reads, reversed so that it is shown unreversed, or only its second half so."""
    cells, half = form.cells, len(form.cells) // 2
    match draw.intensity:
        case Intensity.LIGHT:
            return Form(cells, form.before + _LRO, _PDF + form.after)
        case Intensity.MEDIUM:
            return Form(cells[::-1], form.before + _RLO, _PDF + form.after)
    return Form((*cells[:half], _RLI + _RLO, *cells[half:][::-1]), form.before, _PDF + _PDI + form.after)
