"""What changed since a revision."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.project import changed_since

if TYPE_CHECKING:
    from pathlib import Path

    from tests.core.project.conftest import Repo


def test_committed_and_uncommitted_changes_of_a_folder_are_told(repo: Repo) -> None:
    repo.commit({"db/1.sql": "a", "db/2.sql": "b", "db/3.sql": "c", "other/x": "1"})
    repo.git("tag", "start")
    repo.commit({"db/4.sql": "d", "other/y": "2"})
    (repo.root / "db/2.sql").write_text("B")
    (repo.root / "db/5.sql").write_text("e")
    (repo.root / "db/3.sql").unlink()
    since = changed_since(repo.root / "db", "start")
    assert since.added == {"4.sql", "5.sql"}
    assert since.changed == {"2.sql"}
    assert since.removed == {"3.sql"}


@pytest.mark.parametrize("revision", ["--output=x", "a b", "", "-z"])
def test_what_is_no_revision_never_reaches_git(repo: Repo, revision: str) -> None:
    repo.commit({"a": "1"})
    with pytest.raises(InputError, match="no revision of git"):
        changed_since(repo.root, revision)


def test_a_revision_that_is_not_there_is_told(repo: Repo) -> None:
    repo.commit({"a": "1"})
    with pytest.raises(InputError, match="git knows no such revision"):
        changed_since(repo.root, "nowhere")


def test_a_folder_in_no_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not a git repository"):
        changed_since(tmp_path, "main")
