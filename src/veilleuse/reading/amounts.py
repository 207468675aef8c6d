"""Sums of money as people write them."""

import re
from collections.abc import Iterator

_SUM = r"\d{1,6}(?:[.,]\d{1,2})?"
_AMOUNT = re.compile(
    rf"(?<![\w.,]){_SUM}\s?(?:€|\$|£|(?:euros?|eur|usd|dollars?|pounds?|bucks|balles)\b)|[€$£]\s?{_SUM}(?!\w)",
    re.IGNORECASE,
)


def find_amounts(text: str) -> Iterator[tuple[int, int]]:
    """The places of the sums a text names, in order: "10 €", "$15", "20 balles"."""
    return (match.span() for match in _AMOUNT.finditer(text))
