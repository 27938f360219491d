"""Read what stands within a paragraph of Markdown: emphasis, code, links.

Most of it is plain, or holds nothing but the simple forms; those are read here by one
expression. The parser reads the rest, and its answer is what the quick one must give too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.document.model import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    from be_tui.core.document.model import Role, Text

_PLAIN = r"(?:[^\\*_`\[\]<&!\n]|!(?!\[))+"
_WORDS = r"[^\W_](?:[^\\*_`\[\]<&!\n]*[^\W_])?"
"""What emphasis may hold here: it begins and ends with a letter or digit."""

_SIMPLE = re.compile(
    rf"({_PLAIN})"
    r"|(?<!`)`([^`\s](?:[^`\n]*[^`\s])?)`(?!`)"
    rf"|\[({_PLAIN})\]\(([^\s()<>\\&\"']+)\)"
    rf"|(?<!\*)\*\*({_WORDS})\*\*(?!\*)"
    rf"|(?<!\*)\*({_WORDS})\*(?!\*)"
)
"""Plain text, code, a link, strong and emphasised words."""

_UNEVEN = re.compile(r" \n|\n[ \t]")
"""A line's end that may mean more than a blank."""

_SIMPLE_ROLES: tuple[Role, ...] = ("text", "text", "code", "link", "link", "strong", "emphasis")
_LABEL, _LINK = 3, 4


class Inline:
    """Reads the paragraphs of one document."""

    def __init__(self, parser: MarkdownIt, defined: dict[str, object], path: str) -> None:
        """Read for a document.

        Args:
            parser: What reads all that is not simple.
            defined: The addresses that the document defines, as the parser found them.
            path: The file that links are relative to.
        """
        self._parser = parser
        self._defined = defined
        self._path = path

    def read(self, content: str) -> Text:
        """Give the spans of a paragraph."""
        text = self.read_simple(content)
        return self.read_any(content) if text is None else text

    def read_simple(self, content: str) -> Text | None:
        """Give the spans of a paragraph of simple forms; None for any other."""
        if "\n" in content:
            if _UNEVEN.search(content):
                return None
            content = content.replace("\n", " ")
        spans: list[Span] = []
        at, end = 0, len(content)
        while at < end:
            match = _SIMPLE.match(content, at)
            if match is None:
                return None
            form = match.lastindex or 0
            at = match.end()
            if form == _LINK:
                link = _address(match[_LINK], self._path)
                spans.append(Span(match[_LABEL], "link", link))
            else:
                spans.append(Span(match[form], _SIMPLE_ROLES[form]))
        return tuple(spans)

    def read_any(self, content: str) -> Text:
        """Give the spans of any paragraph."""
        tokens: list[Token] = []
        self._parser.inline.parse(content, self._parser, self._defined, tokens)
        return _text(tokens, self._path)


def _text(tokens: Sequence[Token], path: str) -> Text:
    """Give the spans of inline tokens; neighbours of one kind become one span."""
    parts: list[tuple[str, Role, str]] = []
    strong = emphasis = 0
    link = ""
    for token in tokens:
        text, role = token.content, _role(strong, emphasis, link)
        match token.type:
            case "strong_open" | "strong_close":
                strong += token.nesting
            case "em_open" | "em_close":
                emphasis += token.nesting
            case "link_open":
                link = _address(str(token.attrGet("href") or ""), path)
            case "link_close":
                link = ""
            case "softbreak":
                text = " "
            case "hardbreak":
                text = "\n"
            case "code_inline":
                role = "code"
            case "image":
                address = link or _address(str(token.attrGet("src") or ""), path)
                alt = "".join([child.content for child in token.children or ()])
                parts.append((alt or address, _role(strong, emphasis, address), address))
                continue
        if not text:
            continue
        if parts and parts[-1][1:] == (role, link):
            text = parts.pop()[0] + text
        parts.append((text, role, link))
    return tuple([Span(*part) for part in parts])


def _role(strong: int, emphasis: int, link: str) -> Role:
    if strong:
        return "strong"
    if emphasis:
        return "emphasis"
    return "link" if link else "text"


def _address(link: str, path: str) -> str:
    """Give where a link leads: to a file it is relative to the file that it stands in."""
    name, hash_sign, slug = link.partition("#")
    if not path or ":" in name or not ("/" in name or "." in name):
        return link
    from posixpath import dirname, join, normpath, splitext

    stem, ending = splitext(name.rpartition("/")[2])
    if ending == ".md":
        return f"{stem}{hash_sign}{slug}"
    return f"file:{normpath(join(dirname(path), name))}"
