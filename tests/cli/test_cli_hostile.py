"""The commands on bad ground: closed pipes, full disks, precious files, secret words, damaged lines."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from veilleuse.cli import COMMANDS, main
from veilleuse.language import Language

RUN = "import sys; from veilleuse.cli import main; sys.exit(main())"
SECRETS = re.compile("zorglub|z0rglub|orglu|velours|elour", re.IGNORECASE)
FULL = Path("/dev/full")
needs_full_device = pytest.mark.skipif(not FULL.exists(), reason="only some systems have a device that is always full")


def event(**keys: object) -> str:
    """One event line."""
    return (
        json.dumps(
            {"kind": "message", "id": "m1", "at": "2026-01-02T20:04:05Z", "platform": "x", "author": "u1", **keys}
        )
        + "\n"
    )


DANGEROUS = event(text="nvde ados")
PLAIN = event(text="bonjour", id="m0")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """One dangerous message among ordinary ones."""
    return write(tmp_path / "events.jsonl", PLAIN + DANGEROUS)


def write(path: Path, text: str) -> Path:
    """The text as a file."""
    path.write_text(text, encoding="utf-8", newline="")
    return path


def run(*arguments: str | Path, stdin: bytes = b"", **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """A real process."""
    return subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", RUN, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        check=False,
        env={**os.environ, "LC_ALL": "C", **environment},
    )


def commands(export: Path) -> list[list[str]]:
    """One of each command that says something."""
    return [
        ["events", str(export)], ["scan", str(export)], ["scan", str(export), "--json"], ["schema"],
        ["read", "--json", "nudes"], ["scan", "--help"],
    ]  # fmt: skip


class TestOutputs:
    """Whoever listens may leave, and where one writes may be full."""

    def test_nobody_listens(self, export: Path) -> None:
        """A closed pipe is silence, not a complaint, and not "something was found"."""
        for arguments in commands(export):
            reading, writing = os.pipe()
            os.close(reading)
            try:
                ended = subprocess.run(  # noqa: S603 - our own
                    [sys.executable, "-c", RUN, *arguments], stdout=writing, stderr=subprocess.PIPE, check=False
                )
            finally:
                os.close(writing)
            assert (arguments, ended.stderr, ended.returncode) == (arguments, b"", 0)

    @needs_full_device
    def test_no_room(self, export: Path) -> None:
        """A full disk is said, with what to do, and ends with 2: what was found may not be in the file."""
        for arguments in commands(export):
            with FULL.open("wb") as full:
                ended = subprocess.run(  # noqa: S603 - our own
                    [sys.executable, "-c", RUN, *arguments], stdout=full, stderr=subprocess.PIPE, check=False
                )
            assert (arguments, ended.returncode) == (arguments, 2)
            assert b"Traceback" not in ended.stderr
            assert ended.stderr.strip()

    @needs_full_device
    def test_no_room_for_the_page(self, export: Path) -> None:
        """Nor is a page that found no room."""
        ended = run("scan", export, "--html", FULL)
        assert ended.returncode == 2
        assert b"Traceback" not in ended.stderr

    def test_old_console(self, export: Path) -> None:
        """A console of another encoding changes no letter that is written."""
        for encoding in ("ascii", "cp1252", "utf-8"):
            ended = run("events", export, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
            assert ended.stdout.decode() == (PLAIN + DANGEROUS).replace(": ", ":").replace(", ", ",")
            told = run("read", "--lang", "fr", stdin="ADØS 😀".encode(), PYTHONIOENCODING=encoding, PYTHONUTF8="0")
            assert told.returncode == 0
            assert "« ADØS »" in told.stdout.decode().replace("\u00a0", " ").replace("\u202f", " ")


class TestPreciousFiles:
    """An export may be evidence: nothing is written over it."""

    @pytest.mark.parametrize("language", Language)
    def test_over_the_export(self, export: Path, language: Language, capsys: pytest.CaptureFixture[str]) -> None:
        """Not over what is being read, by whatever path it is named."""
        before = export.read_bytes()
        for page in (
            export,
            export.parent / "." / export.name,
            export.parent / ".." / export.parent.name / export.name,
        ):
            assert main(["scan", str(export), "--html", str(page), "--lang", language]) == 2
            out, err = capsys.readouterr()
            assert out == ""
            assert export.name in err
        assert export.read_bytes() == before

    def test_over_another(self, export: Path, tmp_path: Path) -> None:
        """Nor over anything else that is no page, in an exported folder for example."""
        other = write(tmp_path / "result.json", '{"messages": []}')
        assert main(["scan", str(export), "--html", str(other)]) == 2
        assert other.read_text(encoding="utf-8") == '{"messages": []}'

    def test_over_the_last_report(self, export: Path, tmp_path: Path) -> None:
        """Over the last report, and over an empty file, yes."""
        page = write(tmp_path / "r.html", "")
        for _ in range(2):
            assert main(["scan", str(export), "--html", str(page)]) == 1
        assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")

    def test_nowhere(self, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A folder is no file, and nothing is left behind where nothing was written."""
        assert main(["scan", str(export), "--html", str(tmp_path)]) == 2
        assert main(["scan", str(tmp_path / "absent"), "--html", str(tmp_path / "r.html")]) == 2
        assert "Traceback" not in capsys.readouterr().err


class TestSecrets:
    """An operator's words are in no output, wherever they stand in an event."""

    EVENTS = (
        event(kind="community", id="c1", community="g", name="zorglub nudes", description="z.o.r.g.l.u.b\nvelours bleu",
              channels=["zorglub", "nudes-zorglub", "porno"], author=None)
        + event(kind="account", id="a1", account="u1", name="zorglub", bio="nudes de zorglub", author=None)
        + event(community="g",
        text="nudes de zorglub, z0rglub ; velours  bleu et vélours bleu, zor glub, z\u200borglub")
        + event(id="m2", community="g", text="nudes d'ados, dit zorglubs")
    )  # fmt: skip

    def test_everywhere(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Names, descriptions, channels, messages: told, as JSON, as a page, in both languages."""
        lexicon = write(tmp_path / "own.toml", '[minor]\nterms = ["zorglub", "velours bleu"]\n')
        lines = "".join(
            json.dumps({k: v for k, v in json.loads(line).items() if v is not None}) + "\n"
            for line in self.EVENTS.splitlines()
        )
        export, page = write(tmp_path / "e.jsonl", lines), tmp_path / "r.html"
        for more in ([], ["--json"], ["--html", str(page)], ["--lang", "fr", "--html", str(page)]):
            assert main(["scan", str(export), "--lexicon", str(lexicon), *more]) == 1
            out, err = capsys.readouterr()
            assert "•" in out
            for said in (out, err, page.read_text(encoding="utf-8") if page.exists() else ""):
                assert not SECRETS.search(said)

    @pytest.mark.parametrize("more", [[], ["--json"], ["--lang", "fr"]])
    def test_read(self, more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """`read` masks them in place."""
        lexicon = write(tmp_path / "own.toml", '[minor]\nterms = ["zorglub", "velours bleu"]\n')
        texts = ["zorglub z0rglub z.o.r.g.l.u.b", "Velours  BLEU", "nudezorglub", "zorglubs", "zor glub"]
        assert main(["read", *texts, "--lexicon", str(lexicon), *more]) == 0
        assert not SECRETS.search(capsys.readouterr().out)

    @pytest.mark.parametrize(
        "content", ["[minor]\nterms = [zorglub]", "[zorglub", "[minor]\nterms = ['zorglub', 3]"], ids="abc"
    )
    def test_complaints(self, content: str, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Nor does a complaint about the list quote it."""
        lexicon = write(tmp_path / "own.toml", content)
        for command in (["scan", str(export)], ["read", "x"]):
            assert main([*command, "--lexicon", str(lexicon)]) == 2
            out, err = capsys.readouterr()
            assert out == ""
            assert "own.toml" in err
            assert not SECRETS.search(err)


class TestLists:
    """Lists that cannot be used are refused in words."""

    @pytest.mark.parametrize("language", Language)
    @pytest.mark.parametrize(
        "content",
        [
            b"\xff\xfe", b"[minor", b"minor = 3", b"[[minor]]", b"[minor]\nterms = 'ado'", b"[minor]\nwords = []",
            b"[nobody]\nterms = ['a']", b"[minor]\nterms = ['']", b"[minor]\nterms = ['!!!']",
            b"[minor]\nterms = ['***']",
            b"[minor]\nterms = ['a b c d e f g h i']", b"a = " + b"[" * 20_000, b"a = " + b"1" * 6_000,
            "[minor]\nterms = ['中文']".encode(), b"[minor]\nterms = ['\\ud800']".replace(b"'", b'"'),
        ],
        ids=range(15),
    )  # fmt: skip
    def test_refused(
        self, content: bytes, language: Language, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """One sentence that names the file, and 2."""
        path = tmp_path / "list.toml"
        path.write_bytes(content)
        assert main(["read", "x", "--lexicon", str(path), "--lang", language]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "list.toml" in err
        assert "Traceback" not in err

    def test_byte_order_mark(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What some editors put before a text is no fault of its writer."""
        path = write(tmp_path / "list.toml", "\ufeff[minor]\nterms = ['zorglub']\n")
        assert main(["read", "zorglub", "--lexicon", str(path), "--json"]) == 0
        assert json.loads(capsys.readouterr().out)["findings"]

    def test_several(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Lists add up, and an empty one adds nothing."""
        paths = [
            write(tmp_path / f"{i}.toml", text)
            for i, text in enumerate(["", "[minor]\nexact=['zorglub']", "[trade]\nexact=['glop']"])
        ]
        options = [word for path in paths for word in ("--lexicon", str(path))]
        assert main(["read", "zorglub glop ado", "--json", *options]) == 0
        found = json.loads(capsys.readouterr().out)["findings"]
        assert [finding["concept"] for finding in found] == ["minor", "trade", "minor"]


class TestInputs:
    """What is typed, piped and damaged."""

    def test_standard_input(self) -> None:
        """Lines through a pipe, from one command to the other."""
        ended = run("scan", "-", "--json", stdin=(PLAIN + DANGEROUS).encode())
        assert ended.returncode == 1
        assert [json.loads(line)["event"] for line in ended.stdout.splitlines()] == ["m1"]
        assert run("scan", "-", stdin=PLAIN.encode()).returncode == 0
        assert run("scan", "-", stdin=b"").returncode in (0, 2)

    @pytest.mark.parametrize("junk", [b"\xff\xfe\xfd", b"{", b"[[[[", b'{"kind":"message"}', b'"\\ud800"', b"\x00\x00"])
    def test_bad_lines(self, junk: bytes) -> None:
        """A damaged line is told, with its number, and its neighbours are judged."""
        ended = run("scan", "-", "--json", stdin=DANGEROUS.encode() + junk + b"\n" + DANGEROUS.encode())
        assert ended.returncode == 2
        assert len(ended.stdout.splitlines()) == 2
        assert b"2" in ended.stderr
        assert b"Traceback" not in ended.stderr

    def test_halves_and_nul(self) -> None:
        """Halves of characters and NUL bytes hide nothing and stop nothing."""
        line = event(text="%").replace("%", r"nu\ud83ddes\u0000 ad\udfffos")
        ended = run("scan", "-", "--json", stdin=line.encode())
        assert ended.returncode == 1
        (record,) = map(json.loads, ended.stdout.splitlines())
        assert record["severity"] in ("high", "critical")

    def test_read_any_bytes(self) -> None:
        """Bytes that are no text are read as far as they go, one object a line."""
        ended = run("read", "--json", stdin=b"nu\xffdes\n\xed\xa0\x80\n\x00\nnvde\r\n\nlast")
        assert ended.returncode == 0
        records = [json.loads(line) for line in ended.stdout.splitlines()]
        assert len(records) == 6
        assert records[3]["findings"]
        for record in records:
            for finding in record["findings"]:
                assert list(finding) == ["term", "concept", "start", "end", "disguise"]
                assert 0 <= finding["start"] < finding["end"] <= len(record["text"])

    def test_offsets_are_code_points(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Start and end count code points of the raw text, astral ones as one."""
        assert main(["read", "--json", "😀😀 nvde"]) == 0
        record = json.loads(capsys.readouterr().out)
        assert [(f["start"], f["end"]) for f in record["findings"]] == [(3, 7)]

    def test_terminal_is_not_steered(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What a text holds cannot move the cursor, colour the screen or turn the line around."""
        assert main(["read", "\x1b[31mnu\x07de\x1b]0;x\x07 \u202eados\u2028\x9b2J\r"]) == 0
        shown = capsys.readouterr().out
        assert all(character.isprintable() or character == "\n" for character in shown)

    def test_a_large_message(self) -> None:
        """Thousands of ideas in one message is scanned, as JSON and as a page, and read."""
        line = event(text="nudes d'ados, photo 10 € " * 8_000)
        assert run("scan", "-", "--json", stdin=line.encode()).returncode == 1
        assert run("scan", "-", stdin=line.encode()).returncode == 1
        assert run("read", stdin=b"nudes " * 20_000).returncode == 0

    @pytest.mark.parametrize("words", [["--lang"], ["--lang="], ["--lang", "FR"], ["scan", "x", "--lang", "en_GB"]])
    def test_unknown_language(self, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        """A language nobody here speaks is refused, and so is none."""
        assert main(words) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "--lang" in err

    @pytest.mark.parametrize(
        "words", [["--lang", "fr", "read", "ado"], ["read", "--lang=fr", "ado"], ["read", "ado", "--lang", "fr"]]
    )
    def test_language_anywhere(self, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
        """--lang may stand before the command, after it, or last."""
        assert main(words) == 0
        assert "caractères" in capsys.readouterr().out

    def test_text_that_looks_like_an_option(self, capsys: pytest.CaptureFixture[str]) -> None:
        """After "--", everything is text."""
        assert main(["read", "--json", "--", "--lang", "nudes", "--json"]) == 0
        assert [json.loads(line)["text"] for line in capsys.readouterr().out.splitlines()] == [
            "--lang",
            "nudes",
            "--json",
        ]

    @pytest.mark.parametrize("command", COMMANDS)
    @pytest.mark.parametrize("language", Language)
    def test_help(self, command: str, language: Language, capsys: pytest.CaptureFixture[str]) -> None:
        """Each command's page, in the language asked for, with an example to type."""
        assert main([command, "--help", "--lang", language]) == 0
        page = capsys.readouterr().out
        assert page.count(f"veilleuse {command}") >= 2
        assert f"--lang {language}" in page or "--lang fr|en" in page or command in ("policy", "evaluate")


class TestScript:
    """The command as it is installed."""

    def test_runs(self, export: Path) -> None:
        """Beside this Python, in any locale."""
        script = Path(sys.executable).with_name("veilleuse.exe" if sys.platform == "win32" else "veilleuse")
        if not script.exists():
            pytest.skip("the command is not installed beside this Python")
        for locale, said in (("fr_FR.UTF-8", "Appel"), ("C", "Call")):
            ended = subprocess.run(  # noqa: S603 - our own
                [script, "scan", export], capture_output=True, check=False, env={**os.environ, "LC_ALL": locale}
            )
            assert ended.returncode == 1
            assert said in ended.stdout.decode()
            assert ended.stderr == b""
