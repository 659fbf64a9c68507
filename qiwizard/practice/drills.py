"""The kinds of drills, and the check of every drill that can be made.

A new kind is a module with `seeds` and `make`, and a row here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from qiwizard.errors import UserError, permitted
from qiwizard.law.library import Library
from qiwizard.practice import argue, find, flip, predict, walk
from qiwizard.practice.cases import contradictions, subjects
from qiwizard.practice.items import CALIBRATE, Item, Part, Seed, case_of
from qiwizard.practice.lessons import fits_a_screen


@dataclass(frozen=True, slots=True)
class Drill:
    """One kind of drill."""

    id: str
    title: str
    about: str
    seeds: Callable[[Library], Iterable[Seed]]
    """What may be made, told quickly; for some of it `make` finds too little."""
    make: Callable[[Library, str], Item]
    """One drill by the part of its id after the first slash; KeyError if it cannot be made."""
    mixed: bool = True
    """Whether it comes among others, or only when asked for."""


_ROWS: tuple[Drill, ...] = (
    Drill("predict", "Predict the ruling", "Say how the court ruled.",
          predict.predict_seeds, predict.make_predict),
    Drill("find", "Find the authority",
          "Choose what controls, what supports on another standard, what is contrary.",
          find.seeds, find.make),
    Drill("flip", "Flip it", "Choose the one change that would lead to another order.",
          flip.seeds, flip.make),
    Drill("spot", "Spot the fact", "Say what a passage of the court's own words shows.",
          walk.spot_seeds, walk.make_spot),
    Drill("argue", "Argue it",
          "Choose your two best authorities, and answer the other side's best.",
          argue.seeds, argue.make),
    Drill(CALIBRATE, "Calibrate", "Give likelihoods for a decided order; they are scored.",
          predict.calibrate_seeds, predict.make_calibrate, mixed=False),
    Drill("walk", "Walk an opinion", "Read one of the five opinions question by question.",
          walk.walk_seeds, walk.make_walk, mixed=False),
)  # fmt: skip
DRILLS: Mapping[str, Drill] = {drill.id: drill for drill in _ROWS}
_making = Lock()


def catalogue(library: Library) -> Mapping[str, Seed]:
    """Every drill that the library may give, by id; another thread that asks meanwhile waits."""
    with _making:
        return _catalogue(library)


@lru_cache(maxsize=4)
def _catalogue(library: Library) -> Mapping[str, Seed]:
    return {seed.id: seed for drill in DRILLS.values() for seed in drill.seeds(library)}


@lru_cache(maxsize=2048)
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


def every_item(library: Library) -> Iterator[Item]:
    """Every drill that the library gives, made."""
    return (make(library, id_) for id_ in catalogue(library) if serves(library, id_))


def title_of(drill: str) -> str:
    """The name of a kind in words; of one no longer given, its id."""
    return DRILLS[drill].title if drill in DRILLS else drill


def drill_named(text: str) -> str:
    """A kind by its id; UserError for another word."""
    if text not in DRILLS:
        raise UserError(f"practice: no drill `{text}`; {permitted(DRILLS, text)}")
    return text


# The check of every drill

RULED = re.compile(r"\b(granted|denied|grants|denies|is stayed|was stayed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Audit:
    """Every drill, counted and checked."""

    counts: Mapping[str, tuple[int, int]]
    """By kind: drills, questions."""
    contradictions: tuple[str, ...]
    giveaways: tuple[str, ...]
    double_answers: tuple[str, ...]
    too_long: tuple[str, ...]
    """Drills of which a text or a question has no room on a small screen."""

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        found = (self.contradictions, self.giveaways, self.double_answers, self.too_long)
        return not any(found)


def audit(library: Library) -> Audit:
    """Make and check every drill that can be made."""
    items = tuple(every_item(library))
    return Audit(
        counts={
            id_: (len(own), sum(len(item.parts) for item in own))
            for id_ in DRILLS
            for own in [[item for item in items if item.drill == id_]]
        },
        contradictions=tuple(i.id for i in items if contradictions(library, i.facts)),
        giveaways=tuple(i.id for i in items if _gives_away(library, i)),
        double_answers=tuple(i.id for i in items if _doubles(library, i)),
        too_long=tuple(i.id for i in items if not fits_a_screen(i)),
    )


def _gives_away(library: Library, item: Item) -> bool:
    """Whether the text names the case or the ruling, or a question contains its answer."""
    if item.drill in (walk.SPOT, walk.WALK):
        return False
    name = subjects(library)[case_of(item.id)].source.text.partition(",")[0]
    told = item.text.replace("The court denied", "")
    if name in item.text or RULED.search(told):
        return True
    if item.drill == flip.FLIP and not flip.conceals(item.parts[0]):
        return True
    return any(_repeats(item, part) for part in item.parts)


def _repeats(item: Item, part: Part) -> bool:
    posed = f"{item.text} {part.asks} {part.note}".casefold()
    return any(option.label.casefold() in posed for option in part.right)


def _doubles(library: Library, item: Item) -> bool:
    """Whether a question has two answers that could be called right, or options alike."""
    if item.drill in (walk.WALK, CALIBRATE):
        return False
    if item.drill == flip.FLIP:
        subject = subjects(library)[case_of(item.id)]
        turning = {
            t.turn.id
            for t in flip.tried_on(library, subject)
            if t.ruling.outcome != subject.case.outcome
        }
        if len(turning & {o.id for o in item.parts[0].options}) != 1:
            return True
    return any(_alike(part) or len(part.accepted) != 1 for part in item.parts)


def _alike(part: Part) -> bool:
    labels = [option.label.casefold() for option in part.options]
    return len(set(labels)) < len(labels)


def audit_lines(library: Library) -> list[str]:
    """The check as lines, with the first drills in which something was found."""
    found = audit(library)
    lines = [f"{'Drill':<24}{'drills':>8}{'questions':>11}"]
    lines += [
        f"{title_of(id_):<24}{drills:>8}{questions:>11}"
        for id_, (drills, questions) in found.counts.items()
    ]
    total = [sum(pair[n] for pair in found.counts.values()) for n in (0, 1)]
    lines.append(f"{'All':<24}{total[0]:>8}{total[1]:>11}")
    return lines + [
        f"{name}: {len(ids)}{f' ({ids[0]}, …)' if ids else ''}"
        for name, ids in (
            ("Contradictory facts", found.contradictions),
            ("Giveaways", found.giveaways),
            ("Double answers", found.double_answers),
            ("Longer than a screen", found.too_long),
        )
    ]
