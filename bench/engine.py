"""The reasoning, measured in one process, beside rule engines on the stand-in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial

from bench.cases import TODAY, decided, drawn
from bench.figures import Figure, Series
from bench.peers import engines
from bench.rounds import Measure, measured, seconds
from bench.standin import drawn as stand_in
from qiwizard.law.facts import FORUM, Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.decided_orders import closest
from qiwizard.reasoning.forums import all_forums, compare
from qiwizard.reasoning.practice_counts import practice_of
from qiwizard.reasoning.relevance import agenda, refining
from qiwizard.reasoning.ruling import rule
from qiwizard.reasoning.what_if import changes

FRAME = 1 / 60
RULING = 0.5e-3
SAMPLE = 200
HOME: dict[str, Value] = {
    "circuit": "tenth",
    "court": "D.N.M.",
    "request": "stay",
    "qi_asserted": True,
    "motion": "pending",
}
"""A forum whose law is ready, and a request and defense, as they are early in a session."""


def figures(rounds: int) -> list[Figure]:
    """One ruling beside the peers, then what a key press asks for."""
    library = shipped_library()
    peers = engines()
    measures: dict[str, Measure] = {
        "random": partial(_fresh_rulings, library),
        "decided": partial(_rulings, library, decided(library)),
    }
    measures |= {name: partial(_evaluations, engine) for name, engine in peers.items()}
    orders = _library_of_orders(library, 10_000)
    measures |= {
        "relevance": _each(library, 1, lambda p: agenda(library, p, TODAY)),
        "refining": _each(library, 2, lambda p: refining(library, p, TODAY)),
        "changes": _each(library, 3, lambda p: changes(library, p, TODAY)),
        "forums": _each(library, 4, lambda p: compare(library, p, all_forums(library, p, TODAY))),
        "closest": _each(library, 5, lambda p: closest(library, p, TODAY)),
        "closest of many": _each(library, 6, lambda p: closest(orders, p, TODAY), 5),
        "forum": partial(_new_forum, library),
        "practice": partial(_practice, library),
    }
    found = measured(measures, rounds)

    def row(name: str, key: str, most: float, goal: str, peer: str | None = None) -> Figure:
        beside = Series(peer, found[peer]) if peer else None
        return Figure(name, Series("", found[key]), beside, most, goal)

    once = "one full ruling, whole library"
    kinds = (("random posture", "random"), ("a decided order's", "decided"))
    frame = "≤ one frame (16.7 ms)"
    return [
        *(row(f"{once}, {kind}", key, RULING, "≤ 0.5 ms") for kind, key in kinds),
        *(row(f"{once}, {kinds[0][0]}", "random", 1, "no dearer", peer) for peer in peers),
        row("what is left to ask, most decisive first", "relevance", FRAME, frame),
        row("the same in a forum not met before", "forum", FRAME, frame),
        row("facts that would only refine", "refining", FRAME, frame),
        row("single changes and pairs", "changes", 6 * FRAME, "≤ 100 ms"),
        row("thirteen forums compared", "forums", FRAME, frame),
        row(f"closest orders out of {len(library.orders)}", "closest", FRAME, frame),
        row("closest orders out of 10,000", "closest of many", 6 * FRAME, "≤ 100 ms"),
        row("practice fitted to all decided orders", "practice", 6 * FRAME, "≤ 100 ms"),
    ]


def _fresh_rulings(library: Library, number: int) -> float:
    """Seconds a ruling, on postures not ruled on before."""
    return _rulings(library, drawn(library, SAMPLE, seed=number), number)


def _rulings(library: Library, postures: list[Posture], _number: int) -> float:
    took = seconds(lambda: [rule(library, posture, TODAY) for posture in postures])
    return took / len(postures)


def _evaluations(engine: Callable[[dict[str, bool | str]], str], number: int) -> float:
    facts = stand_in(SAMPLE, seed=number)
    return seconds(lambda: [engine(each) for each in facts]) / SAMPLE


def _each(
    library: Library, seed: int, work: Callable[[Posture], object], sample: int = 40
) -> Measure:
    """Seconds for one posture not seen before, the law of its forum being ready."""

    def measure(number: int) -> float:
        chosen = drawn(library, sample, 1000 * seed + number)
        postures = [Posture.of({**p.known, **HOME}) for p in chosen]
        rule(library, Posture.of(HOME), TODAY)
        return seconds(lambda: [work(posture) for posture in postures]) / sample

    return measure


def _practice(library: Library, number: int) -> float:
    """Seconds to fit the practice without one case, another in every round."""
    case = library.orders[number % len(library.orders)].case
    return seconds(lambda: practice_of(library, frozenset({case, f"round {number}"})))


def _new_forum(library: Library, number: int) -> float:
    """Seconds until the interview can go on after a forum is chosen in a case under way."""
    districts = list(library.courts.districts.values())
    district = districts[number % len(districts)]
    forum: dict[str, Value] = {"circuit": district.circuit, "court": district.id}
    posture = Posture.of(forum | {"request": "stay", "qi_asserted": True, "motion": "pending"})
    day = TODAY + timedelta(days=1 + number)  # a day on which nothing has been asked yet
    return seconds(lambda: agenda(library, posture, day))


def _library_of_orders(library: Library, number: int) -> Library:
    """The library with so many orders, those it has again and again."""
    many = replace(library)
    orders = library.orders
    copies = (replace(orders[n % len(orders)], id=f"order-{n}") for n in range(number))
    many.__dict__["orders"] = tuple(copies)
    return many


def questions_asked(library: Library, postures: Iterable[Posture]) -> float:
    """How many questions the interview asks on average until nothing more can matter."""
    asked = [_asked(library, posture) for posture in postures]
    return sum(asked) / len(asked)


def _asked(library: Library, whole: Posture) -> int:
    posture, number = Posture(), 0
    while (name := agenda(library, posture, TODAY).next) is not None:
        for fact in FORUM if name in FORUM else (name,):
            value = whole.get(fact)
            posture = posture.leaving_open(fact) if value is None else posture.stating(fact, value)
        number += 1
    return number


def questions(number: int) -> list[Figure]:
    """How many questions come before the result can be shown."""
    library = shipped_library()
    at_random = questions_asked(library, drawn(library, number, seed=7))
    orders = decided(library)
    of_orders = questions_asked(library, orders[:: max(1, len(orders) // number)])
    what = "questions asked before the result"
    return [
        Figure(f"{what}: random", Series("", (at_random,), ""), None, 9, "≤ 9"),
        Figure(f"{what}: decided orders", Series("", (of_orders,), ""), None, 9, "≤ 9"),
    ]
