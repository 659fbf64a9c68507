"""The law of a forum on a day: rank, what binds, later history, exceptions and dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from postures import COURTS, SHIPPED, TODAY, Facts, law_on, library_of, weighed, weighing

from qiwizard.law.forum import Authority, Rank, Voice, law_of_forum, rank_in_forum
from qiwizard.law.library import Library
from qiwizard.law.precedent import GOOD_LAW, Kind, events, history_sentences, treatment

NEW_MEXICO: Facts = {"circuit": "tenth", "court": "D.N.M."}
KINDS = {
    Rank.ELSEWHERE: ("order", "D. Alaska"),
    Rank.SISTER_CIRCUIT: ("opinion", "9th Cir."),
    Rank.CIRCUIT_DISTRICT: ("order", "D. Colo."),
    Rank.OWN_DISTRICT: ("order", "D.N.M."),
    Rank.OWN_CIRCUIT_UNPUBLISHED: ("unpublished", "10th Cir."),
    Rank.OWN_CIRCUIT: ("opinion", "10th Cir."),
    Rank.SUPREME: ("opinion", "U.S."),
}
"""A kind of authority for each rank in the District of New Mexico."""


def only(library: Library, facts: Facts, day: date = TODAY) -> Authority:
    """The one authority on protection in a forum."""
    (authority,) = law_on(library, facts, day).on("protection")
    return authority


def row(rank: Rank, more: str = "") -> str:
    """The row of an authority of that rank, which permits a stay."""
    kind, court = KINDS[rank]
    return f'{{ id = "one", kind = "{kind}", court = "{court}", answer = "good_cause" {more} }}'


@pytest.mark.parametrize("rank", Rank)
def test_rank_and_what_binds(rank: Rank) -> None:
    """The Supreme Court and published opinions of the circuit bind; nothing else does."""
    authority = only(library_of(row(rank)), NEW_MEXICO)
    assert authority.rank is rank
    assert authority.binding is (rank in (Rank.OWN_CIRCUIT, Rank.SUPREME))
    assert authority.weight == ("binding" if authority.binding else "persuasive")
    assert rank.in_forum is (rank not in (Rank.ELSEWHERE, Rank.SISTER_CIRCUIT))


@pytest.mark.parametrize(
    ("rank", "force", "quote", "voice"),
    [
        (Rank.SUPREME, "requires", "quoted", Voice.DECIDES),
        (Rank.OWN_CIRCUIT, "requires", "quoted", Voice.DECIDES),
        (Rank.OWN_CIRCUIT, "permits", "quoted", Voice.PERMITS),
        (Rank.SUPREME, "supports", "quoted", Voice.CITED),
        (Rank.OWN_CIRCUIT, "supports", "quoted", Voice.LOCAL),
        (Rank.OWN_CIRCUIT, "supports", "", Voice.CITED),
        (Rank.OWN_CIRCUIT_UNPUBLISHED, "requires", "quoted", Voice.LOCAL),
        (Rank.OWN_DISTRICT, "requires", "quoted", Voice.LOCAL),
        (Rank.CIRCUIT_DISTRICT, "permits", "quoted", Voice.CITED),
        (Rank.SISTER_CIRCUIT, "requires", "quoted", Voice.CITED),
        (Rank.ELSEWHERE, "permits", "quoted", Voice.CITED),
    ],
)
def test_what_an_authority_can_do(rank: Rank, force: str, quote: str, voice: Voice) -> None:
    """Only binding authority requires or permits; a paraphrase is only cited."""
    library = library_of(row(rank, f', force = "{force}", quote = "{quote}"'))
    assert only(library, NEW_MEXICO).voice is voice


def test_rank_depends_on_the_forum() -> None:
    library = library_of(row(Rank.OWN_CIRCUIT))
    assert only(library, {"circuit": "ninth"}).rank is Rank.SISTER_CIRCUIT
    assert only(library, {}).rank is Rank.SISTER_CIRCUIT
    assert only(library, {"circuit": "tenth"}).rank is Rank.OWN_CIRCUIT
    order = library_of(row(Rank.OWN_DISTRICT))
    assert only(order, {"circuit": "tenth"}).rank is Rank.CIRCUIT_DISTRICT
    assert only(order, {"court": "D. Kan."}).rank is Rank.CIRCUIT_DISTRICT
    assert only(order, {"circuit": "first"}).rank is Rank.ELSEWHERE


def test_a_court_alone_places_the_case_in_its_circuit() -> None:
    for district in COURTS.districts.values():
        assert law_on(SHIPPED, {"court": district.id}).circuit == district.circuit
    assert only(library_of(row(Rank.OWN_CIRCUIT)), {"court": "D.N.M."}).binding


def test_a_federal_rule_binds_every_court() -> None:
    library = library_of('{ id = "rule", kind = "rule", answer = "good_cause" }')
    for facts in ({}, NEW_MEXICO, {"circuit": "dc"}):
        authority = only(library, facts)
        assert (authority.rank, authority.binding) == (Rank.SUPREME, True)


def test_a_local_rule_binds_in_its_own_districts_and_does_not_exist_elsewhere() -> None:
    library = library_of(
        '{ id = "rule", kind = "local_rule", court = ["N.D. Tex.", "S.D. Tex."], '
        'answer = "good_cause" }'
    )
    for court in ("N.D. Tex.", "S.D. Tex."):
        assert only(library, {"court": court}).binding
    for facts in ({"court": "W.D. Tex."}, {"circuit": "fifth"}, {}):
        assert law_on(library, facts).on("protection") == ()


def test_every_shipped_authority_has_the_rank_of_its_kind() -> None:
    for precedent in SHIPPED.precedents.values():
        for circuit in COURTS.circuits:
            rank = rank_in_forum(precedent, circuit, None)
            if precedent.kind is Kind.LOCAL_RULE:
                assert rank is None
            elif precedent.circuit is None:
                assert rank is Rank.SUPREME
            else:
                assert rank is not None
                assert rank.in_forum is (precedent.circuit == circuit)


def test_the_law_is_sorted_by_rank_then_latest_first() -> None:
    for circuit in COURTS.circuits:
        law = law_of_forum(SHIPPED, TODAY, circuit, None)
        for group in law.authorities.values():
            assert list(group) == sorted(
                group, key=lambda a: (-a.rank, -a.holding.since.toordinal())
            )


# Later history

LIMITED = library_of(
    '{ id = "limited", court = "5th Cir.", decided = 2012-08-10, holding = ['
    '{ key = "procedure", when = { qi_asserted = true }, answer = "good_cause" }, '
    '{ key = "other", question = "witness", answer = "yes" }], '
    'history = [{ treatment = "limited", from = 2022-11-30, note = "Limited.", '
    'holdings = ["procedure"], when = { motion = "pending", motion_kind = "dismiss" } }] }'
)
FIFTH: Facts = {"circuit": "fifth", "qi_asserted": True}
DISMISS: Facts = {**FIFTH, "motion": "pending", "motion_kind": "dismiss"}
LIMIT = date(2022, 11, 30)


def test_a_limited_holding_loses_force_only_on_the_facts_and_from_the_day_of_the_limit() -> None:
    assert weighing(LIMITED, DISMISS, LIMIT - timedelta(days=1)).answer == "good_cause"
    assert weighed(LIMITED, DISMISS, LIMIT) is None
    summary: Facts = {**DISMISS, "motion_kind": "summary_judgment"}
    for facts in (FIFTH, {**FIFTH, "motion": "pending"}, summary):
        assert weighing(LIMITED, facts, LIMIT).answer == "good_cause"


def test_a_limit_on_one_holding_leaves_the_others_of_the_precedent() -> None:
    assert weighed(LIMITED, DISMISS, LIMIT, question="witness") is not None


def test_a_holding_does_not_apply_to_what_it_excepts() -> None:
    """Each of its exceptions is enough; one on an unknown fact is not met."""
    library = library_of(
        '{ id = "rule", kind = "rule", answer = "entitled", when = { qi_asserted = true }, '
        'unless = [{ opposed = false }, { motion = "denied", own_records = true }] }'
    )
    known: Facts = {"qi_asserted": True, "motion": "denied"}
    for facts in (known, {**known, "opposed": True}, {**known, "own_records": False}):
        assert weighing(library, facts).answer == "entitled"
    for facts in ({**known, "opposed": False}, {**known, "own_records": True}):
        assert weighed(library, facts) is None


def treated(how: str) -> Library:
    """An opinion of 2010 treated in June 2015, and an order of its circuit against it."""
    return library_of(
        '{ id = "treated", court = "10th Cir.", decided = 2010-01-01, answer = "entitled", '
        f'history = [{{ treatment = "{how}", from = 2015-06-01, note = "So." }}] }}',
        '{ id = "order", decided = 2011-01-01, answer = "disfavored" }',
    )


@pytest.mark.parametrize("ending", ["overruled", "abrogated", "reversed", "vacated", "withdrawn"])
def test_an_overruled_precedent_is_good_until_the_day_before(ending: str) -> None:
    library = treated(ending)
    precedent = library.precedents["treated"]
    assert weighing(library, NEW_MEXICO, date(2015, 5, 31)).answer == "entitled"
    assert treatment(precedent, date(2015, 5, 31)) == GOOD_LAW
    after = weighing(library, NEW_MEXICO, date(2015, 6, 1))
    assert (after.answer, after.against) == ("disfavored", ())
    assert treatment(precedent, date(2015, 6, 1)) == ending


@pytest.mark.parametrize("mild", ["questioned", "clarified", "affirmed", "followed", "noted"])
def test_a_treatment_that_ends_nothing_leaves_the_precedent_in_force(mild: str) -> None:
    library = treated(mild)
    assert weighing(library, NEW_MEXICO, date(2016, 1, 1)).answer == "entitled"
    assert treatment(library.precedents["treated"], date(2016, 1, 1)) == GOOD_LAW


def test_a_precedent_is_good_from_the_day_of_decision() -> None:
    library = library_of('{ id = "one", decided = 2020-01-01, answer = "entitled" }')
    assert weighed(library, NEW_MEXICO, date(2019, 12, 31)) is None
    assert weighing(library, NEW_MEXICO, date(2020, 1, 1)).answer == "entitled"


def test_a_date_known_by_its_year_counts_from_the_end_of_the_year() -> None:
    """A precedent is not applied to a day on which it may not have been decided."""
    library = library_of(
        '{ id = "one", decided = 2020-07-01, precision = "year", answer = "entitled" }'
    )
    assert weighed(library, NEW_MEXICO, date(2020, 12, 30)) is None
    assert weighing(library, NEW_MEXICO, date(2020, 12, 31)).answer == "entitled"


def test_practice_reported_earlier_is_good_from_its_own_day() -> None:
    library = library_of('{ id = "one", since = 1995-03-01, answer = "entitled" }')
    assert weighed(library, NEW_MEXICO, date(1995, 2, 28)) is None
    assert weighing(library, NEW_MEXICO, date(1995, 3, 1)).answer == "entitled"


def test_backe_is_limited_by_carswell_on_a_motion_to_dismiss() -> None:
    """The shipped example: the careful procedure ends on those facts, from that day."""
    facts: Facts = {**DISMISS, "facts_needed": True, "specific_facts": True, "request": "stay"}

    def applied(facts: Facts, day: date) -> set[str]:
        groups = law_on(SHIPPED, facts, day).applying(SHIPPED.vocabulary.bits(facts))
        authorities = (a.holding for group in groups.values() for a in group)
        return {h.key for h in authorities if h.precedent.id == "backe-v-leblanc"}

    backe = SHIPPED.precedents["backe-v-leblanc"]
    limited = {key for e in backe.history if e.treatment.ends_force for key in e.holdings}
    eve = LIMIT - timedelta(days=1)
    assert (treatment(backe, eve), treatment(backe, LIMIT)) == (GOOD_LAW, "limited")
    assert applied(facts, eve) & limited
    assert not applied(facts, LIMIT) & limited
    summary: Facts = {**facts, "motion_kind": "summary_judgment"}
    assert applied(summary, LIMIT) == applied(summary, eve)


def test_history_is_told_up_to_the_day_oldest_first() -> None:
    for precedent in SHIPPED.precedents.values():
        for day in (date(2000, 1, 1), TODAY):
            told = events(precedent, day)
            assert all(event.since <= day for event in told)
            assert [e.since for e in told] == sorted(e.since for e in told)
            sentences = history_sentences(precedent, None, day, SHIPPED)
            assert {event.note for event in told} <= set(sentences)
            assert not precedent.note or precedent.note in sentences


def test_an_old_check_is_said_to_be_due() -> None:
    precedent = next(iter(SHIPPED.precedents.values()))
    checked = precedent.checked or SHIPPED.about.checked
    fresh = checked + timedelta(days=SHIPPED.about.fresh_days)
    assert not SHIPPED.due_for_checking(precedent, fresh)
    assert SHIPPED.due_for_checking(precedent, fresh + timedelta(days=1))
    told = history_sentences(precedent, None, fresh + timedelta(days=1), SHIPPED)
    assert f"Last checked on {checked.isoformat()}: due for review." in told
