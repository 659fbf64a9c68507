"""Federal courts: districts, their circuits, and their Bluebook names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

SUPREME_COURT = "U.S."


@dataclass(frozen=True, slots=True)
class Circuit:
    """A federal circuit: its id, its name, and the abbreviation of its court of appeals."""

    id: str
    name: str
    abbreviation: str


@dataclass(frozen=True, slots=True)
class District:
    """A federal district court by its Bluebook abbreviation."""

    id: str
    name: str
    circuit: str


@dataclass(frozen=True, slots=True)
class Courts:
    """All circuits and districts."""

    circuits: Mapping[str, Circuit]
    districts: Mapping[str, District]

    def circuit_of(self, court: str) -> str | None:
        """The circuit in which a district or court of appeals sits; None for others."""
        if court in self.districts:
            return self.districts[court].circuit
        for circuit in self.circuits.values():
            if circuit.abbreviation == court:
                return circuit.id
        return None

    def knows(self, court: str) -> bool:
        """Whether a court is the Supreme Court, a court of appeals or a district court."""
        return court == SUPREME_COURT or self.circuit_of(court) is not None

    def of(self, circuit: str) -> tuple[District, ...]:
        """The districts of one circuit, by name."""
        return tuple(d for d in self.districts.values() if d.circuit == circuit)
