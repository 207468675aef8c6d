"""`veilleuse train`: refits the conversation model on labelled event lines that stay where they are."""

from pathlib import Path

import click

from veilleuse.archives import Intake
from veilleuse.cli.speech import FILE, UNUSABLE, Command, language, tell
from veilleuse.evaluation.training import fit
from veilleuse.language import Language, Problem, say
from veilleuse.signals.model import Model


@click.command(cls=Command)
@click.argument("data", metavar="DATA", type=FILE, nargs=-1, required=True)
@click.option("--out", type=FILE, required=True)
@click.option("--start", type=FILE)
@language
def train(language: Language, data: tuple[Path, ...], out: Path, start: Path | None) -> int:
    """Refit the conversation model."""
    intake = Intake(data)
    fitted = fit(intake, Model.load(start) if start else Model.shipped())
    try:
        out.write_text(fitted.model.written(), encoding="utf-8")
    except OSError as error:
        raise Problem("cli.unwritable", path=out, why=error.strerror or error) from None
    click.echo(
        say(
            "evaluate.trained",
            language,
            path=out,
            predators=fitted.predators,
            ordinary=fitted.ordinary,
            samples=fitted.samples,
            before=f"{fitted.before:.3f}",
            after=f"{fitted.after:.3f}",
        )
    )
    for damage in intake.damages:
        tell(damage.say(language))
    return UNUSABLE if intake.damages else 0
