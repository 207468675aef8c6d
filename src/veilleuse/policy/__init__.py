"""Rules that turn signals into decisions."""

from veilleuse.policy.decision import Action, Decision, Severity
from veilleuse.policy.policy import Policy
from veilleuse.policy.problem import PolicyProblem
from veilleuse.policy.rule import Mode, Rule, RuleFault

__all__ = ["Action", "Decision", "Mode", "Policy", "PolicyProblem", "Rule", "RuleFault", "Severity"]
