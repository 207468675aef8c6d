"""What was used of late, in bounded room: the least recently used is forgotten first."""

from typing import Generic, TypeVar

import msgspec

V = TypeVar("V")


class Recent(Generic[V]):
    """Remembers at most `most` values by key, at least 2.

    Values stand in two generations. What is used moves to the young one; when that holds half of `most` it becomes the
    old one, and what the old one still held, unused for at least half of `most` other keys, is forgotten. So every use
    costs a look-up or two, and nothing needs to be kept in order.
    """

    __slots__ = ("_half", "_old", "_young")

    def __init__(self, most: int) -> None:
        self._half = max(1, most // 2)
        self._young: dict[str, V] = {}
        self._old: dict[str, V] = {}

    def __len__(self) -> int:
        return len(self._young) + len(self._old)

    def get(self, key: str) -> V | None:
        """The value, which counts as used; None where there is none or it was forgotten."""
        value = self._young.get(key)
        if value is None:
            value = self._old.pop(key, None)
            if value is not None:
                self._put(key, value)
        return value

    def peek(self, key: str) -> V | None:
        """The value, without using it."""
        value = self._young.get(key)
        return self._old.get(key) if value is None else value

    def put(self, key: str, value: V) -> None:
        """Remembers the value under a key."""
        self._old.pop(key, None)
        self._put(key, value)

    def pop(self, key: str) -> V | None:
        """The value, which is no more remembered."""
        value = self._young.pop(key, None)
        return self._old.pop(key, None) if value is None else value

    def _put(self, key: str, value: V) -> None:
        if len(self._young) >= self._half and key not in self._young:
            self._old, self._young = self._young, {}
        self._young[key] = value

    def generations(self) -> tuple[dict[str, V], dict[str, V]]:
        """The young and the old, to be written down."""
        return self._young, self._old

    def restore(self, young: dict[str, V], old: dict[str, V]) -> None:
        """Takes what `generations` gave."""
        self._young, self._old = young, old


class Generations(msgspec.Struct, Generic[V]):
    """A `Recent` as it is written down."""

    young: dict[str, V]
    old: dict[str, V]
