"""Markdown is read into documents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.document import (
    CodeBlock,
    Document,
    Heading,
    Items,
    Paragraph,
    Quote,
    Ruled,
    Span,
    Table,
    Text,
    headings,
    parse_markdown,
)


def text_of(markdown: str, path: str = "") -> Text:
    block = parse_markdown(markdown, path).blocks[0]
    assert isinstance(block, Paragraph)
    return block.text


def test_every_kind_of_block_is_read() -> None:
    document = parse_markdown(
        "# Title\n\ntext\n\n- a\n- b\n\n3. c\n\n> q\n\n---\n\n```sql x\nSELECT 1\n```\n\n"
        "    indented\n\n| h |\n|---|\n| c |\n"
    )
    assert document == Document(
        (
            Heading((Span("Title"),), 1, "title"),
            Paragraph((Span("text"),)),
            Items(((Paragraph((Span("a"),)),), (Paragraph((Span("b"),)),))),
            Items(((Paragraph((Span("c"),)),),), first=3),
            Quote((Paragraph((Span("q"),)),)),
            Ruled(),
            CodeBlock("SELECT 1", "sql"),
            CodeBlock("indented"),
            Table(((Span("h"),),), (((Span("c"),),),)),
        )
    )


def test_emphasis_code_and_breaks_are_read() -> None:
    assert text_of("a *b* **c *d*** `e`\nf  \ng\\*") == (
        Span("a "),
        Span("b", "emphasis"),
        Span(" "),
        Span("c d", "strong"),
        Span(" "),
        Span("e", "code"),
        Span(" f\ng*"),
    )


@pytest.mark.parametrize(
    "link",
    ["#slug", "guide#slug", "tree:optimize", "https://x.y/a%20b?c=d", "file:app/db.py:12"],
)
def test_a_link_is_kept_as_it_is_written(link: str) -> None:
    assert text_of(f"[see **this**]({link})") == (
        Span("see ", "link", link),
        Span("this", "strong", link),
    )
    assert text_of(f"[see][1]\n\n[1]: {link}\n") == (Span("see", "link", link),)


def test_an_address_in_angle_brackets_is_a_link() -> None:
    assert text_of("<https://x.y/ü>") == (Span("https://x.y/ü", "link", "https://x.y/ü"),)


def test_an_image_is_a_link_to_it() -> None:
    assert text_of("![a *drawing*](x.png)") == (Span("a drawing", "link", "x.png"),)
    assert text_of("![](x.png)") == (Span("x.png", "link", "x.png"),)
    assert text_of("[![logo](x.png)](https://x.y)") == (Span("logo", "link", "https://x.y"),)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("other.md", "other"),
        ("../references/guide.md#caching", "guide#caching"),
        ("../../app/db.py", "file:app/db.py"),
        ("guide#caching", "guide#caching"),
        ("tree:a/b", "tree:a/b"),
        ("#here", "#here"),
    ],
)
def test_links_to_files_are_relative_to_the_file_they_stand_in(link: str, address: str) -> None:
    assert text_of(f"[x]({link})", "docs/decisions/0001-x.md")[0].link == address


def test_html_is_shown_and_never_interpreted() -> None:
    assert text_of("a <b onclick='x()'>bold</b> &amp; <!-- hidden -->") == (
        Span("a <b onclick='x()'>bold</b> & <!-- hidden -->"),
    )
    assert text_of("<script>\nalert(1)\n</script>") == (Span("<script> alert(1) </script>"),)


def test_a_heading_may_name_its_own_slug() -> None:
    heading = parse_markdown("## Use `EXPLAIN` *first* {#explain}").blocks[0]
    assert heading == Heading(
        (Span("Use "), Span("EXPLAIN", "code"), Span(" "), Span("first", "emphasis")), 2, "explain"
    )


def test_slugs_are_unique_wherever_the_headings_stand() -> None:
    document = parse_markdown("# A\n\n> ## A\n\n- # A\n\n1. # B {#a}\n\ntext\n")
    assert [heading.slug for heading in headings(document)] == ["a", "a-1", "a-2", "a-3"]


def test_front_matter_aside_nothing_is_lost() -> None:
    document = parse_markdown("\ufeffword\n\n***\n\nTitle\n===\n")
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Ruled", "Heading"]


def test_a_list_that_counts_from_nought_is_still_numbered() -> None:
    assert parse_markdown("0. zero\n").blocks == (Items(((Paragraph((Span("zero"),)),),), first=1),)


def test_control_characters_of_a_file_become_visible() -> None:
    assert text_of("red \x1b[31m now &#x202e;") == (Span("red ^[[31m now \u202e"),)


@given(st.text("ab #*-_`>[](){}|!\n1.\\<&;~\t", max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    document = parse_markdown(text)
    slugs = [heading.slug for heading in headings(document)]
    assert len(set(slugs)) == len(slugs)
