"""Raw beside plain: the two sides tell the same stretch of text."""

from hypothesis import given
from hypothesis import strategies as st

from veilleuse.families.excerpt import WHOLE, passage
from veilleuse.families.legible import visible
from veilleuse.reading.finding import Disguise, Finding, mask_private, plain
from veilleuse.signals.signal import Evidence

LETTERS = st.text("abcdef ", max_size=300)


@st.composite
def readings(draw: st.DrawFn) -> tuple[str, list[Finding], list[Evidence]]:
    """A text with findings apart from one another, some of them evidence."""
    text = draw(LETTERS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    findings = [
        Finding("term", "image", start, end, draw(st.sampled_from(Disguise)), private=draw(st.booleans()))
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    chosen = [f for f in findings if draw(st.booleans())]
    return text, findings, [Evidence("m1", f.start, f.end, f.concept, "") for f in chosen]


class TestPassage:
    """What a passage shows of a text."""

    @given(readings())
    def test_sides_are_the_text_and_its_reading(self, reading: tuple[str, list[Finding], list[Evidence]]) -> None:
        """The pieces of a short text make the masked raw text on one side, its plain reading on the other."""
        text, findings, evidence = reading
        shown = passage("", text, findings, evidence)
        assert len(text) <= WHOLE
        assert shown.raw == visible(mask_private(text, findings))
        assert shown.plain == visible(plain(text, findings))
        assert sum(piece.marked for piece in shown.pieces) == min(len(evidence), 12)

    def test_evidence_beyond_the_text_is_bounded(self) -> None:
        """Offsets that do not fit the text are cut to it or left out."""
        evidence = [Evidence("m1", 2, 99, "image", ""), Evidence("m1", 50, 60, "image", "")]
        shown = passage("", "photo", [], evidence)
        assert [piece.raw for piece in shown.pieces if piece.marked] == ["oto"]

    def test_overlapping_evidence_is_marked_once(self) -> None:
        """Of two pieces of evidence over the same letters, the first and longest is marked."""
        evidence = [Evidence("m1", 0, 5, "image", ""), Evidence("m1", 0, 3, "you", ""), Evidence("m1", 4, 9, "you", "")]
        shown = passage("", "photos de toi", [], evidence)
        assert [piece.raw for piece in shown.pieces if piece.marked] == ["photo"]

    def test_far_evidence_has_its_own_window(self) -> None:
        """Two places far apart are shown each in its surroundings, a cut between them."""
        text = "photo" + " a" * 2000 + " secret"
        end = len(text)
        evidence = [Evidence("m1", 0, 5, "image", ""), Evidence("m1", end - 6, end, "secrecy", "")]
        shown = passage("", text, [], evidence)
        assert shown.raw.startswith("photo a a")
        assert shown.raw.endswith("a a secret")
        assert shown.raw.count("…") == 1

    def test_several_disguises_are_told_without_naming_one(self) -> None:
        """A piece of evidence over two disguised terms is explained by its reading alone."""
        findings = [
            Finding("nude", "sexual", 0, 4, Disguise.LOOKALIKE),
            Finding("ados", "minor", 5, 9, Disguise.MASKED),
        ]
        shown = passage("", "nvde ad*s", findings, [Evidence("e1", 0, 9, "sexual", "")])
        assert [(part.raw, part.plain, part.disguise) for part in shown.parts] == [("nvde ad*s", "nude ados", None)]
