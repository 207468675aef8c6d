"""Ages as they are stated, and what only looks like one."""

from datetime import date

import pytest

from veilleuse.reading.ages import find_ages
from veilleuse.reading.amounts import find_amounts

ON = date(2026, 1, 2)


class TestAges:
    """French and English statements give a range."""

    @pytest.mark.parametrize(
        ("text", "age"),
        [
            ("j'ai 13 ans", "13"), ("g 13 ans", "13"), ("im 14", "14"), ("I’m 12", "12"), ("f15", "15"),
            ("13 ans f", "13"), ("en 4ème", "13-14"), ("8th grade", "13-14"), ("née en 2011", "14-15"),
            ("born in 2012", "13-14"), ("13-17 ans", "13-17"), ("entre 13 et 15 ans", "13-15"), ("18+", "18+"),
            ("18 ans et plus", "18+"), ("moins de 15 ans", "0-14"), ("under 16", "0-15"), ("13yo", "13"),
            ("elle est en seconde", "15-16"), ("aged 13-17", "13-17"), ("i am 15 years old", "15"),
            ("grade 8", "13-14"),
        ],
    )  # fmt: skip
    def test_stated(self, text: str, age: str) -> None:
        """The range, as it is written."""
        assert [str(found) for found in find_ages(text, ON)] == [age]

    @pytest.mark.parametrize(
        "text",
        [
            "il y a 13 ans", "depuis 15 ans", "13 ans de prison", "un whisky de 12 ans d'âge", "f15 fighter jet",
            "13 Reasons Why", "I'm 14 minutes away", "im 13%", "en 3ème position",
            "the last 13 years", "16h", "le 12/14",
        ],
    )  # fmt: skip
    def test_no_age(self, text: str) -> None:
        """Durations, ranks, hours and names of things are no ages."""
        assert find_ages(text, ON) == []

    def test_birth_year_needs_a_day(self) -> None:
        """Without the day of the text, a birth year says nothing."""
        assert find_ages("née en 2011") == []

    def test_bare_range_only_in_names(self) -> None:
        """ "13-17" is a range of ages in a name, and anything else in talk."""
        assert [str(age) for age in find_ages("club 13-17", name=True)] == ["13-17"]
        assert find_ages("rendez-vous 13-17") == []

    @pytest.mark.parametrize("style", ["mdrrr jsuis tro fatigué wsh", "lol ur so cringe bestie", "jvé a lékol 2m1"])
    def test_style_is_no_age(self, style: str) -> None:
        """Promise 6: nobody's age is guessed from how they write."""
        assert find_ages(style, ON) == []


class TestAmounts:
    """Sums of money."""

    @pytest.mark.parametrize("text", ["10 €", "10€", "20 euros", "$15", "15 dollars", "5,50 €", "20 balles"])
    def test_sum(self, text: str) -> None:
        """The whole of it."""
        assert list(find_amounts(text)) == [(0, len(text))]

    @pytest.mark.parametrize("text", ["10", "en 2026", "v1.2", "100 %"])
    def test_no_sum(self, text: str) -> None:
        """A number is no sum."""
        assert list(find_amounts(text)) == []
