"""Cues from what the lexicon's reader found, whatever it wore: sexual words, and something held over somebody."""

from collections.abc import Iterator, Sequence

from veilleuse.cues.cue import Cue, Idea
from veilleuse.cues.mode import Manner
from veilleuse.reading.finding import Disguise, Finding
from veilleuse.reading.lexicon import CLEARING

_SENTENCE = 90  # characters within which findings are about one thing
_SEXUAL, _SEXUAL_WEAK = 0.9, 0.5
_LEAK = 1.0
_THREAT = 0.8
_DEMAND = 0.8
CONCEPTS = frozenset({"sexual", "leak", "threat"})  # findings make no cue without one of these
_WANTED = frozenset({"demand", "threat"})  # without a leak, a demand is one only under a threat


def tells(findings: Sequence[Finding]) -> bool:
    """Whether findings may make a cue: a cheap look, for most make none."""
    concepts = {finding.concept for finding in findings}
    if "sexual" not in concepts and "leak" not in concepts and not concepts.issuperset(_WANTED):
        return False
    return CLEARING.isdisjoint(concepts)


def hear_findings(findings: Sequence[Finding], manner: Manner, length: int) -> Iterator[Cue]:
    """The cues that findings make by themselves and together in the first `length` characters.

    Talk of help, law or make-up makes none.
    """
    if not tells(findings):
        return
    findings = [finding for finding in findings if finding.end <= length]
    of: dict[str, list[Finding]] = {}
    for finding in findings:
        of.setdefault(finding.concept, []).append(finding)
    for finding in of.get("sexual", ())[:1]:
        strong = finding.weight == 1 or finding.disguise not in (Disguise.PLAIN, Disguise.MARKS, Disguise.JOINED)
        yield _cue(manner, Idea.SEXUAL, _SEXUAL if strong else _SEXUAL_WEAK, finding)
    held = [*of.get("leverage", ()), *(f for f in findings if f.picture or f.concept in ("audience", "image"))]
    shown = _together(of.get("leak", ()), held)
    held_over = bool(
        of.get("leverage") or (of.get("audience") and any(f.picture or f.concept == "image" for f in findings))
    )
    if shown and held_over:
        yield _cue(manner, Idea.LEAK, _LEAK if of.get("threat") else _LEAK / 2, shown)
    if shown and held_over and of.get("threat"):
        yield _cue(manner, Idea.THREAT, _THREAT, of["threat"][0])
    wanted = _together(of.get("demand", ()), [*of.get("payment", ()), *of.get("price", ())])
    if wanted and (of.get("threat") or shown):
        yield _cue(manner, Idea.DEMAND, _DEMAND, wanted)


def _together(ones: Sequence[Finding], others: Sequence[Finding]) -> Finding | None:
    """The first of the ones that stands within a sentence of one of the others."""
    return next(
        (
            one
            for one in ones
            if any(other is not one and abs(one.start - other.start) <= _SENTENCE for other in others)
        ),
        None,
    )


def _cue(manner: Manner, idea: Idea, strength: float, finding: Finding) -> Cue:
    mode = manner.of(finding.start, finding.end)
    return Cue(idea, strength, finding.start, finding.end, mode)
