"""Text from people and files, made safe to show."""

from __future__ import annotations

import unicodedata

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def visible(text: str, *, keep: str = "\n\t") -> str:
    """The text with control and bidirectional characters shown as `<U+001B>`.

    The data itself is never changed: this is for what reaches a screen or a terminal.
    """
    return "".join(c if _harmless(c, keep) else f"<U+{ord(c):04X}>" for c in text)


def one_line(text: str) -> str:
    """The text on one line, safe to show; line breaks and tabs become spaces."""
    return " ".join(visible(text).split())


def escaped_controls(text: str) -> str:
    """Quoted text of TOML or JSON with control and bidirectional characters as `\\u001b`.

    Both formats read the escape back as the character itself.
    """
    return "".join(c if _harmless(c, "\n\t") else f"\\u{ord(c):04x}" for c in text)


def _harmless(character: str, keep: str) -> bool:
    if character in keep:
        return True
    if character in _BIDI:
        return False
    return unicodedata.category(character) not in {"Cc", "Cs", "Zl", "Zp"}
