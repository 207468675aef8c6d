"""Events by the batch."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")
SIZE = 1000


def batched(items: Iterable[T], size: int = SIZE) -> Iterator[list[T]]:
    """The items in their order, `size` at a time, the last batch perhaps fewer."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
