"""Text in UTF-16 and UTF-32, as some editors and consoles save it, turned into UTF-8."""

import codecs
from collections.abc import Callable

# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class Utf8:
    """The bytes that `read` gives: turned into UTF-8 when they begin with the mark of UTF-16 or UTF-32, else as is.

    What is wrongly encoded becomes U+FFFD.
    """

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._begun = False
        self._decoder: codecs.IncrementalDecoder | None = None
        self._held = b""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""
        if not self._begun:
            self._begin(size)
        elif self._decoder is None:
            return self._read(size)
        while self._decoder and not self._held:
            data = self._read(size)
            self._held = self._decoder.decode(data, final=not data).encode()
            if not data:
                break
        given = self._held if size < 0 else self._held[:size]
        self._held = self._held[len(given) :]
        return given

    def _begin(self, size: int) -> None:
        self._begun = True
        data = self._read(size)
        name = next((name for mark, name in _MARKS if data.startswith(mark)), None)
        if name:
            self._decoder = codecs.getincrementaldecoder(name)("replace")
            data = self._decoder.decode(data).encode()
        self._held = data
