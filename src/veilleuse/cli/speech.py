"""How the command line speaks: in which language, its help pages, its complaints."""

import sys
from collections.abc import Sequence

import typer
from typer.core import TyperCommand, TyperGroup

from veilleuse.language import Language, Problem, say

UNUSABLE = 2  # exit status: what was asked could not be read or done


def choose_language(arguments: Sequence[str]) -> tuple[Language, list[str]]:
    """The language that `--lang` names, wherever it stands, else the locale's; and the other arguments.

    Raises `Problem` for a language Veilleuse does not speak.
    """
    chosen, rest = Language.from_environment(), list(arguments)
    for index, argument in enumerate(arguments):
        if argument == "--":
            break
        name, equals, value = argument.partition("=")
        if name == "--lang":
            named = value if equals else next(iter(arguments[index + 1 :]), "")
            if named not in set(Language):
                raise Problem("cli.unknown_language", language=named)
            del rest[index : index + (1 if equals else 2)]
            return Language(named), rest
    return chosen, rest


def tell(sentence: str) -> None:
    """Says a sentence beside the results, on standard error."""
    typer.echo(sentence, err=True)


def language_of(context: typer.Context) -> Language:
    """The language of this run."""
    language = context.find_object(Language)
    return language or Language.EN


class _Page:
    """Help is a page written whole in each language, because an example teaches more than a list of options."""

    def page(self, context: typer.Context) -> str:
        name = context.command_path.replace(" ", "_").replace("-", "_")
        return say(f"help.{name}", language_of(context)).strip() + "\n"


class Command(TyperCommand, _Page):
    """A command whose help is its page."""

    def get_help(self, ctx: typer.Context) -> str:
        return self.page(ctx)


class Group(TyperGroup, _Page):
    """A group of commands whose help is its page."""

    def get_help(self, ctx: typer.Context) -> str:
        return self.page(ctx)


def complain(error: typer.TyperException, language: Language) -> int:
    """Says what is wrong with the words of a command and where its help is; returns the exit status."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "veilleuse"
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        typer.echo(context.get_help() if context else "")
        return UNUSABLE
    parameter = getattr(error, "param", None)
    values = {
        "option": getattr(error, "option_name", ""),
        "parameter": parameter.human_readable_name if parameter else "",
        "why": error.format_message(),
    }
    key = {"NoSuchOption": "cli.no_such_option", "MissingParameter": "cli.missing"}.get(kind, "cli.usage")
    tell(say(key, language, **values))
    tell(say("cli.see_help", language, path=path))
    return UNUSABLE


def is_terminal() -> bool:
    """Whether a person watches standard error."""
    return sys.stderr.isatty()
