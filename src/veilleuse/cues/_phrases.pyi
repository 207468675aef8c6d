from collections.abc import Sequence

class Phrases:
    def __new__(
        cls,
        table: bytes,
        words: list[bytes],
        templates: bytes,
        parts: bytes,
        phrases: bytes,
        numbers: bytes,
        alone: bytes,
        pairs: bytes,
        firsts: bytes,
        /,
    ) -> Phrases: ...
    def find(self, texts: Sequence[str], /) -> tuple[list[tuple[int, int, int, int]], list[int]]: ...
