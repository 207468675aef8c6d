"""`veilleuse evaluate`: every figure of accuracy we publish, on data named on the command line."""

import sys
from pathlib import Path

import click
import msgspec

from veilleuse.cli.speech import FILE, Group, as_json, language, tell
from veilleuse.evaluation.disguises import SEED
from veilleuse.evaluation.reading import evaluate_reading
from veilleuse.evaluation.reading_table import reading_table
from veilleuse.language import Language, say


@click.group(cls=Group)
def evaluate() -> None:
    """Measure accuracy."""


@evaluate.command("reading")
@click.option("--benign", type=FILE, multiple=True)
@click.argument("more", metavar="FILE", type=FILE, nargs=-1)
@click.option("--seed", type=click.IntRange(min=0), default=SEED)
@as_json
@language
def reading(language: Language, benign: tuple[Path, ...], more: tuple[Path, ...], seed: int, *, json: bool) -> None:
    """Measure what is seen through disguises, and what is wrongly seen in ordinary talk."""

    def on_step(file: str | None) -> None:
        tell(say("evaluate.measuring", language, what=file or say("evaluate.step_recall", language)))

    # `--benign one two three`: what a shell makes of `--benign *`.
    report = evaluate_reading((*benign, *more), seed, on_step)
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
    else:
        click.echo(reading_table(report, language))


@evaluate.command("conversations")
@click.option("--benign", type=FILE, multiple=True)
@click.argument("more", metavar="FILE", type=FILE, nargs=-1)
@as_json
@language
def conversations(language: Language, benign: tuple[Path, ...], more: tuple[Path, ...], *, json: bool) -> None:
    """Measure how early and how quietly conversations are judged."""
    # Its baselines and its child processes are of no use to the other command.
    from veilleuse.evaluation.conversations import evaluate_conversations
    from veilleuse.evaluation.conversations_table import conversations_table

    def on_step(file: str | None) -> None:
        tell(say("evaluate.measuring", language, what=file or say("evaluate.step_conversations", language)))

    report = evaluate_conversations((*benign, *more), on_step)
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
    else:
        click.echo(conversations_table(report, language))
