"""Documents of any shape, for what must hold for all of them."""

from __future__ import annotations

from hypothesis import strategies as st

from be_tui.core.document import (
    Block,
    CodeBlock,
    Document,
    Heading,
    Items,
    Lines,
    Paragraph,
    Quote,
    Ruled,
    Span,
    Table,
)

_SIGNS = "abc de\n  /-.,\t\x1b\x07\r\x9b日本語。é\u0301👩\u200d👧❤\ufe0f\u202e\U0001f3fbﬁ한"

words = st.text(alphabet=_SIGNS, max_size=60)
links = st.sampled_from(["", "", "guide#x", "https://x.y/z"])
spans = st.builds(Span, words, st.sampled_from(["text", "strong", "code"]), links)
texts = st.lists(spans, max_size=4).map(tuple)

_leaves: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, texts),
    st.builds(Heading, texts, st.integers(1, 6), st.text("ab-", min_size=1, max_size=4)),
    st.builds(CodeBlock, words, st.sampled_from(["", "python", "no-such"])),
    st.builds(
        Table,
        st.lists(texts, max_size=4).map(tuple),
        st.lists(st.lists(texts, max_size=5).map(tuple), max_size=3).map(tuple),
    ),
    st.builds(Ruled),
    st.builds(Lines, st.lists(st.builds(Span, words).map(lambda s: (s,)), max_size=3).map(tuple)),
)


def _nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    blocks = st.lists(inner, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Quote, blocks),
        st.builds(Items, st.lists(blocks, max_size=3).map(tuple), st.integers(0, 120)),
    )


blocks = st.recursive(_leaves, _nested, max_leaves=6)
documents = st.lists(blocks, max_size=4).map(lambda found: Document(tuple(found)))
