"""The options of `qiwizard practice`; loads nothing else, so that --help stays quick."""

from __future__ import annotations

import argparse

ABOUT = """\
Drills for clerks in training, made from the library and the decided orders:
predict (predict the ruling), find (find the authority), flip (flip it), spot (spot the fact),
argue (argue it), calibrate (give likelihoods), walk (walk an opinion). Without an option: a menu.
"""


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the options to the parser of the command."""
    clerk = command.add_argument_group("who practices")
    clerk.add_argument("--clerk", metavar="NAME", default="clerk", help="keeps clerks apart")
    _add_ways(command.add_argument_group("instead of the menu").add_mutually_exclusive_group())
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


def _add_ways(ways: argparse._MutuallyExclusiveGroup) -> None:
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
