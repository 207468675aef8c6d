"""Quantities and columns, as every table of figures writes them."""

from collections.abc import Sequence

from veilleuse.language import Language

_GAP = "  "


def number(value: float, language: Language) -> str:
    """With as many digits as mean something: three, or those before the point."""
    return localised(f"{value:,.0f}" if value >= 100 else f"{value:.3g}", language)


def localised(written: str, language: Language) -> str:
    """A number written in English, as the language writes it."""
    return written.translate({ord(","): "\u202f", ord("."): ","}) if language is Language.FR else written


def aligned(rows: Sequence[tuple[str, ...]], *words: int) -> list[str]:
    """Columns side by side: the first and the `words`, by number, to the left, quantities to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        _GAP.join(
            cell.ljust(width) if place in (0, *words) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
