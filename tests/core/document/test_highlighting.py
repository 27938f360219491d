"""Code is coloured by what its words are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.document import Span, highlight
from be_tui.core.document.highlighting import LONGEST


def test_words_of_a_language_get_their_roles() -> None:
    lines = highlight("def f(x):\n    return 'a' + 1  # why", "python")
    assert lines == (
        (
            Span("def", "code-keyword"),
            Span(" ", "code"),
            Span("f", "code-name"),
            Span("(x):", "code"),
        ),
        (
            Span("    ", "code"),
            Span("return", "code-keyword"),
            Span(" ", "code"),
            Span("'a'", "code-string"),
            Span(" ", "code"),
            Span("+", "code-operator"),
            Span(" ", "code"),
            Span("1", "code-number"),
            Span("  ", "code"),
            Span("# why", "code-comment"),
        ),
    )


def test_a_string_over_several_lines_keeps_its_role_on_each() -> None:
    lines = highlight('"""a\n\nb"""', "python")
    assert [[span.role for span in line] for line in lines] == [
        ["code-string"],
        [],
        ["code-string"],
    ]


def test_a_difference_is_coloured_by_what_came_and_went() -> None:
    added, removed = highlight("+new\n-old", "diff")
    assert (added[0].role, removed[0].role) == ("added", "removed")


def test_a_language_that_is_not_known_is_left_plain() -> None:
    assert highlight("a\n\nb", "no-such-language") == (
        (Span("a", "code"),),
        (),
        (Span("b", "code"),),
    )
    assert highlight("def f(): ...", "") == ((Span("def f(): ...", "code"),),)


def test_very_long_code_is_left_plain() -> None:
    lines = highlight("x = 1\n" * LONGEST, "python")
    assert {span.role for line in lines for span in line} == {"code"}


def test_carriage_returns_which_a_lexer_would_drop_are_kept() -> None:
    assert highlight("a\r\nb", "python") == ((Span("a\r", "code"),), (Span("b", "code"),))


@given(
    st.text("abS1 '\"#{}()[]\n\t-/*<>=:;.\\日", max_size=60),
    st.sampled_from(["python", "sql", "json", "yaml", "sh", "http", "go", "java", "diff", "html"]),
)
def test_no_character_is_added_or_lost(code: str, language: str) -> None:
    lines = highlight(code, language)
    assert "\n".join("".join(span.text for span in line) for line in lines) == code
