"""Practice in plain mode: numbered lines, append-only, without redraw or color."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress

from qiwizard.console import ask_line
from qiwizard.practice.drills import TITLES
from qiwizard.practice.items import Cite, Item, Part
from qiwizard.practice.lessons import feedback_lines, more
from qiwizard.practice.progress import Round
from qiwizard.practice.report import progress_lines
from qiwizard.practice.sitting import (
    NONE_LEFT,
    Entry,
    Sitting,
    ending,
    entries,
    left_words,
    now,
    walks,
)
from qiwizard.practice.store import clerk_words, like_named
from qiwizard.practice.walk import WALK
from qiwizard.reports.words import AID_NOT_ADVICE, wrapped
from qiwizard.text import visible
from qiwizard.typed import typed_number

START = "Answer with a number and Enter. Type help for all commands."
HELP = (
    "A number: answers the question, or chooses from the menu.",
    "Enter alone, or repeat: the question again, with its text.",
    "more: more about the last answer that was marked.",
    "back, or b: take the last answer back, if it was not marked yet.",
    "change N: answer question N of this drill again, if it was not marked yet.",
    "help, or h: this list.",
    "quit, or q: leave. Every answer is saved.",
)
BACK = ("back", "b")


class _LeaveError(Exception):
    """The clerk asked to leave, or the input ended."""


class PlainPractice:
    """One sitting in plain mode."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._library = sitting.library
        self._at: Round | None = None
        """The round under way."""
        self._told = ""
        """What was said last of how answers are saved."""
        self._marked: tuple[Item, Sequence[tuple[Part, str]]] | None = None
        """The answers marked last."""

    def run(self) -> int:
        """Practice until the clerk leaves; returns the exit code."""
        self._say("qiwizard practice, plain mode. " + AID_NOT_ADVICE)
        self._say(START)
        try:
            self._say(self._sitting.progress().said)
            self._say(like_named(self._sitting.store.clerk))
            if self._sitting.first is not None:
                self._round(self._sitting.first)
                if self._marked is not None:
                    while self._read("Enter to leave, or more> "):
                        self._say("Type Enter, more or help.")
                return 0
            while True:
                self._menu()
        except _LeaveError:
            self._say_left()
            return 0
        except KeyboardInterrupt:
            with suppress(OSError):  # a terminal that was closed
                print()
                self._say_left()
            raise

    def _say_left(self) -> None:
        """Where the round under way resumes, or that its answers are not saved."""
        if self._at is not None:
            self._say(self._sitting.lacking(self._at) or left_words(self._at))

    def _menu(self) -> None:
        progress = self._sitting.progress().progress
        print()
        self._say(clerk_words(progress.clerk))
        chosen = self._chosen(entries(progress, now()), "Leave")
        if chosen is None:
            raise _LeaveError
        if chosen.id == WALK:
            chosen = self._chosen(walks(self._library), "Back")
        if chosen is None:
            return
        if chosen.begins is None:
            print("\n" + "\n".join(progress_lines(self._library, progress, now())))
        elif (round_ := chosen.begins(self._sitting)).over:
            self._say(NONE_LEFT)
        else:
            self._round(round_)

    def _chosen(self, offered: Iterable[Entry], zero: str) -> Entry | None:
        """The entry whose number is typed; None for 0 and for a step back."""
        numbered = dict(enumerate(offered, start=1))
        for number, entry in numbered.items():
            self._say(f"{number}. {entry.label}", indent="   ")
        self._say(f"0. {zero}", indent="   ")
        while True:
            line = self._read(f"0 to {len(numbered)}> ").lower()
            typed = 0 if line in BACK else typed_number(line)
            if typed is not None and typed <= len(numbered):
                return numbered.get(typed)
            self._say(f"Type a number, 0 to {len(numbered)}, or help.")

    # A round

    def _round(self, round_: Round) -> None:
        while not round_.over:
            self._at = round_ = self._sitting.taking_up(round_)
            item = round_.item(self._library)
            print()
            self._say(f"Drill {round_.at + 1} of {len(round_.items)}. {TITLES[item.drill]}.")
            self._say(item.text)
            if round_.given:
                self._say(f"Resumed at question {len(round_.given) + 1} of {len(item.parts)}.")
            round_ = self._drill(round_, item)
        self._at = None
        if round_.done:
            print()
            for told in ("End of the round.", *ending(self._sitting, round_)):
                self._say(told)

    def _drill(self, round_: Round, item: Item) -> Round:
        """Ask the questions left and mark the answers; the round at its next drill."""
        after = round_
        while (part := round_.part(self._library)) is not None:
            self._pose(round_, part)
            self._at = round_ = self._answered(round_, item, part)
            after, said = self._sitting.keep(round_)
            if said != self._told:
                self._say(said)
            self._told = said
            if pairs := round_.to_tell(self._library):
                self._tell(round_, item, pairs)
        if round_.told and (comment := self._sitting.comments.get(item.id)):
            self._say(f"Instructor: {comment}")
        return after

    def _answered(self, round_: Round, item: Item, part: Part) -> Round:
        """The round with the question answered, or with answers taken back."""
        by_number = {part.number(option): option for option in part.options}
        numbers = sorted(by_number)
        while True:
            line = self._read(f"{numbers[0]} to {numbers[-1]}> ").lower()
            number = typed_number(line)
            if number in by_number:
                return round_.answering(by_number[number].id)
            word, _, rest = line.partition(" ")
            if line in ("", "repeat", "t", "text"):
                self._say(item.text)
                self._pose(round_, part)
            elif word in (*BACK, "change"):
                given = len(round_.given)
                which = typed_number(rest) if word == "change" else given
                if not given:
                    self._say("This is the first question of the drill.")
                elif not round_.reopens(self._library):
                    self._say("That answer was marked already.")
                elif which is None or not 1 <= which <= given:
                    self._say(f"Answers that can be changed: change 1 to change {given}.")
                else:
                    return round_.taking_back(given - which + 1)
            else:
                self._say(f"Type a number, {numbers[0]} to {numbers[-1]}, or help.")

    # What is said

    def _pose(self, round_: Round, part: Part) -> None:
        print()
        if (several := len(round_.item(self._library).parts)) > 1:
            self._say(f"Question {len(round_.given) + 1} of {several}.")
        for line in part.setting.split("\n"):
            self._say(line)
        if round_.read_first:
            self._words(part.words)
        self._say(part.asks)
        self._say(part.note)
        for option in part.options:
            self._say(f"{part.number(option)}. {option.label}", indent="   ")

    def _tell(self, round_: Round, item: Item, pairs: Sequence[tuple[Part, str]]) -> None:
        self._marked = item, pairs
        print()
        print("\n".join(visible(line) for line in feedback_lines(item, pairs)))
        if not round_.read_first:
            self._words(pairs[-1][0].words[1:])

    def _more(self) -> None:
        if self._marked is None:
            self._say("Nothing has been marked yet.")
            return
        item, pairs = self._marked
        for point in more(pairs, item):
            self._say(f"* {point.text}", indent="   ")
            for cite in point.cites:
                self._say(f"- {cite.text}", indent="      ")

    def _words(self, words: Sequence[Cite]) -> None:
        for cite in words:
            self._say(f"The court: “{cite.quote}” {cite.text}", indent="   ")

    # What is read

    def _read(self, prompt: str) -> str:
        """A line that is neither `help`, `more` nor `quit`: those are done here."""
        while True:
            try:
                line = ask_line(prompt)
            except (EOFError, RuntimeError):  # the end of input, or no input at all
                print()
                raise _LeaveError from None
            word = line.lower()
            if word in ("q", "quit"):
                raise _LeaveError
            if word in ("h", "help", "?"):
                for told in HELP:
                    self._say(told)
            elif word in ("m", "more"):
                self._more()
            else:
                return line

    @staticmethod
    def _say(text: str, indent: str = "") -> None:
        if text:
            hung = indent + "   " if indent else ""
            print("\n".join(wrapped(visible(text), indent, hung)))
