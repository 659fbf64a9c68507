"""The command line: results to standard output, messages to standard error."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn, TextIO, TypeAlias

from qiwizard import __version__
from qiwizard.console import OutputError, exit_code, told_apart
from qiwizard.errors import Exit, UserError
from qiwizard.text import one_line

EPILOG = """\
examples:
  qiwizard                          the wizard
  qiwizard rule case.toml           rule on a posture, print ruling and reasons as TOML
  qiwizard rule case.toml --format text
  qiwizard rule - --format markdown < case.toml
  qiwizard compare case.toml        the same posture in every circuit
  qiwizard replay                   the five opinions, ruled on again
  qiwizard check                    validate the library
  qiwizard practice                 drills for clerks

exit codes: 0 done, 1 a comparison or check failed, or a line of a batch was bad,
2 unusable input or usage, 70 an internal error, 130 interrupted, 143 terminated,
129 hung up
"""

PRACTICE = """\
Drills for clerks in training, made from the library and the decided orders:
predict (predict the ruling), find (find the authority), flip (flip it), spot (spot the fact),
argue (argue it), calibrate (give likelihoods), walk (walk an opinion). Without an option: a menu.
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserError(f"{self.prog}: {message} (see {self.prog} --help)")


def run(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code; never shows a traceback for a user's mistake."""
    try:
        code = _run(arguments)
    except KeyboardInterrupt:  # while it told how it ended: a terminal is gone before it says so
        code = exit_code()
    for stream in (sys.stdout, sys.stderr):
        _flush_or_abandon(stream)
    return code


def _run(arguments: Sequence[str]) -> int:
    try:
        _prepare_streams()
        with told_apart():
            code = _dispatch(arguments)
            sys.stdout.flush()
    except UserError as error:
        _complain(str(error))
        code = Exit.UNUSABLE
    except KeyboardInterrupt:
        code = exit_code()
    except BrokenPipeError:
        code = Exit.DONE
        _abandon(sys.stdout)
    except OutputError as error:
        _complain(f"standard output: cannot be written: {error.strerror or error}")
        code = Exit.UNUSABLE
        _abandon(sys.stdout)
    except OSError as error:
        _complain(_refusal(error))
        code = Exit.UNUSABLE
    except Exception as error:
        from qiwizard.fault import fault_lines

        _complain("\n".join(fault_lines(error)))
        code = Exit.FAULT
    return code


def _refusal(error: OSError) -> str:
    """One line on what the system refused: the file, if the system names one, and the reason."""
    named = error.filename if isinstance(error.filename, str) else "qiwizard"
    try:
        os.getcwd()  # noqa: PTH109 - spares --version the time that pathlib takes to load
    except OSError:
        named = "the working folder"
    return one_line(f"{named}: {error.strerror or error}")


def _prepare_streams() -> None:
    """Results and messages are UTF-8 on every system; UserError if there is no output at all."""
    if sys.stdout is None:
        raise UserError("standard output: is closed")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _complain(message: str) -> None:
    if sys.stderr is not None:
        with suppress(OSError):
            print(message, file=sys.stderr, flush=True)


def _abandon(stream: TextIO | None) -> None:
    """Discard output that cannot be flushed at exit: the reader is gone or the disk is full."""
    if stream is not None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _flush_or_abandon(stream: TextIO | None) -> None:
    """Print the last message; a closed terminal must not change the exit code."""
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        _abandon(stream)


def command_line() -> argparse.ArgumentParser:
    """Build the argument parser with every command and option."""
    parser = _Parser(
        prog="qiwizard",
        description="Rule on stays of discovery under qualified immunity.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"qiwizard {__version__}")
    _wizard_options(parser)
    parser.set_defaults(run="qiwizard.start:start_wizard", session=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_open(commands)
    _add_rule(commands)
    _add_compare(commands)
    _add_replay(commands)
    _add_check(commands)
    _add_precedents(commands)
    _add_facts(commands)
    _add_practice(commands)
    config = "print the settings, their file and all keys"
    commands.add_parser("config", help=config).set_defaults(run="qiwizard.start:show_config")
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"
"""What `add_subparsers` returns; argparse has no public name for it."""


def _wizard_options(parser: argparse.ArgumentParser, *, inherited: bool = False) -> None:
    """Options of the wizard; a subcommand that is not given one leaves the main parser's."""
    default = argparse.SUPPRESS if inherited else False
    parser.add_argument(
        "--plain", action="store_true", default=default, help="line by line, not full screen"
    )
    parser.add_argument(
        "--no-mouse", action="store_true", default=default, help="do not capture the mouse"
    )
    _library_option(parser, inherited=inherited)


def _library_option(parser: argparse.ArgumentParser, *, inherited: bool = True) -> None:
    parser.add_argument(
        "--precedents",
        metavar="FILE",
        default=argparse.SUPPRESS if inherited else None,
        help="your own precedents file: it replaces the shipped one if it has a "
        "[library] table, and is added to it otherwise",
    )


def _add_open(commands: Commands) -> None:
    command = commands.add_parser("open", help="resume or review an exported session")
    command.add_argument("session", metavar="SESSION.toml")
    _wizard_options(command, inherited=True)


def _add_rule(commands: Commands) -> None:
    command = commands.add_parser("rule", help="rule on a posture, print ruling and reasons")
    command.add_argument("file", metavar="FILE.toml", help="a posture or session; - for stdin")
    command.add_argument(
        "--format",
        choices=("toml", "json", "text", "markdown", "order", "docx", "order-docx"),
        help="text: the card and its reasons; markdown, docx: a memo; order, order-docx: a draft",
    )
    command.add_argument(
        "--section", metavar="LIST", help="sections of the text, such as why,against,changes"
    )
    command.add_argument("--full", action="store_true", help="include everything, in text or memo")
    command.add_argument("--as-of", metavar="YYYY-MM-DD", help="law as of that date")
    _output_options(command)
    command.add_argument(
        "--batch",
        action="store_true",
        help="read FILE as JSON Lines, one posture per line; write one result per line",
    )
    _library_option(command)
    command.set_defaults(run="qiwizard.commands:rule_command")


def _add_compare(commands: Commands) -> None:
    command = commands.add_parser(
        "compare",
        help="one posture in several circuits, districts or dates",
        description="One posture side by side. Without an option: the forum as stated and every "
        "circuit. Forums and dates combine; a single forum is compared with the one stated.",
    )
    command.add_argument("file", metavar="FILE.toml", help="a posture or session; - for stdin")
    command.add_argument("--circuits", metavar="LIST", help="such as fifth,ninth,tenth")
    command.add_argument("--courts", metavar="LIST", help='such as D.N.M.,"D. Colo."')
    command.add_argument("--as-of", metavar="LIST", help="dates, such as 2022-11-01,2022-12-01")
    command.add_argument("--format", choices=("text", "markdown", "toml", "json"))
    _output_options(command)
    _library_option(command)
    command.set_defaults(run="qiwizard.commands:compare_command")


def _output_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--output", metavar="FILE", help="write to FILE instead of stdout")
    command.add_argument("--force", action="store_true", help="overwrite an existing file")


def _add_replay(commands: Commands) -> None:
    command = commands.add_parser("replay", help="rule on decided cases, compare with the court")
    command.add_argument("id", nargs="*", metavar="ID", help="no ID: the five opinions")
    command.add_argument("--all", action="store_true", help="every decided order, with a table")
    _library_option(command)
    command.set_defaults(run="qiwizard.commands:replay_command")


def _add_check(commands: Commands) -> None:
    command = commands.add_parser("check", help="validate the library and the interview")
    command.add_argument("--opinions", metavar="DIR", help="check quotations against texts in DIR")
    _library_option(command)
    command.set_defaults(run="qiwizard.commands:check_command")


def _add_precedents(commands: Commands) -> None:
    command = commands.add_parser(
        "precedents",
        help="list the precedents of the library",
        description="List or search the library. A search covers decided orders, too.",
    )
    command.add_argument("words", nargs="*", metavar="WORD", help="search words; all must match")
    command.add_argument("--circuit", metavar="CIRCUIT", help="such as tenth")
    command.add_argument("--doctrine", metavar="DOCTRINE", help="such as motion")
    command.add_argument("--treatment", metavar="WORD", help='such as overruled, or "good law"')
    command.add_argument("--read", metavar="ID", help="read one precedent or decided order")
    command.add_argument("--format", choices=("text", "toml", "json"), default="text")
    _library_option(command)
    command.set_defaults(run="qiwizard.commands:precedents_command")


def _add_facts(commands: Commands) -> None:
    command = commands.add_parser("facts", help="list every fact of a posture with its values")
    command.add_argument("name", nargs="?", metavar="NAME", help="one fact in full")
    command.add_argument("--template", action="store_true", help="a posture to fill in, as TOML")
    command.set_defaults(run="qiwizard.commands:facts_command")


def _add_practice(commands: Commands) -> None:
    command = commands.add_parser("practice", help="drills for clerks", description=PRACTICE)
    _wizard_options(command, inherited=True)
    clerk = command.add_argument_group("who practices")
    helped = "the clerk whose progress is kept"
    clerk.add_argument("--clerk", metavar="NAME", default="clerk", help=helped)
    _practice_ways(command.add_argument_group("instead of the menu").add_mutually_exclusive_group())
    choice = command.add_argument_group("which drills")
    choice.add_argument("--drills", metavar="LIST", help="such as predict,find")
    choice.add_argument("--circuits", metavar="LIST", help="such as fifth,tenth")
    choice.add_argument("--orders", metavar="LIST", help="ids of decided orders, for --make-set")
    choice.add_argument("--doctrines", metavar="LIST", help="such as motion,facts, for --make-set")
    choice.add_argument("--number", metavar="N", help="how many drills")
    choice.add_argument("--seed", metavar="N", help="for --make-set: the same seed, the same set")
    choice.add_argument(
        "--read-first", action="store_true", help="a walk shows the court's words before it asks"
    )
    files = command.add_argument_group("files")
    files.add_argument("--results", metavar="FILE", help="where the answers to a set go")
    files.add_argument(
        "--format", metavar="FORMAT", help="of --report: text, csv, toml; of --key: markdown, docx"
    )
    files.add_argument("--output", metavar="FILE", help="write there instead of stdout")
    files.add_argument("--force", action="store_true", help="replace a file that exists")
    command.set_defaults(run="qiwizard.practice_command:practice_command")


def _practice_ways(ways: argparse._MutuallyExclusiveGroup) -> None:
    ways.add_argument("--set", metavar="FILE", help="work through a set; its results go to a file")
    ways.add_argument("--walk", metavar="ID", help="walk one of the five opinions")
    ways.add_argument("--placement", action="store_true", help="take the next placement")
    ways.add_argument("--progress", action="store_true", help="print the clerk's progress")
    ways.add_argument("--export", metavar="FILE", help="write the progress as .toml or .csv")
    ways.add_argument("--make-set", action="store_true", help="write a set of drills as TOML")
    ways.add_argument("--key", metavar="FILE", help="the answer key of a set, for instructors")
    ways.add_argument(
        "--report", nargs="+", metavar="FILE", help="one table of the results of several clerks"
    )
    ways.add_argument("--count", action="store_true", help="count and check every drill")


def _dispatch(arguments: Sequence[str]) -> int:
    try:
        options = command_line().parse_args(arguments)
    except SystemExit as leaving:  # argparse, after --help and --version
        return int(leaving.code or 0)
    # Each command is imported when it is run, so that --help loads none of them.
    from importlib import import_module

    from qiwizard.files import check_unpacked

    check_unpacked()
    if getattr(options, "output", None) == "-":  # standard output, as without the option
        options.output = None
    module, _, name = options.run.partition(":")
    code: int = getattr(import_module(module), name)(options)
    return code
