"""The report's words: both languages, every signal, every disguise; and a page that can be read."""

import re
import string
import tomllib
from importlib.resources import files

import pytest
from families_samples import asking, report

from veilleuse.families import guide, render
from veilleuse.families.excerpt import Part
from veilleuse.families.wording import count, day, digits, hidden_how, moment, tell
from veilleuse.language import Language
from veilleuse.policy.decision import Severity
from veilleuse.reading.finding import Disguise
from veilleuse.reading.lexicon import CONCEPTS
from veilleuse.signals import NAMES

LANGUAGES = pytest.mark.parametrize("language", list(Language))
PACKAGE = files("veilleuse")
WORDS: dict[str, dict[str, str]] = tomllib.loads(
    (PACKAGE / "data" / "messages" / "report.toml").read_text(encoding="utf-8")
)


def values(sentence: str) -> set[str]:
    """The names in braces."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


class TestBothLanguages:
    """Neither language is forgotten."""

    @pytest.mark.parametrize("key", WORDS)
    def test_complete(self, key: str) -> None:
        """Each sentence exists in both, with the same values, and holds no markup."""
        said = WORDS[key]
        assert set(said) == {"en", "fr"}
        assert values(said["en"]) == values(said["fr"])
        for sentence in said.values():
            assert sentence.strip() == sentence != ""
            assert not re.search("[<>&]", sentence)

    @pytest.mark.parametrize("key", WORDS)
    def test_french_typography(self, key: str) -> None:
        """French high punctuation is kept to its word by a no-break space, apostrophes are curly."""
        french = WORDS[key]["fr"]
        assert not re.search(r" [:;!?»]|« |[^\s\u00a0\u202f/]»|\w[:;!?](?=\s|$)|«\S", french.replace("«\u00a0", ""))
        assert "'" not in french

    @LANGUAGES
    @pytest.mark.parametrize("signal", NAMES)
    def test_every_signal(self, signal: str, language: Language) -> None:
        """Each signal has its short name, its meaning, and what would lower it."""
        for part in ("short", "what", "lowers"):
            assert tell(f"signal.{signal}.{part}", language)

    @LANGUAGES
    def test_every_disguise_concept_and_severity(self, language: Language) -> None:
        """Whatever reading or policy may say has words here."""
        for disguise in Disguise:
            assert hidden_how(Part("x", "y", disguise, "minor"), language)
        for concept in CONCEPTS:
            assert tell(f"cue.{concept}", language)
        for severity in Severity:
            assert tell(f"severity.{severity}", language)


class TestNumbersAndDates:
    """Numbers and days, as each language writes them."""

    def test_counting(self) -> None:
        """French counts none as one, English as many."""
        assert count("answer.some", 1, Language.FR).startswith("1 chose mérite")
        assert count("answer.some", 2, Language.FR).startswith("2 choses méritent")
        assert count("people.more", 0, Language.FR) == "et 0 autre"
        assert count("people.more", 0, Language.EN) == "and 0 others"

    def test_digits(self) -> None:
        """Thousands are set apart."""
        assert digits(12873, Language.EN) == "12,873"
        assert digits(12873, Language.FR) == "12\u202f873"

    def test_days(self) -> None:
        """The first of the month is an ordinal in French."""
        at = asking().event.at.replace(day=1)
        assert day(at, Language.FR) == "1er\u00a0novembre 2026"
        assert moment(at, Language.EN) == "1\u00a0November 2026 at 12:00"


class TestGuide:
    """Who helps."""

    def test_france(self) -> None:
        """France has the numbers that the issue asks for."""
        home = guide.home()
        assert [contact.number for contact in home.child] == ["3018", "119"]
        assert [contact.number for contact in home.emergency] == ["17", "112", "114"]
        assert [contact.number for contact in home.emergency if contact.by_text] == ["114"]

    @LANGUAGES
    def test_elsewhere(self, language: Language) -> None:
        """Every other country appears once, with a way to get help, those of the reader's language first."""
        others = guide.elsewhere(language)
        assert len(others) == len(guide.countries()) - 1
        assert len({country.name.en for country in others}) == len(others)
        assert others[0].name[language] == {"fr": "Belgique", "en": "United Kingdom"}[language]
        for country in others:
            assert country.emergency or country.child or country.report
            assert all(site.startswith("https://") for site in country.report + country.learn)

    def test_dialled(self) -> None:
        """What is dialled has no spaces or dashes."""
        assert guide.dialled("+33 1 53 06 38 94") == "+33153063894"
        assert guide.dialled("1-800-843-5678") == "18008435678"


class TestColours:
    """Contrast of at least 4.5 to 1, in daylight, at night and on paper."""

    TEXT_ON = (
        ("ink", "paper"), ("ink", "card"), ("ink", "wash"), ("soft", "paper"), ("soft", "card"), ("soft", "wash"),
        ("warm", "paper"), ("warm", "card"), ("warm", "wash"), ("link", "card"), ("mark-ink", "mark"),
        ("on-badge", "critical"), ("on-badge", "high"), ("on-badge", "elevated"), ("on-badge", "low"),
        ("critical", "paper"), ("high", "paper"), ("elevated", "paper"), ("low", "paper"), ("critical", "card"),
    )  # fmt: skip

    @pytest.mark.parametrize("scheme", [0, 1, 2])
    @pytest.mark.parametrize(("text", "ground"), TEXT_ON)
    def test_contrast(self, scheme: int, text: str, ground: str) -> None:
        """Each pair of text and ground can be read by weak eyes."""
        palettes = re.findall(r":root \{(.*?)\}", render(report(), Language.EN), re.DOTALL)
        assert len(palettes) == 3
        colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", palettes[0]))
        colours |= dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", palettes[scheme]))
        light, dark = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Relative luminance, by the rule of WCAG 2."""
    digit_pairs = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    channels = (int(digit_pairs[i : i + 2], 16) / 255 for i in (0, 2, 4))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
