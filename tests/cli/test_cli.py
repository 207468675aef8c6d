"""The commands as people and programs run them."""

import io
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from veilleuse.cli import COMMANDS, main, veilleuse
from veilleuse.language import Language, say

LINE = (
    '{"kind":"message","id":"m1","at":"2026-01-02T20:04:05Z","platform":"discord","author":"u1","to":["u2"],'
    '"text":"%s"}\n'
)
DECISION = ["event", "at", "subject", "severity", "rules", "actions", "signals"]


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """Event lines: one message to look at, one ordinary."""
    path = tmp_path / "events.jsonl"
    path.write_text(LINE % "nvde ados" + LINE % "bonjour", encoding="utf-8")
    return path


def pages() -> list[tuple[str, click.Command]]:
    """Every command, by the name of its help page."""
    context = click.Context(veilleuse)
    found: list[tuple[str, click.Command]] = [("veilleuse", veilleuse)]
    for name in COMMANDS:
        command = veilleuse.get_command(context, name)
        assert command is not None
        found.append((f"veilleuse_{name}", command))
        if isinstance(command, click.Group):
            found += [(f"veilleuse_{name}_{sub}", c) for sub, c in command.commands.items()]
    return found


class TestScan:
    """`scan` and its exit statuses."""

    def test_found(self, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """1 where something was found, told with what to do."""
        assert main(["scan", str(export), "--lang", "fr"]) == 1
        told = capsys.readouterr().out
        assert "nvde ados" in told
        assert "nude ados" in told
        assert "3018" in told

    def test_nothing(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """0 where nothing was, which promises nothing."""
        path = tmp_path / "e.jsonl"
        path.write_text(LINE % "bonjour", encoding="utf-8")
        assert main(["scan", str(path), "--lang", "en"]) == 0
        assert capsys.readouterr().err == ""

    def test_unreadable(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """2 where something could not be read, after what could."""
        path = tmp_path / "e.jsonl"
        path.write_text(LINE % "nvde ados" + "{oops\n", encoding="utf-8")
        assert main(["scan", str(path), "--json"]) == 2
        out, err = capsys.readouterr()
        assert json.loads(out)["event"] == "m1"
        assert "line 2" in err

    def test_json(self, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The keys are those of the design, and the evidence stands in the raw text."""
        assert main(["scan", str(export), "--json"]) == 1
        (line,) = capsys.readouterr().out.splitlines()
        record = json.loads(line)
        assert list(record) == DECISION
        assert record["subject"] == "account:u1"
        for signal in record["signals"].values():
            assert list(signal) == ["score", "evidence"]
            for evidence in signal["evidence"]:
                assert list(evidence) == ["event", "start", "end", "cue", "text"]
                assert "nvde ados"[evidence["start"] : evidence["end"]] == evidence["text"]

    def test_html(self, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The page is written where asked, and named."""
        page = tmp_path / "r.html"
        main(["scan", str(export), "--html", str(page), "--lang", "fr"])
        assert str(page) in capsys.readouterr().err
        assert 'lang="fr"' in page.read_text(encoding="utf-8")

    def test_html_elsewhere(self, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A page that could not be written is refused before anything is read."""
        assert main(["scan", str(export), "--html", str(tmp_path / "no" / "r.html")]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert "r.html" in err

    def test_one_identifier_two_people(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Nobody is shown as the author of another's words, though an identifier repeats."""
        path = tmp_path / "e.jsonl"
        path.write_text(LINE % "nvde ados" + LINE.replace('"u1"', '"innocent"') % "bonjour", encoding="utf-8")
        main(["scan", str(path), "--lang", "en"])
        assert "innocent" not in capsys.readouterr().out

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """ "-" reads event lines."""
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO((LINE % "nvde ados").encode())))
        assert main(["scan", "-", "--json"]) == 1
        assert json.loads(capsys.readouterr().out)["event"] == "m1"

    def test_private_lexicon(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """An operator's own word is masked in every output."""
        lexicon, export, page = tmp_path / "l.toml", tmp_path / "e.jsonl", tmp_path / "r.html"
        lexicon.write_text('[sexual]\nterms = ["zorglub"]\n', encoding="utf-8")
        line = (LINE % "z0rglub d'ados").replace('"m1"', '"zorglub-1"').replace('"u1"', '"zorglub"')
        export.write_text(line, encoding="utf-8")
        for arguments in (["--json"], ["--html", str(page)]):
            assert main(["scan", str(export), "--lexicon", str(lexicon), *arguments]) == 1
        assert main(["read", "zorglub z0rglub", "--lexicon", str(lexicon)]) == 0
        assert main(["read", "zorglub z0rglub", "--lexicon", str(lexicon), "--json"]) == 0
        out, err = capsys.readouterr()
        for said in (out, err, page.read_text(encoding="utf-8")):
            assert "orglub" not in said
            assert "0rglub" not in said

    def test_switches(self, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What is switched off is evidence of nothing."""
        path = tmp_path / "switches.toml"
        path.write_text("[disguises]\nlookalike = 0\n", encoding="utf-8")
        assert main(["scan", str(export), "--json", "--lexicon", str(path)]) == 0
        assert capsys.readouterr().out == ""


class TestRead:
    """`read`."""

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        """One object a line, with the keys of the design."""
        assert main(["read", "--json", "ADØS NXDES"]) == 0
        assert json.loads(capsys.readouterr().out) == {
            "text": "ADØS NXDES",
            "findings": [
                {"term": "ado", "concept": "minor", "start": 0, "end": 4, "disguise": "lookalike"},
                {"term": "nude", "concept": "sexual", "start": 5, "end": 10, "disguise": "masked"},
            ],
        }

    def test_explains_itself(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Raw, plain, and a line a finding: what is written, what it says, how it is hidden."""
        main(["read", "ADØS NXDES", "--lang", "fr"])
        assert capsys.readouterr().out.replace("\u00a0", " ").splitlines() == [
            "ADØS NXDES",
            "  se lit : ados nudes",
            "  « ADØS » → « ados » · sosies à la place de lettres · minor · caractères 0 à 4",
            "  « NXDES » → « nudes » · une lettre masquée · sexual · caractères 5 à 10",
        ]

    def test_private_plural(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """An operator's word is masked on its line too."""
        path = tmp_path / "l.toml"
        path.write_text('[sexual]\nterms = ["zorglub"]\n', encoding="utf-8")
        main(["read", "des z0rglubs", "--lexicon", str(path), "--lang", "en"])
        assert "“z•••••••” → “z••••••”" in capsys.readouterr().out

    def test_terms(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A list of terms instead of the lexicon."""
        path = tmp_path / "terms.txt"
        path.write_text("maison\nchaise longue\n", encoding="utf-8")
        main(["read", "--terms", str(path), "--json", "ma m4ison, nvde"])
        assert [f["term"] for f in json.loads(capsys.readouterr().out)["findings"]] == ["maison"]

    def test_switches(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A lexicon of switches alone takes disguises off the shipped terms; a wrong one is refused in words."""
        path = tmp_path / "switches.toml"
        path.write_text("[disguises]\nmasked = 0\n", encoding="utf-8")
        assert main(["read", "ADØS NXDES", "--json", "--lexicon", str(path)]) == 0
        assert [f["term"] for f in json.loads(capsys.readouterr().out)["findings"]] == ["ado"]
        path.write_text("[disguises]\nmaskd = 0\n", encoding="utf-8")
        assert main(["read", "ADØS NXDES", "--lexicon", str(path), "--lang", "fr"]) == 2
        assert "masked" in capsys.readouterr().err

    def test_lines(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """Without TEXT, the lines of standard input."""
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"nvde\n\nbonjour\n")))
        main(["read", "--json"])
        assert [json.loads(line)["text"] for line in capsys.readouterr().out.splitlines()] == ["nvde", "", "bonjour"]


class TestOthers:
    """`events`, `schema`, `policy`, `demo`."""

    def test_events(self, export: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Event lines come out as they went in."""
        assert main(["events", str(export)]) == 0
        assert [json.loads(line)["text"] for line in capsys.readouterr().out.splitlines()] == ["nvde ados", "bonjour"]

    def test_schema(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A JSON Schema that knows every kind."""
        assert main(["schema"]) == 0
        assert set(json.loads(capsys.readouterr().out)["discriminator"]["mapping"]) >= {
            "message",
            "community",
            "account",
        }

    def test_policy(self, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Checked, then tried beside the policy in force."""
        rules = tmp_path / "rules.toml"
        rules.write_text(
            '[[rule]]\nname = "a"\nwhen = "wording.trade >= 0.1"\nseverity = "low"\nactions = ["case"]\n'
            'why.en = "e"\nwhy.fr = "f"\n',
            encoding="utf-8",
        )
        assert main(["policy", "check", str(rules)]) == 0
        assert main(["policy", "backtest", str(rules), str(export)]) == 0
        assert main(["policy", "diff", str(rules), str(rules)]) == 0
        rules.write_text('[[rule]]\nname = "a"\nwhen = "wording.trad >= 1"\n', encoding="utf-8")
        assert main(["policy", "check", str(rules)]) == 2
        assert "wording.trade" in capsys.readouterr().err

    def test_demo(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """The sample holds the press's name, and its report is written here."""
        monkeypatch.chdir(tmp_path)
        assert main(["demo", "--lang", "fr"]) == 0
        assert "ADØS NXDES" in capsys.readouterr().out
        assert "ADØS NXDES" in (tmp_path / "demo-report.html").read_text(encoding="utf-8")


class TestLanguage:
    """Which language, and that both are whole."""

    @pytest.mark.parametrize(
        ("variables", "said"), [({"LANG": "fr_FR.UTF-8"}, "Il manque"), ({"LANG": "C"}, "missing")]
    )
    def test_locale(
        self, variables: dict[str, str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The locale chooses where nobody does."""
        monkeypatch.delenv("LC_ALL", raising=False)
        monkeypatch.delenv("LC_MESSAGES", raising=False)
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        assert main(["scan"]) == 2
        assert said in capsys.readouterr().err

    @pytest.mark.parametrize("language", Language)
    @pytest.mark.parametrize(("page", "command"), pages(), ids=[page for page, _ in pages()])
    def test_help(self, page: str, command: click.Command, language: Language) -> None:
        """Every page names every option of its command."""
        text = say(f"help.{page}", language)
        for parameter in command.params:
            if isinstance(parameter, click.Option):
                assert parameter.opts[0] in text
        if isinstance(command, click.Group):
            assert all(name in text for name in command.list_commands(click.Context(command)))

    @pytest.mark.parametrize("language", Language)
    @pytest.mark.parametrize(
        "arguments",
        [
            ["nothing"], ["scan"], ["scan", "--nothing"], ["scan", "--html"], ["scan", "x", "--date-order", "zz"],
            ["scan", "--json=3", "x"], ["policy", "diff", "a"], ["policy", "diff", "a", "b", "c"], ["--lang", "de"],
            ["scan", "absent.json"], ["read", "x", "--terms", "absent"],
            ["read", "x", "--terms", "a", "--lexicon", "b"],
        ],
        ids=" ".join,
    )  # fmt: skip
    def test_wrong_words(self, arguments: list[str], language: Language, capsys: pytest.CaptureFixture[str]) -> None:
        """Wrong words end with 2 and a sentence, never a traceback."""
        chosen = [] if "--lang" in arguments else ["--lang", language]
        assert main([*chosen, *arguments]) == 2
        said = "".join(capsys.readouterr())
        assert said.strip()
        assert "Traceback" not in said


class TestProcess:
    """As a real process."""

    def test_closed_pipe(self, tmp_path: Path) -> None:
        """Whoever stops reading hears no complaint."""
        path = tmp_path / "e.jsonl"
        path.write_text((LINE % "bonjour") * 20_000, encoding="utf-8")
        command = [
            sys.executable,
            "-c",
            "import sys; from veilleuse.cli import main; sys.exit(main())",
            "events",
            str(path),
        ]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:  # noqa: S603 - our own
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            assert process.stderr.read() == b""
