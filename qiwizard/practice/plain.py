"""Practice in line mode: numbered lines, append-only, without redraw or colour."""

from __future__ import annotations

from collections.abc import Sequence

from qiwizard.documents.words import AID_NOT_ADVICE, wrapped
from qiwizard.errors import UserError
from qiwizard.practice.drills import DRILLS
from qiwizard.practice.items import Cite, Item, Part, Point
from qiwizard.practice.marking import mark, score_words, telling
from qiwizard.practice.menu import PROGRESS, Entry, entries, round_for, walks
from qiwizard.practice.placement import learning
from qiwizard.practice.progress import PLACEMENT, SET
from qiwizard.practice.round import Round, left_words
from qiwizard.practice.sitting import Sitting, now
from qiwizard.practice.store import clerk_words
from qiwizard.practice.tables import progress_lines
from qiwizard.practice.walk import DRILL as WALK
from qiwizard.terminal import ask_line
from qiwizard.text import typed_number, visible

HELP = "Answer with a number. t: the text again. q: quit; every answer is kept."


class _LeaveError(Exception):
    """The clerk asked to leave, or the input ended."""


class PlainPractice:
    """One sitting in line mode."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        self._library = sitting.library
        self._at: Round | None = None
        """The round under way."""
        self._told = ""
        """What was said last of how answers are kept."""

    def run(self) -> int:
        """Practise until the clerk leaves; returns the exit code."""
        self._say("qiwizard practice, line mode. " + AID_NOT_ADVICE)
        self._say(HELP)
        try:
            _, said = self._sitting.progress()
            self._say(said)
            if self._sitting.first is not None:
                self._round(self._sitting.first, read_first=self._sitting.read_first)
                return 0
            while True:
                self._menu()
        except _LeaveError:
            if self._at is not None:
                self._say(self._sitting.lacking(self._at) or left_words(self._at))
            return 0

    def _menu(self) -> None:
        progress, _ = self._sitting.progress()
        print()
        self._say(clerk_words(progress.clerk))
        chosen = self._chosen(entries(progress, now()), "Leave")
        if chosen is None:
            raise _LeaveError
        if chosen.id == WALK:
            print()
            chosen = self._chosen(walks(self._library), "Back")
        if chosen is not None:
            self._enter(chosen)

    def _chosen(self, offered: Sequence[Entry], zero: str) -> Entry | None:
        for number, entry in enumerate(offered, start=1):
            self._say(f"{number}. {entry.label}", indent="   ")
        self._say(f"0. {zero}", indent="   ")
        number = self._number(len(offered))
        return offered[number - 1] if number else None

    def _enter(self, entry: Entry) -> None:
        if entry.id == PROGRESS:
            progress, _ = self._sitting.progress()
            print("\n" + "\n".join(progress_lines(self._library, progress, now())))
            return
        try:
            self._round(round_for(self._sitting, entry), read_first=entry.read_first)
        except UserError as error:
            self._say(str(error))

    def _round(self, round_: Round, *, read_first: bool) -> None:
        if round_.over:
            self._say("No drill is left here.")
        while not round_.over:
            self._at = round_ = self._sitting.taking_up(round_)
            item = round_.item(self._library)
            print()
            drill = DRILLS[item.drill].title
            self._say(f"Drill {round_.at + 1} of {len(round_.items)}. {drill}.")
            if not item.stepwise:
                self._say(item.text)
            if round_.given:
                before, all_ = len(round_.given), len(item.parts)
                self._say(f"Gone on with at question {before + 1} of {all_}.")
            round_ = self._drill(round_, item, read_first=read_first)
        self._at = None
        self._end(round_)

    def _drill(self, round_: Round, item: Item, *, read_first: bool) -> Round:
        """Put the questions left and argue the answers; the round at its next drill."""
        last_note, after = "", round_
        while (part := round_.part(self._library)) is not None:
            self._pose(part, last_note, read_first=read_first)
            last_note = part.note
            self._at = round_ = round_.answering(self._answer(item, part))
            if round_.part(self._library) is not None:
                self._tell_kept(self._sitting.keep(round_, read_first=read_first))
            else:
                after, said = self._sitting.finish(round_)
                self._at = after
                self._tell_kept(said)
            if item.stepwise and round_.told:
                self._tell(part, round_.given[-1], words=not read_first)
        if not item.stepwise and round_.told:
            for number, (part, given) in enumerate(
                zip(item.parts, round_.given, strict=True), start=1
            ):
                print()
                self._say(f"Question {number}: {part.asks}")
                self._tell(part, given, words=True)
        if round_.told:
            print()
            self._say(f"The order: {item.source.text}")
        return after

    def _tell_kept(self, said: str) -> None:
        """Say what became of the answers, unless it was said just before."""
        if said != self._told:
            self._say(said)
        self._told = said

    def _pose(self, part: Part, last_note: str, *, read_first: bool) -> None:
        print()
        for paragraph in filter(None, part.setting.split("\n\n")):
            self._say(paragraph)
        if read_first:
            self._words(part.words)
        self._say(part.asks)
        if part.note != last_note:
            self._say(part.note)
        for option in part.options:
            self._say(f"{part.number(option)}. {option.label}", indent="   ")

    def _answer(self, item: Item, part: Part) -> str:
        """The id of the option chosen."""
        numbers = sorted(map(part.number, part.options))
        while True:
            line = self._read(f"{numbers[0]} to {numbers[-1]}, t, or q> ")
            if line.lower() in ("t", "text"):
                self._say(part.setting or item.text)
                continue
            number = typed_number(line)
            chosen = None if number is None else part.numbered(number)
            if chosen is not None:
                return chosen.id
            self._say(f"Permitted: {numbers[0]} to {numbers[-1]}, t, q.")

    def _tell(self, part: Part, given: str, *, words: bool) -> None:
        marked = mark(part, given)
        for line in marked.verdict.split("\n"):
            self._say(line)
        if words:
            self._words(part.words)
        self._points((*marked.why, *marked.argument))

    def _words(self, words: Sequence[Cite]) -> None:
        for cite in words:
            self._say(f"The court: “{cite.quote}” {cite.text}", indent="   ")

    def _points(self, points: Sequence[Point]) -> None:
        for point in telling(points):
            self._say(f"* {point.text}", indent="   ")
            for cite in point.cites:
                said = f" {cite.says}" if cite.says else ""
                self._say(f"- {cite.text}:{said}" if said else f"- {cite.text}", indent="      ")

    def _end(self, round_: Round) -> None:
        if not round_.done:
            return
        print()
        self._say(f"The round is done: {score_words(round_.done)}.")
        if round_.mode == PLACEMENT:
            progress, _ = self._sitting.progress()
            self._say(learning(progress))
            self._say("The orders of a placement are kept apart, so the answers are not shown.")
        if round_.mode == SET and self._sitting.results is not None:
            self._say(f"Results: {self._sitting.results.path}")

    def _number(self, most: int) -> int:
        while True:
            number = typed_number(self._read(f"0 to {most}, or q> "))
            if number is not None and number <= most:
                return number
            self._say(f"Permitted: 0 to {most}, q.")

    def _read(self, prompt: str) -> str:
        try:
            line = ask_line(prompt)
        except (EOFError, RuntimeError):  # the end of input, or no input at all
            print()
            raise _LeaveError from None
        if line.lower() in ("q", "quit"):
            raise _LeaveError
        return line

    @staticmethod
    def _say(text: str, indent: str = "") -> None:
        if text:
            hung = indent + "   " if indent else ""
            print("\n".join(wrapped(visible(text), indent, hung)))


def run_plain(sitting: Sitting) -> int:
    """Practise line by line; returns the exit code."""
    return PlainPractice(sitting).run()
