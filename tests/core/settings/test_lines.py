from __future__ import annotations

import json
import tomllib

from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.settings.lines import Spot, spots_of

TRICKY = '''\
# theme = "in a comment"
theme = "dark" # mouse = true
text = """
[not.a.table]
not_a_key = 1 # "
\\""" still = "in it"
"""
literal = \'\'\'
[neither] = 'this'
\'\'\'
quotes = """"quoted""""
"with space".'and.dot' . bare = 1
date = 1979-05-27 07:32:00
list = [ "]", # a comment with ] in it
  'two', [3, {inner = 4}],
]
inline = { a = 1, b = { c = "}" }, "d.e" = [] }
"esc\\u0061pe" = 0
[ table . "sub table" ]
key = false
[[array]]
first = 1
[[array]]
first = 2
[last]
'''


def line_of(text: str, needle: str) -> int:
    return text.split(needle, 1)[0].count("\n") + 1


def test_keys_are_found_and_what_only_looks_like_one_is_not() -> None:
    tomllib.loads(TRICKY)
    spots = spots_of(TRICKY)
    for keys, needle in [
        (("theme",), 'theme = "dark"'),
        (("text",), 'text = """'),
        (("with space", "and.dot", "bare"), '"with space"'),
        (("list",), "list = ["),
        (("list", "inner"), "{inner"),
        (("inline", "b", "c"), "inline ="),
        (("inline", "d.e"), "inline ="),
        (("escape",), '"esc'),
        (("table", "sub table", "key"), "key = false"),
        (("array", "first"), "first = 1"),
        (("last",), "[last]"),
    ]:
        assert spots[keys].line == line_of(TRICKY, needle), keys
    names = {key for keys in spots for key in keys}
    assert names.isdisjoint({"mouse", "not", "not_a_key", "still", "neither"})


def test_columns_count_from_one_and_end_after_the_key() -> None:
    spots = spots_of('a = 1\n  keys . "app.back" = "x"\n[ t ]\n')
    assert spots[("a",)] == Spot(1, 1, 2)
    assert spots[("keys",)] == Spot(2, 3, 7)
    assert spots[("keys", "app.back")] == Spot(2, 10, 20)
    assert spots[("t",)] == Spot(3, 3, 4)


def test_a_text_without_keys_has_none() -> None:
    assert spots_of("") == {}
    assert spots_of("# nothing\n\n") == {}


keys = st.text("ab._- \"'#=[]é\\\n", min_size=1, max_size=4)
values = st.recursive(
    st.one_of(st.booleans(), st.integers(-5, 5), st.text("ab\"'#\\\n]}=,", max_size=6)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(keys, inner, max_size=3)),
    max_leaves=8,
)
tables = st.dictionaries(keys, values, max_size=5)


def toml(value: object) -> str:
    """Write a value as TOML; JSON's strings are strings of TOML as well."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(k)} = {toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n ".join(map(toml, value)) + " # end\n]"
    return json.dumps(value)


def paths(value: object, above: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    if isinstance(value, list):
        return set().union(*(paths(each, above) for each in value))
    if not isinstance(value, dict):
        return set()
    found = {(*above, key) for key in value}
    return found.union(*(paths(each, (*above, key)) for key, each in value.items()))


def one_line(value: object) -> bool:
    """Tell whether a value may stand in an inline table, which ends on its line."""
    if isinstance(value, dict):
        return all(map(one_line, value.values()))
    return not isinstance(value, list)


@given(st.lists(st.tuples(keys, tables), max_size=4, unique_by=lambda pair: pair[0]))
def test_every_key_that_the_parser_finds_has_a_place_and_no_other(
    named: list[tuple[str, dict[str, object]]],
) -> None:
    lines: list[str] = []
    expected: dict[tuple[str, ...], int] = {}
    for name, table in named:
        lines.append(f"[{json.dumps(name)}] # head")
        expected[(name,)] = sum(line.count("\n") + 1 for line in lines)
        for key, value in table.items():
            if not isinstance(value, dict) or one_line(value):
                expected[(name, key)] = sum(line.count("\n") + 1 for line in lines) + 1
                lines.append(f"{json.dumps(key)}={toml(value)}")
    text = "\n".join(lines)
    spots = spots_of(text)
    assert spots.keys() == paths(tomllib.loads(text))
    assert {keys: spots[keys].line for keys in expected} == expected
