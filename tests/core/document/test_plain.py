"""Documents read well as plain text."""

from __future__ import annotations

import re
from textwrap import dedent

from hypothesis import HealthCheck, given, settings

from be_tui.core.document import (
    CodeBlock,
    Document,
    Heading,
    Lines,
    Paragraph,
    Span,
    parse_markdown,
    to_text,
)
from tests.core.document.strategies import documents


def written(markdown: str, width: int = 40) -> str:
    return to_text(parse_markdown(dedent(markdown)), width)


def test_a_document_is_written_for_people_who_read_line_by_line() -> None:
    assert written(
        """\
        # Title

        See [the guide](guide#x), [here](#y) and <https://x.y>; use `EXPLAIN`.

        ## A chapter with a name that is long

        - [`code`](file:a.py)

        > quote [z](tree:t)

        ## Last
        """
    ) == dedent(
        """\
        Title
        ─────

        See the guide (guide#x), here and
        https://x.y; use `EXPLAIN`.

        A chapter with a name that is long
        ──────────────────────────────────

        • `code` (file:a.py)

        │ quote z (tree:t)

        Last
        ────
        """
    )


def test_a_chapter_name_of_two_lines_gets_one_rule() -> None:
    assert written("## one two three four five six", 20) == (
        "one two three four\nfive six\n────────\n"
    )


def test_a_heading_without_words_is_an_empty_line() -> None:
    assert to_text(Document((Heading((), 2, "x"),))) == "\n"


def test_cells_of_a_table_say_where_their_links_lead() -> None:
    assert "b (tree:t)" in written("| h |\n|---|\n| [b](tree:t) |\n")


def test_a_link_that_says_its_own_address_is_not_said_twice() -> None:
    link = Paragraph((Span("a.py:3", "path", "file:a.py:3"),))
    assert to_text(Document((link,))) == "a.py:3\n"


def test_nothing_of_code_or_of_a_map_is_cut_away() -> None:
    long = "x" * 200
    text = to_text(Document((CodeBlock(long), Lines(((Span(long),),)))), 40)
    assert text == f"  {long}\n\n{long}\n"


def test_colour_marks_what_things_are_by_the_terminals_own_attributes() -> None:
    document = parse_markdown("# T\n\n**s** [*l*](x) `c`\n\n```python\nreturn 1\n```\nend\n")
    assert to_text(document, 40, colour=True) == (
        "\x1b[1mT\x1b[0m\n\x1b[2m─\x1b[0m\n\n"
        "\x1b[1ms\x1b[0m \x1b[3;4ml\x1b[0m\x1b[2m (x)\x1b[0m \x1b[36mc\x1b[0m\n\n"
        "  \x1b[34mreturn\x1b[0m\x1b[36m \x1b[0m\x1b[35m1\x1b[0m\n\nend\n"
    )


def test_a_link_of_no_other_look_is_underlined() -> None:
    document = Document((Paragraph((Span("x", "text", "#y"),)),))
    assert to_text(document, colour=True) == "\x1b[4mx\x1b[0m\n"


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(documents)
def test_nothing_that_a_terminal_would_obey_is_written(document: Document) -> None:
    plain, coloured = to_text(document, 50), to_text(document, 50, colour=True)
    for text in (plain, re.sub(r"\x1b\[[0-9;]+m", "", coloured)):
        assert not any(sign < " " or "\x7f" <= sign <= "\x9f" for sign in text.replace("\n", ""))
    plain.encode()


def test_a_link_is_made_safe_where_it_is_spelt_out() -> None:
    document = Document((Paragraph((Span("x", "link", "a\x1b]0;t\x07"),)),))
    assert to_text(document) == "x (a^[]0;t^G)\n"
