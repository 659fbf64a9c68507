"""The memo: Markdown in the order of a bench memo, whatever text a person has put into it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from qiwizard.documents.memo import escaped, memo
from qiwizard.documents.summary import summary
from qiwizard.documents.telling import READ_SAYS
from qiwizard.documents.words import AID_NOT_ADVICE
from qiwizard.law.citation import cite_holding
from qiwizard.law.facts import Value
from qiwizard.law.history import history_sentences
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.ruling import rule
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


ALWAYS = (
    "Question presented",
    "Short answer",
    "Discussion",
    "Next steps",
    "Table of authorities",
)
ORDER = (
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


@pytest.mark.parametrize("known", POSTURES)
def test_memo_has_the_sections_of_a_bench_memo(library: Library, known: dict[str, Value]) -> None:
    """The sections stand in the order of a bench memo; one with nothing in it is left out."""
    titles = list(sections(memo(library, session_of(known))))[1:]
    assert titles == [title for title in ORDER if title in titles]
    assert set(ALWAYS) <= set(titles)
    assert ("Posture" in titles) == bool(known or session_of(known).posture.open)


def test_section_is_there_when_there_is_something_to_say(library: Library) -> None:
    """A posture with contrary authority, ways to change it and open facts has every section."""
    assert set(ORDER) <= sections(memo(library, session_of(TENTH))).keys()


def test_memo_says_whose_case_and_which_law_it_is_about(library: Library) -> None:
    """The opening gives caption, docket, forum and the day of the law."""
    session = session_of(TENTH).naming(Matter("Doe v. Roe", "1:26-cv-1", "For Monday."))
    opening = words(sections(memo(library, session))[""])
    for part in ("Doe v. Roe", "1:26-cv-1", "D.N.M.", "Jan. 31, 2026", "For Monday."):
        assert part in opening


@pytest.mark.parametrize("caption", ["", " ", "\n\t"])
def test_memo_without_a_caption_has_a_title(library: Library, caption: str) -> None:
    """A caption of blanks counts as none: the heading never stands empty."""
    tokens = parsed(memo(library, session_of(TENTH).naming(Matter(caption))))
    assert tokens[0].tag == "h1"
    assert len(tokens[1].content) > 3


@pytest.mark.parametrize("known", POSTURES)
def test_short_answer_gives_outcome_strength_and_alternatives(
    library: Library, known: dict[str, Value]
) -> None:
    """The short answer names the outcome, how sure it is, and every alternative."""
    ruling = rule(library, Posture.of(known), DAY)
    answer = list(paragraphs(sections(memo(library, session_of(known)))["Short answer"]))
    assert answer[1].startswith(
        f"{library.outcomes[ruling.outcome].label}, {ruling.strength.word} ("
    )
    assert answer[1].endswith(ruling.headline)
    for alternative, paragraph in zip(ruling.alternatives, answer[2:], strict=True):
        label = library.outcomes[alternative.outcome].label
        assert paragraph.startswith(f"Alternatively {label}: {alternative.because}")


def test_no_alternative_stands_without_an_authority(library: Library) -> None:
    """A conclusion of the other side is cited like any other, where it is drawn."""
    known: dict[str, Value] = {"circuit": "ninth", "qi_asserted": True, "motion": "promised"}
    ruling = rule(library, Posture.of(known), DAY)
    assert ruling.alternatives
    answer = sections(memo(library, session_of(known)))["Short answer"]
    drawn = [text for text in paragraphs(answer) if text.startswith("Alternatively")]
    assert len(drawn) == len(ruling.alternatives)
    for text, alternative in zip(drawn, ruling.alternatives, strict=True):
        assert any(cite_holding(placed.holding) in text for placed in alternative.authority)


@pytest.mark.parametrize("known", POSTURES)
def test_every_finding_is_discussed_with_its_authority(
    library: Library, known: dict[str, Value]
) -> None:
    """Each finding stands in the discussion with its conclusion and authority for it."""
    ruling = rule(library, Posture.of(known), DAY)
    discussion = words(sections(memo(library, session_of(known)))["Discussion"])
    for finding in ruling.findings:
        assert finding.question.asks in discussion
        assert finding.conclusion in discussion
        leading = finding.authority_for[0].holding
        assert f"For: {cite_holding(leading)} (" in discussion
        if finding.authority_against:
            assert f"Against: {cite_holding(finding.authority_against[0].holding)} (" in discussion


def in_table(text: str) -> list[str]:
    """The entries of the table of authorities, as rendered."""
    return list(paragraphs(sections(text)["Table of authorities"]))[1:]


@pytest.mark.parametrize("known", POSTURES)
def test_table_holds_every_authority_cited(library: Library, known: dict[str, Value]) -> None:
    """Whatever the memo cites, for, against or for an alternative, is in the table."""
    ruling = rule(library, Posture.of(known), DAY)
    placed = [p for f in ruling.findings for p in (*f.authority_for, *f.authority_against)]
    placed += [p for alternative in ruling.alternatives for p in alternative.authority]
    entries = in_table(memo(library, session_of(known)))
    for one in placed:
        assert any(e.startswith(f"{cite_holding(one.holding)} (") for e in entries), one.holding.id


def test_table_tells_how_each_was_verified_and_what_became_of_it(library: Library) -> None:
    """An entry says where it was read, how it was verified, and its later history."""
    entries = in_table(memo(library, session_of(FIFTH)))
    ruling = rule(library, Posture.of(FIFTH), DAY)
    for finding in ruling.findings:
        for placed in finding.authority_for:
            holding = placed.holding
            cited = f"{cite_holding(holding)} ("
            own = [e for e in entries if e.startswith(cited) and holding.url in e]
            assert any(READ_SAYS[holding.verified] in entry for entry in own)
            for sentence in history_sentences(holding.precedent, holding.key, DAY, library):
                assert " ".join(sentence.split()) in entries


def test_no_authority_is_called_primary_or_secondary(library: Library) -> None:
    """That would be taken for its kind: memo and summary say how each was read."""
    posture, words = session_of(FIFTH), set(READ_SAYS.values())
    cited = {p.holding.verified for p in rule(library, Posture.of(FIFTH), DAY).cited}
    for text in (memo(library, posture), " ".join(summary(library, posture).split())):
        assert not any(f"; {way.value})" in text for way in cited)
        assert {f"; {READ_SAYS[way]})" in text for way in cited} == {True}
    assert len(words) == len(READ_SAYS)


def test_unverified_pins_are_said_to_be_so(library: Library) -> None:
    """Where no pin cite is known the table says that, instead of nothing."""
    ruling = rule(library, Posture.of(FIFTH), DAY)
    unknown = [
        p.holding
        for f in ruling.findings
        for p in f.authority_for
        if not p.holding.pin and not p.holding.precedent.source.rule
    ]
    assert unknown
    entries = in_table(memo(library, session_of(FIFTH)))
    for holding in unknown:
        cited = f"{cite_holding(holding)} (pin not verified"
        assert any(entry.startswith(cited) for entry in entries)


def test_memo_says_once_that_it_is_no_advice(library: Library) -> None:
    """The last words say plainly, and once, what the memo is."""
    text = words(parsed(memo(library, session_of(TENTH))))
    assert text.count(AID_NOT_ADVICE) == 1
    assert text.endswith(AID_NOT_ADVICE)


# Text of the user's own


FLAVOURS = ("commonmark", "js-default")


def shape(tokens: list[Token]) -> list[tuple[str, str]]:
    """The structure of a Markdown text: its tokens, their text left out."""
    return [(token.type, token.tag) for token in tokens if token.type != "text"]


@lru_cache(maxsize=50)
def plain_shape(flavour: str, notes: str = "x") -> list[tuple[str, str]]:
    """The structure of the memo with a harmless text in it."""
    session = session_of(TENTH, "x")
    session = session.naming(replace(session.matter, notes=notes))
    return shape(parsed(memo(shipped_library(), session), flavour))


def plain_lines(text: str) -> str:
    """A harmless text with the lines and paragraphs of another."""
    return "\n".join("x" if one_line(line) else "" for line in text.splitlines())


def shows_literally(text: str) -> None:
    """Assert that a text makes no difference to the memo but for being shown in it."""
    written = memo(shipped_library(), session_of(TENTH, text))
    shown = one_line(text)
    for flavour in FLAVOURS:
        tokens = parsed(written, flavour)
        assert shape(tokens) == plain_shape(flavour, plain_lines(text))
        seen = list(paragraphs(tokens))
        assert one_line(f"{text}, {text}") == seen[0]
        noted = seen[2 : seen.index("Question presented")]
        assert " ".join(noted) == one_line(" ".join(text.splitlines()))
        assert sum(f"({shown})" in block for block in seen) > len(TENTH)


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


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028"])
def test_notes_keep_their_lines_and_paragraphs(end: str) -> None:
    """A memo shows them as they were typed, on whatever system; a list stays text."""
    notes = end.join(("First.", "", "Second.", "- item"))
    text = memo(shipped_library(), session_of(TENTH).naming(Matter(notes=notes)))
    assert "\n\nFirst.\n\nSecond.  \n\\- item\n\n" in text
    assert "U+" not in text


def test_memo_holds_no_html_and_no_links(library: Library) -> None:
    """Nothing in the memo is HTML, a link or an image, not even by the library's own text."""
    for known in POSTURES:
        kinds = {token.type for token in parsed(memo(library, session_of(known, HARMFUL[0])))}
        assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_block"}


# The same in plain text


@pytest.mark.parametrize("known", POSTURES)
def test_plain_summary_keeps_to_its_width(library: Library, known: dict[str, Value]) -> None:
    """The summary in plain text has lines of at most 78 characters, long addresses aside."""
    text = summary(library, session_of(known, "Doc. 38"))
    assert all(len(line) <= 78 or " " not in line.strip() for line in text.splitlines())


@pytest.mark.parametrize("known", POSTURES)
def test_plain_summary_lists_every_authority_it_cites(
    library: Library, known: dict[str, Value]
) -> None:
    """The table of authorities in plain text holds those of the alternatives too."""
    table = summary(library, session_of(known)).rpartition("Table of authorities")[2]
    unbroken = "".join(table.split())
    ruling = rule(library, Posture.of(known), DAY)
    placed = [p for f in ruling.findings for p in (*f.authority_for, *f.authority_against)]
    placed += [p for alternative in ruling.alternatives for p in alternative.authority]
    for one in placed:
        entry = "".join(f"* {cite_holding(one.holding)} (".split())
        assert entry in unbroken, one.holding.id


def test_a_docket_number_stays_readable_in_the_source() -> None:
    """A hyphen inside a word is no markup, and is not written as if it were."""
    docket = "No. 1:22-cv-00805-MV-JMR"
    assert escaped(docket) == docket
    assert escaped("- a dash, a--b") == "\\- a dash, a\\-\\-b"
