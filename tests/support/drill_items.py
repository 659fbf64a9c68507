"""All drills that the shipped library gives, and parts of them."""

from __future__ import annotations

from collections.abc import Iterator

from qiwizard.practice.items import Item, Part


def parts(items: tuple[Item, ...]) -> Iterator[tuple[Item, Part]]:
    """Every question of every drill."""
    return ((item, part) for item in items for part in item.parts)


def of(items: tuple[Item, ...], drill: str) -> list[Item]:
    """The drills of one kind."""
    return [item for item in items if item.drill == drill]
