"""Messenger and Instagram."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from archives_samples import Reading, garbled, meta_thread, write, zipped

from veilleuse.events import Account, Community, Media


def item(number: int, content: str = "hello", author: str = "Sam", **more: object) -> dict[str, Any]:
    return {"sender_name": author, "timestamp_ms": 1714557600000 + number, "content": content, **more}


class TestMeta:
    """Threads in JSON."""

    def test_newest_first_is_told_from_the_oldest(self, tmp_path: Path) -> None:
        """And each message goes to the other participant."""
        thread = meta_thread([item(2, "second", "Zoé"), item(1, "first")])
        reading = Reading(write(tmp_path / "messages" / "inbox" / "zoe_1" / "message_1.json", garbled(thread)))
        first, second = reading.messages
        assert (first.text, first.author, first.to) == ("first", "Sam", ("Zoé",))
        assert (second.text, second.author, second.to) == ("second", "Zoé", ("Sam",))
        assert first.at == datetime.fromtimestamp(1714557600.001, UTC)
        assert (first.platform, first.community, first.channel) == ("messenger", None, "messenger:inbox/zoe_1")
        assert [account.name for account in reading.only(Account)] == ["Sam", "Zoé"]

    def test_higher_numbers_are_older(self, tmp_path: Path) -> None:
        """A long thread is cut every 10,000 messages; 10 comes before 2, and ids go on from file to file."""
        for number in (1, 2, 10):
            thread = meta_thread([item(-number, f"from {number}")])
            write(tmp_path / "inbox" / "zoe_1" / f"message_{number}.json", thread)
        reading = Reading(tmp_path)
        assert reading.texts == ["from 10", "from 2", "from 1"]
        assert len({message.id for message in reading.messages}) == 3

    @pytest.mark.parametrize("box", ["inbox", "message_requests", "filtered_threads", "archived_threads"])
    def test_strangers_are_read_too(self, tmp_path: Path, box: str) -> None:
        """Whatever the box; requests are where strangers write."""
        path = tmp_path / "your_instagram_activity" / "messages" / box / "x_1" / "message_1.json"
        reading = Reading(write(path, meta_thread([item(1)], thread_path=f"{box}/x_1")).parents[4])
        assert [(m.platform, m.channel) for m in reading.messages] == [("instagram", f"instagram:{box}/x_1")]

    def test_text_is_mended_once_for_the_whole_file(self, tmp_path: Path) -> None:
        """Bytes taken for letters become text again, and a typed "Ã©" stays what was typed."""
        thread = garbled(meta_thread([item(2, "C’est l’été 🌞"), item(1, "Ã©")]))
        raw = json.dumps(thread)
        assert r"\u00c3" in raw
        assert Reading(write(tmp_path / "message_1.json", raw)).texts == ["Ã©", "C’est l’été 🌞"]

    @pytest.mark.parametrize("witness", ["été", "日本", "🌞", "naïve"])
    def test_real_text_is_left_alone(self, tmp_path: Path, witness: str) -> None:
        """A file that is not garbled keeps its "Ã©": one look at the whole file decides."""
        thread = meta_thread([item(2, witness), item(1, "Ã©")], people=["Sam", "Zoé"])
        assert Reading(write(tmp_path / "message_1.json", thread)).texts == ["Ã©", witness]

    def test_encrypted_export(self, tmp_path: Path) -> None:
        """Other keys, text as it was written, one file a thread in one folder; never mended."""
        for name in ("Zoé", "Lea"):
            thread = {
                "participants": [name, "Sam"],
                "threadName": f"{name}_4",
                "messages": [
                    {
                        "isUnsent": False,
                        "media": [{"uri": "./media/a.jpeg"}],
                        "reactions": [],
                        "senderName": name,
                        "text": "Ã©",
                        "timestamp": 1714557600001,
                        "type": "media",
                    },
                    {"isUnsent": True, "senderName": name, "text": "gone", "timestamp": 1714557600002, "type": "text"},
                    {"isUnsent": False, "senderName": name, "text": "", "timestamp": 1, "type": "placeholder"},
                ],
            }
            write(tmp_path / f"{name}_4.json", b"\xef\xbb\xbf" + json.dumps(thread).encode())
        reading = Reading(tmp_path)
        said = {(m.text, m.author, m.to, str(m.channel).rpartition(":")[0]) for m in reading.messages}
        assert said == {
            ("Ã©", "Zoé", ("Sam",), "messenger:Zoé_4"),
            ("Ã©", "Lea", ("Sam",), "messenger:Lea_4"),
        }
        assert [media.type for media in reading.only(Media)] == ["image", "image"]
        assert reading.damages == []

    @pytest.mark.parametrize("key", ["threadName", "none"])
    def test_threads_of_one_name_are_told_apart_by_who_is_in_them(self, tmp_path: Path, key: str) -> None:
        """Two people's exports may both hold a "Zoé_4"; the same thread, exported again, keeps its channel."""
        for folder, owner in (("a", "Sam"), ("b", "Lea"), ("again", "Sam")):
            thread = meta_thread([item(1)], people=["Zoé", owner], **{key: "Zoé_4"})
            del thread["thread_path"]
            write(tmp_path / folder / "Zoé_4" / "message_1.json", thread)
        channels = [str(m.channel) for m in Reading(tmp_path).messages]
        assert channels[0] == channels[1] != channels[2]
        assert {channel.rpartition(":")[0] for channel in channels} == {"messenger:Zoé_4"}

    def test_group_has_a_name_to_judge(self, tmp_path: Path) -> None:
        """A small group's messages go to its members; those of a large one to the group."""
        small = meta_thread([item(1)], people=["Sam", "Zoé", "Lea"], title="Chess club")
        reading = Reading(write(tmp_path / "message_1.json", small))
        assert [community.name for community in reading.only(Community)] == ["Chess club"]
        assert [(m.to, m.community) for m in reading.messages] == [(("Zoé", "Lea"), None)]
        large = meta_thread([item(1)], people=["Sam", *map(str, range(20))], title="Chess club")
        (message,) = Reading(write(tmp_path / "message_1.json", large)).messages
        assert (message.to, message.community) == ((), message.channel)

    def test_media_shares_and_notices(self, tmp_path: Path) -> None:
        """Media tell their kind; a share its words, else its link; calls and what was taken back are nothing."""
        items = [
            item(1, "", photos=[{"uri": "a.jpg"}, {"uri": "b.jpg"}]),
            item(2, "", videos=[{"uri": "a.mp4"}], audio_files=[{"uri": "a.m4a"}], gifs=[{"uri": "a.gif"}]),
            item(3, "", sticker={"uri": "s.png"}, files=[{"uri": "f.pdf"}]),
            item(4, "", share={"link": "https://example.org", "share_text": "a poem"}),
            item(5, "Sam called you.", type="Call"),
            item(6, "gone", is_unsent=True),
        ]
        reading = Reading(write(tmp_path / "message_1.json", meta_thread(reversed(items))))
        assert [m.type for m in reading.only(Media)] == ["image", "image", "image", "video", "audio", "file", "sticker"]
        assert reading.texts == ["a poem"]

    def test_zip(self, tmp_path: Path) -> None:
        """As downloaded, pictures and all; the name of the zip tells Instagram from Messenger."""
        members: dict[str, bytes | str] = {
            "messages/inbox/zoe_1/message_1.json": json.dumps(meta_thread([item(1)])),
            "messages/inbox/zoe_1/photos/1.jpg": b"\xff\xd8\xff\xe0 no picture",
            "messages/secret_groups.html": "<html></html>",
        }
        reading = Reading(zipped(tmp_path / "instagram-zoe-2024.zip", members))
        assert [m.platform for m in reading.messages] == ["instagram"]
        assert reading.damages == []
