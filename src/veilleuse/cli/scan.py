"""`veilleuse scan` and `veilleuse demo`: what is dangerous in an export, why, and what to do now."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from veilleuse.archives import DateOrder, Intake
from veilleuse.cli.screening import Progress, Screening
from veilleuse.cli.speech import UNUSABLE, is_terminal, language_of, tell
from veilleuse.engine import Engine
from veilleuse.families import render, summary
from veilleuse.language import Language, Problem, say
from veilleuse.policy import Policy
from veilleuse.policy.decision import as_record
from veilleuse.reading import Lexicon
from veilleuse.signals import NAMES

FOUND = 1
DEMO_REPORT = Path("demo-report.html")


def scan(
    context: typer.Context,
    paths: list[Path],
    json: Annotated[bool, typer.Option("--json")] = False,  # noqa: FBT002 - typer reads flags so
    html: Annotated[Path | None, typer.Option()] = None,
    policy: Annotated[list[Path] | None, typer.Option()] = None,
    lexicon: Annotated[list[Path] | None, typer.Option()] = None,
    date_order: Annotated[DateOrder | None, typer.Option()] = None,
) -> int:
    """Screen exports. Exit status: 0 nothing found, 1 something found, 2 something could not be read."""
    language = language_of(context)
    engine = Engine(
        Policy.load(policy, NAMES) if policy else None,
        lexicon=Lexicon.shipped() + Lexicon.load(lexicon or ()),
    )
    screening = Screening(engine, Intake(paths, date_order))
    return _screen(screening, paths, language, json=json, html=html)


def demo(context: typer.Context) -> int:
    """Screen the sample community that ships with Veilleuse, and write its report."""
    language = language_of(context)
    with as_file(files("veilleuse") / "data" / "samples" / "communaute.jsonl") as sample:
        screening = Screening(Engine(), Intake([sample]))
        _screen(screening, [Path(sample.name)], language, json=False, html=DEMO_REPORT)
    return 0


def _screen(screening: Screening, paths: Sequence[Path], language: Language, *, json: bool, html: Path | None) -> int:
    if html:
        _check_writable(html)
    found = False
    for decision in screening.decisions(_progress(screening, language)):
        found = True
        if json:
            sys.stdout.buffer.write(msgspec.json.encode(as_record(decision)) + b"\n")
    report = screening.report([path.name or str(path) for path in paths], language)
    if html:
        html.write_text(render(report, language), encoding="utf-8")
    if json:
        sys.stdout.buffer.flush()
        for problem in report.damages:
            tell(problem)
    else:
        typer.echo(summary(report, language), nl=False)
    if html:
        tell(say("cli.report_written", language, path=html.resolve()))
    if screening.faulty:
        return UNUSABLE
    return FOUND if found else 0


def _progress(screening: Screening, language: Language) -> Progress | None:
    return Progress(screening.total_bytes, say("cli.reading", language)) if is_terminal() else None


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
