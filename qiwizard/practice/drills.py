"""The table of drills. A new drill is a module with `seeds` and `make`, and a row here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from qiwizard.errors import UserError, permitted
from qiwizard.law.library import Library
from qiwizard.practice import code, find, flip, predict, walk
from qiwizard.practice.items import Item, Seed


@dataclass(frozen=True, slots=True)
class Drill:
    """One kind of drill."""

    id: str
    title: str
    about: str
    seeds: Callable[[Library], Iterable[Seed]]
    """What can be made, told quickly; some of it may turn out not to serve."""
    make: Callable[[Library, str], Item]
    """One drill by the part of its id after the first slash; KeyError if it will not serve."""
    mixed: bool = True
    """Whether it is drawn among others, or only when asked for."""


DRILLS: Mapping[str, Drill] = {
    drill.id: drill
    for drill in (
        Drill(
            code.DRILL,
            "Code the order",
            "Read the facts of a decided order, answer the questions on its posture.",
            code.seeds,
            code.make,
        ),
        Drill(
            predict.DRILL,
            "Predict the ruling",
            "Say what becomes of discovery, and how sure the law is.",
            predict.seeds,
            predict.make,
        ),
        Drill(
            find.DRILL,
            "Find the authority",
            "Choose what controls a question in a forum on a day, and what is contrary.",
            find.seeds,
            find.make,
        ),
        Drill(
            flip.DRILL,
            "Flip it",
            "Choose the one fact whose change turns the outcome.",
            flip.seeds,
            flip.make,
        ),
        Drill(
            walk.DRILL,
            "Walk an opinion",
            "One of the five opinions, doctrine by doctrine, in the court's own words.",
            walk.seeds,
            walk.make,
            mixed=False,
        ),
    )
}


_making = Lock()


def catalogue(library: Library) -> Mapping[str, Seed]:
    """Every drill that the library may give, by id.

    It takes a moment to make; who asks for it meanwhile from another thread waits for it.
    """
    with _making:
        return _catalogue(library)


@lru_cache(maxsize=4)
def _catalogue(library: Library) -> Mapping[str, Seed]:
    return {seed.id: seed for drill in DRILLS.values() for seed in drill.seeds(library)}


@lru_cache(maxsize=1024)
def make(library: Library, id_: str) -> Item:
    """One drill by id; KeyError if the library does not give it."""
    drill, _, key = id_.partition("/")
    return DRILLS[drill].make(library, key)


def serves(library: Library, id_: str) -> bool:
    """Whether the library gives a drill of this id."""
    try:
        make(library, id_)
    except KeyError:
        return False
    return True


def every_item(library: Library) -> Iterable[Item]:
    """Every drill that the library gives, made."""
    return (make(library, id_) for id_ in catalogue(library) if serves(library, id_))


def drill_named(text: str) -> str:
    """A drill by its id; UserError for another word."""
    if text not in DRILLS:
        raise UserError(f"practice: no drill `{text}`; {permitted(DRILLS, text)}")
    return text
