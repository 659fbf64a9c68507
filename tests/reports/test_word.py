"""Word documents: real headings, a caption table, and a plain word where python-docx is not."""

from __future__ import annotations

import builtins
import io
from collections.abc import Mapping, Sequence
from types import ModuleType

import pytest
from postures import SHIPPED
from rulings import OPINIONS, opinion

from qiwizard.errors import UserError
from qiwizard.reports.as_word import NEEDED
from qiwizard.reports.formats import content
from qiwizard.reports.report import Report

docx = pytest.importorskip("docx")


@pytest.mark.parametrize("id_", OPINIONS)
def test_the_memo_has_the_headings_of_a_memo(id_: str) -> None:
    """Opened again by the library that wrote it: title, sections, numbered disposition."""
    document = docx.Document(io.BytesIO(content(Report(SHIPPED, opinion(id_)), "docx")))
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert styles[0] == "Title"
    assert heads[:4] == ["Question Presented", "Short Answer", "Facts", "Discussion"]
    assert heads[-2:] == ["Recommended Disposition", "Table of Authorities"]
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert any(text.startswith("1.  ") for text in texts)
    assert "Heading 2" in styles


def test_case_names_are_in_italics() -> None:
    """As in every other form that has them."""
    document = docx.Document(
        io.BytesIO(content(Report(SHIPPED, opinion("lucero-v-clovis")), "docx"))
    )
    italic = {run.text for p in document.paragraphs for run in p.runs if run.italic}
    assert any(" v. " in text for text in italic)


def test_the_order_has_a_caption_table_and_its_decree() -> None:
    """Parties at the left, docket number at the right, each paragraph of the order its own."""
    document = docx.Document(
        io.BytesIO(content(Report(SHIPPED, opinion("lucero-v-clovis")), "order-docx"))
    )
    left, right = document.tables[0].rows[0].cells
    assert "LUCERO," in left.text
    assert "Defendants." in left.text
    assert "No. 2:19-cv-00445-MV-KRS" in right.text
    texts = [paragraph.text for paragraph in document.paragraphs]
    decree = [text for text in texts if text.startswith("IT IS ")]
    assert decree[0].startswith("IT IS THEREFORE ORDERED that Defendants' Motion to Stay")
    assert len(decree) > 1
    indented = [p for p in document.paragraphs if p.paragraph_format.first_line_indent]
    assert {p.text for p in indented} >= set(decree)


def test_without_python_docx_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """No fault: a mistake of the installation that the user can mend."""
    real = builtins.__import__

    def without(
        name: str,
        globals_: Mapping[str, object] | None = None,
        locals_: Mapping[str, object] | None = None,
        fromlist: Sequence[str] = (),
        level: int = 0,
    ) -> ModuleType:
        if name == "docx":
            raise ImportError(name)
        return real(name, globals_, locals_, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", without)
    for form in ("docx", "order-docx"):
        with pytest.raises(UserError) as refused:
            content(Report(SHIPPED, opinion("lucero-v-clovis")), form)
        assert str(refused.value) == NEEDED
        assert "qiwizard[word]" in NEEDED
