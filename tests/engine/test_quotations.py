"""Check quotations against the texts they come from."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from postures import SHIPPED

from qiwizard.checking.check import folded, ground, stands_in
from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.law.precedent import Holding

TEXTS = Path(__file__).parents[3] / "shared" / "opinions"
needs_texts = pytest.mark.skipif(
    not TEXTS.is_dir(), reason="the texts of the five opinions are not beside the checkout"
)
FIVE = {
    "maday-v-dooley",
    "butler-v-hernandez",
    "lucero-v-clovis",
    "jones-v-kansas",
    "bakalar-v-dunleavy",
}


def quoting(library: Library, quotes: Mapping[str, str]) -> Library:
    """The library with some holdings quoting otherwise."""
    holdings = tuple(
        replace(holding, quote=quotes.get(holding.id, holding.quote))
        for holding in library.holdings
    )
    return replace(library, holdings=holdings)


def first_of(library: Library, precedent: str) -> Holding:
    """The first holding of a precedent that quotes it."""
    return next(h for h in library.holdings_of(library.precedents[precedent]) if h.quote)


def put(folder: Path, library: Library, precedent: str, text: str | None = None) -> Path:
    """A text for a precedent; by default one in which all its quotations stand."""
    quotes = (h.quote for h in library.holdings_of(library.precedents[precedent]))
    path = folder / f"{precedent}.txt"
    path.write_text("\n".join(quotes) if text is None else text, encoding="utf-8")
    return path


# The five opinions


@needs_texts
def test_every_quotation_of_the_five_opinions_stands_in_its_text() -> None:
    """Every landmark's text is found, and every quotation from it stands there verbatim."""
    grounding = ground(SHIPPED, TEXTS)
    assert set(grounding.opinions) == FIVE == {p.id for p in SHIPPED.landmarks}
    quoted = [h for p in SHIPPED.landmarks for h in SHIPPED.holdings_of(p) if h.quote]
    assert grounding.quotations == len(quoted) > 20
    assert grounding.missing == ()


@needs_texts
@pytest.mark.parametrize("name", sorted(FIVE))
def test_altered_quotation_of_an_opinion_is_found_out(name: str) -> None:
    """One word more, one less, or another one, and the quotation is reported."""
    holding = first_of(SHIPPED, name)
    first, _, rest = holding.quote.partition(" ")
    for altered in (f"{holding.quote} notwithstanding", f"{first} never {rest}", rest[::-1]):
        grounding = ground(quoting(SHIPPED, {holding.id: altered}), TEXTS)
        assert [line.partition(":")[0] for line in grounding.missing] == [holding.id]


# Any folder


def test_folder_of_the_users_own_is_compared(tmp_path: Path) -> None:
    """Whatever precedent has its text there is compared, landmark or not; the others are not."""
    put(tmp_path, SHIPPED, "lucero-v-clovis")
    put(tmp_path, SHIPPED, "harlow-v-fitzgerald")
    put(tmp_path, SHIPPED, "jones-v-kansas", "Of something else.")
    (tmp_path / "unknown-v-unknown.txt").write_text("Unread.", encoding="utf-8")
    grounding = ground(SHIPPED, tmp_path)
    assert set(grounding.opinions) == {"lucero-v-clovis", "harlow-v-fitzgerald", "jones-v-kansas"}
    found = [
        h for name in grounding.opinions for h in SHIPPED.holdings_of(SHIPPED.precedents[name])
    ]
    assert grounding.quotations == sum(bool(h.quote) for h in found)
    wrong = [h.id for h in SHIPPED.holdings_of(SHIPPED.precedents["jones-v-kansas"]) if h.quote]
    assert [line.partition(":")[0] for line in grounding.missing] == wrong
    assert all("jones-v-kansas.txt" in line for line in grounding.missing)


def test_empty_folder_finds_nothing(tmp_path: Path) -> None:
    """Without texts there is nothing to compare, and nothing wrong."""
    grounding = ground(SHIPPED, tmp_path)
    assert (grounding.opinions, grounding.quotations, grounding.missing) == ((), 0, ())


def test_holding_without_a_quotation_is_not_compared(tmp_path: Path) -> None:
    """A holding that quotes nothing is neither counted nor missed."""
    holding = first_of(SHIPPED, "lucero-v-clovis")
    put(tmp_path, SHIPPED, "lucero-v-clovis", "Nothing of it.")
    before = ground(SHIPPED, tmp_path)
    after = ground(quoting(SHIPPED, {holding.id: ""}), tmp_path)
    assert after.quotations == before.quotations - 1
    assert len(after.missing) == len(before.missing) - 1


@pytest.mark.parametrize("name", ["none", "file.txt"])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    """A path that is absent or a file is refused by its name."""
    (tmp_path / "file.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match=name):
        ground(SHIPPED, tmp_path / name)


def test_text_that_is_not_utf8_is_refused_by_its_name(tmp_path: Path) -> None:
    """A text in another encoding does not pass silently."""
    (tmp_path / "lucero-v-clovis.txt").write_bytes(b"caf\xe9")
    with pytest.raises(UserError, match=r"lucero-v-clovis\.txt: not UTF-8"):
        ground(SHIPPED, tmp_path)


def test_folder_called_like_a_text_is_passed_over(tmp_path: Path) -> None:
    """A folder is no opinion, whatever it is called."""
    (tmp_path / "lucero-v-clovis.txt").mkdir()
    assert ground(SHIPPED, tmp_path).opinions == ()


# Links

links = pytest.mark.skipif(sys.platform == "win32", reason="links need privilege there")


@links
def test_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A link to a file elsewhere counts as no text, be it absolute or by way of `..`."""
    folder, elsewhere = tmp_path / "texts", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    target = put(elsewhere, SHIPPED, "lucero-v-clovis")
    (folder / "lucero-v-clovis.txt").symlink_to(target)
    other = put(elsewhere, SHIPPED, "jones-v-kansas")
    (folder / "jones-v-kansas.txt").symlink_to(Path("..") / "elsewhere" / other.name)
    assert ground(SHIPPED, folder).opinions == ()


@links
def test_link_within_the_folder_is_followed(tmp_path: Path) -> None:
    """A link to another name in the same folder is read."""
    put(tmp_path, SHIPPED, "lucero-v-clovis").rename(tmp_path / "download.txt")
    (tmp_path / "lucero-v-clovis.txt").symlink_to("download.txt")
    grounding = ground(SHIPPED, tmp_path)
    assert (grounding.opinions, grounding.missing) == (("lucero-v-clovis",), ())


@links
def test_folder_may_itself_be_a_link(tmp_path: Path) -> None:
    """The folder that is named is the folder, however it is reached."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.mkdir()
    put(real, SHIPPED, "lucero-v-clovis")
    link.symlink_to(real, target_is_directory=True)
    assert ground(SHIPPED, link).opinions == ("lucero-v-clovis",)


@links
def test_links_that_lead_nowhere_are_passed_over(tmp_path: Path) -> None:
    """A dangling link and a link to itself are no texts, and no fault of the program."""
    (tmp_path / "lucero-v-clovis.txt").symlink_to("gone.txt")
    (tmp_path / "jones-v-kansas.txt").symlink_to("jones-v-kansas.txt")
    assert ground(SHIPPED, tmp_path).opinions == ()


# Folding

SAME = {
    "white space": ("shall  file\n\ttheir motion", "shall file their motion"),
    "no-break space": ("§\u00a01983 cases", "§ 1983 cases"),
    "curly quotation marks": ("“the officials’ motion”", '"the officials\' motion"'),
    "nested quotation marks": ("free from 'avoidance'", 'free from "avoidance"'),
    "two single for a double one": ("''threshold'' question", '"threshold" question'),
    "grave accents for opening marks": ("``threshold'' question", '"threshold" question'),
    "raised note marks": ("immunity.¹² The court", "immunity. The court"),
    "asterisks for notes": ("immunity.** The court", "immunity. The court"),
    "asterisks for emphasis": ("discovery is *stayed* until", "discovery is stayed until"),
    "dashes": ("2004–05—or later", "2004-05-or later"),
    "hyphen that does not break": ("court\u2011ordered", "court-ordered"),
}
DIFFERENT = {
    "another word": ("discovery is stayed", "discovery is allowed"),
    "a word less": ("discovery is not stayed", "discovery is stayed"),
    "another letter case": ("The Court", "the court"),
    "another number": ("Rule 26(d)(1)", "Rule 26(d)(2)"),
    "punctuation": ("stayed; the motion", "stayed, the motion"),
    "words run together": ("is stayed", "isstayed"),
    "brackets": ("[a] stay", "a stay"),
}


@pytest.mark.parametrize("name", SAME)
def test_printing_makes_no_difference(name: str) -> None:
    """White space, quotation marks, dashes, emphasis and note marks are folded, both ways."""
    printed, quoted = SAME[name]
    assert stands_in(quoted, folded(f"Before {printed} after."))
    assert stands_in(printed, folded(f"Before {quoted} after."))


@pytest.mark.parametrize("name", DIFFERENT)
def test_words_make_a_difference(name: str) -> None:
    """Whatever changes the words, numbers or punctuation of a quotation is not folded."""
    printed, quoted = DIFFERENT[name]
    assert not stands_in(quoted, folded(f"Before {printed} after."))


def test_quotation_broken_over_lines_is_found() -> None:
    """A quotation that the print breaks over lines and pages stands there all the same."""
    text = "until the  “threshold\r\n   immunity\u00a0question¹ is\n\nresolved”, discovery"
    assert stands_in('"threshold immunity question is resolved"', folded(text))


@pytest.mark.parametrize("text", ["", " \n ", "*¹"])
def test_folding_what_is_nothing(text: str) -> None:
    """Text without words folds to nothing."""
    assert folded(text) == ""
