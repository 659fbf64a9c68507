"""qiwizard: an official has raised qualified immunity; is discovery stayed, limited, or not?

The package is the law as data and the reasoning over it. It imports no terminal library.
What a script needs is named here:

    import datetime
    import qiwizard

    library = qiwizard.shipped_library()
    facts = {"circuit": "tenth", "qi_asserted": True, "motion": "pending"}
    posture = qiwizard.posture_of(library, facts)
    ruling = qiwizard.rule(library, posture, datetime.date.today())
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qiwizard.checking.library_file import library_with
    from qiwizard.documents.summary import summary
    from qiwizard.documents.telling import change_words
    from qiwizard.errors import UserError
    from qiwizard.law.citation import cite_holding
    from qiwizard.law.forum import Placed
    from qiwizard.law.library import Library
    from qiwizard.law.posture import Posture
    from qiwizard.law.shipped import shipped_library
    from qiwizard.reasoning.canons import Strength
    from qiwizard.reasoning.changes import Change, changes
    from qiwizard.reasoning.ruling import Finding, Ruling, rule
    from qiwizard.reasoning.why import Why, why
    from qiwizard.sessions.session import Session
    from qiwizard.sessions.session_file import posture_of, read_session

# Stated here, and read from here by the build: asking the installed package costs more time
# than all the rest of `--version`.
__version__ = "0.1.0"

__all__ = [
    "Change",
    "Finding",
    "Library",
    "Placed",
    "Posture",
    "Ruling",
    "Session",
    "Strength",
    "UserError",
    "Why",
    "change_words",
    "changes",
    "cite_holding",
    "library_with",
    "posture_of",
    "read_session",
    "rule",
    "shipped_library",
    "summary",
    "why",
]

# Every part of the package runs this module first, so it loads nothing until a name is used.
_HOMES = {
    "checking.library_file": "library_with",
    "documents.session_file": "posture_of read_session",
    "documents.summary": "summary",
    "documents.telling": "change_words",
    "errors": "UserError",
    "law.citation": "cite_holding",
    "law.forum": "Placed",
    "law.library": "Library",
    "law.posture": "Posture",
    "law.shipped": "shipped_library",
    "reasoning.canons": "Strength",
    "reasoning.changes": "Change changes",
    "reasoning.ruling": "Finding Ruling rule",
    "reasoning.why": "Why why",
    "sessions.session": "Session",
}

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
