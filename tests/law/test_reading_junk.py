"""Whatever stands in a data file, reading it gives lines and never a fault."""

from __future__ import annotations

from data_files import MINE, MISSING, VALID, mistakes, spoiled
from hypothesis import given, settings
from hypothesis import strategies as st

from qiwizard.text import one_line

FACTS, COURTS, DOCTRINES = "facts.toml", "courts.toml", "doctrines.toml"

_KEYS = sorted({key for row in VALID[MINE]["precedent"] for key in row} | {"key", "when", "by"})
_names = st.sampled_from([*_KEYS, "motion", "circuit", "from", "volume", "precedent"]) | st.text()
_words = ["order", "rule", "D.N.M.", "U.S.", "limited", "trigger", "filed", "pending", "consent"]
_plain = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=40)
    | st.dates()
    | st.datetimes()
    | st.sampled_from(_words)
    | st.sampled_from([row["id"] for row in VALID[MINE]["precedent"]])
)
_junk = st.recursive(
    _plain,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_names, inner, max_size=5),
    max_leaves=20,
)


def _paths(value: object, path: str = "") -> list[str]:
    pairs = list(value.items()) if isinstance(value, dict) else []
    if isinstance(value, list):
        pairs = [(str(n), item) for n, item in enumerate(value)]
    inner = [(f"{path}/{key}" if path else key, item) for key, item in pairs]
    return [deeper for here, item in inner for deeper in (here, *_paths(item, here))]


PLACES = [
    (file, path)
    for file, content in VALID.items()
    for path in _paths(content)
    if all(part for part in path.split("/"))
]


@settings(max_examples=200)
@given(st.sampled_from(PLACES), _junk)
def test_junk_anywhere_gives_lines_and_never_a_fault(place: tuple[str, str], value: object) -> None:
    file, path = place
    for line in mistakes(spoiled(file, {path: value})):
        assert line == one_line(line)


@settings(max_examples=100)
@given(st.sampled_from([p for p in PLACES if not p[1].split("/")[-1].isdigit()]))
def test_a_key_left_out_gives_lines_and_never_a_fault(place: tuple[str, str]) -> None:
    file, path = place
    for line in mistakes(spoiled(file, {path: MISSING})):
        assert line == one_line(line)
