"""How the speed of reading is measured: on which terms and messages, and beside whom."""

import json
import os
import shutil
import sys
from functools import partial
from importlib import metadata
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from veilleuse.cli import main
from veilleuse.evaluation.bench import bench
from veilleuse.evaluation.disguises import neutral_terms
from veilleuse.evaluation.figure import Figure
from veilleuse.evaluation.peers import found_peers
from veilleuse.evaluation.peers_table import peers_table
from veilleuse.evaluation.proportion import Proportion
from veilleuse.evaluation.reading_speed import Peered, PeerFigure, measure_reading_speed
from veilleuse.evaluation.terms import hide_terms, make_terms, make_texts
from veilleuse.language import Language, Problem
from veilleuse.reading import Reader
from veilleuse.reading.ordinary import OrdinaryWords

PEERS = ["profanex", "profanex_all", "better_profanity_rs", "obscenity"]
# Stands in for the npm package: a term matches where it stands, once both are in small letters without double ones.
OBSCENITY = """
exports.englishRecommendedTransformers = { blacklistMatcherTransformers: [
  { transform: (point) => (point === 64 ? 97 : point) },
  { factory: () => { let last; return { transform: (point) => (point === last ? undefined : (last = point)) }; } },
] };
exports.parseRawPattern = (term) => term;
exports.RegExpMatcher = class {
  constructor({ blacklistedTerms }) { this.terms = blacklistedTerms.map(({ pattern }) => pattern); }
  hasMatch(text) {
    if (text === "stop") throw new Error("stopped");
    return this.terms.some((term) => text.replaceAll("@", "a").replace(/(.)\\1+/gu, "$1").includes(term));
  }
};
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stand-in for the npm package, found from the current folder."""
    if shutil.which("node") is None:
        pytest.skip("needs node")
    monkeypatch.delenv("VEILLEUSE_OBSCENITY", raising=False)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "node_modules" / "obscenity"
    (folder / "dist").mkdir(parents=True)
    (folder / "dist" / "index.js").write_text(OBSCENITY, encoding="utf-8")
    described = {"name": "obscenity", "version": "9.8.7", "main": "dist/index.js", "exports": "./dist/index.js"}
    (folder / "package.json").write_text(json.dumps(described), encoding="utf-8")
    return folder


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No peer is installed."""

    def missing(name: str) -> str:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "version", missing)
    monkeypatch.delenv("VEILLEUSE_OBSCENITY", raising=False)
    monkeypatch.chdir(tmp_path)


class TestTerms:
    """Lists of terms."""

    @pytest.mark.parametrize("count", [3, 400, 500, 2000])
    def test_size(self, count: int) -> None:
        """As many as asked, all different, the first of any longer list."""
        terms = make_terms(count)
        assert len(set(terms)) == len(terms) == count
        assert make_terms(2000)[:count] == terms

    def test_words(self) -> None:
        """The neutral words first; the others mean nothing to anyone."""
        terms = make_terms(600)
        assert terms[:400] == neutral_terms()
        assert not [term for term in terms[400:] if term in OrdinaryWords.shipped()]
        assert all(term.isascii() and 6 <= len(term) <= 12 for term in terms[400:])


class TestTexts:
    """Messages."""

    def test_as_promised(self) -> None:
        """Of 59 characters on average, 12 % of them beyond ASCII."""
        texts = make_texts(5000)
        assert sum(map(len, texts)) / len(texts) == pytest.approx(59, abs=2.5)
        assert sum(not text.isascii() for text in texts) == 600

    def test_same(self) -> None:
        """The same seed gives the same ones, another seed others."""
        texts = make_texts(100)
        assert make_texts(60) == texts[:60]
        assert make_texts(60, seed=1) != texts[:60]

    def test_hidden(self) -> None:
        """One in twenty holds a term in disguise, most of which a reader sees; the others are left alone."""
        texts = make_texts(2000)
        hidden = hide_terms(texts)
        changed = [place for place, (text, now) in enumerate(zip(texts, hidden, strict=True)) if text != now]
        assert changed == list(range(0, 2000, 20))
        assert all(hidden[place].startswith(texts[place] + " ") for place in changed)
        seen = {index for index, _ in Reader(terms=make_terms(500)).scan(hidden)}
        assert len(seen.intersection(changed)) > len(changed) / 2


class TestFoundPeers:
    """Who is there, and what each is told."""

    @pytest.mark.usefixtures("alone")
    def test_none(self) -> None:
        """Those that are not installed are named all the same."""
        with found_peers() as peers:
            assert dict(peers) == dict.fromkeys(PEERS)

    @pytest.mark.usefixtures("alone")
    def test_without_node(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without node, the npm package is not installed."""
        monkeypatch.setenv("PATH", "")
        with found_peers() as peers:
            assert peers["obscenity"] is None

    def test_profanex(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It seeks the terms alone, as it comes and with every option on."""
        told: list[dict[str, Any]] = []

        class Filter:
            def __init__(self, config: dict[str, Any]) -> None:
                told.append(config)

            def contains_many(self, texts: list[str]) -> list[bool]:
                return [told[-1]["banned"][0] in text for text in texts]

        module = ModuleType("profanex")
        module.__dict__.update(Filter=Filter, FilterConfig=dict)
        monkeypatch.setitem(sys.modules, "profanex", module)
        monkeypatch.setattr(metadata, "version", {"profanex": "1.0.0", "better-profanity-rs": "x"}.__getitem__)
        with found_peers() as peers:
            for name in ("profanex", "profanex_all"):
                peer = peers[name]
                assert peer
                assert peer.version == "1.0.0"
                assert peer.load(["kettle"])(["a kettle", "nothing", "kettle"])() == 2
        plain, every = told
        assert plain == {"banned": ["kettle"], "allowlist": []}
        assert {name for name, value in every.items() if value is True} == {
            "normalize_repeated_chars", "normalize_separated_runs", "enable_fuzzy",
        }  # fmt: skip

    def test_better_profanity(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """It seeks the terms instead of its own."""

        class Profanity:
            def __init__(self, words: list[str]) -> None:
                self.words = words

            def contains_profanity(self, text: str) -> bool:
                return any(word in text for word in self.words)

        module = ModuleType("better_profanity_rs.better_profanity")
        module.__dict__.update(Profanity=Profanity)
        monkeypatch.setitem(sys.modules, "better_profanity_rs", ModuleType("better_profanity_rs"))
        monkeypatch.setitem(sys.modules, module.__name__, module)
        monkeypatch.setattr(metadata, "version", {"profanex": "x", "better-profanity-rs": "0.1.0"}.__getitem__)
        with found_peers() as peers:
            peer = peers["better_profanity_rs"]
            assert peer
            assert peer.version == "0.1.0"
            assert peer.load(["kettle", "spoon"])(["a spoon", "nothing"])() == 1


class TestObscenity:
    """The npm package, in a node of its own."""

    @pytest.mark.usefixtures("package")
    def test_asked(self) -> None:
        """It is given terms as it reads them, doubled letters undone, and counts in each batch by itself."""
        with found_peers() as peers:
            peer = peers["obscenity"]
            assert peer
            assert peer.version == "9.8.7"
            take, other = peer.load(["kettle", "vélo"]), peer.load(["spoon"])
            first, second = take(["a kettle", "vélo…", "spoon", "naïve 😀"]), take([])
            assert (first(), second(), first(), other(["a spoon"])()) == (2, 0, 2, 1)

    def test_elsewhere(self, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A variable names its folder when it is not in the current one."""
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        shutil.move(package, elsewhere / "obscenity")
        with found_peers() as peers:
            assert peers["obscenity"] is None
        monkeypatch.setenv("VEILLEUSE_OBSCENITY", os.path.join("elsewhere", "obscenity"))  # noqa: PTH118 - as typed
        with found_peers() as peers:
            assert peers["obscenity"]

    @pytest.mark.usefixtures("package")
    def test_stopped(self) -> None:
        """When it stops, what it said is told in words."""
        with found_peers() as peers:
            peer = peers["obscenity"]
            assert peer
            asked = peer.load(["kettle"])(["stop"])
            with pytest.raises(Problem, match=r"obscenity stopped.*Error: stopped"):
                asked()

    def test_broken(self, package: Path) -> None:
        """One that cannot be loaded is no peer that is missing."""
        (package / "dist" / "index.js").write_text("throw new Error('half installed')", encoding="utf-8")
        with found_peers() as peers:
            peer = peers["obscenity"]
            assert peer
            with pytest.raises(Problem, match="half installed"):
                peer.load(["kettle"])


class TestBeside:
    """Peers beside Veilleuse."""

    def test_measured(self, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Those at hand are measured on what Veilleuse is measured on; the twin leaves the environment as it was."""

        def missing(name: str) -> str:
            raise metadata.PackageNotFoundError(name)

        monkeypatch.setattr(metadata, "version", missing)
        monkeypatch.setenv("VEILLEUSE_TWIN", "")
        measured = list(measure_reading_speed(40, tmp_path, 1, each=6))
        assert os.environ["VEILLEUSE_TWIN"] == ""
        peers = {figure.name: figure.measured for figure in measured if isinstance(figure, PeerFigure)}
        assert list(peers) == ["veilleuse", *PEERS]
        assert [name for name, peer in peers.items() if peer is None] == PEERS[:3]
        ours, theirs = peers["veilleuse"], peers["obscenity"]
        assert ours
        assert theirs
        assert (ours.slower, theirs.version) == (1, "9.8.7")
        assert theirs.slower == pytest.approx(ours.messages_per_second / theirs.messages_per_second)
        assert ours.flagged.total == theirs.flagged.total > 100
        assert 0 < theirs.flagged.count < ours.flagged.count
        (speed,) = (figure for figure in measured if isinstance(figure, Figure) and figure.name == "reading_few")
        assert ours.messages_per_second == speed.measured

    @pytest.mark.parametrize(
        ("language", "missing", "speed", "share"),
        [
            (Language.EN, "not installed", "70,842 messages/s", "10.8%"),
            (Language.FR, "non installé", "70\u202f842 messages/s", "10,8\u00a0%"),
        ],
    )
    def test_table(self, language: Language, missing: str, speed: str, share: str) -> None:
        """A line a filter, the missing ones too, with the way to have them."""
        peered = Peered("0.1.0", 70_842.4, 13.2, Proportion.of(108, 1000))
        figures = [PeerFigure("better_profanity_rs", peered), PeerFigure("obscenity", None)]
        _, _, _, there, absent, _, *notes = peers_table(figures, language).splitlines()
        assert there.startswith("better-profanity-rs (0.1.0)")
        assert there.endswith(share)
        assert speed in there
        assert absent.split(None, 1) == ["obscenity", missing]
        assert any("npm install obscenity" in note for note in notes)
        assert len(peers_table(figures[:1], language).splitlines()) == len(notes) + 4

    @pytest.mark.usefixtures("alone")
    def test_command(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """`--only reading` prints the figures of reading, then the filters."""
        monkeypatch.setattr("veilleuse.cli.bench.measure", partial(bench, repetitions=1))
        assert main(["bench", "--only", "reading", "--events", "4", "--lang", "fr"]) == 0
        said = capsys.readouterr().out
        assert "lecture, 500 termes" in said
        assert "moteur, 10 règles" not in said
        assert said.count("non installé") == len(PEERS)
