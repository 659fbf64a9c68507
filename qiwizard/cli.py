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
from qiwizard.errors import UserError
from qiwizard.exits import Exit
from qiwizard.streams import OutputError, told_apart
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
2 unusable input or usage, 70 a fault in the program, 130 interrupted, 143 terminated,
129 hung up
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UserError(f"{self.prog}: {message} (see {self.prog} --help)")


def run(arguments: Sequence[str]) -> int:
    """Run one command and return the exit code; never shows a traceback for a user's mistake."""
    try:
        code = _run(arguments)
    except KeyboardInterrupt:  # while it told how it ended: a terminal is gone before it says so
        code = _interrupted()
    for stream in (sys.stdout, sys.stderr):
        _flush_or_abandon(stream)
    return code


def _run(arguments: Sequence[str]) -> int:
    try:
        _prepare_streams()
        with told_apart():
            code = _parse_and_dispatch(arguments)
            sys.stdout.flush()
    except UserError as error:
        _complain(str(error))
        code = Exit.UNUSABLE
    except KeyboardInterrupt:
        code = _interrupted()
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
    """What the system refused, in a line: the file, where the system names one, and the reason."""
    named = error.filename if isinstance(error.filename, str) else "qiwizard"
    try:
        os.getcwd()  # noqa: PTH109 - spares --version the time that pathlib takes to load
    except OSError:
        named = "the working folder"
    return one_line(f"{named}: {error.strerror or error}")


def _interrupted() -> int:
    from qiwizard.signals import exit_code

    return exit_code()


def _prepare_streams() -> None:
    """Results and messages are UTF-8 on every system; UserError if there is no output at all."""
    if sys.stdout is None:
        raise UserError("standard output: is closed")
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _parse_and_dispatch(arguments: Sequence[str]) -> int:
    try:
        return _dispatch(command_line().parse_args(arguments))
    except SystemExit as leaving:  # argparse, after --help and --version
        return int(leaving.code or 0)


def _complain(message: str) -> None:
    if sys.stderr is not None:
        with suppress(OSError):
            print(message, file=sys.stderr, flush=True)


def _abandon(stream: TextIO | None) -> None:
    """Leave nothing to be flushed at exit to a reader that has gone or a disk that is full."""
    if stream is not None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _flush_or_abandon(stream: TextIO | None) -> None:
    """Say what is left to say; a terminal that is closed must not change the exit code."""
    try:
        if stream is not None:
            stream.flush()
    except (OSError, ValueError):
        _abandon(stream)


def command_line() -> argparse.ArgumentParser:
    """All that may be typed."""
    parser = _Parser(
        prog="qiwizard",
        description="An official asserts qualified immunity: is discovery stayed, limited or open?",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"qiwizard {__version__}")
    _wizard_options(parser)
    parser.set_defaults(command=None)
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    _add_open(commands)
    _add_rule(commands)
    _add_compare(commands)
    _add_replay(commands)
    _add_check(commands)
    _add_precedents(commands)
    _add_facts(commands)
    _add_practice(commands)
    commands.add_parser("config", help="print the settings, the file they are read from, all keys")
    return parser


Commands: TypeAlias = "argparse._SubParsersAction[_Parser]"
"""What `add_subparsers` returns; argparse has no public name for it."""


def _wizard_options(parser: argparse.ArgumentParser, *, inherited: bool = False) -> None:
    """Options of the wizard; a subcommand that is not given one leaves the main parser's."""
    default = argparse.SUPPRESS if inherited else False
    parser.add_argument(
        "--plain", action="store_true", default=default, help="line by line, without a full screen"
    )
    parser.add_argument(
        "--no-mouse", action="store_true", default=default, help="leave the mouse to the terminal"
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
    command.add_argument("--full", action="store_true", help="everything, in text or memo")
    command.add_argument("--as-of", metavar="YYYY-MM-DD", help="the law of that day")
    _output_options(command)
    command.add_argument(
        "--batch",
        action="store_true",
        help="read FILE as JSON Lines, one posture per line; write one result per line",
    )
    _library_option(command)


def _add_compare(commands: Commands) -> None:
    command = commands.add_parser(
        "compare",
        help="one posture under several circuits, districts or days",
        description="One posture side by side. Without an option: the forum as stated and every "
        "circuit. Forums and days combine; a single forum is set beside the one stated.",
    )
    command.add_argument("file", metavar="FILE.toml", help="a posture or session; - for stdin")
    command.add_argument("--circuits", metavar="LIST", help="such as fifth,ninth,tenth")
    command.add_argument("--courts", metavar="LIST", help='such as D.N.M.,"D. Colo."')
    command.add_argument("--as-of", metavar="LIST", help="days, such as 2022-11-01,2022-12-01")
    command.add_argument("--format", choices=("text", "markdown", "toml", "json"))
    _output_options(command)
    _library_option(command)


def _output_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--output", metavar="FILE", help="write there instead of stdout")
    command.add_argument("--force", action="store_true", help="replace a file that exists")


def _add_replay(commands: Commands) -> None:
    command = commands.add_parser("replay", help="rule on decided cases, compare with the court")
    command.add_argument("id", nargs="*", metavar="ID", help="no ID: the five opinions")
    command.add_argument("--all", action="store_true", help="every decided order, with a table")
    _library_option(command)


def _add_check(commands: Commands) -> None:
    command = commands.add_parser("check", help="validate the library and the interview")
    command.add_argument("--opinions", metavar="DIR", help="check quotations against texts there")
    _library_option(command)


def _add_precedents(commands: Commands) -> None:
    command = commands.add_parser(
        "precedents",
        help="list the precedents of the library",
        description="List the library, or what is left of it: with words, the decided orders too.",
    )
    command.add_argument("words", nargs="*", metavar="WORD", help="all of them must occur")
    command.add_argument("--circuit", metavar="CIRCUIT", help="such as tenth")
    command.add_argument("--doctrine", metavar="DOCTRINE", help="such as motion")
    command.add_argument("--treatment", metavar="WORD", help='such as overruled, or "good law"')
    command.add_argument("--read", metavar="ID", help="read one precedent or decided order")
    command.add_argument("--format", choices=("text", "toml", "json"), default="text")
    _library_option(command)


def _add_facts(commands: Commands) -> None:
    command = commands.add_parser("facts", help="list every fact of a posture with its values")
    command.add_argument("name", nargs="?", metavar="NAME", help="one fact in full")
    command.add_argument("--template", action="store_true", help="a posture to fill in, as TOML")


def _add_practice(commands: Commands) -> None:
    from qiwizard.practice.options import ABOUT, add_options

    command = commands.add_parser("practice", help="drills for clerks", description=ABOUT)
    _wizard_options(command, inherited=True)
    add_options(command)


def _dispatch(options: argparse.Namespace) -> int:
    # Each command is imported when it is run, so that --help loads none of them.
    from qiwizard.resources import check_unpacked

    check_unpacked()
    if getattr(options, "output", None) == "-":  # standard output, as without the option
        options.output = None
    if options.command == "config":
        from qiwizard.start import show_config

        return show_config()
    if options.command in (None, "open"):
        from qiwizard.start import start_wizard

        return start_wizard(
            session_file=getattr(options, "session", None),
            plain=options.plain,
            mouse=not options.no_mouse,
            precedents=options.precedents,
        )
    if options.command == "practice":
        from qiwizard.practice_command import practice_command

        return practice_command(options)
    from qiwizard.commands import COMMANDS

    return COMMANDS[options.command](options)
