"""`veilleuse read`: what a text says without its disguise."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click
import msgspec

from veilleuse.cli.speech import FILE, Command, as_json, language
from veilleuse.language import Language, Problem, say
from veilleuse.reading import Disguise, Finding, Lexicon, Reader, mask_private, plain
from veilleuse.reading.ages import find_ages

AGE = "age"


@click.command(cls=Command)
@click.argument("text", nargs=-1)
@click.option("--terms", type=FILE)
@click.option("--lexicon", type=FILE, multiple=True)
@as_json
@language
def read(
    language: Language, text: tuple[str, ...], terms: Path | None, lexicon: tuple[Path, ...], *, json: bool
) -> None:
    """Say what each text reads, one line a finding."""
    if terms and lexicon:
        raise Problem("cli.terms_or_lexicon")
    reader = Reader(lexicon=Lexicon.load_terms(terms) if terms else Lexicon.shipped() + Lexicon.load(lexicon))
    for raw in text or _lines():
        findings = reader.read(raw)
        if not terms:
            findings = sorted([*findings, *_ages(raw)], key=lambda f: (f.start, f.end))
        if json:
            sys.stdout.buffer.write(msgspec.json.encode(_record(raw, findings)) + b"\n")
        else:
            click.echo("\n".join(_told(raw, findings, language)))


def _lines() -> Iterator[str]:
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a text stream has it
    return (line.rstrip("\n") for line in sys.stdin)


def _ages(text: str) -> Iterator[Finding]:
    return (Finding(str(age), AGE, age.start, age.end, Disguise.PLAIN) for age in find_ages(text))


def _record(text: str, findings: Sequence[Finding]) -> dict[str, object]:
    listed = [
        {"term": f.shown, "concept": f.concept, "start": f.start, "end": f.end, "disguise": f.disguise}
        for f in findings
    ]
    return {"text": _encodable(mask_private(text, findings)), "findings": listed}


def _told(text: str, findings: Sequence[Finding], language: Language) -> Iterable[str]:
    shown = _printable(mask_private(text, findings))
    yield shown
    if any(f.disguise is not Disguise.PLAIN for f in findings):
        yield say("cli.reads_as", language, plain=_printable(plain(text, findings)))
    for finding in findings:
        yield say(
            "cli.finding",
            language,
            raw=shown[finding.start : finding.end],
            reads=_printable(finding.reads(text)),
            how=say(f"reading.disguise_{finding.disguise}", language),
            concept=finding.concept,
            start=finding.start,
            end=finding.end,
        )


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def _printable(text: str) -> str:
    """The text on one line, with nothing in it that could steer a terminal."""
    return "".join(c if c.isprintable() or c == " " else "·" for c in _encodable(text))
