"""Which of many conditions a posture meets, found for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from qiwizard.condition import Condition
from qiwizard.facts import Fact, Vocabulary


class Index:
    """Conditions by the facts they need, built once and asked for each posture.

    A set of conditions is one integer, with a bit for each. For each value of a fact, and for
    not knowing it, the set of conditions that it leaves standing is kept; those left standing by
    every fact are met. So a posture costs a few operations a fact, however many conditions
    there are.
    """

    __slots__ = ("_all", "_by_fact")

    def __init__(self, conditions: Sequence[Condition], vocabulary: Vocabulary) -> None:
        self._all = (1 << len(conditions)) - 1
        needed = {name for condition in conditions for name in condition.facts}
        self._by_fact = tuple(
            _standing(vocabulary.by_name[name], conditions, vocabulary)
            for name in vocabulary.in_order(needed)
        )

    def met(self, bits: int) -> int:
        """The conditions that a posture, as bits, meets."""
        met = self._all
        for values, standing in self._by_fact:
            met &= standing[bits & values]
        return met


def _standing(
    fact: Fact, conditions: Sequence[Condition], vocabulary: Vocabulary
) -> tuple[int, dict[int, int]]:
    """The bits of all values of a fact, and by the bit of each (0: none) what stays standing."""
    permitted = [condition.facts.get(fact.name) for condition in conditions]
    standing = {0: sum(1 << n for n, values in enumerate(permitted) if values is None)}
    for value in fact.values:
        standing[vocabulary.bit(fact.name, value)] = standing[0] | sum(
            1 << n for n, values in enumerate(permitted) if values is not None and value in values
        )
    return vocabulary.mask(fact.name, fact.values), standing
