"""Findings that were there before: a file of their fingerprints, so that only new ones are told.

A fingerprint stays when lines above it come and go, and when the file is moved as a whole.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.core.errors import InputError, WriteError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.findings import Finding

_VERSION = 1
_LARGEST = 32_000_000
_COUNTED = re.compile(r" \([\d,]+ rows[^()]*\)$")
"""How many rows there are changes every day, and is no new finding."""


def fingerprint(finding: Finding) -> str:
    """Give what tells a finding from others: its rule, the file's name, and what was said."""
    said = _COUNTED.sub("", finding.message)
    parts = finding.rule, Path(finding.place.path).name, said
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def write_baseline(path: str, findings: Iterable[Finding]) -> int:
    """Write the fingerprints of findings, one a line; give how many.

    Raises:
        WriteError: The file cannot be written.
    """
    rows = sorted(
        {
            (each.place.path, each.rule, fingerprint(each), count)
            for each, count in _counted(findings)
        }
    )
    entries = [
        {"path": where, "rule": rule, "fingerprint": mark, "count": count}
        for where, rule, mark, count in rows
    ]
    lines = ",\n".join(f"    {json.dumps(each, ensure_ascii=False)}" for each in entries)
    text = f'{{\n  "version": {_VERSION},\n  "findings": [\n{lines}\n  ]\n}}\n'
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise WriteError(f"cannot be written: {error.strerror}", where=path) from None
    return sum(count for _, _, _, count in rows)


def _counted(findings: Iterable[Finding]) -> list[tuple[Finding, int]]:
    found = list(findings)
    counts = Counter(fingerprint(each) for each in found)
    first = {fingerprint(each): each for each in reversed(found)}
    return [(first[mark], count) for mark, count in counts.items()]


def read_baseline(path: str) -> Counter[str]:
    """Give how often each fingerprint was found.

    Raises:
        InputError: It is no baseline.
    """
    try:
        if Path(path).stat().st_size > _LARGEST:
            raise InputError("too large for a baseline", where=path)
        given = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=path) from None
    except (ValueError, RecursionError):
        hint = "write it anew: --write-baseline"
        raise InputError("is no JSON", where=path, hint=hint) from None
    found: Counter[str] = Counter()
    entries = given.get("findings") if isinstance(given, dict) else None
    if not isinstance(entries, list) or given.get("version") != _VERSION:
        said = f'expected {{"version": {_VERSION}, "findings": [...]}}'
        raise InputError(said, where=path, hint="write it anew: --write-baseline")
    for number, each in enumerate(entries):
        mark = each.get("fingerprint") if isinstance(each, dict) else None
        count = each.get("count", 1) if isinstance(each, dict) else None
        if not isinstance(mark, str) or not isinstance(count, int):
            said = f"findings[{number}]: expected a fingerprint and a count"
            raise InputError(said, where=path, hint="write it anew: --write-baseline")
        found[mark] += count
    return found


def without_old(findings: Iterable[Finding], known: Counter[str]) -> tuple[Finding, ...]:
    """Give the findings that the baseline does not have, or has not so many of."""
    left = known.copy()
    kept = []
    for each in findings:
        mark = fingerprint(each)
        if left[mark] > 0:
            left[mark] -= 1
        else:
            kept.append(each)
    return tuple(kept)
