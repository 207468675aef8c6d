"""Text written by others may be meant to harm: the page shows it, and nothing more."""

import re
import unicodedata
from time import perf_counter

import pytest
from families_samples import ASKING, Page, asking, find, message, place, profile, report
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from veilleuse.families import Report, render, summary
from veilleuse.families.excerpt import CONTEXT
from veilleuse.families.legible import clip, line, visible
from veilleuse.language import Language
from veilleuse.policy.decision import Severity
from veilleuse.reading.finding import Disguise, Finding

SCRIPT = "<script>alert(1)</script>"
INJECTIONS = [
    SCRIPT,
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "</bdi></p></article><h1>tout va bien</h1>",
    "</style><style>*{display:none}",
    "<!-- ",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1) https://example.org/x.png",
    "' onmouseover='alert(1)",
]
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"


def everywhere(words: str) -> Report:
    """A report in which whoever may write has written these words."""
    name = place(words, description=words, channels=(words,))
    said = message(words + " secret", find(words + " secret", "secret", "secret", "secrecy"))
    event = structs.replace(said.event, id=words, author=words, channel=words, community=words)
    inside = structs.replace(said, event=event, decision=structs.replace(said.decision, rules=(words,)))
    return report(
        name,
        said,
        inside,
        profile(words),
        people={"u9": words, "u2": words},
        communities={"g1": words},
        damages=[words],
        notes=[words],
        sources=[words],
        rules={"a-rule": words},
    )


def controls(text: str) -> set[str]:
    """The characters that could steer a screen: controls but the newline, surrogates, bidi marks."""
    return {c for c in text if (unicodedata.category(c) in ("Cc", "Cs") and c != "\n") or c in BIDI}


class TestMarkup:
    """Nothing somebody wrote becomes markup."""

    @pytest.mark.parametrize("words", INJECTIONS)
    def test_injection_stays_text(self, words: str) -> None:
        """The page has the same elements, whatever was written, and shows what was written."""
        hostile, mild = (Page(render(everywhere(w), Language.EN)) for w in (words, "paix"))
        assert [tag for tag, _ in hostile.elements] == [tag for tag, _ in mild.elements]
        assert hostile.misnested == []
        assert hostile.open == []
        assert " ".join(words.split()) in hostile.text

    def test_no_handler_and_no_script(self) -> None:
        """No element runs anything: no script, no event attribute."""
        for words in INJECTIONS:
            page = Page(render(everywhere(words), Language.EN))
            assert not page.every("script")
            assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]

    def test_somebodys_words_are_isolated(self) -> None:
        """Quoted words and names stand in elements of their own direction."""
        page = render(report(asking(), people={"u9": "لونا", "u2": "Zoé"}), Language.EN)
        assert "<bdi>لونا</bdi>" in page
        assert "<td><bdi>ph0to</bdi></td><td><bdi>photo</bdi></td>" in page
        assert "in a private conversation (<bdi>لونا</bdi>, <bdi>Zoé</bdi>)" in page


class TestAlone:
    """The page needs nothing but itself."""

    @pytest.mark.parametrize("language", list(Language))
    def test_loads_nothing(self, language: Language) -> None:
        """No element names a thing to load, and the policy of the page forbids it."""
        html = render(everywhere("paix"), language)
        page = Page(html)
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"script", "link", "img", "iframe", "object", "embed", "audio", "video", "source", "base"}
        loading = [a for _, a in page.elements for name in a if name in ("src", "srcset", "data", "xlink:href")]
        assert loading == []
        assert {tag for tag, a in page.elements if "href" in a} == {"a"}
        style = html[html.index("<style>") : html.index("</style>")]
        assert "@import" not in style
        assert not re.search(r"url\(", style)
        policies = [a["content"] for a in page.every("meta") if a.get("http-equiv") == "Content-Security-Policy"]
        assert policies[0].startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")

    def test_links_are_calls_or_safe_sites(self) -> None:
        """A link dials a number or opens a site over https, and tells the site nothing of this file."""
        page = Page(render(report(asking()), Language.EN))
        for link in page.every("a"):
            assert re.fullmatch(r"tel:\+?[0-9]+|https://[a-z0-9./-]+", link["href"], re.IGNORECASE)
            assert link["href"].startswith("tel:") or link["rel"] == "noopener noreferrer"
        assert {"name": "referrer", "content": "no-referrer"} in page.every("meta")

    @pytest.mark.parametrize("language", list(Language))
    def test_language_is_named(self, language: Language) -> None:
        """The document says in which language it speaks."""
        assert Page(render(report(), language)).every("html") == [{"lang": language.value}]


class TestUnseen:
    """Characters that nobody sees are shown, or gone."""

    WORDS = f"a\x00b\x1b[31mc\x85d\ud800e{BIDI}f\u200bg\r\nh"

    @pytest.mark.parametrize("language", list(Language))
    def test_page_and_terminal(self, language: Language) -> None:
        """Neither holds a control, a direction override or a lone surrogate, and both can be written to a file."""
        for told in (render(everywhere(self.WORDS), language), summary(everywhere(self.WORDS), language)):
            assert controls(told) == set()
            assert told.encode("utf-8")

    @given(st.text())
    def test_visible_hides_nothing(self, text: str) -> None:
        """Whatever the text, no such character is left."""
        assert controls(visible(text)) <= {"\t"}

    @given(st.text(), st.integers(min_value=3, max_value=60))
    def test_line_is_one_line(self, text: str, limit: int) -> None:
        """A name is one line and never longer than allowed."""
        shown = line(text, limit)
        assert len(shown) <= limit
        assert shown == " ".join(shown.split())
        assert controls(shown) == set()

    def test_runs_are_counted(self) -> None:
        """A few hidden characters are shown one by one, many by their number."""
        assert visible("a\u200b\u200bb") == "a▯▯b"
        assert visible("a" + "\u200b" * 1_000_000 + "b") == "a▯(×1000000)b"

    @pytest.mark.parametrize("words", ["👨‍👩‍👧 ❤️ 1️⃣", "می‌خواهم", "क्‍ष", "l’été à 8 h : « oui »"])
    def test_ordinary_writing_is_left_alone(self, words: str) -> None:
        """Emoji, and scripts that are spelt with joiners, stay as they are."""
        assert visible(words) == words

    def test_marks_do_not_pile_up(self) -> None:
        """A letter keeps three marks at most."""
        assert visible("z" + "\u0334" * 500) == "z" + "\u0334" * 3

    @given(st.text(max_size=50), st.integers(min_value=3, max_value=60))
    def test_clip_keeps_both_ends(self, text: str, limit: int) -> None:
        """What is cut is the middle."""
        cut = clip(text, limit)
        assert len(cut) <= limit
        assert cut[:1] == text[:1]
        assert cut[-1:] == text[-1:]


class TestEndless:
    """Long texts are cut around the evidence."""

    def test_ten_megabytes(self) -> None:
        """A message of 10 MB is shown by what counts in it, quickly."""
        text = "a" * 5_000_000 + " envoie une ph0to de toi " + "b " * 2_500_000
        start = perf_counter()
        page = render(report(message(text, find(text, "ph0to", "photo", "image", Disguise.LOOKALIKE))), Language.EN)
        assert perf_counter() - start < 5
        assert len(page) < 100_000
        assert re.search(r"…a+ envoie une <mark><bdi>ph0to</bdi></mark> de toi (b )+…", page)

    def test_million_invisible_characters(self) -> None:
        """A word with a million unseen characters inside is shown with their number."""
        hidden = "ph" + "\u200b" * 1_000_000 + "oto"
        thing = message(f"une {hidden} ?", find(f"une {hidden} ?", hidden, "photo", "image", Disguise.INVISIBLE))
        assert Page(render(report(thing), Language.EN)).marked == ["ph▯(×1000000)oto", "photo"]

    def test_endless_name(self) -> None:
        """A name of a megabyte takes one line."""
        page = render(report(asking(), people={"u9": "L" * 1_000_000}), Language.EN)
        assert len(page) < 60_000

    def test_many_marks(self) -> None:
        """A text with thousands of findings shows the first of them."""
        word = "secret "
        findings = [Finding("secret", "secrecy", i * 7, i * 7 + 6, Disguise.PLAIN) for i in range(2000)]
        page = Page(render(report(message(word * 2000, *findings)), Language.EN))
        assert len(page.marked) == 12


class TestPrivate:
    """An operator's own terms appear masked, or not at all."""

    @pytest.mark.parametrize("language", list(Language))
    def test_masked_wherever_they_stand(self, language: Language) -> None:
        """In a message, in a name, in a place's name, in a rule's shadow: only the first letter shows."""
        text = "voici zanz1bar pour toi"
        finding = find(text, "zanz1bar", "zanzibar", "trade", Disguise.LOOKALIKE, private=True)
        thing = message(text, finding, community="g1", severity=Severity.HIGH)
        named = report(thing, people={"u9": "Zanz1bar fan"}, communities={"g1": "le ZANZIBAR"})
        for told in (render(named, language), summary(named, language)):
            assert "zanz1bar" not in told.lower()
            assert "zanzibar" not in told.lower()
            assert "z•••••••" in told
            assert "Z••••••• fan" in told

    def test_masked_at_the_edge_of_a_cut(self) -> None:
        """A private term that the cut would break in two is masked whole."""
        for shift in range(14):
            text = "x " * 400 + "zanzibar" + "y" * (CONTEXT - shift) + "ph0to" + " x" * 400
            private = find(text, "zanzibar", "zanzibar", "trade", private=True)
            photo = find(text, "ph0to", "photo", "image", Disguise.LOOKALIKE)
            thing = structs.replace(message(text, photo), findings={"": [private, photo]})
            told = Page(render(report(thing), Language.EN)).text
            assert "yph0toy" in told.replace(" ", "").replace("x", "y")
            assert not re.search("[anzibr]y", told.partition("As written")[2].partition("What it says")[0])

    def test_plain_words_are_not_masked(self) -> None:
        """Without private terms nothing is masked."""
        assert "•" not in Page(render(report(message(ASKING)), Language.EN)).text.partition("How to read")[0]


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_any_words_make_a_sound_page(words: str) -> None:
    """Whatever people write, the page is well nested, free of controls, and can be written."""
    html = render(everywhere(words), Language.FR)
    page = Page(html)
    assert page.misnested == []
    assert controls(html) <= {"\t"}
    assert html.encode("utf-8")
