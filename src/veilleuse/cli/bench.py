"""`veilleuse bench`: every figure of speed we publish, each beside its floor and its peers."""

import sys

import click
import msgspec

from veilleuse.cli.speech import Command, as_json, language, tell
from veilleuse.evaluation.bench import MEASURES
from veilleuse.evaluation.bench import bench as measure
from veilleuse.evaluation.peers_table import peers_table
from veilleuse.evaluation.table import table
from veilleuse.language import Language, say

EVENTS = 20_000


@click.command(cls=Command)
@as_json
@click.option("--events", type=click.IntRange(min=1), default=EVENTS)
@click.option("--only", type=click.Choice(list(MEASURES)))
@language
def bench(language: Language, events: int, only: str | None, *, json: bool) -> None:
    """Measure speed, each figure beside its floor."""

    def on_step(step: str) -> None:
        tell(say("bench.measuring", language, what=say(f"bench.step_{step}", language)))

    report = measure(events, on_step, only=only)
    if json:
        sys.stdout.buffer.write(msgspec.json.encode(report) + b"\n")
    else:
        click.echo(table(report, language))
        if report.peers:
            click.echo("\n" + peers_table(report.peers, language))
