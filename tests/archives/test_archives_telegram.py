"""Telegram Desktop's `result.json`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from archives_samples import Reading, write

from veilleuse.archives import Note
from veilleuse.events import Account, Community, Media, MemberJoined


def item(number: int, text: object = "hello", author: object = "user7", **more: object) -> dict[str, Any]:
    return {
        "id": number,
        "type": "message",
        "date": "2024-05-01T12:00:00",
        "date_unixtime": str(1714557600 + number),
        "from": "Sam",
        "from_id": author,
        "text": text,
        "text_entities": [{"type": "plain", "text": text}] if isinstance(text, str) and text else [],
        **more,
    }


def chat(
    *messages: object, kind: str = "personal_chat", identifier: int = 7, name: str | None = "Sam"
) -> dict[str, Any]:
    return {"name": name, "type": kind, "id": identifier, "messages": list(messages)}


class TestTelegram:
    """One conversation, or a whole account."""

    def test_single_chat(self, tmp_path: Path) -> None:
        """Ids hold the conversation, since numbers start again in each; the instant is the one in UTC."""
        reading = Reading(
            write(tmp_path / "result.json", chat(item(1), item(2, author="user1", reply_to_message_id=1)))
        )
        first, second = reading.messages
        assert (first.id, first.author, first.to, first.channel) == ("7:1", "user7", ("user1",), "7")
        assert (second.to, second.reply_to) == (("user7",), "7:1")
        assert first.at == datetime.fromtimestamp(1714557601, UTC)
        assert reading.intake.formats == ["telegram-desktop"]
        assert reading.intake.notes == []

    def test_full_export(self, tmp_path: Path) -> None:
        """Every conversation, left ones too; the owner is known from the start."""
        account = {
            "about": "Here is the data you requested.",
            "personal_information": {"user_id": 1, "first_name": "Zoé"},
            "contacts": {"list": [{"first_name": "Sam"}]},
            "chats": {
                "about": "",
                "list": [chat(item(1)), chat(item(1), kind="private_group", identifier=8, name="Chess")],
            },
            "left_chats": {"about": "", "list": [chat(item(2), kind="public_supergroup", identifier=9, name="Garden")]},
        }
        reading = Reading(write(tmp_path / "result.json", account))
        assert [(m.id, m.community, m.to) for m in reading.messages] == [
            ("7:user1:1", None, ("user1",)),
            ("8:1", "8", ()),
            ("9:2", "9", ()),
        ]
        assert [community.name for community in reading.only(Community)] == ["Chess", "Garden"]
        assert reading.damages == []

    def test_two_accounts_that_know_the_same_person(self, tmp_path: Path) -> None:
        """Each account numbers its own messages: two conversations, whatever their numbers."""
        for owner in (1, 2):
            account = {"personal_information": {"user_id": owner}, "chats": {"about": "", "list": [chat(item(1))]}}
            write(tmp_path / str(owner) / "result.json", account)
        messages = Reading(tmp_path).messages
        assert [(m.id, m.channel) for m in messages] == [("7:user1:1", "7:user1"), ("7:user2:1", "7:user2")]

    def test_text_comes_whole_or_in_pieces(self, tmp_path: Path) -> None:
        """`text_entities` first; else a string, or strings and objects together."""
        pieces = ["see ", {"type": "bold", "text": "this"}, " now"]
        entities = [{"type": "plain", "text": "from "}, {"type": "link", "text": "entities"}]
        messages = [item(1, pieces), item(2, pieces, text_entities=entities), item(3, "plain"), item(4, "")]
        del messages[2]["text_entities"]
        assert Reading(write(tmp_path / "a.json", chat(*messages))).texts == ["see this now", "from entities", "plain"]

    def test_deleted_account_has_no_name(self, tmp_path: Path) -> None:
        """`from` is null: the number stays, and says who."""
        reading = Reading(write(tmp_path / "a.json", chat(item(1) | {"from": None})))
        assert [(a.account, a.name) for a in reading.only(Account)] == [("user7", "")]

    def test_escapes_of_c_are_repaired(self, tmp_path: Path) -> None:
        r"""`\x0B` is no JSON; after an escaped backslash it is plain text."""
        text = '{"name": "Sam", "type": "personal_chat", "id": 7, "messages": [\n'
        text += ",\n".join(
            f' {{\n  "id": {n}, "date": "2024-05-01T12:00:00", "from_id": "user7", "text": "{t}"\n }}'
            for n, t in enumerate([r"one\x0Btwo", r"back\\x0Bslash", r"odd\\\x0Bend", "ordinary"])
        )
        reading = Reading(write(tmp_path / "a.json", text + "\n]}"))
        assert reading.texts == ["one\x0btwo", r"back\x0Bslash", "odd\\\x0bend", "ordinary"]
        assert reading.damages == []

    def test_file_name_without_quotes_is_repaired(self, tmp_path: Path) -> None:
        """Version 4.1 forgot them around the file of a custom emoji."""
        text = (
            '{\n "name": "Sam",\n "type": "personal_chat",\n "id": 7,\n "messages": [\n  {\n   "id": 1,\n'
            '   "type": "message",\n   "date": "2024-05-01T12:00:00",\n   "from_id": "user7",\n   "text": [\n    {\n'
            '     "type": "custom_emoji",\n     "text": "ok",\n     "document_id": files/a (2).webm\n    }\n   ]\n'
            "  }\n ]\n}"
        )
        reading = Reading(write(tmp_path / "a.json", text))
        assert reading.texts == ["ok"]
        assert reading.damages == []

    def test_old_files_have_local_times_and_bare_numbers(self, tmp_path: Path) -> None:
        """No `date_unixtime`: the time is taken as it stands, and the report says so."""
        old = item(1, author=7)
        del old["date_unixtime"], old["text_entities"]
        reading = Reading(write(tmp_path / "a.json", chat(old)))
        assert reading.messages[0].at == datetime(2024, 5, 1, 12, tzinfo=UTC)
        assert reading.messages[0].author == "user7"
        assert reading.intake.notes == [Note.LOCAL_TIMES]

    def test_media(self, tmp_path: Path) -> None:
        """Their kind, by whichever key says it."""
        media = [
            {"photo": "photos/a.jpg"},
            {"file": "v.mp4", "media_type": "video_file"},
            {"file": "v.ogg", "media_type": "voice_message"},
            {"file": "s.webp", "media_type": "sticker"},
            {"file": "(File not included.)", "mime_type": "image/png"},
            {"file": "a.pdf", "mime_type": "application/pdf"},
        ]
        reading = Reading(write(tmp_path / "a.json", chat(*(item(n, "", **m) for n, m in enumerate(media)))))
        assert [m.type for m in reading.only(Media)] == ["image", "video", "audio", "sticker", "image", "file"]

    def test_what_happens_in_a_group(self, tmp_path: Path) -> None:
        """Who came in, and each new name of the group or of a topic in it; calls and pins are nothing."""

        def service(number: int, action: str, **more: object) -> dict[str, Any]:
            base = {"id": number, "type": "service", "date": "2024-05-01T12:00:00", "date_unixtime": "1714557600"}
            return base | {"actor": "Lea", "actor_id": "user9", "action": action, "text": ""} | more

        group = chat(
            service(1, "create_group", title="Chess"),
            service(2, "join_group_by_link", inviter="Sam"),
            service(3, "edit_group_title", title="Chess and cake"),
            service(4, "topic_created", title="openings"),
            service(5, "phone_call"),
            kind="private_supergroup",
            identifier=8,
            name="Chess",
        )
        reading = Reading(write(tmp_path / "a.json", group))
        assert [joined.account for joined in reading.only(MemberJoined)] == ["user9"]
        assert [(c.name, c.channels) for c in reading.only(Community)] == [
            ("Chess", ()),
            ("Chess and cake", ()),
            ("", ("openings",)),
        ]
        assert len({event.id for event in reading.events}) == len(reading.events)

    def test_polls_are_read(self, tmp_path: Path) -> None:
        """The question and the answers are words too."""
        poll = {"question": "Which day?", "answers": [{"text": "Monday", "voters": 1}, {"text": "Friday", "voters": 0}]}
        assert Reading(write(tmp_path / "a.json", chat(item(1, "", poll=poll)))).texts == ["Which day?\nMonday\nFriday"]

    def test_saved_messages_go_to_nobody(self, tmp_path: Path) -> None:
        """Notes to oneself have no recipient, and their conversation no name."""
        reading = Reading(write(tmp_path / "a.json", chat(item(1), kind="saved_messages", name=None)))
        assert [(m.to, m.community) for m in reading.messages] == [((), None)]
