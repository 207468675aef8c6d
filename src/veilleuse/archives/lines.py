"""Text read line by line, whatever the length of a line."""

from collections.abc import Callable, Iterator

from veilleuse.archives.source import Readable

CHUNK = 1 << 20
LONGEST_LINE = 32 << 20
BOM = b"\xef\xbb\xbf"


def blocks(stream: Readable, overlong: Callable[[int], None]) -> Iterator[bytes]:
    """Stretches of whole lines, each with its newline, but for the last of the file perhaps.

    A line longer than `LONGEST_LINE` bytes comes as an empty one, once `overlong` has been told its length.
    """
    begun: list[bytes] = []
    held = 0
    dropped = 0
    data = stream.read(CHUNK).removeprefix(BOM)
    while data:
        if dropped:
            end = data.find(b"\n")
            if end < 0:
                dropped += len(data)
                data = stream.read(CHUNK)
                continue
            overlong(dropped + end)
            dropped = 0
            yield b"\n"
            data = data[end + 1 :]
        cut = data.rfind(b"\n") + 1
        if cut:
            yield b"".join(begun) + data[:cut]
            begun, held = [], 0
        begun.append(data[cut:])
        held += len(data) - cut
        if held > LONGEST_LINE:
            begun, held, dropped = [], 0, held
        data = stream.read(CHUNK)
    if dropped:
        overlong(dropped)
    if held:
        yield b"".join(begun)
