"""Ages and sums as people state them, and all that only looks like one."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading_samples import talk

from veilleuse.reading.ages import MAJORITY, OLDEST, find_ages
from veilleuse.reading.amounts import find_amounts
from veilleuse.reading.fold import fold

ON = date(2026, 6, 1)
STATED = {
    # years
    "j'ai 13 ans": "13", "J’AI 13 ANS": "13", "jai 13ans": "13", "t'as 13 ans ?": "13", "j'ai 13 ans et demi": "13",
    "j'ai bientôt 14 ans": "14", "13 ans f": "13", "f 13 ans": "13", "14 ans ici": "14", "ma fille a 12 ans": "12",
    "12 à 15 ans": "12-15", "13-17 ans": "13-17", "12 et 15 ans": "12-15", "âge : 13": "13", "âgée de 13 ans": "13",
    "12 yo": "12", "12yo": "12", "12 y/o": "12", "13 years old": "13", "13 yrs old": "13", "13-year-old": "13",
    "13 year old girl": "13", "14-year-olds": "14", "aged 13": "13", "ages 13-17": "13-17", "age: 13": "13",
    # said of oneself or of the other
    "im 14": "14", "i'm 14": "14", "I’m 14": "14", "i am 14": "14", "i m 14": "14", "i'm only 12": "12",
    "i'm actually 13": "13", "im almost 14": "14", "i'll be 13": "13", "just turned 13": "13", "my age is 13": "13",
    "she's 12": "12", "r u 13": "13", "are you 13?": "13", "you are 12": "12", "i'm 13-14": "13-14",
    # sex and age
    "f15": "15", "F15": "15", "m13": "13", "15f": "15", "15 f": "15", "13/f": "13", "f/13": "13", "i'm 13f": "13",
    "salut, 13f.": "13",
    # more or less
    "18+": "18+", "+18": "18+", "21 ans et plus": "21+", "18 and over": "18+", "18 or older": "18+",
    "over 18 years old": "18+", "plus de 18 ans": "18+", "moins de 15 ans": "0-14", "under 13": "0-12",
    # classes: the usual age on entering, and one year more
    "en 6ème": "11-12", "en 5e": "12-13", "en 4ème": "13-14", "je suis en 3e": "14-15", "en quatrième": "13-14",
    "en cm2": "10-11", "en CP": "6-7", "classe de 3ème": "14-15", "je suis en seconde": "15-16", "en 2nde": "15-16",
    "je passe en première": "16-17", "elle est en 1ère": "16-17", "en terminale": "17-18",
    "8th grade": "13-14", "8 th grader": "13-14", "eighth grade": "13-14", "im in 7th grade": "12-13",
    "grade 9": "14-15", "in year 9": "13-14",
    # birth years, against the day
    "née en 2012": "13-14", "né en 2011": "14-15", "nee en 2012": "13-14", "born in 2012": "13-14",
    "née le 12 mars 2012": "13-14", "né le 12/03/2012": "13-14", "born on March 5, 2012": "13-14", "dob: 2012": "13-14",
    "né en 1975": "50-51",
    # disguised
    "ｊ'ai １３ ａｎｓ": "13", "j'ai 1\u200b3 a\u200bns": "13", "j'ai ①③ ans": "13", "j'ai  13   ans": "13",
    "𝐣'𝐚𝐢 𝟏𝟑 𝐚𝐧𝐬": "13", "J'ÃÏ 13 ÂÑS": "13", "j'ai\u00a013\u202fans": "13", "еn 4èmе": "13-14",
}  # fmt: skip
NOT_STATED = [
    # time that passed, or will
    "il y a 13 ans", "depuis 13 ans", "pendant 13 ans", "dans 13 ans", "13 ans plus tard", "13 ans après",
    "tous les 10 ans", "13 years ago", "13 years later", "for 13 years", "in 13 years", "every 13 years",
    "13 ans de prison", "13 ans ferme", "une peine de 15 ans", "13 ans de mariage", "13 ans de carrière",
    "plus de 20 ans de carrière", "13 ans d'expérience", "whisky de 12 ans d'âge", "garantie 10 ans",
    "un contrat de 12 ans", "nos 10 ans", "10 ans de recul", "elle a 10 ans de plus que moi",
    # other things than years
    "I'm 14 minutes away", "im 15 min away", "im 15 mins late", "im 13 points ahead", "i'm 5 ft", "i am 14th",
    "i'm 14:30", "im 13%", "im 13 % done", "i'm 10 levels up", "i am 16 weeks pregnant", "she's 10 out of 10",
    "im 13 of 20", "he's 13-0", "turned 16 bits", "under 15 minutes", "moins de 15 euros", "under 10 people",
    "you're 15 short", "room 13", "13th floor", "iphone 13", "13h", "rdv 15h", "16 bits", "il fait 13", "le 12/14",
    "j'ai 13 euros", "j'ai 15 en maths", "50+ photos", "100+ members", "+33 6 12 34 56 78", "3.14 ans",
    # names of things
    "13 Reasons Why", "f15 fighter jet", "f15 jet", "F-15", "the F15 Eagle", "m16 rifle", "an m16", "f16 plane",
    "f12 key", "press F12", "F1", "m1 chip", "grade 10 steel", "year 9 of the plan",
    # ranks
    "en 3ème position", "je suis en 3e place", "en première ligne", "en première", "3e étage", "en 3e année",
    "en 4e vitesse", "en 5ème division", "en seconde", "en seconde main", "il est en première page",
    # nothing
    "", " ", "\x00", "\ud800", "ans", "j'ai ans", "née en", "né en 3012", "né en 2026", "17-13 ans",
]  # fmt: skip


class TestStatedAges:
    """Every way of saying an age that Veilleuse knows."""

    @pytest.mark.parametrize(("text", "age"), STATED.items(), ids=[*STATED])
    def test_stated(self, text: str, age: str) -> None:
        """One statement, its range, and its place in the raw text."""
        (statement,) = find_ages(text, ON)
        assert str(statement) == age
        assert 0 <= statement.start < statement.end <= len(text)
        assert [str(again) for again in find_ages(text[statement.start : statement.end], ON)] in ([age], [])

    @pytest.mark.parametrize(("text", "age"), STATED.items(), ids=[*STATED])
    def test_among_other_words(self, text: str, age: str) -> None:
        """What stands around, an invisible character included, moves the place and nothing else."""
        before, after = "coucou\u200b 😀 ; ", " ; voilà voilà"
        (alone,), (statement,) = find_ages(text, ON), find_ages(before + text + after, ON)
        assert str(statement) == age
        assert (statement.start, statement.end) == (alone.start + len(before), alone.end + len(before))

    @pytest.mark.parametrize("text", NOT_STATED)
    def test_not_stated(self, text: str) -> None:
        """Durations, ranks, hours, counts and names of things."""
        assert [str(age) for age in find_ages(text, ON)] == []

    @pytest.mark.parametrize(
        ("text", "own"),
        [
            ("j'ai 13 ans", True), ("j’ai 13 ans", True), ("jai bientôt 13 ans", True), ("je suis en 4ème", True),
            ("im 13", True), ("I'm only 13", True), ("i just turned 13", True), ("i was born in 2012", True),
            ("je suis née en 2012", True), ("je suis une fille de 13 ans", True), ("im a 13 year old girl", True),
            ("t'as 13 ans", False), ("she's 13", False), ("ma fille a 13 ans", False),
            ("j'ai une fille de 13 ans", False),
            ("i'm looking for 13 year olds", False), ("i like 13 year olds", False), ("je cherche 13 ans", False),
            ("my 13 year old", False), ("are you 13", False), ("13 ans", False), ("tu es en 4ème", False),
        ],
    )  # fmt: skip
    def test_own(self, text: str, own: bool) -> None:
        """Whether the author speaks of themselves: only that is never held against them."""
        (statement,) = find_ages(text, ON)
        assert statement.own is own

    def test_several(self) -> None:
        """Each statement once, in order, none over another."""
        found = find_ages("j'ai 13 ans, elle a 15 ans, f14, en 4ème, née en 2012, 18+", ON)
        assert [str(age) for age in found] == ["13", "15", "14", "13-14", "13-14", "18+"]
        assert all(a.end <= b.start for a, b in pairwise(found))

    def test_minor_and_adult(self) -> None:
        """A range is of minors, of adults, or of neither."""
        said = {str(age): (age.minor, age.adult) for age in find_ages("13 ans 17-18 ans 18 ans 18+ moins de 18 ans")}
        assert said == {
            "13": (True, False),
            "17-18": (False, False),
            "18": (False, True),
            "18+": (False, True),
            "0-17": (True, False),
        }

    @settings(deadline=None, max_examples=100)
    @given(st.one_of(talk(), st.text(st.characters(), max_size=40)), st.sampled_from([*STATED, *NOT_STATED]))
    def test_any_text(self, junk: str, text: str) -> None:
        """Whatever stands around, statements lie in the text, apart, in order, and hold a digit, a class or a grade."""
        whole = junk + text + junk
        found = find_ages(whole, ON, name=True)
        assert all(0 <= age.start < age.end <= len(whole) for age in found)
        assert all(a.end <= b.start for a, b in pairwise(found))
        assert all(0 <= age.low <= age.high <= OLDEST for age in found)
        for age in found:
            said = fold(whole[age.start : age.end])
            assert any(map(str.isdigit, said)) or "grade" in said or "en " in said or "classe" in said

    @settings(deadline=None, max_examples=100)
    @given(st.text(st.characters(categories=["L", "P", "S", "Z", "M"]), max_size=120))
    def test_never_from_style(self, text: str) -> None:
        """Promise 6: a text that states no number, class or grade states no age, however it is written."""
        spelled = fold(text)
        if not any(map(str.isdigit, spelled)) and "en " not in spelled and "grade" not in spelled:
            assert find_ages(text, ON, name=True) == []

    def test_majority(self) -> None:
        """Seventeen is the last year of minority, in France as in the promises."""
        assert MAJORITY == 18


SUMS = [
    "10 €", "10€", "€10", "€ 10", "10 euros", "1 euro", "15 EUR", "$15", "15$", "15 dollars", "£5", "5 pounds",
    "20 bucks", "20 balles", "5,50 €", "5.50€", "1000 usd", "10\u00a0€", "10\u202f€",
]  # fmt: skip
NO_SUMS = [
    "10", "en 2026", "v1.2", "100 %", "13 ans", "€", "$", "$HOME", "US$", "10 eurostar", "10 dollarsign", "a10€",
    "euros",
    "10 h", "$1abc", "", "\ud800", "10\n\n€", "12345678 €",
]  # fmt: skip


class TestSums:
    """Sums of money as people write them."""

    @pytest.mark.parametrize("text", SUMS)
    def test_sum(self, text: str) -> None:
        """The whole of it, wherever it stands."""
        assert list(find_amounts(text)) == [(0, len(text))]
        assert list(find_amounts(f"le pack, {text} !")) == [(9, 9 + len(text))]

    @pytest.mark.parametrize("text", NO_SUMS)
    def test_no_sum(self, text: str) -> None:
        """A number is no sum, nor is a currency."""
        assert list(find_amounts(text)) == []

    def test_in_order(self) -> None:
        """Each once."""
        text = "10 € la photo, $15 the video, 3 euros"
        assert [text[a:b] for a, b in find_amounts(text)] == ["10 €", "$15", "3 euros"]
