"""One authority to read: the same page on the screen, in plain mode and on the command line."""

from __future__ import annotations

from datetime import date

import pytest
from postures import SHIPPED, TODAY, library_of

from qiwizard.law.precedent import Force
from qiwizard.reasoning.catalogue import find, shelve
from qiwizard.reports.as_text import block_lines
from qiwizard.reports.blocks import Reads
from qiwizard.reports.precedents import FORCES, listing, page, reading

HOLDING = (
    '{ key = "entitles", question = "protection", answer = "entitled", force = "requires", '
    'says = "Said.", quote = "quoted", pin = "4", quoted_in = "Poe v. City, No. 2 (D.N.M. 2001)", '
    'distinguish = "It was on appeal.", when = { motion = "pending" }, '
    "unless = [{ opposed = false }] }"
)
HISTORY = (
    '{ treatment = "limited", from = 2010-01-01, by = "new", '
    'when = { motion_kind = "dismiss" }, note = "Limited by New." }'
)
LIBRARY = library_of(
    f'{{ id = "old", court = "10th Cir.", verified = "secondary", holding = [{HOLDING}], '
    f"history = [{HISTORY}] }}",
    '{ id = "new", court = "10th Cir.", decided = 2010-01-01, answer = "good_cause", '
    'relies_on = ["old"] }',
)


def told(id_: str, day: date = TODAY) -> str:
    """The page of an entry on one line."""
    source = find(LIBRARY, id_)
    assert source is not None
    return " ".join(" ".join(block_lines(page(LIBRARY, source, day))).split())


def test_the_page_says_what_a_lawyer_needs_before_citing() -> None:
    """Force, passage, source of the quotation, conditions, exceptions, history and its reach."""
    text = told("old")
    for part in (
        "(limited; at 4)",
        FORCES[Force.REQUIRES],
        "“quoted” Quoted in Poe v. City, No. 2 (D.N.M. 2001).",
        "Applies when: immunity motion: Pending.",
        "Except when: request opposed: No, unopposed.",
        "Distinguishable: It was on appeal.",
        "Limited, Jan. 1, 2010: Limited by New.",
        "Only where kind of motion: To dismiss",
        "Cited by",
    ):
        assert part in text


def test_the_page_is_of_its_day() -> None:
    """Later history is not told of a day before it."""
    assert "Limited by New." not in told("old", date(2009, 1, 1))


def test_what_treated_it_and_what_relies_on_it_can_be_read() -> None:
    """Each is a line that opens it."""
    old, new = find(LIBRARY, "old"), find(LIBRARY, "new")
    assert old is not None
    assert new is not None
    assert Reads("new") in {block.refers for block in page(LIBRARY, old, TODAY)}
    assert Reads("old") in {block.refers for block in page(LIBRARY, new, TODAY)}


@pytest.mark.parametrize("force", Force)
def test_every_force_is_explained(force: Force) -> None:
    """Also that a holding leaves the matter to the court."""
    assert FORCES[force].endswith(".")


def test_every_entry_of_the_library_can_be_read_in_every_form() -> None:
    """No entry without a page, and no line too wide."""
    for entry in shelve(SHIPPED, TODAY):
        source = find(SHIPPED, entry.id)
        assert source is not None
        lines = list(block_lines(page(SHIPPED, source, TODAY)))
        assert lines
        assert all(len(line) <= 80 or " " not in line.strip() for line in lines)
        for form in ("toml", "json"):
            assert entry.id in reading(SHIPPED, entry.id, TODAY, form)


def test_the_listing_has_a_line_for_each_entry() -> None:
    """Id, citation, and what became of it."""
    found = shelve(LIBRARY, TODAY)[:2]
    lines = listing(found, "text").splitlines()
    assert lines[1] == "old  old, No. 1 (10th Cir. Jan. 1, 2000)  [limited]"
