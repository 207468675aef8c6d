"""What is wrong with a policy."""

from collections.abc import Sequence

from veilleuse.language import Language, Problem


class PolicyProblem(Problem):
    """A policy that cannot be used. `problems` are all the faults found in it, in the order of its files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("policy.refused", count=len(problems))
        self.problems = tuple(problems)

    def say(self, language: Language) -> str:
        """Each fault on its line: where it stands, what is wrong, what to do."""
        return "\n".join(problem.say(language) for problem in self.problems)
