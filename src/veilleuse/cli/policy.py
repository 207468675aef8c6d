"""`veilleuse policy`: check rules, compare them, try them on exports."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from veilleuse.cli.batches import batched
from veilleuse.cli.exports import date_order, open_exports
from veilleuse.cli.speech import FILE, UNUSABLE, Group, language, tell
from veilleuse.engine import Engine, Heard
from veilleuse.events import Event
from veilleuse.language import Language, say
from veilleuse.policy import Policy
from veilleuse.policy.backtest import backtest as compare
from veilleuse.policy.check import check as examine
from veilleuse.policy.diff import diff as differences
from veilleuse.signals import NAMES


@click.group(cls=Group)
def policy() -> None:
    """Check, compare and try rules."""


@policy.command("check")
@click.argument("files", metavar="FILE", type=FILE, nargs=-1, required=True)
@language
def check(language: Language, files: tuple[Path, ...]) -> int:
    """Say whether the rules can be put in force, and every fault they have."""
    result = examine(files, NAMES)
    (click.echo if result.sound else tell)(result.say(language))
    return 0 if result.sound else UNUSABLE


@policy.command("diff")
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
@language
def diff(language: Language, before: Path, after: Path) -> int:
    """Say which rules changed."""
    result = differences(Policy.load([before], NAMES), Policy.load([after], NAMES))
    click.echo(result.say(language))
    return 0 if result.same else 1


@policy.command("backtest")
@click.argument("file", type=FILE)
@click.argument("exports", metavar="EXPORT", type=FILE, nargs=-1, required=True)
@click.option("--policy", "in_force", type=FILE, multiple=True)
@date_order
@language
def backtest(
    language: Language, file: Path, exports: tuple[Path, ...], in_force: tuple[Path, ...], date_order: str | None
) -> int:
    """Say what the rules of FILE would have decided, beside the policy in force."""
    candidate = Policy.load([file], NAMES)
    engine = Engine(Policy.load(in_force, NAMES) if in_force else None)
    intake = open_exports(exports, date_order)
    result = compare(engine.policy, candidate, _heard(engine, intake))
    click.echo(result.say(language))
    problems = [damage.say(language) for damage in intake.damages]
    problems += [say("cli.not_judged", language, event=d.event, why=d.error) for d in engine.dead_letters]
    for problem in problems:
        tell(problem)
    return UNUSABLE if problems else 0


def _heard(engine: Engine, intake: Iterable[Event]) -> Iterator[Heard]:
    for batch in batched(intake):
        yield from engine.listen(batch)
