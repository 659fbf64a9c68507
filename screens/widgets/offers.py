"""What is offered as answers to a fact: the values that fit the forum, and "not stated"."""

from __future__ import annotations

from qiwizard.law.facts import Choice, Fact
from qiwizard.law.library import FORUM, Library
from qiwizard.law.posture import Posture
from screens.widgets.choices import Offer

MANY = 9
"""More answers than there are digits."""


def offers_of(library: Library, posture: Posture, fact: Fact) -> tuple[tuple[Offer, ...], Offer]:
    """The answers on offer, and the one to start from: that given before, else the first."""
    given = posture.get(fact.name)
    choices = library.choices_in(posture, fact)
    offers = [
        Offer(c.value, _label(fact, c), "your answer" if c.value == given else "") for c in choices
    ]
    left_open = fact.name in posture.open
    offers.append(Offer(None, "Not stated", "your answer" if left_open else ""))
    return tuple(offers), next((o for o in offers if o.remark), offers[0])


def can_be_narrowed(fact: Fact) -> bool:
    """Whether letters shorten the list of answers: that of the courts is long."""
    return fact.name == FORUM[1]


def _label(fact: Fact, choice: Choice) -> str:
    return f"{choice.label}, {choice.value}" if can_be_narrowed(fact) else choice.label
