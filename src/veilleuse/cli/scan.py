"""`veilleuse scan` and `veilleuse demo`: what is dangerous in an export, why, and what to do now."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click
import msgspec

from veilleuse import DATA
from veilleuse.archives import Intake
from veilleuse.cli.exports import date_order, open_exports
from veilleuse.cli.screening import Progress, Screening
from veilleuse.cli.speech import FILE, UNUSABLE, Command, as_json, is_terminal, language, tell
from veilleuse.engine import Engine
from veilleuse.families import render, summary
from veilleuse.language import Language, Problem, say
from veilleuse.policy import Policy
from veilleuse.policy.decision import as_record
from veilleuse.reading import Lexicon
from veilleuse.signals import NAMES

FOUND = 1
_PAGE = b"<!DOCTYPE html>"
DEMO_REPORT = Path("demo-report.html")


@click.command(cls=Command)
@click.argument("paths", metavar="PATH", type=FILE, nargs=-1, required=True)
@as_json
@click.option("--html", type=FILE)
@click.option("--policy", type=FILE, multiple=True)
@click.option("--lexicon", type=FILE, multiple=True)
@date_order
@language
def scan(
    language: Language,
    paths: tuple[Path, ...],
    html: Path | None,
    policy: tuple[Path, ...],
    lexicon: tuple[Path, ...],
    date_order: str | None,
    *,
    json: bool,
) -> int:
    """Screen exports. Exit status: 0 nothing found, 1 something found, 2 something could not be read."""
    engine = Engine(
        Policy.load(policy, NAMES) if policy else None,
        lexicon=Lexicon.shipped() + Lexicon.load(lexicon),
    )
    screening = Screening(engine, open_exports(paths, date_order))
    return _screen(screening, paths, language, json=json, html=html)


@click.command(cls=Command)
@language
def demo(language: Language) -> int:
    """Screen the sample community that ships with Veilleuse, and write its report."""
    sample = DATA / "samples" / "communaute.jsonl"
    _screen(Screening(Engine(), Intake([sample])), [Path(sample.name)], language, json=False, html=DEMO_REPORT)
    return 0


def _screen(screening: Screening, paths: Sequence[Path], language: Language, *, json: bool, html: Path | None) -> int:
    if html:
        _check_overwritable(html, paths)
        _check_writable(html)
    found = False
    for decision in screening.decisions(_progress(screening, language)):
        found = True
        if json:
            sys.stdout.buffer.write(msgspec.json.encode(as_record(decision, screening.conceal)) + b"\n")
    report = screening.report([path.name or str(path) for path in paths], language)
    if html:
        html.write_text(render(report, language), encoding="utf-8")
    if json:
        sys.stdout.buffer.flush()
        for problem in report.damages:
            tell(problem)
    else:
        click.echo(summary(report, language), nl=False)
    if html:
        tell(say("cli.report_written", language, path=html.resolve()))
    if screening.faulty:
        return UNUSABLE
    return FOUND if found else 0


def _progress(screening: Screening, language: Language) -> Progress | None:
    return Progress(screening.total_bytes, say("cli.reading", language)) if is_terminal() else None


def _check_overwritable(html: Path, paths: Sequence[Path]) -> None:
    """Refuses to write over an export, which may be evidence, or over anything else that is no page."""
    if html.is_file():
        with suppress(OSError), html.open("rb") as file:
            if file.read(len(_PAGE)) not in (b"", _PAGE) or any(p.exists() and p.samefile(html) for p in paths):
                raise Problem("cli.no_page", path=html)


def _check_writable(html: Path) -> None:
    """Refuses before the long work, not after, a report that could not be written."""
    try:
        existed = html.exists()
        html.open("ab").close()
    except OSError as error:
        raise Problem("cli.unwritable", path=html, why=error.strerror or error) from None
    if not existed:
        with suppress(OSError):
            html.unlink()
