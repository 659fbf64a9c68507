"""An index that finds every condition a posture meets in one lookup."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from qiwizard.law.condition import Condition
from qiwizard.law.facts import Vocabulary


class Index:
    """Conditions by the facts they need, built once and asked for each posture.

    A set of conditions is one integer, with a bit for each. For each value of a fact, and for
    not knowing it, the set of conditions that it leaves standing is kept; those left standing by
    every fact are met. So a posture costs a few operations a fact, however many conditions
    there are. An exception that rests on one fact is part of that; the few that rest on several
    are looked at one by one.
    """

    __slots__ = ("_all", "_by_fact", "_exceptions")

    def __init__(
        self,
        conditions: Sequence[Condition],
        vocabulary: Vocabulary,
        exceptions: Sequence[Iterable[Condition]] = (),
    ) -> None:
        """Index conditions; where exceptions are given, there are some or none for each."""
        excepted = [(place, e) for place, several in enumerate(exceptions) for e in several]
        simple = [(place, e) for place, e in excepted if len(e.facts) == 1]
        self._all = (1 << len(conditions)) - 1
        self._exceptions = tuple((1 << place, e) for place, e in excepted if len(e.facts) != 1)
        self._by_fact = _by_fact(self._all, vocabulary, tuple(enumerate(conditions)), simple)

    def met(self, bits: int) -> int:
        """The conditions that a posture, as bits, meets, and none of whose exceptions it meets."""
        met = self._all
        for values, standing in self._by_fact:
            met &= standing[bits & values]
        for bit, exception in self._exceptions:
            if met & bit and exception.met(bits):
                met ^= bit
        return met


def _by_fact(
    everything: int,
    vocabulary: Vocabulary,
    conditions: Iterable[tuple[int, Condition]],
    exceptions: Iterable[tuple[int, Condition]],
) -> tuple[tuple[int, dict[int, int]], ...]:
    """For each fact the bits of all its values, and by the bit of each (0: none) what it leaves."""
    needing, content = _resting_on(conditions, vocabulary)
    excepting, barred = _resting_on(exceptions, vocabulary)
    found = []
    for name in vocabulary.in_order(needing.keys() | excepting.keys()):
        values = vocabulary.by_name[name].values
        indifferent = everything & ~needing[name]
        standing = {0: indifferent}
        for bit in (vocabulary.bit(name, value) for value in values):
            standing[bit] = (indifferent | content[bit]) & ~barred[bit]
        found.append((vocabulary.mask(name, values), standing))
    return tuple(found)


def _resting_on(
    placed: Iterable[tuple[int, Condition]], vocabulary: Vocabulary
) -> tuple[defaultdict[str, int], defaultdict[int, int]]:
    """The places of conditions, as sets: by each fact they need, and by each value that will do."""
    facts: defaultdict[str, int] = defaultdict(int)
    values: defaultdict[int, int] = defaultdict(int)
    for place, condition in placed:
        for name, permitted in condition.facts.items():
            facts[name] |= 1 << place
            for value in permitted:
                values[vocabulary.bit(name, value)] |= 1 << place
    return facts, values
