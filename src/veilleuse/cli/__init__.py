"""Thin commands over all of Veilleuse."""

import os
import sys

import typer

from veilleuse.cli import events, policy, read, scan
from veilleuse.cli.speech import UNUSABLE, Command, Group, choose_language, complain, tell
from veilleuse.language import Language, Problem, say

_INTERRUPTED = 130

app = typer.Typer(cls=Group, no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.command("scan", cls=Command)(scan.scan)
app.command("events", cls=Command)(events.events)
app.command("read", cls=Command)(read.read)
app.command("schema", cls=Command)(events.schema)
app.command("demo", cls=Command)(scan.demo)
app.add_typer(policy.app, name="policy")


@app.command("bench", cls=Command)
def bench(
    context: typer.Context, json: bool = False, events: int = 20_000  # noqa: FBT001, FBT002 - typer reads flags so
) -> None:
    """Measure what we publish, each figure beside its floor."""
    from veilleuse.cli.bench import bench as measure  # noqa: PLC0415 - start-up counts

    measure(context, json=json, events=events)


@app.callback()
def _root(version: bool = typer.Option(False, "--version")) -> None:  # noqa: FBT001, FBT003 - likewise
    if version:
        from veilleuse import __version__  # noqa: PLC0415 - likewise

        typer.echo(__version__)
        raise typer.Exit


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. Returns its exit status, as the design fixes it: 0 nothing, 1 something, 2 unreadable."""
    language = Language.from_environment()
    try:
        language, words = choose_language(sys.argv[1:] if arguments is None else arguments)
        status = app(words, prog_name="veilleuse", standalone_mode=False, obj=language)
    except Problem as problem:
        tell(problem.say(language))
        return UNUSABLE
    except typer.TyperException as error:
        return complain(error, language)
    except (KeyboardInterrupt, typer.Abort):
        tell(say("cli.interrupted", language))
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has closed it: keep Python from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status if isinstance(status, int) else 0
