from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.project import Cancel, Cancelled, Project, read_project
from tests.core.project.conftest import ADA, BEN

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.core.project.conftest import Repo


def test_a_service_is_told_by_its_headline(repo: Repo) -> None:
    repo.commit(
        {
            "pyproject.toml": '[project]\nname = "shop-api"\ndependencies = ["fastapi"]\n',
            "compose.yaml": "services:\n  db:\n    image: postgres:16\n",
            "app/main.py": "x = 1\ny = 2\n",
        },
        author=ADA,
    )
    repo.commit({"app/main.py": "x = 1\ny = 3\n"}, author=BEN)
    project = read_project(repo.root)
    assert project.headline == "shop-api · Python FastAPI · PostgreSQL 16"
    assert project.authors_90d == 2
    assert project.trouble == ()
    assert project.root == repo.root.resolve()
    assert project.read.endswith("Z")


def test_languages_are_told_by_their_share_of_lines(folder: Callable[..., Path]) -> None:
    project = read_project(
        folder(
            {
                "schema.sql": "x\n" * 80,
                "a.py": "x\n" * 14 + "last",
                "b.go": "x\n" * 5,
                "notes.md": "x\n" * 500,
                "vendor/big.go": "x\n" * 500,
            }
        )
    )
    assert [(trait.name, trait.detail) for trait in project.of("language")] == [
        ("Python", "15 % of lines"),
        ("Go", "5 % of lines"),
        ("SQL", "80 % of lines"),
    ]
    assert project.size is not None
    assert (project.size.files, project.size.lines) == (3, 100)
    assert project.of("language")[0].facts[0].place == "a.py"


def test_the_language_of_the_framework_is_told_first(folder: Callable[..., Path]) -> None:
    project = read_project(
        folder({"api/requirements.txt": "flask\n", "api/a.py": "x\n", "web/b.ts": "x\n" * 9})
    )
    assert [trait.name for trait in project.of("language")] == ["Python", "TypeScript"]


def test_a_language_that_is_a_rounding_error_is_not_told(folder: Callable[..., Path]) -> None:
    project = read_project(folder({"a.py": "x\n" * 500, "b.lua": "x\n", "tests/c.go": "x\n" * 99}))
    assert [trait.name for trait in project.of("language")] == ["Python", "Go"]
    assert project.of("language")[1].facts == ()


def test_an_empty_folder_is_a_project_without_traits(folder: Callable[..., Path]) -> None:
    project = read_project(folder())
    assert project == Project(
        project.root,
        "service",
        size=project.size,
        read=project.read,
        trouble=("contributors: not a git repository",),
    )
    assert project.size is not None
    assert (project.size.files, project.size.lines) == (0, 0)


def test_empty_files_have_no_share(folder: Callable[..., Path]) -> None:
    project = read_project(folder({"a.py": ""}))
    assert [(trait.name, trait.detail) for trait in project.of("language")] == [("Python", "")]


def test_a_file_that_cannot_be_read_is_not_counted(folder: Callable[..., Path]) -> None:
    project = read_project(folder({"a.py": "x\n", "b.py": "x" * (2 << 20)}))
    assert project.size is not None
    assert project.size.files == 1


def test_a_root_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder"):
        read_project(tmp_path / "gone")


def test_reading_stops_when_it_is_cancelled(folder: Callable[..., Path]) -> None:
    cancel = Cancel()
    cancel.set()
    with pytest.raises(Cancelled):
        read_project(folder({"a.py": "x\n"}), cancel)
