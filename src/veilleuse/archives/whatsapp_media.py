"""What WhatsApp writes in the place of a picture, a sound, a file, or of a message taken back."""

import re

from veilleuse.archives.attachments import Kind, kind

MARK = "\u200e"  # put by the phones of Apple before what no person typed

_ATTACHED = re.compile(rf"{MARK}?<[^<>:\n]{{3,40}}: ?(?P<file>[^<>\n]+\.\w{{2,5}})>")
_ATTACHED_ANDROID = re.compile(
    rf"^(?:{MARK}(?P<any>[^\n/\\()]+\.\w{{2,5}})|(?P<own>[A-Z]{{3}}-\d{{8}}-WA\d+\.\w{{2,5}}))"
    r" \([^()\n]{3,40}\)$",
    re.MULTILINE,
)
_LEFT_OUT = (
    r"omitted|omise?s?|absente?s?|non incluse?s?|weggelassen|ausgeschlossen|omitid[oa]s?|ocult[oa]s?|ocultad[oa]s?"
    r"|omess[oaie]|weggelaten|pominięto|dahil edilmedi|пропущен\w*|не добавлен\w*|tidak disertakan"
)
_OMITTED = re.compile(
    rf"^(?:{MARK}[^\n:]{{0,40}}\b(?:{_LEFT_OUT})\b[^\n:]{{0,10}}"
    rf"|<[^<>\n:]{{0,40}}\b(?:{_LEFT_OUT})\b[^<>\n:]{{0,20}}>"
    r"|(?:image|video|audio|sticker|GIF|document) omitted)\.?$",
    re.IGNORECASE,
)
_WORDS: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"sticker|autocollant|figurinha|стикер", re.IGNORECASE), "sticker"),
    (re.compile(r"vid[eé]o|vídeo|видео", re.IGNORECASE), "video"),
    (re.compile(r"[aá]udio|vocal|voice|sprach|аудио", re.IGNORECASE), "audio"),
    (re.compile(r"image|bild|imag[ei][nm]|immagine|afbeelding|photo|foto|gif|изображ", re.IGNORECASE), "image"),
)
_EDITED = re.compile(rf"\s?{MARK}?<[^<>\n]*(?:edited|modifié|bearbeitet|editad[oa]|editó|modificato|bewerkt)[^<>\n]*>$")
_TAKEN_BACK = {
    "this message was deleted",
    "you deleted this message",
    "ce message a été supprimé",
    "vous avez supprimé ce message",
}
_SIGNS = re.compile(rf"[{MARK}<]|\)$|omitted\.?$|^this mess|^you del|^ce mess|^vous av", re.IGNORECASE | re.MULTILINE)
_FORM = re.compile(rf"^{MARK}[^\W\d_]{{3,20}}[ \u00a0\u202f]?:")  # a poll, a place: its words follow


def understood(text: str) -> tuple[str, list[Kind]]:
    """What a person wrote, and the kinds of what came with it. A notice of the platform gives neither."""
    if not _SIGNS.search(text):
        return text, []
    text = _EDITED.sub("", text)
    if match := _OMITTED.match(text):
        return "", [_named(match[0])]
    kinds: list[Kind] = []

    def take(match: re.Match[str]) -> str:
        kinds.append(kind(next(name for name in match.groups() if name)))
        return ""

    text = _ATTACHED_ANDROID.sub(take, _ATTACHED.sub(take, text))
    if not kinds and is_notice(text):
        return "", []
    return text.replace(MARK, "").strip(), kinds


def is_notice(text: str) -> bool:
    """Whether the platform wrote this, though it stands after a name."""
    if text.startswith(MARK):
        return not (_OMITTED.match(text) or _ATTACHED.match(text) or _ATTACHED_ANDROID.match(text) or _FORM.match(text))
    return text.rstrip(".").casefold() in _TAKEN_BACK


def is_media(text: str) -> bool:
    """Whether this is nothing but what WhatsApp puts in the place of a file."""
    return bool(_OMITTED.match(text) or _ATTACHED.fullmatch(text) or _ATTACHED_ANDROID.fullmatch(text))


def _named(placeholder: str) -> Kind:
    return next((kind for words, kind in _WORDS if words.search(placeholder)), "file")
