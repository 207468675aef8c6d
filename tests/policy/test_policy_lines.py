"""The lines of keys, which the TOML reader does not tell."""

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from veilleuse.policy.lines import Place, find_places

TRICKY = '''# [[rule]] in a comment
title = "a # b" # name = "no"

  [[rule]]  # first
"name" = "[[rule]]"
when = """
name = 1
\\""" [[rule]] \\
"""
actions = [
  "a", # ]
  "]",
]
[[ "rule" ]]
why = { en = "x", fr = 'y' }
when = \'\'\'
[[rule]]\'\'\'\'
name = 'z'
[rule.why]
de = "z"
[other]
name = 3
'''


class TestFindPlaces:
    """Where keys stand."""

    def test_what_looks_like_a_key_is_not_one(self) -> None:
        """Comments, texts, lists and headers of every form leave the count right."""
        text = TRICKY.replace("[rule.why]\nde", "[rule.more]\nde")
        assert len(tomllib.loads(text)["rule"]) == 2
        places = find_places(text)
        assert places.rules == [
            {
                "": Place(4, 4),
                "name": Place(5, 5),
                "when": Place(6, 7),
                "actions": Place(10, 10),
            },
            {
                "": Place(14, 14),
                "why": Place(15, 15),
                "when": Place(16, 17),
                "name": Place(18, 18),
                "more": Place(19, 19),
                "more.de": Place(20, 20),
            },
        ]
        assert places.top == {
            "title": Place(2, 2),
            "other": Place(21, 21),
            "other.name": Place(22, 22),
        }

    def test_dotted_keys(self) -> None:
        """A dotted key also locates the table it opens."""
        places = find_places("[[rule]]\nwhy . 'fr' = 'a'\nwhy.en = 'b'\n")
        assert places.rules == [{"": Place(1, 1), "why": Place(2, 2), "why.fr": Place(2, 2), "why.en": Place(3, 3)}]

    @given(
        st.lists(
            st.tuples(
                st.lists(st.sampled_from(["", "# [[rule]]", "#"]), max_size=3),
                st.text(alphabet="ab[]{}#='\n é", max_size=20),
                st.booleans(),
            ),
            max_size=6,
        )
    )
    def test_lines_by_construction(self, rules: list[tuple[list[str], str, bool]]) -> None:
        """Whatever the texts hold, each rule is found where it was put."""
        lines: list[str] = []
        expected: list[dict[str, Place]] = []
        for before, value, basic in rules:
            lines += before
            header = len(lines) + 1
            quotes = '"""' if basic or "''" in value or value.endswith("'") else "'''"
            lines += ["[[rule]]", *f"when = {quotes}{value}{quotes}".split("\n"), "name = 'x'"]
            starts_below = value.startswith("\n")
            expected.append(
                {
                    "": Place(header, header),
                    "when": Place(header + 1, header + 1 + starts_below),
                    "name": Place(len(lines), len(lines)),
                }
            )
        text = "\n".join(lines)
        assert [table["when"] for table in tomllib.loads(text).get("rule", [])] == [
            value.removeprefix("\n") for _, value, _ in rules
        ]
        assert find_places(text).rules == expected

    @given(st.text(max_size=60))
    def test_never_fails(self, text: str) -> None:
        """Text that is no TOML at all ends in places, not in an error."""
        places = find_places(text)
        assert all(place.key >= 1 for table in (places.top, *places.rules) for place in table.values())
