"""What each kind of drill asks and accepts, for every drill that the shipped library gives."""

from __future__ import annotations

import re
from collections import Counter

from drill_items import of

from qiwizard.law.facts import FORUM
from qiwizard.law.forum import Rank
from qiwizard.law.library import Library
from qiwizard.practice import argue, rulings
from qiwizard.practice.cases import contradictions, ruling_on, subjects, words
from qiwizard.practice.drills import make
from qiwizard.practice.items import NONE, UNSTATED, Item, case_of, option_id
from qiwizard.practice.lessons import MOST_LINES, brier, feedback_lines, scores
from qiwizard.reasoning.explanation import distinguished
from qiwizard.reasoning.ruling import rule


def test_what_the_court_did_decides_a_prediction(items: tuple[Item, ...], library: Library) -> None:
    """One right answer, the court's own; the shares leave its case out."""
    for item in of(items, "predict"):
        subject = subjects(library)[case_of(item.id)]
        assert item.parts[0].accepted == {subject.case.outcome}
    subject = subjects(library)["moral-v-hagen-2011"]
    seen = rule(library, subject.posture, subject.case.decided)
    assert ruling_on(library, subject).likelihood != seen.likelihood


def test_three_kinds_of_authority_are_three_questions(
    items: tuple[Item, ...], library: Library
) -> None:
    """Each names one holding, no holding is right twice, and the options stay the same."""
    asked = Counter[str]()
    for item in of(items, "find"):
        right = [id_ for part in item.parts for id_ in part.accepted if id_ != NONE]
        assert len(set(right)) == len(right)
        shown = [o.id for o in item.parts[0].options]
        for part in item.parts:
            assert [o.id for o in part.options if o.id != NONE] == shown
            asked[part.id, NONE in part.accepted] += 1  # type: ignore[index]
        assert len({library.holding[id_].precedent.id for id_ in shown}) == len(shown)
    assert asked["other_standard", False] > 20  # type: ignore[index]
    assert asked["contrary", False] > asked["contrary", True] / 2  # type: ignore[index]


def test_what_controls_a_question_of_law_is_taught_as_a_rule(
    items: tuple[Item, ...], library: Library
) -> None:
    """What the authority holds, not how matters stand in the case."""
    taught = {p.lesson.rule for i in of(items, "find") for p in i.parts if p.id == "controls"}
    assert "Immunity was denied, and an interlocutory appeal is pending." not in taught
    assert "The pending motion puts the immunity question before the court." not in taught
    lesson = make(library, "find/esquibel-v-medina-2011/trigger").parts[0].lesson
    assert lesson.rule.startswith("A pending motion based on immunity presents a threshold")


def test_a_flip_offers_only_what_can_come_about(items: tuple[Item, ...], library: Library) -> None:
    """Unknown facts, or values that a known one can take; never the forum or the request."""
    for item in of(items, "flip"):
        facts = subjects(library)[case_of(item.id)].facts
        for option in item.parts[0].options:
            name, _, value = option.id.partition("=")
            fact = library.vocabulary.by_name[name]
            assert name not in (*FORUM, "request")
            if name in facts:
                assert value in {str(v).lower() for v in fact.can_become}, item.id
            after = next(v for v in fact.values if str(v).lower() == value.lower())
            assert contradictions(library, {**facts, name: after}) == (), item.id


def test_one_change_leads_to_another_order_and_the_rest_hardly_matter(
    items: tuple[Item, ...], library: Library
) -> None:
    """Recomputed on the law and the other orders, the case itself left out."""
    for item in of(items, "flip"):
        subject = subjects(library)[case_of(item.id)]
        after = {one.id: one.ruling for one in rulings.changes_of(library, subject)}
        for option in item.parts[0].options:
            changed = after[option.id].outcome != subject.case.outcome
            assert changed is (option.id in item.parts[0].accepted), (item.id, option.id)


def test_no_ground_for_another_order_is_said_hardly_to_matter(items: tuple[Item, ...]) -> None:
    """Whatever the other orders show, a clerk could defend such an answer."""
    for item in of(items, "flip"):
        (part,) = item.parts
        order = part.asks.partition(": ")[2].partition(".")[0].replace(" ", "_")
        grounds = {
            f"{name}={option_id(value)}"
            for name, values in words()["weighty"][order].items()
            for value in values
        }
        assert not grounds & ({o.id for o in part.options} - part.accepted), item.id


def test_a_flip_is_not_told_by_the_kind_of_its_options(items: tuple[Item, ...]) -> None:
    """The right one is never the only act, or the only further record."""
    for item in of(items, "flip"):
        assert rulings.conceals(item.parts[0]), item.id


def test_passages_are_the_courts_own_words(library: Library, items: tuple[Item, ...]) -> None:
    """Of a decided order, its quotation; what it shows is what the order is recorded as."""
    for item in of(items, "spot"):
        subject, part = subjects(library)[case_of(item.id)], item.parts[0]
        assert "“" in item.text
        stated = subject.case.facts.get(part.id)
        if subject.source.quote:
            assert subject.source.quote in item.text
        (right,) = part.accepted
        if right != UNSTATED and stated is not None:
            assert right == str(stated).lower() or right == stated, item.id


def test_a_passage_stands_in_a_case_on_immunity_unless_that_is_asked(
    items: tuple[Item, ...],
) -> None:
    """A stay pending appeal shows a denial of immunity only in such a case."""
    for item in of(items, "spot"):
        part = item.parts[0]
        told = part.id not in {"qi_asserted", "other_immunity"}
        assert ("asserts immunity from suit" in item.text.partition("“")[0]) is told, item.id
        assert "what kind of motion is it" not in part.asks


def test_a_fact_is_taught_by_authority_of_its_own_doctrine(library: Library) -> None:
    """The weightiest of all would often be on another question."""
    for key, cited in (
        ("doe-v-commr-nh-dhhs-2021@31", "Behrens v. Pelletier"),
        ("hylton-v-dona-ana-county-2021@73", "Fed. R. Civ. P. 56(d)"),
        ("maday-v-dooley@28", "Crawford-El v. Britton"),
        ("gd-v-lansing-usd-469-2018@70", "D. Kan. Rule 7.4"),
    ):
        authority = make(library, f"spot/{key}").parts[0].lesson.authority
        assert authority is not None
        assert authority.text.startswith(cited), key


def test_the_two_best_outweigh_the_rest_of_a_side(items: tuple[Item, ...]) -> None:
    """Pairs of lettered authorities, one of them right; then one answer to the other side."""
    for item in of(items, "argue"):
        pairs, answer = item.parts
        assert len(pairs.options) == 5
        assert all(len(option.id) == 2 for option in pairs.options)
        assert all(re.fullmatch(r"[A-D] and [A-D]: .+; .+", o.label) for o in pairs.options)
        assert len(answer.options) == 4


def test_an_opinion_of_another_circuit_is_not_called_weaker_than_an_order_of_a_district(
    items: tuple[Item, ...], library: Library
) -> None:
    """Neither binds, and a court may prefer either."""
    offered = 0
    for item in of(items, "argue"):
        key = item.id.partition("/")[2]
        where, _, question = key.rpartition("/")
        subject = subjects(library)[where]
        finding = ruling_on(library, subject).finding(question.rpartition("-")[0])
        assert finding is not None
        made = argue._argument(finding, side=key.endswith("-for"))
        weaker, offered = made.weaker, offered + 1
        assert made.best[1].binding or weaker.rank is not Rank.SISTER_CIRCUIT, item.id
    assert offered > 40


def test_binding_authority_that_requires_nothing_may_be_said_to_leave_discretion(
    items: tuple[Item, ...],
) -> None:
    """Where distinguishing it is right, that is no wrong answer; nor that it does not bind."""
    told = {option.id: option.label for i in of(items, "argue") for option in i.parts[1].options}
    assert "the court that wrote it" in told["elsewhere"]
    for item in of(items, "argue"):
        answer = item.parts[1]
        assert answer.accepted != {"distinguished"} or "discretion" not in answer.by_id, item.id


def test_no_wrong_answer_to_the_other_side_could_be_called_right(
    items: tuple[Item, ...], library: Library
) -> None:
    """Authority that can be distinguished is never offered as also on another question."""
    for item in of(items, "argue"):
        subject, answer = subjects(library)[case_of(item.id)], item.parts[1]
        name = item.id.rpartition("/")[2].rpartition("-")[0]
        finding = ruling_on(library, subject).finding(name)
        assert finding is not None
        cited = {
            a.holding.precedent.id: a
            for a in (*finding.authority_for, *finding.other_standard, *finding.against)
        }
        assert answer.lesson.authority is not None
        other = cited[answer.lesson.authority.id]
        wrong = {option.id for option in answer.options} - answer.accepted
        if distinguished(library, subject.posture, other):
            assert not wrong & {"distinguished", "another"}, item.id


def test_likelihoods_are_scored_beside_the_two_baselines(library: Library) -> None:
    """By the Brier score: what happened at 100% scores 0, at 0% with another certain, 2."""
    item = make(library, "calibrate/lucero-v-clovis")
    shares = [95 if part.id == "stay" else 2 for part in item.parts]
    mine, law, always = scores(item, [str(share) for share in shares])
    assert always == 0
    assert 0 < mine < 0.01
    assert 0 <= law <= 2
    assert brier([1, 0], [False, True]) == 2
    assert brier([0.25] * 4, [True, False, False, False]) == 0.75
    pairs = [(part, "25") for part in item.parts]
    lines = feedback_lines(item, pairs)
    assert len(lines) <= MOST_LINES
    assert any("always stay" in line for line in lines)
    labels = [line.partition(":")[0] for line in lines if ": " in line and line[0] != " "]
    assert labels == ["The court", "Rule", "Authority"]


def test_the_rule_of_a_scored_drill_is_whole(items: tuple[Item, ...]) -> None:
    """In ten lines: what is cut is what the court did, at most, or a long citation."""
    for item in of(items, "calibrate"):
        lines = feedback_lines(item, [(part, "25") for part in item.parts])
        assert len(lines) <= MOST_LINES
        assert lines[0].startswith("The court: ")
        assert item.parts[-1].lesson.rule in " ".join(map(str.strip, lines)), item.id


def test_a_walk_goes_through_the_opinion_in_the_courts_words(
    items: tuple[Item, ...], library: Library
) -> None:
    """Each step is quoted from the opinion itself; the outcome comes last."""
    for item in of(items, "walk"):
        assert len(item.parts) >= 3, item.id
        for part in item.parts[:-1]:
            assert all(cite.id == case_of(item.id) and cite.quote for cite in part.words)
        (outcome,) = item.parts[-1].accepted
        assert outcome == library.precedents[case_of(item.id)].outcome
