"""Exports that begin with the newest message, told from the oldest."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import TypeVar

T = TypeVar("T")


def oldest_first(items: Iterable[T], at: Callable[[T], datetime]) -> Iterator[T]:
    """The items in the order of time. Those already so pass straight through; those reversed are held first."""
    following = iter(items)
    tied: list[T] = []
    for item in following:
        tied.append(item)
        if at(item) != at(tied[0]):
            break
    if tied and at(tied[-1]) < at(tied[0]):
        held = [*tied, *following]
        held.reverse()
        held.sort(key=at)
        return iter(held)
    return chain(tied, following)
