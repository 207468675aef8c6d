"""DiscordChatExporter's files, with what real ones have."""

from datetime import UTC, datetime
from pathlib import Path

from archives_samples import Reading, direct_message, discord_export, discord_message, discord_user, write

from veilleuse.events import Account, Community, Media, MemberJoined, Message


class TestDiscordExporter:
    """Channels of a server, each a file."""

    def test_message_keeps_all_that_matters(self, tmp_path: Path) -> None:
        """Ids, author, place, mentions, the answered message, and the local time as an instant."""
        item = discord_message(
            1, type="Reply", reference={"messageId": "0", "channelId": "200"}, mentions=[discord_user("9")]
        )
        reading = Reading(write(tmp_path / "a.json", discord_export([item])))
        assert reading.messages == [
            Message(
                id="1",
                at=datetime(2024, 5, 1, 8, 1, 0, 500000, tzinfo=UTC),
                platform="discord",
                author="1",
                text="hello",
                community="100",
                channel="200",
                reply_to="0",
                mentions=("9",),
            )
        ]
        assert reading.damages == []
        assert reading.intake.formats == ["discord-chat-exporter"]

    def test_each_author_is_introduced_once_by_the_name_people_see(self, tmp_path: Path) -> None:
        """Names are judged too, so the first sight of an author is an event, before their first message."""
        reading = Reading(write(tmp_path / "a.json", discord_export([discord_message(n) for n in range(3)])))
        assert [(account.account, account.name) for account in reading.only(Account)] == [("1", "Nick 1")]
        assert isinstance(reading.events[1], Account)

    def test_files_of_a_server_make_one_community(self, tmp_path: Path) -> None:
        """All channels are named at once, before the first message, whatever the number of files."""
        for number, name in enumerate(["general", "openings"]):
            channel = {"id": f"20{number}", "name": name, "topic": f"about {name}"}
            write(tmp_path / f"{name}.json", discord_export([discord_message(number)], channel=channel))
        write(tmp_path / "notes.txt", "no export")
        reading = Reading(tmp_path)
        (community,) = reading.only(Community)
        assert reading.events[0] == community
        assert community.channels == ("general", "openings")
        assert community.name == "Chess club"
        assert community.description == "Games\nabout general\nabout openings"
        assert community.at == reading.messages[0].at
        assert reading.damages == []

    def test_guild_zero_is_a_private_conversation(self, tmp_path: Path) -> None:
        """No community, and each message goes to the other one, even those before the first answer."""
        items = [discord_message(n, author=author) for n, author in enumerate(["1", "1", "2"])]
        reading = Reading(write(tmp_path / "a.json", direct_message(items)))
        assert reading.only(Community) == []
        assert [(m.author, m.to, m.community, m.channel) for m in reading.messages] == [
            ("1", ("2",), None, "300"),
            ("1", ("2",), None, "300"),
            ("2", ("1",), None, "300"),
        ]

    def test_a_silent_side_stops_nothing(self, tmp_path: Path) -> None:
        """Where only one of the two ever wrote, the messages are read all the same."""
        items = [discord_message(n) for n in range(3)]
        assert [m.to for m in Reading(write(tmp_path / "a.json", direct_message(items))).messages] == [(), (), ()]

    def test_private_group_has_a_name_to_judge(self, tmp_path: Path) -> None:
        """A group's messages go to its other members, and its name is an event."""
        items = [discord_message(n, author=str(n)) for n in range(3)]
        reading = Reading(write(tmp_path / "a.json", direct_message(items, kind="DirectGroupTextChat")))
        assert [community.name for community in reading.only(Community)] == ["Sam"]
        assert [set(m.to) for m in reading.messages] == [{"1", "2"}, {"0", "2"}, {"0", "1"}]

    def test_category_of_a_thread_is_its_parent_channel(self, tmp_path: Path) -> None:
        """The parent is named among the channels, and not in the description."""
        channel = {"type": "GuildPublicThread", "category": "openings", "name": "the Italian game"}
        reading = Reading(write(tmp_path / "a.json", discord_export([discord_message(1)], channel=channel)))
        (community,) = reading.only(Community)
        assert community.channels == ("openings", "the Italian game")
        assert community.description == ""

    def test_parts_are_whole_documents_read_in_the_order_of_time(self, tmp_path: Path) -> None:
        """ "[part 10]" sorts before "[part 2]" and before the first part; time decides."""
        for name, number in [("c.json", 1), ("c [part 2].json", 2), ("c [part 10].json", 10)]:
            write(tmp_path / name, discord_export([discord_message(number)]))
        reading = Reading(tmp_path)
        assert [m.id for m in reading.messages] == ["1", "2", "10"]
        assert len(reading.only(Community)) == 1

    def test_forwarded_text_is_read(self, tmp_path: Path) -> None:
        """What was passed on counts as written, alone or below the author's own words."""
        forwarded = {"timestamp": "2024-05-01T10:00:00+00:00", "content": "passed on", "attachments": []}
        items = [
            discord_message(1, "", forwardedMessage=forwarded),
            discord_message(2, "look", forwardedMessage=forwarded | {"attachments": [{"fileName": "a.png"}]}),
        ]
        reading = Reading(write(tmp_path / "a.json", discord_export(items)))
        assert reading.texts == ["passed on", "look\npassed on"]
        assert [media.type for media in reading.only(Media)] == ["image"]

    def test_old_files_lack_keys(self, tmp_path: Path) -> None:
        """Neither `exportedAt` nor `inlineEmojis`, `roles`, `stickers` or nicknames are needed."""
        old = {
            "guild": {"id": "100", "name": "Chess club"},
            "channel": {"id": "200", "type": "GuildTextChat", "name": "general"},
            "messages": [
                {
                    "id": "1",
                    "type": "Default",
                    "timestamp": "2019-07-10T20:22:10.9271234+00:00",
                    "content": "hi",
                    "author": {"id": "1", "name": "sam"},
                }
            ],
        }
        reading = Reading(write(tmp_path / "a.json", old))
        assert reading.texts == ["hi"]
        assert reading.only(Account)[0].name == "sam"

    def test_unknown_kinds_are_numbers_and_are_read(self, tmp_path: Path) -> None:
        """A number stands for a kind the exporter did not know, as text or bare; what was said is not lost."""
        items = [discord_message(1, type="20"), discord_message(2, type=24), discord_message(3, type="NewKind")]
        channel = {"type": "16"}
        reading = Reading(write(tmp_path / "a.json", discord_export(items, channel=channel)))
        assert len(reading.messages) == 3

    def test_notices_of_the_platform_are_no_messages(self, tmp_path: Path) -> None:
        """A member who joined is an event of its own; pins, calls and the like are nothing."""
        items = [
            discord_message(1, "Joined the server.", author="5", type="GuildMemberJoin"),
            discord_message(2, "Pinned a message.", type="ChannelPinnedMessage"),
            discord_message(3, "Joined the server.", author="6", type=7),
        ]
        reading = Reading(write(tmp_path / "a.json", discord_export(items)))
        assert reading.messages == []
        assert [(joined.account, joined.community) for joined in reading.only(MemberJoined)] == [
            ("5", "100"),
            ("6", "100"),
        ]

    def test_media_tell_their_kind_and_nothing_else(self, tmp_path: Path) -> None:
        """No name and no address of a file goes further; embeds are ignored; ids stay apart."""
        files = [{"fileName": name, "url": "https://example.org/secret"} for name in ("a.PNG", "b.mp4", "c.ogg", "d")]
        item = discord_message(1, "", attachments=files, stickers=[{"name": "wave"}], embeds=[{"title": "seen"}])
        reading = Reading(write(tmp_path / "a.json", discord_export([item, discord_message(2, "")])))
        media = reading.only(Media)
        assert [found.type for found in media] == ["image", "video", "audio", "file", "sticker"]
        assert len({found.id for found in media}) == 5
        assert {found.message for found in media} == {None}
        assert reading.messages == []

    def test_minified_file_is_read_alike(self, tmp_path: Path) -> None:
        """Line breaks serve speed only: a file without any gives the same events."""
        import json

        export = discord_export([discord_message(n, f"text {n}") for n in range(50)])
        pretty = Reading(write(tmp_path / "a" / "a.json", export))
        minified = Reading(write(tmp_path / "b" / "a.json", json.dumps(export, separators=(",", ":"))))
        assert pretty.events == minified.events
        assert len(pretty.messages) == 50

    def test_empty_server_is_no_older_than_what_was_said(self, tmp_path: Path) -> None:
        """Exported beside others, without a date of its own, it is not as old as its own beginning."""
        write(tmp_path / "a.json", discord_export([]))
        write(tmp_path / "b.json", discord_export([discord_message(1)], guild={"id": "101"}))
        reading = Reading(tmp_path)
        assert {community.at for community in reading.only(Community)} == {reading.messages[0].at}
