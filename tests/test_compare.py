"""One posture under several forums and days: the same engine, and where the rulings part."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from postures import TODAY, days, library_of, postures
from qiwizard.reasoning.compare import (
    NOT_REACHED,
    SILENT,
    Comparison,
    Forum,
    all_forums,
    compare,
    differences,
    forum_called,
    forums_named,
    own_forum,
)

from qiwizard.cli import run
from qiwizard.errors import UserError
from qiwizard.law.library import Library
from qiwizard.law.posture import Posture
from qiwizard.law.shipped import shipped_library
from qiwizard.plain.interview import PlainWizard
from qiwizard.reasoning.ruling import rule
from qiwizard.reports.comparison import glance, labels, markdown, set_aside_sentence, table, text
from qiwizard.sessions.session import Session
from qiwizard.toml_json import to_json, to_toml

BUTLER = Posture.of(
    {
        "circuit": "fifth",
        "court": "S.D. Tex.",
        "request": "both",
        "opposed": True,
        "pro_se": True,
        "prisoner": True,
        "qi_asserted": True,
        "motion": "pending",
        "motion_kind": "dismiss",
        "specific_facts": True,
        "facts_needed": True,
        "discovery_target": "qi_defendants",
    }
)
"""The facts of that order, but with a motion to dismiss on file."""
LUCERO = Posture.of(
    {
        "circuit": "tenth",
        "court": "D.N.M.",
        "request": "stay",
        "opposed": True,
        "rule_26f_held": True,
        "qi_asserted": True,
        "motion": "pending",
        "motion_kind": "summary_judgment",
        "other_defendants": True,
        "stay_scope": "blanket",
    }
)
BEFORE, AFTER = date(2022, 11, 29), date(2022, 11, 30)
"""The day before a decision took the careful procedure from a motion to dismiss, and its day."""


def districts(library: Library) -> Comparison:
    """Two districts of one circuit that use their discretion in opposite ways."""
    forums = forums_named(library, LUCERO, [TODAY], courts=["D.N.M.", "D. Colo."])
    return compare(library, LUCERO, forums)


@given(posture=postures(), as_of=days())
def test_every_column_is_the_ruling_of_the_engine(posture: Posture, as_of: date) -> None:
    """Each forum once, ruled on as it would be by itself, every answer with authority."""
    library = shipped_library()
    comparison = compare(library, posture, all_forums(library, posture, as_of))
    places = [(column.forum.circuit, column.forum.court) for column in comparison.columns]
    assert len(set(places)) == len(places) >= len(library.courts.circuits)
    assert {circuit for circuit, _ in places} >= library.courts.circuits.keys()
    assert comparison.columns[0].forum.over(posture).known.items() >= posture.known.items()
    for column in comparison.columns:
        moved = column.forum.over(posture)
        assert column.ruling.signature == rule(library, moved, as_of).signature
        assert column.carrying in column.ruling.findings
    for parting in comparison.partings:
        asked = parting.question
        for side in parting.sides:
            for column in side.columns:
                finding = column.ruling.finding(asked.id)
                assert (finding.answer if finding else None) == side.answer
                if finding:
                    assert finding.weighing.leading
                else:
                    assert column.absence(asked.id) in (NOT_REACHED, SILENT)


@given(posture=postures(), as_of=days())
def test_differences_are_the_same_from_both_sides(posture: Posture, as_of: date) -> None:
    """A ruling does not differ from itself; two differ on the same questions either way round."""
    library = shipped_library()
    one, *_, other = compare(library, posture, all_forums(library, posture, as_of)).columns
    assert differences(library, one.ruling, one.ruling) == ()
    there = differences(library, one.ruling, other.ruling)
    back = differences(library, other.ruling, one.ruling)
    assert [d.question for d in there] == [d.question for d in back]
    assert [(d.one, d.other) for d in there] == [(d.other, d.one) for d in back]
    if one.ruling.outcome != other.ruling.outcome:
        assert not there[0].in_strength_only


def test_a_day_moves_the_law(library: Library) -> None:
    """Across the day of the decision: another outcome, because of that decision."""
    comparison = compare(library, BUTLER, forums_named(library, BUTLER, [BEFORE, AFTER]))
    then, now = comparison.columns
    assert (then.ruling.outcome, now.ruling.outcome) == ("limited_discovery", "stay")
    assert labels(comparison) == ("S.D. Tex., Nov. 29, 2022", "S.D. Tex., Nov. 30, 2022")
    assert set_aside_sentence(comparison) == ""
    [facts] = [d for d in differences(library, then.ruling, now.ruling) if d.question.id == "facts"]
    assert facts.one is not None
    assert facts.other is not None
    assert (facts.one.answer, facts.other.answer) == ("limited", "none_allowed")
    assert "backe-v-leblanc" in {p.holding.precedent.id for p in facts.one.weighing.leading}
    assert {p.holding.precedent.id for p in facts.other.weighing.leading} == {"carswell-v-camp"}


def test_two_districts_of_one_circuit_part(library: Library) -> None:
    """Each district's own orders lead there; what is not reached is said to be so."""
    comparison = districts(library)
    here, there = comparison.columns
    assert (here.ruling.outcome, there.ruling.outcome) == ("stay", "no_stay")
    assert "D.N.M., the court stated, is set aside" in set_aside_sentence(comparison)
    [measure] = [p for p in comparison.partings if p.question.id == "measure"]
    for side, court in zip(measure.sides, ("D.N.M.", "D. Colo."), strict=True):
        finding = side.columns[0].ruling.finding("measure")
        assert finding is not None
        assert all(court in p.holding.precedent.courts for p in finding.weighing.leading)
    assert there.ruling.finding("reach") is None
    assert there.absence("reach") == NOT_REACHED


def test_where_no_authority_speaks_it_is_said() -> None:
    """No answer for want of authority is told from a question that is not reached."""
    tiny = library_of(
        '{id="base", kind="rule", question="baseline", answer="open", when={}}',
        '{id="late", question="measure", answer="of_right", when={}, decided=2010-01-01}',
    )
    days = [date(2009, 1, 1), date(2011, 1, 1)]
    then, now = compare(tiny, Posture(), forums_named(tiny, Posture(), days)).columns
    assert then.ruling.finding("measure") is None
    assert then.absence("measure") == SILENT
    assert "measure" in now.weighed


def test_forums_and_days_combine(library: Library) -> None:
    """Named forums on every day; one by itself is set beside the stated; none means all."""
    two = forums_named(library, LUCERO, [BEFORE, AFTER], ["fifth"], ["D. Colo."])
    assert [(f.as_of, f.circuit, f.court) for f in two] == [
        (day, *where)
        for day in (BEFORE, AFTER)
        for where in (("fifth", None), ("tenth", "D. Colo."))
    ]
    [own, fifth] = forums_named(library, LUCERO, [TODAY], ["fifth"])
    assert own == own_forum(library, LUCERO, TODAY)
    assert fifth == Forum(TODAY, "fifth")
    assert len(forums_named(library, LUCERO, [TODAY])) == 13
    assert [f.stated for f in forums_named(library, LUCERO, [BEFORE, AFTER])] == [True, True]
    assert own_forum(library, Posture.of({"court": "D. Kan."}), TODAY).circuit == "tenth"


@pytest.mark.parametrize(
    ("typed", "forum"),
    [
        ("fifth", Forum(TODAY, "fifth")),
        (" 5TH CIR. ", Forum(TODAY, "fifth")),
        ("d.colo.", Forum(TODAY, "tenth", "D. Colo.")),
        ("2022-11-29", Forum(BEFORE, "tenth", "D.N.M.", stated=True)),
    ],
)
def test_a_forum_is_called_by_name_or_day(library: Library, typed: str, forum: Forum) -> None:
    """As people type it; a day takes the base forum there."""
    assert forum_called(library, typed, own_forum(library, LUCERO, TODAY)) == forum


@pytest.mark.parametrize("typed", ["", "D. Col.", "1850-01-01", "2022-13-01", "U.S."])
def test_what_is_no_forum_is_refused_in_one_line(library: Library, typed: str) -> None:
    """With what is permitted."""
    with pytest.raises(UserError) as refused:
        forum_called(library, typed, own_forum(library, LUCERO, TODAY))
    assert len(refused.value.messages) == 1


def test_all_formats_tell_the_same(library: Library) -> None:
    """Outcome, strength and authority stand in each; every authority named has a row."""
    comparison = districts(library)
    row = table(comparison)
    assert tomllib.loads(to_toml(row))["forum"][1]["outcome"] == "no_stay"
    assert json.loads(to_json(row))["difference"][0]["question"] == "measure"
    assert row["set_aside"] == "D.N.M."
    rows = {authority["id"] for authority in row["authority"]}
    for difference in row["difference"]:
        for answer in difference["answer"]:
            assert rows >= set(answer["authorities"])
            assert answer["authorities"] or "answer" not in answer
    plain = text(comparison)
    assert max(map(len, plain.splitlines())) <= 78
    for word in ("STAY, leaning", "NO STAY, contested", "Minter v. City of Aurora", "set aside"):
        assert word in plain
    page = markdown(comparison)
    assert "| D. Colo. | No stay | contested |" in page
    assert "Minter v. City of Aurora" in page


def test_identical_rulings_are_said_to_be_alike(library: Library) -> None:
    """Two forums without a difference leave nothing to list."""
    day = [Forum(TODAY, "tenth", "D.N.M."), own_forum(library, LUCERO, TODAY)]
    comparison = compare(library, LUCERO, day)
    assert comparison.partings == ()
    assert "Every question is answered alike." in text(comparison)
    assert "Every question is answered alike." in markdown(comparison)


def test_answers_alike_but_not_equally_sure_are_told(library: Library) -> None:
    """In every format, apart from the questions on which the forums part."""
    forums = forums_named(library, LUCERO, [TODAY], circuits=["fifth"], courts=["S.D. Miss."])
    comparison = compare(library, LUCERO, forums)
    assert comparison.shades
    for shade in comparison.shades:
        findings = [column.ruling.finding(shade.question.id) for column in comparison.columns]
        assert {finding.answer for finding in findings if finding} == {shade.answer}
        assert len({finding.strength for finding in findings if finding}) > 1
        for page in (text(comparison), markdown(comparison)):
            assert "not equally sure" in page
            assert shade.question.answers[shade.answer].conclusion in " ".join(page.split())
    rows = table(comparison)["shade"]
    assert [row["question"] for row in rows] == [s.question.id for s in comparison.shades]


def test_a_circuit_stated_by_itself_stands_in_one_row(library: Library) -> None:
    """The forum as stated is not repeated among the circuits."""
    posture = LUCERO.forgetting("court")
    forums = all_forums(library, posture, TODAY)
    assert [f.circuit for f in forums].count("tenth") == 1
    assert forums[0] == Forum(TODAY, "tenth", stated=True)


Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs `compare` on a posture from standard input."""
    monkeypatch.chdir(tmp_path)

    def compares(*options: str, posture: Posture = LUCERO, stdin: str = "") -> tuple[int, str, str]:
        given = stdin or to_toml({"posture": dict(posture.known)})
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        capsys.readouterr()
        return run(["compare", "-", *options]), *capsys.readouterr()

    return compares


def test_command_compares_everything_unless_told_otherwise(command: Command) -> None:
    """Thirteen rows, the forum as stated first."""
    status, out, err = command()
    assert (status, err) == (0, "")
    assert out.startswith("One posture, 13 forums or days; law as of ")
    assert "D.N.M. (as stated)  STAY" in out
    assert "1st Cir.            NO STAY" in out


def test_command_takes_lists(command: Command) -> None:
    """Circuits, courts and days, separated by commas."""
    status, out, _ = command("--circuits", "fifth, ninth", "--courts", "D. Colo.", "--format=toml")
    assert status == 0
    forums = tomllib.loads(out)["forum"]
    assert [f["label"] for f in forums] == ["5th Cir.", "9th Cir.", "D. Colo."]
    both = f"{BEFORE},{AFTER}"
    status, out, _ = command("--as-of", both, "--format", "json", posture=BUTLER)
    outcomes = [f["outcome"] for f in json.loads(out)["forum"]]
    assert (status, outcomes) == (0, ["limited_discovery", "stay"])


def test_command_writes_a_file_and_replaces_none_unasked(command: Command, tmp_path: Path) -> None:
    """The suffix chooses the format; a file that is there stays unless told otherwise."""
    path = tmp_path / "side.md"
    assert command("--output", str(path)) == (0, "", "")
    page = path.read_text(encoding="utf-8")
    assert page.startswith("# One posture side by side")
    status, out, err = command("--output", str(path), "--format", "json")
    assert (status, out) == (2, "")
    assert "side.md" in err
    assert path.read_text(encoding="utf-8") == page
    assert command("--output", str(path), "--format", "json", "--force")[0] == 0
    assert json.loads(path.read_text(encoding="utf-8"))["forum"]


@pytest.mark.parametrize(
    ("options", "wanted"),
    [
        (("--circuits", "fith"), ("--circuits", "fith", "did you mean fifth?", "permitted:")),
        (("--circuits", "fifth,"), ("--circuits", "empty")),
        (("--circuits", ""), ("--circuits", "empty")),
        (("--courts", "D. Col."), ("--courts", "did you mean D. Colo.?", "permitted:")),
        (("--courts", "5th Cir."), ("--courts", "permitted:")),
        (("--as-of", "2022-11-29,soon"), ("--as-of", "soon", "YYYY-MM-DD")),
        (("--as-of", "1850-01-01"), ("--as-of", "before the library begins", "permitted:")),
        (("--format", "yaml"), ("--format", "yaml", "text", "toml")),
    ],
)
def test_each_mistake_is_one_line(
    command: Command, options: tuple[str, ...], wanted: tuple[str, ...]
) -> None:
    """Exit 2, nothing on standard output, the permitted values named."""
    status, out, err = command(*options)
    assert (status, out) == (2, "")
    [line] = err.splitlines()
    assert all(word in line for word in wanted)


def test_a_wrong_posture_is_refused_as_elsewhere(command: Command) -> None:
    """The file, the key and the permitted values, in one line."""
    status, out, err = command(stdin='[posture]\nmotion = "maybe"\n')
    assert (status, out) == (2, "")
    assert err.startswith("standard input: posture.motion:")


def test_line_mode_compares(
    library: Library, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`c` prints every forum with its reason, and the interview goes on."""
    session = Session(as_of=TODAY, created=Session.new(TODAY).created, posture=LUCERO)
    monkeypatch.setattr("sys.stdin", io.StringIO("c\nq\n"))
    assert PlainWizard(library, session, TODAY).run() == 0
    out = capsys.readouterr().out
    comparison = compare(library, LUCERO, all_forums(library, LUCERO, TODAY))
    assert "\n".join(glance(comparison)) in out
