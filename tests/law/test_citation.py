"""Citations: put together by one formatter, and read back by the field's own parser."""

from __future__ import annotations

import re
from datetime import date

import pytest
from eyecite import get_citations
from eyecite.models import FullCaseCitation

from qiwizard.law.citation import (
    abbreviated,
    citation,
    cite_holding,
    full_citation,
    pin_label,
    short_citation,
)
from qiwizard.law.precedent import DecidedOrder, Holding, Kind, Precedent, Source, Verified
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.catalogue import cited_as
from qiwizard.text import spell_date

LIBRARY = shipped_library()
REPORTED = [p for p in LIBRARY.precedents.values() if p.source.volume]
IN_DATABASES = [p for p in LIBRARY.precedents.values() if p.source.database]
BY_DOCKET = [p for p in LIBRARY.precedents.values() if p.source.docket and not p.source.database]
RULES = [p for p in LIBRARY.precedents.values() if p.source.rule]
PINNED = [h for h in LIBRARY.holdings if h.pin]
OWN_PAGES = ("n.", "text at", "slip op.")
MONTH = r"(?:Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec)\.|May|June|July"
WHEN = rf"(?:(?:{MONTH}) (?:\d{{1,2}}, )?)?\d{{4}}"
NUMBER = r"(?=[^,]*\d{2})[A-Z0-9][\w.:/()-]*(?: [\w.:/()-]+){0,3}"
DOCKET = rf"(?:No\. {NUMBER}|Nos\. {NUMBER}(?:, {NUMBER})+)"
UNREAD = "(docket number not in the copy read)"
RULE = (
    r"(?:Fed\. R\. Civ\. P\. |[A-Z][A-Za-z.]*(?: [A-Z][A-Za-z.]*)* (?:Rule |LR )?"
    r"|D\.N\.M\.LR-Civ\. )"
    r"(?:CV-)?\d+(?:[.-]\d+)?(?:\([a-zA-Z0-9]+\))*"
)
"""A rule: whose it is, its number, its paragraphs."""


def precedent_of(
    source: Source,
    court: str = "5th Cir.",
    decided: date = date(2016, 6, 1),
    precision: str = "day",
) -> Precedent:
    """A precedent of our own making, for forms that the library does not have."""
    return Precedent(
        id="roe-v-elm",
        caption="Roe v. County of Elm",
        short="Roe",
        kind=Kind.RULE if source.rule else Kind.OPINION,
        courts=(court,),
        circuit=None,
        decided=decided,
        precision=precision,
        source=source,
        judge="",
        note="",
        verified=Verified.FULL,
        url="",
        checked=None,
        landmark=False,
        facts={},
        outcome=None,
        terms=(),
        relies_on=(),
        history=(),
    )


def parsed(text: str) -> list[FullCaseCitation]:
    """The citations that eyecite finds, each of which has to be a full one of a case."""
    found = get_citations(text)
    assert all(isinstance(one, FullCaseCitation) for one in found), found
    return [one for one in found if isinstance(one, FullCaseCitation)]


def reporter_of(found: FullCaseCitation) -> str:
    """The reporter as the parser corrects it."""
    edition = found.edition_guess
    return edition.short_name if edition else str(found.groups["reporter"])


def written(found: FullCaseCitation) -> str:
    """Volume, reporter and page in one."""
    return f"{found.groups['volume']} {reporter_of(found)} {found.groups['page']}"


def only(precedent: Precedent, pin: str = "") -> FullCaseCitation:
    """The one citation in a precedent's own, a later one in its note aside."""
    first, *later = parsed(full_citation(precedent, pin))
    assert all(written(one) in precedent.source.note for one in later)
    return first


def named(precedents: list[Precedent]) -> pytest.MarkDecorator:
    """A test of each of some precedents, called by its id."""
    return pytest.mark.parametrize("precedent", precedents, ids=[p.id for p in precedents])


@named(REPORTED)
def test_reported_case_parses_into_its_parts(precedent: Precedent) -> None:
    """Volume, reporter, page and year of a reported case are those of the file."""
    found = only(precedent)
    source = precedent.source
    assert found.groups["volume"] == str(source.volume)
    assert reporter_of(found) == source.reporter
    assert found.groups["page"] == str(source.page)
    assert found.year == precedent.decided.year


@named(IN_DATABASES)
def test_case_in_a_database_parses_into_its_parts(precedent: Precedent) -> None:
    """A WL or LEXIS citation is one citation, with the year and number of the file."""
    found = only(precedent)
    year, number = precedent.source.database.split()[0], precedent.source.database.split()[-1]
    reporter = precedent.source.database.removeprefix(year).removesuffix(number).strip()
    assert found.groups["volume"] == year == str(precedent.decided.year)
    assert reporter_of(found) == reporter
    assert found.groups["page"] == number
    assert found.year == precedent.decided.year
    assert full_citation(precedent).count(precedent.source.docket) >= 1


@named(BY_DOCKET)
def test_docket_citation_has_its_form(precedent: Precedent) -> None:
    """Without a reporter a case is cited by docket, court and day."""
    docket = re.escape(UNREAD) if precedent.source.docket == UNREAD else DOCKET
    assert re.fullmatch(docket, precedent.source.docket)
    courts = re.escape(" & ".join(precedent.courts))
    note = re.escape(f" {precedent.source.note}") if precedent.source.note else ""
    form = rf"{re.escape(abbreviated(precedent.caption))},? {docket} \({courts} {WHEN}\){note}"
    assert re.fullmatch(form, full_citation(precedent))
    assert not get_citations(full_citation(precedent))


@named(RULES)
def test_rule_is_cited_by_its_name(precedent: Precedent) -> None:
    """A rule has neither caption nor year."""
    assert re.fullmatch(RULE, precedent.source.rule)
    assert full_citation(precedent) == citation(precedent) == precedent.source.rule


def test_every_precedent_is_cited_in_one_of_these_ways() -> None:
    """There is no citation that none of the tests above looks at."""
    seen = {p.id for p in (*REPORTED, *IN_DATABASES, *BY_DOCKET, *RULES)}
    assert seen == set(LIBRARY.precedents)
    assert len({full_citation(p) for p in LIBRARY.precedents.values()}) == len(LIBRARY.precedents)


# Pins


@pytest.mark.parametrize("holding", PINNED, ids=[h.id for h in PINNED])
def test_pin_stands_between_source_and_date(holding: Holding) -> None:
    """The pin cite follows the source; a page of the slip opinion follows the whole citation."""
    source = holding.precedent.source
    text = cite_holding(holding)
    if source.rule:
        assert text == source.rule
        return
    own = holding.pin.startswith(OWN_PAGES)
    lead = ", " if source.volume or own else ", at "
    if source.volume and holding.pin.startswith("slip op."):
        assert text == f"{full_citation(holding.precedent)}, {holding.pin}"
    else:
        assert text.replace(f"{lead}{holding.pin} (", " (", 1) == full_citation(holding.precedent)
    assert pin_label(holding) == (holding.pin if own else f"at {holding.pin}")
    if source.volume or source.database:
        found = only(holding.precedent, holding.pin)
        assert found.year == holding.precedent.decided.year
        if re.fullmatch(r"[\d*–-]+", holding.pin):
            assert (found.metadata.pin_cite or "").removeprefix("at ") == holding.pin


@pytest.mark.parametrize("holding", PINNED, ids=[h.id for h in PINNED])
def test_pin_lies_in_the_opinion(holding: Holding) -> None:
    """A page pin of a reported case is not before its first page, nor absurdly far after it."""
    page = holding.precedent.source.page
    if page is None or not holding.pin[0].isdecimal():
        return
    first = int(re.match(r"\d+", holding.pin)[0])  # type: ignore[index]
    assert page <= first < page + 150


def test_unknown_pin_is_said_to_be_unknown() -> None:
    """Without a pin nothing is cited but the case, and the label says that it is not verified."""
    unknown = [h for h in LIBRARY.holdings if not h.pin and not h.precedent.source.rule]
    assert unknown
    assert {pin_label(holding) for holding in unknown} == {"pin not verified"}
    assert all(cite_holding(h) == full_citation(h.precedent) for h in unknown)


# Forms


@pytest.mark.parametrize(
    ("month", "spelled"),
    [
        *((1, "Jan."), (2, "Feb."), (3, "Mar."), (4, "Apr."), (5, "May"), (6, "June")),
        *((7, "July"), (8, "Aug."), (9, "Sept."), (10, "Oct."), (11, "Nov."), (12, "Dec.")),
    ],
)
def test_months_are_abbreviated_as_the_bluebook_does(month: int, spelled: str) -> None:
    """May, June and July stand in full, the others in their short form."""
    assert spell_date(date(2019, month, 9)) == f"{spelled} 9, 2019"
    assert spell_date(date(2019, month, 9), "month") == f"{spelled} 2019"
    assert spell_date(date(2019, month, 9), "year") == "2019"


@pytest.mark.parametrize("precision", ["day", "month", "year"])
def test_date_is_given_as_far_as_it_is_known(precision: str) -> None:
    """A docket citation never names a day that nobody knows."""
    source = Source(docket="No. 1:14-cv-00001")
    text = citation(precedent_of(source, "D.N.M.", precision=precision))
    when = {"day": "June 1, 2016", "month": "June 2016", "year": "2016"}[precision]
    assert text == f"No. 1:14-cv-00001 (D.N.M. {when})"


FORMS = {
    "volume of the Supreme Court": (
        Source(volume=457, reporter="U.S.", page=800),
        "U.S.",
        "457 U.S. 800 (2016)",
        "457 U.S. 800, 818 (2016)",
        "Roe, 457 U.S. at 818",
    ),
    "reporter without a blank": (
        Source(volume=392, reporter="F.3d", page=410),
        "10th Cir.",
        "392 F.3d 410 (10th Cir. 2016)",
        "392 F.3d 410, 818 (10th Cir. 2016)",
        "Roe, 392 F.3d at 818",
    ),
    "reporter with blanks": (
        Source(volume=640, reporter="F. Supp. 3d", page=1070),
        "D. Colo.",
        "640 F. Supp. 3d 1070 (D. Colo. 2016)",
        "640 F. Supp. 3d 1070, 818 (D. Colo. 2016)",
        "Roe, 640 F. Supp. 3d at 818",
    ),
    "Federal Appendix": (
        Source(volume=701, reporter="F. App'x", page=751, note="(unpublished)"),
        "11th Cir.",
        "701 F. App'x 751 (11th Cir. 2016) (unpublished)",
        "701 F. App'x 751, 818 (11th Cir. 2016) (unpublished)",
        "Roe, 701 F. App'x at 818",
    ),
    "docket and database": (
        Source(docket="No. 1:16-cv-00001", database="2016 WL 12345"),
        "D.N.M.",
        "No. 1:16-cv-00001, 2016 WL 12345 (D.N.M. June 1, 2016)",
        "No. 1:16-cv-00001, 2016 WL 12345, at 818 (D.N.M. June 1, 2016)",
        "Roe, 2016 WL 12345, at 818",
    ),
    "rule": (
        Source(rule="Fed. R. Civ. P. 26(d)(1)"),
        "",
        "Fed. R. Civ. P. 26(d)(1)",
        "Fed. R. Civ. P. 26(d)(1)",
        "Roe",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_form_of_each_kind_of_source(name: str) -> None:
    """Plain, pinned and short citation of each kind of source."""
    source, court, plain, pinned, short = FORMS[name]
    precedent = precedent_of(source, court)
    assert citation(precedent) == plain
    assert citation(precedent, "818") == pinned
    assert short_citation(precedent, "818") == short
    if source.volume:
        assert only(precedent, "818").metadata.pin_cite == "818"


@named([p for p in REPORTED if p.source.note and not p.source.note.startswith("(")])
def test_later_citation_is_set_off_by_a_comma(precedent: Precedent) -> None:
    """What became of a case on appeal follows its citation after a comma."""
    assert f"), {precedent.source.note}" in citation(precedent)


# Decided orders


@pytest.mark.parametrize("order", LIBRARY.orders, ids=[o.id for o in LIBRARY.orders])
def test_decided_order_is_cited_with_court_and_date(order: DecidedOrder) -> None:
    """As exactly as the date is known; a reported order by its year alone."""
    reported = re.match(r"\d+ (?:F\. Supp\.|F\.R\.D\.)", order.citation)
    when = order.decided.year if reported else spell_date(order.decided, order.precision)
    assert order.citation.endswith(f"({order.court} {when})")
    assert cited_as(order).startswith(abbreviated(order.caption))
    if reported:
        (found,) = parsed(cited_as(order))
        assert found.year == order.decided.year


def test_no_comma_before_a_citation_that_is_court_and_date_alone() -> None:
    """Where neither docket nor reporter is known, caption and parenthesis stand side by side."""
    bare = [order for order in LIBRARY.orders if order.citation.startswith("(")]
    assert bare
    for order in bare:
        assert cited_as(order) == f"{abbreviated(order.caption)} {order.citation}"
    precedent = precedent_of(Source(), "M.D. Ala.", precision="year")
    assert full_citation(precedent) == "Roe v. Cnty. of Elm (M.D. Ala. 2016)"


def test_order_that_is_a_precedent_too_is_cited_alike() -> None:
    """One order has one docket or page, whether it is an example or a precedent."""
    for precedent in LIBRARY.precedents.values():
        same = [
            order.citation.split(" (")[0].casefold()
            for order in LIBRARY.orders
            if precedent.id in order.same_case
            and order.caption == precedent.caption
            and (order.decided, order.precision) == (precedent.decided, precedent.precision)
            and order.court in precedent.courts
        ]
        cited = citation(precedent).casefold()
        assert not same or any(source in cited for source in same), (cited, same)


def test_a_pin_is_given_once() -> None:
    """The short form of a case in a database has its star page once."""
    source = Source(docket="No. 1:12-cv-00001", database="2012 WL 5974170")
    assert short_citation(precedent_of(source, "D. Kan."), "*2") == "Roe, 2012 WL 5974170, at *2"
    for holding in PINNED:
        if not holding.precedent.source.rule:
            text = short_citation(holding.precedent, holding.pin)
            assert text.count(holding.pin) == 1 or holding.pin in str(holding.precedent.source)


def test_pages_of_a_slip_opinion_follow_the_first_page_of_the_reporter() -> None:
    precedent = precedent_of(Source(volume=599, reporter="U.S.", page=736), "U.S.")
    assert short_citation(precedent, "slip op. at 4") == "Roe, 599 U.S. 736, slip op. at 4"
    assert citation(precedent, "slip op. at 4") == "599 U.S. 736 (2016), slip op. at 4"
