"""Which of many conditions a posture meets, found for all of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qiwizard.law.condition import Condition
from qiwizard.law.facts import Value, Vocabulary


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
        needing: dict[str, int] = {}
        content: dict[tuple[str, Value], int] = {}
        for place, condition in enumerate(conditions):
            bit = 1 << place
            for name, values in condition.facts.items():
                needing[name] = needing.get(name, 0) | bit
                for value in values:
                    content[name, value] = content.get((name, value), 0) | bit
        self._by_fact = tuple(
            _standing(vocabulary, name, self._all & ~needing[name], content)
            for name in vocabulary.in_order(needing)
        )

    def met(self, bits: int) -> int:
        """The conditions that a posture, as bits, meets."""
        met = self._all
        for values, standing in self._by_fact:
            met &= standing[bits & values]
        return met


def _standing(
    vocabulary: Vocabulary, name: str, indifferent: int, content: Mapping[tuple[str, Value], int]
) -> tuple[int, dict[int, int]]:
    """The bits of all values of a fact, and by the bit of each (0: none) what stays standing."""
    values = vocabulary.by_name[name].values
    standing = {0: indifferent}
    for value in values:
        standing[vocabulary.bit(name, value)] = indifferent | content.get((name, value), 0)
    return vocabulary.mask(name, values), standing
