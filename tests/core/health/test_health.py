from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
import tomllib
from importlib import metadata, util
from pathlib import Path
from typing import NamedTuple

import pytest

from be_tui.core import health
from be_tui.core.health import Check, examine, folders, installation, tools, words
from be_tui.core.locations import config_dir, state_dir
from be_tui.core.sessions import store_path
from be_tui.core.settings import user_file

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")


def write_settings(text: str) -> None:
    Path(user_file()).parent.mkdir(parents=True, exist_ok=True)
    Path(user_file()).write_text(text)


def program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def test_everything_is_looked_at_and_nothing_is_wrong_here(tmp_path: Path) -> None:
    checks = examine(tmp_path)
    assert [check.name for check in checks if check.state == "wrong"] == []
    assert [check.name for check in checks] == [
        "Python", "be-tui", "dependencies", "compiled files", "knowledge", "settings", "SQLite",
        "git", "terminal", "clipboard", "editor", "configuration", "state", "cache", "session",
    ]  # fmt: skip
    assert all(check.found for check in checks)


def test_a_check_that_fails_in_itself_is_wrong_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("no idea")

    monkeypatch.setattr(tools, "git", broken)
    by_name = {check.name: check for check in examine(tmp_path)}
    assert by_name["git"].state == "wrong"
    assert by_name["git"].found == "could not be looked at (RuntimeError: no idea)"
    assert by_name["session"].state == "ok"


def test_an_old_python_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert next(installation.python()).state == "ok"
    monkeypatch.setattr(sys, "version_info", (3, 10, 4, "final", 0))
    (check,) = installation.python()
    assert (check.state, check.todo) == ("wrong", "install Python 3.11 or newer")


def test_how_be_tui_came_here_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    root = str(ROOT)

    class Wheel(NamedTuple):
        stated: str | None

        def read_text(self, _: str) -> str | None:
            return self.stated

    def told() -> str:
        (check,) = installation.installed()
        return check.found.partition(", ")[2]

    editable = '{"dir_info": {"editable": true}, "url": "file:///x"}'
    monkeypatch.setattr(metadata, "distribution", lambda _: Wheel(editable))
    assert told() == f"editable install of {root}"
    monkeypatch.setattr(metadata, "distribution", lambda _: Wheel(None))
    assert told() == f"run from the checkout at {root}"

    def unknown(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", unknown)
    assert told() == f"run from the checkout at {root}"
    monkeypatch.setattr(installation, "is_packaged", lambda: True)
    assert told() == f"installed in {root}"


def test_the_dependencies_are_those_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {re.split(r"[<>=]", each)[0] for each in project["dependencies"]}
    assert set(installation.NEEDED) == declared
    assert project["requires-python"] == ">=" + ".".join(map(str, installation.OLDEST))


def test_a_missing_dependency_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(installation.NEEDED, "no-such-thing", "no_such_thing_at_all")
    (check,) = installation.dependencies()
    assert (check.state, check.found) == ("wrong", "missing: no-such-thing")
    assert "pip install no-such-thing" in check.todo


def test_a_dependency_without_metadata_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(installation.NEEDED, "no-such-thing", "json")
    (check,) = installation.dependencies()
    assert check.state == "ok"
    assert check.found.endswith("no-such-thing (of unknown version)")


def test_missing_compiled_files_are_worth_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (check,) = installation.compiled()
    assert check.name == "compiled files"
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (check,) = installation.compiled()
    assert check.state == "note"
    assert check.found.startswith("none for be_tui and textual:")
    assert "-m compileall -q" in check.todo
    assert "PYTHONDONTWRITEBYTECODE" in check.todo
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (check,) = installation.compiled()
    assert "PYTHONDONTWRITEBYTECODE" not in check.todo


def test_compiled_files_that_are_there_are_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    for package in ("be_tui", "textual"):
        spec = util.find_spec(package)
        assert spec is not None
        assert spec.origin is not None
        for source in Path(spec.origin).parent.glob("*.py"):
            target = Path(util.cache_from_source(str(source)))
            target.parent.mkdir(parents=True, exist_ok=True)
            target.touch()
    (check,) = installation.compiled()
    assert check.state == "ok"


def test_a_package_that_is_not_there_needs_no_compiling() -> None:
    assert installation._is_compiled("no_such_thing_at_all")


def test_the_knowledge_is_counted(tmp_path: Path) -> None:
    pack = tmp_path / ".be-tui" / "references"
    pack.mkdir(parents=True)
    (pack / "own.md").write_text(
        "---\nid: own\ntitle: Own\nsummary: Ours.\n---\n\n# Own\n\nText.\n"
    )
    (check,) = words.knowledge(tmp_path)
    assert check.state == "ok", check.found
    assert re.search(r"\d+ trees in .*knowledge", check.found)
    assert check.found.endswith("; 1 of the project's own")


def test_a_broken_pack_is_wrong(tmp_path: Path) -> None:
    trees = tmp_path / ".be-tui" / "trees"
    trees.mkdir(parents=True)
    (trees / "bad.yaml").write_text("tree: [")
    (check,) = words.knowledge(tmp_path)
    assert (check.state, check.todo) == ("wrong", "run `be-tui knowledge check`")
    assert "error" in check.found


def test_missing_knowledge_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "knowledge_dir", lambda: str(tmp_path / "none"))
    (check,) = words.knowledge(tmp_path)
    assert (check.state, check.todo) == ("wrong", "install be-tui again")


def test_settings_are_told_with_what_is_wrong_in_them(tmp_path: Path) -> None:
    (check,) = words.settings(tmp_path)
    assert check.found == f"none; yours would be {user_file()}"
    (tmp_path / "be-tui.toml").write_text("mouse = 1\n")
    (check,) = words.settings(tmp_path)
    assert check == Check(
        "settings", "wrong", "be-tui.toml; 1 error in 1 file", "run `be-tui config check`"
    )
    (tmp_path / "be-tui.toml").write_text('editor = "vi"\n')
    (check,) = words.settings(tmp_path)
    assert check.state == "note"


def test_sqlite_is_told_with_its_search() -> None:
    (check,) = tools.sqlite()
    assert check.found.startswith(sqlite3.sqlite_version)


def test_sqlite_without_search_is_worth_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    class Plain:
        def execute(self, _: str) -> None:
            raise sqlite3.OperationalError("no such module: fts5")

        def close(self) -> None:
            pass

    monkeypatch.setattr(sqlite3, "connect", lambda _: Plain())
    (check,) = tools.sqlite()
    assert (check.state, check.found.partition(", ")[2]) == (
        "note",
        "without FTS5: searching is slower",
    )


def test_git_is_told_with_its_version(git: str) -> None:
    (check,) = tools.git()
    assert check.state == "ok"
    assert re.fullmatch(rf"\d+\.\d+.* at {re.escape(git)}", check.found)


def test_a_missing_or_broken_git_is_worth_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (check,) = tools.git()
    assert (check.state, check.found) == ("note", "not found")
    program(tmp_path, "git", "exit 3")
    (check,) = tools.git()
    assert check.found.endswith("does not run (CalledProcessError)")


def terminal_of(
    monkeypatch: pytest.MonkeyPatch,
    *,
    size: tuple[int, int] | None = (120, 48),
    there: bool = True,
    **variables: str,
) -> Check:
    def measure(_: int) -> os.terminal_size:
        if size is None:
            raise OSError
        return os.terminal_size(size)

    for name in ("TERM", "COLORTERM", "NO_COLOR", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "get_terminal_size", measure)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: there, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: there, raising=False)
    (check,) = tools.terminal()
    return check


def test_a_good_terminal_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    check = terminal_of(monkeypatch, TERM="xterm-256color")
    assert check == Check("terminal", "ok", "xterm-256color, 120 by 48, 256 colours, UTF-8")


@pytest.mark.parametrize(
    ("variables", "fact"),
    [
        ({"TERM": "xterm"}, "16 colours"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "16 million colours"),
        ({"TERM": "xterm", "NO_COLOR": "1"}, "no colours (NO_COLOR)"),
        ({"TERM": "tmux-256color", "TMUX": "/tmp/x,1,0"}, "tmux"),
        ({"TERM": "xterm", "SSH_TTY": "/dev/pts/1"}, "ssh"),
        ({"TERM": "xterm", "LC_ALL": "C"}, "ascii: drawn with plain ASCII"),
    ],
)
def test_what_a_terminal_can_show_is_told(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], fact: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert fact in terminal_of(monkeypatch, size=(120, 48), there=True, **variables).found.split(
        ", "
    )


def test_what_is_no_terminal_or_a_poor_one_is_worth_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    piped = terminal_of(monkeypatch, size=None, there=False, TERM="xterm")
    assert (piped.state, "no terminal" in piped.found, " by " in piped.found) == (
        "note",
        True,
        False,
    )
    assert terminal_of(monkeypatch, TERM="dumb").state == "note"
    nameless = terminal_of(monkeypatch)
    assert (nameless.state, nameless.found.partition(",")[0]) == ("note", "TERM is not set")
    small = terminal_of(monkeypatch, size=(60, 20), TERM="xterm")
    assert (small.state, small.todo) == ("note", "80 by 24 shows a page whole")


def clipboard_with(
    folder: Path, monkeypatch: pytest.MonkeyPatch, chosen: str, **variables: str
) -> Check:
    monkeypatch.setenv("PATH", str(folder))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    write_settings(f'clipboard = "{chosen}"')
    (check,) = tools.clipboard(folder)
    return check


def test_the_way_of_a_copied_text_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert clipboard_with(tmp_path, monkeypatch, "off").found == "switched off in the settings"
    escape = clipboard_with(tmp_path, monkeypatch, "auto")
    assert (escape.state, "OSC 52" in escape.found, "xclip" in escape.todo) == ("note", True, True)
    none = clipboard_with(tmp_path, monkeypatch, "native")
    assert none.state == "wrong"
    program(tmp_path, "xclip", "")
    native = clipboard_with(tmp_path, monkeypatch, "auto", DISPLAY=":0")
    assert native == Check("clipboard", "ok", "xclip")
    tmux = clipboard_with(tmp_path, monkeypatch, "auto", TMUX="x", SSH_TTY="y")
    assert tmux == Check("clipboard", "ok", "tmux")


def test_over_ssh_nothing_can_be_installed_for_the_clipboard(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert clipboard_with(tmp_path, monkeypatch, "auto", SSH_TTY="y").todo == ""


def test_the_editor_is_told_with_where_it_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    program(tmp_path, "ed", "")

    def editor() -> Check:
        (check,) = tools.editor(tmp_path)
        return check

    assert (editor().state, editor().found) == ("note", "none is set")
    monkeypatch.setenv("EDITOR", "ed -s")
    assert editor() == Check("editor", "ok", "ed -s (from $EDITOR)")
    monkeypatch.setenv("VISUAL", "gone --wait")
    assert (editor().state, editor().found) == ("wrong", "gone (from $VISUAL) was not found")
    monkeypatch.setenv("VISUAL", "ed 'x")
    assert (editor().state, editor().todo) == ("wrong", "mend $VISUAL")
    write_settings('editor = "ed"')
    assert editor() == Check("editor", "ok", "ed (from the settings)")


def test_folders_that_are_not_there_yet_are_well() -> None:
    assert [check.state for check in folders.own_folders()] == ["ok", "ok", "ok"]
    assert not Path(config_dir()).exists()


def test_a_file_in_the_place_of_a_folder_is_wrong() -> None:
    Path(config_dir()).parent.mkdir(parents=True)
    Path(config_dir()).write_text("")
    check = next(folders.own_folders())
    assert check.state == "wrong"
    assert check.todo == f"move {config_dir()} out of the way"


def test_a_folder_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(state_dir()).mkdir(parents=True)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert [check.state for check in folders.own_folders()] == ["wrong", "wrong", "note"]


def store(project: Path, content: bytes | None = None) -> Path:
    path = store_path(project)
    path.parent.mkdir(parents=True)
    if content is not None:
        path.write_bytes(content)
    return path


def session(project: Path) -> Check:
    (check,) = folders.session(project)
    return check


def test_a_sound_session_is_well_and_left_alone(tmp_path: Path) -> None:
    from be_tui.core.sessions import open_store

    assert session(tmp_path).found == "nothing kept of this project yet"
    open_store(tmp_path).close()
    path = store_path(tmp_path)
    before = path.read_bytes()
    assert session(tmp_path) == Check("session", "ok", str(path))
    assert path.read_bytes() == before


def test_a_damaged_session_is_wrong(tmp_path: Path) -> None:
    path = store(tmp_path, b"not a database at all, but long enough to be taken for one" * 20)
    check = session(tmp_path)
    assert check.state == "wrong"
    assert check.found.startswith(f"{path}: damaged (")
    assert "moves it aside" in check.todo


def test_a_session_with_a_damaged_page_is_wrong(tmp_path: Path) -> None:
    path = store(tmp_path)
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE kept (name TEXT PRIMARY KEY, text TEXT)")
    database.executemany("INSERT INTO kept VALUES (?, ?)", ((str(n), "x" * 500) for n in range(99)))
    database.commit()
    database.close()
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    path.write_bytes(content)
    assert session(tmp_path).found.startswith(f"{path}: damaged (")


def test_a_locked_session_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "_PATIENCE", 0.01)
    other = sqlite3.connect(store(tmp_path))
    try:
        other.execute("CREATE TABLE kept (name TEXT)")
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        assert session(tmp_path).todo == "close the other be-tui"
    finally:
        other.close()


def test_a_session_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    store(tmp_path).mkdir()
    check = session(tmp_path)
    assert check.state == "wrong"
    assert ": cannot be read (" in check.found


def test_an_examination_loads_no_screen(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\n"
        "from be_tui.core.health import examine\n"
        "examine(pathlib.Path('.'))\n"
        "sys.exit(int('textual' in sys.modules))\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, timeout=60, check=True
    )


def test_the_public_face_gives_what_it_lists_and_nothing_else() -> None:
    assert all(getattr(health, name) for name in health.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        health.__getattr__("nothing")
