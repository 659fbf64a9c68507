"""Every command, with its key, title and help: palette, foot, help, settings and plain mode."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """One command, the same word and letter in the full screen and in plain mode."""

    id: str
    """Its word in plain mode."""
    key: str
    """Its letter; empty for a command reached by its word or the palette alone."""
    title: str
    help: str
    argument: str = ""
    """What follows the word in plain mode."""
    keys: str = ""
    """Further keys of the full screen."""
    plain: bool = True
    """Whether plain mode has it."""
    section: str = ""
    """The section of the report that it shows, if it shows one."""

    @property
    def all_keys(self) -> str:
        """Its keys on the screen, as a binding takes them."""
        names = {"?": "question_mark"}
        return ",".join(filter(None, (names.get(self.key, self.key), self.keys)))

    @property
    def usage(self) -> str:
        """How it is typed in plain mode, such as `export FILE, or e FILE`."""
        words = " ".join(filter(None, (self.id, self.argument)))
        letter = " ".join(filter(None, (self.key, self.argument)))
        return f"{words}, or {letter}" if self.key else words


COMMANDS = (
    Command("why", "w", "Why", "What the question means and why it matters.", keys="f1"),
    Command("back", "b", "Back", "Go back to the previous question.", keys="escape"),
    Command("note", "t", "Note", "Record cite for this answer, such as Doc. 38 at 2.", "TEXT"),
    Command("review", "r", "Review", "Every answer, by number; any can be changed."),
    Command("change", "", "Change", "Change the answer with that number in the review.", "N"),
    Command("summary", "s", "Summary", "The result."),
    Command("reasons", "", "Reasons", "The reasons for the result.", section="why"),
    Command("against", "a", "Against", "Contrary authority.", section="against"),
    Command(
        "what-if",
        "f",
        "What if",
        "Changes of fact that would change the outcome.",
        section="changes",
    ),
    Command("orders", "o", "Orders", "The closest decided orders.", section="orders"),
    Command("next", "n", "Next steps", "Next steps for each side and the court.", section="next"),
    Command("authorities", "u", "Authorities", "Table of authorities.", section="authorities"),
    Command("draft", "d", "Draft order", "A draft order on this result."),
    Command("more", "", "More facts", "Answer the facts that would refine the order."),
    Command("compare", "m", "Compare", "The same facts in other circuits, districts and dates."),
    Command("map", "", "Map", "Questions ahead, and the outcome in each circuit.", plain=False),
    Command("library", "l", "Library", "Search the authorities; an id opens one.", "WORDS"),
    Command("case", "c", "Case", "Caption, docket, notes and the date of the law.", plain=False),
    Command("export", "e", "Export", "Save the case to a file: memo, order or session.", "FILE"),
    Command("continue", "i", "Continue", "The next question, or the result.", plain=False),
    Command("home", "h", "Home", "The home screen.", plain=False),
    Command("help", "?", "Help", "How it works, keys and terms."),
    Command("quit", "q", "Quit", "Quit; your answers are saved.", keys="ctrl+q"),
)
BY_ID = {command.id: command for command in COMMANDS}


def command_typed(word: str) -> Command | None:
    """The command of a word or letter as typed; None if there is none."""
    typed = word.casefold().replace("_", "-")
    typed = "what-if" if typed == "whatif" else typed
    return next((c for c in COMMANDS if typed and typed in (c.id, c.key)), None)
