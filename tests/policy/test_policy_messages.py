"""The words of the policy room."""

import re
import string
import tomllib
from importlib.resources import files

import pytest

CATALOGUE = tomllib.loads((files("veilleuse") / "data" / "messages" / "policy.toml").read_text(encoding="utf-8"))
PLAIN_SPACE_BEFORE_SIGN = re.compile(r" [:;?»%]| !(?!=)|« ")
NO_SPACE_BEFORE_SIGN = re.compile(r"[^\W\d][;!?»]|[^\W\d]:|«\w")


@pytest.mark.parametrize("key", CATALOGUE)
class TestMessages:
    """Both languages, side by side."""

    def test_both_languages_say_the_same_values(self, key: str) -> None:
        """What one language names, the other names too."""
        named = [
            {name for _, name, _, _ in string.Formatter().parse(CATALOGUE[key][language]) if name}
            for language in ("en", "fr")
        ]
        assert named[0] == named[1]

    def test_french_spaces(self, key: str) -> None:
        """French signs stand after a space that does not break."""
        french = CATALOGUE[key]["fr"]
        assert not PLAIN_SPACE_BEFORE_SIGN.search(french)
        assert not NO_SPACE_BEFORE_SIGN.search(french)
