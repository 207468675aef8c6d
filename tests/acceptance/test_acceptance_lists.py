"""The lists that judge the detectors: what must stay dark, and what must be seen."""

import pytest
from acceptance_events import entries, event

from veilleuse.engine import Engine
from veilleuse.policy import Severity

CLEAR = 0.6
MISSED = {
    # Known misses, each a sentence that reading or composition does not reach yet; a new one fails the test.
    "trade mineures contre mineures, j'ai 50 photos",
    "alleeeez une phoooto nuuue stpppp",
    "pai3 ou je pub1ie t3s ph0tos",
    "n.u.d.e.s teens f.o.r s.a.l.e",
    "trade minors for minors, I have 50 pics",
    "pleeeease one nuuude piiiic",
    "tene nudes",  # the last two of four letters swapped: so are too many names
    "i will p o s t your p i c t u r e s if you don't answer",
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    """One engine for all the entries: each is judged by itself."""
    return Engine()


class TestDark:
    """Ordinary people bring no decision, however near their words come."""

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_hard_benign(self, engine: Engine, language: str) -> None:
        """No name, description, channel list or sentence of the list is decided."""
        listed = entries(f"hard_benign_{language}.toml", "benign")
        assert len(listed) >= 200
        flagged = [entry for entry in listed if any(decision.rules for decision in engine.process([event(entry)]))]
        assert flagged == []

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_child_half(self, engine: Engine, language: str) -> None:
        """What the child says in such a conversation never turns against the child (promise 3)."""
        listed = entries(f"child_half_{language}.toml", "child")
        assert [entry["text"] for entry in listed if engine.process([event(entry)])] == []


class TestSeen:
    """Danger is seen, under its disguises."""

    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_dangerous(self, engine: Engine, language: str) -> None:
        """Each entry brings the signal it names, clearly, save the known misses."""
        missed = set()
        for entry in entries(f"dangerous_{language}.toml", "dangerous"):
            heard = {s.name for _, _, signals in engine.listen([event(entry)]) for s in signals if s.score >= CLEAR}
            if not heard.issuperset(entry["signals"]):
                missed.add(entry.get("text") or entry["name"])
        assert missed <= MISSED

    @pytest.mark.parametrize("name", ["ADØS NXDES", "nvde ados"])
    @pytest.mark.parametrize("kind", ["name", "description", "message"])
    def test_press_names(self, engine: Engine, name: str, kind: str) -> None:
        """The two names the press printed are grave wherever they stand."""
        (decision,) = engine.process([event({"kind": kind, "text": name})])
        assert decision.severity in (Severity.HIGH, Severity.CRITICAL)
