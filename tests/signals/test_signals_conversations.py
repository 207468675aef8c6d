"""What detectors say of conversations: a case for each, its innocent neighbour, and the promises."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veilleuse.engine import Engine
from veilleuse.events import Account, Event, Message
from veilleuse.memory import Memory
from veilleuse.policy import Policy
from veilleuse.signals import CONVERSATIONS, NAMES, Signal
from veilleuse.signals.features import FEATURES
from veilleuse.signals.model import Model

AT = datetime(2026, 1, 7, 17, tzinfo=UTC)
ENGINE = Engine(Policy.default(NAMES))
Line = tuple[str, str]
ACT = 0.6


def talk(*lines: Line, ages: dict[str, int] | None = None) -> list[Event]:
    """A private talk, a line a minute; "a" writes to "b" unless the author's name says to whom ("a>c")."""
    events: list[Event] = [
        Account(id=f"age {name}", at=AT, platform="t", account=name, age=age) for name, age in (ages or {}).items()
    ]
    for minute, (who, text) in enumerate(lines):
        author, _, to = who.partition(">")
        to = to or ("b" if author == "a" else "a")
        at = AT + timedelta(minutes=minute)
        events.append(Message(id=f"m{minute}", at=at, platform="t", author=author, to=(to,), text=text))
    return events


def heard(events: Sequence[Event]) -> dict[str, list[Signal]]:
    """What is said of each account, with an empty memory to begin with."""
    ENGINE.memory = Memory()
    said: dict[str, list[Signal]] = {}
    for _, subject, signals in ENGINE.listen(events):
        said.setdefault(subject.id, []).extend(signals)
    assert ENGINE.dead_letters == []
    return said


def clear(events: Sequence[Event], account: str = "a") -> set[str]:
    """The signals on which the default policy acts."""
    return {signal.name for signal in heard(events).get(account, []) if signal.score >= ACT}


OPENER = "coucou toi, t'as quel âge ?"
SEEN: dict[str, list[list[Event]]] = {
    "grooming.pattern": [
        talk(("a", "salut t'as quel âge ?"), ("b", "13"), ("a", "tes parents sont là ? ça reste entre nous")),
        talk(("a", "how old r u"), ("b", "12"), ("a", "ur so mature for your age, send me a pic")),
        talk(("a", "t'as vu le skin que je t'ai offert ?"), ages={"a": 29, "b": 12}),
    ],
    "grooming.image_request_to_minor": [
        talk(("b", "j'ai 13 ans"), ("a", "envoie une photo de toi")),
        talk(("a", "send me a pic of you"), ages={"b": 14}),
    ],
    "grooming.isolation": [
        talk(("a", "are your parents home?"), ("a", "it's our little secret ok"), ages={"b": 13}),
        talk(("a", "u alone?"), ("a", "dont tell ur mom"), ("a", "I'm the only one who understands you")),
        talk(("b", "j'ai 12 ans"), ("a", "t seule chez toi ?"), ("a", "dis rien à tes parents")),
    ],
    "extortion.threat": [
        talk(("a", "paye 50 euros ou je publie tes photos")),
        talk(("a", "i saved your pics"), ("a", "pay me or everyone will see them")),
    ],
    "extortion.pattern": [
        talk(
            ("a", "j'ai gardé tes photos"), ("b", "arrête stp"), ("a", "paye 50 euros sinon je balance tout"),
            ("b", "non"), ("a", "t'as 24h sinon toute ta classe va la voir"),
        ),
    ],
    "contact.one_to_many": [talk(*((f"a>c{n}", OPENER) for n in range(5)))],
    "contact.age_gap": [
        talk(("a", "moi j'ai 34 ans, t'es trop belle"), ("b", "j'ai 13 ans"), ("a", "tu as un copain ?")),
        talk(("a", "ur so cute"), ("a", "do u have a bf"), ages={"a": 40, "b": 13}),
    ],
    "identity.age_contradiction": [
        talk(("a>c", "j'ai 30 ans"), ("a", "moi j'ai 14 ans")),
        talk(("a", "im 15 too"), ages={"a": 35}),
    ],
    "contact.stranger_move": [
        talk(("b", "im 13"), ("a", "ur so cute"), ("a", "add me on snap"), ages={"a": 30}),
        talk(("b", "j'ai 12 ans"), ("a", "t trop belle"), ("a", "c'est notre secret, viens sur snap")),
    ],
}  # fmt: skip

DARK: list[list[Event]] = [
    talk(("a", "t'as quel âge ?"), ("b", "13"), ("a", "moi aussi 13, t'es dans quel collège ?")),
    talk(("a", "coucou c'est mamie"), ("b", "coucou mamie"), ("a", "envoie une photo de toi ma belle")),
    talk(("a", "demande à ta mère d'abord"), ("a", "je peux venir te chercher à 18h"), ages={"a": 40, "b": 12}),
    talk(("a", "send me a pic of the homework"), ("b", "ok"), ("a", "thanks, see you in class")),
    talk(("a", "j'ai 35 ans et toi ?"), ("b", "32"), ("a", "t'es très belle, on se voit samedi ?")),
    talk(("a", "si tu viens pas je mange ta part"), ("b", "nooon"), ("a", "dernière chance")),
    talk(("a", "chut c'est un secret, c'est pour l'anniversaire de maman"), ("b", "oui !!")),
    talk(*((f"a>c{n}", "bonjour et bienvenue, les règles du serveur sont ici") for n in range(9))),
    talk(
        ("a", "bonjour, pharmacie du marché, vous avez laissé un message"), ("a", "tu as quel âge ?"), ("b", "14 ans"),
        ("a", "envoie une photo de ton bras, et ta mère est avec toi ?"),
    ),
    talk(("a", "je suis modérateur ici, t'as quel âge ? c'est dans le règlement du serveur"), ("b", "14")),
]  # fmt: skip


class TestSeen:
    """Clear enough to act on."""

    @pytest.mark.parametrize(
        ("name", "events"),
        [pytest.param(name, e, id=f"{name}-{i}") for name, cases in SEEN.items() for i, e in enumerate(cases)],
    )
    def test_seen(self, name: str, events: list[Event]) -> None:
        """Of the one who does it; and nothing of the other."""
        assert name in clear(events)
        assert not clear(events, "b")

    def test_every_signal_has_its_case(self) -> None:
        """No detector without one."""
        assert set(SEEN) == CONVERSATIONS

    @pytest.mark.parametrize("events", DARK, ids=range(len(DARK)))
    def test_dark(self, events: list[Event]) -> None:
        """Friends, families, moderators, adults among themselves."""
        assert not clear(events)
        assert not clear(events, "b")

    def test_first_message(self) -> None:
        """A threat with a demand is heard in the very first message."""
        for signal in heard(talk(("a", "paye 50 euros ou je publie tes photos")))["a"]:
            assert signal.name not in CONVERSATIONS or signal.score >= ACT


class TestPromises:
    """Directed, explained, and ages never guessed."""

    CHILD = (
        "j'ai 13 ans", "non je veux pas", "arrête stp", "pourquoi tu veux une photo", "im 13", "no", "stop asking",
        "mes parents sont pas là", "ok c'est notre secret", "il m'a demandé une photo de moi", "je suis seule",
        "please don't post my photos", "i'm scared", "t ki ?",
    )  # fmt: skip
    OTHER = ("t'as quel âge ?", "envoie une photo de toi", "c'est notre secret", "paye ou je publie tes photos")

    @given(st.lists(st.sampled_from([("b", t) for t in CHILD] + [("a", t) for t in OTHER]), max_size=12))
    @settings(deadline=None, max_examples=150)
    def test_directed(self, lines: list[Line]) -> None:
        """Promise 3: whatever is done to a child, what the child answers raises nothing of the child's."""
        assert not clear(talk(*lines), "b")

    @pytest.mark.parametrize("events", [case for cases in SEEN.values() for case in cases])
    def test_explained(self, events: list[Event]) -> None:
        """Promise 4: every piece of evidence is the raw text, where it says it is, of a message of that talk."""
        said = {event.id: event.text for event in events if isinstance(event, Message)}
        for signal in (s for of in heard(events).values() for s in of):
            assert 0 < signal.score <= 1
            assert signal.evidence
            for evidence in signal.evidence:
                assert said[evidence.event][evidence.start : evidence.end] == evidence.text
                assert evidence.cue

    @pytest.mark.parametrize("style", ["lol mdr wsh", "jpp jvé o bahut", "omg bestie", "slt sa va"])
    def test_no_age_from_style(self, style: str) -> None:
        """Promise 6: writing like a child makes nobody one."""
        assert "grooming.image_request_to_minor" not in clear(talk(("b", style), ("a", "envoie une photo de toi")))

    def test_quiet_after_telling(self) -> None:
        """What was told is not told again on the same day, unless it grew."""
        lines = talk(("b", "j'ai 13 ans"), *[("a", "envoie une photo de toi")] * 8)
        asked = [s for s in heard(lines)["a"] if s.name == "grooming.image_request_to_minor"]
        assert len(asked) < 6


class TestModel:
    """Additive, monotone, readable."""

    @given(
        st.dictionaries(st.sampled_from(sorted(FEATURES)), st.floats(0, 1), max_size=8),
        st.sampled_from(sorted(FEATURES)),
        st.floats(0, 1),
    )
    def test_monotone(self, features: dict[str, float], name: str, more: float) -> None:
        """More of a feature never moves the score the wrong way."""
        model = Model.shipped()
        raised = {**features, name: max(features.get(name, 0.0), more)}
        if FEATURES[name].lowers:
            assert model.score(raised) <= model.score(features)
        else:
            assert model.score(raised) >= model.score(features)

    def test_file(self) -> None:
        """It names every feature, and reads what it writes."""
        model = Model.shipped()
        assert set(model.weights) == set(FEATURES)
        assert Model.read(model.written()) == model

    @pytest.mark.parametrize("weights", ["weather = 1.0", "secrecy = -1.0", "secrecy = 99.0"])
    def test_refused(self, weights: str) -> None:
        """Unknown features and weights that change sign or are absurd."""
        with pytest.raises(ValueError, match=r"no such|weights are"):
            Model.read(f'about = "x"\nbias = 1.0\n[weights]\n{weights}\n')

    def test_nothing_said(self) -> None:
        """A conversation of which nothing is known is not suspect."""
        assert Model.shipped().score({}) < 0.05


class TestAcquainted:
    """Who knows whom elsewhere, and by whose word."""

    STEPS = (("a", "trop belle ta photo"), ("a", "t'as telegram ? ça reste entre nous"))

    def score(self, *before: Line, name: str = "contact.age_gap", age: int = 40) -> float:
        """Of one signal, after what was said before."""
        said = heard(talk(*before, *self.STEPS, ages={"a": age, "b": 13}))
        return max((s.score for s in said.get("a", []) if s.name == name), default=0.0)

    def test_called_a_relative(self) -> None:
        """Whom a child calls a relative seems to be one."""
        assert self.score(("b", "coucou tonton")) < self.score(("b", "coucou"))

    def test_own_relatives(self) -> None:
        """A child who speaks of their own family says nothing of whom they speak to."""
        assert self.score(("b", "mon petit frère est là")) == self.score(("b", "coucou"))
        young = [
            self.score(("b", said), name="grooming.pattern", age=20) for said in ("mon petit frère est là", "coucou")
        ]
        assert young[0] == young[1] > 0
        assert self.score(("b", "j'ai fini mes devoirs pour la prof de maths")) == self.score(("b", "coucou"))

    def test_parents_asked(self) -> None:
        """Who wants the parents' word in writing hides nothing from them."""
        asked = self.score(("a", "il me faut un mot de tes parents"))
        assert asked < self.score(("a", "il me faut un stylo"))

    def test_somebody_near(self) -> None:
        """Whoever asks a minor whether somebody is near is looked at, unless they are known to be one too."""
        line = ("a", "t'es toute seule chez toi ?")
        assert "grooming.isolation" in clear(talk(line, ages={"b": 12}))
        assert "grooming.isolation" not in clear(talk(line, ages={"a": 13, "b": 12}))
        assert "grooming.isolation" not in clear(talk(line, ages={"a": 17, "b": 12}))
        assert "grooming.isolation" not in clear(talk(line))
