"""The strings that a person can read, and the phrases that none of them may use."""

from __future__ import annotations

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
OTHERS_WORDS = frozenset(
    {"quote", "quoted_in", "query", "caption", "short", "citation", "url", "judge", "id", "case"}
)
"""Keys of data files that hold the words or the names of others."""
RETIRED = (
    # Discovery and stays
    *(r"go(es)? ahead", r"going ahead", r"went ahead", r"of right", r"at liberty"),
    *(r"starting line", r"spar(e|es|ed) (discovery|every|the |no|from)", r"is spared"),
    *(r"cut to", r"(brings?|bringing) a stay", r"shares? in the stay", r"stay or no stay"),
    *(r"had at all", r"let them go", r"on the table", r"behind the parties", r"a halt for"),
    # Authority
    *(r"speaks?( \w+)? (of|to|for)", r"spoken (of|to)", r"part(s|ed)? ways", r"bears?( \w+)* out"),
    *(r"answered both ways", r"of like rank", r"near(er)? at hand", r"carr(y|ies) (it|the day)"),
    *(r"authority would carry", r"goes one way", r"of equal weight divides", r"leaves it to"),
    *(r"stands? against", r"stands? in the way", r"puts? the stay", r"good for the stay"),
    # Metaphors and archaisms
    *(r"hangs? on", r"at hand", r"(is|are) told", r"holds? back", r"turn(s|ed) to", r"earns?"),
    *(r"nobody", r"everybody", r"anybody", r"somebody", r"anew", r"whither", r"what of"),
    *(r"on file for good", r"(becomes?|became) of", r"save (by|for|as|where)", r"as things stand"),
    *(r"lateness", r"put off", r"locked up", r"own pocket", r"let that rest", r"turned down"),
    *(r"nothing (more )?(of the suit|need be)", r"for want of", r"has been had", r"may be had"),
    *(r"press for", r"mend the", r"head of the list", r"its ground is gone", r"nearest at"),
    *(r"no longer in play", r"asked still", r"gives the term", r"who else"),
    *(r"take the marked", r"looked over", r"money is not meant", r"a first look"),
    *(r"engine grades?", r"so the order is coded", r"surer than", r"in full sight"),
    # Found by readers
    *(r"and no more", r"leaves it the rest", r"nothing remains to proceed with"),
    *(r"with or without a stay", r"came out otherwise"),
    *(r"brings it back", r"which no (file|posture)", r"had to stop"),
    *(r"is no (number|key|folder|object|kept)", r"lies (ahead|in the)", r"stands twice"),
    *(r"is no ground for a stay", r"individual damages claims", r"binding courts must"),
    *(r"was begun with", r"may be others", r"all the same", r"in the middle\?"),
    *(r"the answer was the same in", r"the answer changes to", r"requires it\."),
    *(r"days? that is not known", r"saved nowhere", r"practically uniform", r"what is left of it"),
    *(
        r"whatever the (immunity )?(ruling|outcome)",
        r"(does|do) not bring up",
        r"keeps jurisdiction",
    ),
    *(r"we read it", r"the words are on", r"stand beyond", r"too thin", r"stayed for everyone"),
    *(r"what it says at", r"protected alone", r"is all that officials need"),
    *(r"with others the outcome", r"would be no stay", r"in the individual capacity"),
    *(r"the answers are kept", r"moves the counts", r"not stated: ", r"enter reads"),
    # British spelling
    *(r"colour\w*", r"neighbour\w*", r"practis(e|ed|es|ing)", r"greys?"),
    *(r"whilst", r"amongst", r"colou?rs? (of )?law", r"(behavi|fav|hon|lab)our\w*", r"judgement"),
    *(r"(recogni|organi|summari|minimi|reali|emphasi|authori)s(e|ed|es|ing)\b",),
)
"""Phrases that American lawyers do not write, as patterns; it grows with what readers find."""
_RETIRED = re.compile(rf"\b(?:{'|'.join(RETIRED)})\b", re.IGNORECASE)


def retired(text: str) -> list[str]:
    """The retired phrases in a text, line breaks folded."""
    return [found[0] for found in _RETIRED.finditer(" ".join(text.split()))]


def toml_strings(path: Path) -> Iterator[str]:
    """Every string of a data file that is in our own words."""
    yield from _strings(tomllib.loads(path.read_text(encoding="utf-8")))


def _strings(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            if key not in OTHERS_WORDS:
                yield from _strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from _strings(value)


def python_strings(path: Path) -> Iterator[str]:
    """Every string of a module, those in braces of formatted strings apart; no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


def comments(path: Path) -> Iterator[str]:
    """The docstrings and comments of a module."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
