"""Directed: the child's half of a conversation never raises the child's score (promise 3)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from signals_samples import heard, message

CHILD_FR = [
    "j'ai 13 ans", "je suis en 4ème", "il m'a demandé une photo", "non je veux pas", "non", "arrête stp",
    "j'ai 13 ans et il m'a demandé une photo", "non je veux pas t'envoyer de nude", "je veux pas envoyer de nude",
    "je ne veux pas te montrer mon corps", "je veux pas en envoyer", "j'veux pas t'envoyer de photo nue",
    "je peux pas t'envoyer de nude", "il veut des nudes et j'ai 14 ans", "j'ai 13 ans arrête de me demander des nudes",
    "je t'enverrai pas de photo nue", "pourquoi tu veux une photo de moi nue ?",
    "pourquoi tu veux des nudes j'ai 13 ans",
    "arrête, j'ai 13 ans, je suis pas à l'aise avec les photos sexy", "il a dit qu'il va publier mes photos",
    "tu vas publier mes photos ?", "s'il te plait ne publie pas mes photos", "supprime mes photos stp",
    "j'ai envoyé une nude j'ai 14 ans je fais quoi", "je veux pas payer, publie pas mes photos stp",
    "t'as dit que tu montrerais mes photos à ma classe", "je suis en 4ème, pas de photo sexy désolé",
    "j'ai 12 ans et je prends ma douche seule", "j’ai 13 ans et je veux pas t’envoyer de nude",
]  # fmt: skip
CHILD_EN = [
    "im 13", "I'm in 8th grade", "he asked me for a nude and I'm 13", "I'm 13 and he wants nudes", "no",
    "no i dont want to send nudes", "i don't want to send you a nude", "I don’t want to send nudes",
    "i won't send nudes",
    "im not sending nudes", "i'm not going to send you nudes", "i can't send nudes", "stop asking me for nudes im 13",
    "he said he will post my pictures if i don't send more", "please don't post my pictures, I'm 14",
    "please delete my nudes im 15", "i sent him a nude im 14 what do i do", "why do you want nudes im only 13",
    "you said you'd show my nudes to everyone, please no", "can you delete the nude i sent, i'm 14",
    "i don't have any money please don't send my pics to my friends", "im 14 and i hate my naked body",
    "i was born in 2012 and he wants a naked pic", "im a 13 year old girl and he talks about sex",
]  # fmt: skip
# The same words from the other side.
OTHER = [
    ("je veux pas envoyer de nude", "tu veux pas envoyer une nude ? allez envoie une nude"),
    ("i don't want to send nudes", "why don't you want to send nudes? send nudes"),
    ("pourquoi tu veux des nudes j'ai 13 ans", "je veux des nudes t'as 13 ans c'est parfait"),
    ("please delete my nudes", "please send your nudes"),
    ("im 14 and i hate my naked body", "you're 14, nude pics of you please"),
]


class TestDirected:
    """What a child says of themselves, of what is asked of them, and no."""

    @pytest.mark.parametrize("text", [*CHILD_FR, *CHILD_EN])
    def test_the_childs_words(self, text: str) -> None:
        """No signal at all, weak or strong, however it is typed."""
        for typed in (text, text.upper(), text.replace("'", "’"), text.replace("'", ""), text.replace("'", " ")):
            assert heard(message(typed)) == {}
            assert heard(message(f"ok {typed} !!")) == {}

    @pytest.mark.parametrize(
        "text",
        [*(t for t in CHILD_FR if "eux pas" in t), *(t for t in CHILD_EN if "n't send" in t or "dont want" in t)],
    )
    def test_begging(self, text: str) -> None:
        """Please is no demand when what is begged for is to be left alone."""
        for plea in ("stp", "please", "pls", "svp"):
            assert heard(message(f"{text} {plea}")) == {}

    @settings(deadline=None, max_examples=100)
    @given(st.lists(st.sampled_from(CHILD_FR[:6] + CHILD_EN[:3]), max_size=4), st.sampled_from(["!", " ", "\n", "..."]))
    def test_together(self, said: list[str], joint: str) -> None:
        """Nor do they raise one said one after the other."""
        assert heard(message(joint.join(said))) == {}

    @pytest.mark.parametrize(("child", "other"), OTHER)
    def test_the_other_half(self, child: str, other: str) -> None:
        """The one who asks is heard in nearly the same words."""
        assert heard(message(child)) == {}
        assert heard(message(other))

    @pytest.mark.parametrize(
        "text",
        ["lol trop fort mdr wsh", "omg bestie ur sooo cringe", "jpp jvé o collège 2m1", "slt sa va", "hehe :3 uwu"],
    )
    def test_no_age_from_style(self, text: str) -> None:
        """Promise 6: writing like a child makes nobody one, beside any other idea."""
        for idea in ("", " nudes", " envoie une nude", " échange nudes"):
            for signal in heard(message(text.replace("collège", "taf") + idea)).values():
                assert not any(e.cue == "minor" or e.cue.startswith("age ") for e in signal.evidence)
