"""Lexicons are read as TOML is, however plain they are."""

import tomllib

import pytest

from veilleuse import DATA
from veilleuse.reading.lists import plain_tables, tables

PLAIN = (
    "",
    '[minor]\nterms = ["a"]\n',
    '[minor]\nterms = []\n\n# more\n[platform-move]\n# of these\nexact = [\n  "b c", "d",\n  "#e",\n]\nweak = ["d"]\n',
    '[minor]\n[school]\nterms = ["é",]\n',
)
MORE = (
    "# nothing\n",
    '[minor]\nterms = ["a"]',
    'terms = ["a"]\n',
    '[minor]\nterms = ["a\\u0065"]\n',
    "[minor]\nterms = ['a']\n",
    '[minor]\nterms = ["""a"""]\n',
    '[minor]\nterms = [["a"]]\n',
    '[minor]\nterms = ["a", # not "b"\n"c"]\n',
    '[minor]\r\nterms = ["a"]\r\n',
    '[minor]\nterms=["a"]\n',
    '[minor]\nterms = ["a"] # so\n',
    '[minor]\nterms = "a"\n',
    '[minor.more]\nterms = ["a"]\n',
    "[disguises]\nswapped = 0.5\n",
    '[minor]\n"terms" = ["a"]\n',
)
WRONG = (
    '[minor]\nterms = ["a"]\n[minor]\nexact = ["b"]\n',
    '[minor]\nterms = ["a"]\nterms = ["b"]\n',
    '[minor]\nterms = ["a" "b"]\n',
    "[minor]\nterms = [,]\n",
    '[minor]\nterms = ["a\nb"]\n',
    '[minor]\nterms = ["a\x00"]\n',
    '[minor]\nterms = ["a]\n',
    "[minor\n",
)


class TestTables:
    """What stands in a file does not depend on how it is read."""

    @pytest.mark.parametrize("text", PLAIN)
    def test_plain(self, text: str) -> None:
        """Plain tables are what TOML says they are."""
        assert plain_tables(text) == tomllib.loads(text)

    @pytest.mark.parametrize("text", MORE)
    def test_more(self, text: str) -> None:
        """What is not plain is left to TOML."""
        assert plain_tables(text) is None
        assert tables(text) == tomllib.loads(text)

    @pytest.mark.parametrize("text", WRONG)
    def test_wrong(self, text: str) -> None:
        """What is wrong is wrong."""
        with pytest.raises(tomllib.TOMLDecodeError):
            tables(text)

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_shipped(self, language: str) -> None:
        """The shipped lexicons are plain, for a command waits for them."""
        text = (DATA / "lexicon" / f"{language}.toml").read_text(encoding="utf-8")
        assert plain_tables(text) == tomllib.loads(text)
