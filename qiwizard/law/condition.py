"""When a holding applies: a conjunction of facts, each with the values it may have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qiwizard.law.facts import Value, Vocabulary


@dataclass(frozen=True, slots=True, eq=False)
class Condition:
    """Facts that must be known, each as one of the values listed; empty means always."""

    facts: Mapping[str, frozenset[Value]]
    must: int
    """Bits that all have to be set: the facts with a single permitted value."""
    any: tuple[int, ...]
    """One mask for each other fact, of which some bit has to be set."""

    @classmethod
    def of(
        cls, when: Mapping[str, Value | list[Value] | tuple[Value, ...]], vocabulary: Vocabulary
    ) -> Condition:
        """Read a `when` table; KeyError for a fact or value outside the vocabulary."""
        facts = {
            name: frozenset(values if isinstance(values, list | tuple) else (values,))
            for name, values in when.items()
        }
        must, several = 0, []
        for name, values in facts.items():
            mask = vocabulary.mask(name, values)
            if len(values) == 1:
                must |= mask
            else:
                several.append(mask)
        return cls(facts, must, tuple(several))

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
