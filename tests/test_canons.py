"""The canons by which holdings are weighed, each on a library of a few precedents."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from postures import Facts, library_of, weighed, weighing

from qiwizard.law.library import Library
from qiwizard.reasoning.canons import Canon, Strength, Weighing

NEW_MEXICO: Facts = {"circuit": "tenth", "court": "D.N.M."}
COLORADO: Facts = {"circuit": "tenth", "court": "D. Colo."}
TENTH: Facts = {"circuit": "tenth"}
ALASKA: Facts = {"circuit": "ninth", "court": "D. Alaska"}
THIRD: Facts = {"circuit": "third"}
PENDING: Facts = {"qi_asserted": True, "motion": "pending"}


def leading(found: Weighing) -> list[str]:
    """The ids of the precedents that carry the answer."""
    return [placed.holding.precedent.id for placed in found.leading]


RUNGS = {
    "elsewhere": ("order", "D. Alaska"),
    "sister-circuit": ("opinion", "9th Cir."),
    "other-district": ("order", "D. Colo."),
    "own-district": ("order", "D.N.M."),
    "own-circuit-unpublished": ("unpublished", "10th Cir."),
    "own-circuit": ("opinion", "10th Cir."),
    "supreme-court": ("opinion", "U.S."),
}
"""Kinds of authority as the District of New Mexico hears them, from lowest to highest."""


def rung(name: str, answer: str = "of_right", year: int = 2000, when: str = "") -> str:
    """The row of one kind of authority with one holding."""
    kind, court = RUNGS[name]
    return (
        f'{{ id = "{name}", kind = "{kind}", court = "{court}", decided = {year}-01-01, '
        f'when = {{ {when} }}, answer = "{answer}" }}'
    )


@pytest.mark.parametrize(("lower", "higher"), list(pairwise(RUNGS)))
def test_higher_authority_prevails_over_later_and_narrower_one(lower: str, higher: str) -> None:
    """Each court yields to the next above it in this forum, however late and specific it is."""
    late = rung(lower, "disfavoured", 2020, 'qi_asserted = true, motion = "pending"')
    early = rung(higher, "of_right", 1990, "qi_asserted = true")
    found = weighing(library_of(late, early), {**NEW_MEXICO, **PENDING})
    assert found.answer == "of_right"
    assert found.canon is Canon.SUPERIOR
    assert leading(found) == [higher]
    assert [p.holding.precedent.id for p in found.against] == [lower]


def test_rank_of_a_court_depends_on_the_forum() -> None:
    """A court of appeals binds its own circuit and is a mere sister elsewhere."""
    names = ("own-district", "own-circuit", "sister-circuit", "elsewhere")
    library = library_of(*(rung(name) for name in names))
    assert leading(weighing(library, NEW_MEXICO)) == ["own-circuit"]
    assert leading(weighing(library, ALASKA)) == ["sister-circuit"]
    assert leading(weighing(library, THIRD)) == ["own-circuit", "sister-circuit"]
    assert leading(weighing(library, {})) == ["own-circuit", "sister-circuit"]


def test_court_alone_places_the_case_in_its_circuit() -> None:
    """A district that is known without its circuit is bound by the circuit's court of appeals."""
    library = library_of(rung("own-circuit"), rung("own-district", "disfavoured"))
    found = weighing(library, {"court": "D.N.M."})
    assert (leading(found), found.strength) == (["own-circuit"], Strength.SETTLED)


def test_authority_elsewhere_is_no_rival_where_the_forum_settles() -> None:
    """A sister circuit that disagrees with binding authority is listed against it, and no more."""
    found = weighing(
        library_of(rung("own-circuit"), rung("sister-circuit", "good_cause")), NEW_MEXICO
    )
    assert (found.strength, found.rivals) == (Strength.SETTLED, ())
    assert [p.holding.precedent.id for p in found.against] == ["sister-circuit"]


def test_federal_rule_ranks_with_the_supreme_court() -> None:
    """A federal rule prevails over the court of appeals and settles the question."""
    library = library_of(
        '{ id = "rule", kind = "rule", answer = "of_right" }',
        rung("own-circuit", "disfavoured", 2020, 'motion = "pending"'),
    )
    found = weighing(library, {**TENTH, **PENDING})
    assert (found.answer, found.canon) == ("of_right", Canon.SUPERIOR)
    assert found.strength is Strength.SETTLED


def general_and_exception(court: str) -> Library:
    """A late general holding of New Mexico, and an early exception to it by some court."""
    return library_of(
        '{ id = "general", decided = 2020-01-01, when = { opposed = true }, answer = "of_right" }',
        f'{{ id = "exception", court = "{court}", decided = 2010-01-01, '
        'when = { opposed = true, motion_delayed = true }, answer = "disfavoured" }',
    )


LATE: Facts = {"opposed": True, "motion_delayed": True}


def test_more_specific_holding_of_one_court_prevails_over_the_later_general_one() -> None:
    """An exception is not undone by a later statement of the rule in the same court."""
    library = general_and_exception("D.N.M.")
    found = weighing(library, {**NEW_MEXICO, **LATE})
    assert (found.answer, found.canon) == ("disfavoured", Canon.SPECIFIC)
    assert found.strength is Strength.LEANING
    assert weighing(library, {**NEW_MEXICO, "opposed": True}).answer == "of_right"


def test_habit_of_one_district_is_no_exception_to_the_rule_of_another() -> None:
    """Between two other districts of the circuit the narrower condition decides nothing."""
    found = weighing(general_and_exception("D. Kan."), {**COLORADO, **LATE})
    assert (found.answer, found.canon) == ("of_right", Canon.LATER)
    assert found.strength is Strength.CONTESTED
    assert found.rivals == ("disfavoured",)


def test_more_conditions_are_not_more_specific_unless_they_imply_the_other() -> None:
    """Three conditions beside two that differ leave the question to the later holding."""
    library = library_of(
        '{ id = "three", decided = 2010-01-01, answer = "of_right", '
        "when = { opposed = true, pro_se = true, prisoner = true } }",
        '{ id = "two", decided = 2020-01-01, answer = "disfavoured", '
        "when = { qi_asserted = true, opposed = true } }",
    )
    facts: Facts = {"opposed": True, "pro_se": True, "prisoner": True, "qi_asserted": True}
    found = weighing(library, {**NEW_MEXICO, **facts})
    assert (found.answer, found.canon) == ("disfavoured", Canon.LATER)
    assert found.strength is Strength.CONTESTED


def test_fewer_values_of_one_fact_are_more_specific() -> None:
    """A holding about one kind of motion is an exception to one about two kinds."""
    library = library_of(
        '{ id = "two-values", decided = 2020-01-01, answer = "of_right", '
        'when = { motion = ["pending", "promised"] } }',
        '{ id = "one-value", decided = 2010-01-01, answer = "disfavoured", '
        'when = { motion = "promised" } }',
    )
    found = weighing(library, {**NEW_MEXICO, "motion": "promised"})
    assert (found.answer, found.canon) == ("disfavoured", Canon.SPECIFIC)
    assert weighing(library, {**NEW_MEXICO, "motion": "pending"}).answer == "of_right"


def test_exception_to_an_exception_brings_the_rule_back() -> None:
    """Of three holdings nested in one court the narrowest decides alone."""
    library = library_of(
        '{ id = "rule", answer = "of_right" }',
        '{ id = "exception", when = { opposed = true }, answer = "disfavoured" }',
        '{ id = "back", when = { opposed = true, pro_se = true }, answer = "of_right" }',
    )
    found = weighing(library, {**NEW_MEXICO, "opposed": True, "pro_se": True})
    assert found.answer == "of_right"
    assert leading(found) == ["back"]
    assert found.strength is Strength.LEANING


def two_equals(court: str) -> Library:
    """Two holdings of one court whose conditions merely differ."""
    return library_of(
        f'{{ id = "earlier", court = "{court}", decided = 2010-01-01, '
        'when = { opposed = true }, answer = "of_right" }',
        f'{{ id = "later", court = "{court}", decided = 2020-01-01, '
        'when = { qi_asserted = true }, answer = "disfavoured" }',
    )


@pytest.mark.parametrize("court", ["D.N.M.", "D. Kan.", "10th Cir.", "U.S."])
def test_later_of_two_equals_leads_but_the_question_stays_contested(court: str) -> None:
    """The later holding leads and the earlier is its rival, even where both would bind."""
    facts: Facts = {**NEW_MEXICO, "opposed": True, "qi_asserted": True}
    found = weighing(two_equals(court), facts)
    assert (found.answer, found.canon) == ("disfavoured", Canon.LATER)
    assert found.strength is Strength.CONTESTED
    assert found.rivals == ("of_right",)
    before = weighing(two_equals(court), facts, date(2015, 1, 1))
    assert (before.answer, before.canon) == ("of_right", Canon.UNOPPOSED)


def may(court: str) -> str:
    """An opinion of a court that leaves the matter to the judge."""
    return (
        f'{{ id = "may", court = "{court}", decided = 2010-01-01, '
        'discretion = true, answer = "good_cause" }'
    )


@pytest.mark.parametrize(
    ("court", "other"),
    [
        ("10th Cir.", "own-circuit-unpublished"),
        ("10th Cir.", "own-district"),
        ("U.S.", "own-circuit"),
        ("U.S.", "own-district"),
        ("U.S.", "other-district"),
    ],
)
def test_discretion_yields_to_what_says_how_it_is_used_here(court: str, other: str) -> None:
    """What the circuit leaves open its own court answers; what the Supreme Court, any below."""
    found = weighing(library_of(may(court), rung(other, "disfavoured")), NEW_MEXICO)
    assert (found.answer, found.canon) == ("disfavoured", Canon.SUPERIOR)
    assert found.rivals == ("good_cause",)


@pytest.mark.parametrize(
    ("court", "outside", "strength"),
    [
        ("10th Cir.", "other-district", Strength.LEANING),
        ("10th Cir.", "sister-circuit", Strength.LEANING),
        ("10th Cir.", "elsewhere", Strength.LEANING),
        ("U.S.", "sister-circuit", Strength.CONTESTED),
        ("U.S.", "elsewhere", Strength.CONTESTED),
    ],
)
def test_discretion_prevails_over_courts_that_bind_nobody_here(
    court: str, outside: str, strength: Strength
) -> None:
    """It decides where nothing above it says otherwise, and the others are rivals.

    What only the Supreme Court leaves open stays open: no court of the circuit has spoken.
    """
    found = weighing(library_of(may(court), rung(outside, "disfavoured")), NEW_MEXICO)
    assert (found.answer, found.canon) == ("good_cause", Canon.SUPERIOR)
    assert found.strength is strength
    assert found.rivals == ("disfavoured",)


def test_division_over_terms_alone_hears_the_other_outcome_too() -> None:
    """Equals that differ in how an order is cut do not silence a court that would cut none."""
    reach = 'question = "reach"'
    library = library_of(
        f'{{ id = "party", {reach}, when = {{ opposed = true }}, answer = "movants" }}',
        f'{{ id = "claim", {reach}, when = {{ qi_asserted = true }}, answer = "claims" }}',
        f'{{ id = "all", court = "D. Kan.", {reach}, answer = "everyone" }}',
    )
    facts: Facts = {**NEW_MEXICO, "opposed": True, "qi_asserted": True}
    found = weighed(library, facts, question="reach")
    assert found is not None
    assert found.strength is Strength.CONTESTED
    assert set(found.rivals) == {"movants", "claims", "everyone"} - {found.answer}


def test_answers_that_raise_other_questions_divide_over_more_than_terms() -> None:
    """A stay of right and one for good cause end alike, until a weak motion parts them."""
    library = library_of(
        '{ id = "right", when = { opposed = true }, answer = "of_right" }',
        '{ id = "cause", when = { qi_asserted = true }, answer = "good_cause" }',
        '{ id = "cut", when = { opposed = true }, question = "reach", answer = "movants" }',
        '{ id = "cut too", when = { qi_asserted = true }, question = "reach", answer = "claims" }',
    )
    facts: Facts = {**NEW_MEXICO, "opposed": True, "qi_asserted": True}
    measure, reach = weighing(library, facts), weighed(library, facts, question="reach")
    assert reach is not None
    assert (measure.over_terms, reach.over_terms) == (False, True)


def test_authority_outside_the_forum_alone_is_contested() -> None:
    """One answer that nobody disputes is still no more than contested if it comes from afar."""
    for name in ("sister-circuit", "own-circuit", "elsewhere"):
        found = weighing(library_of(rung(name)), THIRD)
        assert (found.answer, found.canon) == ("of_right", Canon.UNOPPOSED)
        assert found.strength is Strength.CONTESTED


@pytest.mark.parametrize("year", [1990, 2005, 2024])
def test_date_does_not_rank_authority_outside_the_forum(year: int) -> None:
    """Outside the forum the commoner answer leads, whenever the other was given."""
    library = library_of(
        f'{{ id = "one", court = "D. Alaska", decided = {year}-01-01, answer = "disfavoured" }}',
        '{ id = "two", court = "D. Kan.", decided = 2004-01-01, answer = "good_cause" }',
        '{ id = "three", court = "D. Minn.", decided = 2006-01-01, answer = "good_cause" }',
    )
    found = weighing(library, THIRD)
    assert (found.answer, found.canon) == ("good_cause", Canon.EVEN)
    assert (found.strength, found.rivals) == (Strength.CONTESTED, ("disfavoured",))


@pytest.mark.parametrize("years", [(2001, 2020), (2020, 2001)])
def test_even_split_outside_the_forum_does_not_heed_dates(years: tuple[int, int]) -> None:
    """One against one, neither date turns the answer."""
    one, two = rung("elsewhere", year=years[0]), rung("other-district", "good_cause", years[1])
    assert weighing(library_of(one, two), THIRD).answer == "of_right"


MUTE = '{ id = "mute", court = "10th Cir.", quote = "", answer = "of_right" }'
BESIDE_THE_QUESTION = (
    '{ id = "mute", court = "10th Cir.", supports_only = true, answer = "of_right" }'
)
UNGROUNDED = pytest.mark.parametrize("mute", [MUTE, BESIDE_THE_QUESTION], ids=["mute", "beside"])


@UNGROUNDED
def test_ungrounded_holding_decides_nothing(mute: str) -> None:
    """Without words of its own on the question a holding leaves it without an answer."""
    assert weighed(library_of(mute), NEW_MEXICO) is None


@UNGROUNDED
def test_ungrounded_holding_supports_and_opposes_but_is_no_rival(mute: str) -> None:
    """It is listed beside a grounded holding of a lower court, which leads whatever it says."""
    beside = weighing(library_of(mute, rung("own-district")), NEW_MEXICO)
    assert (leading(beside), beside.strength) == (["own-district"], Strength.LEANING)
    assert [p.holding.precedent.id for p in beside.supporting] == ["mute"]
    against = weighing(library_of(mute, rung("own-district", "disfavoured")), NEW_MEXICO)
    assert (against.answer, against.rivals) == ("disfavoured", ())
    assert [p.holding.precedent.id for p in against.against] == ["mute"]


@pytest.mark.parametrize(
    ("row", "strength"),
    [
        ('court = "U.S."', Strength.SETTLED),
        ('court = "10th Cir."', Strength.SETTLED),
        ('kind = "rule"', Strength.SETTLED),
        ('kind = "local_rule"', Strength.SETTLED),
        ("uniform = true", Strength.SETTLED),
        ('court = "D.N.M."', Strength.LEANING),
        ('court = "D. Kan.", uniform = true', Strength.LEANING),
        ('kind = "unpublished", court = "10th Cir."', Strength.LEANING),
        ('kind = "unpublished", court = "10th Cir.", uniform = true', Strength.LEANING),
        ('court = "9th Cir."', Strength.CONTESTED),
        ('court = "U.S.", discretion = true', Strength.LEANING),
        ("uniform = true, discretion = true", Strength.LEANING),
        ('court = "U.S.", capped = true', Strength.LEANING),
        ('kind = "local_rule", capped = true', Strength.LEANING),
        ("uniform = true, capped = true", Strength.LEANING),
        ('court = "9th Cir.", capped = true', Strength.CONTESTED),
    ],
)
def test_only_what_binds_or_is_uniform_in_the_district_settles(
    row: str, strength: Strength
) -> None:
    """Settled takes binding authority, a local rule or uniform practice here, and no cap."""
    library = library_of(f'{{ id = "one", answer = "of_right", {row} }}')
    assert weighing(library, NEW_MEXICO).strength is strength


def test_capped_holding_does_not_lower_an_uncapped_one_beside_it() -> None:
    """Binding authority without a cap settles what a capped one only supports."""
    library = library_of(
        '{ id = "capped", court = "U.S.", capped = true, answer = "of_right" }',
        '{ id = "free", court = "U.S.", answer = "of_right" }',
    )
    assert weighing(library, NEW_MEXICO).strength is Strength.SETTLED


def test_unpublished_opinion_prevails_over_the_district_and_does_not_bind() -> None:
    """It outranks even uniform practice of the district, and leaves the question leaning."""
    library = library_of(
        rung("own-circuit-unpublished"),
        '{ id = "order", uniform = true, answer = "disfavoured" }',
    )
    found = weighing(library, NEW_MEXICO)
    assert (found.answer, found.strength) == ("of_right", Strength.LEANING)
    assert found.rivals == ("disfavoured",)
    assert not found.leading[0].binding


def test_local_rule_is_nothing_outside_its_districts() -> None:
    """A local rule is no authority in the next district, not even a persuasive one."""
    library = library_of(
        '{ id = "local", kind = "local_rule", court = ["N.D. Tex.", "S.D. Tex."], '
        'answer = "of_right" }'
    )
    for court in ("N.D. Tex.", "S.D. Tex."):
        found = weighing(library, {"circuit": "fifth", "court": court})
        assert (found.answer, found.strength) == ("of_right", Strength.SETTLED)
    for facts in ({"circuit": "fifth", "court": "W.D. Tex."}, {"circuit": "fifth"}, TENTH, {}):
        assert weighed(library, facts) is None
