"""Plain mode: the same interview as numbered lines, append-only, without redraw or color."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from qiwizard.command_table import BY_ID, COMMANDS, Command, command_typed
from qiwizard.console import ask_line, asks
from qiwizard.errors import UserError
from qiwizard.keeping.keeper import Keeper, Ongoing
from qiwizard.law.courts import matching_forums, named_forum
from qiwizard.law.facts import Value
from qiwizard.law.library import Library
from qiwizard.plain.export import EXTENSIONS, export
from qiwizard.plain.resume import LeaveError, Unfinished
from qiwizard.plain.sections import (
    ANSWERS,
    AT_THE_END,
    FORUM_PROMPT,
    START,
    recorded_lines,
    result_lines,
    section_lines,
    why_lines,
)
from qiwizard.reasoning.forums import all_forums, compare
from qiwizard.reports.formats import WHOLE
from qiwizard.reports.report import Report
from qiwizard.reports.words import AID_NOT_ADVICE, wrapped
from qiwizard.sessions.questions import (
    UNKNOWN,
    Question,
    answer,
    answer_words,
    answered,
    next_question,
    not_enough_words,
    progress_words,
    question,
    refining_words,
    removing,
    review,
)
from qiwizard.sessions.session import FORUM_QUESTION, Session, trail
from qiwizard.text import folded, one_line
from qiwizard.typed import typed_number

PAGE = 20
"""Lines per page before a prompt to continue."""
MOST_FORUMS = 12
WORDS = ("resume", "discard", "adopt")
"""Commands of plain mode that apply before the interview."""
TEXT: dict[Value | None, str] = {True: "yes", False: "no"}
"""How an answer may be typed, where not as the value itself, such as `qi_defendants`."""


class PlainWizard:
    """One session in plain mode. Holds the session; everything else is computed."""

    def __init__(
        self,
        library: Library,
        session: Session,
        today: date | None = None,
        keeper: Keeper | None = None,
    ) -> None:
        """Interview on a session; without a date, today is read from the clock when needed."""
        self._library = library
        self._session = session
        self._day = today
        self._ongoing = Ongoing(keeper, session)
        self._changing: str | None = None
        """The question that is asked again, out of its turn."""
        self._posed = ""
        """The question shown with all its answers, until it is answered."""
        self._unfinished = Unfinished(library, self._ongoing, self._say, self._read)

    @property
    def _today(self) -> date:
        return self._day or date.today()

    @property
    def _report(self) -> Report:
        return Report(self._library, self._session, self._today)

    def run(self) -> int:
        """Interview until the result can be shown, then take commands; returns the exit code."""
        self._say("qiwizard, plain mode. " + AID_NOT_ADVICE, START)
        try:
            self._show_recorded()
            self._resumed(self._unfinished.offer(self._session, self._today))
            while True:
                while (asked := self._next()) is not None:
                    self._ask(asked)
                self._print(self._result())
                while self._next() is None:
                    self._command(self._read(AT_THE_END), None)
        except LeaveError:
            self._end()
            return 0
        except KeyboardInterrupt:
            with suppress(OSError):  # a terminal that was closed
                print()
                self._say(*self._ongoing.end(self._session))
            raise

    def _keep(self, session: Session) -> None:
        """Make this the session, on disk before anything else is asked."""
        self._session = session
        if told := self._ongoing.save(session):
            self._say(told)

    def _resumed(self, session: Session | None) -> None:
        """Resume an unfinished session if one was chosen."""
        if session is not None:
            self._session, self._changing, self._posed = session, None, ""
            self._show_recorded()

    def _end(self) -> None:
        """Release the session; answers from a pipe that led to a result were delivered."""
        if not asks() and self._next() is None:
            self._ongoing.safe = self._session
        self._say(*self._ongoing.end(self._session))

    def _next(self) -> Question | None:
        if self._changing is not None:
            return question(self._library, self._session.posture, self._changing)
        return next_question(self._library, self._session)

    def _ask(self, asked: Question) -> None:
        if asked.id == self._posed:
            self._say(f"Current question: {asked.text} Enter: the answers again.")
        else:
            self._pose(asked)
        self._posed = asked.id
        numbers = f"0 to {len(asked.choices) - 1}> "
        line = self._read(numbers if asked.choices else FORUM_PROMPT)
        if not line:
            self._posed = ""
        elif asked.id == FORUM_QUESTION:
            self._name_forum(asked, line)
        elif not self._answers(asked, line):
            self._command(line, asked)

    def _pose(self, asked: Question) -> None:
        """The question with all its answers, under the title of its doctrine."""
        print()
        title = self._library.doctrine(asked.doctrine).title
        self._say(f"{title} ({progress_words(self._library, self._session)})", asked.text)
        for number, choice in enumerate(asked.choices, start=1):
            shown = 0 if choice.value is None else number
            self._say(f"{shown}. {choice.label}", indent="   ")

    def _name_forum(self, asked: Question, line: str) -> None:
        """Take a district or circuit, or say which ones were meant."""
        courts = self._library.courts
        if typed_number(line) == 0 or folded(line) == folded(UNKNOWN):
            self._take(asked, None)
        elif (word := line.partition(" ")[0]).casefold() in WORDS or command_typed(word):
            self._command(line, asked)
        elif (forum := named_forum(courts, line)) is not None:
            self._take(asked, forum)
        elif found := matching_forums(courts, line):
            self._say("Several match; type more of the name:")
            self._say(*(forum.label for forum in found[:MOST_FORUMS]), indent="   ")
        else:
            self._say("No district or circuit has that name. 0: Unknown.")

    def _answers(self, asked: Question, line: str) -> bool:
        """Take the line as an answer if it is one."""
        number = typed_number(line)
        if number is not None:
            if number >= len(asked.choices):
                self._say(f"Permitted: 0 to {len(asked.choices) - 1}.")
            else:
                self._take(asked, asked.choices[number - 1].value)
            return True
        words = folded(line)
        for choice in asked.choices:
            spelling = TEXT.get(choice.value, choice.value) or ""
            if words in (folded(choice.label), folded(str(spelling))):
                self._take(asked, choice.value)
                return True
        return False

    def _take(self, asked: Question, value: object) -> None:
        self._posed, changed, self._changing = "", self._changing, None
        self._keep(answer(self._library, self._session, asked, value))
        self._say(f"Noted: {answer_words(self._library, self._session.posture, asked)}")
        if changed is not None:
            self._review()

    def _command(self, line: str, asked: Question | None) -> None:
        """Run a line that is a command, not an answer."""
        word, _, rest = line.partition(" ")
        command = command_typed(word)
        if word.casefold() == "resume" and self._unfinished:
            self._resumed(self._unfinished.resume(rest, self._session, self._today))
        elif word.casefold() == "discard" and self._unfinished:
            self._unfinished.discard(rest)
        elif word.casefold() == "adopt" and self._session.recorded:
            self._keep(self._session.adopting(self._today))
            self._print(self._result())
        elif command is None or not command.plain:
            hint = "" if asked is None else " Answer with a number or the words of an answer."
            self._say(f"Not a command.{hint} help: all commands.")
        else:
            self._do(command, rest.strip(), asked)

    def _do(self, command: Command, rest: str, asked: Question | None) -> None:
        match command.id:
            case "quit":
                raise LeaveError
            case "help":
                usages = (f"{each.usage}: {each.help}" for each in COMMANDS if each.plain)
                self._say(*ANSWERS, *usages, EXTENSIONS)
            case "why":
                self._why(asked)
            case "back":
                self._back()
            case "note":
                self._note(rest, asked)
            case "review":
                self._review()
            case "change":
                self._change(rest)
            case "more":
                self._more()
            case "library":
                from qiwizard.reports.precedents import looked_up  # wanted by one command alone

                self._show(looked_up(self._library, rest, self._session.as_of))
            case "export":
                self._export(rest)
            case _:
                self._part(command)

    def _part(self, command: Command) -> None:
        """The result or a part of it, unless not enough is known."""
        if told := not_enough_words(self._library, self._session):
            self._say(told)
        elif command.id == "summary":
            self._print(self._result())
        elif command.id == "compare":
            from qiwizard.reports.comparison import glance  # wanted by one command alone

            posture = self._session.posture
            forums = all_forums(self._library, posture, self._session.as_of)
            self._show(glance(compare(self._library, posture, forums)))
        else:
            self._show(section_lines(self._report, command.id))

    def _result(self) -> list[str]:
        """The result on a card, or what it lacks; and what would refine it."""
        library, session = self._library, self._session
        if told := not_enough_words(library, session):
            return _lines(told)
        lines = wrapped(one_line(session.matter.caption))
        lines += result_lines(self._report)
        if more := refining_words(library, session):
            lines += _lines(f"{more}: type more.")
        return lines

    def _back(self) -> None:
        """Give up a change, or take back the last answer and ask it again."""
        changing, self._changing, self._posed = self._changing, None, ""
        library, posture, ids = self._library, self._session.posture, trail(self._session)
        if changing is not None and answered(posture, question(library, posture, changing)):
            return
        if not ids:
            self._say("This is the first question.")
            return
        asked = question(library, posture, ids[-1])
        self._say(f"Back to: {asked.text}")
        self._keep(removing(library, self._session, asked))
        self._changing = asked.id

    def _note(self, text: str, asked: Question | None) -> None:
        if asked is None:
            ids = trail(self._session)
            asked = question(self._library, self._session.posture, ids[-1]) if ids else None
        if asked is not None:
            self._keep(self._session.sourcing(asked.fact.name, text))
            self._say(f"Record cite for {asked.short}: {one_line(text) or 'none'}.")

    def _why(self, asked: Question | None) -> None:
        """What a question means; after the last one, the reasons for the result."""
        if asked is None:
            self._part(BY_ID["reasons"])
            return
        for line in why_lines(self._library, self._session, asked):
            print(line)

    def _review(self) -> None:
        for row in review(self._library, self._session):
            if row.answer:
                source = f" ({one_line(row.source)})" if row.source else ""
                remark = f" [{row.remark}]" if row.remark else ""
                self._say(f"{row.number}. {row.question.short}: {row.answer}{source}{remark}")
        none = "No question has been answered yet."
        self._say("change N: answer one of them again." if self._session.trail else none)

    def _more(self) -> None:
        """The optional questions, by doctrine, with the numbers that answer them."""
        told = not_enough_words(self._library, self._session)
        self._say(told or refining_words(self._library, self._session) or "No more questions.")
        doctrine = ""
        for row in () if told else review(self._library, self._session):
            if row.answer or not row.remark:
                continue
            if row.question.doctrine != doctrine:
                doctrine = row.question.doctrine
                self._say(f"{self._library.doctrine(doctrine).title}:")
            self._say(f"change {row.number}: {row.question.text}", indent="   ")

    def _change(self, text: str) -> None:
        rows = review(self._library, self._session)
        number = typed_number(text)
        row = next((r for r in rows if r.number == number), None)
        if row is None:
            self._say(f"Which one? change N, N from 1 to {len(rows)}; review lists the numbers.")
        else:
            self._changing, self._posed = row.question.id, ""

    def _export(self, typed: str) -> None:
        if not typed:
            self._say(f"Which file? export FILE. {EXTENSIONS}")
            return
        try:
            written = export(self._report, typed, self._read)
        except UserError as error:
            self._say(str(error))
            return
        if written is None:
            self._say("Not written.")
        else:
            path, form = written
            self._say(f"Written: {path}")
            if form in WHOLE and not self._session.draft:  # not in any file of the user's
                self._ongoing.safe = self._session

    def _show_recorded(self) -> None:
        for line in recorded_lines(self._report):
            print(line)

    def _read(self, prompt: str) -> str:
        try:
            return ask_line(prompt)
        except (EOFError, RuntimeError):  # the end of input, or no input at all
            print()
            raise LeaveError from None

    def _show(self, lines: Iterable[str]) -> None:
        """Print lines, for a person page by page."""
        print()
        every = list(lines)
        for start in range(0, len(every), PAGE):
            print("\n".join(every[start : start + PAGE]))
            more = asks() and start + PAGE < len(every)
            if more and self._read("more? Enter, or q> ").casefold().startswith("q"):
                return

    @staticmethod
    def _print(lines: Iterable[str]) -> None:
        print("\n" + "\n".join(lines))

    @staticmethod
    def _say(*texts: str, indent: str = "") -> None:
        for text in texts:
            print("\n".join(_lines(text, indent)))


def _lines(text: str, indent: str = "") -> list[str]:
    return wrapped(one_line(text), indent, indent) or [""]


def run_plain(
    library: Library,
    session: Session | None,
    today: date | None = None,
    keeper: Keeper | None = None,
) -> int:
    """Run the wizard line by line; returns the exit code."""
    begun = session or Session.new(today or date.today())
    return PlainWizard(library, begun, today, keeper).run()
