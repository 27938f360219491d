from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from be_tui.core import examples
from be_tui.core.errors import InputError, WriteError
from be_tui.core.examples import example_names, materialise, read_history
from be_tui.core.locations import knowledge_dir
from be_tui.core.project import gather, read_project

SHOP = "shop-api"
STAMP = ".be-tui-example.json"


def _git(root: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-C", root, *arguments],
        check=True,
        capture_output=True,
        text=True,
        env={
            **os.environ,
            "GIT_AUTHOR_NAME": "Me",
            "GIT_AUTHOR_EMAIL": "me@example.org",
            "GIT_COMMITTER_NAME": "Me",
            "GIT_COMMITTER_EMAIL": "me@example.org",
        },
    )
    return done.stdout.strip()


@pytest.fixture
def shop(git: str, tmp_path: Path) -> Path:
    """Make the example."""
    del git
    return materialise(SHOP, tmp_path)


def _age(shop: Path, days: float) -> None:
    """Make what was made look older."""
    stamp = shop / STAMP
    said = json.loads(stamp.read_text())
    stamp.write_text(json.dumps({**said, "when": said["when"] - days * 86_400}))


def test_there_is_an_example() -> None:
    assert SHOP in example_names()


def test_an_unknown_example_is_refused_with_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no example 'shop'; there is shop-api"):
        materialise("shop", tmp_path)
    with pytest.raises(InputError, match="there is shop-api"):
        materialise("../..", tmp_path)


def test_the_work_tree_is_what_the_last_commit_holds(shop: Path) -> None:
    assert _git(shop, "status", "--porcelain") == ""
    assert int(_git(shop, "rev-list", "--count", "HEAD")) == len(_history())
    assert _git(shop, "fsck", "--strict") == ""
    assert _git(shop, "symbolic-ref", "HEAD") == "refs/heads/main"


def _history() -> tuple[examples.Change, ...]:
    return read_history(Path(knowledge_dir()) / "examples" / f"{SHOP}.history.yaml")


def test_every_file_has_a_history_and_every_commit_changes_files_that_are_there() -> None:
    source = Path(knowledge_dir()) / "examples" / SHOP
    touched = {path for change in _history() for path in change.paths}
    assert touched == set(examples._files(source))
    assert all(change.paths for change in _history())
    days = [change.days for change in _history()]
    assert days == sorted(days, reverse=True)


def test_the_dates_are_those_of_today(shop: Path) -> None:
    times = [int(each) for each in _git(shop, "log", "--format=%ct").splitlines()]
    assert times == sorted(times, reverse=True)
    assert times[0] <= time.time()
    assert time.time() - times[0] < 3 * 86_400


def test_the_probes_find_in_it_what_it_is_there_to_show(shop: Path) -> None:
    assert read_project(shop).headline == "shop-api · Python FastAPI · PostgreSQL 16"
    evidence = {each.probe: each for each in gather(shop)}
    found = {measure.name: measure.value for each in evidence.values() for measure in each.measures}
    assert evidence["hotspots"].facts[0].path == "shop/orders/service.py"
    assert float(found["hotspots.top_changes"]) > 30
    assert 30 < float(found["coupling.top"]) < 70
    assert "shop/billing/ and shop/orders/" in evidence["coupling"].found
    assert found["authors.active_90d"] == 4
    assert float(found["n_plus_one.suspects"]) >= 2
    assert float(found["todos.count"]) >= 4
    assert float(found["tests.functions"]) >= 20
    assert found["stack.database"] == "PostgreSQL"
    assert found["deploy.units"] == 1


def test_made_a_second_time_it_stays_as_it_is(shop: Path) -> None:
    before = (shop / ".git" / "refs" / "heads" / "main").stat()
    (shop / "README.md").write_text("mine\n")
    assert materialise(SHOP, shop.parent) == shop
    assert (shop / ".git" / "refs" / "heads" / "main").stat() == before
    assert (shop / "README.md").read_text() == "mine\n"


def test_after_a_day_it_is_made_anew_and_keeps_what_a_person_put_into_it(shop: Path) -> None:
    (shop / "docs" / "decisions").mkdir(parents=True)
    (shop / "docs" / "decisions" / "0001-cache.md").write_text("mine\n")
    (shop / "shop" / "config.py").write_text("changed\n")
    (shop / "link").symlink_to("/etc/hostname")
    before = shop.stat().st_ino
    _age(shop, 1.1)
    materialise(SHOP, shop.parent)
    assert shop.stat().st_ino != before
    assert (shop / "docs" / "decisions" / "0001-cache.md").read_text() == "mine\n"
    assert (shop / "shop" / "config.py").read_text() == "changed\n"
    assert not (shop / "link").exists()
    assert sorted(each.name for each in shop.parent.iterdir()) == [SHOP]


def test_a_project_with_commits_of_a_person_is_left_as_it_is(shop: Path) -> None:
    _git(shop, "commit", "-q", "--allow-empty", "-m", "Mine")
    head = _git(shop, "rev-parse", "HEAD")
    _age(shop, 9)
    materialise(SHOP, shop.parent)
    assert _git(shop, "rev-parse", "HEAD") == head


def test_a_changed_example_is_made_anew_at_once(shop: Path) -> None:
    stamp = shop / STAMP
    said = json.loads(stamp.read_text())
    stamp.write_text(json.dumps({**said, "fingerprint": "another"}))
    before = shop.stat().st_ino
    materialise(SHOP, shop.parent)
    assert shop.stat().st_ino != before


@pytest.mark.parametrize("said", ["", "{}", "[]", '{"digests": 1, "fingerprint": "", "when": 1}'])
def test_a_folder_that_nobody_vouches_for_is_made_anew(shop: Path, said: str) -> None:
    (shop / STAMP).write_text(said)
    (shop / "README.md").unlink()
    (shop / "mine.md").write_text("mine")
    materialise(SHOP, shop.parent)
    assert (shop / "README.md").exists()
    assert (shop / "mine.md").read_text() == "mine"


def test_without_git_it_is_made_of_files_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    root = materialise(SHOP, tmp_path / "in")
    assert (root / "shop" / "orders" / "service.py").exists()
    assert not (root / ".git").exists()
    before = root.stat().st_ino
    materialise(SHOP, tmp_path / "in")
    assert root.stat().st_ino == before
    (evidence,) = gather(root, ["authors"])
    assert evidence.trouble == "git is not installed"


def test_what_a_killed_run_left_behind_is_cleared_away(shop: Path) -> None:
    left, fresh = shop.parent / f".{SHOP}.old", shop.parent / f".{SHOP}.new"
    left.mkdir()
    fresh.mkdir()
    long_ago = time.time() - 2 * 86_400
    os.utime(left, (long_ago, long_ago))
    _age(shop, 2)
    materialise(SHOP, shop.parent)
    assert not left.exists()
    assert fresh.exists()


def test_a_failure_half_way_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(examples, "_commit", fail)
    with pytest.raises(WriteError, match="the example cannot be written: No space left on device"):
        materialise(SHOP, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_another_s_made_meanwhile_is_as_good(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def late(self: Path, target: Path) -> Path:
        if target == shop:
            shop.mkdir()
            (shop / "theirs").write_text("x")
        return rename(self, target)

    _age(shop, 2)
    monkeypatch.setattr(Path, "rename", late)
    assert materialise(SHOP, shop.parent) == shop
    assert [each.name for each in shop.iterdir()] == ["theirs"]
    assert [each.name for each in shop.parent.iterdir()] == [SHOP]


def test_the_old_one_comes_back_when_the_new_one_cannot_take_its_place(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if target == shop and self.name != "old":
            raise PermissionError(13, "Permission denied")
        return rename(self, target)

    (shop / "mine.md").write_text("mine")
    _age(shop, 2)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(WriteError, match="Permission denied"):
        materialise(SHOP, shop.parent)
    assert (shop / "mine.md").read_text() == "mine"
    assert [each.name for each in shop.parent.iterdir()] == [SHOP]


def test_a_target_that_cannot_be_written_is_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(WriteError, match="the example cannot be written"):
        materialise(SHOP, tmp_path / "file" / "in")


@pytest.mark.parametrize("text", ["a: [", "", "authors: {}\ncommits: [[1, ada, x, y]]", "a: b"])
def test_a_history_that_says_nothing_is_told_by_its_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.history.yaml"
    path.write_text(text)
    with pytest.raises(InputError, match="no history of an example"):
        read_history(path)


def test_what_running_it_left_behind_is_no_part_of_it(tmp_path: Path) -> None:
    for path in ("a.py", "__pycache__/a.pyc", "sub/.env", ".env.example"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("x")
    assert set(examples._files(tmp_path)) == {"a.py", ".env.example"}


def test_each_module_of_the_example_is_sound_python() -> None:
    for path in sorted((Path(knowledge_dir()) / "examples" / SHOP).rglob("*.py")):
        compile(path.read_text(encoding="utf-8"), str(path), "exec")


def test_making_it_costs_no_screen() -> None:
    code = (
        "import sys; import be_tui.core.examples;"
        "print('textual' in sys.modules, 'yaml' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["False", "False"]
