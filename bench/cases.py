"""Postures to measure with: drawn at random, and those of the decided orders."""

from __future__ import annotations

import random
from datetime import date

from qiwizard.law.facts import FORUM, Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.reasoning.replay import cases

TODAY = date(2026, 11, 22)
STATED = 0.6
"""The share of facts that a drawn posture states."""


def drawn(library: Library, number: int, seed: int) -> list[Posture]:
    """Postures in districts all over the country, each fact stated or not by chance."""
    chance = random.Random(seed)
    districts = list(library.courts.districts.values())
    found = []
    for _ in range(number):
        district = chance.choice(districts)
        known: dict[str, Value] = {"circuit": district.circuit, "court": district.id}
        for fact in library.vocabulary.facts:
            if fact.name not in FORUM and chance.random() < STATED:
                known[fact.name] = chance.choice(fact.values)
        found.append(Posture.of(known))
    return found


def decided(library: Library) -> list[Posture]:
    """The postures of the decided orders, as far as they say."""
    return [Posture.of(case.facts) for case in cases(library)]
