"""Elements of an export, each put into the shape its format gives it."""

from collections.abc import Iterator
from typing import TypeVar

import msgspec

from veilleuse.archives.damage import NestedProblem
from veilleuse.archives.json_stream import JsonStream
from veilleuse.archives.ledger import Ledger
from veilleuse.archives.wording import complaint

T = TypeVar("T")


def typed(stream: JsonStream, shape: type[T], ledger: Ledger) -> Iterator[T]:
    """Each element of the array that comes next, as a `shape`. One that cannot be is reported and left out."""
    decoder = msgspec.json.Decoder(list[shape], strict=False)  # type: ignore[valid-type]  # known at run time

    def bulk(text: str) -> list[T] | None:
        try:
            return decoder.decode(text)
        except (msgspec.DecodeError, RecursionError):
            return None

    for value in stream.values(bulk):
        if type(value) is shape:
            yield value
            continue
        try:
            item = msgspec.convert(value, shape, strict=False)
        except msgspec.ValidationError as error:
            line, column = stream.last
            why = complaint(str(error))
            ledger.report(NestedProblem("archives.odd_item", line=line, column=column, why=why))
            continue
        yield item


def shaped(value: object, shape: type[T]) -> T | None:
    """The value as a `shape`; None when it is none."""
    try:
        return msgspec.convert(value, shape, strict=False)
    except msgspec.ValidationError:
        return None
