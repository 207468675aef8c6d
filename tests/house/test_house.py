"""How the house is built: who knows whom, and that nothing is said in one language only."""

import ast
import tomllib
from pathlib import Path

import pytest

import veilleuse

HOUSE = Path(veilleuse.__file__).parent
# Each room, and the rooms it may know. Data walks one way.
ROOMS = {
    "language": set[str](),
    "events": set[str](),
    "reading": {"language"},
    "cues": {"language", "reading"},
    "memory": {"events", "cues"},
    "signals": {"language", "reading", "cues", "memory"},
    "policy": {"language", "events", "signals"},
    "engine": {"events", "reading", "cues", "memory", "signals", "policy"},
    "archives": {"language", "events"},
    "families": {"language", "events", "reading", "signals", "policy"},
}
ABOVE_ALL = {"cli", "evaluation"}


def modules() -> list[Path]:
    """Every module of the package."""
    return sorted(HOUSE.rglob("*.py"))


def room(path: Path) -> str:
    """The room a module stands in."""
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def known(path: Path) -> set[str]:
    """The rooms a module imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
        elif isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
    return {name.split(".")[1] for name in names if name.startswith("veilleuse.")}


class TestCorridor:
    """Data walks one way."""

    @pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
    def test_imports(self, path: Path) -> None:
        """A room knows only the rooms below it."""
        here = room(path)
        if here in ROOMS:
            assert known(path) <= ROOMS[here] | {here}
        else:
            assert here in ABOVE_ALL | {"__init__"}

    @pytest.mark.parametrize("path", modules(), ids=lambda p: str(p.relative_to(HOUSE)))
    def test_one_noun(self, path: Path) -> None:
        """A module of more than 400 lines holds more than one noun."""
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


class TestLanguages:
    """French and English side by side."""

    @pytest.mark.parametrize("path", sorted((HOUSE / "data" / "messages").glob("*.toml")), ids=lambda p: p.stem)
    def test_both(self, path: Path) -> None:
        """Every sentence exists in both, with the same values."""
        for sentence, said in tomllib.loads(path.read_text(encoding="utf-8")).items():
            assert set(said) == {"en", "fr"}, sentence
            assert bool(said["en"].strip()) == bool(said["fr"].strip()), sentence
