"""Finds blocks that a transaction stays open for, and the calls in them that wait outside."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from be_tui.core.project.looks.foreign import waits
from be_tui.core.project.looks.model import Look

if TYPE_CHECKING:
    from collections.abc import Iterator

    from be_tui.core.project.looks.model import Sight
    from be_tui.core.project.looks.source import Source

MOST_BLOCKS = 100
_MOST_ABOVE = 20

_JVM = rb"^[ \t]*@Transactional\b|\btransactionTemplate\.execute\w*\s*[({]|^[ \t]*transaction\s*\{"
_SCRIPT = (
    rb"\.\$?transaction\(\s*(?:async\b|\(|\w+\s*=>|function\b|\{|['\"])"
    rb"|^[ \t]*@Transactional\("
)
OPENINGS: dict[str, re.Pattern[bytes]] = {
    name: re.compile(expression, re.MULTILINE)
    for name, expression in {
        "Python": rb"^[ \t]*(?:async )?with [^\n]*\b(?:atomic|begin|begin_nested|transaction)\("
        rb"|^[ \t]*(?:async )?with [^\n]*\bin_transaction\("
        rb"|^[ \t]*@(?:transaction\.)?atomic\b",
        "JavaScript": _SCRIPT,
        "TypeScript": _SCRIPT,
        "Java": _JVM,
        "Kotlin": _JVM,
        "Go": rb"\b\w+(?:, \w+)? :?= [\w.]+\.(?:BeginTx|BeginTxx|Begin|Beginx|MustBegin)\(",
        "Ruby": rb"\btransaction(?:\([^)\n]*\))? do\b",
        "PHP": rb"\bDB::transaction\(|->(?:wrapInTransaction|transactional)\(",
        "C#": rb"\bBeginTransaction(?:Async)?\(|\bnew TransactionScope\(",
    }.items()
}
_ENDS = re.compile(rb"\.(?:Commit|CommitAsync|Complete)\(")
_CLASS = re.compile(rb"\b(?:class|interface|object)\s+\w")


def blocks(source: Source) -> Iterator[tuple[int, int]]:
    """Give where each block begins and ends that runs in a transaction."""
    opening = OPENINGS.get(source.language)
    if opening is None or not opening.search(source.data):
        return
    for count, match in enumerate(opening.finditer(source.code)):
        if count >= MOST_BLOCKS:
            break
        if source.language in {"Go", "C#"}:
            block = _until_commit(source, match.start())
        elif match[0].lstrip().startswith(b"@"):
            block = _annotated(source, match.start())
        else:
            block = source.block(match.start())
        if block is not None:
            yield block


def _until_commit(source: Source, place: int) -> tuple[int, int] | None:
    """Give from a begin to its commit, in the same function; None where there is none."""
    start = source.code.rfind(b"\n", 0, place) + 1
    depth = source.depth(start)
    end = start
    while (end := source.code.find(b"\n", end)) >= 0:
        end += 1
        line_end = source.code.find(b"\n", end)
        line = source.code[end : line_end if line_end >= 0 else len(source.code)]
        if line.strip() and source.depth(end) < depth and not line.strip().startswith((b"{", b"}")):
            return None
        if _ENDS.search(line):
            return start, end
    return None


def _annotated(source: Source, place: int) -> tuple[int, int] | None:
    """Give the block of the function, or the class, that stands below an annotation."""
    at = source.code.rfind(b"\n", 0, place) + 1
    for _ in range(_MOST_ABOVE):
        end = source.code.find(b"\n", at)
        if end < 0:
            return None
        line = source.code[at:end].strip()
        if line and not line.startswith((b"@", b"//")):
            return source.block(at)
        at = end + 1
    return None


def _find(source: Source) -> Iterator[Sight]:
    seen = set()
    for start, end in blocks(source):
        yield source.sight("transaction", start)
        for at in waits(source, start, end):
            if at not in seen:
                seen.add(at)
                yield source.sight("transaction.waits", at)


TRANSACTIONS = Look(
    frozenset(
        b"transaction transactional atomic begin begin_nested in_transaction begintx begintx"
        b"x beginx"
        b" mustbegin begintransaction begintransactionasync transactionscope transactiontemplate"
        b" wrapintransaction".split()
    ),
    _find,
    languages=frozenset(OPENINGS),
)
"""Kinds: `transaction`, each block; `transaction.waits`, a call in one that waits outside."""
