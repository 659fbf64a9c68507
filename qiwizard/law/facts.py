"""The vocabulary of a posture: which facts there are and which values each may take."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

Value = bool | str
"""What a fact may be: true or false, or one of the named values of the fact."""
FORUM = CIRCUIT, COURT = "circuit", "court"
"""The facts that name the forum; they set the rank of authorities."""
REQUEST, MOTION, QI_ASSERTED, OTHER_IMMUNITY = "request", "motion", "qi_asserted", "other_immunity"
"""The facts without which no ruling is made."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a fact, with the words that offer it to a person."""

    value: Value
    label: str


@dataclass(frozen=True)
class Fact:
    """One fact of a posture: what is asked, what may be answered, and why it matters."""

    name: str
    doctrine: str
    """The screen on which it is asked."""
    short: str
    """A noun phrase for lists, such as "answer filed"."""
    question: str
    help: str
    why: str
    choices: tuple[Choice, ...]
    asked_when: tuple[Condition, ...] = ()
    """Conditions one of which must be met for it to be asked; empty means always."""
    moot_when: tuple[Condition, ...] = ()
    """Conditions on which it does not apply: it is kept, and has no effect."""
    can_become: tuple[Value, ...] = ()
    """The values that a party or the court can bring about later in the case."""
    stages: bool = False
    """Whether those follow one another in time, so that none leads back to an earlier one."""

    def after(self, value: Value) -> tuple[Value, ...]:
        """What a party or the court can make of a value."""
        if self.stages and value in self.can_become:
            return self.can_become[self.can_become.index(value) + 1 :]
        return tuple(other for other in self.can_become if other != value)

    @cached_property
    def values(self) -> tuple[Value, ...]:
        """The permitted values, in the order in which they are offered."""
        return tuple(self._labels)

    @cached_property
    def _labels(self) -> Mapping[Value, str]:
        return {choice.value: choice.label for choice in self.choices}

    def arises(self, bits: int) -> bool:
        """Whether it is to be asked on a posture, as bits."""
        return not self.asked_when or any(condition.met(bits) for condition in self.asked_when)

    def label(self, value: Value) -> str:
        """The words for a value; KeyError if the fact cannot have it."""
        if not self.permits(value):
            raise KeyError(value)
        return self._labels[value]

    def permits(self, value: object) -> bool:
        """Whether the value is one of the fact's own; `1` is not `true`."""
        return isinstance(value, Value) and value in self._labels


@dataclass(frozen=True, slots=True)
class DefenseState:
    """A state of the defense: one answer that states several facts."""

    label: str
    facts: Mapping[str, Value]


class Vocabulary:
    """All facts in the order of the interview, and the bit that stands for each value.

    A posture is weighed as one integer with a bit set for each value it states, so that a
    condition is tested by a few integer operations. The forum facts (circuit and court) carry
    no bits: they decide the rank of authorities, never whether a holding applies.
    """

    def __init__(self, facts: Iterable[Fact], states: Iterable[DefenseState] = ()) -> None:
        self.facts = tuple(facts)
        self.states = tuple(states)
        self.by_name = {fact.name: fact for fact in self.facts}
        self._position = {fact.name: n for n, fact in enumerate(self.facts)}
        weighed = ((f.name, v) for f in self.facts if f.name not in FORUM for v in f.values)
        self._bit = {pair: 1 << n for n, pair in enumerate(weighed)}
        # The facts that may not apply: the conditions, and the bits of all their values.
        self._moot = tuple(
            (fact.moot_when, self.mask(fact.name, fact.values))
            for fact in self.facts
            if fact.moot_when and fact.name not in FORUM
        )

    def bit(self, name: str, value: Value) -> int:
        """The bit of one value; KeyError for a fact or value outside the vocabulary."""
        return self._bit[name, value]

    def mask(self, name: str, values: Iterable[Value]) -> int:
        """The bits of several values of one fact."""
        return sum(self._bit[name, value] for value in set(values))

    def bits(self, known: Mapping[str, Value]) -> int:
        """A posture as one integer; facts that do not apply to it carry no bit."""
        total = 0
        for item in known.items():
            total |= self._bit.get(item, 0)
        moot = 0
        for conditions, mask in self._moot:
            if total & mask and any(condition.met(total) for condition in conditions):
                moot |= mask
        return total & ~moot

    def position(self, name: str) -> int:
        """Position of a fact in the interview."""
        return self._position[name]

    def in_order(self, names: Iterable[str]) -> tuple[str, ...]:
        """The names in the order of the interview, each once."""
        return tuple(sorted(set(names), key=self._position.__getitem__))


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """Facts that must be known, each as one of the values listed; empty means always."""

    facts: Mapping[str, frozenset[Value]]
    must: int
    """Bits that all have to be set: the facts with a single permitted value."""
    any: tuple[int, ...]
    """One mask for each other fact; at least one bit of each must be set."""

    @classmethod
    def of(cls, when: Mapping[str, Value | list[Value]], vocabulary: Vocabulary) -> Condition:
        """Read a `when` table; KeyError for a fact or value outside the vocabulary."""
        facts = {n: frozenset(v if isinstance(v, list) else (v,)) for n, v in when.items()}
        masks = {name: vocabulary.mask(name, values) for name, values in facts.items()}
        several = [name for name, values in facts.items() if len(values) != 1]
        must = sum(mask for name, mask in masks.items() if name not in several)
        return cls(facts, must, tuple(masks[name] for name in several))

    def met(self, bits: int) -> bool:
        """Whether a posture, as bits, states all that is needed."""
        if bits & self.must != self.must:
            return False
        # A plain loop: this is the innermost step of every ruling.
        for mask in self.any:  # noqa: SIM110
            if not bits & mask:
                return False
        return True

    def implies(self, other: Condition) -> bool:
        """Whether every posture that meets this one also meets the other."""
        return all(
            name in self.facts and self.facts[name] <= values
            for name, values in other.facts.items()
        )

    def narrower_than(self, other: Condition) -> bool:
        """Whether this one is the more specific: it implies the other and not the reverse."""
        return self.implies(other) and not other.implies(self)
