"""What is searched for is found however it is typed, wherever something is searched."""

from __future__ import annotations

from datetime import date

import pytest
from commandline import Here
from frames import five_opinions, press, shown

from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.catalogue import Narrowing, select, shelve
from qiwizard.sessions.session import Session
from qiwizard.text import folded
from screens.app import QiWizard

SHELF = shelve(shipped_library(), date(2026, 11, 22))
ALIKE = (
    ("Sheriff's", "Sheriff’s", "Sheriffʼs", "SHERIFF`S", "sheriffs"),
    ("O'Quinn", "O’Quinn", "O‘Quinn", "OQuinn"),
    ("Crawford-El", "Crawford\u2011El", "Crawford–El", "Crawford—El", "Crawford\u2212El"),
    ("Guzmán", "Guzma\u0301n", "Guzman", "GUZMÁN"),
    ("Harlow v. Fitzgerald", "Harlow vs. Fitzgerald", "HARLOW V Fitzgerald"),
    ("absolute immunity", "“absolute immunity”", '"absolute immunity"', "absolute\u00a0immunity"),
    ("official", "of\u00adficial", "o\ufb03cial", "of\u200bficial"),
)  # fmt: skip


@pytest.mark.parametrize("words", ALIKE, ids=lambda words: words[0])
def test_spellings_of_one_word_find_the_same(words: tuple[str, ...], here: Here) -> None:
    """Quotation marks, dashes, accents, ligatures, case and kinds of `versus` do not count."""
    found = [select(SHELF, word, Narrowing()) for word in words]
    assert found[0]
    assert all(one == found[0] for one in found)
    out = here("precedents", words[1]).out
    assert len(out.splitlines()) == len(found[0])


def test_both_spellings_of_the_library_are_found() -> None:
    """A name that stands in it with either apostrophe is one name."""
    spellings = {"'", "’"}
    texts = [entry.title for entry in SHELF]
    assert all(folded(text) == folded(text.replace("’", "'")) for text in texts)
    assert not any(mark in entry.sought for entry in SHELF for mark in spellings)


async def test_the_full_screen_finds_it_too() -> None:
    """As it is typed, or pasted."""
    app = QiWizard(five_opinions(), Session.new(date(2026, 11, 22)))
    async with app.run_test(size=(100, 40)) as pilot:
        app.show_library()
        await press(pilot, *"Lucero vs. City")
        assert "lucero" in shown(app).lower()
        assert " 0 of " not in shown(app)
