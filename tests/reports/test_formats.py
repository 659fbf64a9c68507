"""Formats from the command line: sections, everything, Word, and what does not go together."""

from __future__ import annotations

import io
import tomllib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from postures import SHIPPED, TODAY
from rulings import opinion, session_on

from qiwizard.cli import command_line, run
from qiwizard.errors import UserError
from qiwizard.reports.as_text import report_text
from qiwizard.reports.blocks import Kind
from qiwizard.reports.formats import FORMATS, SUFFIX, content, download_name, format_for, render
from qiwizard.reports.report import Report
from qiwizard.reports.sections import SECTIONS, section
from qiwizard.toml_json import to_toml

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def rule(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Run `rule` on the facts of an opinion."""
    file = tmp_path / "case.toml"
    facts = dict(opinion("lucero-v-clovis").posture.known)
    file.write_text(to_toml({"posture": facts}), encoding="utf-8")

    def on(*arguments: str) -> tuple[int, str, str]:
        code = run(["rule", str(file), *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return on


def test_the_command_line_offers_every_format() -> None:
    """The choices of `--format` are the formats there are."""
    for form in FORMATS:
        options = command_line().parse_args(["rule", "x.toml", "--format", form])
        assert options.format == form


def test_each_suffix_chooses_its_format() -> None:
    """Also the two of an order; a name without a suffix is the default."""
    for form, suffix in SUFFIX.items():
        assert format_for(f"case{suffix}") == form
        assert format_for(f"CASE{suffix.upper()}") == form
    assert format_for("case") == format_for(None) == FORMATS[0]
    assert format_for("Doe v. Roe") == format_for(".hidden") == FORMATS[0]
    assert format_for("case", ("text", "toml")) == "text"


def test_an_unknown_suffix_is_refused() -> None:
    """The message names the suffixes of the formats that there are."""
    with pytest.raises(UserError) as error:
        format_for("out.PDF")
    assert str(error.value) == (
        "out.PDF: no format for '.PDF'; "
        "permitted: .toml, .json, .md, .txt, .order.txt, .docx, .order.docx"
    )
    with pytest.raises(UserError, match=r"permitted: \.txt, \.toml$"):
        format_for("case.docx", ("text", "toml"))


@pytest.mark.parametrize("command", ["rule", "compare"])
def test_no_command_writes_a_file_of_an_unknown_suffix(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line and no file, unless the format is named."""
    case, path = tmp_path / "case.toml", tmp_path / "out.pdf"
    facts = dict(opinion("lucero-v-clovis").posture.known)
    case.write_text(to_toml({"posture": facts}), encoding="utf-8")
    assert run([command, str(case), "--output", str(path)]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith(f"{path}: no format for '.pdf'; permitted: .t")
    assert not path.exists()
    assert run([command, str(case), "--output", str(path), "--format", "text"]) == 0
    assert path.exists()


def test_sections_are_chosen_by_name(rule: Command) -> None:
    """Naming a section asks for text; the card stands above it."""
    code, out, err = rule("--section", "changes,orders")
    assert (code, err) == (0, "")
    assert "What would change it\n" in out
    assert "Decided orders\n" in out
    assert "Contrary authority\n" not in out
    assert "╭─ " in out


def test_no_conclusion_stands_without_what_is_below_it() -> None:
    """The short text is cut between two conclusions, in every case that was decided."""
    for order in SHIPPED.orders:
        report = Report(SHIPPED, session_on(order.facts, TODAY))
        blocks = [b for b in section(report, "against").blocks if b.kind is not Kind.QUOTE]
        below = {
            upper.text
            for upper, lower in pairwise(blocks)
            if upper.kind is Kind.ITEM and lower.kind is not Kind.ITEM
        }
        _, _, shown = report_text(report).partition("Contrary authority\n")
        last = shown.partition("\n\n")[0].rpartition("\n* ")[2]
        assert " ".join(last.split()) not in below


def test_everything_is_longer_than_the_summary(rule: Command) -> None:
    """`--full` in text and memo."""
    for form in ("text", "markdown"):
        short, full = rule("--format", form)[1], rule("--format", form, "--full")[1]
        assert len(full.splitlines()) > 2 * len(short.splitlines())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--section", "whim"], "--section: 'whim' is not known; permitted: "),
        (["--section", "why", "--format", "json"], "--section: not with --format json"),
        (["--full", "--format", "toml"], "--full: not with --format toml"),
    ],
)
def test_what_does_not_go_together_is_one_line(
    rule: Command, arguments: list[str], words: str
) -> None:
    """Exit code 2, nothing on standard output."""
    code, out, err = rule(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(words)
    assert err.count("\n") == 1


def test_section_names_are_those_of_the_report() -> None:
    """What the message of the summary names can be asked for."""
    text = render(Report(SHIPPED, opinion("lucero-v-clovis")), "text")
    asked = " ".join(text.split()).partition("--section ")[2].partition(" ")[0]
    assert tuple(asked.split(",")) == SECTIONS[1:]


@pytest.mark.parametrize("form", ["docx", "order-docx"])
def test_a_word_document_goes_to_a_file_or_a_pipe(
    rule: Command, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never to a terminal; an existing file is not replaced unasked."""
    pytest.importorskip("docx")
    path = tmp_path / "memo.docx"
    assert rule("--format", form, "--output", str(path))[0] == 0
    assert path.read_bytes()[:2] == b"PK"
    code, _, err = rule("--format", form, "--output", str(path))
    assert code == 2
    assert "exists" in err
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="utf-8")
    monkeypatch.setattr("sys.stdout", stream)
    assert rule("--format", form)[0] == 0
    stream.flush()
    assert raw.getvalue()[:2] == b"PK"
    monkeypatch.setattr(stream, "isatty", lambda: True)
    code, _, err = rule("--format", form)
    assert code == 2
    assert "--output FILE.docx" in err


@pytest.mark.parametrize("form", FORMATS)
def test_content_is_what_is_rendered(form: str) -> None:
    """Bytes of every format; text formats as UTF-8."""
    session = opinion("butler-v-hernandez")
    if form in ("docx", "order-docx"):
        pytest.importorskip("docx")
        assert content(Report(SHIPPED, session), form)[:2] == b"PK"
    else:
        assert content(Report(SHIPPED, session), form) == render(
            Report(SHIPPED, session), form
        ).encode("utf-8")


def test_a_bare_posture_is_ruled_on_and_says_what_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """The command line answers, contested, and names the essential facts not stated."""
    file = tmp_path / "bare.toml"
    file.write_text('[posture]\ncircuit = "tenth"\n', encoding="utf-8")
    assert run(["rule", str(file)]) == 0
    ruling = tomllib.loads(capsys.readouterr().out)["ruling"]
    assert ruling["missing"] == ["request", "motion"]
    assert ruling["strength"] == "contested"
    assert run(["rule", str(file), "--format", "text"]) == 0
    out = capsys.readouterr().out
    assert "PROVISIONAL" in out
    assert "Still needed: request before the court, immunity motion." in " ".join(out.split())


@pytest.mark.parametrize(
    ("typed", "name"),
    [("a b.md", "a-b.md"), ("Müller.docx", "Muller.docx"), ("…", "export"), ("x/y.md", "y.md")],
)
def test_names_of_downloads_need_no_quotes(typed: str, name: str) -> None:
    """Plain letters, digits, periods and hyphens."""
    assert download_name(typed) == name
