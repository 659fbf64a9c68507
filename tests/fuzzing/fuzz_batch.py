"""Random lines for `rule --batch`: postures, and postures spoilt in every way, a thousand a case.

What is known of a line when it is made is checked against its result: a posture must get the ruling
that the engine gives it alone, and what is no posture must be refused.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from fuzz_given import NASTY, FuzzError, Streams, spoilt

from qiwizard.batch import ruling_row
from qiwizard.cli import run
from qiwizard.errors import UserError
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import shipped_library
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session_file import json_table, parse, session_from
from qiwizard.text import visible

LINES = 1000
"""Lines of a case."""
SAMPLE = 0.05
"""The share of rulings that are compared with the engine's own."""
LIBRARY = shipped_library()
DAYS = (LIBRARY.about.begins, date(2005, 1, 1), date(2017, 5, 19), date(2022, 11, 29))
FACTS = LIBRARY.vocabulary.facts
NAMES = tuple(fact.name for fact in FACTS)
JUNK: tuple[Any, ...] = (
    *(0, 1, -1, 1.5, 1e308, float("nan"), float("inf"), 10**30, 10**4000, None),
    *([], {}, [[]], [{}], [1, "a"], {"a": {"a": []}}, "", "tenht", "9 3/4", " ", "nul\0"),
    *(text for text in NASTY if text != "\ud800"),
)
ODD = (
    *(
        "\ufeff",
        "\ufeff{}",
        "{",
        "}",
        "[]",
        "null",
        "true",
        '""',
        "0",
        "NaN",
        "{}{}",
        "{},",
        "{'a':1}",
    ),
    *('{"a":1,}', '{"\\ud800": 1}', '{"id":"\\ud800"}', '{"\\u0000":0}', '{"circuit":"\\u202e"}'),
    *('{"id":' + "[" * 2000, '{"x":' * 1200 + "1" + "}" * 1200, '{"id":' + "9" * 5000 + "}"),
    *(
        '{"a' + ".a" * 500 + '":1}',
        '{"posture":{"motion":"' + "x" * 5000 + '"}}',
        "\x00",
        "\x1b[2J",
    ),
    *('{"created":"9999-12-31T23:59:59-23:59"}', '{"schema":"qiwizard/session/9","posture":{}}'),
    *(
        '{"posture":{},"ruling":{"as_of":"0001-01-01"}}',
        '{"posture":{},"session":{"open":["court"]}}',
    ),
)
"""Whole lines that have been, or might be, trouble to some reader."""
CIRCUITS = tuple(LIBRARY.courts.circuits)
DISTRICTS = {name: tuple(d.id for d in LIBRARY.courts.of(name)) for name in CIRCUITS}
PLAIN = tuple(fact for fact in FACTS if fact.name not in ("circuit", "court"))


@dataclass(slots=True)
class Tally:
    """What a run came to see."""

    lines: int = 0
    ruled: int = 0
    refused: int = 0
    compared: int = 0
    ways: Counter[str] = field(default_factory=Counter)


TALLY = Tally()


@dataclass(frozen=True, slots=True)
class Given:
    """A line, and what is known of it."""

    line: bytes
    posture: Posture | None = None
    """The posture it must be ruled on; None if that is not known."""
    id: str | int | None = None
    """What must stand in its result."""
    bad: bool = False
    """Whether it must be refused."""


def batch(seed: int, folder: Path) -> None:
    """A thousand lines: each has a result, in order, and a posture has its own ruling."""
    rng = random.Random(seed)
    given = [_any_line(rng, number) for number in range(LINES)]
    ends = rng.choice((b"\n", b"\n", b"\r\n"))
    data = ends.join(one.line for one in given) + rng.choice((b"", ends, b"\n\n"))
    if rng.random() < 0.2:
        data = b"\xef\xbb\xbf" + data
    day = rng.choice(DAYS)
    source, words = "-", ["rule", "--batch", "-", "--as-of", day.isoformat()]
    if rng.random() < 0.5:
        source = words[2] = "lines.ndjson"
        (folder / source).write_bytes(data)
    with Streams(b"" if source != "-" else data) as streams:
        code = run(words)
    _check_streams(streams.said, streams.told)
    rows = _rows(streams.said)
    wanted = [(n, one) for n, one in enumerate(given, 1) if _counts(one.line, n)]
    if len(rows) != len(wanted):
        raise FuzzError(
            f"{len(wanted)} lines have {len(rows)} results; exit {code}: {streams.told[-1000:]!r}"
        )
    for row, (number, one) in zip(rows, wanted, strict=True):
        _check_row(row, number, one)
        if rng.random() < SAMPLE:
            _compare(row, number, one, day)
    bad = sum("error" in row for row in rows)
    if code != (1 if bad else 0):
        raise FuzzError(f"exit code {code} with {bad} bad lines")
    complaints = [line for line in streams.told.splitlines() if ": note: " not in line]
    if len(complaints) != bad:
        raise FuzzError(f"{bad} bad lines have {len(complaints)} messages")
    TALLY.lines += len(given)
    TALLY.refused += bad
    TALLY.ruled += len(rows) - bad


def _counts(line: bytes, number: int) -> bool:
    """Whether a line is to have a result: one that is not blank."""
    return bool((line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip())


def _check_streams(said: str, told: str) -> None:
    for text in (said, told):
        if "Traceback" in text or "a fault in the program" in text:
            raise FuzzError(f"a fault: {told[-2000:]}")
    if not said.isascii() or any(c < " " or c == "\x7f" for c in said.replace("\n", "")):
        raise FuzzError("a character that is no plain ASCII in the results")
    if visible(told, keep="\n") != told:
        raise FuzzError(f"a control character in the messages: {told!r:.2000}")


def _rows(said: str) -> list[dict[str, Any]]:
    if said and not said.endswith("\n"):
        raise FuzzError("the last result is not a whole line")
    rows = [json.loads(line) for line in said.splitlines()]
    if not all(isinstance(row, dict) for row in rows):
        raise FuzzError("a result that is no object")
    return rows


def _check_row(row: dict[str, Any], number: int, one: Given) -> None:
    where = f"line {number}, {one.line!r:.1000}: {json.dumps(row):.1000}"
    refused = "error" in row
    if refused and (row["line"] != number or not row["error"]):
        raise FuzzError(f"wrong number or no mistake named at {where}")
    if not refused and "outcome" not in row:
        raise FuzzError(f"neither ruled on nor refused at {where}")
    if one.id is not None and row.get("id") != one.id:
        raise FuzzError(f"another id at {where}")
    if one.bad and not refused:
        raise FuzzError(f"ruled on at {where}")
    if one.posture is not None and refused:
        raise FuzzError(f"refused at {where}")


def _compare(row: dict[str, Any], number: int, one: Given, day: date) -> None:
    """With the ruling of the engine, or with what `rule` makes of the line as a file."""
    posture, where = one.posture, f"line {number}, {one.line!r:.1000}: {json.dumps(row):.1000}"
    TALLY.compared += 1
    if posture is None:
        posture = _as_rule_reads(one.line, day)
        if (posture is None) != ("error" in row):
            raise FuzzError(f"otherwise than `rule` at {where}")
    if posture is None:
        return
    alone = json.loads(json.dumps(ruling_row(rule(LIBRARY, posture, day))))
    if {key: value for key, value in row.items() if key != "id"} != alone:
        raise FuzzError(f"not the ruling of the engine at {where}")


def _as_rule_reads(line: bytes, day: date) -> Posture | None:
    """The posture that `rule` finds in a file with that line; None if it refuses the file."""
    try:
        text = line.decode()
        if not text.lstrip().startswith("{"):
            return None
        table = json_table(text)
        id_ = table.pop("id", None)
        if isinstance(id_, bool) or not isinstance(id_, str | int | None):
            return None
        if "posture" not in table:
            table = {"posture": table}
        text = json.dumps(table)
        return session_from(parse(text, "f"), "f", LIBRARY, day).posture
    except (UserError, ValueError, RecursionError, TypeError):
        return None


# How lines are made


def _any_line(rng: random.Random, number: int) -> Given:
    way = rng.choice(WAYS)
    TALLY.ways[way.__name__.strip("_")] += 1
    given = way(rng, number)
    # A line break within is two lines, and a return is a blank: both would upset the count.
    return Given(given.line.replace(b"\n", b" "), given.posture, given.id, given.bad)


def _facts(rng: random.Random) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if rng.random() < 0.9:
        facts["circuit"] = rng.choice(CIRCUITS)
        if rng.random() < 0.6 and DISTRICTS[facts["circuit"]]:
            facts["court"] = rng.choice(DISTRICTS[facts["circuit"]])
    for fact in rng.sample(PLAIN, rng.randrange(len(PLAIN))):
        facts[fact.name] = rng.choice(fact.values)
    return facts


def _posture(rng: random.Random, number: int) -> Given:
    """A posture in one of the forms that are taken."""
    facts = _facts(rng)
    still_open = [name for name in NAMES if name not in facts and rng.random() < 0.1]
    id_ = rng.choice((None, number, f"case {number}", f"“{number}”\u202e"))
    table: dict[str, Any] = {} if id_ is None else {"id": id_}
    match rng.randrange(3):
        case 0:
            table |= facts
            still_open = []
        case 1:
            table |= {"posture": facts}
            still_open = []
        case _:
            table |= {"posture": facts, "session": {"open": still_open}}
            if rng.random() < 0.3:
                table |= {"matter": {"caption": "A v. B", "notes": rng.choice(NASTY[:13])}}
            if facts and rng.random() < 0.3:
                table |= {"source": {rng.choice(list(facts)): "Doc. 1"}}
    text = json.dumps(table, ensure_ascii=rng.random() < 0.5)
    pad = rng.choice(("", "", " ", "\t"))
    return Given(f"{pad}{text}{pad}".encode(), Posture.of(facts, still_open), id_)


def _wrong_value(rng: random.Random, number: int) -> Given:
    """A posture with a value that is none of its fact's."""
    facts = _facts(rng)
    fact = rng.choice(FACTS)
    junk = rng.choice(JUNK)
    facts[fact.name] = junk
    return Given(_dumped({"id": number, "posture": facts}), id=number, bad=True)


def _wrong_table(rng: random.Random, number: int) -> Given:
    """Junk where a table, a list or a text should be."""
    table: dict[str, Any] = {"id": number, "posture": _facts(rng)}
    key = rng.choice(
        ("posture", "session", "matter", "source", "created", "ruling", "label", "kept")
    )
    table[key] = rng.choice(JUNK)
    return Given(_dumped(table), id=number)


def _wrong_key(rng: random.Random, number: int) -> Given:
    """A key that is no fact."""
    key = rng.choice((*(n for n in NASTY if n != "\ud800"), "weather", "Motion", "a" * 3000))
    return Given(_dumped({"id": number, key: rng.choice((True, "tenth"))}), id=number, bad=True)


def _twice(rng: random.Random, number: int) -> Given:
    """A key that stands twice, at the top or within."""
    facts = json.dumps({**_facts(rng), "motion": "none"})
    line = rng.choice(
        (
            f'{{"id": {number}, "posture": {facts}, "posture": {facts}}}',
            f'{{"id": {number}, "posture": {facts[:-1]}, "motion": "none"}}}}',
            f'{{"id": {number}, "id": {number}, "posture": {facts}}}',
        )
    )
    return Given(line.encode(), bad=True)


def _cut(rng: random.Random, number: int) -> Given:
    """A line that ends too early."""
    line = _posture(rng, number).line.strip()
    return Given(line[: rng.randrange(1, len(line))], bad=True)


def _other_text(rng: random.Random, number: int) -> Given:
    """Characters, tokens and values exchanged anywhere."""
    return Given(spoilt(rng, _posture(rng, number).line.decode()).encode("utf-8", "surrogatepass"))


def _other_bytes(rng: random.Random, number: int) -> Given:
    """Bytes exchanged anywhere."""
    line = bytearray(_posture(rng, number).line)
    for _ in range(rng.choice((1, 1, 3, 10))):
        line[rng.randrange(len(line))] = rng.randrange(256)
    return Given(bytes(line))


def _random_bytes(rng: random.Random, number: int) -> Given:
    """No text at all."""
    return Given(rng.randbytes(rng.choice((1, 2, 10, 200))))


def _odd(rng: random.Random, number: int) -> Given:
    return Given(rng.choice(ODD).encode("utf-8", "surrogatepass"))


def _dumped(table: dict[str, Any]) -> bytes:
    sys.set_int_max_str_digits(0)
    try:
        return json.dumps(table).encode()
    finally:
        sys.set_int_max_str_digits(4300)


Way = Callable[[random.Random, int], Given]
WAYS: tuple[Way, ...] = (
    *(_posture, _posture, _posture, _posture, _posture, _wrong_value, _wrong_value, _wrong_table),
    *(_wrong_key, _twice, _cut, _other_text, _other_text, _other_bytes, _random_bytes, _odd),
)
