"""The two languages, and how one is chosen."""

import string
import tomllib
from importlib.resources import files

import pytest

from veilleuse.language import Language, Problem, say

MESSAGES = files("veilleuse") / "data" / "messages"
SENTENCES = [
    (f"{path.name.removesuffix('.toml')}.{key}", said)
    for path in sorted(MESSAGES.iterdir(), key=lambda path: path.name)
    if path.name.endswith(".toml")
    for key, said in tomllib.loads(path.read_text(encoding="utf-8")).items()
]


def values(sentence: str) -> set[str]:
    """The names of the values a sentence takes."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


class TestLanguage:
    """From the environment."""

    @pytest.mark.parametrize(
        ("environment", "language"),
        [
            ({}, "en"), ({"LANG": "fr_FR.UTF-8"}, "fr"), ({"LANG": "fr"}, "fr"), ({"LANG": "FR_CA"}, "fr"),
            ({"LANG": "C.UTF-8"}, "en"), ({"LANG": "de_DE"}, "en"), ({"LANG": ""}, "en"),
            ({"LC_ALL": "C", "LANG": "fr_FR"}, "en"), ({"LC_ALL": "", "LANG": "fr_FR"}, "fr"),
            ({"LC_MESSAGES": "fr_BE", "LANG": "en_GB"}, "fr"), ({"LC_ALL": "fr_CH", "LC_MESSAGES": "en_GB"}, "fr"),
        ],
    )  # fmt: skip
    def test_from_environment(self, environment: dict[str, str], language: str) -> None:
        """LC_ALL, then LC_MESSAGES, then LANG; what is empty says nothing."""
        assert Language.from_environment(environment) == language


class TestSentences:
    """Each written in both languages."""

    @pytest.mark.parametrize(("key", "said"), SENTENCES, ids=[key for key, _ in SENTENCES])
    def test_both(self, key: str, said: dict[str, str]) -> None:
        """French and English, with the same values, and neither can fail to be said."""
        assert set(said) == set(Language)
        assert values(said["fr"]) == values(said["en"])
        given = dict.fromkeys(values(said["en"]), "{x}")
        for language in Language:
            assert said[language].strip() == "" or say(key, language, **given)

    def test_unknown(self) -> None:
        """A sentence that does not exist is a programmer's fault."""
        with pytest.raises(KeyError):
            say("cli.nothing", Language.FR)


class TestProblem:
    """What went wrong, in either language."""

    def test_said(self) -> None:
        """With its values, braces in them included."""
        problem = Problem("reading.unreadable", path="{a}.toml", why="{}")
        assert "{a}.toml" in problem.say(Language.FR)
        assert str(problem) == problem.say(Language.EN)
        assert problem.say(Language.FR) != problem.say(Language.EN)
