"""Discord's data package, of several years and languages."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archives_samples import Reading, write, zipped

from veilleuse.archives import Note
from veilleuse.events import Account, Community, Media

OWNER = {
    "id": "1",
    "username": "zoe",
    "global_name": "Zoé",
    "relationships": [{"id": "2", "user": {"id": "2", "username": "sam"}}],
}
ROWS = [
    {"ID": 11, "Timestamp": "2024-05-02 10:00:00", "Contents": "second", "Attachments": ""},
    {"ID": 10, "Timestamp": "2024-05-01 10:00:00", "Contents": "first", "Attachments": "https://x.org/a.png?ex=1"},
]
DIRECT = {"id": "300", "type": "DM", "recipients": ["1", "2"]}
PUBLIC = {"id": "200", "type": 0, "name": "general", "guild": {"id": "100", "name": "Chess club"}}


def package(root: Path, messages: str = "Messages", account: str = "Account", servers: str = "Servers") -> Path:
    """A package with one private conversation and one channel."""
    write(root / account / "user.json", OWNER)
    write(root / messages / "index.json", {"300": "Direct Message with sam", "200": "general in Chess club"})
    write(root / messages / "c300" / "channel.json", DIRECT)
    write(root / messages / "c300" / "messages.json", ROWS)
    write(root / messages / "c200" / "channel.json", PUBLIC)
    write(root / messages / "c200" / "messages.json", [{**ROWS[0], "ID": 12}])
    write(root / servers / "index.json", {"100": "Chess club", "101": "Garden club"})
    return root


class TestDiscordPackage:
    """The owner's own half of what was said."""

    @pytest.mark.parametrize(
        "names", [{}, {"messages": "messages", "account": "account"}, {"messages": "Nachrichten", "account": "Konto"}]
    )
    def test_folders_bear_any_name(self, tmp_path: Path, names: dict[str, str]) -> None:
        """Their names follow the language of the account; the content tells what they are."""
        reading = Reading(package(tmp_path, **names))
        direct = [message for message in reading.messages if message.channel == "300"]
        assert [(m.id, m.text, m.author, m.to, m.community) for m in direct] == [
            ("10", "first", "1", ("2",), None),
            ("11", "second", "1", ("2",), None),
        ]
        assert direct[0].at == datetime(2024, 5, 1, 10, tzinfo=UTC)
        assert reading.damages == []

    def test_says_that_it_is_only_half(self, tmp_path: Path) -> None:
        """Nothing may be concluded about what was received."""
        assert Reading(package(tmp_path)).intake.notes == [Note.OWN_HALF]

    def test_servers_are_named_even_where_nothing_was_written(self, tmp_path: Path) -> None:
        """One event a server, with the channels that are known."""
        communities = Reading(package(tmp_path)).only(Community)
        assert [(c.community, c.name, c.channels) for c in communities] == [
            ("100", "Chess club", ("general",)),
            ("101", "Garden club", ()),
        ]

    def test_servers_are_dated_by_what_was_written(self, tmp_path: Path) -> None:
        """Not by their own age: a story does not begin years before its first message."""
        root = package(tmp_path)
        later = [{"ID": 20, "Timestamp": "2024-06-01 10:00:00", "Contents": "later", "Attachments": ""}]
        write(root / "Messages" / "c200" / "messages.json", [*later, ROWS[0] | {"ID": 12}])
        reading = Reading(root)
        assert {c.community: c.at for c in reading.only(Community)} == {
            "100": datetime(2024, 5, 2, 10, tzinfo=UTC),
            "101": datetime(2024, 5, 1, 10, tzinfo=UTC),
        }
        assert min(event.at for event in reading.events) == min(message.at for message in reading.messages)

    def test_people_are_introduced_by_their_names(self, tmp_path: Path) -> None:
        """The owner, and friends written to."""
        assert {account.account: account.name for account in Reading(package(tmp_path)).only(Account)} == {
            "1": "Zoé",
            "2": "sam",
        }

    def test_attachments_tell_their_kind(self, tmp_path: Path) -> None:
        """By the address, which goes no further."""
        assert [media.type for media in Reading(package(tmp_path)).only(Media)] == ["image"]

    def test_zip_is_read_like_the_folder(self, tmp_path: Path) -> None:
        """The same events, without anything unzipped to disk."""
        folder = package(tmp_path / "package")
        members = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.json")}
        archive = zipped(tmp_path / "package.zip", members)
        before = sorted(tmp_path.rglob("*"))
        assert Reading(archive).events == Reading(folder).events
        assert sorted(tmp_path.rglob("*")) == before

    def test_csv_of_before_2024(self, tmp_path: Path) -> None:
        """Lines of CSV, whose text may hold line breaks, quotes and commas."""
        text = 'ID,Timestamp,Contents,Attachments\r\n10,2021-05-01 10:00:00.123000+00:00,"one, ""two""\nthree",\r\n'
        write(tmp_path / "messages" / "c300" / "messages.csv", text)
        write(tmp_path / "messages" / "c300" / "channel.json", {**DIRECT, "type": 1})
        reading = Reading(tmp_path)
        assert reading.texts == ['one, "two"\nthree']
        assert reading.messages[0].at == datetime(2021, 5, 1, 10, 0, 0, 123000, tzinfo=UTC)
        assert reading.damages == []

    def test_folders_without_the_letter_of_before_2021(self, tmp_path: Path) -> None:
        """The folder's name is the channel, with or without its "c", when nothing else says it."""
        write(tmp_path / "messages" / "300" / "messages.json", ROWS[:1])
        write(tmp_path / "messages" / "c301" / "messages.json", ROWS[:1])
        assert [message.channel for message in Reading(tmp_path).messages] == ["300", "301"]

    def test_owner_is_whoever_is_in_every_conversation(self, tmp_path: Path) -> None:
        """Without the account's file, the recipients tell."""
        for channel, other in (("300", "2"), ("301", "3")):
            folder = tmp_path / "messages" / f"c{channel}"
            write(folder / "channel.json", {"id": channel, "type": 1, "recipients": [other, "1"]})
            write(folder / "messages.json", ROWS[:1])
        assert [(m.author, m.to) for m in Reading(tmp_path).messages] == [("1", ("2",)), ("1", ("3",))]

    def test_one_file_named_alone_finds_its_channel(self, tmp_path: Path) -> None:
        """What lies beside the messages is read for context."""
        reading = Reading(package(tmp_path) / "Messages" / "c200" / "messages.json")
        assert [(m.community, m.channel) for m in reading.messages] == [("100", "200")]

    def test_row_cut_short_is_told(self, tmp_path: Path) -> None:
        """The rows before it are kept."""
        text = "ID,Timestamp,Contents,Attachments\n10,2021-05-01 10:00:00+00:00,whole,\n11,2021-05-"
        reading = Reading(write(tmp_path / "messages.csv", text))
        assert reading.texts == ["whole"]
        assert [(damage.kept, damage.lost, damage.unit.value) for damage in reading.damages] == [(2, 1, "lines")]
        assert "line 3" in reading.said

    def test_broken_context_loses_no_message(self, tmp_path: Path) -> None:
        """A channel's file that cannot be read is done without."""
        root = package(tmp_path)
        write(root / "Messages" / "c300" / "channel.json", '{"id": "300", "ty')
        write(root / "Account" / "user.json", json.dumps([1, 2]))
        assert len(Reading(root).messages) == 3
