"""Snapchat's `chat_history.json`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archives_samples import Reading, write

from veilleuse.archives import Note
from veilleuse.archives.identity import digest
from veilleuse.events import Community, Media

SAM_AND_ZOE = f"sam:{digest('zoe')}"


def item(minute: int, content: str | None = "hello", sender: str = "sam", **more: object) -> dict[str, Any]:
    moment = datetime(2024, 5, 1, 10, minute, tzinfo=UTC)
    return {
        "From": sender,
        "Media Type": "TEXT",
        "Created": f"{moment:%Y-%m-%d %H:%M:%S} UTC",
        "Content": content,
        "Conversation Title": None,
        "IsSender": sender == "zoe",
        "Created(microseconds)": int(moment.timestamp() * 1000) + 123,
        **more,
    }


class TestSnapchat:
    """What was saved of each conversation."""

    def test_microseconds_are_milliseconds(self, tmp_path: Path) -> None:
        """Their name lies; the order is turned round; the owner is who sent."""
        history = {"sam": [item(2, "second", "zoe"), item(1, "first")]}
        reading = Reading(write(tmp_path / "chat_history.json", history))
        first, second = reading.messages
        assert first.at == datetime(2024, 5, 1, 10, 1, 0, 123000, tzinfo=UTC)
        assert (first.text, first.author, first.to, first.channel) == ("first", "sam", ("zoe",), SAM_AND_ZOE)
        assert (second.text, second.author, second.to) == ("second", "zoe", ("sam",))
        assert reading.intake.notes == [Note.SAVED_ONLY]
        assert reading.intake.formats == ["snapchat"]

    def test_true_microseconds_and_none(self, tmp_path: Path) -> None:
        """Told by their size; without them, the written time serves."""
        moment = datetime(2024, 5, 1, 10, 1, 0, 123000, tzinfo=UTC)
        history = {
            "sam": [item(1) | {"Created(microseconds)": int(moment.timestamp()) * 1_000_000 + 123_000}],
            "lea": [item(1, sender="lea") | {"Created(microseconds)": 0}],
        }
        first, second = Reading(write(tmp_path / "a.json", history)).messages
        assert first.at == moment
        assert second.at == moment.replace(microsecond=0)

    def test_group(self, tmp_path: Path) -> None:
        """Its title is a name to judge; messages go to the others."""
        title = {"Conversation Title": "Chess club"}
        history = {"0b1c-4d": [item(3, sender="lea", **title), item(2, sender="zoe", **title), item(1, **title)]}
        reading = Reading(write(tmp_path / "a.json", history))
        assert [community.name for community in reading.only(Community)] == ["Chess club"]
        assert [set(m.to) for m in reading.messages] == [{"lea", "zoe"}, {"sam", "lea"}, {"sam", "zoe"}]

    def test_media_and_notices(self, tmp_path: Path) -> None:
        """Media tell their kind; what left no word, and the application's notices, are nothing."""
        history = {
            "sam": [
                item(5, None, **{"Media Type": "STATUSERASEDMESSAGE"}),
                item(4, None),
                item(3, "", **{"Media Type": "NOTE"}),
                item(2, "look", **{"Media Type": "MEDIA"}),
                item(1, "", **{"Media Type": "STICKER"}),
            ]
        }
        reading = Reading(write(tmp_path / "a.json", history))
        assert [media.type for media in reading.only(Media)] == ["sticker", "image", "audio"]
        assert reading.texts == ["look"]

    def test_owner_is_named_beside(self, tmp_path: Path) -> None:
        """A conversation without an answer still goes to somebody, when the account's file says to whom."""
        write(tmp_path / "json" / "account.json", {"Basic Information": {"Username": "zoe"}})
        write(tmp_path / "json" / "chat_history.json", {"sam": [item(1)]})
        assert [message.to for message in Reading(tmp_path).messages] == [("zoe",)]

    def test_old_export_parts_sent_from_received(self, tmp_path: Path) -> None:
        """Two lists, escaped as for the web."""
        base = {"Media Type": "TEXT", "Created": "2021-05-01 10:00:00 UTC"}
        history = {
            "Received Saved Chat History": [{"From": "sam", "Text": "it&#39;s late", **base}],
            "Sent Saved Chat History": [{"To": "sam", "Text": "see you", **base}],
        }
        reading = Reading(write(tmp_path / "a.json", history))
        assert [(m.text, m.author, m.to) for m in reading.messages] == [
            ("it's late", "sam", ("owner",)),
            ("see you", "owner", ("sam",)),
        ]
        assert len({message.channel for message in reading.messages}) == 1
        assert len({message.id for message in reading.messages}) == 2

    def test_two_accounts_that_know_the_same_friend(self, tmp_path: Path) -> None:
        """Two conversations, told apart by their owner, whom the account's file names, or what was sent."""
        write(tmp_path / "a" / "json" / "account.json", {"Basic Information": {"Username": "zoe"}})
        write(tmp_path / "a" / "json" / "chat_history.json", {"sam": [item(1)]})
        write(tmp_path / "b" / "chat_history.json", {"sam": [item(2, sender="lea", IsSender=True), item(1)]})
        write(tmp_path / "c" / "chat_history.json", {"sam": [item(1)]})
        write(tmp_path / "d" / "chat_history.json", {"sam": [item(2, sender="zoe"), item(1)]})
        messages = Reading(tmp_path).messages
        channels = [message.channel for message in messages]
        assert channels[0] == channels[-1] == SAM_AND_ZOE
        assert channels[1] == channels[2] == f"sam:{digest('lea')}"
        assert len(set(channels)) == 3
        assert len({message.id for message in messages[:4]}) == 4
