"""Explained: no signal without evidence that a person can check in the raw text (promise 4)."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from signals_samples import ENGINE, account, assert_sound, community, heard, message

from veilleuse.engine import Engine
from veilleuse.reading import Lexicon, Term
from veilleuse.signals.passage import Mark, nearest, touched

LISTS = Path(__file__).parent.parent / "acceptance"
WORDS = (
    "nudes", "nude", "nu", "ado", "ados", "teen", "13 ans", "j'ai 13 ans", "im 14", "f15", "photo", "de toi",
    "envoie", "send",
    "contre", "échange", "vends", "10 €", "paypal", "tes photos", "je publie", "sinon", "toute ta classe", "secret",
    "pour entrer",
    "aide", "18+", "maquillage", "porno", "prix", "zorglub", "quiche", "mon ado", "en 4ème", "pas de", "je veux pas",
    "mes",
)  # fmt: skip
JUNK = ("", " ", "\n", "\u200b", "\ud800", "\x00", ", ", ". ", "😀", "é", "-", "'")
TEXT = st.lists(st.sampled_from([*WORDS, *JUNK, *(w.replace("e", "3") for w in WORDS)]), max_size=14).map(" ".join)
PRIVATE = Lexicon.shipped() + Lexicon((Term("zorglub", "sexual", private=True), Term("quiche", "minor", private=True)))


def dangerous() -> list[str]:
    """The texts of the acceptance lists."""
    return [
        entry["text"]
        for path in sorted(LISTS.glob("dangerous_*.toml"))
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["dangerous"]
        if "text" in entry
    ]


class TestEvidence:
    """`text[start:end]` is what the evidence says, for any text."""

    @settings(deadline=None, max_examples=100)
    @given(st.one_of(TEXT, st.sampled_from(dangerous())))
    def test_messages(self, text: str) -> None:
        """Of a message."""
        event = message(text)
        assert_sound(event, [*heard(event).values()])

    @settings(deadline=None, max_examples=100)
    @given(TEXT, TEXT, st.lists(TEXT, max_size=4))
    def test_communities(self, name: str, description: str, channels: list[str]) -> None:
        """Of a name, any line of a description, any channel."""
        event = community(name, description.replace(". ", "\n"), channels)
        assert_sound(event, [*heard(event).values()])

    @settings(deadline=None, max_examples=100)
    @given(TEXT, TEXT)
    def test_accounts(self, name: str, bio: str) -> None:
        """Of an account's name and presentation."""
        event = account(name, bio)
        assert_sound(event, [*heard(event).values()])

    @settings(deadline=None, max_examples=100)
    @given(TEXT)
    def test_private_terms(self, text: str) -> None:
        """An operator's own words are evidence like any other, and no evidence shows them."""
        for event in (message(text), community(text, text, [text])):
            for signal in heard(event, OPERATED).values():
                for evidence in signal.evidence:
                    assert len(evidence.text) == evidence.end - evidence.start
                    for word in ("zorglub", "z0rglub", "quich", "orglub"):
                        assert word not in evidence.text

    def test_private_terms_count(self) -> None:
        """They compose with ours."""
        (signal,) = heard(message("zorglub d'ados"), OPERATED).values()
        assert [e.text for e in signal.evidence] == ["z••••••", "ados"]

    def test_a_word_that_is_both(self) -> None:
        """A shipped word that an operator lists too is masked all the same."""
        engine = Engine(lexicon=Lexicon.shipped() + Lexicon((Term("photo", "secrecy", private=True),)))
        for event in (message("envoie une photo nue"), message("vends photo d'ados nues 10€")):
            texts = [e.text for signal in heard(event, engine).values() for e in signal.evidence]
            assert "photo" not in texts
            assert "p••••" in texts


OPERATED = Engine(lexicon=PRIVATE)
MARKS = st.lists(
    st.builds(
        lambda start, length, weak: Mark(start, start + length, "x", weak=weak),
        st.integers(0, 40),
        st.integers(1, 8),
        st.booleans(),
    ),
    max_size=8,
)


class TestNearest:
    """The pair with the least between, however the marks lie."""

    @settings(deadline=None, max_examples=100)
    @given(MARKS, MARKS)
    def test_against_all_pairs(self, ones: list[Mark], others: list[Mark]) -> None:
        """Where marks do not overlap their own kind, no pair is closer than the one found."""
        ones, others = apart(ones), apart(others)
        gaps = [a.gap(b) for a in ones for b in others if (a.start, a.end) != (b.start, b.end)]
        pair = nearest(ones, others)
        assert (pair is None) == (not gaps)
        if pair:
            assert pair[0] in ones
            assert pair[1] in others
            assert pair[0].gap(pair[1]) == min(gaps)

    @settings(deadline=None, max_examples=100)
    @given(MARKS, MARKS, st.integers(0, 6))
    def test_touched(self, ones: list[Mark], others: list[Mark], reach: int) -> None:
        """Pairs that touch are pairs, in reach."""
        for one, other in touched(ones, others, reach):
            assert one in ones
            assert other in others
            assert one.gap(other) <= reach


def apart(marks: list[Mark]) -> list[Mark]:
    """Those of the marks that do not overlap, as findings of one concept are."""
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, m.end)):
        if not kept or kept[-1].end <= mark.start:
            kept.append(mark)
    return kept


class TestDay:
    """Birth years are judged against the day of the event, and nothing else against any clock."""

    def test_born(self) -> None:
        """The same words about the same year are about a minor one day, and an adult another."""
        said = "cherche nudes, fille née en 2012"
        now = message(said)
        later = replace(now, at=datetime(2040, 1, 2, tzinfo=UTC))
        assert any(e.cue.startswith("age ") for s in heard(now).values() for e in s.evidence)
        assert not any(e.cue.startswith("age ") for s in heard(later).values() for e in s.evidence)
        assert ENGINE.dead_letters == []
