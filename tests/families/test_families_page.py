"""What the page says, in which order, and what it never says."""

import re
from datetime import timedelta

import pytest
from families_samples import (
    ASKING,
    NOON,
    Page,
    asking,
    find,
    first_name,
    message,
    place,
    point,
    profile,
    report,
    seen,
)
from msgspec import structs

from veilleuse.families import Seen, render
from veilleuse.language import Language
from veilleuse.policy.decision import Severity
from veilleuse.reading.finding import Disguise
from veilleuse.signals.signal import Signal

LANGUAGES = pytest.mark.parametrize("language", list(Language))


def rows(page: str) -> list[list[str]]:
    """The rows that explain what is marked, each as the words of its cells."""
    return [
        re.findall("<t[hd].*?>(?:<bdi>)?(.*?)(?:</bdi>)?</t[hd]>", row) for row in re.findall("<tr>(.*)</tr>", page)
    ]


class TestAnswer:
    """One sentence, first of all."""

    def test_counts_what_deserves_attention(self) -> None:
        """The heading says how many things were seen, in the reader's language."""
        page = render(report(first_name(), asking()), Language.FR)
        assert "<h1>2 choses méritent votre attention.</h1>" in page
        assert "<h1>1 thing deserves your attention.</h1>" in render(report(asking()), Language.EN)

    def test_names_the_gravest_and_how_sure(self) -> None:
        """What is gravest comes with its place, its day and how sure it is."""
        text = Page(render(report(asking(), first_name()), Language.EN)).text
        gravest = "The gravest: a name that puts minors and sexuality together, in the community ADØS NXDES"
        assert gravest in text
        assert "on 3 November 2026 at 12:00. How sure: beyond doubt." in text

    @LANGUAGES
    def test_nothing_seen_proves_nothing(self, language: Language) -> None:
        """Where nothing was seen, the page says what that does not prove, and still who to call."""
        text = Page(render(report(), language)).text
        said = {
            Language.EN: "This does not prove that nothing took place.",
            Language.FR: "Cela ne prouve pas qu’il ne s’est rien passé.",
        }
        assert said[language] in text
        assert "3018" in text

    @LANGUAGES
    @pytest.mark.parametrize("things", [(), (asking(),)])
    def test_never_promises_safety(self, language: Language, things: tuple[Seen, ...]) -> None:
        """No page says that nothing happened or that a child is safe."""
        text = Page(render(report(*things), language)).text.lower()
        for promise in ("nothing happened", "is safe", "tout va bien", "est en sécurité", "no danger", "aucun danger"):
            assert promise not in text

    @LANGUAGES
    def test_nothing_read_answers_nothing(self, language: Language) -> None:
        """Where no event was read, the answer is that there is none, not that nothing was seen."""
        page = render(report(events=0, first=None, last=None), language)
        heading = re.search("<h1>(.*?)</h1>", page)
        assert heading is not None
        assert heading[1].startswith({"en": "No message could be read", "fr": "Aucun message"}[language])

    def test_rules_on_trial_have_no_part(self) -> None:
        """A decision that only shadow rules made is not told."""
        page = render(report(asking(severity=None)), Language.EN)
        assert "Nothing dangerous was seen" in page
        assert "ph0to" not in page


class TestOrder:
    """The frightened reader's questions, in the order in which they come."""

    @LANGUAGES
    def test_sections(self, language: Language) -> None:
        """Answer, what to do, what was seen, when, what cannot be seen, how to read."""
        page = Page(render(report(first_name(), asking()), language))
        sections = [a["aria-labelledby"] for a in page.every("section") if "aria-labelledby" in a]
        assert sections == ["do", "seen", "when", "blind", "read"]
        headings = [tag for tag, _ in page.elements if tag in ("h1", "h2", "h3")]
        assert headings[0] == "h1"
        assert headings.count("h1") == 1

    def test_steps(self) -> None:
        """The ten minutes' steps come in their order."""
        text = Page(render(report(asking()), Language.EN)).text
        steps = [
            "It is not your fault",
            "Stop answering",
            "Do not pay. Send nothing more",
            "Keep usernames, links and threats",
            "Never save or forward an intimate picture of a minor",
            "Report, then block",
            "Call. You do not have to face this alone",
        ]
        places = [text.index(step) for step in steps]
        assert places == sorted(places)

    @LANGUAGES
    def test_who_to_call(self, language: Language) -> None:
        """In France 3018, 119 and 17 can be tapped; other countries are folded away."""
        page = Page(render(report(asking()), language))
        calls = [a["href"] for a in page.every("a") if a["href"].startswith("tel:")]
        assert calls[:2] == ["tel:3018", "tel:119"]
        assert {"tel:17", "tel:112", "tel:911", "tel:999"} <= set(calls)
        assert page.every("details") == [{}]

    def test_gravest_place_first(self) -> None:
        """Places go from the gravest on; inside one, time runs forward."""
        early = asking(at=NOON - timedelta(days=1), identifier="early", severity=Severity.LOW)
        late = asking(at=NOON, identifier="late", severity=Severity.HIGH)
        text = Page(render(report(late, early, first_name()), Language.EN)).text
        told = text[text.index("What was seen") :]
        assert told.index("Community ADØS NXDES") < told.index("Private conversation: Luna, Zoé")
        assert told.index("discord · dm1 · early") < told.index("discord · dm1 · late")


class TestSeen:
    """Raw beside plain, marked and explained."""

    def test_disguise_is_taken_off(self) -> None:
        """The two names from the press stand raw beside plain, their parts marked."""
        name = "nvde ados"
        second = place(
            name,
            find(name, "nvde", "nude", "sexual", Disguise.LOOKALIKE),
            find(name, "ados", "ados", "minor"),
        )
        assert Page(render(report(first_name()), Language.FR)).marked == ["ADØS", "NXDES", "ados", "nudes"]
        assert Page(render(report(second), Language.FR)).marked == ["nvde", "ados", "nude", "ados"]

    def test_explains_each_part(self) -> None:
        """Raw, plain, disguise and idea stand side by side, a row a part."""
        english = render(report(first_name()), Language.EN)
        assert rows(english) == [
            ["As written", "What it says", "How it is hidden", "Idea"],
            ["ADØS", "ados", "look-alikes in place of letters", "minors"],
            ["NXDES", "nudes", "a letter masked", "sexuality"],
        ]
        french = render(report(first_name()), Language.FR)
        assert rows(french)[2] == ["NXDES", "nudes", "une lettre masquée", "sexualité"]

    def test_explains_open_parts(self) -> None:
        """Where nothing hides, a part is its words and their idea; beside one that hides, it says that it does not."""
        text = "c'est notre secret"
        openly = render(report(message(text, find(text, "secret", "secret", "secrecy"))), Language.EN)
        assert rows(openly) == [["As written", "Idea"], ["secret", "secrecy"]]
        beside = render(report(asking()), Language.EN)
        assert rows(beside)[1:] == [
            ["ph0to", "photo", "look-alikes in place of letters", "pictures"],
            ["secret", "secret", "written openly", "secrecy"],
        ]

    def test_glued_words_are_disguised(self) -> None:
        """Two words run into one read as they are written: the disguise is told all the same."""
        name = "adosnudes"
        glued = place(
            name,
            find(name, "ados", "ado", "minor", Disguise.JOINED),
            find(name, "nudes", "nude", "sexual", Disguise.JOINED),
        )
        assert [row[2] for row in rows(render(report(glued), Language.EN))[1:]] == ["run into another word"] * 2

    def test_says_why_how_sure_and_what_lowers_it(self) -> None:
        """A signal comes with its meaning, its sureness and what would lower it."""
        text = Page(render(report(asking()), Language.EN)).text
        assert "Somebody asks for a picture of the other person." in text
        assert "clear (72 out of 100)" in text
        assert "a relative or a friend known in real life" in text

    def test_people_have_name_and_identifier(self) -> None:
        """Both sides are named by display name and identifier, and the instant is machine-readable."""
        page = Page(render(report(asking()), Language.EN))
        assert "Luna u9 to Zoé u2 · 12 November 2026 at 12:00" in page.text
        assert {"datetime": "2026-11-12T12:00:00+00:00"} in page.every("time")

    def test_unknown_account_is_its_identifier(self) -> None:
        """Without a display name the identifier stands alone."""
        text = Page(render(report(asking(), people={}), Language.EN)).text
        assert "u9 to u2 · 12 November 2026" in text

    def test_open_words_are_shown_once(self) -> None:
        """A text that hides nothing has no second column."""
        text = "c'est notre secret"
        page = render(report(message(text, find(text, "secret", "secret", "secrecy"))), Language.EN)
        assert "Written openly" in page
        assert "What it says" not in page

    def test_only_evidence_is_marked(self) -> None:
        """A finding that no signal rests on is read but not marked."""
        thing = asking()
        extra = find(ASKING, "toi", "toi", "you")
        thing = structs.replace(thing, findings={"": [*thing.findings[""], extra]})
        assert Page(render(report(thing), Language.EN)).marked == ["ph0to", "secret", "photo", "secret"]

    def test_a_channel_that_matters_is_shown_with_the_name(self) -> None:
        """Evidence in a channel's name shows that channel, and no other."""
        thing = place("le coin", channels=("règles", "ados", "dessins"))
        found = find("ados", "ados", "ados", "minor")
        signal = Signal("community.catalogue", 0.8, (point("e1", "ados", found, "channels[1]"),))
        thing = seen(thing.event, [signal], {"channels[1]": [found]})
        text = Page(render(report(thing), Language.EN)).text
        assert "Name · Written openly le coin" in text
        assert "Channel · Written openly ados" in text
        assert "dessins" not in text

    def test_unknown_signal_speaks_through_its_rule(self) -> None:
        """A signal the report has no words for is told by the rule's reason, else by its name."""
        thing = message(ASKING, find(ASKING, "secret", "secret", "secrecy"), signal="pair.escalation")
        told = render(report(thing, rules={"a-rule": "The tone changes fast."}), Language.EN)
        assert "The tone changes fast." in told
        assert "pair.escalation" in render(report(thing), Language.EN)

    def test_a_profile_is_its_own_place(self) -> None:
        """An account's name is told as a profile."""
        name = "ados 13"
        text = Page(render(report(profile(name, find(name, "ados", "ados", "minor"))), Language.FR)).text
        assert "Profil de Luna" in text

    @pytest.mark.parametrize(
        ("score", "word"), [(0.59, "doubtful"), (0.6, "clear"), (0.84, "clear"), (0.85, "beyond doubt")]
    )
    def test_sureness_in_words(self, score: float, word: str) -> None:
        """Scores become three words, at 0.6 and 0.85."""
        thing = message(ASKING, find(ASKING, "secret", "secret", "secrecy"), score=score)
        assert f"How sure: {word}." in Page(render(report(thing), Language.EN)).text


class TestLimits:
    """What the page admits."""

    @LANGUAGES
    def test_notes_and_damages(self, language: Language) -> None:
        """Notes on the files and what could not be read are told in full."""
        text = Page(render(report(damages=["chat.txt: byte 12."], notes=["Only the owner's half."]), language)).text
        assert "chat.txt: byte 12." in text
        assert "Only the owner's half." in text

    def test_gravest_two_hundred(self) -> None:
        """Of a long list the gravest 200 are told and the rest counted; the page stays small."""
        grave = [asking(identifier=f"g{i}", severity=Severity.HIGH) for i in range(150)]
        light = [asking(identifier=f"l{i}", severity=Severity.LOW) for i in range(150)]
        page = render(report(*light, *grave), Language.EN)
        assert "300 things deserve your attention." in page
        assert "100 more things were seen" in page
        assert all(f"dm1 · g{i}<" in page for i in range(150))
        assert len(page.encode()) < 600_000

    def test_footer(self) -> None:
        """The footer has the version, the date and the files, the first thirty named."""
        page = Page(render(report(sources=[f"f{i}.json" for i in range(40)]), Language.EN)).text
        assert re.search(r"Made by Veilleuse \d+\.\d+\.\d+, free software, on 15 November 2026 at 12:00", page)
        assert "40 files read: f0.json" in page
        assert "f29.json" in page
        assert "f30.json" not in page
        assert "… and 10 more" in page
