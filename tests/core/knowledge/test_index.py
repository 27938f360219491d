"""The index is built once, serves without parsing, and no damage to it reaches the person."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import be_tui
from be_tui.core.knowledge import building, open_library
from be_tui.core.knowledge.index import fingerprint, index_path
from be_tui.core.knowledge.packs import find_packs
from be_tui.core.locations import cache_dir
from tests.core.knowledge.making import ALIASES, FILES, REFERENCE, changed, write_project


def index_of(project: Path) -> Path:
    return Path(index_path(find_packs(project)))


def refuse_to_build(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("built again")

    monkeypatch.setattr(building, "build", refuse)


def test_a_fresh_index_is_used_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_project(tmp_path)
    with open_library(tmp_path) as library:
        entries, hits = library.entries(), library.search("tea")
    refuse_to_build(monkeypatch)
    with open_library(tmp_path) as library:
        assert library.entries() == entries
        assert library.search("tea") == hits


@pytest.mark.parametrize("change", ["edit", "add", "remove", "touch"])
def test_any_change_of_a_pack_makes_a_new_index(tmp_path: Path, change: str) -> None:
    write_project(tmp_path)
    before = fingerprint(find_packs(tmp_path))
    path = tmp_path / ".be-tui" / "references" / "drinks.md"
    match change:
        case "edit":
            path.write_text(REFERENCE + "More.")
        case "add":
            path.with_name("more.md").write_text(REFERENCE)
        case "remove":
            path.unlink()
        case "touch":
            os.utime(path, (1, 1))
    assert fingerprint(find_packs(tmp_path)) != before


def test_an_index_of_another_version_is_built_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = find_packs(write_project(tmp_path))
    before = fingerprint(packs)
    monkeypatch.setattr("be_tui.core.knowledge.index.__version__", "99")
    assert fingerprint(packs) != before


def test_what_was_edited_is_found_at_once(tmp_path: Path) -> None:
    write_project(tmp_path)
    with open_library(tmp_path) as library:
        assert not [hit for hit in library.search("oolong") if "drinks" in hit.address]
    text = changed("Green or black", "Oolong or black", REFERENCE)
    write_project(tmp_path, FILES | {"references/drinks.md": text})
    with open_library(tmp_path) as library:
        assert library.search("oolong")[0].address == "drinks#tea"


def test_projects_without_a_pack_share_one_index(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    write_project(tmp_path / "c")
    assert index_of(tmp_path / "a") == index_of(tmp_path / "b")
    assert index_of(tmp_path / "c") != index_of(tmp_path / "a")


@pytest.mark.parametrize("damage", ["text", "empty", "half", "folder", "other"])
def test_a_damaged_index_is_built_anew(tmp_path: Path, damage: str) -> None:
    write_project(tmp_path)
    open_library(tmp_path).close()
    path = index_of(tmp_path)
    data = path.read_bytes()
    path.unlink()
    match damage:
        case "text":
            path.write_text("this is no database")
        case "empty":
            path.touch()
        case "half":
            path.write_bytes(data[: len(data) // 2])
        case "folder":
            path.mkdir()
        case "other":
            path.write_bytes(data[:20_000] + b"\xff" * (len(data) - 20_000))
    with open_library(tmp_path) as library:
        assert "tea" in [entry.id for entry in library.entries()]
        assert library.search("tea")[0].address in {"drinks#tea", "tree:tea"}
        assert library.reference("drinks").section("tea")


def test_an_index_that_breaks_while_it_is_open_is_built_anew(tmp_path: Path) -> None:
    write_project(tmp_path)
    with open_library(tmp_path) as library:
        index = library._index
        index.close()
        assert library.search("tea")


def test_where_the_cache_cannot_be_written_the_index_is_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "a-file"
    blocked.write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    with open_library(write_project(tmp_path / "project")) as library:
        assert library.search("tea")
        assert library.tree("tea").id == "tea"
    assert blocked.read_text() == "in the way"


def test_a_disk_that_fills_up_leaves_no_half_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Path, target: Path) -> None:
        raise OSError(28, f"No space left on device: {self} {target}")

    monkeypatch.setattr(Path, "replace", full)
    with open_library(write_project(tmp_path)) as library:
        assert library.search("tea")
    assert list(Path(cache_dir()).iterdir()) == []


def test_two_processes_that_build_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    write_project(tmp_path)
    script = (
        "import sys; from be_tui.core.knowledge import open_library\n"
        "with open_library(sys.argv[1]) as library:\n"
        "    print(library.search('tea')[0].address)"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(be_tui.__file__).parent.parent)}
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]
    for process in running:
        out, err = process.communicate(timeout=60)
        assert (out.strip() in {"drinks#tea", "tree:tea"}, err, process.returncode) == (True, "", 0)
    assert [path.name for path in Path(cache_dir()).iterdir()] == [index_of(tmp_path).name]


def test_without_full_text_search_words_are_scanned_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_WORDS", "CREATE VIRTUAL TABLE words USING fts99(title)")
    with open_library(write_project(tmp_path)) as library:
        assert library.search("degrees")[0].address == "drinks#steeping"
        assert library.search("nothing like it") == ()


def test_another_fault_of_the_database_is_not_taken_for_a_missing_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(building, "_WORDS", "this is no SQL")
    with pytest.raises(Exception, match="syntax error"):
        open_library(write_project(tmp_path))


def test_a_broken_file_of_aliases_is_left_out(tmp_path: Path) -> None:
    broken = changed("[water]", "water", ALIASES)
    with open_library(write_project(tmp_path, FILES | {"aliases.yaml": broken})) as library:
        assert library.search("h2o")[0].address == "drinks#water"
        assert library.troubled


def test_terminal_codes_in_a_pack_are_not_passed_on(tmp_path: Path) -> None:
    tree = changed("title: Tea or coffee", 'title: "Tea \\e[31mred"')
    with open_library(write_project(tmp_path, FILES | {"trees/tea.yaml": tree})) as library:
        titles = [entry.title for entry in library.entries("tree") if entry.id == "tea"]
    assert titles == ["Tea ^[[31mred"]


def test_to_list_and_to_search_imports_nothing_dear(tmp_path: Path) -> None:
    write_project(tmp_path)
    open_library(tmp_path).close()
    script = (
        "import sys; from be_tui.cli import run\n"
        "run(['refs', 'tea', '--project', sys.argv[1]]); run(['refs', '--project', sys.argv[1]])\n"
        "dear = 'yaml markdown_it pathlib dataclasses json tomllib platformdirs difflib'.split()\n"
        "print('DEAR', [name for name in dear if name in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(be_tui.__file__).parent.parent)}
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "drinks#tea" in done.stdout
    assert done.stdout.endswith("DEAR []\n")
