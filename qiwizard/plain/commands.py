"""Plain mode: its commands, one per line for screen readers."""

from __future__ import annotations

from qiwizard.command_table import COMMANDS

START = (
    "Answer with a number and Enter, or with the words of the answer; 0 is Unknown. "
    "Type help for all commands."
)
ANSWERS = (
    "A number, or the words of an answer: answers the question. 0: Unknown.",
    "Enter alone: the question again.",
)
FORUM_PROMPT = "District or circuit, such as D.N.M., new mex or 10th> "
AT_THE_END = "Command> "


def help_lines() -> tuple[str, ...]:
    """All commands of plain mode."""
    return (*ANSWERS, *(f"{c.usage}: {c.help}" for c in COMMANDS if c.plain))


def prompt_for(most: int) -> str:
    """What is asked for: a number up to `most`."""
    return f"0 to {most}> "
