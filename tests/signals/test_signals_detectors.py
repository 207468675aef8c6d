"""Each detector: what it must say, what it must not, and what would silence it."""

from itertools import combinations

import pytest
from signals_samples import account, clear, community, heard, message

from veilleuse.engine import Engine
from veilleuse.events import Event
from veilleuse.reading import Disguise, Finding, Lexicon
from veilleuse.reading.lexicon import Term
from veilleuse.signals import CONVERSATIONS, NAMES, OF_CONVERSATIONS, OF_NAMES, OF_WORDING, Passage
from veilleuse.signals.passage import TELLING, may_speak

PLAIN = Disguise.PLAIN
DETECTORS = (*OF_NAMES, *OF_WORDING)
# One plain case a signal; every detector must have one.
SEEN: dict[str, list[Event]] = {
    "name.sexualised_minor": [
        community("ADØS NXDES"), community("nvde ados"), community("adosnudes"), community("nudes 13-17"),
        community("Le salon", "nudes d'ados"), community("ados", "nudes tous les jours"), account("teen nudes"),
        account("lea", "nudes d'ados"), community("Le salon", channels=["règles", "nudes-ados"]),
        community("13-17 ans", "nudes ici"), community("ados nudes 50+"), community("nudes\u200b ados", "👋"),
    ],
    "name.paid_access": [
        community("nudes ados 10€"), community("nudes ados", "paypal"), community("teen nudes", "VIP access"),
        account("teen nudes for sale"), community("nudes d'ados", channels=["tarifs"]),
    ],
    "name.entry_toll": [community("nudes", "une photo de toi nue pour entrer, ados bienvenus")],
    "community.catalogue": [
        community("galerie", channels=["ados", "nudes", "porno"]),
        community("galerie", channels=["13-15", "nudes", "porno", "prix"]),
        community("galerie", channels=["nudes", "porno", "prix"]),
        community("ados", channels=["nudes", "porno"]),
    ],
    "wording.sexualised_minor": [
        message("des nudes d'ados"), message("nudes of 14 year olds"), message("nudes of 13-year-olds"),
        message("H 35 ans cherche ado pour nudes"), message("teen nudes 50+ pics"), message("I'm 25, teen nudes here"),
        message("nudes de collégiennes, +33 6 12 34 56 78"), message("n u d e s d'ad0s"),
    ],
    "wording.trade": [
        message("échange nudes contre nudes"), message("selling teen nudes 10€"), message("nudes for sale"),
        message("vends photos d'ados nues, paypal"), message("im 14 wanna trade nudes"),
    ],
    "wording.solicits_image": [
        message("envoie une nude"), message("send nudes"), message("je veux pas que tu le dises, envoie une nude"),
        message("i won't tell anyone just send nudes"), message("why don't you send me a nude"),
        message("send a nude im 14 too"), message("si tu veux pas envoyer de nude je publie tes photos"),
        message("envoie une photo de toi, c'est notre secret"),
    ],
    "wording.threat_to_leak": [
        message("envoie encore ou je publie tes photos à toute ta classe"),
        message("if you block me i'll post your pics"), message("pay me or i send your nudes to your school"),
        # Third persons may stand in a threat.
        message("i wrote to your brother, he says hi, pay 200 or i post your nudes"),
        message("tell your mom i told you: pay 200 or i send your nudes to her"),
        message("people keep asking for your nudes, pay 200 or i send them to your school"),
        message("my boss wants 200 or i post your nudes to your family"),
        message("ta mère veut pas voir ça, paie 200 ou j'envoie tes nudes à tes potes"),
        message("on avait dit 200, paie ou j'envoie tes nudes à tes potes"),
        message('"pay 200 or i post your nudes to your school"'),
        message("he says pay 200 or i post your nudes to your school"),
        message("i have a pic of me with your brother, he says hi, pay 200 or i post your nudes to your school"),
    ],
}  # fmt: skip
DARK: list[Event] = [
    # One idea alone
    community("ados"), community("nudes"), community("Le salon des ados", "on parle de jeux"), message("des nudes"),
    message("ma fille a 13 ans"), message("10 €"), message("envoie une photo de ton chien"),
    message("ta photo est belle"),
    message("photo de classe à vendre 10 €"), community("galerie", channels=["photos", "vidéos", "prix"]),
    community("", ""), community("x", "", [""]), account("", ""), message(""),
    # What clears it, said plainly
    community("aide aux ados"), community("nude makeup"), community("teen wolf"), message("13 Reasons Why"),
    message("signaler un contenu"), message("prévention : nudes et ados"), community("Life Drawing (nude models 18+)"),
    message("la police a arrêté un homme qui demandait des nudes à des ados"), community("nudes",
    "18+ only, no minors"),
    # Told, by who is threatened
    message("il a une photo de moi et il dit tu paies 200 ou je l'envoie à ta famille"),
    message("he has a pic of me, he says pay or i post your pics to your school"),
    # Apart
    message("mes ados sont au parc et il fait beau aujourd'hui. " * 3 + "Le peintre expose un modèle nu à Lyon."),
    community("Le salon", "un coin pour ados\nquelques mots sur la peinture\nnus et paysages"),
]  # fmt: skip


class TestSeen:
    """What each detector is for."""

    @pytest.mark.parametrize(
        ("name", "event"),
        [pytest.param(name, e, id=f"{name}-{i}") for name, es in SEEN.items() for i, e in enumerate(es)],
    )
    def test_seen(self, name: str, event: Event) -> None:
        """The signal is clear enough to act on."""
        assert name in clear(event)

    def test_every_signal_has_its_case(self) -> None:
        """Every declared signal has a detector, a name of its own and a case here."""
        assert set(SEEN) == set(NAMES) - CONVERSATIONS
        assert len(NAMES) == len(set(NAMES)) == len(DETECTORS) + len(OF_CONVERSATIONS)

    @pytest.mark.parametrize("event", DARK, ids=range(len(DARK)))
    def test_dark(self, event: Event) -> None:
        """Ideas that do not compose, or that help, say nothing one acts on."""
        assert clear(event) == set()


class TestLookedAt:
    """Messages that no detector need look at are passed over before any is asked."""

    def test_nothing_is_passed_over(self) -> None:
        """Whatever ideas stand side by side, in whatever words, a detector that speaks is asked."""
        terms: dict[str, Term] = {}
        for term in Lexicon.shipped().terms:
            terms.setdefault(term.concept, term)
        spoke = 0
        for size in (1, 2, 3, 4):
            for chosen in combinations(terms.values(), size):
                text, findings = "", []
                for term in chosen:
                    findings.append(Finding(term.text, term.concept, len(text), len(text) + len(term.text), PLAIN))
                    text += f"{term.text} "
                passage = Passage("m", "", f"{text}10 € 13 ans", findings, None, name=False)
                if any(detect([passage]) for detect in OF_WORDING):
                    spoke += 1
                    assert may_speak(findings), text
                    assert not TELLING.isdisjoint(finding.concept for finding in findings)
        assert spoke > 100


class TestMarks:
    """What stands for concepts in a passage."""

    def test_order(self) -> None:
        """In the order of the text, whatever the order in which the concepts are named."""
        findings = [Finding("a", "sexual", 0, 1, PLAIN), Finding("b", "image", 2, 3, PLAIN)]
        passage = Passage("m", "", "a b", findings, None, name=False)
        assert [mark.start for mark in passage.marks("image", "sexual")] == [0, 2]


class TestDisguise:
    """Nobody disguises what is innocent."""

    @pytest.mark.parametrize(
        ("plain", "disguised"),
        [
            (community("nudes ados"), community("nud3s ados")),
            (community("nudes ados"), community("nudes ad0s")),
            (message("nudes d'ados"), message("n*des d'ados")),
        ],
        ids=["name-sexual", "name-minor", "message"],
    )
    def test_scores_higher(self, plain: Event, disguised: Event) -> None:
        """The same idea in disguise weighs more."""
        before, after = heard(plain), heard(disguised)
        assert before.keys() == after.keys()
        assert any(after[name].score > before[name].score for name in before)
        assert all(after[name].score >= before[name].score for name in before)

    @pytest.mark.parametrize("excuse", ["aide", "prévention", "18+", "no minors", "help"])
    def test_no_excuse(self, excuse: str) -> None:
        """Words that clear what is written plainly clear nothing that hides."""
        assert clear(message(f"{excuse} nudes d'ados")) == set()
        assert "wording.sexualised_minor" in clear(message(f"{excuse} nud3s d'ad0s"))

    def test_doubted(self) -> None:
        """A disguise that an operator weighs less proves nothing: it adds nothing, excuses hold, its words are weak."""
        doubting = Engine(lexicon=Lexicon(Lexicon.shipped().terms, {Disguise.LOOKALIKE: 0.9}))
        (once,) = heard(community("nud3s ados"), doubting).values()
        (plain,) = heard(community("nudes ados")).values()
        assert once.score == plain.score
        assert heard(message("prévention nud3s d'ados"), doubting) == {}
        assert heard(community("nud3s ad0s"), doubting) == {}

    @pytest.mark.parametrize(
        "said", ["j'ai 40 ans", "H 35 ans", "i'm 25", "M45", "50+", "100+", "25+", "+33 6 12 34 56 78"]
    )
    def test_an_adult_excuses_nothing(self, said: str) -> None:
        """Only "18+" keeps minors out: a grown-up's own age, a count and a telephone number do not."""
        assert "wording.sexualised_minor" in clear(message(f"{said}, des nudes d'ados"))
        assert "name.sexualised_minor" in clear(community(f"nudes d'ados {said}"))


class TestOrder:
    """Where words stand in an event changes what is seen in the way it should."""

    def test_lines_of_a_description(self) -> None:
        """Each line of a description is about one thing, whichever line it is."""
        for lines in (["bonjour", "nudes d'ados"], ["nudes d'ados", "bonjour"], ["", "", "nudes d'ados", ""]):
            signal = heard(community("Le salon", "\n".join(lines)))["name.sexualised_minor"]
            assert {e.field for e in signal.evidence} == {"description"}
            assert {e.text for e in signal.evidence} == {"nudes", "ados"}

    def test_channels(self) -> None:
        """Evidence names the channel it stands in."""
        signal = heard(community("x", channels=["règles", "nudes", "ados", "porno"]))["community.catalogue"]
        assert [(e.field, e.text) for e in signal.evidence] == [
            ("channels[1]", "nudes"),
            ("channels[3]", "porno"),
            ("channels[2]", "ados"),
        ]
