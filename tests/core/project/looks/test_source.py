"""A file's comments and strings are told from its code, and every place stays where it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.project.looks.masking import mask
from be_tui.core.project.looks.source import CONFIGURATION, Source

LANGUAGES = ["Python", "TypeScript", "Java", "Go", "PHP", "SQL", "Ruby", "Rust", CONFIGURATION]


@pytest.mark.parametrize(
    ("language", "text", "plain", "code"),
    [
        ("Python", "x = 'a' # b", "x = 'a'    ", "x = ' '    "),
        ("Python", "def f():\n    '''a'''\n", "def f():\n           \n", "def f():\n           \n"),
        ("Python", "f('''a''')", "f('''a''')", "f('     ')"),
        ("TypeScript", "f(`a\nb`) // c", "f(`a\nb`)     ", "f(` \n `)     "),
        ("Java", "f(\"//a\", 'b') /* c */", "f(\"//a\", 'b')        ", "f(\"   \", ' ')        "),
        ("Rust", ("fn f<'a>(x: &'a str) // b"
            ""), "fn f<'a>(x: &'a str)     ", "fn f<'a>(x: &'a str)     "),
        ("SQL", "a -- b\n'c'", "a     \n'c'", "a     \n' '"),
        (CONFIGURATION, "a: b # c\n# d", "a: b    \n   ", "a: b    \n   "),
    ],
)  # fmt: skip
def test_comments_and_strings_are_blank(language: str, text: str, plain: str, code: str) -> None:
    source = Source("x", language, text.encode())
    assert source.plain.decode() == plain
    assert source.code.decode() == code


@given(st.sampled_from(LANGUAGES), st.text("ab\"'`#/*-\\\n(){}[] ", max_size=80))
def test_views_have_the_length_and_the_lines_of_the_file(language: str, text: str) -> None:
    data = text.encode()
    source = Source("x", language, data)
    for view in (source.plain, source.code):
        assert len(view) == len(data)
        assert [at for at, each in enumerate(view) if each == 10] == [
            at for at, each in enumerate(data) if each == 10
        ]
    for at in range(len(data)):
        start, end = source.block(at)
        assert start <= at + 1
        assert start <= end <= len(data)
        first, last = source.arguments(at)
        assert first == at + 1
        assert last <= max(len(data), first)


@pytest.mark.parametrize(
    "line",
    [
        'password = "hunter22"',
        "Authorization: Bearer abcdefghij1234567890",
        "url = postgres://shop:hunter22@db/x",
        "key = AKIA" + "Q3EGRHJ7XK2LMN5P",
    ],
)
def test_a_line_is_shown_without_its_secret(line: str) -> None:
    shown = mask(line)
    assert "****" in shown
    assert "hunter22" not in shown
    assert "1234567890" not in shown
    assert mask("total = price * amount") == "total = price * amount"
