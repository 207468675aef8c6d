"""Hostile text made fit to be looked at: nothing hidden, nothing endless, nothing that steers a screen."""

import re

HIDDEN = "▯"
CUT = "…"
ISOLATE, RELEASE = "\u2068", "\u2069"

_EMOJI = "\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff"
_NEED_JOINERS = "\u0600-\u0dff"  # from Arabic to Sinhala, spelling itself needs joiners
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 and C1 controls, but tab and newline
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # zero widths, line separators, bidi controls
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\ufdd0-\ufdef"
    "\ud800-\udfff"  # lone surrogates, which no file can hold
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"

_LINE_END = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n){2,}")
_HIDDEN = re.compile(
    rf"(?P<kept>(?<=[{_EMOJI}0-9#*])\ufe0f(?:\u200d(?=[{_EMOJI}]))?"
    rf"|(?<=[{_EMOJI}])\u200d(?=[{_EMOJI}])"
    rf"|(?<=[{_NEED_JOINERS}])[\u200c\u200d](?=[{_NEED_JOINERS}]))"
    rf"|[{_UNSEEN}]+"
)
_PILED = re.compile(rf"([{_MARKS}]{{3}})[{_MARKS}]+")


def visible(text: str) -> str:
    """The text with each character that nobody sees shown as `▯`, a long run of them as `▯(×1000)`.

    Emoji and the scripts that need joiners keep theirs; marks piled on one letter are cut to three.
    """
    text = _LINE_END.sub("\n", text)
    text = _BLANK_LINES.sub("\n\n", text)
    text = _HIDDEN.sub(_shown, text)
    return _PILED.sub(r"\1", text)


def line(text: str, limit: int = 80) -> str:
    """The text made visible on one line of at most `limit` characters: names, titles, files."""
    start = text[: 50 * limit]  # a name is never that long; what follows could be a book
    return clip(" ".join(visible(start).split()), limit)


def isolated(text: str) -> str:
    """Made-visible words of somebody's, set apart from ours: their writing direction stays their own."""
    return f"{ISOLATE}{text}{RELEASE}"


def clip(text: str, limit: int) -> str:
    """The text in at most `limit` characters, the middle cut out where it is longer."""
    if len(text) <= limit:
        return text
    tail = limit // 3
    return text[: limit - tail - 1] + CUT + text[-tail:]


def _shown(run: re.Match[str]) -> str:
    if run["kept"] is not None:
        return run["kept"]
    length = run.end() - run.start()
    return HIDDEN * length if length <= 3 else f"{HIDDEN}(×{length})"
