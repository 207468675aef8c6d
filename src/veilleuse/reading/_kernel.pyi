from collections.abc import Sequence

class Kernel:
    def __new__(
        cls,
        terms: list[tuple[tuple[bytes, ...], int, bool, bool, bool, bool, bool]],
        ordinary: bytes,
        fold: bytes,
        kinds: bytes,
        merged: bytes,
        ligatures: list[tuple[int, bytes]],
        respellings: list[tuple[bytes, bytes, bool]],
        off: int,
        plain: bool,
        /,
    ) -> Kernel: ...
    def find(self, texts: Sequence[str], /) -> list[tuple[int, int, int, int, int, str]]: ...
