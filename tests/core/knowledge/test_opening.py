"""A tree read from any file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.knowledge import open_tree
from tests.core.knowledge.making import TREE, changed

if TYPE_CHECKING:
    from pathlib import Path


def test_a_tree_stands_alone(tmp_path: Path) -> None:
    path = tmp_path / "any.yaml"
    path.write_text(TREE, encoding="utf-8")
    tree = open_tree(path)
    assert (tree.id, tree.path) == ("tea", str(path))


def test_the_first_fault_is_told_with_its_line_and_the_number_of_all(tmp_path: Path) -> None:
    path = tmp_path / "any.yaml"
    path.write_text(changed("first: hour", "first: our"), encoding="utf-8")
    with pytest.raises(InputError, match=r"any\.yaml:6:8: no question or outcome `our`"):
        open_tree(path)


def test_a_file_that_is_not_there_or_no_tree_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        open_tree(tmp_path / "gone.yaml")
    with pytest.raises(InputError, match="expected a file, this is a folder"):
        open_tree(tmp_path)
    (tmp_path / "list.yaml").write_text("- a\n", encoding="utf-8")
    with pytest.raises(InputError, match="expected keys with their values"):
        open_tree(tmp_path / "list.yaml")
