"""Event lines: strict in, faithful out."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veilleuse.events import (
    KINDS,
    Community,
    Event,
    Hashes,
    Label,
    Message,
    decode,
    encode,
    encode_lines,
    schema,
    texts,
)

# The lines of docs and design, its "…" filled in.
DESIGN = {
    "message": '{"kind":"message","id":"m1","at":"2026-01-02T20:04:05Z","platform":"discord","community":"g1",'
    '"channel":"c1","author":"u1","to":["u2"],"text":"…"}',
    "community": '{"kind":"community","id":"e2","at":"2026-01-02T20:04:05Z","platform":"listing","community":"g1",'
    '"name":"…","description":"…","channels":["…"],"members":["…"],"icon":{"pdq":"' + "0f" * 32 + '"}}',
    "account": '{"kind":"account","id":"e3","at":"2026-01-02T20:04:05Z","platform":"discord","account":"u1","name":"…",'
    '"bio":"…","created":"2020-01-02T20:04:05Z","age":null,"age_band":"13-15"}',
    "label": '{"kind":"label","id":"l1","at":"2026-01-02T20:04:05Z","platform":"x","channel":"c1","author":"u1",'
    '"label":"predator"}',
}
LEAST: dict[str, dict[str, Any]] = {
    "message": {"author": "u", "text": ""},
    "message_edited": {"message": "m", "author": "u", "text": ""},
    "message_deleted": {"message": "m"},
    "community": {"community": "g"},
    "account": {"account": "u"},
    "member_joined": {"community": "g", "account": "u"},
    "media": {"author": "u", "type": "image"},
    "report_filed": {"reporter": "u"},
    "label": {"channel": "c", "author": "u", "label": "ordinary"},
}
COMMON = {"id": "e", "at": "2026-01-02T20:04:05+01:00", "platform": "p"}


def line(**keys: Any) -> bytes:
    """One JSON line."""
    return json.dumps(keys).encode()


def least(kind: str, **more: Any) -> bytes:
    """The shortest line of a kind, and more."""
    return line(kind=kind, **{**COMMON, **LEAST[kind], **more})


class TestDecoding:
    """Only what an event line may hold."""

    @pytest.mark.parametrize("kind", DESIGN)
    def test_the_design(self, kind: str) -> None:
        """The four lines of the design decode to what they say, and come out saying the same."""
        event = decode(DESIGN[kind].encode())
        assert type(event) is KINDS[kind]
        said = json.loads(DESIGN[kind])
        again = json.loads(encode(event))
        assert again == {key: value for key, value in said.items() if value is not None}

    def test_the_design_exactly(self) -> None:
        """The first of them, key by key."""
        assert decode(DESIGN["message"].encode()) == Message(
            id="m1",
            at=datetime(2026, 1, 2, 20, 4, 5, tzinfo=UTC),
            platform="discord",
            community="g1",
            channel="c1",
            author="u1",
            to=("u2",),
            text="…",
        )

    @pytest.mark.parametrize("kind", KINDS)
    def test_least(self, kind: str) -> None:
        """Each kind asks for no more than this, and for no less."""
        assert set(LEAST) == set(KINDS)
        assert type(decode(least(kind))) is KINDS[kind]
        for key in {**COMMON, **LEAST[kind]}:
            fields = {name: value for name, value in json.loads(least(kind)).items() if name != key}
            with pytest.raises(msgspec.ValidationError, match=key):
                decode(line(**fields))

    @pytest.mark.parametrize("kind", KINDS)
    @pytest.mark.parametrize("key", ["txt", "Text", "author_id", "kind2", "", "é"])
    def test_unknown_key(self, kind: str, key: str) -> None:
        """An unknown key is refused with its name: a key ignored is a message not read."""
        with pytest.raises(msgspec.ValidationError, match=f"`{key}`"):
            decode(least(kind, **{key: 1}))

    @pytest.mark.parametrize("kind", KINDS)
    def test_wrong_types(self, kind: str) -> None:
        """No value of any key may be of another type, and none is coerced."""
        for key in KINDS[kind].__struct_encode_fields__:
            wrongs: tuple[object, ...] = (3.5, {"x": []}, [[1]], True)
            for wrong in wrongs:
                with pytest.raises(msgspec.ValidationError, match=key):
                    decode(least(kind, **{key: wrong}))

    @pytest.mark.parametrize(
        "at",
        ["2026-01-02T20:04:05", "2026-01-02", "20:04:05Z", "yesterday", "", 1767384245, None, "2026-13-02T20:04:05Z",
         "2026-01-02T20:04:05+25:00", "0000-01-02T20:04:05Z"],
    )  # fmt: skip
    def test_when(self, at: object) -> None:
        """An instant without its offset is no instant."""
        with pytest.raises(msgspec.ValidationError):
            decode(least("message", at=at))

    @pytest.mark.parametrize(
        ("kind", "keys"),
        [
            ("message", {"id": ""}), ("message", {"author": ""}), ("message", {"platform": ""}),
            ("message", {"to": "u2"}), ("message", {"to": [None]}), ("message", {"text": None}),
            ("account", {"age": -1}), ("account", {"age": 131}), ("account", {"age": "13"}), ("account", {"age": 13.5}),
            ("account", {"created": "2020-01-02T20:04:05"}), ("media", {"type": "hologram"}),
            ("label", {"label": "guilty"}),
            ("community", {"icon": {"pdq": "0f"}}), ("community", {"icon": {"pdq": "0F" * 32}}),
            ("community", {"icon": {"phash": "0" * 64}}), ("media", {"hashes": {"md5": "0" * 31 + "g"}}),
            ("media", {"hashes": {"sha256": "0" * 65}}),
        ],
    )  # fmt: skip
    def test_out_of_range(self, kind: str, keys: dict[str, object]) -> None:
        """Empty identifiers, impossible ages, hashes of another size."""
        with pytest.raises(msgspec.ValidationError):
            decode(least(kind, **keys))

    @pytest.mark.parametrize("kind", ["msg", "Message", "", None, 3, "messages"])
    def test_unknown_kind(self, kind: object) -> None:
        """A kind nobody knows is refused, and so is none at all."""
        with pytest.raises(msgspec.ValidationError, match="kind"):
            decode(line(**{**COMMON, **LEAST["message"], "kind": kind}))
        with pytest.raises(msgspec.ValidationError, match="kind"):
            decode(line(**COMMON, **LEAST["message"]))

    @pytest.mark.parametrize(
        "raw",
        [b"", b" ", b"{", b"[]", b"null", b"3", b'"message"', b"{} {}", b"\xff\xfe", b'{"kind":"message","id":"\xff"}',
         b'{"kind":"message",}', b"\x00", least("message")[:-1], b"\xef\xbb\xbf" + least("message"),
         b'{"kind":"message","id":"\\ud800"}'],
    )  # fmt: skip
    def test_no_line(self, raw: bytes) -> None:
        """What is no JSON object of an event is refused, never half read."""
        with pytest.raises((msgspec.DecodeError, UnicodeDecodeError)):
            decode(raw)

    def test_deep(self) -> None:
        """Ten thousand lists in one another are refused, not followed."""
        with pytest.raises((msgspec.DecodeError, RecursionError)):
            decode(b'{"kind":"message","to":' + b"[" * 10_000 + b"]" * 10_000 + b"}")


WORD = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WHEN = st.builds(
    datetime.fromtimestamp,
    st.integers(0, 4_000_000_000),
    st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))]),
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Message, id=WORD, at=WHEN, platform=WORD, author=WORD, text=TEXT, community=st.none() | TEXT,
              channel=st.none() | TEXT, to=st.lists(TEXT, max_size=3).map(tuple),
              reply_to=st.none() | TEXT, mentions=st.lists(TEXT, max_size=2).map(tuple)),
    st.builds(Community, id=WORD, at=WHEN, platform=WORD, community=WORD, name=TEXT, description=TEXT,
              channels=st.lists(TEXT, max_size=3).map(tuple), icon=st.none() | st.just(Hashes(pdq="0f" * 32))),
    st.builds(Label, id=WORD, at=WHEN, platform=WORD, channel=WORD, author=WORD, label=st.sampled_from(["predator",
    "ordinary"])),
)  # fmt: skip


class TestEncoding:
    """What goes out comes back."""

    @settings(deadline=None, max_examples=150)
    @given(EVENTS)
    def test_round_trip(self, event: Event) -> None:
        """Any event is one line, and that line is the event."""
        written = encode(event)
        assert b"\n" not in written
        assert decode(written) == event
        assert encode(decode(written)) == written

    @settings(deadline=None, max_examples=50)
    @given(st.lists(EVENTS, max_size=4))
    def test_lines(self, events: list[Event]) -> None:
        """A line each, each ended."""
        whole = b"".join(encode_lines(events))
        assert whole.count(b"\n") == len(events)
        assert [decode(part) for part in whole.splitlines()] == events

    def test_nothing_said_nothing_written(self) -> None:
        """What an event does not say is not written."""
        assert json.loads(encode(decode(least("community")))) == {**json.loads(least("community"))}

    def test_frozen(self) -> None:
        """What happened cannot be made to have happened otherwise."""
        event = decode(least("message"))
        with pytest.raises(AttributeError):
            event.id = "other"  # type: ignore[misc]


class TestTexts:
    """Which texts of an event are read."""

    def test_fields(self) -> None:
        """The main text first, then the others under their names."""
        community = decode(least("community", name="n", description="d", channels=["a", "b"]))
        assert list(texts(community)) == [("", "n"), ("description", "d"), ("channels[0]", "a"), ("channels[1]", "b")]
        assert list(texts(decode(least("account", name="n", bio="b")))) == [("", "n"), ("bio", "b")]
        assert list(texts(decode(least("message", text="t")))) == [("", "t")]
        assert list(texts(decode(least("message_edited", text="t")))) == [("", "t")]

    @pytest.mark.parametrize("kind", ["message_deleted", "member_joined", "media", "report_filed", "label"])
    def test_nothing_to_read(self, kind: str) -> None:
        """The rest holds nothing to read."""
        assert list(texts(decode(least(kind)))) == []


def conforms(value: Any, wanted: Any, whole: dict[str, Any]) -> bool:
    """Whether a value is what this much of JSON Schema wants: enough for an event line."""
    if "$ref" in wanted:
        return conforms(value, whole["$defs"][wanted["$ref"].rpartition("/")[2]], whole)
    if "anyOf" in wanted:
        return any(conforms(value, one, whole) for one in wanted["anyOf"])
    if value not in wanted.get("enum", [value]) or value != wanted.get("const", value):
        return False
    match wanted.get("type"):
        case "object":
            known = wanted["properties"]
            return (
                isinstance(value, dict)
                and set(wanted.get("required", ())) <= set(value)
                and (set(value) <= set(known) or wanted.get("additionalProperties", True) is not False)
                and all(conforms(value[key], known[key], whole) for key in value if key in known)
            )
        case "array":
            return isinstance(value, list) and all(conforms(one, wanted.get("items", {}), whole) for one in value)
        case "string":
            return isinstance(value, str) and len(value) >= wanted.get("minLength", 0)
        case "integer":
            return type(value) is int and wanted.get("minimum", value) <= value <= wanted.get("maximum", value)
        case "null":
            return value is None
    return True


class TestSchema:
    """The JSON Schema says what decoding does."""

    SCHEMA = schema()

    def test_kinds(self) -> None:
        """It knows every kind, forbids unknown keys, and can be written as JSON."""
        assert set(self.SCHEMA["discriminator"]["mapping"]) == set(KINDS)
        structs = [one for one in self.SCHEMA["$defs"].values() if one.get("type") == "object"]
        assert len(structs) == len(KINDS) + 1  # and the hashes
        assert all(one["additionalProperties"] is False for one in structs)
        assert json.loads(json.dumps(self.SCHEMA))["$defs"].keys() == self.SCHEMA["$defs"].keys()

    @pytest.mark.parametrize("kind", KINDS)
    def test_examples(self, kind: str) -> None:
        """It accepts what decodes, and refuses what does not."""
        good = [json.loads(least(kind)), *([json.loads(DESIGN[kind])] if kind in DESIGN else [])]
        for value in good:
            assert conforms(value, self.SCHEMA, self.SCHEMA)
            assert not conforms({**value, "txt": "x"}, self.SCHEMA, self.SCHEMA)
            assert not conforms({**value, "kind": "nothing"}, self.SCHEMA, self.SCHEMA)
            assert not conforms({**value, "id": ""}, self.SCHEMA, self.SCHEMA)
            assert not conforms({k: v for k, v in value.items() if k != "at"}, self.SCHEMA, self.SCHEMA)

    def test_every_key_is_described(self) -> None:
        """Each struct says what it is."""
        assert all(one["description"] for one in self.SCHEMA["$defs"].values() if one.get("type") == "object")
