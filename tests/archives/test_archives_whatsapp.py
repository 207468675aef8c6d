"""WhatsApp's exported chats, as the phones write them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from archives_samples import Reading, lines, write, zipped

from veilleuse.archives import DateOrder, Note
from veilleuse.archives.whatsapp_dates import Dates
from veilleuse.events import Account, Community, Media
from veilleuse.language import Problem

LRM, RLM, NARROW, NBSP = "\u200e", "\u200f", "\u202f", "\u00a0"
EVENING = datetime(2023, 5, 31, 20, 4, tzinfo=UTC)


def chat(
    tmp_path: Path, *parts: str, name: str = "WhatsApp Chat with Sam.txt", order: DateOrder | None = None
) -> Reading:
    return Reading(write(tmp_path / name, lines(*parts)), date_order=order)


def titled(channel: str | None) -> str:
    """The channel without the digest that tells it from others of that title."""
    return (channel or "").rpartition(":")[0]


class TestHeaders:
    """Dates and clocks of every phone."""

    @pytest.mark.parametrize(
        "header",
        [
            "31/05/2023, 20:04 - ",
            "31/05/2023 20:04 - ",
            "31/05/2023 à 20:04 - ",
            "5/31/23, 8:04 PM - ",
            f"5/31/23, 8:04{NARROW}PM - ",
            f"31/5/23, 8:04{NBSP}p.{NBSP}m. - ",
            "31/05/23, 8:04 pm - ",
            "31.05.23, 20:04 - ",
            "31-05-2023 20:04 - ",
            "2023-05-31, 20:04 - ",
            "2023/5/31 20:04 - ",
            "2023. 05. 31. 20:04 - ",
            "31.5.2023 20.04 - ",
            "[31/05/2023, 20:04:00] ",
            "[31/05/2023 20:04:00] ",
            "[31.05.23, 20:04:00] ",
            f"[5/31/23, 8:04:00{NARROW}PM] ",
            f"{LRM}[31/05/2023, 20:04:00] ",
            f"{RLM}[31/05/2023, 20:04:00] ",
            "\ufeff[31/05/2023, 20:04:00] ",
        ],
    )
    def test_any_header(self, tmp_path: Path, header: str) -> None:
        """The same evening, however it is written."""
        reading = chat(tmp_path, f"{header}Sam: good evening: tea?")
        assert [(m.at, m.author, m.text) for m in reading.messages] == [(EVENING, "Sam", "good evening: tea?")]
        assert reading.damages == []
        assert reading.intake.formats == ["whatsapp"]
        assert reading.intake.notes == [Note.LOCAL_TIMES]

    @pytest.mark.parametrize(
        ("clock", "hour"), [("12:00 AM", 0), ("12:30 PM", 12), ("1:00 AM", 1), ("11:00 PM", 23), ("00:10", 0)]
    )
    def test_noon_and_midnight(self, tmp_path: Path, clock: str, hour: int) -> None:
        """Twelve comes before one."""
        assert chat(tmp_path, f"5/31/23, {clock} - Sam: hi").messages[0].at.hour == hour

    def test_lines_of_windows(self, tmp_path: Path) -> None:
        """Carriage returns are no part of what was said."""
        path = write(tmp_path / "a.txt", "31/05/2023, 20:04 - Sam: one\r\ntwo\r\n31/05/2023, 20:05 - Lea: three\r\n")
        assert Reading(path).texts == ["one\ntwo", "three"]


class TestDateOrder:
    """Which number is the day."""

    def test_a_value_above_twelve_decides(self, tmp_path: Path) -> None:
        """Even when it comes last."""
        months = [m.at.month for m in chat(tmp_path, "04/05/23, 20:04 - A: x", "05/13/23, 20:04 - A: y").messages]
        assert months == [4, 5]

    def test_else_time_that_runs_forward(self, tmp_path: Path) -> None:
        """Days first: January, then February; months first, time would go back."""
        reading = chat(tmp_path, "09/01/23, 20:04 - A: x", "02/02/23, 20:04 - A: y")
        assert [(m.at.month, m.at.day) for m in reading.messages] == [(1, 9), (2, 2)]

    def test_else_it_is_asked_for(self, tmp_path: Path) -> None:
        """Nothing is read, and the damage says what to pass."""
        parts = ("01/02/23, 20:04 - A: x", "02/03/23, 20:04 - A: y")
        reading = chat(tmp_path, *parts)
        assert reading.events == []
        assert [(damage.kept, damage.lost) for damage in reading.damages] == [(0, len(lines(*parts)))]
        assert reading.said.count("--date-order") == 2

    @pytest.mark.parametrize(
        ("order", "day"),
        [(DateOrder.DMY, (2023, 2, 1)), (DateOrder.MDY, (2023, 1, 2)), (DateOrder.YMD, (2001, 2, 23))],
    )
    def test_given_it_is_obeyed(self, tmp_path: Path, order: DateOrder, day: tuple[int, int, int]) -> None:
        """Whatever it is."""
        (message,) = chat(tmp_path, "01/02/23, 20:04 - A: x", order=order).messages
        assert (message.at.year, message.at.month, message.at.day) == day

    def test_a_date_quoted_in_a_message_changes_nothing(self) -> None:
        """One impossible date does not rule out the order all others have."""
        dates = Dates()
        for numbers in [(31, 5, 23), (1, 6, 23), (13, 13, 23), (30, 6, 23)]:
            dates.see(numbers)
        assert dates.order() is DateOrder.DMY

    def test_two_digit_year_first_only_when_time_says_so(self) -> None:
        """Too rare to ask about."""
        dates = Dates()
        for numbers in [(21, 5, 30), (21, 5, 31), (21, 6, 1), (21, 7, 2)]:
            dates.see(numbers)
        assert dates.order() is DateOrder.YMD

    def test_tie_is_a_problem(self) -> None:
        """Said with a problem of its own."""
        dates = Dates()
        dates.see((1, 2, 23))
        with pytest.raises(Problem, match="--date-order"):
            dates.order()


class TestNames:
    """Who speaks, and who does not."""

    def test_lines_without_a_header_continue(self, tmp_path: Path) -> None:
        """Empty ones too."""
        reading = chat(
            tmp_path, "31/05/23, 20:04 - Sam: a list:", "- one", "", "- two: three", "31/05/23, 20:05 - Lea: ok"
        )
        assert reading.texts == ["a list:\n- one\n\n- two: three", "ok"]

    def test_lines_without_a_name_are_the_platform_s(self, tmp_path: Path) -> None:
        """Encryption, members, subjects, even a subject that holds ": "."""
        reading = chat(
            tmp_path,
            "31/05/23, 20:04 - Messages and calls are end-to-end encrypted. Tap to learn more.",
            "31/05/23, 20:04 - Sam created group “Chess”",
            "31/05/23, 20:05 - Sam changed the subject from “Chess” to “Chess: the club”",
            '31/05/23, 20:05 - Sam changed the subject to "Tea: now"',
            "31/05/23, 20:06 - Sam: hi",
        )
        assert [(m.author, m.text) for m in reading.messages] == [("Sam", "hi")]
        assert [account.name for account in reading.only(Account)] == ["Sam"]

    def test_name_with_a_colon(self, tmp_path: Path) -> None:
        """All lines that begin so go on so."""
        reading = chat(
            tmp_path,
            "31/05/23, 20:04 - Coach: Sam: come early",
            "31/05/23, 20:05 - Lea: ok: 8 pm",
            "31/05/23, 20:06 - Coach: Sam: bring tea: green",
            "31/05/23, 20:07 - Lea: yes",
        )
        assert [(m.author, m.text) for m in reading.messages] == [
            ("Coach: Sam", "come early"),
            ("Lea", "ok: 8 pm"),
            ("Coach: Sam", "bring tea: green"),
            ("Lea", "yes"),
        ]
        assert reading.messages[0].to == ("Lea",)

    def test_name_with_a_colon_told_by_a_picture(self, tmp_path: Path) -> None:
        """What WhatsApp writes in place of a file shows where the name ends."""
        reading = chat(tmp_path, "31/05/23, 20:04 - Coach: Sam: <Media omitted>", "31/05/23, 20:05 - Coach: Sam: hi")
        assert [media.author for media in reading.only(Media)] == ["Coach: Sam"]
        assert [message.author for message in reading.messages] == ["Coach: Sam"]

    def test_unknown_numbers_and_tildes(self, tmp_path: Path) -> None:
        """Marks of direction and the tilde are no part of a name."""
        reading = chat(
            tmp_path,
            "[31/05/23, 20:04:00] \u202a+33 6 00 00 00 00\u202c: hi",
            f"[31/05/23, 20:05:00] ~{NARROW}Sam: hello",
        )
        assert [m.author for m in reading.messages] == ["+33 6 00 00 00 00", "Sam"]

    def test_two_speak_to_each_other(self, tmp_path: Path) -> None:
        """From the first line on."""
        reading = chat(tmp_path, "31/05/23, 20:04 - Sam: hi", "31/05/23, 20:05 - Lea: hello")
        assert [(m.to, m.community) for m in reading.messages] == [(("Lea",), None), (("Sam",), None)]
        assert reading.only(Community) == []

    def test_group_has_a_name_to_judge(self, tmp_path: Path) -> None:
        """A small group's messages go to each; a large one's to the group."""
        parts = [f"31/05/23, 20:{n:02} - P{n}: hi" for n in range(12)]
        small = chat(tmp_path, *parts[:3], name="Discussion WhatsApp avec Chess club.txt")
        assert [community.name for community in small.only(Community)] == ["Chess club"]
        assert next((m.to, m.community) for m in small.messages) == (("P1", "P2"), None)
        large = chat(tmp_path, *parts, name="large.txt")
        assert {(m.to, m.community) for m in large.messages} == {((), large.messages[0].channel)}
        assert [(c.name, c.community) for c in large.only(Community)] == [("large", large.messages[0].channel)]


class TestMediaAndNotices:
    """What no person typed."""

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            ("<Media omitted>", "file"),
            ("<Médias omis>", "file"),
            ("<Medien ausgeschlossen>", "file"),
            ("<Multimedia omitido>", "file"),
            (f"{LRM}image omitted", "image"),
            (f"{LRM}image absente", "image"),
            (f"{LRM}vidéo absente", "video"),
            (f"{LRM}audio omitted", "audio"),
            (f"{LRM}Bild weggelassen", "image"),
            (f"{LRM}sticker omitted", "sticker"),
            (f"{LRM}document omitted", "file"),
            ("image omitted", "image"),
            (f"{LRM}<attached: 00000009-PHOTO-2023-05-31-20-04-00.jpg>", "image"),
            (f"{LRM}<pièce jointe : 00000009-AUDIO-2023-05-31-20-04-00.opus>", "audio"),
            ("IMG-20230531-WA0010.jpg (file attached)", "image"),
            ("VID-20230531-WA0010.mp4 (Datei angehängt)", "video"),
            (f"{LRM}Homework 3.pdf (fichier joint)", "file"),
        ],
    )
    def test_placeholders(self, tmp_path: Path, body: str, kind: str) -> None:
        """In any language: a media event, and no message."""
        reading = chat(tmp_path, f"31/05/23, 20:04 - Sam: {body}")
        assert [media.type for media in reading.only(Media)] == [kind]
        assert reading.messages == []

    @pytest.mark.parametrize("body", ["<hello there>", "see notes.txt (my file)", "the image omitted a detail", "<3"])
    def test_typed_text_is_no_placeholder(self, tmp_path: Path, body: str) -> None:
        """Brackets hide nothing from the reading."""
        reading = chat(tmp_path, f"31/05/23, 20:04 - Sam: {body}")
        assert reading.texts == [body]
        assert reading.only(Media) == []

    def test_caption_is_read(self, tmp_path: Path) -> None:
        """Before or below what it comes with."""
        reading = chat(
            tmp_path,
            "31/05/23, 20:04 - Sam: IMG-20230531-WA0010.jpg (file attached)",
            "my cat",
            f"31/05/23, 20:05 - Sam: her tail {LRM}<attached: 00000009-PHOTO-2023.jpg>",
        )
        assert reading.texts == ["my cat", "her tail"]
        assert [media.message for media in reading.only(Media)] == [m.id for m in reading.messages]

    def test_notices_after_a_name(self, tmp_path: Path) -> None:
        """Phones of Apple put the chat's own name before them."""
        reading = chat(
            tmp_path,
            f"[31/05/23, 20:03:00] Chess club: {LRM}Messages and calls are end-to-end encrypted.",
            f"{LRM}[31/05/23, 20:04:00] Sam: {LRM}You created this group",
            f"[31/05/23, 20:05:00] Sam: {LRM}This message was deleted.",
            "[31/05/23, 20:06:00] Sam: This message was deleted",
            f"[31/05/23, 20:07:00] Sam: see you {LRM}<This message was edited>",
            f"[31/05/23, 20:08:00] Sam: {LRM}POLL:",
            "Which day?",
            name="_chat.txt",
        )
        assert reading.texts == ["see you", "POLL:\nWhich day?"]
        assert [account.name for account in reading.only(Account)] == ["Sam"]


class TestTitle:
    """What the chat is called."""

    def test_zip_around_the_chat(self, tmp_path: Path) -> None:
        """The chat in it has no name of its own; pictures beside it are left alone."""
        members: dict[str, bytes | str] = {
            "_chat.txt": "[31/05/23, 20:04:00] Sam: hi\n",
            "00000009-PHOTO.jpg": b"\xff\xd8\xff no picture",
        }
        reading = Reading(zipped(tmp_path / "WhatsApp Chat - Sam.zip", members))
        assert [(m.text, titled(m.channel)) for m in reading.messages] == [("hi", "whatsapp:Sam")]
        assert reading.damages == []

    def test_chat_without_a_name_of_its_own(self, tmp_path: Path) -> None:
        """Out of its zip, its first line says it, else the folder around it."""
        notice = f"[31/05/23, 20:03:00] Chess club: {LRM}Messages and calls are end-to-end encrypted."
        spoken = "[31/05/23, 20:04:00] Sam: hi"
        (told,) = chat(tmp_path, notice, spoken, name="export/_chat.txt").messages
        (untold,) = chat(tmp_path, spoken, name="export/_chat.txt").messages
        assert (titled(told.channel), titled(untold.channel)) == ("whatsapp:Chess club", "whatsapp:export")


class TestIdentity:
    """Which conversation, and which message."""

    def test_same_file_same_ids(self, tmp_path: Path) -> None:
        """Each message has an id of its own, even when it says the same again at the same time."""
        parts = ("31/05/23, 20:04 - Sam: hi", "31/05/23, 20:05 - Sam: ok", "31/05/23, 20:04 - Sam: hi")
        first, again = chat(tmp_path, *parts), chat(tmp_path, *parts)
        assert len({m.id for m in first.messages}) == 3
        assert first.events == again.events

    def test_three_chats_of_one_title(self, tmp_path: Path) -> None:
        """They stay three conversations: by who speaks, else by where they lie."""
        name = "Discussion WhatsApp avec Max.txt"
        spoken = "31/05/23, 20:04 - Max: hi"
        write(tmp_path / "a" / name, lines(spoken, "31/05/23, 20:05 - Lea: hello"))
        write(tmp_path / "b" / name, lines(spoken))
        write(tmp_path / "b" / "Max.txt", lines(spoken))
        messages = Reading(tmp_path).messages
        assert len({message.channel for message in messages}) == 3
        assert {titled(message.channel) for message in messages} == {"whatsapp:Max"}
        assert len({message.id for message in messages}) == 4

    def test_overlapping_exports_agree(self, tmp_path: Path) -> None:
        """The same message bears the same id in an export that begins and ends elsewhere."""
        parts = [f"31/05/23, 20:{n:02} - {name}: hi" for n in range(9) for name in ("Max", "Lea", "Max")]
        earlier = chat(tmp_path, *parts[:20], name="a/WhatsApp Chat with Max.txt")
        later = chat(tmp_path, *parts[6:], name="b/Discussion WhatsApp avec Max.txt")
        assert [m.id for m in earlier.messages[6:]] == [m.id for m in later.messages[:14]]
        assert {m.channel for m in earlier.messages} == {m.channel for m in later.messages}
