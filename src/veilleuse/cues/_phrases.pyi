from collections.abc import Mapping, Sequence

class Phrases:
    def __new__(
        cls,
        table: Mapping[int, str],
        words: list[bytes],
        whole: bytes,
        templates: bytes,
        parts: bytes,
        phrases: bytes,
        numbers: bytes,
        alone: bytes,
        pairs: bytes,
        firsts: bytes,
        /,
    ) -> Phrases: ...
    def find(self, texts: Sequence[str], /) -> list[tuple[int, int, int, int, int]]: ...
