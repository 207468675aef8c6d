"""The same story, short, for a terminal: plain text that says everything without colour."""

import textwrap

from veilleuse.families import guide, wording
from veilleuse.families.conversation import Conversation, Line, tell_conversations
from veilleuse.families.excerpt import Part, Passage
from veilleuse.families.legible import CUT, ISOLATE, RELEASE, clip, visible
from veilleuse.families.report import Report
from veilleuse.families.story import Group, Item, answer, counted, heading, tell_story, when
from veilleuse.language import Language

TOLD = 10
CONVERSATIONS = 3
TURN = "◆"
WIDTH = 80
FRAGMENT = 64  # characters of a raw or plain fragment
PARTS = 6  # of one text
SENTENCES = 8  # damages, and notes
FIRST_STEPS = ("fault", "stop", "refuse")

_BARE = str.maketrans("", "", ISOLATE + RELEASE)


def summary(report: Report, language: Language) -> str:
    """The answer, the stories of at most three conversations, at most ten things seen, the first steps and who to
    call, then damages and notes.

    Nothing that somebody wrote can steer the terminal: no control character but the newline is left.
    """
    story = tell_story(report, language, full=TOLD)
    blocks = [_wrapped(answer(story, report, language))]
    if story.number > 1:
        blocks[0] += "\n" + _wrapped(wording.tell("answer.counts", language, counts=counted(story, language)))
    conversations = tell_conversations(report, language)
    blocks += [_conversation(conversation, language) for conversation in conversations[:CONVERSATIONS]]
    if more := len(conversations[CONVERSATIONS:]):
        blocks.append(_wrapped(wording.count("talk.more", more, language)))
    told = sorted(((g, i) for g in story.groups for i in g.items), key=lambda pair: pair[1].gravity)
    blocks += [_told(number, group, item, language) for number, (group, item) in enumerate(told, start=1)]
    if story.untold:
        blocks.append(_wrapped(wording.count("terminal.more", story.untold, language)))
    if story.number:
        blocks.append(_first_steps(language))
    else:
        blocks.append(_wrapped(wording.tell("answer.none_then", language)))
        if report.events:
            blocks.insert(1, _wrapped(wording.tell("answer.none_means", language)))
    blocks.append(_wrapped(wording.tell("terminal.call", language, numbers=_numbers(language))))
    blocks += _listed("blind.damages", report.damages, language)
    blocks += _listed("blind.notes", report.notes, language)
    return "\n\n".join(blocks).translate(_BARE) + "\n"


def _conversation(conversation: Conversation, language: Language) -> str:
    severity = wording.tell(f"severity.{conversation.severity}", language).upper()
    sure = wording.tell(f"sure.{conversation.sure}", language)
    lines = [
        _wrapped(f"[{severity}] {conversation.opening}"),
        *(_wrapped(_step(line, language), indent="    ", first="  ") for line in conversation.lines),
    ]
    if conversation.untold:
        lines.append(_wrapped(wording.count("talk.untold", conversation.untold, language), indent="  "))
    together = wording.tell("terminal.talk_sure", language, short=conversation.short, sure=sure)
    return "\n".join([*lines, _wrapped(together, indent="  ")])


def _step(line: Line, language: Language) -> str:
    said = f"{line.said} ({line.turn})" if line.turn else line.said
    step = wording.tell("terminal.step", language, sign=TURN if line.turn else "-", when=line.when, said=said)
    quote = wording.tell("terminal.open", language, raw=line.quote) if line.quote else ""
    return " · ".join(filter(None, [step, quote, line.again]))


def _told(number: int, group: Group, item: Item, language: Language) -> str:
    severity = wording.tell(f"severity.{item.severity}", language).upper()
    who = f"{item.who.called} ({item.who.id})" if item.who and item.who.name else ""
    who = who or (item.who.called if item.who else "")
    sure = wording.tell(f"sure.{item.gravest.sure}", language)
    where = " · ".join(filter(None, [who, heading(group, language), when(item, language)]))
    lines = [
        f"{number}. [{severity}] {item.gravest.short}",
        where,
        *(line for passage in item.passages for line in _fragment(passage, language)),
        f"{item.gravest.what} {wording.tell('terminal.sure', language, sure=sure)}",
    ]
    return "\n".join(_wrapped(text, indent="   " if row else "") for row, text in enumerate(lines))


def _fragment(passage: Passage, language: Language) -> list[str]:
    """The marked parts with a little of what stands around them, raw, then plain where that differs; a line a part."""
    if not passage.parts:
        return []
    raw, plain = _around(passage, "raw"), _around(passage, "plain")
    lines = [wording.tell("terminal.open" if raw == plain else "terminal.read", language, raw=raw, plain=plain)]
    lines += [_part(part, language) for part in passage.parts[:PARTS]]
    if more := len(passage.parts[PARTS:]):
        lines.append(wording.count("terminal.parts_more", more, language))
    return lines


def _part(part: Part, language: Language) -> str:
    """Raw, plain and disguise side by side, and the idea."""
    raw, plain = (clip(" ".join(side.split()), FRAGMENT // 2) for side in (part.raw, part.plain))
    key = "terminal.part_open" if raw == plain else "terminal.part"
    how, idea = wording.hidden_how(part, language), wording.idea(part, language)
    return wording.tell(key, language, raw=raw, plain=plain, how=how, idea=idea)


def _around(passage: Passage, side: str) -> str:
    marked = [row for row, piece in enumerate(passage.pieces) if piece.marked]
    words = [getattr(piece, side) for piece in passage.pieces]
    if marked:
        first, last = marked[0], marked[-1]
        before, inside = "".join(words[:first]), "".join(words[first : last + 1])
        after = "".join(words[last + 1 :])
        before = before if len(before) <= FRAGMENT // 4 else CUT + before[-FRAGMENT // 4 :]
        after = after if len(after) <= FRAGMENT // 4 else after[: FRAGMENT // 4] + CUT
        words = [before, clip(inside, FRAGMENT), after]
    return " ".join("".join(words).split())


def _first_steps(language: Language) -> str:
    lines = [wording.tell("terminal.first", language)]
    for number, step in enumerate(FIRST_STEPS, start=1):
        said = f"{wording.tell(f'do.{step}.title', language)} {wording.tell(f'do.{step}', language)}"
        lines.append(_wrapped(f"{number}. {said}", indent="   ", first=""))
    return "\n".join(lines)


def _numbers(language: Language) -> str:
    home = guide.home()
    calls = [f"{c.number} ({c.name})" if c.name else c.number for c in home.child + home.emergency[:1]]
    return ", ".join(calls)


def _listed(title: str, sentences: list[str], language: Language) -> list[str]:
    if not sentences:
        return []
    shown = [f"- {' '.join(clip(visible(sentence), 400).split())}" for sentence in sentences[:SENTENCES]]
    if len(sentences) > SENTENCES:
        shown.append(f"{CUT} (+{len(sentences) - SENTENCES})")
    lines = [wording.tell(title, language), *(_wrapped(s, indent="  ", first="") for s in shown)]
    return ["\n".join(lines)]


def _wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    return textwrap.fill(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
