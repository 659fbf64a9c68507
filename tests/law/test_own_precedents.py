"""A precedents file of the user's own: added to the shipped ones, in their place, or refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from data_files import LIBRARY, ROWS, TODAY
from postures import Facts

from qiwizard.errors import UserError
from qiwizard.files import MOST_BYTES
from qiwizard.law.forum import law_of_forum
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import library_from, library_with, shipped_library
from qiwizard.reasoning.ruling import rule

ADDED = """
[[precedent]]
id = "poe-v-city-2024"
caption = "Poe v. City"
kind = "order"
court = "D. Wyo."
decided = 2024-05-06
source = { docket = "No. 2:23-cv-00001" }
verified = "full"

  [[precedent.holding]]
  key = "premature"
  question = "trigger"
  when = { motion = "none" }
  answer = "premature"
  force = "supports"
  says = "Without a motion the request is premature."
  quote = "the request is premature"
"""


def written(folder: Path, text: str | bytes) -> Path:
    """A file with some content."""
    path = folder / "mine.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_file_without_a_library_table_is_added(tmp_path: Path) -> None:
    shipped = shipped_library()
    library = library_with(written(tmp_path, ADDED), TODAY)
    assert list(library.precedents) == [*shipped.precedents, "poe-v-city-2024"]
    assert library.about == shipped.about
    law = law_of_forum(library, TODAY, "tenth", "D. Wyo.")
    assert "poe-v-city-2024/premature" in [a.holding.id for a in law.on("trigger")]


def test_an_added_holding_changes_the_ruling_it_bears_on(tmp_path: Path) -> None:
    """A holding that requires an answer in the circuit decides there, and nowhere else."""
    binding = ADDED.replace('"order"', '"opinion"').replace('"D. Wyo."', '"10th Cir."')
    path = written(tmp_path, binding.replace('"supports"', '"requires"'))
    library = library_with(path, TODAY)
    facts: Facts = {"request": "stay", "qi_asserted": True, "motion": "none"}
    here = rule(library, Posture.of({**facts, "circuit": "tenth"}), TODAY)
    assert here.outcome == "no_stay"
    decision = here.finding("protection")
    assert decision is not None
    assert "poe-v-city-2024/premature" in {a.holding.id for a in decision.leading}
    elsewhere = Posture.of({**facts, "circuit": "eighth"})
    after, before = rule(library, elsewhere, TODAY), rule(shipped_library(), elsewhere, TODAY)
    assert after.likelihood == before.likelihood


def test_a_file_with_a_library_table_replaces_the_shipped_precedents(tmp_path: Path) -> None:
    library = library_with(written(tmp_path, LIBRARY + ROWS), TODAY)
    assert set(library.precedents) == {
        *("smith-v-town", "roe-v-county", "doe-v-village", "dnm-silence")
    }
    assert library.about.version == "mine"
    assert library.orders == () or len(library.orders) == len(shipped_library().orders)
    ruling = rule(library, Posture(), library.about.begins)
    assert sum(ruling.likelihood.values()) == pytest.approx(1)


def test_a_local_rule_gives_the_holdings_of_its_kind(tmp_path: Path) -> None:
    """Each in the rule's own words, in its own districts and nowhere else."""
    library = library_with(written(tmp_path, LIBRARY + ROWS), TODAY)
    rule_ = library.precedents["dnm-silence"]
    holdings = library.holdings_of(rule_)
    assert [holding.question for holding in holdings] == ["opposition"] * 3
    assert {holding.quote for holding in holdings} == {
        "The failure to respond constitutes consent to grant the motion."
    }
    there = law_of_forum(library, TODAY, "tenth", "D.N.M.").on("opposition")
    assert [a.holding for a in there] == list(holdings)
    assert all(authority.binding for authority in there)
    assert not law_of_forum(library, TODAY, "tenth", "D. Kan.").on("opposition")


def test_without_a_file_the_shipped_library_is_used() -> None:
    assert library_from(None) is shipped_library()


def test_an_added_file_may_not_use_a_shipped_id(tmp_path: Path) -> None:
    taken = next(iter(shipped_library().precedents))
    with pytest.raises(UserError, match=rf"mine\.toml: precedent {taken}, id: another precedent"):
        library_with(written(tmp_path, ADDED.replace("poe-v-city-2024", taken)), TODAY)


def test_every_line_names_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, ADDED.replace('"full"', '"fool"').replace('"trigger"', '"x"'))
    with pytest.raises(UserError) as caught:
        library_with(path, TODAY)
    assert len(caught.value.messages) == 2
    assert all(line.startswith(f"{path}: precedent poe-v-city") for line in caught.value.messages)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[[precedent]\n", "not readable as TOML"),
        ("a = " + "[" * 20_000, "nested too deeply"),
        ("a = " + "1" * 5_000, "not readable as TOML"),
        ("a = 2015-02-30", "not readable as TOML"),
        (b"a = '\xff'", "not UTF-8"),
        (b"#" * (MOST_BYTES + 1), "larger than"),
        ("precedent = 0x" + "f" * 5_000, "very many digits"),
        ("precedent.when" + ".a" * 900 + " = 1", "a list of tables"),
        ("precedents = []", "no such key; did you mean precedent?"),
    ],
    ids=["broken", "deep", "digits", "day", "bytes", "large", "hex", "dotted", "key"],
)
def test_a_file_that_is_no_precedents_file(
    tmp_path: Path, content: str | bytes, words: str
) -> None:
    with pytest.raises(UserError, match=words) as caught:
        library_with(written(tmp_path, content), TODAY)
    assert all("mine.toml: " in line for line in caught.value.messages)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"none\.toml: cannot be read"):
        library_with(tmp_path / "none.toml", TODAY)
