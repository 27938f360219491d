"""Sections are where the document's headings are: an address leads to one place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from be_tui.core.document import headings, parse_markdown
from be_tui.core.knowledge.decode.markdown import scan
from be_tui.core.knowledge.decode.references import split_front_matter


def test_sections_have_lines_and_words_of_their_own() -> None:
    found = scan("before\n\n# One\n\ntext *of* `one`\n\n## Two [x](#y)\n\n- a\n- b\n", offset=10)
    assert [(each.title, each.level, each.line, each.end) for each in found.sections] == [
        ("One", 1, 13, 17),
        ("Two x", 2, 17, 21),
    ]
    assert found.words == ("before", "text of one", "a b")
    assert [(link.target, link.line) for link in found.links] == [("#y", 17)]


def test_code_and_tables_are_words_but_their_signs_are_no_headings() -> None:
    text = "# A\n\n```sh\n# no heading\n```\n\n    # nor this\n\n| a | b |\n|---|---|\n| c | d |\n"
    found = scan(text)
    assert [each.slug for each in found.sections] == ["a"]
    assert found.words[1] == "# no heading # nor this a b c d"


def test_headings_in_quotes_are_words_of_their_section() -> None:
    found = scan("# A\n\n> # Quoted\n\n# Quoted\n")
    assert [each.slug for each in found.sections] == ["a", "quoted-1"]
    assert found.words == ("", "Quoted", "")


def test_only_slugs_that_were_written_twice_are_told() -> None:
    found = scan("# A {#x}\n\n# B {#x}\n\n# A\n\n# A\n")
    assert [(each.title, each.slug) for each in found.repeated] == [("B", "x-1")]


LINES = st.lists(
    st.sampled_from(
        [
            *("# One", "## One", "### Two {#two}", "Two", "===", "---", "> # Quoted", "- # Listed"),
            *("```", "    # code", "", "", "text", "# `code` *em* [l](#x)", "# ![alt](pic.png)"),
            *("# a  \tb", "# \x1b[31m", "#", "####### seven", "<h1>html</h1>", "1. # one"),
        ]
    ),
    max_size=12,
)


@given(LINES)
def test_its_slugs_are_those_of_the_document(lines: list[str]) -> None:
    text = "\n".join(lines)
    document = parse_markdown(text)
    own = {section.slug for section in scan(text).sections}
    at_top = {each.slug for each in headings(document) if each in document.blocks}
    assert own == at_top


@given(LINES)
def test_the_lines_of_sections_follow_each_other(lines: list[str]) -> None:
    sections = scan("\n".join(lines), offset=5).sections
    ends = [section.end for section in sections]
    assert [section.line for section in sections[1:]] == ends[:-1]
    assert all(section.line < section.end for section in sections)
    assert all(6 <= section.line <= 5 + len(lines) for section in sections)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_front_matter_and_body_are_the_whole_text(text: str) -> None:
    front, body, offset = split_front_matter(text)
    if front is None:
        assert (body, offset) == (text, 0)
    else:
        assert text.split("\n")[offset:] == body.split("\n")
        assert text.split("\n")[1 : offset - 1] == (front.split("\n") if offset > 2 else [])


def test_front_matter_stands_between_lines_of_dashes() -> None:
    assert split_front_matter("---\nid: a\n---\n# A\n") == ("id: a", "# A\n", 3)
    assert split_front_matter("---  \n---\nx") == ("", "x", 2)
    assert split_front_matter("text\n---\n") == (None, "text\n---\n", 0)
