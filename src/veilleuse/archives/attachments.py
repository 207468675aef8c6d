"""What kind of thing a shared file is, from the ending of its name. The name itself goes no further."""

from collections.abc import Iterator
from typing import Literal

from veilleuse.events import Media, Message

Kind = Literal["image", "video", "audio", "sticker", "file"]

_ENDINGS: dict[Kind, set[str]] = {
    "image": {"avif", "bmp", "gif", "heic", "heif", "jfif", "jpeg", "jpg", "jxl", "png", "svg", "tif", "tiff", "webp"},
    "video": {"3gp", "avi", "flv", "m4v", "mkv", "mov", "mp4", "mpeg", "mpg", "ogv", "webm", "wmv"},
    "audio": {"aac", "amr", "flac", "m4a", "mid", "mp3", "oga", "ogg", "opus", "wav", "weba", "wma"},
}


def kind(name: str) -> Kind:
    """The kind of the file of that name or address; a file like any other when its ending says nothing."""
    ending = name.partition("?")[0].rpartition(".")[2].casefold()
    return next((kind for kind, endings in _ENDINGS.items() if ending in endings), "file")


def said(message: Message, kinds: list[Kind]) -> Iterator[Message | Media]:
    """The message, unless it says nothing, and a media event for each thing that came with it."""
    if message.text:
        yield message
    for number, media in enumerate(kinds):
        yield Media(
            id=f"{message.id}:{number}",
            at=message.at,
            platform=message.platform,
            author=message.author,
            type=media,
            message=message.id if message.text else None,
            community=message.community,
            channel=message.channel,
            to=message.to,
        )
