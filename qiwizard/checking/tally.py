"""The counts of a proof: what was walked and what was found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Proof:
    """What was walked and what was found; the counts grow as laws are added."""

    laws: int = 0
    diagrams: int = 0
    leaves: int = 0
    interviews: int = 0
    states: int = 0
    ends: int = 0
    idle: Counter[str] = field(default_factory=Counter)
    """By fact: the states in which it is asked and was not shown to change a ruling."""
    problems: list[str] = field(default_factory=list)
    winners: set[str] = field(default_factory=set)
    """Holdings that lead an answer somewhere."""

    @classmethod
    def together(cls, proofs: Iterable[Proof]) -> Proof:
        """Several proofs as one."""
        whole = cls()
        for proof in proofs:
            whole.laws += proof.laws
            whole.diagrams += proof.diagrams
            whole.leaves += proof.leaves
            whole.interviews += proof.interviews
            whole.states += proof.states
            whole.ends += proof.ends
            whole.idle += proof.idle
            whole.problems += proof.problems
            whole.winners |= proof.winners
        return whole
