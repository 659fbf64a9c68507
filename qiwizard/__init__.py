"""qiwizard: an official asserts qualified immunity; is discovery stayed, limited, or not?

The package holds the law as data and the reasoning over it. It imports no terminal library.
What a script may rely on is named in `__all__`:

    import datetime
    import qiwizard

    library = qiwizard.shipped_library()
    facts = {"circuit": "tenth", "request": "stay", "qi_asserted": True, "motion": "pending"}
    posture = qiwizard.posture_of(library, facts)
    ruling = qiwizard.rule(library, posture, datetime.date.today())
    print(ruling.outcome, ruling.strength.word, dict(ruling.likelihood))
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qiwizard.batch import ruling_lines as ruling_lines
    from qiwizard.errors import UserError as UserError
    from qiwizard.law.citation import cite_holding as cite_holding
    from qiwizard.law.forum import Authority as Authority
    from qiwizard.law.library import Library as Library
    from qiwizard.law.posture import Posture as Posture
    from qiwizard.law.shipped import library_with as library_with
    from qiwizard.law.shipped import shipped_library as shipped_library
    from qiwizard.reasoning.explanation import Why as Why
    from qiwizard.reasoning.explanation import why as why
    from qiwizard.reasoning.ruling import Finding as Finding
    from qiwizard.reasoning.ruling import Ruling as Ruling
    from qiwizard.reasoning.ruling import rule as rule
    from qiwizard.reasoning.weighing import Strength as Strength
    from qiwizard.reasoning.what_if import Change as Change
    from qiwizard.reasoning.what_if import changes as changes
    from qiwizard.reports.as_text import summary as summary
    from qiwizard.reports.dispositions import change_words as change_words
    from qiwizard.sessions.session import Session as Session
    from qiwizard.sessions.session_file import posture_of as posture_of
    from qiwizard.sessions.session_file import read_session as read_session

# The build reads the version from here. Asking the installed package's metadata for it would cost
# more time than the rest of `--version`.
__version__ = "0.2.0"

# Importing any part of the package runs this module, so it loads nothing until a name is used.
_HOMES = {
    "batch": "ruling_lines",
    "errors": "UserError",
    "law.citation": "cite_holding",
    "law.forum": "Authority",
    "law.library": "Library",
    "law.posture": "Posture",
    "law.shipped": "library_with shipped_library",
    "reasoning.explanation": "Why why",
    "reasoning.ruling": "Finding Ruling rule",
    "reasoning.weighing": "Strength",
    "reasoning.what_if": "Change changes",
    "reports.as_text": "summary",
    "reports.dispositions": "change_words",
    "sessions.session": "Session",
    "sessions.session_file": "posture_of read_session",
}
__all__ = sorted(name for names in _HOMES.values() for name in names.split())

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """A public name, loaded when it is first used."""
        from importlib import import_module

        for home, names in _HOMES.items():
            if name in names.split():
                globals()[name] = found = getattr(import_module(f"qiwizard.{home}"), name)
                return found
        raise AttributeError(f"module 'qiwizard' has no attribute {name!r}", name=name, obj=None)


def __dir__() -> list[str]:
    """The public names, whether loaded yet or not."""
    return sorted({*globals(), *__all__})
