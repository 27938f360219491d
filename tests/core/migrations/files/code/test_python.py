from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.migrations.files.code.python import Evaluator, Scope, Source
from be_tui.core.migrations.files.code.values import Call, Name, Unknown, Written


def worth(expression: str, before: str = "") -> object:
    evaluator = Evaluator(Source(f"{before}\nx = {expression}\n"))
    return evaluator.module.values["x"]


def test_literals_are_worth_what_python_says() -> None:
    for text in ("1", "-2", "1.5", "True", "None", "'a'", "('a', 1)", "['a']", "{'a': [1, 2]}"):
        assert worth(text) == ast.literal_eval(text)


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("'a' + 'b'", "ab"),
        ("['a'] + ['b']", ["a", "b"]),
        ("f'{y}-{1}'", "t-1"),
        ("'%s %d' % (y, 1)", "t 1"),
        ("'%(a)s' % {'a': y}", "t"),
        ("'{} {b}'.format(y, b=2)", "t 2"),
        ("' A '.strip().lower()", "a"),
        ("', '.join(['a', 'b'])", "a, b"),
        ("'a' if True else 'b'", "a"),
        ("not False", True),
        ("1 == 1 and 'a' != 'b'", True),
        ("1 == 2 or None is None", True),
        ("'a' in ('a', 'b')", True),
        ("'c' not in ['a']", True),
        ("{'a', 'b'}", ["a", "b"]),
    ],
)
def test_what_is_static_is_worked_out(expression: str, expected: object) -> None:
    assert worth(expression, "y = 't'") == expected


@pytest.mark.parametrize(
    "expression",
    [
        "f'{y}'",
        "f'{1!r}'",
        "'%d' % ('a',)",
        "'{'.format('a')",
        "'a'.format(y)",
        "'a'.title()",
        "-'a'",
        "1 < 2",
        "1 == 2 == 3",
        "y or z",
        "not y",
        "{**y}",
        "[a for a in b]",
        "f(*y)",
        "f(**y)",
        "y['a']",
        "(lambda: 1)()",
        "'a' if y else 'b'",
    ],
)
def test_what_only_the_program_knows_is_unknown(expression: str) -> None:
    assert isinstance(worth(expression), Unknown)


def test_names_are_followed_through_imports_and_assignments() -> None:
    text = (
        "import a.b\nimport c.d as e\nfrom f.g import h as i\nfrom . import j\n"
        "p, (q, r) = 'p', ('q', 'r')\ns: str = 's'\nt = 't'\nt += 'u'\nu, v = f()\n"
    )
    values = Evaluator(Source(text)).module.values
    assert values["a"] == Name("a")
    assert values["e"] == Name("c.d")
    assert (values["i"], values["j"]) == (Name("f.g.h"), Name("j"))
    assert (values["p"], values["q"], values["r"], values["s"]) == ("p", "q", "r", "s")
    assert isinstance(values["t"], Unknown)
    assert isinstance(values["u"], Unknown)


def test_calls_keep_what_they_are_called_on() -> None:
    found = worth("a.b(1, k='v').c(*[2])")
    assert isinstance(found, Call)
    assert (found.name, found.args, found.last) == ("a.b().c", (2,), "c")
    assert isinstance(found.of, Call)
    assert (found.of.name, found.of.get(0, "x"), found.of.get(5, "k")) == ("a.b", 1, "v")


def test_a_scope_asks_the_one_around_it() -> None:
    inner = Scope({"a": 1}, Scope({"b": 2}))
    assert (inner.find("a"), inner.find("b"), inner.find("c")) == (1, 2, Name("c"))


QUOTES = st.sampled_from(["'{}'", '"{}"', "'''{}'''", '"""{}"""', "r'{}'", "u'{}'"])


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="'\"\\\r\n\0\x0c"), max_size=20),
    QUOTES,
    st.text(st.sampled_from("é😀 a"), max_size=5),
)
def test_a_text_that_stands_letter_by_letter_keeps_its_place(
    value: str, quotes: str, before: str
) -> None:
    source = f"a = '{before}'; x = {quotes.format(value)}\n"
    found = Evaluator(Source(source)).module.values["x"]
    assert found == value
    assert isinstance(found, Written)
    assert source[found.at.start : found.at.end] == value


def test_a_text_with_escapes_or_in_two_parts_has_no_place() -> None:
    for text in (r"'a\tb'", "'a' 'b'", "b'a'"):
        assert not isinstance(worth(text), Written)
