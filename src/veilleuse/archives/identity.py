"""What tells apart conversations that bear the same name."""

import hashlib
from pathlib import Path

from veilleuse.archives.source import Source

_BYTES = 6


def digest(*parts: str) -> str:
    """Twelve hexadecimal digits: the same for the same parts, on every machine."""
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(joined, digest_size=_BYTES).hexdigest()


def people_digest(people: list[str], source: Source) -> str:
    """A digest of who is in a conversation, the same in every export of it; of its folder where that is unknown."""
    if len(people) > 1:
        return digest(*sorted(people))
    return place_digest(source)


def place_digest(source: Source) -> str:
    """A digest of where a file lies."""
    return digest(Path(source.path).absolute().as_posix())
