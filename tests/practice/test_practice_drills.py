"""Every drill that the shipped library gives: possible, fair, and silent about its answer."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from drill_items import of, parts

from qiwizard.law.facts import FORUM
from qiwizard.law.library import Library
from qiwizard.practice.cases import contradictions, passages, ruling_on, subjects, words
from qiwizard.practice.drills import DRILLS, audit, audit_lines, catalogue, make, serves
from qiwizard.practice.items import Item, Level, Part, case_of
from qiwizard.practice.lessons import MOST_LINES, feedback_lines, more
from qiwizard.reports.words import WIDTH

ENGINE_WORDS = ("the engine", "coded", "graded", "so the order is")


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
        assert make.__wrapped__(library, item.id).fingerprint == item.fingerprint


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
        if item.drill == "calibrate":
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
    return [] if item.drill == "calibrate" else feedback_lines(item, pairs)


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
