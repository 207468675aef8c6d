"""Disguises that take more than one look, read alike by the kernel and its twin."""

from collections.abc import Callable

import pytest

from veilleuse.reading import Reader
from veilleuse.reading.edits import PAIRS
from veilleuse.reading.finding import Disguise

TERMS = ["pencil", "cupboard", "oven", "chouette", "mineur", "mineure", "planet", "noisette", "window", "spoon"]


Twinned = Callable[..., Reader]


@pytest.fixture(params=["", "1"], ids=["fastest", "twin"])
def twin(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Twinned:
    """Makes readers of terms, by either finder."""
    monkeypatch.setenv("VEILLEUSE_TWIN", request.param)
    return Reader


@pytest.fixture
def reader(twin: Twinned) -> Reader:
    """A reader of these terms, by either finder."""
    return twin(TERMS)


class TestContrived:
    """What is hidden by more than a changed letter."""

    @pytest.mark.parametrize(
        ("text", "raw", "term", "disguise"),
        [
            ("a penc il here", "penc il", "pencil", Disguise.SPLIT),
            ("a pe nc-il here", "pe nc-il", "pencil", Disguise.SPLIT),
            ("a p encil here", "p encil", "pencil", Disguise.SPLIT),
            ("p\ne\nn\nc\ni\nl", "p\ne\nn\nc\ni\nl", "pencil", Disguise.SPLIT),
            ("pe🔥nc🔥il", "pe🔥nc🔥il", "pencil", Disguise.SPLIT),
            ("pen🔥il", "pen🔥il", "pencil", Disguise.MASKED),
            ("cuxxoard", "cuxxoard", "cupboard", Disguise.MASKED),
            ("c..board", "c..board", "cupboard", Disguise.MASKED),
            ("pen(il", "pen(il", "pencil", Disguise.LOOKALIKE),
            ("pla(et", "pla(et", "planet", Disguise.MASKED),
            ("pen\u0547il", "pen\u0547il", "pencil", Disguise.MASKED),
            ("bigpencil", "pencil", "pencil", Disguise.JOINED),
            ("ovenlovely", "oven", "oven", Disguise.JOINED),
            ("a \u202elicnep\u202c here", "licnep", "pencil", Disguise.REVERSED),
            ("a pen\u202elic\u202c here", "pen\u202elic", "pencil", Disguise.INVISIBLE),
            ("pencilz", "pencilz", "pencil", Disguise.PHONETIC),
            ("cupboerd", "cupboerd", "cupboard", Disguise.VOWELS),
            ("ucpboadr", "ucpboadr", "cupboard", Disguise.SWAPPED),
            ("cpboad", "cpboad", "cupboard", Disguise.DROPPED),
            ("lıɔuǝd", "lıɔuǝd", "pencil", Disguise.REVERSED),
            ("cuoard", "cuoard", "cupboard", Disguise.DROPPED),
            ("nwazett", "nwazett", "noisette", Disguise.PHONETIC),
            ("mineυr", "mineυr", "mineur", Disguise.LOOKALIKE),
            ("ςupboard", "ςupboard", "cupboard", Disguise.LOOKALIKE),
            ("ρlaηet", "ρlaηet", "planet", Disguise.LOOKALIKE),
            ("πeηcil", "πeηcil", "pencil", Disguise.LOOKALIKE),
            ("cupßoard", "cupßoard", "cupboard", Disguise.LOOKALIKE),
            ("ov£n", "ov£n", "oven", Disguise.LOOKALIKE),
            ("{houette", "{houette", "chouette", Disguise.LOOKALIKE),
            ("(h0u&tte", "(h0u&tte", "chouette", Disguise.MASKED),
            ("pla&et", "pla&et", "planet", Disguise.MASKED),
            ("chou-ette", "chou-ette", "chouette", Disguise.SPLIT),
            ("vvindow", "vvindow", "window", Disguise.LOOKALIKE),
            ("vvind0vv", "vvind0vv", "window", Disguise.LOOKALIKE),
            ("rnineur", "rnineur", "mineur", Disguise.LOOKALIKE),
            ("cupboarcl", "cupboarcl", "cupboard", Disguise.LOOKALIKE),
            ("a p%65nci%6c", "p%65nci%6c", "pencil", Disguise.LOOKALIKE),
            ("p%65nci%6c% \U0001f525", "p%65nci%6c", "pencil", Disguise.LOOKALIKE),
            ("xXpencilXx", "pencil", "pencil", Disguise.JOINED),
        ],
    )
    def test_seen(self, reader: Reader, text: str, raw: str, term: str, disguise: Disguise) -> None:
        """The term, what stands for it, and how it was hidden."""
        found = {(text[f.start : f.end], f.term, f.disguise) for f in reader.read(text)}
        assert found == {(raw, term, disguise)}

    @pytest.mark.parametrize(
        ("term", "raw"),
        [
            ("fenêtre", "fen%C3%AAtre"),
            ("fenêtre", "fen%c3%aatr%C3%A9"),
            ("cœur", "c%C5%93ur"),
            ("pencil", "pe%E2%80%8Bnc%CC%81il"),  # what nobody sees, and a mark
            ("pencil", "%F0%9D%93%85encil"),
            ("planet", "%CF%81lanet"),  # one of two letters
            ("pencil", "p%33n%63%31%6C"),
            ("pencil", "pe%7Fncil"),
            ("petit pois", "petit%20pois"),
        ],
    )
    def test_escapes(self, twin: Twinned, term: str, raw: str) -> None:
        """Addresses escape any byte, those of UTF-8 too; a disguise reaches to the end of what is escaped."""
        for text in (raw, f"see x/{raw}%20 \U0001f525"):
            assert [(text[f.start : f.end], f.disguise) for f in twin([term]).read(text)] == [(raw, Disguise.LOOKALIKE)]

    @pytest.mark.parametrize(
        "text",
        [
            *("p%C1%A5ncil", "p%E0%81%A5ncil", "p%F0%80%81%A5ncil", "p%C3ncil", "p%C3%65ncil", "p%C3 %A9ncil"),
            *("pe%ED%A0%80ncil", "pe%F4%90%80%80ncil", "pe%F7%BF%BF%BFncil", "pe%F8%88%80%80%80ncil", "pe%FFncil"),
            *("pe%A5%A5ncil", "p%C3%E9ncil", "pe%F0%8F%BF%BFncil", "penci%6", "penci%", "penci%C3%"),
        ],
    )
    def test_no_escapes(self, twin: Twinned, text: str) -> None:
        """Bytes that are no UTF-8, longer than they need be or cut short, escape nothing."""
        assert [f for f in twin(["pencil"]).read(text) if f.end - f.start > len("pencil")] == []

    @pytest.mark.parametrize("text", ["a way out", "pen ci vil", "p.s. encil", "chou et toi", "xx", "xu x", "xpencilx"])
    def test_left(self, reader: Reader, text: str) -> None:
        """Words that stand by themselves make no other."""
        assert reader.read(text) == []

    @pytest.mark.parametrize("text", ["chouete", "windo", "w1ndo", "widnow", "windoows"])
    def test_slips(self, reader: Reader, text: str) -> None:
        """What people write by mistake, or as two words, hides nothing."""
        assert reader.read(text) == []

    @pytest.mark.parametrize("text", ["noiset_3", "milneur", "cupboaxx", "cupoar", "spoo", "xpencilxx", "xxpencilx"])
    def test_likely_otherwise(self, reader: Reader, text: str) -> None:
        """A number behind a sign, another letter than the one held longer, kisses, and words cut short too far."""
        assert reader.read(text) == []

    @pytest.mark.parametrize(
        "text",
        ["noise_te", "no_5ette", "noiset#3", "uuindow", "miineur", "mmlneur", "cuxxoaxd", "cupbard", "cupoad", "penci"],
    )
    def test_likely_so(self, reader: Reader, text: str) -> None:
        """What those resemble is seen."""
        assert [f.start for f in reader.read(text)] == [0]

    @pytest.mark.parametrize(
        ("term", "text", "found"),
        [
            ("thai", "th-i", 1),
            ("lava", "l'ava", 0),
            ("lava", "l-ava", 1),
            ("lava", "l.ava", 1),
            ("tzazq", "t-azq", 1),  # no word
            ("tzde", "t-de", 1),  # no vowel
            ("bzai", "b-ai", 1),
            *((f"{letter}zai", f"{letter}-ai", 0) for letter in "cdjlmnst"),
            *((f"tz{word}", f"t-{word}", 0) for word in ("ai", "es", "il", "on", "un", "yin", "hier")),
        ],
    )
    def test_elisions(self, twin: Twinned, term: str, text: str, found: int) -> None:
        """What French elides is two words, with an apostrophe or, in haste, a hyphen."""
        assert len(twin([term]).read(text)) == found

    @pytest.mark.parametrize(
        ("text", "raw", "term"),
        [
            ("p * n c i l", "p * n c i l", "pencil"),
            ("p  *  n  c  i  l", "p  *  n  c  i  l", "pencil"),
            ("o  *  e  n", "o  *  e  n", "oven"),
            ("m i n * u r", "m i n * u r", "mineur"),  # what is left without the sign is another word's form
            ("*p e n c i l*", "p e n c i l", "pencil"),
            ("** i c p u b o a r d", "c p u b o a r d", "cupboard"),
            ("- *o v e n*", "o v e n", "oven"),
            ("+o v e n+ !", "o v e n", "oven"),
            ("l.i.c.n.e.p", "l.i.c.n.e.p", "pencil"),
            ("n w a z e t t e", "n w a z e t t e", "noisette"),
            ("i c p u b o a r d", "c p u b o a r d", "cupboard"),
            ("c p u b o a r d y", "c p u b o a r d", "cupboard"),
            ("i c p u b o a r d y", "c p u b o a r d", "cupboard"),
            ("v o e n", "v o e n", "oven"),
            ("p-en-icl", "p-en-icl", "pencil"),
            ("cp/uboa\u2022rd", "cp/uboa\u2022rd", "cupboard"),
            ("nwa.zette", "nwa.zette", "noisette"),
        ],
    )
    def test_set_apart(self, reader: Reader, text: str, raw: str, term: str) -> None:
        """Letters that spaces or signs set apart are read as one word, which may itself wear a disguise."""
        found = {(text[f.start : f.end], f.term, f.disguise) for f in reader.read(text)}
        assert found == {(raw, term, Disguise.SPLIT)}

    @pytest.mark.parametrize(
        "text",
        [
            *("w i d n o w", "wid-now", "c h o u e t e", "p'en'icl", "p-en-1cl", "2 * o * v * n", "o * * n"),
            *("v o n", "v-oen", "sp-ono", "w i n d r o w", "a w i n d r o w", "a * o * v n", "p e n c * * l"),
        ],
    )
    def test_not_set_apart(self, reader: Reader, text: str) -> None:
        """Not as an ordinary word or as a slip, nor by apostrophes, with digits, or if they are few."""
        assert reader.read(text) == []

    @pytest.mark.parametrize(
        ("term", "text"),
        [
            ("enatn", "t e n a n t"),
            ("torhc", "a t o r c h"),
            ("eearly", "n e a r l y"),
            ("minaere", "mine_are"),
            ("meanwhiel", "mean-while"),
            ("dabrictos", "d-abricots"),
        ],
    )
    def test_words_apart(self, twin: Twinned, term: str, text: str) -> None:
        """What is a word when its letters are joined, or words joined by a sign, is no other term."""
        assert twin([term]).read(text) == []

    def test_longest_apart(self, twin: Twinned) -> None:
        """Letters that stand one by one are a disguised term of 24 letters at most."""
        for word, found in (("kobrizalumetidorvanketup", 1), ("kobrizalumetidorvanketups", 0)):
            assert len(twin([word]).read(" ".join(word.replace("lu", "ul")))) == found

    def test_set_apart_off(self, twin: Twinned) -> None:
        """What is switched off is not read so either."""
        for off in (Disguise.SWAPPED, Disguise.SPLIT):
            reader = twin(TERMS, disguises={off: 0})
            assert [reader.read(text) for text in ("p-en-icl", "c p u b o a r d")] == [[], []]

    @pytest.mark.parametrize(("letter", "pair"), PAIRS)
    def test_pairs(self, twin: Twinned, letter: str, pair: str) -> None:
        """Two letters that look like one, in one place or in all."""
        reader, word = twin([f"ko{letter}bri{letter}"]), f"ko{letter}bri{letter}"
        for written in (word.replace(letter, pair), word.replace(letter, pair, 1)):
            assert [f.disguise for f in reader.read(written)] == [Disguise.LOOKALIKE]

    def test_frames(self, twin: Twinned) -> None:
        """Rows of x around a term say nothing, unless it is short."""
        assert [(f.start, f.end) for f in twin(["oven", "jam"]).read("xxjamxx xXovenXX")] == [(10, 14)]

    @pytest.mark.parametrize("text", ["(ouncil", "(hair", "0vn"])
    def test_signs_before(self, reader: Reader, text: str) -> None:
        """Signs before words are mostly that, and an edit that begins with a sign, or a short one, is none."""
        assert reader.read(text) == []

    @pytest.mark.parametrize("text", ["0v3en", "ov3nn", "p3nci1"])
    def test_digits_among_letters(self, reader: Reader, text: str) -> None:
        """Fewer digits than letters leave a changed word readable."""
        assert [f.start for f in reader.read(text)] == [0]

    @pytest.mark.parametrize("text", ["04.36", "0v33n", "03n", "f 00v3n"])
    def test_figures(self, reader: Reader, text: str) -> None:
        """As many digits as letters, and an edit besides: a figure or a nickname."""
        assert reader.read(text) == []

    def test_openly(self, reader: Reader) -> None:
        """Endings behind signs are French spelling, not a disguise."""
        assert [(f.term, f.disguise) for f in reader.read("des mineur\u00b7e\u00b7s")] == [("mineur", Disguise.PLAIN)]
