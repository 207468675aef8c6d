"""Disguises that keep the spelling and change what the letters look like."""

from veilleuse.evaluation.disguises import glyphs
from veilleuse.evaluation.disguises.form import Draw, Form, Half, Intensity, Wear, bare
from veilleuse.evaluation.disguises.glyphs import COMBINING, UPSIDE_DOWN, Table

_REGIONAL_GAPS = ("\u200b", " ")


def dressed_in(table: Table) -> Wear:
    """Letters written in the glyphs of a table: lightly one, then half, then all of those it has glyphs for.

    One hand keeps to one row of glyphs, but a heavy one, which takes each where it finds it.
    """

    def wear(form: Form, draw: Draw) -> Form | None:
        drawn = table.half(draw.half)
        able = [place for place, cell in enumerate(form.cells) if bare(cell) in drawn]
        if not able:
            return None
        places, row = draw.share(able), draw.random.randrange(1 << 16)
        cells = list(form.cells)
        for place in places:
            options = drawn[bare(cells[place])]
            cells[place] = draw.one(options) if draw.intensity is Intensity.HEAVY else options[row % len(options)]
        return form.wearing(cells)

    return wear


def regional(form: Form, draw: Draw) -> Form | None:
    """Regional indicators, which pair into flags unless something stands between."""
    dressed = dressed_in(glyphs.REGIONAL)(form, draw)
    if dressed is None or draw.intensity is not Intensity.HEAVY:
        return dressed
    gap = draw.one(_REGIONAL_GAPS)
    cells = [cell for drawn in dressed.cells for cell in (gap, drawn)]
    return dressed.wearing(cells[1:])


def upside_down(form: Form, draw: Draw) -> Form | None:
    """Letters turned where they stand, or the whole line turned, read from its end."""
    if draw.intensity is Intensity.LIGHT:
        return dressed_in(glyphs.TURNED)(form, draw._replace(intensity=Intensity.HEAVY))
    cells = [UPSIDE_DOWN.get(bare(cell), cell) for cell in form.cells]
    return form.wearing(reversed(cells))


def heaped(form: Form, draw: Draw) -> Form | None:
    """Combining marks heaped on letters: one, a few on half of them, a pile on each."""
    marks = COMBINING[draw.half is Half.HELD_OUT :: 2]
    fewest, most = draw.by_intensity((1, 1), (1, 3), (4, 9))
    chosen = draw.share(range(len(form.cells)))
    return form.wearing(
        cell + "".join(draw.one(marks) for _ in range(draw.random.randint(fewest, most))) if place in chosen else cell
        for place, cell in enumerate(form.cells)
    )


def mixed_case(form: Form, draw: Draw) -> Form | None:
    """One capital within the word, every other letter, or as it falls."""
    lowered = [cell.lower() for cell in form.cells]
    if draw.intensity is Intensity.LIGHT:
        capitals = draw.some(range(1, len(lowered)), 1)
    elif draw.intensity is Intensity.MEDIUM:
        capitals = list(range(draw.random.randrange(2), len(lowered), 2))
    else:
        capitals = draw.some(range(len(lowered)), draw.random.randint(min(2, len(lowered)), max(2, len(lowered) - 1)))
    return form.wearing(cell.upper() if place in capitals else cell for place, cell in enumerate(lowered))
