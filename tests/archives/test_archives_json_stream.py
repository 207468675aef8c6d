"""JSON read as it comes."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veilleuse.archives import json_stream
from veilleuse.archives.json_stream import JsonStream
from veilleuse.language import Problem

_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('abé😀\n"\\', max_size=4), inner, max_size=3),
    max_leaves=12,
)


class Heard:
    """A stream, and what it reported."""

    def __init__(self, data: bytes | str) -> None:
        self.problems: list[tuple[str, int, int, int]] = []
        raw = data.encode("utf-8") if isinstance(data, str) else data
        self.stream = JsonStream(io.BytesIO(raw), self._hear)

    def _hear(self, problem: Problem, lost: int) -> None:
        name = problem.key.removeprefix("archives.json_")
        line, column = problem.values["line"], problem.values["column"]
        assert isinstance(line, int)
        assert isinstance(column, int)
        self.problems.append((name, line, column, lost))

    def list_under(self, key: str) -> list[Any]:
        found: list[Any] = []
        for field in self.stream.fields():
            if field == key:
                found += self.stream.values()
        self.stream.finish()
        return found


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows of a few bytes, so that everything is cut somewhere."""
    monkeypatch.setattr(json_stream, "FIRST_READ", 1)
    monkeypatch.setattr(json_stream, "CHUNK", 3)


class TestWalk:
    """Whatever the standard library reads, the walk reads."""

    @given(st.lists(_values, max_size=5), st.booleans(), st.sampled_from([None, 1]), st.integers(1, 9))
    def test_same_values_whatever_the_window(
        self, values: list[Any], escaped: bool, indent: int | None, window: int
    ) -> None:
        """Elements come out as they went in, however the bytes are cut."""
        text = json.dumps({"before": values, "items": values, "after": 1}, ensure_ascii=escaped, indent=indent)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(json_stream, "FIRST_READ", window)
            patch.setattr(json_stream, "CHUNK", window)
            heard = Heard(text)
            assert heard.list_under("items") == values
        assert heard.problems == []

    @pytest.mark.usefixtures("tiny")
    def test_containers_nest(self) -> None:
        """Objects in lists in objects, each walked in its turn; what nobody reads is skipped."""
        stream = Heard('{"skip": [{"a": [1]}, 2], "list": [{"id": 12345, "n": [1, 22]}, {"n": [3]}]}').stream
        numbers: list[int] = []
        for key in stream.fields():
            if key == "list":
                for _ in stream.elements():
                    for inner in stream.fields():
                        if inner == "n":
                            numbers += stream.values()
        assert numbers == [1, 22, 3]

    def test_byte_order_mark(self) -> None:
        """It may lead."""
        assert Heard(b'\xef\xbb\xbf{"a": [1]}').list_under("a") == [1]

    def test_other_shapes_give_nothing(self) -> None:
        """A key whose value is no list has no elements, and is no damage."""
        heard = Heard('{"a": {"b": 1}, "c": null, "d": [2]}')
        assert heard.list_under("a") == []
        assert Heard('{"a": null}').list_under("a") == []
        assert Heard('{"c": null, "a": [2]}').list_under("a") == [2]
        assert heard.problems == []


class TestText:
    """Text that nobody could write again is mended."""

    def test_halves_of_characters(self) -> None:
        """Alone they become U+FFFD, in keys too; together they are one character."""
        (found,) = Heard(r'{"a": [{"k\udc00": ["\uD800x", "\ud83c\udf1e"]}]}').list_under("a")
        assert found == {"k\ufffd": ["\ufffdx", "🌞"]}

    def test_bad_utf8(self) -> None:
        """The rest of the text is kept."""
        assert Heard(b'{"a": ["caf\xe9", "\xff"]}').list_under("a") == ["caf\ufffd", "\ufffd"]

    def test_control_characters(self) -> None:
        """Bare or escaped, NUL included."""
        assert Heard(b'{"a": ["x\x00y\n", "\\u0000"]}').list_under("a") == ["x\x00y\n", "\x00"]


class TestDamage:
    """What cannot be read is told with its place, and costs the least."""

    @pytest.mark.parametrize("indent", [None, 2])
    def test_every_cut_keeps_what_is_whole(self, indent: int | None) -> None:
        """Cut anywhere, each element that stands whole is read, and one damage says where the text stops."""
        items = [{"id": n, "kind": "é", "more": [True, None, -1.5e-7]} for n in range(3)]
        text = json.dumps({"head": "x", "items": items}, indent=indent, ensure_ascii=False)
        ends = [text.find('"id"', text.find('"id"') + 1), len(text)]
        for cut in range(1, len(text)):
            heard = Heard(text[:cut])
            found = heard.list_under("items")
            assert found == items[: len(found)]
            assert [name for name, *_ in heard.problems] == ["cut"], text[:cut]
            assert heard.problems[0][1] == text[:cut].count("\n") + 1
            if cut >= ends[0]:
                assert len(found) >= 1

    def test_place_is_exact(self) -> None:
        """Lines and columns count from one, columns in characters."""
        heard = Heard('{"a": [\n  "é",\n  "日本" x\n]}')
        assert heard.list_under("a") == ["é", "日本"]
        assert heard.problems == [("wrong", 3, 8, 4)]

    @pytest.mark.usefixtures("tiny")
    def test_place_is_exact_far_into_the_file(self) -> None:
        """Even once what came before has been let go."""
        heard = Heard('{"a": [' + "\n1," * 1000 + "\n  ?]}")
        assert len(heard.list_under("a")) == 1000
        assert heard.problems[0][:3] == ("wrong", 1002, 3)

    @pytest.mark.parametrize("indent", [None, 2])
    @pytest.mark.parametrize("window", [200, 1 << 16])
    def test_one_bad_element_costs_no_neighbour(
        self, indent: int | None, window: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Reading goes on where the next element opens."""
        monkeypatch.setattr(json_stream, "FIRST_READ", window)
        monkeypatch.setattr(json_stream, "CHUNK", window)
        items = [{"id": n, "name": "x", "who": {"id": 7, "is": "y"}} for n in range(6)]
        text = (
            json.dumps({"items": items, "end": 1}, indent=indent)
            .replace('3, "name"', '3, "name')
            .replace('3,\n      "name"', '3,\n      "name')
        )
        heard = Heard(text)
        assert heard.list_under("items") == [item for item in items if item["id"] != 3]
        (problem,) = heard.problems
        assert problem[0] == "wrong"
        assert 40 < problem[3] < 140

    def test_lost_bytes_are_counted_in_bytes(self) -> None:
        """To the end of the file."""
        text = '{"a": ["é", !' + "é" * 1000
        heard = Heard(text)
        assert heard.list_under("a") == ["é"]
        assert heard.problems[0][3] == len(text.encode()) - len('{"a": ["é", '.encode())

    def test_what_follows_the_end_is_told(self) -> None:
        """Two documents in one file are one too many."""
        heard = Heard('{"a": [1]}\n\n{"a": [2]}')
        assert heard.list_under("a") == [1]
        assert heard.problems == [("more", 3, 1, 10)]

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "{",
            "[",
            '{"a"',
            '{"a":',
            "{1: 2}",
            '{"a" 1}',
            '{"a": 1 "b"}',
            '{"a": [1 2]}',
            '{"a": [,]}',
            "nul",
            "}",
        ],
    )
    def test_nonsense_is_one_damage(self, text: str) -> None:
        """Never an exception."""
        heard = Heard(text)
        heard.list_under("a")
        assert len(heard.problems) == 1

    def test_deep_nesting(self) -> None:
        """Deeper than the decoder goes: told, with the neighbours kept; or read, where it goes that deep."""
        deep = "[" * 100_000 + "]" * 100_000
        text = '{"items": [{"id": 1, "x": 0},\n{"id": 2, "x": ' + deep + '},\n{"id": 3, "x": 0}]}'
        heard = Heard(text)
        assert [item["id"] for item in heard.list_under("items")] == [1, 3]
        assert [name for name, *_ in heard.problems] == ["deep"]

    def test_numbers_without_end(self) -> None:
        """More digits than Python agrees to read."""
        heard = Heard('{"items": [{"id": 1, "x": 0}, {"id": 2, "x": ' + "9" * 9000 + '}, {"id": 3, "x": 0}]}')
        assert [item["id"] for item in heard.list_under("items")] == [1, 3]
        assert [name for name, *_ in heard.problems] == ["wrong"]

    def test_value_longer_than_any_message(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Memory stays bounded, and what follows is read."""
        monkeypatch.setattr(json_stream, "FIRST_READ", 64)
        monkeypatch.setattr(json_stream, "CHUNK", 64)
        monkeypatch.setattr(json_stream, "LONGEST_VALUE", 1000)
        items = [{"id": n, "x": "y" * (50_000 if n == 1 else 10)} for n in range(3)]
        heard = Heard(json.dumps({"items": items}))
        assert [item["id"] for item in heard.list_under("items")] == [0, 2]
        assert [name for name, *_ in heard.problems] == ["long"]
