"""`veilleuse events` and `veilleuse schema`: exports as event lines, and what an event line is."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from veilleuse.archives import DateOrder, Intake
from veilleuse.cli.speech import UNUSABLE, language_of, tell
from veilleuse.events import encode_lines
from veilleuse.events import schema as event_schema


def events(
    context: typer.Context,
    paths: list[Path],
    date_order: Annotated[DateOrder | None, typer.Option()] = None,
) -> int:
    """Print any supported export as event lines."""
    intake = Intake(paths, date_order)
    sys.stdout.buffer.writelines(encode_lines(intake))
    for damage in intake.damages:
        tell(damage.say(language_of(context)))
    return UNUSABLE if intake.damages else 0


def schema() -> None:
    """Print the JSON Schema of an event line."""
    typer.echo(json.dumps(event_schema(), indent=2, ensure_ascii=False))
