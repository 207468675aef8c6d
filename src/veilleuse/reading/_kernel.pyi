from collections.abc import Callable, Sequence

from veilleuse.reading.finding import Disguise, Finding

class Kernel:
    def __new__(
        cls,
        terms: list[tuple[tuple[bytes, ...], int, bool, bool, bool, bool, bool]],
        told: list[tuple[str, str, float, bool, bool]],
        finding: type[Finding],
        disguises: tuple[Disguise, ...],
        taken_off: Callable[[str, str, int, int], Disguise],
        ordinary: bytes,
        fold: bytes,
        kinds: bytes,
        merged: bytes,
        ligatures: list[tuple[int, bytes, int]],
        respellings: list[tuple[bytes, bytes, bool]],
        off: int,
        plain: bool,
        /,
    ) -> Kernel: ...
    def find(self, texts: Sequence[str], /) -> list[tuple[int, Finding]]: ...
