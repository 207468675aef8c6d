"""How the command line speaks: in which language, its help pages, its complaints."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from veilleuse.language import Language, Problem, say

UNUSABLE = 2  # exit status: what was asked could not be read or done

_ARGUMENTS = {"PATH": "CHEMIN", "FILE": "FICHIER", "BEFORE": "AVANT", "AFTER": "APRÈS", "TEXT": "TEXTE"}
FILE = click.Path(path_type=Path)
as_json = click.option("--json", is_flag=True)
language = click.make_pass_decorator(Language)


def choose_language(arguments: Sequence[str]) -> tuple[Language, list[str]]:
    """The language that `--lang` names, wherever it stands, else the locale's; and the other arguments.

    Raises `Problem` for a language Veilleuse does not speak.
    """
    rest = list(arguments)
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            named = value if equals else next(iter(arguments[index + 1 :]), "")
            if not named:
                raise Problem("cli.needs_value", option="--lang")
            if named not in set(Language):
                raise Problem("cli.unknown_language", language=named)
            del rest[index : index + (1 if equals else 2)]
            return Language(named), rest
    return Language.from_environment(), rest


def tell(sentence: str) -> None:
    """Says a sentence beside the results, on standard error."""
    click.echo(sentence, err=True)


class _Page(click.Command):
    """Help is a page written whole in each language, because an example teaches more than a list of options."""

    def get_help(self, ctx: click.Context) -> str:
        name = ctx.command_path.replace(" ", "_").replace("-", "_")
        return say(f"help.{name}", ctx.find_object(Language) or Language.EN).strip()


class Command(_Page):
    """A command whose help is its page."""


class Group(_Page, click.Group):
    """A group of commands whose help is its page."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            commands = ", ".join(self.list_commands(ctx))
            raise Problem("cli.no_such_command", command=args[0], commands=commands, path=ctx.command_path)
        return super().resolve_command(ctx, args)


def complain(error: click.ClickException, command: str, language: Language) -> int:
    """Says what is wrong with the words of a command and where its help is; returns the exit status."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.message)
        return UNUSABLE
    context = error.ctx if isinstance(error, click.UsageError) else None
    tell(_complaint(error, language))
    tell(say("cli.see_help", language, path=context.command_path if context else command))
    return UNUSABLE


def _complaint(error: click.ClickException, language: Language) -> str:
    match error:
        case click.NoSuchOption():
            return say("cli.no_such_option", language, option=error.option_name)
        case click.MissingParameter():
            return say("cli.missing", language, parameter=_named(error.param, language))
        case click.BadParameter() if error.param and isinstance(error.param.type, click.Choice):
            choices = ", ".join(error.param.type.choices)
            return say("cli.not_a_choice", language, parameter=error.param.opts[0], choices=choices)
        case click.BadParameter() if error.param:
            return say("cli.bad_value", language, parameter=_named(error.param, language))
        case click.BadOptionUsage():
            key = "cli.takes_no_value" if "does not take" in error.message else "cli.needs_value"
            return say(key, language, option=error.option_name)
        case click.UsageError() if "unexpected extra argument" in error.message:
            return say("cli.too_many", language)
    return say("cli.usage", language, why=error.format_message())


def _named(parameter: click.Parameter | None, language: Language) -> str:
    """An option by its dashes, an argument as its help page calls it."""
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    name = parameter.human_readable_name.upper() if parameter else ""
    return _ARGUMENTS.get(name, name) if language is Language.FR else name


def is_terminal() -> bool:
    """Whether a person watches standard error."""
    return sys.stderr.isatty()
