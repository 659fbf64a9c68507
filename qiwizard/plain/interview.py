"""Line mode: the same interview as numbered lines, append-only, without redraw or colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from qiwizard.documents.compared import glance
from qiwizard.documents.export import WHOLE, format_for, render
from qiwizard.documents.outlook import ahead_sentences, forum_sentences
from qiwizard.documents.reading import looked_up
from qiwizard.documents.summary import summary
from qiwizard.documents.telling import authority_words
from qiwizard.documents.why_lines import why_lines
from qiwizard.documents.words import AID_NOT_ADVICE, STRENGTHS, fact_words, wrapped
from qiwizard.errors import UserError
from qiwizard.files import typed_path, write_text
from qiwizard.keeping.keeper import Keeper
from qiwizard.keeping.ongoing import Ongoing
from qiwizard.law.facts import Choice, Fact, Value
from qiwizard.law.library import Library
from qiwizard.plain.commands import AT_THE_END, HELP, START, prompt_for
from qiwizard.plain.resume import LeaveError, Unfinished
from qiwizard.reasoning.compare import all_forums, compare
from qiwizard.reasoning.interview import agenda, stakes
from qiwizard.reasoning.outlook import outlook
from qiwizard.reasoning.ruling import rule
from qiwizard.sessions.session import Session
from qiwizard.sessions.since import reasons, since
from qiwizard.sessions.steps import shift
from qiwizard.terminal import ask_line, asks
from qiwizard.text import ended, folded, one_line, typed_number, visible


class PlainWizard:
    """One session in line mode. Holds the session; everything else is computed."""

    def __init__(
        self,
        library: Library,
        session: Session,
        today: date | None = None,
        keeper: Keeper | None = None,
    ) -> None:
        """Interview on a session; without a day named, today is what the clock says when asked."""
        self._library = library
        self._session = session
        self._day = today
        self._ongoing = Ongoing(keeper, session)
        self._heard = ""
        """The fact whose question was put with all its answers, until it is answered."""
        self._unfinished = Unfinished(library, self._ongoing, self._say, self._read)

    @property
    def _today(self) -> date:
        return self._day or date.today()

    def run(self) -> int:
        """Interview until nothing is left to ask, then the summary; returns the exit code."""
        self._say("qiwizard, line mode. " + AID_NOT_ADVICE)
        self._say(START)
        try:
            if self._session.recorded:
                self._show_recorded()
            self._resumed(self._unfinished.offer(self._session, self._today))
            while True:
                while (name := self._next()) is not None:
                    self._ask(self._library.vocabulary.by_name[name])
                print("\n" + summary(self._library, self._session, self._today))
                while self._next() is None:
                    self._command(self._read(AT_THE_END), None)
        except LeaveError:
            self._end()
            return 0

    def _keep(self, session: Session) -> None:
        """Make this the session, on disk before anything else is asked."""
        self._session = session
        if told := self._ongoing.save(session):
            self._say(told)

    def _resumed(self, session: Session | None) -> None:
        """Take up an unfinished session, if one was chosen."""
        if session is not None:
            self._session = session
            if session.recorded:
                self._show_recorded()

    def _end(self) -> None:
        """Put the session by; answers from a pipe that led to a summary were delivered."""
        if not asks() and self._next() is None:
            self._ongoing.safe = self._session
        for line in self._ongoing.end(self._session):
            self._say(line)

    def _next(self) -> str | None:
        return agenda(self._library, self._session.posture, self._session.as_of).next

    def _ask(self, fact: Fact) -> None:
        choices = self._library.choices_in(self._session.posture, fact)
        if fact.name == self._heard:
            self._say(f"Asked still: {fact.question} Enter: the answers again.")
        else:
            self._pose(fact, choices)
        self._heard = fact.name
        line = self._read(prompt_for(len(choices)))
        if not line:
            self._heard = ""
        elif not self._answers(fact, choices, line):
            self._command(line, fact)

    def _pose(self, fact: Fact, choices: tuple[Choice, ...]) -> None:
        """The question with all its answers."""
        left = agenda(self._library, self._session.posture, self._session.as_of)
        doctrine = self._library.doctrine(fact.doctrine)
        print()
        self._say(f"{doctrine.title}. {left.at_least} to {left.at_most} questions left.")
        self._say(fact.question)
        for number, choice in enumerate(choices, start=1):
            self._say(f"{number}. {_choice_words(choice)}", indent="   ")
        self._say("0. Not stated", indent="   ")

    def _answers(self, fact: Fact, choices: tuple[Choice, ...], line: str) -> bool:
        """Take the line as an answer if it is one."""
        if line.isdecimal():
            number = typed_number(line)
            if number is None or number > len(choices):
                self._say(f"Permitted: 0 to {len(choices)}.")
            else:
                self._take(fact, choices[number - 1].value if number else None)
            return True
        for choice in fact.choices:
            if folded(line) in {folded(_spelling(choice.value)), folded(choice.label)}:
                if choice in choices:
                    self._take(fact, choice.value)
                else:
                    self._say(f"{choice.label} is not among the answers here.")
                return True
        return False

    def _take(self, fact: Fact, value: Value | None) -> None:
        before, self._heard = self._session, ""
        self._keep(before.answering(self._library, fact.name, value))
        self._say(ended(f"Noted: {fact_words(self._library, fact.name, value)}"))
        moved = shift(self._library, before, self._session)
        for names, what in (
            (moved.dropped, "No longer answered"),
            (moved.fell_away, "No longer in play"),
            (moved.came_back, "In play again"),
        ):
            if names:
                shorts = (self._library.vocabulary.by_name[name].short for name in names)
                self._say(f"{what}: {', '.join(shorts)}.")

    def _command(self, line: str, fact: Fact | None) -> None:
        word, _, rest = line.partition(" ")
        word = word.lower()
        if word in ("q", "quit"):
            raise LeaveError
        if word in ("h", "help"):
            for told in HELP:
                self._say(told)
            return
        if word in ("b", "back"):
            self._back()
        elif word in ("?", "why") and fact:
            self._why(fact)
        elif word in ("n", "note") and fact:
            self._keep(self._session.sourcing(fact.name, rest))
            self._say(ended(f"Noted for {fact.short}: {one_line(rest) or 'nothing'}"))
        elif word in ("r", "review"):
            self._review()
        elif word in ("w", "because"):
            ruling = rule(self._library, self._session.posture, self._session.as_of)
            self._print(why_lines(self._library, self._session, ruling, in_full=rest == "all"))
        elif word in ("l", "library"):
            self._print(visible(li) for li in looked_up(self._library, rest, self._session.as_of))
        elif word in ("m", "map"):
            self._map()
        elif word in ("s", "summary"):
            print("\n" + summary(self._library, self._session, self._today))
        elif word in ("c", "compare"):
            self._compare()
        elif word == "resume" and self._unfinished:
            self._resumed(self._unfinished.resume(rest, self._session, self._today))
        elif word == "discard" and self._unfinished:
            self._unfinished.discard(rest)
        elif word in ("e", "export") and rest:
            self._export(rest)
        elif word in ("a", "adopt") and self._session.recorded:
            self._keep(self._session.adopting(self._today))
            print("\n" + summary(self._library, self._session, self._today))
        elif fact is None:
            self._say("That is no command. help: all commands.")
        else:
            most = len(self._library.choices_in(self._session.posture, fact))
            self._say(f"That is no answer here. Answer with a number, 0 to {most}, or type help.")

    @staticmethod
    def _print(lines: Iterable[str]) -> None:
        print("\n" + "\n".join(lines))

    def _back(self) -> None:
        if not self._session.trail:
            self._say("This is the first question.")
            return
        name, self._heard = self._session.trail[-1], ""
        value = self._session.posture.get(name)
        self._say(ended(f"Back to: {fact_words(self._library, name, value)}"))
        self._keep(self._session.clearing(name))

    def _why(self, fact: Fact) -> None:
        self._say(fact.help)
        self._say(f"Why the law asks: {fact.why}")
        posture, as_of = self._session.posture, self._session.as_of
        for choice in self._library.choices_in(self._session.posture, fact):
            ruling = rule(self._library, posture.stating(fact.name, choice.value), as_of)
            outcome = self._library.outcomes[ruling.outcome].label
            self._say(f"{choice.label}: now {outcome}, {ruling.strength.word}.", indent="   ")
        for stake in stakes(self._library, posture, fact.name, as_of):
            self._say(f"It bears on: {self._library.question[stake.question].asks}")
            for placed in stake.holdings[:4]:
                self._say(authority_words(placed), indent="   ")

    def _review(self) -> None:
        posture = self._session.posture
        names = {*posture.known, *posture.open}
        for name in self._library.vocabulary.in_order(names):
            source = self._session.sources.get(name)
            noted = f" ({one_line(source)})" if source else ""
            self._say(f"{fact_words(self._library, name, posture.get(name))}{noted}")
        if not names:
            self._say("Nothing has been answered yet.")

    def _map(self) -> None:
        """Where the questions lead from here, and what the circuits make of the facts."""
        posture, trail = self._session.posture, self._session.trail
        before = posture.forgetting(trail[-1]) if trail else None
        map_ = outlook(self._library, posture, self._session.as_of, before)
        for told in (ahead_sentences, forum_sentences):
            print()
            for sentence in told(self._library, map_):
                self._say(sentence)

    def _compare(self) -> None:
        """The forum as stated and every circuit, a row and a reason each."""
        posture, as_of = self._session.posture, self._session.as_of
        forums = all_forums(self._library, posture, as_of)
        comparison = compare(self._library, posture, forums)
        print("\n" + "\n".join(glance(comparison)))

    def _export(self, typed: str) -> None:
        try:
            path = typed_path(typed)
            form = format_for(path)
            write_text(path, render(self._library, self._session, form, self._today))
        except UserError as error:
            self._say(str(error))
        else:
            self._say(f"Written: {path}")
            if form in WHOLE and not self._session.draft:  # which no file of the user's holds
                self._ongoing.safe = self._session

    def _show_recorded(self) -> None:
        changed = since(self._library, self._session, self._today)
        if changed is None:
            return
        recorded, today = changed.recorded, changed.now.ruling
        self._say(
            f"Ruling in the file, as of {recorded.as_of}: "
            f"{self._library.outcomes[recorded.outcome].label}, {recorded.strength}."
        )
        self._say(
            f"Law of today: {self._library.outcomes[today.outcome].label}, "
            f"{today.strength.word} ({STRENGTHS[today.strength.word]})."
            + (" a: adopt it." if changed.adoptable else " It is the same.")
        )
        for reason in reasons(self._library, changed):
            self._say(reason.text, indent="   ")

    def _read(self, prompt: str) -> str:
        try:
            return ask_line(prompt)
        except (EOFError, RuntimeError):  # the end of input, or no input at all
            print()
            raise LeaveError from None

    @staticmethod
    def _say(text: str, indent: str = "") -> None:
        for line in _lines(text, indent):
            print(line)


def _lines(text: str, indent: str) -> Iterator[str]:
    yield from wrapped(one_line(text), indent, indent) or [""]


def _choice_words(choice: Choice) -> str:
    value = str(choice.value)
    return choice.label if isinstance(choice.value, bool) else f"{choice.label} [{value}]"


def _spelling(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value


def run_plain(
    library: Library,
    session: Session | None,
    today: date | None = None,
    keeper: Keeper | None = None,
) -> int:
    """Run the wizard line by line; returns the exit code."""
    begun = session or Session.new(today or date.today())
    return PlainWizard(library, begun, today, keeper).run()
