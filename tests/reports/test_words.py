"""Lines of plain text at the width of a page."""

from __future__ import annotations

import pytest

from qiwizard.reports.words import WIDTH, wrapped


@pytest.mark.parametrize("whole", ["818-19", "No. 2:19-cv-00445"])
def test_lines_break_at_blanks_alone(whole: str) -> None:
    """Pages and docket numbers stay on one line, wherever that ends."""
    for before in range(WIDTH):
        lines = wrapped(f"{'x' * before} {whole}")
        assert " ".join(lines).split() == f"{'x' * before} {whole}".split()
        assert max(map(len, lines)) <= WIDTH


def test_the_first_line_and_the_others_have_indents_of_their_own() -> None:
    """The indents count toward the width."""
    lines = wrapped("word " * 40, "* ", "  ")
    assert [line[:3] for line in lines] == ["* w", *["  w"] * (len(lines) - 1)]
    assert max(map(len, lines)) <= WIDTH
