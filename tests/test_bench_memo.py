"""The bench memo: contrary authority distinguished, next steps, the table in order."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from markdown_it import MarkdownIt
from postures import COURTS, SHIPPED, TODAY, days, library_of, postures

from qiwizard.documents.memo import escaped, memo
from qiwizard.documents.telling import step_authority
from qiwizard.law.facts import Value
from qiwizard.law.forum import law_for
from qiwizard.law.posture import Posture
from qiwizard.reasoning.authorities import GROUPS, group_of, sortable, table_of_authorities
from qiwizard.reasoning.contrary import grounds, weakness
from qiwizard.reasoning.nextsteps import next_steps
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session import Matter, Session

LUCERO = SHIPPED.precedents["lucero-v-clovis"]
HEADINGS = (
    "Question presented",
    "Short answer",
    "Posture",
    "Terms of the order",
    "Discussion",
    "Contrary authority",
    "What would change it",
    "Open facts",
    "Where the questions lead",
    "The circuits on these facts",
    "Closest decided orders",
    "Next steps",
    "Table of authorities",
)


def session_on(facts: Mapping[str, Value], day: date = TODAY) -> Session:
    """A session with facts told and one left open."""
    session = replace(Session.new(day), posture=Posture.of(facts, ["own_records"]))
    return session.naming(Matter(LUCERO.caption))


def headings(text: str) -> list[tuple[str, str]]:
    """The headings as a CommonMark parser reads them."""
    tokens = MarkdownIt("commonmark").parse(text)
    return [
        (token.tag, following.content)
        for token, following in pairwise(tokens)
        if token.type == "heading_open"
    ]


def test_the_memo_reads_as_a_bench_memo() -> None:
    """The question on the facts that decide, the answer, and every part in its order."""
    text = memo(SHIPPED, session_on(LUCERO.facts))
    assert [title for tag, title in headings(text) if tag == "h2"] == list(HEADINGS)
    question = text.split("## Question presented")[1].split("##")[0]
    assert "immunity motion: On file, not yet decided" in question
    assert question.strip().endswith("?")


@given(posture=postures(), day=days())
def test_every_contrary_holding_of_the_forum_is_distinguished(posture: Posture, day: date) -> None:
    """What bears on the outcome and goes the other way is there, with how it is met."""
    session = replace(Session.new(day), posture=posture)
    ruling = rule(SHIPPED, posture, day)
    part = memo(SHIPPED, session).partition("## Contrary authority")[2].partition("\n## ")[0]
    contrary = {
        placed
        for finding in ruling.decisive
        for placed in finding.authority_against
        if placed.rank.in_forum
    }
    for placed in contrary:
        assert escaped(placed.holding.says) in part
    assert part.count("To distinguish it: ") == part.count("\n- ")


def test_the_ground_of_the_library_comes_first() -> None:
    """Where the library says how a holding is distinguished, that is said and nothing else."""
    posture = Posture.of({"circuit": "tenth", "court": "D.N.M.", "motion": "pending"})
    law = law_for(SHIPPED, posture, TODAY)
    for placed in (p for group in law.placed.values() for p in group):
        if placed.holding.distinguish:
            assert grounds(SHIPPED, posture, placed) == (placed.holding.distinguish,)


def test_else_the_conditions_and_the_facts_decided_on_are_the_ground() -> None:
    """Facts the posture does not state, or states otherwise, than the holding or its order."""
    library = library_of(
        '{ id = "a", when = { motion = "pending", pro_se = true }, answer = "of_right",'
        " facts = { motion = 'pending', motion_kind = 'dismiss', prisoner = true } }",
        '{ id = "b", when = { motion_kind = "summary_judgment" }, answer = "good_cause" }',
    )
    posture = Posture.of({"court": "D.N.M.", "motion": "none", "motion_kind": "summary_judgment"})
    law = law_for(library, posture, TODAY)
    (placed,) = (p for p in law.on("measure") if p.holding.precedent.id == "a")
    assert grounds(library, posture, placed) == (
        "It speaks on immunity motion: “On file, not yet decided”; here, “There is none”.",
        "It speaks on plaintiff without a lawyer: “Yes, pro se”; not stated here.",
        "There, kind of motion: “To dismiss, or on the pleadings”; here, “For summary judgment”.",
    )
    assert weakness(placed) == "It persuades here and does not bind."


def test_what_binds_has_no_weakness() -> None:
    """A binding holding that leaves nothing to the judge is met on its ground alone."""
    posture = Posture.of({"circuit": "fifth"})
    law = law_for(SHIPPED, posture, TODAY)
    placed = {p.holding.id: p for group in law.placed.values() for p in group}
    assert weakness(placed["carswell-v-camp/no-discovery-before-ruling"]) is None
    assert "outside this circuit" in (weakness(placed["jiron-v-lakewood/avoid-discovery"]) or "")


def test_the_table_has_cases_by_court_then_rules() -> None:
    """The Supreme Court, appeals by circuit, districts by State, rules, local rules."""
    law = law_for(SHIPPED, Posture.of({"circuit": "tenth", "court": "D.N.M."}), TODAY)
    every = [p for group in law.placed.values() for p in group]
    groups = table_of_authorities(SHIPPED, every)
    assert tuple(groups) == GROUPS
    for head, entries in groups.items():
        assert all(group_of(entry.precedent) == head for entry in entries)
    order = list(COURTS.circuits)
    circuits = [order.index(e.precedent.circuit or "") for e in groups["Courts of appeals"]]
    assert circuits == sorted(circuits)
    districts = [COURTS.districts[e.precedent.courts[0]].name for e in groups["District courts"]]
    states = [name.partition(" of ")[2].removeprefix("the ") for name in districts]
    assert states == sorted(states)
    assert states[0] == "Alabama"
    names = [entry.precedent.caption.casefold() for entry in groups["Supreme Court"]]
    assert names == sorted(names)


def test_rules_are_sorted_by_their_numbers() -> None:
    """Rule 6 before Rule 26."""
    assert sortable("Fed. R. Civ. P. 6(b)") < sortable("Fed. R. Civ. P. 26(b)(1)")


@pytest.mark.parametrize("circuit", ["first", "fifth", "tenth"])
def test_table_and_next_steps_hold_what_is_cited(circuit: str) -> None:
    """Every authority of the ruling and of its steps; every rule that a step names."""
    session = session_on({"circuit": circuit, "qi_asserted": True, "motion": "pending"})
    ruling = rule(SHIPPED, session.posture, TODAY)
    text = memo(SHIPPED, session)
    steps, _, table = text.partition("## Next steps")[2].partition("## Table of authorities")
    found = next_steps(SHIPPED, session.posture, ruling)
    for step in found:
        assert escaped(f"{step.text} {step_authority(step)}.") in steps
        assert not step.rule or f"- {escaped(step.rule)}" in table
    named = [*ruling.cited, *(p for step in found for p in step.authority)]
    for group in table_of_authorities(SHIPPED, named).values():
        assert all(f"- {escaped(entry.citation)} (" in table for entry in group)


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_pandoc_makes_a_document_of_it(tmp_path: Path) -> None:
    """The memo becomes a file for a word processor, its headings kept."""
    source, target = tmp_path / "memo.md", tmp_path / "memo.docx"
    source.write_text(memo(SHIPPED, session_on(LUCERO.facts)), encoding="utf-8")
    command = ["pandoc", "--from", "commonmark", str(source), "--output", str(target)]
    subprocess.run(command, check=True, timeout=60)
    back = ["pandoc", str(target), "--to", "plain", "--wrap", "none"]
    done = subprocess.run(back, check=True, timeout=60, capture_output=True, encoding="utf-8")
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert all(title in lines for title in HEADINGS)


def test_what_cannot_decide_is_not_said_to_leave_it_to_the_judge() -> None:
    """Words near the question support; that is their weakness, whoever said them."""
    law = law_for(SHIPPED, Posture.of({"circuit": "seventh"}), TODAY)
    placed = {p.holding.id: p for p in law.on("measure")}
    near = placed["alvarado-v-litscher/seldom-on-the-pleadings"]
    assert not near.holding.grounded
    assert weakness(near) == "It can support an answer here and not decide it."
