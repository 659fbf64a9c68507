"""Ruling on many postures in one process: `rule --batch`."""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from postures import PLAIN_FACTS, SHIPPED, TODAY, postures, values_of
from terminal import run_piped

from qiwizard import batch
from qiwizard.batch import read_request, rule_on_lines, ruling_row
from qiwizard.errors import UserError
from qiwizard.files import MOST_BYTES
from qiwizard.law.facts import Value
from qiwizard.law.posture import Posture
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session_file import parse, session_from

Rows = list[dict[str, Any]]


def ruled(*lines: str | bytes) -> tuple[int, Rows]:
    """How many of some lines were bad, and the results."""
    source = io.BytesIO(b"\n".join(x if isinstance(x, bytes) else x.encode() for x in lines))
    results = io.StringIO()
    bad = rule_on_lines(SHIPPED, source, results, TODAY, "cases.ndjson")
    return bad, [json.loads(line) for line in results.getvalue().splitlines()]


def as_json(posture: Posture) -> dict[str, Any]:
    """A posture as `rule` reads it."""
    return {"posture": dict(posture.known), "session": {"open": sorted(posture.open)}}


@given(st.lists(postures(), max_size=4))
def test_each_line_gets_the_ruling_of_its_posture_in_order(drawn: list[Posture]) -> None:
    """The same ruling as on the posture alone, under the id that the line gave."""
    bad, rows = ruled(*(json.dumps({"id": n, **as_json(p)}) for n, p in enumerate(drawn)))
    expected = [
        json.loads(json.dumps({"id": n, **ruling_row(rule(SHIPPED, p, TODAY))}))
        for n, p in enumerate(drawn)
    ]
    assert (bad, rows) == (0, expected)


def test_facts_may_stand_on_the_line_by_themselves() -> None:
    """With or without an id among them."""
    facts = {"circuit": "tenth", "qi_asserted": True, "motion": "pending"}
    _, [bare, named, wrapped] = ruled(
        json.dumps(facts), json.dumps({"id": "a", **facts}), json.dumps({"posture": facts})
    )
    assert bare == wrapped
    assert named == {"id": "a", **bare}


def test_a_result_says_what_was_ruled_and_on_which_holdings() -> None:
    """Outcome, strength, day, terms, alternatives and the holdings cited, and nothing more."""
    facts: dict[str, Value] = {"circuit": "tenth", "qi_asserted": True, "motion": "pending"}
    _, [row] = ruled(json.dumps(facts))
    ruling = rule(SHIPPED, Posture.of(facts), TODAY)
    assert row == {
        "outcome": ruling.outcome,
        "strength": ruling.strength.word,
        "as_of": TODAY.isoformat(),
        "terms": list(ruling.terms),
        "alternatives": [
            {"outcome": a.outcome, "authorities": [p.holding.id for p in a.authority]}
            for a in ruling.alternatives
        ],
        "cited": [placed.holding.id for placed in ruling.cited],
    }
    assert row["cited"]


def test_a_forum_may_be_named_as_for_rule() -> None:
    """By any name that `rule` takes in a file."""
    _, [named, by_id] = ruled(
        '{"circuit": "10th Cir.", "court": "new mexico"}', '{"circuit": "tenth", "court": "D.N.M."}'
    )
    assert named == by_id
    assert "outcome" in named


BAD = {
    '{"id": 7, "motion": "pendng"}': "posture.motion: 'pendng' is not a value of this fact; "
    "did you mean pending?",
    '{"qi_asserted": 1}': "posture.qi_asserted: 1 is not a value of this fact",
    '{"weather": true}': "posture.weather: no such fact",
    '{"circuit": "fifth", "court": "D.N.M."}': "posture.court: D.N.M. is in the circuit",
    '{"posture": {}, "posture": {}}': "the key 'posture' appears twice",
    '{"posture": []}': "posture: a list is not permitted",
    '{"id": 1.5}': "id: is not permitted; permitted: text or a whole number",
    '{"id": true}': "id: is not permitted",
    '{"id": null, "motion": null}': "posture.motion: null is not a value",
    "[1]": "not a JSON object",
    'motion = "pending"': "not a JSON object",
    "{": "not readable as JSON: Expecting property name enclosed in double quotes, column 2",
    '{"id": 7 "motion": "pending"}': "not readable as JSON: Expecting ',' delimiter, column 10",
    '{"motion": "pending"  ': "not readable as JSON: Expecting ',' delimiter, column 21",
    '{"motion": "pending': "not readable as JSON: Unterminated string starting at column 12",
    '{"motion": NaN}': "posture.motion: nan is not a value",
    '{"schema": "qiwizard/session/2", "posture": {}}': "schema: 'qiwizard/session/2' was written",
    '{"x": ' + "[" * 100_000: "not readable",
    '{"id": ' + "1" * 5000 + "}": "not readable",
}


@pytest.mark.parametrize("line", BAD, ids=lambda line: line[:40])
def test_a_bad_line_is_reported_and_passed_over(
    line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line of message with the number, an object in its place, and the rest goes on."""
    bad, [before, wrong, after] = ruled("{}", line, "{}")
    assert bad == 1
    assert before == after
    assert wrong["line"] == 2
    assert BAD[line] in wrong["error"]
    message = capsys.readouterr().err
    assert message.startswith("cases.ndjson: line 2: ")
    assert BAD[line] in message
    assert message.count("line ") == 1
    assert message.count("\n") == 1


def test_the_id_of_a_bad_line_is_echoed() -> None:
    """So that its place among the results of others can be told."""
    _, [row] = ruled('{"id": "case 12", "motion": "no"}')
    assert row["id"] == "case 12"


def test_lines_keep_their_numbers_past_blank_ones() -> None:
    """A blank line gives no result but counts as a line; a byte order mark is nothing."""
    _, rows = ruled(b"\xef\xbb\xbf{}", "", "   ", b"\xff", "{}\r")
    assert [row.get("line") for row in rows] == [None, 4, None]


def test_a_line_without_end_is_refused_and_not_held() -> None:
    """Of a line larger than any posture only the beginning is read into memory."""
    endless = b'{"motion": "' + b"x" * (3 * MOST_BYTES) + b'"}'
    bad, [long, after] = ruled(endless, "{}")
    assert bad == 1
    assert f"longer than {MOST_BYTES} bytes" in long["error"]
    assert "outcome" in after


class _OneByOne(io.RawIOBase):
    """A source that hands out a line only when the result of the one before has been written."""

    def __init__(self, lines: list[bytes], results: io.StringIO) -> None:
        self._lines = iter(lines)
        self._results = results
        self._given = 0

    def readline(self, _size: int | None = -1, /) -> bytes:
        assert self._results.getvalue().count("\n") == self._given
        with suppress(StopIteration):
            line = next(self._lines)
            self._given += 1
            return line
        return b""


def test_each_result_is_written_before_the_next_line_is_read() -> None:
    """Nothing is gathered up: memory stays the same, and a partner at a pipe gets its answer."""
    results = io.StringIO()
    source = _OneByOne([b"{}\n", b"oops\n", b'{"id": 3}\n'], results)
    assert rule_on_lines(SHIPPED, source, results, TODAY, "pipe") == 1  # type: ignore[arg-type]
    assert results.getvalue().count("\n") == 3


def test_keys_that_mean_nothing_are_noted_once(capsys: pytest.CaptureFixture[str]) -> None:
    """As `rule` does, but not for every line of thousands."""
    line = '{"posture": {}, "label": 1}'
    bad, _ = ruled(line, line)
    assert bad == 0
    assert (
        capsys.readouterr().err
        == "cases.ndjson: line 1: note: `label` is not read, here and below\n"
    )


def odd_values() -> st.SearchStrategy[Any]:
    """What may stand where a value should, right or wrong."""
    return st.one_of(
        st.none(), st.booleans(), st.integers(-1, 2), st.floats(), st.text(max_size=3),
        st.just([]), st.just({}),
        st.sampled_from(["pending", "tenth", "fifth", "D.N.M.", "10th", "New Mexico"]),
    )  # fmt: skip


def tables() -> st.SearchStrategy[dict[str, Any]]:
    """Session tables, most of them nearly right."""
    names = st.sampled_from([*PLAIN_FACTS, "circuit", "court", "weather"])
    right = st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(values_of(name)) for name in ("circuit", *PLAIN_FACTS)}
    )
    facts = st.builds(
        lambda some, odd: {**some, **odd}, right, st.dictionaries(names, odd_values(), max_size=2)
    )
    beside = {
        "session": st.one_of(odd_values(), st.builds(lambda n: {"open": n}, st.lists(names))),
        "matter": st.one_of(odd_values(), st.just({"caption": "A v. B"})),
        "source": st.one_of(odd_values(), st.dictionaries(names, st.text(max_size=3))),
        "created": odd_values(),
        "label": odd_values(),
    }
    return st.fixed_dictionaries({"posture": st.one_of(facts, odd_values())}, optional=beside)


@given(tables())
def test_a_line_is_refused_exactly_where_rule_refuses_the_file(table: dict[str, Any]) -> None:
    """The same postures pass, with the same facts known and open; the same mistakes are named."""
    text = json.dumps(table)
    mistakes, expected = _as_rule_reads(text)
    bad, [row] = ruled(text)
    assert row.get("error", "") == "; ".join(mistakes)
    assert bad == bool(mistakes)
    if expected is not None:
        assert read_request(text.encode(), SHIPPED).posture == expected


def _as_rule_reads(text: str) -> tuple[list[str], Posture | None]:
    """What `rule` would say of a file with that text, or the posture it would rule on."""
    try:
        return [], session_from(parse(text, "f"), "f", SHIPPED, TODAY).posture
    except UserError as error:
        return [message.removeprefix("f: ") for message in error.messages], None


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_shown_where_messages_go_to_a_terminal_and_results_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A line that is written over, wiped before each message and at the end."""
    shown = _Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(batch, "PAUSE", 0.0)
    ruled("{}", "oops", "{}")
    text = shown.getvalue()
    assert "3 lines, 1 bad" in text
    _, wiped, complaint = text.partition("\n")[0].rsplit("\r", 2)
    assert (wiped.strip(), complaint[:12]) == ("", "cases.ndjson")
    _, wiped, end = text.rsplit("\r", 2)
    assert (wiped.strip(), end) == ("", "")


def test_no_progress_among_messages_in_a_file(capsys: pytest.CaptureFixture[str]) -> None:
    """Where standard error is no terminal, only messages are written."""
    ruled("{}", "{}")
    assert capsys.readouterr().err == ""


def test_the_command(tmp_path: Path) -> None:
    """From a file or standard input; exit code 0, or 1 where a line was bad."""
    (tmp_path / "good.ndjson").write_text('{"id": 1}\n{"id": 2}\n')
    done = run_piped(tmp_path, "rule", "--batch", "good.ndjson", "--as-of", "2022-11-01")
    assert (done.status, done.err) == (0, "")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert [(row["id"], row["as_of"]) for row in rows] == [(1, "2022-11-01"), (2, "2022-11-01")]
    done = run_piped(tmp_path, "rule", "--batch", "-", stdin='{"motion": 3}\n')
    assert done.status == 1
    assert done.complaints[0].startswith("standard input: line 1: posture.motion: 3 is not")


@pytest.mark.parametrize(
    "arguments",
    [("--format", "json"), ("--output", "out.ndjson"), ("--force",)],
    ids=lambda a: a[0],
)
def test_options_that_a_batch_has_no_use_for_are_refused(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """They are not silently left aside."""
    done = run_piped(tmp_path, "rule", "--batch", "-", *arguments, stdin="{}\n")
    assert (done.status, done.out) == (2, "")
    assert done.complaints == [
        "--batch: writes a JSON object a line to standard output; "
        "permitted beside it: --as-of, --precedents"
    ]


def test_a_batch_that_cannot_be_read(tmp_path: Path) -> None:
    """One line, and no traceback."""
    done = run_piped(tmp_path, "rule", "--batch", "absent.ndjson")
    assert (done.status, done.out) == (2, "")
    assert done.complaints == ["absent.ndjson: cannot be read: No such file or directory"]
