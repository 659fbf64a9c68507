"""A stand-in rule base for timing other engines: eighteen facts, twelve rules. It is not law.

It has the shape of the question that the program answers, as far as an engine without
authorities can have it: the first rule that fits gives the outcome.
"""

from __future__ import annotations

import random

FLAGS = tuple(f"flag_{n}" for n in range(12))
NAMED = {f"kind_{n}": ("a", "b", "c", "d", "e")[: 3 + n % 3] for n in range(6)}
FACTS = (*FLAGS, *NAMED)

Value = bool | str
Rule = tuple[dict[str, tuple[Value, ...]], str]

RULES: tuple[Rule, ...] = (
    ({"flag_0": (False,)}, "none"),
    ({"kind_0": ("a",), "flag_1": (True,)}, "stay"),
    ({"flag_2": (False,), "flag_3": (True,)}, "none"),
    ({"kind_1": ("a", "b"), "flag_1": (True,), "kind_2": ("c",)}, "stay"),
    ({"kind_1": ("a", "c"), "flag_4": (True,), "kind_3": ("a", "b"), "flag_5": (False,)}, "stay"),
    ({"kind_1": ("c", "d"), "flag_6": (False,), "flag_7": (False,)}, "partial"),
    ({"kind_4": ("a", "b"), "flag_8": (True,), "flag_9": (False,)}, "limited"),
    ({"kind_4": ("c", "d"), "flag_8": (True,), "flag_10": (True,)}, "limited"),
    ({"kind_5": ("a",), "flag_1": (True,), "flag_11": (False,)}, "stay"),
    ({"kind_5": ("b", "c"), "flag_9": (True,), "flag_2": (True,)}, "partial"),
    ({"kind_3": ("a",), "flag_10": (False,), "flag_4": (False,)}, "limited"),
    ({}, "none"),
)


def drawn(number: int, seed: int) -> list[dict[str, Value]]:
    """Complete sets of facts, drawn evenly."""
    chance = random.Random(seed)
    return [
        {name: chance.random() < 0.5 for name in FLAGS}
        | {name: chance.choice(values) for name, values in NAMED.items()}
        for _ in range(number)
    ]


def decided(facts: dict[str, Value]) -> str:
    """The outcome by the table itself, to check the engines by."""
    for conditions, outcome in RULES:
        if all(facts[name] in values for name, values in conditions.items()):
            return outcome
    raise LookupError("the last rule always fits")
