"""What is drawn of a case: functions from values to blocks of text.

`SECTIONS` are those of the summary; the others stand beside a question, on the map, in the library.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from screens.sections.against import against
from screens.sections.authorities import authorities
from screens.sections.case import Case
from screens.sections.changing import changing
from screens.sections.closest import closest_orders
from screens.sections.next import following
from screens.sections.ruled import ruled
from screens.sections.why import why_tree
from screens.widgets.page import Block


@dataclass(frozen=True, slots=True)
class Section:
    """A section with its title and what writes it."""

    title: str
    write: Callable[[Case], list[Block]]
    dear: bool = False
    """Whether it takes longer to write than a frame."""
    is_tree: bool = False
    """Whether it has branches that open and close."""


SECTIONS = (
    Section("Ruling", ruled),
    Section("Why", why_tree, is_tree=True),
    Section("Against", against),
    Section("What if", changing, dear=True),
    Section("Closest orders", closest_orders),
    Section("Next steps", following),
    Section("Authorities", authorities, dear=True),
)

__all__ = ["SECTIONS", "Case", "Section"]
