"""JSON lines of events."""

import io
import json
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from archives_samples import Reading, event_line, lines, write
from hypothesis import given, settings
from hypothesis import strategies as st

from veilleuse import events
from veilleuse.archives import Intake
from veilleuse.archives.ledger import DETAILED
from veilleuse.events import Event, encode_lines
from veilleuse.language import Language

_text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_identifier = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
_offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
_instant = st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1), timezones=_offsets)  # noqa: DTZ001 # zones apart
_base = {"id": _identifier, "at": _instant, "platform": _identifier}
_names = st.lists(_text, max_size=3).map(tuple)
_events: st.SearchStrategy[Event] = st.one_of(
    st.builds(events.Message, **_base, author=_identifier, text=_text, to=_names, community=st.none() | _text),
    st.builds(events.MessageEdited, **_base, message=_identifier, author=_identifier, text=_text),
    st.builds(events.MessageDeleted, **_base, message=_identifier),
    st.builds(events.Community, **_base, community=_identifier, name=_text, channels=_names),
    st.builds(events.Account, **_base, account=_identifier, created=st.none() | _instant, age=st.none() | st.just(13)),
    st.builds(events.MemberJoined, **_base, community=_identifier, account=_identifier),
    st.builds(events.Media, **_base, author=_identifier, type=st.sampled_from(["image", "sticker"])),
    st.builds(events.ReportFiled, **_base, reporter=_identifier, reason=_text),
    st.builds(events.Label, **_base, channel=_identifier, author=_identifier, label=st.just("ordinary")),
)


class TestEventLines:
    """What Veilleuse writes, it reads."""

    @settings(deadline=None)
    @given(st.lists(_events, min_size=1, max_size=8))
    def test_what_is_written_is_read_back(self, tmp_path_factory: pytest.TempPathFactory, written: list[Event]) -> None:
        """Any events, encoded and read again, are the same events."""
        path = tmp_path_factory.mktemp("events") / "events.jsonl"
        path.write_bytes(b"".join(encode_lines(written)))
        intake = Intake([path])
        assert list(intake) == written
        assert intake.damages == []
        assert intake.formats == ["event-lines"]

    def test_blank_lines_and_a_missing_last_newline(self, tmp_path: Path) -> None:
        """Neither is an event, nor a damage; a byte order mark and carriage returns neither."""
        text = "\ufeff" + event_line("a") + "\r\n\n   \n" + event_line("b")
        reading = Reading(write(tmp_path / "e.jsonl", text))
        assert [m.id for m in reading.messages] == ["a", "b"]
        assert reading.damages == []

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """ "-" reads it, whatever its size."""
        text = lines(event_line("a"), "{}", event_line("b")).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        reading = Reading(Path("-"))
        assert [m.id for m in reading.messages] == ["a", "b"]
        assert [damage.path for damage in reading.damages] == ["-"]
        assert reading.intake.total_bytes == 0
        assert reading.intake.read_bytes == len(text)

    def test_many_lines_over_many_reads(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Cut anywhere, lines come out whole, and keep their numbers."""
        monkeypatch.setattr("veilleuse.archives.lines.CHUNK", 50)
        rows = [event_line(f"m{n}", text="x" * (n % 130)) for n in range(200)]
        rows[150] = "{"
        reading = Reading(write(tmp_path / "e.jsonl", lines(*rows)))
        assert [m.id for m in reading.messages] == [f"m{n}" for n in range(200) if n != 150]
        assert "line 151:" in reading.said

    def test_file_of_one_bad_line_is_still_events(self, tmp_path: Path) -> None:
        """A misspelt `kind` does not make the file unknown."""
        reading = Reading(write(tmp_path / "e.jsonl", '{"knd":"message","id":"1"}\n'))
        assert 'the key "knd" is unknown. Did you mean "kind"?' in reading.said


class TestWrongLines:
    """Each names its line, the key, and what was expected, and loses no neighbour."""

    @pytest.mark.parametrize(
        ("line", "words"),
        [
            (event_line(id=1), ['"id" should be text, it is a number', "devrait être du texte, c’est un nombre"]),
            (event_line(txt="x"), ['the key "txt" is unknown. Did you mean "text"', "Vouliez-vous dire"]),
            (event_line(zzzzzz="x"), ['the key "zzzzzz" is unknown. This kind of event has: id, at, platform']),
            (event_line(text=None), ['the key "text" is missing', "« text » manque"]),
            (
                event_line(kind="mesage"),
                ['"mesage" is not a value "kind" can have. Did you mean "message"', "message_edited"],
            ),
            (event_line(kind="qqq"), ['"qqq" is not a value "kind" can have. It may be: message, message_edited']),
            (event_line(kind=None), ['the key "kind" is missing']),
            (event_line(kind=3), ['"kind" should be text']),
            (event_line(at="yesterday"), ['"at" should be an instant with its offset', "décalage horaire"]),
            (event_line(at="2026-01-02T20:04:05"), ['"at" should be an instant with its offset']),
            (event_line(at=12), ['"at" should be an instant']),
            (event_line(id=""), ['"id" must not be empty', "ne doit pas être vide"]),
            (event_line(to="u2"), ['"to" should be a list, it is text', "une liste"]),
            (event_line(to=["u2", 3]), ['"to[1]" should be text, it is a number']),
            (event_line(mentions={}), ['"mentions" should be a list, it is an object']),
            (
                event_line(kind="account", author=None, text=None, account="a", age=-1),
                ['"age" is out of range', ">= 0"],
            ),
            (event_line(kind="account", author=None, text=None, account="a", age="13"), ['"age" should be a number']),
            (event_line(kind="media", text=None, type="imge"), ['"imge" is not a value "type" can have', '"image"']),
            (
                event_line(kind="community", author=None, text=None, community="c", icon={"pdq": "z"}),
                ['"icon.pdq" should be a hash, that is 64 hexadecimal digits'],
            ),
            (
                event_line(kind="community", author=None, text=None, community="c", icon={"sha1": "z"}),
                ['the key "icon.sha1" is unknown. Remove it'],
            ),
            ('{"kind":"message" "id":"1"}', ["column 19 is no valid JSON", "colonne 19"]),
            ('{"kind":"message","id":"1', ["stops too early, at column 24"]),
            ('{"kind":"message","id":"1"', ["stops too early, at column 27"]),
            ("[1, 2]", ["an object was expected, a list was found"]),
            ("nonsense", ["column 1 is no valid JSON"]),
            ('{"kind":"message","id":' + "9" * 5000 + "}", ["is no valid JSON"]),
            ("[" * 10_000, ["line 2:"]),
            ('{"a":' * 10_000, ["line 2:"]),
        ],
    )
    def test_wrong_line(self, tmp_path: Path, line: str, words: list[str]) -> None:
        """In both languages."""
        reading = Reading(write(tmp_path / "e.jsonl", lines(event_line("a"), line, event_line("b"))))
        assert [event.id for event in reading.events] == ["a", "b"]
        (damage,) = reading.damages
        assert (damage.kept, damage.lost, damage.unit.value) == (2, 1, "lines")
        said = reading.said.replace("\u00a0", " ").replace("\u202f", " ")
        assert "line 2:" in said
        assert "ligne 2 :" in said
        for word in words:
            assert word in said

    def test_text_no_strict_reader_takes_is_mended(self, tmp_path: Path) -> None:
        """Halves of characters and bad UTF-8 become U+FFFD; bare control characters stay."""
        rows = [
            event_line("a", text="@").replace("@", r"\ud800 and \uDFFF").encode(),
            event_line("b", text="@").encode().replace(b"@", b"caf\xe9"),
            event_line("c", text="@").encode().replace(b"@", b"\x00\t"),
            event_line("d", text="\x00").encode(),
            event_line("e", text="\U0001f31e").encode(),
            event_line("f", text="@").encode().replace(b"@", b"caf\xe9").replace(b'"text"', b'"txt"'),
        ]
        reading = Reading(write(tmp_path / "e.jsonl", b"\n".join(rows)))
        assert reading.texts == ["\ufffd and \ufffd", "caf\ufffd", "\x00\t", "\x00", "\U0001f31e"]
        assert ["text" in damage.say(Language.EN) for damage in reading.damages] == [True]
        assert all(events.encode(event) for event in reading.events)

    def test_past_twenty_they_are_counted(self, tmp_path: Path) -> None:
        """Nobody reads a thousand complaints."""
        rows = ["{}"] * 1000 + [event_line("a")]
        reading = Reading(write(tmp_path / "e.jsonl", lines(event_line("b"), *rows)))
        assert len(reading.damages) == DETAILED + 1
        assert reading.damages[-1].lost == 1000 - DETAILED
        assert "980 more places" in reading.said
        assert len(reading.events) == 2

    def test_line_longer_than_any_event(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is passed over, the next ones are read, numbers go on."""
        monkeypatch.setattr("veilleuse.archives.lines.CHUNK", 100)
        monkeypatch.setattr("veilleuse.archives.lines.LONGEST_LINE", 1000)
        rows = [event_line("a"), event_line("b", text="x" * 5000), event_line("c"), "{"]
        reading = Reading(write(tmp_path / "e.jsonl", lines(*rows)))
        assert [m.id for m in reading.messages] == ["a", "c"]
        assert "line 2 is longer" in reading.said
        assert "line 4:" in reading.said

    def test_two_events_on_one_line_are_refused(self, tmp_path: Path) -> None:
        """One event a line, whatever stands around it."""
        reading = Reading(write(tmp_path / "e.jsonl", lines(event_line("a"), event_line("b") + event_line("c"))))
        assert [m.id for m in reading.messages] == ["a"]
        assert len(reading.damages) == 1

    def test_event_spread_over_lines_is_refused(self, tmp_path: Path) -> None:
        """The same whether its neighbours are right or wrong."""
        spread = json.dumps(json.loads(event_line("b")), indent=1)
        reading = Reading(write(tmp_path / "e.jsonl", lines(event_line("a"), spread)))
        assert [m.id for m in reading.messages] == ["a"]
        assert reading.messages[0].at == datetime(2026, 1, 2, 20, 4, 5, tzinfo=UTC)
        assert reading.damages
