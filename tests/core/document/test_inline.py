"""What stands within a paragraph is read quickly where it is simple, and the same as always."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from be_tui.core.document import Document, Items, Paragraph, Span, parse_markdown
from be_tui.core.document.inline import Inline
from be_tui.core.document.markdown import _parser

GUIDE = Path(__file__).parents[3] / "knowledge" / "references" / "guide.md"

_pieces = st.one_of(
    st.sampled_from(
        [
            "*a*",
            "**b c**",
            "`x = 1`",
            "[l](#s)",
            "[l m](g#x)",
            "!",
            "![i](j)",
            "**",
            "*",
            "`",
            "_e_",
        ]
    ),
    st.sampled_from(["word", " ", "\n", ", ", "(", ")", ".", "a", "1", "é", "<b>", "&amp;", "\\*"]),
    st.text("ab1 *_`[]()!\n.-é\xa0", max_size=8),
)
contents = st.lists(_pieces, max_size=10).map(lambda parts: "".join(parts).strip(" \n"))


def inline() -> Inline:
    return Inline(_parser(), {}, "")


@settings(max_examples=500, deadline=None)
@given(contents)
def test_what_is_read_quickly_is_read_as_the_parser_reads_it(content: str) -> None:
    quick = inline().read_simple(content)
    assert quick is None or merged(quick) == merged(inline().read_any(content))


def merged(text: tuple[Span, ...]) -> list[Span]:
    """Join neighbours of one kind."""
    joined: list[Span] = []
    for span in text:
        if joined and (joined[-1].role, joined[-1].link) == (span.role, span.link):
            joined[-1] = Span(joined[-1].text + span.text, span.role, span.link)
        else:
            joined.append(span)
    return joined


def test_nearly_all_of_a_reference_is_simple() -> None:
    quick = [
        inline().read_simple("".join(span.text for span in block.text)) is not None
        for block in parse_markdown(GUIDE.read_text(encoding="utf-8")).blocks
        if isinstance(block, Paragraph)
    ]
    assert sum(quick) > len(quick) * 0.9


def test_simple_forms_are_told_apart() -> None:
    assert inline().read("Wow! *a* **b** `c`\n[d](e)") == (
        Span("Wow! "),
        Span("a", "emphasis"),
        Span(" "),
        Span("b", "strong"),
        Span(" "),
        Span("c", "code"),
        Span(" "),
        Span("d", "link", "e"),
    )


def test_addresses_that_a_document_defines_are_known_everywhere_in_it() -> None:
    document = parse_markdown("- see [one]\n\n[one]: https://x.y\n")
    said = Paragraph((Span("see "), Span("one", "link", "https://x.y")))
    assert document == Document((Items(((said,),)),))
