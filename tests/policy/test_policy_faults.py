"""A policy with a fault is refused with the file, the line, what is wrong and what to do."""

import json
from pathlib import Path

import pytest
from policy_samples import SIGNALS, load, rule, write

from veilleuse.language import Language, Problem
from veilleuse.policy import Policy, PolicyProblem
from veilleuse.policy.condition import MAX_LENGTH

SOUND = rule()
WHEN_LINE = 3


def refused(*paths: Path) -> tuple[Problem, ...]:
    """All that is wrong with the files."""
    with pytest.raises(PolicyProblem) as caught:
        Policy.load(paths, SIGNALS)
    return caught.value.problems


def only(folder: Path, text: str) -> Problem:
    """The one thing wrong with a file of this text."""
    (problem,) = refused(write(folder, text))
    return problem


def at(problem: Problem) -> tuple[str, str]:
    """Which sentence, and the end of where."""
    return problem.key.removeprefix("policy."), str(problem.values["where"]).rpartition("policy.toml")[2]


class TestFiles:
    """Files that hold no policy."""

    def test_no_file(self) -> None:
        """Naming no file is refused, not read as a policy that lets everything pass."""
        (problem,) = refused()
        assert problem.key == "policy.no_file"

    def test_absent(self, tmp_path: Path) -> None:
        """A file that is not there is named."""
        (problem,) = refused(tmp_path / "nowhere.toml")
        assert problem.key == "policy.absent"
        assert "nowhere.toml" in problem.say(Language.EN)

    def test_a_folder(self, tmp_path: Path) -> None:
        """A folder cannot be read as a file."""
        (problem,) = refused(tmp_path)
        assert problem.key == "policy.unreadable"

    @pytest.mark.parametrize("text", ["", "\n\n# nothing but words\n", "rule = []"])
    def test_empty(self, tmp_path: Path, text: str) -> None:
        """A file without a rule is refused."""
        assert at(only(tmp_path, text)) == ("empty", "")

    @pytest.mark.parametrize(
        ("text", "line"),
        [("[[rule]]\nname = \n", 2), ("[[rule]]\nname = 'a'\nname = 'b'\n", 3), ("a = 1\n[[rule", 2)],
    )
    def test_bad_toml(self, tmp_path: Path, text: str, line: int) -> None:
        """What is not TOML is refused at its line."""
        assert at(only(tmp_path, text)) == ("not_toml", f":{line}")

    def test_a_number_beyond_reading(self, tmp_path: Path) -> None:
        """An integer of ten thousand digits ends in a sentence, not in a traceback."""
        assert only(tmp_path, "x = " + "9" * 10_000).key == "policy.not_toml"

    def test_nested_too_deep(self, tmp_path: Path) -> None:
        """Ten thousand brackets end in a sentence, not in a traceback."""
        assert only(tmp_path, "x = " + "[" * 10_000).key == "policy.nested"

    def test_not_utf8(self, tmp_path: Path) -> None:
        """A byte that is not UTF-8 is refused at its line."""
        path = tmp_path / "policy.toml"
        path.write_bytes(b"# one\n# caf\xe9\n" + SOUND.encode())
        (problem,) = refused(path)
        assert at(problem) == ("not_utf8", ":2")
        assert problem.values["byte"] == 11

    def test_utf16(self, tmp_path: Path) -> None:
        """A file saved as UTF-16 is refused with the remedy."""
        path = tmp_path / "policy.toml"
        path.write_bytes(SOUND.encode("utf-16"))
        (problem,) = refused(path)
        assert at(problem) == ("not_utf8", ":1")
        assert "UTF-8" in problem.say(Language.FR)

    def test_utf8_mark_and_windows_lines(self, tmp_path: Path) -> None:
        """The mark and the line breaks that Windows editors write change nothing."""
        path = tmp_path / "policy.toml"
        path.write_bytes(b"\xef\xbb\xbf" + (SOUND + rule("b")).replace("\n", "\r\n").encode())
        policy = Policy.load([path], SIGNALS)
        assert [(each.name, each.line) for each in policy.rules] == [("trade", 1), ("b", 10)]

    def test_unknown_table(self, tmp_path: Path) -> None:
        """Anything but rules is refused at its line."""
        assert at(only(tmp_path, f"{SOUND}[rules]\nx = 1\n")) == ("unknown_table", ":10")

    @pytest.mark.parametrize("text", ["# one\n[rule]\nname = 'a'\n", "\nrule = 3\n", "\nrule = [1, 2]\n"])
    def test_rules_are_tables(self, tmp_path: Path, text: str) -> None:
        """A single bracket, or a value where the rules should be, is explained."""
        assert at(only(tmp_path, text)) == ("not_tables", ":2")

    def test_rules_in_one_inline_array(self, tmp_path: Path) -> None:
        """Rules without a header of their own are located at their array."""
        assert {at(each)[1] for each in refused(write(tmp_path, "\nrule = [{name = 'a', when = 'x'}]"))} == {":2"}


class TestKeys:
    """Rules that are not written as they should be."""

    @pytest.mark.parametrize(
        ("old", "new", "sentence", "line"),
        [
            ('name = "trade"', "", "missing_text", 1),
            ('name = "trade"', "name = 3", "wrong_text", 2),
            ('name = "trade"', 'name = "Trade"', "name_form", 2),
            ('name = "trade"', 'name = "two words"', "name_form", 2),
            ('name = "trade"', 'name = ""', "name_form", 2),
            ("when = '''wording.trade >= 0.6'''", "", "missing_text", 1),
            ("'''wording.trade >= 0.6'''", "true", "wrong_text", 3),
            ('"high"', '"grave"', "wrong_choice", 4),
            ('"high"', "3", "wrong_text", 4),
            ('severity = "high"', "", "missing_text", 1),
            ('actions = ["case"]', "", "missing_actions", 1),
            ('["case"]', "[]", "wrong_actions", 5),
            ('["case"]', '"case"', "wrong_actions", 5),
            ('["case"]', "[1]", "wrong_actions", 5),
            ('["case"]', '["case", "shout"]', "wrong_choice", 5),
            ('["case"]', '["hide"]', "effect_without_case", 5),
            ('["case"]', '["alert", "quarantine"]', "effect_without_case", 5),
            ('"live"', '"off"', "wrong_choice", 6),
            ('"live"', "true", "wrong_text", 6),
            ('mode = "live"', 'modes = "live"', "unknown_key", 6),
            ('why.en = "Because."', "", "no_why", 1),
            ('"Because."', '" "', "no_why", 7),
            ('"Parce que."', "3", "no_why", 8),
            ("why.fr", 'why.de = "Weil."\nwhy.fr', "unknown_key", 8),
            ('why.en = "Because."\nwhy.fr = "Parce que."', 'why = "Because."', "wrong_why", 7),
            ('why.en = "Because."\nwhy.fr = "Parce que."', "", "missing_why", 1),
        ],
    )
    def test_each_fault_at_its_line(self, tmp_path: Path, old: str, new: str, sentence: str, line: int) -> None:
        """Each fault is named once, at the line of its key, or at its rule when the key is missing."""
        assert old in SOUND
        assert at(only(tmp_path, SOUND.replace(old, new))) == (sentence, f":{line}")

    @pytest.mark.parametrize("action", ["ban", "close", "report", "reveal", "delete", "Ban-Account", "close_server"])
    def test_no_machine_passes_sentence(self, tmp_path: Path, action: str) -> None:
        """What cannot be undone is refused, and the way to a person is shown."""
        problem = only(tmp_path, rule(actions=["case", action]))
        assert at(problem) == ("irreversible", ":5")
        assert "“case”" in problem.say(Language.EN)

    def test_alert_alone_reaches_a_person(self, tmp_path: Path) -> None:
        """Alerting needs no case: it has no effect, and a person sees it."""
        (only_rule,) = load(tmp_path, rule(actions=["alert"])).rules
        assert only_rule.actions == ("alert",)

    def test_same_name_in_one_file(self, tmp_path: Path) -> None:
        """The second of two rules of one name is refused, and the first is located."""
        problem = only(tmp_path, SOUND + SOUND)
        assert at(problem) == ("name_taken", ":11")
        assert str(problem.values["first"]).endswith("policy.toml:2")

    def test_same_name_in_two_files(self, tmp_path: Path) -> None:
        """Two policies with the same rule name: both files and both lines are named."""
        first = write(tmp_path, "# ours\n" + SOUND, "first.toml")
        second = write(tmp_path, SOUND, "second.toml")
        (problem,) = refused(first, second)
        sentence = problem.say(Language.EN)
        assert f"{second}:2" in sentence
        assert f"{first}:3" in sentence

    def test_a_nameless_rule_is_numbered(self, tmp_path: Path) -> None:
        """A rule without a name is called by its number in the file."""
        problem = only(tmp_path, SOUND + SOUND.replace('name = "trade"\n', ""))
        assert problem.values["rule"] == "#2"

    def test_all_faults_of_all_files(self, tmp_path: Path) -> None:
        """Every fault is told, not only the first, and each says itself in both languages."""
        broken = rule("A b", "wording.trad > 0 || event.knd == 1", "grave", ["ban"], "off")
        problems = refused(write(tmp_path, SOUND + broken + broken), tmp_path / "absent.toml")
        assert [at(each) for each in problems if each.key != "policy.absent"] == [
            (sentence, f":{line + start}")
            for start in (9, 18)
            for sentence, line in [
                ("name_form", 2),
                ("when_unknown_near", 3),
                ("when_unknown_near", 3),
                ("wrong_choice", 4),
                ("irreversible", 5),
                ("wrong_choice", 6),
            ]
        ]
        assert len(problems) == 13
        whole = PolicyProblem(problems)
        for language in Language:
            assert whole.say(language).splitlines() == [each.say(language) for each in problems]


class TestWhen:
    """Expressions that cannot be used."""

    @pytest.mark.parametrize(
        ("when", "sentence", "said"),
        [
            ("wording.trad >= 0.6", "when_unknown_near", "Did you mean “wording.trade”?"),
            ("rating > 0.6", "when_unknown", "wording.trade"),
            ("wording.trade >= 1", "when_integer", "write 1.0"),
            ("1 < wording.trade", "when_integer", "write 1.0"),
            ("wording.trade > 0.6 && event.kind == 1", "when_types", "string, int"),
            ("wording.trade", "when_not_yes_or_no", "DOUBLE"),
            ("dyn(wording.trade > 0.6)", "when_not_yes_or_no", "DYN"),
            ('event.kind == "message"', "when_no_signal", "wording.trade"),
            ('event.kind == "wording.trade" // wording.trade', "when_no_signal", "Name at least one"),
            ("", "when_unfinished", "stops"),
            ("wording.trade >=", "when_unfinished", "stops"),
            ("(wording.trade > 0.6", "when_unfinished", "parenthesis"),
            ("wording.trade > 0.6 and event.private", "when_word", "&&"),
            ("wording.trade = 0.6", "when_word", "=="),
            ("wording.trade >= 0,6", "when_syntax", "column 19"),
            ("wording.trade > 0.6)", "when_syntax", "column 20"),
            ("true) || (wording.trade > 0.6", "when_syntax", "column 5"),
            ("wording.trade > 0.6 && event.kind == “message”", "when_syntax", "column 38"),
            ("(" * 60 + "wording.trade > 0.6" + ")" * 60, "when_too_deep", "Split"),
            ("wording.trade > 0.6" + " " * MAX_LENGTH, "when_too_long", str(MAX_LENGTH)),
            ("1 / 0 > 0 && wording.trade > 0.6", "when_fails", "divide by zero"),
            ("wording.trade > 0.6 && int(event.community) > 3", "when_fails", "event.community"),
        ],
    )
    def test_each_fault_is_explained(self, tmp_path: Path, when: str, sentence: str, said: str) -> None:
        """The sentence says what is wrong and what to write."""
        problem = only(tmp_path, rule(when=when))
        assert at(problem) == (sentence, f":{WHEN_LINE}")
        assert said in problem.say(Language.EN)

    @pytest.mark.parametrize(
        ("pattern", "sentence"),
        [
            ("[", "pattern_invalid"),
            ("(?!x)", "pattern_invalid"),
            ("a**", "pattern_invalid"),
            (r"(\d", "pattern_invalid"),
            ("((a{100}){100}){100}", "pattern_heavy"),
            ("(x+x+)+y" * 200, "pattern_heavy"),
            ("a{99999}", "pattern_heavy"),
            (r"\pL\pL\pL\pL", "pattern_heavy"),
        ],
    )
    def test_a_pattern_that_explodes(self, tmp_path: Path, pattern: str, sentence: str) -> None:
        """A pattern that is invalid, or too heavy to be asked at every event, is refused when checked."""
        problem = only(tmp_path, rule(when=f"wording.trade > 0.6 && event.community.matches(r'{pattern}')"))
        assert at(problem) == (sentence, f":{WHEN_LINE}")
        assert pattern in problem.say(Language.EN)

    @pytest.mark.parametrize("pattern", ["(a+)+$", "^[0-9]{17,20}$", "(?i)^(alpha|beta)$", "é\\\\w"])
    def test_a_pattern_that_does_not(self, tmp_path: Path, pattern: str) -> None:
        """What explodes elsewhere is linear here, and ordinary patterns are let through."""
        when = f"wording.trade > 0.6 && event.community.matches({json.dumps(pattern, ensure_ascii=False)})"
        assert len(load(tmp_path, rule(when=when)).rules) == 1

    @pytest.mark.parametrize(
        ("call", "sentence"),
        [
            ("event.community.matches(event.platform)", "pattern_computed"),
            ("matches(event.community, 'a' + 'b')", "pattern_computed"),
            ("['a', 'b'].exists(x, event.community.matches('c'))", "pattern_repeated"),
            ("{'a': [event.kind.matches('[')]}.size() > 0", "pattern_invalid"),
        ],
    )
    def test_a_pattern_out_of_sight(self, tmp_path: Path, call: str, sentence: str) -> None:
        """A pattern that cannot be checked, or that is asked again and again, is refused."""
        assert at(only(tmp_path, rule(when=f"wording.trade > 0.6 && {call}"))) == (sentence, f":{WHEN_LINE}")

    def test_the_line_within_the_expression(self, tmp_path: Path) -> None:
        """In an expression of several lines, each fault has its own."""
        when = "\nwording.trade > 0.6 // é\n&& event.knd == ''\n|| rating > 0.1"
        problems = refused(write(tmp_path, rule(when=when)))
        assert [at(each) for each in problems] == [("when_unknown_near", ":5"), ("when_unknown", ":6")]

    def test_the_line_of_a_pattern(self, tmp_path: Path) -> None:
        """A bad pattern is located too, whatever letters stand before it."""
        when = "\nwording.trade > 0.6 // éé\n&& event.kind.matches('a')\n&& event.kind.matches('[')"
        assert at(only(tmp_path, rule(when=when))) == ("pattern_invalid", ":6")
