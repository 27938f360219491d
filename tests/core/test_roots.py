"""Which folder a session or a command is about."""

from __future__ import annotations

from pathlib import Path

import pytest

from be_tui.core.errors import InputError
from be_tui.core.roots import project_around, project_root


@pytest.mark.parametrize("mark", [".git", ".be-tui", "be-tui.toml"])
def test_the_project_is_the_nearest_folder_upwards_that_is_marked(
    tmp_path: Path, mark: str
) -> None:
    below = tmp_path / "services" / "orders" / "src"
    below.mkdir(parents=True)
    (tmp_path / ".git").mkdir()
    assert project_around(str(below)) == str(tmp_path)
    (tmp_path / "services" / "orders" / mark).touch()
    assert project_around(str(below)) == str(tmp_path / "services" / "orders")


def test_without_any_mark_it_is_the_folder_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert project_root() == str(tmp_path)


def test_a_folder_that_is_given_is_taken_as_it_is_with_its_links_followed(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "shop").mkdir()
    (tmp_path / "link").symlink_to("shop")
    assert project_root(str(tmp_path / "link")) == str(tmp_path / "shop")


def test_an_example_is_made_in_the_cache_folder() -> None:
    folder = Path(project_root("example:shop-api"))
    assert (folder / "pyproject.toml").is_file()
    assert folder.parent.name == "examples"


@pytest.mark.parametrize("given", ["nowhere", "example:nothing", __file__])
def test_what_is_no_folder_is_said_in_one_line(given: str) -> None:
    with pytest.raises(InputError) as caught:
        project_root(given)
    assert "\n" not in str(caught.value)
