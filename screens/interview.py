"""The interview: one question at a time, with its authority and the result so far."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import OptionList, Static

from qiwizard.sessions import questions
from qiwizard.sessions.questions import Question
from qiwizard.sessions.session import FORUM_QUESTION, Session, trail
from screens.dialogs.ask import ask_source
from screens.drawing import MUTED, STRONG, literal, outcome_text
from screens.host import HostedScreen, host
from screens.why import WhyScreen, authority_blocks
from screens.widgets.caseline import CaseLine
from screens.widgets.choices import Choices, Offer
from screens.widgets.field import ForumField
from screens.widgets.key_line import KeyLine, case_commands, command
from screens.widgets.lines import Settled
from screens.widgets.page import Page

WIDTHS = [(0, "-slim"), (58, "-narrow"), (120, "-wide")]
HEIGHTS = [(0, "-short"), (16, "-medium"), (22, "-regular"), (30, "-tall")]
FOOT = ("review", "summary", "export")


class Panel(Vertical, Settled):
    """A box whose height follows what is in it."""


class Said(Static, Settled):
    """A text that changes with each question."""


class InterviewScreen(HostedScreen[None]):
    """Asks what can still change the outcome; opened for one question, closes when answered."""

    CSS_PATH = "interview.tcss"
    HELP = """\
# The interview

**↑ ↓** or a number marks an answer, **Enter** selects it. *Unknown* is an answer too.
The first question takes a district or circuit as you would write it: *D.N.M.*, *new mex*,
*10th*. **w** or **F1** says why a question is asked, **Esc** goes back, **→** forward,
**Tab** moves to the authority. When no answer could change the outcome, the result is shown.
"""
    AUTO_FOCUS = ""
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS
    BINDINGS: ClassVar[list[BindingType]] = [
        command("why", "interview", "why", show=True),
        command("back", "interview", "back", show=True),
        Binding("right", "forward", "Forward", show=False, id="interview.forward"),
        command("note", "interview", "note"),
        *case_commands("interview", shown=FOOT),
    ]

    choices = query_one(Choices)
    forum = query_one(ForumField)

    def __init__(self, fact: str | None = None, *, once: bool = False) -> None:
        super().__init__()
        self._start = fact
        self._once = once
        self._asked: Question | None = None
        self._drawn: Session | None = None

    def compose(self) -> ComposeResult:
        """The case, the question with its answers, and beside it result and authority."""
        yield CaseLine()
        with Container(id="columns"):
            with Panel(id="asking", classes="panel"):
                yield Said("", id="question", markup=False)
                yield Said("", id="intro", markup=False)
                yield ForumField(self._answer)
                yield Choices(self._answer)
                yield Said("", id="note", markup=False)
            with Panel(id="beside"):
                yield Said("", id="result", classes="panel", markup=False)
                yield Page(id="authority")
        yield KeyLine()

    def on_mount(self) -> None:
        """Begin where the screen was told to, or at the next question."""
        self.query_one("#result").border_title = "Result so far"
        self.query_one("#authority").border_title = "Authority and practice"
        self._go(self._start)

    def on_screen_resume(self) -> None:
        """Refresh after other screens changed the session."""
        session = host(self).session
        if self._drawn is None or session is self._drawn:
            return
        is_new = session.created != self._drawn.created or not session.trail
        self.go(None if is_new else self.fact)

    def go(self, name: str | None = None) -> None:
        """Ask a fact, or the next question; begin there if nothing is drawn yet."""
        if self.is_mounted:
            self._go(name)
        else:
            self._start = name

    @property
    def fact(self) -> str:
        """The id of the question that is asked."""
        return self._asked.id if self._asked else ""

    def _go(self, name: str | None = None) -> None:
        library, session = host(self).library, host(self).session
        if name:
            asked = questions.question(library, session.posture, name)
        else:
            asked = questions.next_question(library, session) or questions.question(
                library, session.posture, (trail(session) or (FORUM_QUESTION,))[-1]
            )
        self._asked = asked
        self._draw(asked, session)

    def _draw(self, asked: Question, session: Session) -> None:
        self._drawn = session
        library = host(self).library
        self.query_one(CaseLine).refresh()
        panel, doctrine = self.query_one("#asking"), library.doctrine(asked.doctrine)
        panel.border_title = literal(doctrine.title)
        panel.border_subtitle = literal(questions.progress_words(library, session))
        self._say("#question", literal(asked.text, STRONG))
        self._say("#intro", literal(doctrine.intro, MUTED))
        self._say("#note", _note(session, asked))
        self._offer(asked, session)
        self._draw_result(session)
        self.query_one("#authority", Page).show(authority_blocks(library, session, asked))

    @on(OptionList.OptionHighlighted)
    def _moved(self) -> None:
        """Find what follows the marked answer once it is painted."""
        self.call_after_refresh(self._look_ahead)

    def _look_ahead(self) -> None:
        asked, marked = self._asked, self.choices.marked
        if not self.is_current or not self.choices.display or asked is None or marked is None:
            return
        library, session = host(self).library, host(self).session

        def find() -> None:  # the engine remembers what it has found
            after = questions.answer(library, session, asked, marked.value)
            questions.next_question(library, after)

        self.run_worker(find, thread=True, exclusive=True, group="ahead", exit_on_error=False)

    def _offer(self, asked: Question, session: Session) -> None:
        """Offer the answers, the one given before marked; the forum has a field."""
        naming = asked.id == FORUM_QUESTION
        self.forum.display, self.choices.display = naming, not naming
        given = questions.chosen(host(self).library, session.posture, asked)
        was_answered = questions.answered(session.posture, asked)
        if naming:
            self.forum.ask(
                host(self).library.courts,
                questions.answer_words(host(self).library, session.posture, asked) if given else "",
            )
            self.set_focus(self.forum.field)
            return
        offers = [
            Offer(c.value, c.label, "your answer" if was_answered and c.value == given else "")
            for c in asked.choices
        ]
        self.choices.offer(offers, next((o for o in offers if o.remark), None))
        self.set_focus(self.choices)  # at once: what is typed ahead belongs to it

    def _draw_result(self, session: Session) -> None:
        """The result so far, or what is missing; nothing is guessed."""
        library, ruling = host(self).library, host(self).ruling
        missing = questions.missing_words(library, session)
        if missing:
            known = f"{questions.FIRST_FACTS - len(missing)} of {questions.FIRST_FACTS} known"
            said = literal(f"{questions.NOT_ENOUGH} · {known}")
        else:
            said = outcome_text(library, ruling.outcome) + literal(f", {ruling.strength.word}")
        self._say("#result", said)

    def _say(self, where: str, text: Content) -> None:
        line = self.query_one(where, Static)
        line.update(text)
        line.set_class(not text.plain, "-empty")

    def _answer(self, value: object) -> None:
        """Record an answer, then ask the next question or show the result."""
        if (asked := self._asked) is None:
            return
        library, before = host(self).library, host(self).session
        after = questions.answer(library, before, asked, value)
        if after is not before:
            host(self).keep(after)
        if self._once:
            self.leave()
        elif questions.next_question(library, after) is not None:
            self.go()
        else:
            self.go(asked.id)
            if questions.missing_words(library, after):
                host(self).open("review")
            else:
                host(self).show_summary()

    def on_key(self, event: events.Key) -> None:
        """A digit marks an answer wherever the focus is."""
        self.choices.hear(event)

    def action_back(self) -> None:
        """Step back over what was answered, or leave."""
        ids, position = trail(host(self).session), self._position()
        if position > 0 and not self._once:
            self.go(ids[position - 1])
        else:
            self.leave()

    def action_forward(self) -> None:
        """Step forward over what was answered, to the next question."""
        ids, position = trail(host(self).session), self._position() + 1
        if position < len(ids):
            self.go(ids[position])
        elif questions.next_question(host(self).library, host(self).session) is not None:
            self.go()

    def _position(self) -> int:
        ids = trail(host(self).session)
        return ids.index(self.fact) if self.fact in ids else len(ids)

    def action_why(self) -> None:
        """Say what the question means, and the law behind it."""
        if self._asked is not None:
            self.app.push_screen(WhyScreen(self._asked), self._after_why)

    def _after_why(self, precedent: str | None) -> None:
        if precedent is not None:
            host(self).show_library(precedent)

    def action_note(self) -> None:
        """Note where the record states the answer."""
        if (asked := self._asked) is not None:
            ask_source(self, asked.fact, lambda: self.go(asked.id))


def _note(session: Session, asked: Question) -> Content:
    note = session.sources.get(asked.fact.name, "").strip()
    return literal(f"Record cite: {note}", MUTED) if note else Content("")
