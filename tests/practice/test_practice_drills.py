"""Every drill that the shipped library gives: possible, fair, and silent about its answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from qiwizard.law.facts import FORUM
from qiwizard.law.forum import Rank
from qiwizard.law.library import Library
from qiwizard.practice import argue, rulings
from qiwizard.practice.cases import contradictions, passages, ruling_on, subjects, words
from qiwizard.practice.drills import DRILLS, audit, audit_lines, catalogue, every_item, make, serves
from qiwizard.practice.items import NONE, UNSTATED, Item, Level, Part, case_of, option_id
from qiwizard.practice.lessons import MOST_LINES, WIDTH, brier, feedback_lines, more, scores
from qiwizard.reasoning.explanation import distinguished
from qiwizard.reasoning.ruling import rule

ENGINE_WORDS = ("the engine", "coded", "graded", "so the order is")


@pytest.fixture(scope="module")
def items(library: Library) -> tuple[Item, ...]:
    """All drills, made."""
    return tuple(every_item(library))


def parts(items: tuple[Item, ...]) -> Iterator[tuple[Item, Part]]:
    """Every question of every drill."""
    return ((item, part) for item in items for part in item.parts)


def of(items: tuple[Item, ...], drill: str) -> list[Item]:
    """The drills of one kind."""
    return [item for item in items if item.drill == drill]


# The check of all


def test_no_drill_contradicts_itself_gives_its_answer_away_or_has_two(
    library: Library, items: tuple[Item, ...]
) -> None:
    """The enumeration that `practice --count` prints."""
    found = audit(library, items)
    assert len(found) == 4
    assert not any(found.values()), found
    lines = audit_lines(library)
    assert "Contradictory facts: 0" in lines
    assert any(line.startswith("Argue it") for line in lines)


def test_every_kind_is_plentiful_and_every_circuit_is_trained(
    items: tuple[Item, ...], library: Library
) -> None:
    """Numbers a clerk can practice on, whatever becomes of the library."""
    kinds = Counter(item.drill for item in items)
    least = {"predict": 150, "find": 400, "flip": 50, "spot": 60, "argue": 40, "calibrate": 150}
    assert all(kinds[drill] >= number for drill, number in least.items()), kinds
    assert kinds["walk"] == len(library.landmarks)
    assert {item.circuit for item in items} == set(library.courts.circuits)
    for drill in DRILLS.values():
        if drill.mixed:
            levels = {item.level for item in of(items, drill.id)}
            assert {Level.BASIC, Level.INTERMEDIATE} <= levels, drill.id


def test_an_id_makes_the_same_drill_again(items: tuple[Item, ...], library: Library) -> None:
    """Fingerprints depend on the id and the library, and tell drills apart."""
    assert len({item.fingerprint for item in items}) == len(items)
    for item in items[:: len(items) // 12]:
        drill, _, key = item.id.partition("/")
        assert DRILLS[drill].make(library, key).fingerprint == item.fingerprint


def test_the_catalogue_knows_circuit_and_level_beforehand(
    items: tuple[Item, ...], library: Library
) -> None:
    """What is told of a drill before it is made is what it turns out to be."""
    for item in items:
        seed = catalogue(library)[item.id]
        assert (seed.drill, seed.circuit, seed.level) == (item.drill, item.circuit, item.level)


def test_unknown_ids_make_nothing(library: Library) -> None:
    """An id of another library, a hostile one, or none."""
    for id_ in ("", "code/x", "find/x/y", "walk/ginorio-v-contreras-2006", "spot/x", "argue/x/y-z"):
        assert not serves(library, id_)
    with pytest.raises(KeyError):
        make(library, "predict/nobody")


# Facts that can be told together


@pytest.mark.parametrize(
    ("facts", "excluded"),
    [
        ({"motion": "granted", "disposes_of_case": False}, "disposes_of_case"),
        ({"motion": "appeal", "rule_56d": "none"}, "rule_56d"),
        ({"motion": "pending", "appeal_on_law": True}, "appeal_on_law"),
        ({"qi_asserted": False, "motion": "pending"}, "qi_asserted"),
        ({"rule_26f_held": False, "discovery_underway": True}, "rule_26f_held"),
        ({"facts_needed": False, "narrow_request": True}, "narrow_request"),
        ({"request": "none", "opposed": True}, "opposed"),
    ],
)
def test_facts_that_cannot_stand_together_are_found(
    library: Library, facts: dict[str, bool | str], excluded: str
) -> None:
    """Those of which readers complained, and their relatives."""
    assert contradictions(library, facts) == (excluded,)


def test_facts_that_can_stand_together_are_left_alone(library: Library) -> None:
    """An immunity other than qualified immunity can be the ground of the motion."""
    facts: dict[str, bool | str] = {"qi_asserted": False, "other_immunity": True}
    assert contradictions(library, {**facts, "motion": "pending"}) == ()


def test_every_value_can_be_told_and_told_apart(library: Library) -> None:
    """Words for every fact, each of which tells one value of it only."""
    for fact in library.vocabulary.facts:
        if fact.name not in FORUM:
            told = [passages(library, {fact.name: value})[0].text for value in fact.values]
            assert len(set(told)) == len(told), fact.name


def test_the_words_for_drills_name_known_facts_and_values(library: Library) -> None:
    """A misspelled name or value would never be told."""
    by_name = library.vocabulary.by_name
    for row in words()["told"]:
        assert all(by_name[name].permits(value) for name, value in row["when"].items())
    for row in words()["change"]:
        assert row["value"] in by_name[row["fact"]].can_become
    for row in words()["never"]:
        for name, values in row["facts"].items():
            assert all(by_name[name].permits(value) for value in values)
    for row in words()["passage"]:
        fact = by_name[row["fact"]]
        assert "value" not in row or fact.permits(row["value"])
    assert set(words()["asked_alone"]) <= set(by_name)
    assert set(words()["weighty"]) == set(library.outcomes)
    for row in words()["weighty"].values():
        for name, values in row.items():
            assert all(by_name[name].permits(value) for value in values)


def test_the_text_tells_every_fact_of_a_case_once(library: Library) -> None:
    """No fact on which the ruling rests is left out, and none is told twice."""
    for subject in subjects(library).values():
        told = [name for passage in passages(library, subject.facts) for name in passage.facts]
        assert sorted(told) == sorted(n for n in subject.facts if n not in FORUM)


# Feedback


def test_feedback_fits_in_ten_lines_and_names_rule_and_authority(items: tuple[Item, ...]) -> None:
    """For every answer to every question of every drill."""
    for item, part in parts(items):
        if item.forecast is not None:
            continue
        for option in part.options:
            lines = feedback_lines(item, [(part, option.id)])
            assert len(lines) <= MOST_LINES, (item.id, option.id)
            assert max(map(len, lines)) <= WIDTH
            right = option.id in part.accepted
            assert lines[0].startswith("Correct: " if right else "Incorrect: ")
            assert any(line.startswith("Rule: ") for line in lines), item.id


def test_feedback_speaks_of_law_and_courts(items: tuple[Item, ...]) -> None:
    """Never of the program: not even in what is shown on request."""
    for item, part in parts(items):
        pairs = [(part, part.options[0].id)]
        told = " ".join([*feedback_lines_of(item, pairs), *(p.text for p in more(pairs, item))])
        assert not any(word in told.casefold() for word in ENGINE_WORDS), item.id


def feedback_lines_of(item: Item, pairs: list[tuple[Part, str]]) -> list[str]:
    """The feedback of a drill that is marked; a scored one needs all its answers."""
    return [] if item.forecast is not None else feedback_lines(item, pairs)


def test_a_rule_is_one_sentence(items: tuple[Item, ...]) -> None:
    """Whatever else is worth saying is said on request."""
    for item, part in parts(items):
        assert not re.search(r"[a-z)]{2}[.?] [A-Z]", part.lesson.rule), item.id


def test_the_authority_never_contradicts_the_rule(
    items: tuple[Item, ...], library: Library
) -> None:
    """Where a court departed: authority for what it did, or the usual rule with its authority."""
    departed = 0
    for item in of(items, "predict"):
        subject, lesson = subjects(library)[case_of(item.id)], item.parts[0].lesson
        ruling = ruling_on(library, subject)
        if subject.case.outcome == ruling.outcome:
            continue
        other = next((a for a in ruling.alternatives if a.outcome == subject.case.outcome), None)
        own = {a.holding.precedent.id for a in other.authority} if other else set()
        usual = {
            a.holding.precedent.id
            for f in ruling.decisive
            for a in (*f.authority_for, *f.other_standard)
        }
        assert lesson.authority is not None
        if lesson.rule.startswith("The court departed from the usual rule: "):
            assert lesson.authority.id in usual, item.id
            departed += 1
        else:
            assert other is not None
            assert (lesson.rule, lesson.authority.id in own) == (other.because, True), item.id
    assert departed


def test_a_drill_in_its_own_forum_says_what_the_court_did(items: tuple[Item, ...]) -> None:
    """Only of an opinion moved to another circuit is there nothing to say."""
    for item, part in parts(items):
        own_words = item.drill == "walk" and part is not item.parts[-1]
        assert bool(part.lesson.court) is not ("@" in item.id and item.drill == "find") or own_words


def test_nearly_every_lesson_quotes_its_authority(items: tuple[Item, ...]) -> None:
    """Only a few facts of which no quoted holding depends are left without."""
    bare = [i.id for i, p in parts(items) if p.lesson.authority is None]
    assert {id_.partition("/")[0] for id_ in bare} <= {"spot"}
    assert len(bare) < 15
    quoted = [p.lesson.authority for _, p in parts(items) if p.lesson.authority]
    assert all(cite.quote for cite in quoted)


# Each kind


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
        if subject.quote:
            assert subject.quote in item.text
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
        made = argue._argument(finding, key, side=key.endswith("-for"))
        weaker, offered = made.rest[0], offered + 1
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
        assert answer.accepted != {"distinguished"} or answer.option("discretion") is None, item.id


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
