"""`veilleuse policy`: check rules, compare them, try them on exports."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from veilleuse.archives import DateOrder, Intake
from veilleuse.cli.batches import batched
from veilleuse.cli.speech import UNUSABLE, Command, Group, language_of, tell
from veilleuse.engine import Engine, Heard
from veilleuse.policy import Policy
from veilleuse.policy.backtest import backtest as compare
from veilleuse.policy.check import check as examine
from veilleuse.policy.diff import diff as differences
from veilleuse.signals import NAMES

app = typer.Typer(cls=Group, no_args_is_help=True, rich_markup_mode=None)


@app.command("check", cls=Command)
def check(context: typer.Context, files: list[Path]) -> int:
    """Say whether the rules can be put in force, and every fault they have."""
    result = examine(files, NAMES)
    (typer.echo if result.sound else tell)(result.say(language_of(context)))
    return 0 if result.sound else UNUSABLE


@app.command("diff", cls=Command)
def diff(context: typer.Context, before: Path, after: Path) -> int:
    """Say which rules changed."""
    result = differences(Policy.load([before], NAMES), Policy.load([after], NAMES))
    typer.echo(result.say(language_of(context)))
    return 0 if result.same else 1


@app.command("backtest", cls=Command)
def backtest(
    context: typer.Context,
    file: Path,
    exports: list[Path],
    policy: Annotated[list[Path] | None, typer.Option()] = None,
    date_order: Annotated[DateOrder | None, typer.Option()] = None,
) -> int:
    """Say what the rules of FILE would have decided, beside the policy in force."""
    language = language_of(context)
    candidate = Policy.load([file], NAMES)
    engine = Engine(Policy.load(policy, NAMES) if policy else None)
    intake = Intake(exports, date_order)
    result = compare(engine.policy, candidate, _heard(engine, intake))
    typer.echo(result.say(language))
    for damage in intake.damages:
        tell(damage.say(language))
    return UNUSABLE if intake.damages else 0


def _heard(engine: Engine, intake: Iterable[object]) -> Iterator[Heard]:
    for batch in batched(intake):
        yield from engine.listen(batch)
