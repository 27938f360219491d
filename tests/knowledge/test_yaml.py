"""Each file of the bundled pack is YAML to both parsers of PyYAML: not all have the one in C."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from be_tui.core.locations import knowledge_dir

_FILES = sorted(Path(knowledge_dir()).rglob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("path", _FILES, ids=lambda path: path.name)
def test_a_file_is_read_without_the_parser_in_c(path: Path) -> None:
    assert yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader) is not None


def test_no_question_mark_stands_unquoted_before_a_comma() -> None:
    """What the parser in C takes and the other does not, and is written by accident."""
    told = [
        f"{path.name}:{number}"
        for path in _FILES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "{" in line and _bare(line)
    ]
    assert told == []


def _bare(line: str) -> bool:
    parts = line.split('"')[::2]
    return any("?," in part or "?}" in part for part in parts)
