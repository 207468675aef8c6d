"""The dialogues that ship: as many and as varied as promised, well formed, and written for children first."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations

import msgspec
import pytest

from veilleuse.evaluation.dialogues import Dialogue, Label, all_dialogues, load_apart, load_dialogues, parse_dialogues
from veilleuse.language import Language
from veilleuse.reading import Lexicon, Reader

FILES = pytest.mark.parametrize(("language", "label"), [(language, label) for language in Language for label in Label])
LANGUAGES = pytest.mark.parametrize("language", list(Language))
# Concepts no dialogue needs: a request is named neutrally, and stops there. The list of exceptions is empty.
UNSAID = {"sexual", "body"}
FAST = 8  # messages that fast extortion stays under
LINES = """
[[dialogue]]
name = "three"
about = "Three lines."
lines = ["A: one", "B +2h: two: too", "A>C +1d: three"]
"""


def made(text: str = LINES) -> Dialogue:
    """The only dialogue of a text."""
    (dialogue,) = parse_dialogues(text, Language.EN, Label.CAUGHT)
    return dialogue


def words(dialogue: Dialogue) -> frozenset[str]:
    """The words of a dialogue, whoever says them."""
    return frozenset(re.findall(r"\w+", " ".join(message.text for message in dialogue.messages).lower()))


class TestLines:
    """How a dialogue is written down."""

    def test_parties(self) -> None:
        """Who speaks and to whom; without a name, A and B speak to each other."""
        first, second, third = made().messages
        assert (first.author, first.to) == ("en.caught.three.A", ("en.caught.three.B",))
        assert (second.author, second.to) == ("en.caught.three.B", ("en.caught.three.A",))
        assert (third.author, third.to) == ("en.caught.three.A", ("en.caught.three.C",))
        assert first.channel == second.channel != third.channel

    def test_times(self) -> None:
        """A line comes when it says, else after a short while."""
        opens = datetime(2026, 1, 7, 17, tzinfo=UTC)
        hours = timedelta(hours=2)
        assert [m.at for m in made().messages] == [opens, opens + hours, opens + hours + timedelta(days=1)]
        later = made(LINES.replace("B +2h:", "B:") + "opens = 23:30:00")
        assert [m.at.isoformat()[11:19] for m in later.messages[:2]] == ["23:30:00", "23:30:40"]

    def test_text(self) -> None:
        """What is said may hold a colon."""
        assert [message.text for message in made().messages] == ["one", "two: too", "three"]

    def test_declared(self) -> None:
        """A declared age is an event before the first message."""
        dialogue = made(LINES + "declared = { B = 13 }")
        (account,) = dialogue.accounts
        assert (account.account, account.age) == (dialogue.other, 13)
        assert dialogue.events == (account, *dialogue.messages)

    def test_room(self) -> None:
        """In a room everybody reads along, and only who is named is named."""
        first, _, third = made(LINES + "room = true").messages
        assert first.to == third.to == ()
        assert first.channel == third.channel
        assert first.community == "en.caught.three"
        assert (first.mentions, third.mentions) == ((), ("en.caught.three.C",))

    @pytest.mark.parametrize(
        "wrong",
        [
            LINES.replace("A: one", "one"),
            LINES.replace("A: one", "A: "),
            LINES.replace("+2h", "+2 h"),
            LINES.replace("+2h", "+2y"),
            LINES.replace(', "A>C +1d: three"', ""),
            LINES.replace('"three"', '"Three"', 1),
            LINES + "threat = -1",
            LINES + "declared = { B = 200 }",
            LINES + "thread = 2",
        ],
    )
    def test_wrong(self, wrong: str) -> None:
        """What is not written so is refused."""
        with pytest.raises(msgspec.ValidationError):
            made(wrong)


class TestFiles:
    """What the files hold."""

    @FILES
    def test_count(self, language: Language, label: Label) -> None:
        """Sixty of either sort in each language, at least."""
        assert len(load_dialogues(language, label)) >= 60

    @FILES
    def test_lengths(self, language: Language, label: Label) -> None:
        """From three messages to twenty, some short and some long; a message is short."""
        lengths = Counter(len(dialogue.messages) for dialogue in load_dialogues(language, label))
        assert min(lengths) == 3
        assert max(lengths) >= 16
        assert len(lengths) >= 8
        assert all(len(m.text) <= 160 for d in load_dialogues(language, label) for m in d.messages)

    @FILES
    def test_apart(self, language: Language, label: Label) -> None:
        """Those of another hand are none of the others, and each of their halves speaks."""
        apart = load_apart(language, label)
        assert len(apart) >= 10
        assert {d.name for d in apart}.isdisjoint(d.name for d in load_dialogues(language, label))
        assert all(d.by(d.suspect) and d.by(d.other) for d in apart)

    def test_names(self) -> None:
        """No name, event or account is met twice."""
        names = Counter((dialogue.language, dialogue.name) for dialogue in all_dialogues())
        assert [name for name, count in names.items() if count > 1] == []
        ids = [event.id for dialogue in all_dialogues() for event in dialogue.events]
        assert len(ids) == len(set(ids))

    @FILES
    def test_openings(self, language: Language, label: Label) -> None:
        """No two begin alike."""
        openings = [dialogue.messages[0].text.casefold() for dialogue in load_dialogues(language, label)]
        assert len(openings) == len(set(openings))

    @LANGUAGES
    def test_alike(self, language: Language) -> None:
        """No two dialogues of a language share most of their words."""
        said = {d.name: words(d) for label in Label for d in load_dialogues(language, label)}
        alike = [(a, b) for a, b in combinations(said, 2) if 2 * len(said[a] & said[b]) > len(said[a] | said[b])]
        assert alike == []

    @FILES
    def test_parties(self, language: Language, label: Label) -> None:
        """A and B both speak, and the order of the lines is that of time."""
        for dialogue in load_dialogues(language, label):
            assert dialogue.by(dialogue.suspect), dialogue.name
            assert dialogue.by(dialogue.other), dialogue.name
            times = [message.at for message in dialogue.messages]
            assert times == sorted(times), dialogue.name

    @FILES
    def test_about(self, language: Language, label: Label) -> None:
        """Each says in one sentence what it is about."""
        for dialogue in load_dialogues(language, label):
            assert re.fullmatch(r"\w[^.!?]{10,140}\.", dialogue.about), dialogue.name

    @LANGUAGES
    def test_weeks(self, language: Language) -> None:
        """Slow trust takes weeks, in some of each sort."""
        spans = {
            label: [d.messages[-1].at - d.messages[0].at for d in load_dialogues(language, label)] for label in Label
        }
        assert sum(span >= timedelta(days=2) for span in spans[Label.INNOCENT]) >= 3
        assert sum(span >= timedelta(days=14) for span in spans[Label.CAUGHT]) >= 3

    @LANGUAGES
    def test_threats(self, language: Language) -> None:
        """Fast extortion stays under eight messages, and the threat marked is one of A's."""
        marked = [d for label in Label for d in load_dialogues(language, label) if d.threat is not None]
        assert len(marked) >= 12
        for dialogue in marked:
            assert dialogue.label is Label.CAUGHT
            assert dialogue.threat is not None
            assert len(dialogue.messages) < FAST
            assert dialogue.messages[dialogue.threat].author == dialogue.suspect, dialogue.name


class TestChildrenFirst:
    """Nothing is written here that a child could not read."""

    @LANGUAGES
    def test_words(self, language: Language) -> None:
        """No sexual word of either lexicon is said, in whatever disguise, and no bare skin."""
        lexicon = Lexicon(tuple(term for term in Lexicon.shipped().terms if term.concept in UNSAID))
        written = [d for label in Label for d in (*load_dialogues(language, label), *load_apart(language, label))]
        said = [(d.name, m.text) for d in written for m in d.messages]
        found = Reader(lexicon=lexicon).scan([text for _, text in said])
        assert [said[index][0] for index, _ in found] == []  # by name: those of another hand stay unread

    @LANGUAGES
    def test_child(self, language: Language) -> None:
        """Where something is to be caught, the other half answers briefly, and says less than A."""
        for dialogue in load_dialogues(language, Label.CAUGHT):
            answers = [message for message in dialogue.messages if message.author != dialogue.suspect]
            assert max(len(message.text) for message in answers) <= 60, dialogue.name
            assert sum(len(m.text) for m in answers) <= sum(len(m.text) for m in dialogue.by(dialogue.suspect))
