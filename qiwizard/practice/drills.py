"""The kinds of drills, and the check of every drill that can be made.

A new kind is a module that gives cases and the questions on them, and a row here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qiwizard.errors import UserError, permitted
from qiwizard.law.library import Library
from qiwizard.practice import argue, find, rulings, walk
from qiwizard.practice.cases import contradictions, subjects
from qiwizard.practice.items import CALIBRATE, Item, Part, Seed, Subject, fits_a_screen


@dataclass(frozen=True, slots=True)
class Drill:
    """One kind of drill."""

    id: str
    title: str
    about: str
    cases: Callable[[Library], Mapping[str, Subject]]
    """From what it may be made, by key, told quickly; for some of it `parts` finds too little."""
    parts: Callable[[Library, Subject, str], Iterable[Part]]
    """The questions, by key; KeyError if the drill cannot be made."""
    stepwise: bool = False
    """Whether each answer is marked before the next question, and not all at the end."""
    mixed: bool = True
    """Whether it comes among others, or only when asked for."""


_ROWS: tuple[Drill, ...] = (
    Drill("predict", "Predict the ruling", "Say how the court ruled.",
          rulings.cases, rulings.predict),
    Drill("find", "Find the authority",
          "Choose what controls, what supports on another standard, what is contrary.",
          find.cases, find.parts, stepwise=True),
    Drill(rulings.FLIP, "Flip it", "Choose the one change that would lead to another order.",
          subjects, rulings.flip),
    Drill(walk.SPOT, "Spot the fact", "Say what a passage of the court's own words shows.",
          walk.passages, walk.spot),
    Drill("argue", "Argue it",
          "Choose your two best authorities, and answer the other side's best.",
          argue.cases, argue.parts, stepwise=True),
    Drill(CALIBRATE, "Calibrate", "Give likelihoods for a decided order; they are scored.",
          rulings.cases, rulings.calibrate, mixed=False),
    Drill(walk.WALK, "Walk an opinion", "Read one of the five opinions question by question.",
          walk.landmarks, walk.walk, stepwise=True, mixed=False),
)  # fmt: skip
DRILLS: Mapping[str, Drill] = {drill.id: drill for drill in _ROWS}
TITLES: Mapping[str, str] = {drill.id: drill.title for drill in _ROWS}
"""The names of the kinds in words."""
MIXED = tuple(drill.id for drill in _ROWS if drill.mixed)
"""The kinds that come among others."""


@lru_cache(maxsize=4)
def catalogue(library: Library) -> Mapping[str, Seed]:
    """Every drill that the library may give, by id."""
    found = {}
    for drill in DRILLS.values():
        for key, subject in drill.cases(library).items():
            found[f"{drill.id}/{key}"] = Seed(f"{drill.id}/{key}", drill.id, subject)
    return found


@lru_cache(maxsize=2048)
def make(library: Library, id_: str) -> Item:
    """One drill by id; KeyError if the library does not give it."""
    seed = catalogue(library)[id_]
    drill = DRILLS[seed.drill]
    parts = tuple(drill.parts(library, seed.subject, id_.partition("/")[2]))
    return Item(id_, drill.id, seed.subject, parts, drill.stepwise)


def serves(library: Library, id_: str) -> bool:
    """Whether the library gives a drill of this id."""
    try:
        make(library, id_)
    except KeyError:
        return False
    return True


def every_item(library: Library) -> Iterator[Item]:
    """Every drill that the library gives, made."""
    return (make(library, id_) for id_ in catalogue(library) if serves(library, id_))


def drill_named(text: str) -> str:
    """A kind by its id; UserError for another word."""
    if text not in DRILLS:
        raise UserError(f"practice: no drill `{text}`; {permitted(DRILLS, text)}")
    return text


# The check of every drill

RULED = re.compile(r"\b(granted|denied|grants|denies|is stayed|was stayed)\b", re.IGNORECASE)


def _gives_away(item: Item) -> bool:
    """Whether the text names the case or the ruling, or a question contains its answer."""
    if item.drill in (walk.SPOT, walk.WALK):
        return False
    name = item.subject.source.text.partition(",")[0]
    told = item.text.replace("The court denied", "")
    if name in item.text or RULED.search(told):
        return True
    if item.drill == rulings.FLIP and not rulings.conceals(item.parts[0]):
        return True
    return any(
        option.label.casefold() in f"{item.text} {part.asks} {part.note}".casefold()
        for part in item.parts
        for option in part.right
    )


def _doubles(library: Library, item: Item) -> bool:
    """Whether a question has two answers that could be called right, or options alike."""
    if item.drill in (walk.WALK, CALIBRATE):
        return False
    if item.drill == rulings.FLIP:
        changes = rulings.changes_of(library, item.subject)
        turning = {one.id for one in changes if one.ruling.outcome != item.subject.case.outcome}
        if len(turning & {o.id for o in item.parts[0].options}) != 1:
            return True
    return any(
        len(part.accepted) != 1
        or len({option.label.casefold() for option in part.options}) < len(part.options)
        for part in item.parts
    )


CHECKS: Mapping[str, Callable[[Library, Item], bool]] = {
    "Contradictory facts": lambda library, item: bool(contradictions(library, item.subject.facts)),
    "Giveaways": lambda _, item: _gives_away(item),
    "Double answers": _doubles,
    "Longer than a screen": lambda _, item: not fits_a_screen(item.text, item.parts),
}
"""What no drill may be, under the words for it."""


def audit(library: Library, items: Sequence[Item]) -> dict[str, list[str]]:
    """The ids of the drills found for each check."""
    return {
        name: [item.id for item in items if check(library, item)] for name, check in CHECKS.items()
    }


def audit_lines(library: Library) -> list[str]:
    """Drills and questions of each kind, and for each check the first drill found."""
    items = tuple(every_item(library))
    rows = []
    for drill in DRILLS.values():
        own = [item for item in items if item.drill == drill.id]
        rows.append((drill.title, len(own), sum(len(item.parts) for item in own)))
    rows.append(("All", len(items), sum(questions for _, _, questions in rows)))
    lines = [f"{'Drill':<24}{'drills':>8}{'questions':>11}"]
    lines += [f"{title:<24}{drills:>8}{questions:>11}" for title, drills, questions in rows]
    for name, ids in audit(library, items).items():
        lines.append(f"{name}: {len(ids)}{f' ({ids[0]}, …)' if ids else ''}")
    return lines
