"""Bad input: each ends in a clear error or a correct result, never a traceback, never lost neighbours."""

import errno
import json
import os
import random
import struct
import threading
import zipfile
from pathlib import Path
from typing import ClassVar

import pytest
from archives_samples import (
    Reading,
    discord_export,
    discord_message,
    event_line,
    garbled,
    lines,
    meta_thread,
    write,
    zipped,
)

from veilleuse.archives import Limits
from veilleuse.archives.ledger import DETAILED
from veilleuse.archives.source import unreadable
from veilleuse.events import encode
from veilleuse.language import Language

CHAT = "[31/05/2023, 20:04:00] Sam: hi\n"
TIGHT = Limits(ratio=20, slack=10_000, total=1_000_000)


class TestFiles:
    """Files that are not what they seem."""

    @pytest.mark.parametrize("content", ["", "\n\n", "  "])
    def test_empty_file(self, tmp_path: Path, content: str) -> None:
        """It is said to be empty."""
        reading = Reading(write(tmp_path / "a.json", content))
        assert reading.events == []
        assert "this file is empty" in reading.said

    def test_absent_file(self, tmp_path: Path) -> None:
        """The others are read."""
        reading = Reading(tmp_path / "absent.json", write(tmp_path / "e.jsonl", event_line()))
        assert len(reading.events) == 1
        assert "there is no such file" in reading.said

    @pytest.mark.parametrize("content", ["just some words", "%PDF-1.7", '{"name": "package", "version": "1"}', "[]"])
    def test_unknown_file(self, tmp_path: Path, content: str) -> None:
        """Named directly, it is a damage that says what can be read; in a folder it is left alone."""
        path = write(tmp_path / "folder" / "a.txt", content)
        reading = Reading(path)
        assert reading.events == []
        assert (
            "no export that Veilleuse knows" in reading.said or "is no event" in reading.said or "kind" in reading.said
        )
        write(tmp_path / "folder" / "e.jsonl", event_line())
        assert Reading(tmp_path / "folder").damages == []

    def test_folder_and_zip_without_exports(self, tmp_path: Path) -> None:
        """Nothing readable is a damage too."""
        write(tmp_path / "folder" / "notes.txt", "words")
        archive = zipped(tmp_path / "a.zip", {"notes.txt": "words"})
        reading = Reading(tmp_path / "folder", archive)
        assert [damage.path for damage in reading.damages] == [str(tmp_path / "folder"), str(archive)]
        assert "nothing in it is an export" in reading.said
        assert "kept" not in reading.said

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
    def test_forbidden_file(self, tmp_path: Path) -> None:
        """Rights are told as rights."""
        path = write(tmp_path / "e.jsonl", event_line())
        path.chmod(0)
        assert "not allowed to read" in Reading(path).said

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
    def test_pipe_in_a_folder_is_left_alone(self, tmp_path: Path) -> None:
        """Waiting for it would take forever."""
        os.mkfifo(tmp_path / "pipe")
        write(tmp_path / "e.jsonl", event_line())
        assert len(Reading(tmp_path).events) == 1

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
    def test_pipe_named_directly_is_read_once(self, tmp_path: Path) -> None:
        """Event lines may come from another program."""
        os.mkfifo(tmp_path / "pipe")
        text = lines(event_line("a"), event_line("b"))
        writer = threading.Thread(target=(tmp_path / "pipe").write_text, args=(text,))
        writer.start()
        assert len(Reading(tmp_path / "pipe").events) == 2
        writer.join()

    def test_name_the_system_refuses(self, tmp_path: Path) -> None:
        """Too long for any file: a damage like another."""
        assert len(Reading(tmp_path / ("x" * 5000)).damages) == 1

    def test_several_paths_of_several_formats(self, tmp_path: Path) -> None:
        """All are read, and all are named."""
        reading = Reading(
            write(tmp_path / "d.json", discord_export([discord_message(1)])),
            write(tmp_path / "w.txt", CHAT),
            write(tmp_path / "e.jsonl", event_line()),
        )
        assert reading.intake.formats == ["discord-chat-exporter", "whatsapp", "event-lines"]
        assert len(reading.messages) == 3
        assert reading.intake.read_bytes == reading.intake.total_bytes > 0

    def test_reading_again_gives_the_same(self, tmp_path: Path) -> None:
        """Events and damages alike."""
        write(tmp_path / "e.jsonl", lines(event_line(), "{}"))
        reading = Reading(tmp_path)
        again = list(reading.intake)
        assert again == reading.events
        assert len(reading.damages) == 1


class TestBesideExports:
    """What lies beside an export, in a folder or a zip: named when it may be a conversation, else left alone."""

    EXPORT = json.dumps(discord_export([discord_message(n) for n in range(9)]), indent=2)
    BROKEN: ClassVar[dict[str, bytes]] = {
        "cut.json": b'{"guild": {"id": "1"',
        "cut": b'{"guild": {"id": "1"',
        "tail.json": EXPORT[-1200:].encode(),
        "marked.json": b"\xef\xbb\xbf{",
        "wide.json": '{"guild": {"id": "1"'.encode("utf-16"),
        "unmarked.json": EXPORT.encode("utf-16-le"),
        "rotten.json": b'{"a": 1, "b": }' + b" " * 100_000,
        "joined.json": b'{"a": 1}, {"a": 2}',
        "empty.json": b"",
        "cut.zip": b"PK\x03\x04 and no more",
        "empty.ZIP": b"",
        "chat.txt": b"[31. mai 2023 kl. 20:04] Sam: hei\n[31. mai 2023 kl. 20:05] Lea: hei\n",
        "chat2.txt": "2023年5月31日 20:04:09 - Sam\n2023年5月31日 20:04:09 - Sam: a\n".encode() * 2,
        "chat3.txt": b"May 31, 2023, 8:04 PM - Sam: a\nMay 31, 2023, 8:04 PM - Sam: b\n",
    }
    ORDINARY: ClassVar[dict[str, bytes]] = {
        "settings.json": b'{"theme": "dark"}',
        "list.json": b'["a", 1, null]\n',
        "null.json": b"null",
        "wide.json": '{"theme": "dark"}'.encode("utf-16"),
        "events.json": b'{"event_type": "a"}\n{"event_type": "b"}\n' * 5_000,
        "large.json": json.dumps([{"a": "é" * 50}] * 5_000, indent=1).encode(),
        "README.txt": b"See [the site](https://example.org).\n\n1. Read\n2. Meet on 31/05/2023 at 20:04 - bring: tea\n",
        "brackets.txt": b"[chapter one]\nIt begins.",
        "times.txt": b"Mon 12 May 10:30 - Maths: room 3\nMon 12 May 11:30 - French: room 4\n",
        "desktop.ini": "[.ShellClassInfo]\r\nIconIndex=0\r\n".encode("utf-16"),
        "letter.rtf": b"{\\rtf1 hello}",
        "style.css": b"{ color: red }",
        "page.html": b"<html></html>",
        "photo.jpg": b"\xff\xd8\xff\xe0 no picture",
        "photo.mp3": b"\xff\xfe\x00\x01" * 300,
        "empty.txt": b"",
        "report.docx": b"PK\x03\x04 no archive",
        "._export.json": b"\x00\x05\x16\x07",
        "__MACOSX/export.json": b"\x00\x05\x16\x07",
        "__MACOSX/._export.zip": b"\x00\x05\x16\x07",
    }

    @pytest.mark.parametrize("name", BROKEN)
    @pytest.mark.parametrize("packed", [False, True])
    def test_broken_export_is_named(self, tmp_path: Path, name: str, packed: bool) -> None:
        """It does not vanish because another one is right."""
        root = self._together(tmp_path, name, self.BROKEN[name], packed=packed)
        reading = Reading(root)
        assert reading.texts == ["hi"]
        assert [Path(damage.path) for damage in reading.damages] == [root / name]
        assert len(reading.said.splitlines()) == 2

    @pytest.mark.parametrize("name", ORDINARY)
    @pytest.mark.parametrize("packed", [False, True])
    def test_ordinary_file_is_left_alone(self, tmp_path: Path, name: str, packed: bool) -> None:
        """It is no damage to be no export."""
        if name == "report.docx" and not packed:
            pytest.skip("on disk it is opened, as any zip is")
        reading = Reading(self._together(tmp_path, name, self.ORDINARY[name], packed=packed))
        assert reading.texts == ["hi"]
        assert reading.damages == []

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
    @pytest.mark.parametrize("text", [EXPORT, CHAT, event_line()])
    def test_other_encodings_are_read(self, tmp_path: Path, encoding: str, text: str) -> None:
        """As an editor of Windows saves them, alone, in a folder and in a zip, to the letter."""
        text = text.replace("hello", "été 🌙").replace("hi", "été 🌙")
        expected = Reading(write(tmp_path / "plain.txt", text)).texts
        path = write(tmp_path / "folder" / "export.txt", text.encode(encoding))
        archive = zipped(tmp_path / "export.zip", {"export.txt": text.encode(encoding)})
        for reading in map(Reading, (path, path.parent, archive)):
            assert reading.texts == expected
            assert reading.damages == []

    def test_long_text_in_another_encoding(self, tmp_path: Path) -> None:
        """Nothing is lost where one stretch read ends and the next begins."""
        items = [discord_message(n, "é🌙\u200b" * 9_999) for n in range(20)]
        text = json.dumps(discord_export(items), ensure_ascii=False)
        reading = Reading(write(tmp_path / "a.json", b"\xff\xfe" + text.encode("utf-16-le")[:-3]))
        assert reading.texts == [item["content"] for item in items]
        assert len(reading.damages) == 1

    def _together(self, tmp_path: Path, name: str, content: bytes, *, packed: bool) -> Path:
        if packed:
            return zipped(tmp_path / "a.zip", {name: content, "_chat.txt": CHAT})
        write(tmp_path / "folder" / "_chat.txt", CHAT)
        return write(tmp_path / "folder" / name, content).parents[name.count("/")]


class TestReasons:
    """Why a system could not give a file."""

    @pytest.mark.parametrize("code", [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOSPC, errno.EIO])
    def test_common_reasons_are_said_in_both_languages(self, code: int) -> None:
        """Not in the system's own words, which are English."""
        problem = unreadable(OSError(code, os.strerror(code)))
        assert os.strerror(code) not in problem.say(Language.FR)
        assert problem.say(Language.FR) != problem.say(Language.EN)

    def test_rare_reason_keeps_the_words_of_the_system(self) -> None:
        """Better in English than not at all."""
        assert "(Odd thing)" in unreadable(OSError(errno.EXDEV, "Odd thing")).say(Language.FR)

    def test_link_that_leads_nowhere(self, tmp_path: Path) -> None:
        """Named in the words of the person, in a folder that is read all the same."""
        write(tmp_path / "_chat.txt", CHAT)
        try:
            (tmp_path / "link.json").symlink_to(tmp_path / "gone.json")
        except OSError:
            pytest.skip("no links here")
        reading = Reading(tmp_path)
        assert reading.texts == ["hi"]
        assert "(il n’est plus là, ou ne mène nulle part)" in reading.said


class TestJson:
    """Exports cut, broken, or made to break."""

    def test_truncated_export(self, tmp_path: Path) -> None:
        """The place, what was kept, how much was not, and what to do, in both languages."""
        text = json.dumps(discord_export([discord_message(n) for n in range(9)]), indent=2)
        cut = text[: text.index('"7"') + 40]
        reading = Reading(write(tmp_path / "a.json", cut))
        assert len(reading.messages) == 7
        (damage,) = reading.damages
        assert damage.kept == 8  # the author and seven messages; the community comes from all files together
        assert 0 < damage.lost < 100
        column = len(cut.rpartition("\n")[2]) + 1
        said = reading.said.replace("\u00a0", " ")
        assert f"at line {cut.count(chr(10)) + 1}, column {column}: it was cut. Export it again" in said
        assert f"8 events were kept of it. {damage.lost} bytes were not read." in said
        assert "8 événements en ont été gardés." in said

    def test_every_cut_of_every_format(self, tmp_path: Path) -> None:
        """Wherever a file stops, reading ends quietly and says so."""
        samples = {
            "a.json": json.dumps(discord_export([discord_message(n) for n in range(2)])),
            "b.json": json.dumps(garbled(meta_thread([{"sender_name": "é", "timestamp_ms": 1, "content": "é"}]))),
            "c.json": json.dumps({"name": "S", "type": "personal_chat", "id": 7, "messages": [{"id": 1, "date": "x"}]}),
            "d.json": json.dumps(
                {"sam": [{"From": "sam", "Media Type": "TEXT", "Created": "2024-05-01 10:00:00 UTC"}]}
            ),
        }
        for name, text in samples.items():
            for cut in range(0, len(text), 7):
                reading = Reading(write(tmp_path / name, text[:cut]))
                assert reading.damages, text[:cut]
                assert "None" not in reading.said

    def test_one_odd_message_costs_no_neighbour(self, tmp_path: Path) -> None:
        """A message of the wrong shape is told with its place."""
        items = [discord_message(n) for n in range(5)]
        items[2]["timestamp"] = "yesterday"
        items[3]["mentions"] = "nobody"
        reading = Reading(write(tmp_path / "a.json", discord_export(items)))
        assert [m.id for m in reading.messages] == ["0", "1", "4"]
        assert len(reading.damages) == 2
        assert '"timestamp" should be an instant' in reading.said
        assert '"mentions" should be a list, it is text' in reading.said

    def test_many_odd_messages_are_counted(self, tmp_path: Path) -> None:
        """Past a number they are no longer told one by one."""
        items = [{"id": str(n)} for n in range(DETAILED + 30)]
        reading = Reading(write(tmp_path / "a.json", discord_export([*items, discord_message(1)])))
        assert len(reading.damages) == DETAILED + 1
        assert "30 more places" in reading.said
        assert len(reading.messages) == 1

    @pytest.mark.parametrize("depth", [10_000, 200_000])
    def test_deep_nesting(self, tmp_path: Path, depth: int) -> None:
        """The neighbours are kept; a decoder that goes that deep may keep the message itself."""
        text = json.dumps(discord_export([discord_message(n) for n in range(3)]), indent=2)
        deep = text.replace('"embeds": []', '"embeds": ' + "[" * depth + "]" * depth, 2).replace(
            '"embeds": ' + "[" * depth + "]" * depth, '"embeds": []', 1
        )
        reading = Reading(write(tmp_path / "a.json", deep))
        assert [m.id for m in reading.messages if m.id != "1"] == ["0", "2"]
        assert len(reading.messages) + len(reading.damages) == 3

    @pytest.mark.parametrize("text", ["[" * 10_000, '{"a":' * 10_000, '{"messages":' + "[" * 10_000, "[" * 200_000])
    def test_nothing_but_nesting(self, tmp_path: Path, text: str) -> None:
        """No export, and no traceback."""
        reading = Reading(write(tmp_path / "a.json", text))
        assert reading.events == []
        assert len(reading.damages) == 1

    def test_surrogates_nul_and_bad_utf8(self, tmp_path: Path) -> None:
        """Text always comes out such that it can be written again."""
        text = json.dumps(discord_export([discord_message(n, f"<{n}>") for n in range(3)]))
        raw = text.encode().replace(b"<0>", rb"\ud83d!").replace(b"<1>", b"a\x00b\\u0000").replace(b"<2>", b"caf\xe9")
        reading = Reading(write(tmp_path / "a.json", raw))
        assert reading.texts == ["\ufffd!", "a\x00b\x00", "caf\ufffd"]
        assert all(encode(event) for event in reading.events)
        assert reading.damages == []

    def test_huge_message(self, tmp_path: Path) -> None:
        """Ten million characters are one message, quickly."""
        items = [discord_message(1), discord_message(2, "é" * 10_000_000), discord_message(3)]
        reading = Reading(write(tmp_path / "a.json", discord_export(items)))
        assert [len(text) for text in reading.texts] == [5, 10_000_000, 5]
        events = Reading(write(tmp_path / "e.jsonl", lines(event_line("a", text="x" * 10_000_000), event_line("b"))))
        assert [len(text) for text in events.texts] == [10_000_000, 5]
        chat = Reading(write(tmp_path / "w.txt", CHAT + "x" * 10_000_000 + "\n" + CHAT))
        assert [len(text) for text in chat.texts] == [10_000_003, 2]

    def test_a_million_zero_width_characters(self, tmp_path: Path) -> None:
        """They are kept: taking disguises off is for another room."""
        reading = Reading(write(tmp_path / "a.json", discord_export([discord_message(1, "a" + "\u200b" * 1_000_000)])))
        assert [len(text) for text in reading.texts] == [1_000_001]

    def test_random_bytes_never_raise(self, tmp_path: Path) -> None:
        """Any byte of an export may rot."""
        chance = random.Random(7)  # noqa: S311 # the same rot each time
        samples = [
            json.dumps(discord_export([discord_message(n) for n in range(3)]), indent=1).encode(),
            json.dumps(meta_thread([{"sender_name": "Sam", "timestamp_ms": 1, "content": "hi"}])).encode(),
            (CHAT * 3).encode(),
            lines(*[event_line(f"m{n}") for n in range(3)]).encode(),
        ]
        for _ in range(300):
            rotten = bytearray(chance.choice(samples))
            for _ in range(chance.randint(1, 6)):
                rotten[chance.randrange(len(rotten))] = chance.randrange(256)
            reading = Reading(write(tmp_path / "a", bytes(rotten)))
            assert all(encode(event) for event in reading.events)
            assert all(isinstance(damage.lost, int) for damage in reading.damages)


class TestZips:
    """Zips made to harm, and zips harmed."""

    @pytest.mark.parametrize(
        "name", ["../chat.txt", "/etc/chat.txt", "a/../../chat.txt", "C:/chat.txt", "..\\chat.txt"]
    )
    def test_names_that_lead_outside(self, tmp_path: Path, name: str) -> None:
        """They are refused, the others read, and nothing is written anywhere."""
        members = {name: CHAT, "WhatsApp Chat with Sam.txt": CHAT}
        (tmp_path / "inner").mkdir()
        archive = zipped(tmp_path / "inner" / "a.zip", members)
        before = sorted(tmp_path.rglob("*"))
        reading = Reading(archive)
        assert len(reading.messages) == 1
        assert "lead outside of it" in reading.said
        assert "kept" not in reading.said
        assert "gardé" not in reading.said
        assert sorted(tmp_path.rglob("*")) == before

    def test_bomb_that_says_its_size(self, tmp_path: Path) -> None:
        """It is not even opened."""
        reading = Reading(
            zipped(tmp_path / "a.zip", {"_chat.txt": CHAT + "\0" * 5_000_000, "b.txt": CHAT}), limits=TIGHT
        )
        assert len(reading.messages) == 1
        assert "swells far beyond" in reading.said
        assert [damage.path for damage in reading.damages] == [f"{tmp_path / 'a.zip'}/_chat.txt"]

    def test_bomb_that_lies_about_its_size(self, tmp_path: Path) -> None:
        """It is stopped while it swells, or where its lie ends."""
        content = (CHAT + "x" * 400_000).encode()
        archive = zipped(tmp_path / "a.zip", {"_chat.txt": content, "b.txt": CHAT})
        raw = archive.read_bytes()
        small = struct.pack("<L", 9_000)
        archive.write_bytes(raw.replace(struct.pack("<L", len(content)), small))
        with zipfile.ZipFile(archive) as opened:
            assert opened.getinfo("_chat.txt").file_size == 9_000
        reading = Reading(archive, limits=TIGHT)
        assert "hi" in reading.texts
        assert len(reading.damages) == 1

    def test_many_members_swell_together(self, tmp_path: Path) -> None:
        """Each is modest, all of them are not."""
        body = "".join(f"{CHAT[:-1]} {n * 7919 % 10_007}\n" for n in range(3_000))
        members = {f"chat {n}.txt": body for n in range(30)}
        reading = Reading(zipped(tmp_path / "a.zip", members), limits=Limits(ratio=50, slack=1 << 20, total=4 << 20))
        assert reading.messages
        assert "swells far beyond" in reading.said

    def test_ordinary_limits_let_repetition_through(self, tmp_path: Path) -> None:
        """A long export of short messages packs well, and is no bomb."""
        export = json.dumps(discord_export([discord_message(n % 60) for n in range(20_000)]), indent=2)
        reading = Reading(zipped(tmp_path / "a.zip", {"a.json": export}))
        assert len(reading.messages) == 20_000
        assert reading.damages == []

    def test_damaged_zip(self, tmp_path: Path) -> None:
        """Cut short, it has no list of members; rotten, a member does not hold what it should."""
        archive = zipped(tmp_path / "a.zip", {"_chat.txt": CHAT * 1000, "b.txt": CHAT})
        raw = bytearray(archive.read_bytes())
        cut = write(tmp_path / "cut.zip", bytes(raw[:200]))
        assert "damaged or incomplete" in Reading(cut).said
        raw[60] ^= 0xFF
        rotten = Reading(write(tmp_path / "rotten.zip", bytes(raw)))
        assert "hi" in rotten.texts
        assert "damaged" in rotten.said

    def test_locked_zip(self, tmp_path: Path) -> None:
        """A password is asked for: say so."""
        raw = bytearray(zipped(tmp_path / "a.zip", {"_chat.txt": CHAT}).read_bytes())
        raw[6] |= 1
        raw[raw.index(b"PK\x01\x02") + 8] |= 1
        reading = Reading(write(tmp_path / "locked.zip", bytes(raw)))
        assert "asks for a password" in reading.said

    def test_zip_in_a_folder_is_read(self, tmp_path: Path) -> None:
        """As downloaded beside others; a zip in a zip is not, and that is said."""
        inner = zipped(tmp_path / "inner.zip", {"_chat.txt": CHAT}).read_bytes()
        zipped(tmp_path / "outer.zip", {"inner.zip": inner, "b.txt": CHAT})
        reading = Reading(tmp_path)
        assert len(reading.messages) == 2
        assert [damage.path for damage in reading.damages] == [f"{tmp_path / 'outer.zip'}/inner.zip"]
        assert "Unzip the outer one" in reading.said
