"""What people are told, in both languages."""

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest
from archives_samples import Reading, write

from veilleuse.archives import Damage, Note, Unit
from veilleuse.language import Language, Problem

CATALOGUE = tomllib.loads((files("veilleuse") / "data" / "messages" / "archives.toml").read_text(encoding="utf-8"))


class TestMessages:
    """Sentences."""

    @pytest.mark.parametrize("key", CATALOGUE)
    def test_both_languages_say_the_same_things(self, key: str) -> None:
        """The same values stand in both, and French signs have their spaces."""
        sentences = CATALOGUE[key]
        assert sorted(sentences) == ["en", "fr"]
        values = {language: set(re.findall(r"\{(\w+)\}", text)) for language, text in sentences.items()}
        assert values["en"] == values["fr"]
        assert not re.search(r"(?<![\u00a0\u202f\d])[:;!?»]|«(?![\u00a0\u202f])|'", sentences["fr"])

    @pytest.mark.parametrize("language", Language)
    def test_notes_are_said(self, language: Language) -> None:
        """Each is a sentence of its own."""
        said = {note.say(language) for note in Note}
        assert len(said) == len(Note)
        assert all(sentence.endswith(".") for sentence in said)

    @pytest.mark.parametrize(
        ("kept", "lost", "unit", "words"),
        [
            (0, 0, Unit.BYTES, "Nothing was kept of it."),
            (1, 1, Unit.BYTES, "1 event was kept of it. 1 byte was not read."),
            (2, 2, Unit.LINES, "2 events were kept of it. 2 lines were not read."),
            (2, 1, Unit.LINES, "2 events were kept of it. 1 line was not read."),
        ],
    )
    def test_counts_are_grammatical(self, kept: int, lost: int, unit: Unit, words: str) -> None:
        """One is not many."""
        damage = Damage("a.json", Problem("archives.bad_zip"), kept, lost, unit)
        assert damage.say(Language.EN).endswith(words)
        assert damage.say(Language.FR).startswith("a.json")

    def test_names_with_braces_are_said_as_they_are(self, tmp_path: Path) -> None:
        """A file's name is no template."""
        assert "{0}.json" in Reading(write(tmp_path / "{0}.json", "")).said
