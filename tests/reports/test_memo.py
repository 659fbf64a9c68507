"""The memo to chambers: its form and length, whatever text a person has put into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from postures import SHIPPED, TODAY
from rulings import OPINIONS, opinion, report_on, session_on

from qiwizard.law.citation import abbreviated
from qiwizard.law.facts import Value
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.weighing import Strength
from qiwizard.reports.as_markdown import escaped, paper
from qiwizard.reports.memo import memo
from qiwizard.reports.report import Report, deciding
from qiwizard.reports.sections import section
from qiwizard.reports.words import AID_NOT_ADVICE
from qiwizard.sessions.session import Matter, Session
from qiwizard.text import one_line

CREATED = datetime(2026, 1, 31, 12, tzinfo=UTC)
DAY = date(2026, 1, 31)
TENTH: Mapping[str, Value] = {
    "circuit": "tenth",
    "court": "D.N.M.",
    "request": "stay",
    "opposed": True,
    "qi_asserted": True,
    "motion": "pending",
    "motion_kind": "dismiss",
    "other_defendants": True,
}
FIFTH: Mapping[str, Value] = {
    "circuit": "fifth",
    "request": "both",
    "qi_asserted": True,
    "motion": "none",
    "specific_facts": True,
    "facts_needed": True,
}
SECOND: Mapping[str, Value] = {"circuit": "second", "qi_asserted": True, "motion": "pending"}
POSTURES: tuple[Mapping[str, Value], ...] = ({}, TENTH, FIFTH, SECOND)
HARMFUL = (
    "*x* [a](b) <b> # h",
    "**bold** _em_ __strong__ ~~gone~~ `code`",
    "![image](https://example.org/x.png) <https://example.org> [ref]: /url",
    "<script>alert(1)</script> <!-- comment --> &amp; &#35; &copy;",
    "# heading",
    "1. item",
    "12) item",
    "- item",
    "+ item",
    "> quotation",
    "---",
    "===",
    "***",
    "```fence",
    "    indented",
    "| a | b |",
    "one\n\ntwo\r\n# three\u2028four",
    "ends in a backslash \\",
    "\\* escaped \\\\",
    "trailing ##",
    "$x^2$ ^note^ [^1] {.class} :emoji:",
    "[red]Rich[/red] [b",
    "\x1b[31m red \u202e turned",
)
"""Text that some reader of Markdown takes for more than text."""


def session_of(
    known: Mapping[str, Value],
    text: str = "",
    still_open: tuple[str, ...] = ("own_records", "personal_knowledge"),
) -> Session:
    """A session with one text wherever a person may write."""
    return Session(
        as_of=DAY,
        created=CREATED,
        posture=Posture.of(known, still_open),
        sources=MappingProxyType(dict.fromkeys((*known, *still_open), text) if text else {}),
        matter=Matter(text, text, text),
    )


def parsed(text: str, flavour: str = "commonmark") -> list[Token]:
    """The tokens of a Markdown text, inline ones among them."""
    tokens = MarkdownIt(flavour).parse(text)
    return [part for token in tokens for part in (token, *(token.children or ()))]


def words(tokens: list[Token]) -> str:
    """What a reader of the rendered text sees, on one line."""
    kinds = {"text", "code_inline", "softbreak", "hardbreak"}
    seen = (" " if "break" in t.type else t.content for t in tokens if t.type in kinds)
    blocks = "".join(seen)
    return " ".join(blocks.split())


def sections(text: str) -> dict[str, list[Token]]:
    """The tokens of each section by its title; the opening under an empty title."""
    found: dict[str, list[Token]] = {"": []}
    title = ""
    tokens = parsed(text)
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "heading_open" and token.tag == "h2" and following is not None:
            title = following.content
            found[title] = []
        found[title].append(token)
    return found


def paragraphs(tokens: list[Token]) -> Iterator[str]:
    """The rendered text of each block."""
    for token in tokens:
        if token.type == "inline":
            yield words(list(token.children or ()))


TITLES = (
    "Question Presented",
    "Short Answer",
    "Facts",
    "Discussion",
    "Contrary Authority",
    "Recommended Disposition",
    "Table of Authorities",
)
MOST_WORDS = 1000
"""About two pages."""


def written(session: Session, *, full: bool = False) -> str:
    """The memo on a session under the shipped law."""
    return paper(memo(Report(shipped_library(), session), full=full))


@pytest.mark.parametrize("known", POSTURES[1:])
def test_the_memo_has_the_form_of_a_memo_to_chambers(known: dict[str, Value]) -> None:
    """Question, answer, facts, discussion, contrary authority, disposition, table."""
    titles = [t for t in sections(written(session_of(known))) if t]
    assert tuple(t for t in titles if t != "Not Enough Facts Yet") == TITLES


@pytest.mark.parametrize("id_", OPINIONS)
def test_the_memo_is_about_two_pages(id_: str) -> None:
    """On the facts of each of the five opinions; in full it is longer."""
    short, full = written(opinion(id_)), written(opinion(id_), full=True)
    assert len(short.split()) <= MOST_WORDS
    assert len(full.split()) > len(short.split())


@pytest.mark.parametrize("id_", OPINIONS)
def test_in_full_everything_of_the_report_follows(id_: str) -> None:
    """The memo first, then each section with nothing folded."""
    report = report_on(id_)
    titles = list(sections(paper(memo(report, full=True))))
    for name in ("why", "against", "changes", "orders", "next"):
        assert section(report, name).title in titles
    text = words(parsed(paper(memo(report, full=True))))
    for authority in report.ruling.cited:
        precedent = authority.holding.precedent
        name = precedent.source.rule or abbreviated(precedent.caption)
        assert one_line(name) in text


@pytest.mark.parametrize("id_", OPINIONS)
def test_the_question_presented_is_a_question(id_: str) -> None:
    """One sentence that begins with Whether, and no list of facts."""
    [question] = paragraphs(sections(written(opinion(id_)))["Question Presented"][3:])
    assert question.startswith("Whether ")
    assert question.endswith(".")
    assert ": " not in question


@pytest.mark.parametrize("id_", OPINIONS)
def test_the_short_answer_says_how_sure_it_is_and_why(id_: str) -> None:
    """A word for the strength, the deciding conclusion, counted practice."""
    report = report_on(id_)
    [answer] = paragraphs(sections(paper(memo(report)))["Short Answer"][3:])
    opening = answer.partition(".")[0].partition(";")[0]
    strengths = {"settled": "YNI", "leaning": "P", "contested": "U"}
    assert opening[0] in strengths[report.ruling.strength.word]
    assert deciding(report.ruling).conclusion in answer


def test_an_order_cited_as_an_example_came_out_as_the_ruling_does() -> None:
    """An order that allowed more or less than the ruling is no example of it."""
    cited = 0
    for order in SHIPPED.orders:
        report = Report(SHIPPED, session_on(order.facts, TODAY))
        told = [b.text for p in memo(report).sections for b in p.blocks if "E.g., " in b.text]
        for shown in (text.partition("E.g., ")[2] for text in told):
            named = [o for o in SHIPPED.orders if shown.startswith(abbreviated(o.caption))]
            assert report.ruling.outcome in {o.outcome for o in named}
            cited += 1
    assert cited


def test_the_memo_says_how_its_leading_authority_can_be_distinguished() -> None:
    """Not only contrary authority is doubted."""
    facts: dict[str, Value] = {"circuit": "second", "court": "S.D.N.Y.", "request": "stay"}
    facts |= {"qi_asserted": True, "individual_capacity": True, "motion": "promised"}
    report = Report(SHIPPED, session_on(facts, TODAY))
    doubt = deciding(report.ruling).leading[0].holding.distinguish
    discussion = next(p for p in memo(report).sections if p.title == "Discussion")
    assert doubt
    assert any(f"It can be distinguished: {doubt}" in b.text for b in discussion.blocks)


def test_what_a_contested_change_would_bring_is_only_possible() -> None:
    """The short answer says "would" of a change only if the ruling on it is not contested."""
    for order in SHIPPED.orders:
        report = Report(SHIPPED, session_on(order.facts, TODAY))
        if not report.changes:
            continue
        contested = report.changes[0].ruling.strength is Strength.CONTESTED
        told = next(p for p in memo(report).sections if p.title == "Short Answer").blocks[0].text
        result = told.rpartition(". ")[2].partition(" if ")[0].split()
        assert ("might" in result) is contested
        assert ("would" in result) is not contested


def test_facts_have_their_record_cites() -> None:
    """Each fact as a sentence, with the note where the record states it."""
    text = words(sections(written(session_of(TENTH, "Doc. 9")))["Facts"])
    assert "Defendants' motion to dismiss based on qualified immunity is pending (Doc. 9)." in text
    assert "Unknown: " in text


def test_where_essential_facts_are_missing_the_memo_says_so_first() -> None:
    """What is missing stands before the question."""
    titles = [t for t in sections(written(session_of({}))) if t]
    assert titles[:2] == ["Not Enough Facts Yet", "Question Presented"]


def test_what_the_memo_cites_is_in_its_table() -> None:
    """Case and rule, each once."""
    for id_ in OPINIONS:
        found = sections(written(opinion(id_)))
        table = words(found["Table of Authorities"])
        for title in ("Discussion", "Contrary Authority"):
            for token in found[title]:
                if token.type == "inline":
                    for name in cases_named(token):
                        assert name in table, (id_, name)


def cases_named(token: Token) -> Iterator[str]:
    """The full case names in a block, in italics; not those in which words are quoted."""
    children = list(token.children or ())
    italic = [b.content for a, b in pairwise(children) if a.type == "em_open"]
    for before, name in pairwise(["", *italic]):
        if " v. " in name and before != "quoted in":
            yield name


def test_memo_says_whose_case_and_which_law_it_is_about() -> None:
    """The opening gives caption, docket, forum and the day of the law."""
    session = session_of(TENTH).naming(Matter("Doe v. Roe", "1:26-cv-1", "For Monday."))
    opening = words(sections(written(session))[""])
    for part in ("Doe v. Roe", "1:26-cv-1", "D.N.M.", "Jan. 31, 2026"):
        assert part in opening


@pytest.mark.parametrize("caption", ["", " ", "\n\t"])
def test_memo_without_a_caption_has_a_title(caption: str) -> None:
    """A caption of blanks counts as none: the heading is never empty."""
    tokens = parsed(written(session_of(TENTH).naming(Matter(caption))))
    assert tokens[0].tag == "h1"
    assert len(tokens[1].content) > 3


def test_notes_keep_their_line_breaks() -> None:
    """Each line of a note is a line of the memo."""
    session = session_of(TENTH).naming(Matter("Doe v. Roe", "", "First line.\nSecond * line."))
    text = written(session)
    assert "First line.\\\nSecond \\* line." in text
    breaks = [t.type for t in parsed(text) if t.type == "hardbreak"]
    assert len(breaks) == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_notes_keep_their_paragraphs(end: str) -> None:
    """A memo shows them as they were typed, on whatever system; a list stays text."""
    notes = end.join(("First.", "", "Second.", "- item"))
    text = written(session_of(TENTH).naming(Matter(notes=notes)))
    assert "\n\n**Notes.** First.\n\nSecond.\\\n\\- item\n\n" in text
    assert "U+" not in text


def test_memo_says_once_that_it_is_no_advice(library: Library) -> None:
    """The last words say plainly, and once, what the memo is."""
    text = words(parsed(paper(memo(Report(library, session_of(TENTH))))))
    assert text.count(AID_NOT_ADVICE) == 1
    assert text.endswith(AID_NOT_ADVICE)


# Text of the user's own


FLAVOURS = ("commonmark", "js-default")


def shape(tokens: list[Token]) -> list[tuple[str, str]]:
    """The structure of a Markdown text: its tokens, their text left out."""
    return [(t.type, t.tag) for t in tokens if t.type not in ("text", "hardbreak")]


@lru_cache(maxsize=50)
def plain_shape(flavour: str, notes: str = "x") -> list[tuple[str, str]]:
    """The structure of the memo with a harmless text in it."""
    session = session_of(TENTH, "x")
    session = session.naming(replace(session.matter, notes=notes))
    return shape(parsed(written(session), flavour))


def plain_lines(text: str) -> str:
    """A harmless text with the lines and paragraphs of another."""
    return "\n".join("x" if line.strip() else "" for line in text.splitlines())


def shows_literally(text: str) -> None:
    """Assert that a text makes no difference to the memo but for being shown in it."""
    memo_ = written(session_of(TENTH, text))
    shown = one_line(text)
    for flavour in FLAVOURS:
        tokens = parsed(memo_, flavour)
        assert shape(tokens) == plain_shape(flavour, plain_lines(text))
        seen = list(paragraphs(tokens))
        assert shown == seen[0]
        assert seen[1].startswith(f"{shown} · ")
        facts = next(block for block in seen if "is pending (" in block)
        assert facts.count(f"({shown})") >= 4


@pytest.mark.parametrize("text", HARMFUL)
def test_text_of_a_person_is_never_markup(text: str) -> None:
    """Caption, docket, notes and sources are shown as written, and change nothing else."""
    shows_literally(text)


_PIECES = st.sampled_from([*"*_`[](){}<>#+-.!|~&$^\\=:;\"'/@1aé \n\t", "\x1b", "http://a.b", "<b>"])


@settings(max_examples=20)
@given(st.lists(_PIECES, min_size=1, max_size=14).map("".join).filter(one_line))
@example("0.")
@example("\\")
def test_any_text_of_a_person_is_never_markup(text: str) -> None:
    """No run of characters gets out of its place."""
    shows_literally(text)


def test_memo_holds_no_html_and_no_links() -> None:
    """Nothing in the memo is HTML, a link or an image, not even by the library's own text."""
    for known in POSTURES:
        kinds = {token.type for token in parsed(written(session_of(known, HARMFUL[0]), full=True))}
        assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_block"}


def test_a_docket_number_stays_readable_in_the_source() -> None:
    """A hyphen inside a word is no markup, and is not written as if it were."""
    docket = "No. 1:22-cv-00805-MV-JMR"
    assert escaped(docket) == docket
    assert escaped("- a dash, a--b") == "\\- a dash, a\\-\\-b"
