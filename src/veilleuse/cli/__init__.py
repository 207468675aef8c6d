"""Thin commands over all of Veilleuse."""

import atexit
import gc
import os
import sys
from importlib import import_module

import click

from veilleuse import __version__
from veilleuse.cli.speech import UNUSABLE, Group, choose_language, complain, tell
from veilleuse.language import Language, Problem, say

_INTERRUPTED = 130
# Where each command lives: only the one asked for is imported, for a command starts as fast as its imports.
COMMANDS = {
    "scan": "veilleuse.cli.scan:scan",
    "demo": "veilleuse.cli.scan:demo",
    "events": "veilleuse.cli.events:events",
    "schema": "veilleuse.cli.events:schema",
    "read": "veilleuse.cli.read:read",
    "policy": "veilleuse.cli.policy:policy",
    "bench": "veilleuse.cli.bench:bench",
    "evaluate": "veilleuse.cli.evaluate:evaluate",
    "train": "veilleuse.cli.train:train",
}


class _Commands(Group):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        place = COMMANDS.get(cmd_name)
        if place is None:
            return None
        module, _, attribute = place.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=_Commands)
@click.version_option(__version__, message="%(version)s")
def veilleuse() -> None:
    """Veilleuse."""


def main(arguments: list[str] | None = None) -> int:
    """Runs one command. Returns its exit status, as the design fixes it: 0 nothing, 1 something, 2 unreadable."""
    language, words = Language.from_environment(), sys.argv[1:] if arguments is None else arguments
    if arguments is None:  # the process ends with the command: searching it for cycles first takes long, for nothing
        atexit.register(gc.freeze)
    try:
        _speak_utf8()
        language, words = choose_language(words)
        status = veilleuse.main(words, prog_name="veilleuse", standalone_mode=False, obj=language)
        sys.stdout.flush()
    except Problem as problem:
        tell(problem.say(language))
        return UNUSABLE
    except click.ClickException as error:
        return complain(error, " ".join(["veilleuse", *words[:1]]), language)
    except (KeyboardInterrupt, click.Abort):
        tell(say("cli.interrupted", language))
        return _INTERRUPTED
    except (SystemExit, BrokenPipeError):  # the first is click's word for the second
        _fall_silent()
        return 0
    except OSError as error:
        _fall_silent()
        tell(say("cli.unwritten", language, why=error.strerror or error))
        return UNUSABLE
    return status if isinstance(status, int) else 0


def _fall_silent() -> None:
    """Keeps Python from complaining at exit about an output that takes no more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _speak_utf8() -> None:
    """Exports hold every script, and pages quote them: a console that cannot show a letter shows another."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace")
