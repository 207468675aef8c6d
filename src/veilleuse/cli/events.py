"""`veilleuse events` and `veilleuse schema`: exports as event lines, and what an event line is."""

import json
import sys
from pathlib import Path

import click

from veilleuse.cli.exports import date_order, open_exports
from veilleuse.cli.speech import FILE, UNUSABLE, Command, language, tell
from veilleuse.events import encode_lines
from veilleuse.events import schema as event_schema
from veilleuse.language import Language


@click.command(cls=Command)
@click.argument("paths", metavar="PATH", type=FILE, nargs=-1, required=True)
@date_order
@language
def events(language: Language, paths: tuple[Path, ...], date_order: str | None) -> int:
    """Print any supported export as event lines."""
    intake = open_exports(paths, date_order)
    sys.stdout.buffer.writelines(encode_lines(intake))
    for damage in intake.damages:
        tell(damage.say(language))
    return UNUSABLE if intake.damages else 0


@click.command(cls=Command)
def schema() -> None:
    """Print the JSON Schema of an event line."""
    click.echo(json.dumps(event_schema(), indent=2, ensure_ascii=False))
