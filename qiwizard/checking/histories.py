"""What must hold of the later history in a precedents file: it is later, and goes one way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from qiwizard.checking.conditions import Reference, condition_problems, naming_problems
from qiwizard.checking.parts import Part, Row, sooner
from qiwizard.checking.shape import choices, shown
from qiwizard.law.precedent import Treatment


def event_problems(event: Part, row: Row, reference: Reference) -> Iterator[str]:
    """The mistakes in one entry of `history`, beyond its shape."""
    yield from _limit_problems(event)
    yield from condition_problems(event, reference)
    keys = [holding.raw.get("key") for holding in row.holdings]
    for key in event.get("holdings", []):
        if key not in keys:
            listed = choices([k for k in keys if isinstance(k, str)], key)
            yield event.says("holdings", f"no such holding {shown(key)}; {listed}")
    yield from _order_problems(event, row, reference)


def _limit_problems(event: Part) -> Iterator[str]:
    treatment = event.get("treatment")
    if treatment == Treatment.LIMITED and not event.raw.get("when"):
        yield event.says("when", "is missing; permitted for limited: the postures it is limited in")
    if treatment not in (None, Treatment.LIMITED) and "when" in event.raw:
        yield event.says("when", f"is not permitted for {treatment}; permitted for limited")


def _order_problems(event: Part, row: Row, reference: Reference) -> Iterator[str]:
    """Later history must be later, and by something that was there by then."""
    own, since = row.part.raw.get("id"), event.day("from")
    if sooner(since, row.decided):
        yield event.says("from", f"{event.get('from')} is before the decision; permitted: later")
    by = event.get("by", "")
    if not by:
        return
    yield from naming_problems(event, "by", by, own, reference)
    there = reference.days.get(by, ()) if by != own else ()
    if sooner(there, row.decided):
        yield event.says("by", f"{by} is older than {own}; permitted: a later precedent")
    elif sooner(since, there):
        day = event.get("from")
        yield event.says("from", f"{day} is before {by} was decided; permitted: that day or later")


def circles(rows: Sequence[Row]) -> Iterator[str]:
    """Precedents that end the force of one another, each circle once."""
    ended_by = _endings(rows)
    while ended_by := _without_loose_ends(ended_by):
        circle = _walk(ended_by)
        after = [*circle[1:], circle[0]]
        told = ", ".join(f"{a} by {b}" for a, b in zip(circle, after, strict=True))
        yield f"precedent {circle[0]}, history: circular: {told}; permitted: later authority only"
        ended_by = {name: ends for name, ends in ended_by.items() if name not in circle}


def _endings(rows: Sequence[Row]) -> dict[str, set[str]]:
    """What ended each precedent's force; a precedent that names itself is told elsewhere."""
    ended_by: dict[str, set[str]] = {}
    for row in rows:
        own = row.part.get("id")
        for event in row.history:
            by = event.get("by", "")
            if own and by not in ("", own) and event.ends_force:
                ended_by.setdefault(own, set()).add(by)
    return ended_by


def _without_loose_ends(ended_by: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """What is left when every precedent from which no circle can be reached is taken out."""
    left = {name: {by for by in ends if by in ended_by} for name, ends in ended_by.items()}
    ends: dict[str, list[str]] = {}
    for name, others in left.items():
        for by in others:
            ends.setdefault(by, []).append(name)
    loose = [name for name, others in left.items() if not others]
    while loose:
        gone = loose.pop()
        del left[gone]
        for name in ends.get(gone, ()):
            left[name].discard(gone)
            if not left[name]:
                loose.append(name)
    return left


def _walk(ended_by: Mapping[str, set[str]]) -> list[str]:
    """A circle, found by going from one precedent to one that ended it until one comes back."""
    path: dict[str, int] = {}
    name = next(iter(ended_by))
    while name not in path:
        path[name] = len(path)
        name = min(ended_by[name])
    return list(path)[path[name] :]
