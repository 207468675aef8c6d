"""What an account remembers of its openers."""

import pytest

from veilleuse.memory.account import AccountMemory, FirstContact, fingerprint

MOST = 6


def opened(*openers: int) -> AccountMemory:
    """An account that opened with these, one after the other, on one day."""
    account = AccountMemory()
    for opener in openers:
        account.apply(FirstContact("a", 7, opener))
    return account


class TestOpeners:
    """The same first words to many people are counted, a few kinds of them."""

    def test_rarest_gives_way(self) -> None:
        """A seventh kind takes the place of the rarest, not of the first."""
        account = opened(1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7)
        assert account.openers == {1: 2, 3: 2, 4: 2, 5: 2, 6: 2, 7: 1}

    def test_oldest_of_the_rarest(self) -> None:
        """Of several that are as rare, the one that was used longest ago."""
        assert list(opened(1, 2, 3, 4, 5, 6, 1, 7).openers) == [3, 4, 5, 6, 1, 7]
        assert list(opened(1, 2, 2, 1, 3, 4, 5, 6, 3, 4, 5, 6, 7).openers) == [1, 3, 4, 5, 6, 7]

    def test_next_day(self) -> None:
        """They are of one day."""
        account = opened(1, 1)
        account.apply(FirstContact("a", 8, 2))
        assert (account.contacts, account.openers) == (1, {2: 1})

    @pytest.mark.parametrize(("text", "counted"), [("hello there", False), ("hello there you", True), ("", False)])
    def test_few_words(self, text: str, counted: bool) -> None:
        """Two words are everybody's; three are somebody's."""
        account = opened(fingerprint(text))
        assert bool(account.openers) is counted

    def test_same_words(self) -> None:
        """Accents, case and what stands between words make no other opener; other words do."""
        assert fingerprint("Salut, t’es là ?") == fingerprint("salut   T'ES LA!!")
        assert fingerprint("une photo de toi") != fingerprint("un e photo de toi")
