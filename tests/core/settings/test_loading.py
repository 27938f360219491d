from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from be_tui.core import settings as face
from be_tui.core.errors import InputError
from be_tui.core.findings import Edit, Finding, Place
from be_tui.core.settings import (
    Colour,
    KeyChoice,
    Loaded,
    Settings,
    ThemeChoice,
    check_settings,
    load_settings,
    settings_files,
    user_file,
)


def project(folder: Path, text: str, name: str = "be-tui.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def own(text: str) -> Path:
    path = Path(user_file())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def told(loaded: Loaded) -> list[str]:
    return [f"{fault.place} {fault.message}" for fault in loaded.faults]


def only(folder: Path, text: str) -> Finding:
    (fault,) = load_settings(project(folder, text)).faults
    return fault


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Loaded(Settings())
    assert load_settings(None).settings.theme == "dark"


def test_the_projects_file_is_read(tmp_path: Path) -> None:
    loaded = load_settings(project(tmp_path, 'theme = "light"\nmouse = false\n'))
    assert (loaded.settings.theme, loaded.settings.mouse, loaded.faults) == ("light", False, ())
    assert loaded.files == ("be-tui.toml",)


def test_the_projects_shared_file_is_read(tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.be-tui]\nascii = "always"\nbad = 1\n'
    loaded = load_settings(project(tmp_path, text, "pyproject.toml"))
    assert loaded.settings.ascii == "always"
    assert told(loaded) == ["pyproject.toml:5:1 unknown key 'bad'"]


@pytest.mark.parametrize(
    "text", ["[project]\n", "[tool.other]\n", 'be = "be-tui"\n', "tool = 1\n# be-tui"]
)
def test_a_shared_file_without_our_table_says_nothing(tmp_path: Path, text: str) -> None:
    loaded = load_settings(project(tmp_path, text, "pyproject.toml"))
    assert (loaded.settings, loaded.faults) == (Settings(), ())


def test_our_own_file_is_read_in_place_of_the_shared_one_and_it_is_said(tmp_path: Path) -> None:
    project(tmp_path, '[tool.be-tui]\ntheme = "light"\n', "pyproject.toml")
    loaded = load_settings(project(tmp_path, "mouse = false\n"))
    assert (loaded.settings.theme, loaded.settings.mouse) == ("dark", False)
    assert told(loaded) == [
        "pyproject.toml:1:7 [tool.be-tui] is not read, as be-tui.toml stands beside it"
    ]
    assert loaded.faults[0].severity == "warning"
    assert loaded.files == ("be-tui.toml",)


def test_a_shared_file_that_only_mentions_us_is_not_said_to_be_shadowed(tmp_path: Path) -> None:
    project(tmp_path, 'dependencies = ["be-tui"]\n', "pyproject.toml")
    assert load_settings(project(tmp_path, "mouse = false\n")).faults == ()


def test_the_project_overrides_the_user_key_by_key(tmp_path: Path) -> None:
    path = own('theme = "light"\nmouse = false\n[keys]\n"app.back" = "b"\n"app.help" = "h"\n')
    loaded = load_settings(project(tmp_path, 'theme = "dark"\n[keys]\napp.back = "x"\n'))
    assert (loaded.settings.theme, loaded.settings.mouse) == ("dark", False)
    assert loaded.settings.keys == (KeyChoice("app.back", ("x",)), KeyChoice("app.help", ("h",)))
    assert {origin.key: str(origin.place) for origin in loaded.origins} == {
        "theme": "be-tui.toml:1:1",
        "mouse": f"{path}:2:1",
        "keys.app.back": "be-tui.toml:3:5",
        "keys.app.help": f"{path}:5:1",
    }


def test_the_project_may_choose_a_theme_of_the_user(tmp_path: Path) -> None:
    own('[themes.paper]\ndark = false\ncolours = { background = "#fdf6e3", line = "ansi_blue" }\n')
    loaded = load_settings(project(tmp_path, 'theme = "paper"\n'))
    assert (loaded.settings.theme, loaded.faults) == ("paper", ())
    assert loaded.settings.themes == (
        ThemeChoice(
            "paper",
            dark=False,
            colours=(Colour("background", "#fdf6e3"), Colour("line", "ansi_blue")),
        ),
    )


def test_an_unknown_theme_is_told_with_the_nearest(tmp_path: Path) -> None:
    fault = only(tmp_path, '\ntheme = "ligth"\n')
    assert str(fault.place) == "be-tui.toml:2:1"
    assert fault.message.endswith('got "ligth"')
    assert fault.fix is not None
    assert fault.fix.title == "did you mean 'light'?"


def test_an_unknown_theme_near_to_none_has_no_fix(tmp_path: Path) -> None:
    assert only(tmp_path, 'theme = "qqqqq"').fix is None


def test_an_unknown_key_is_told_with_the_nearest_and_how_to_mend_it(tmp_path: Path) -> None:
    fault = only(tmp_path, "# note\nmuose = true\n")
    assert (fault.rule, fault.severity, fault.message) == (
        "config-key",
        "error",
        "unknown key 'muose'",
    )
    assert fault.fix is not None
    assert fault.fix.edits == (Edit(Place("be-tui.toml", 2, 1, 2, 6), "mouse"),)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("mouse = {}", "mouse: expected true or false, got a table"),
        ("mouse = 1", "mouse: expected true or false, got 1"),
        ('mouse = "yes"', 'mouse: expected true or false, got "yes"'),
        ("theme = 3", "theme: expected the name of a theme, got 3"),
        ('theme = ""', 'theme: expected the name of a theme, got ""'),
        (
            'ascii = "alway"',
            'ascii: expected one of "auto", "always", "never", got "alway"',
        ),
        ("ascii = true", 'ascii: expected one of "auto", "always", "never", got true'),
        ("clipboard = []", "got an empty list"),
        ("record_dir = 1", "record_dir: expected a folder of the project, relative, with forward"),
        ('record_dir = "/etc"', "record_dir: '/etc' is absolute"),
        ('record_dir = "a/../.."', "record_dir: 'a/../..' has the part '..'"),
        ("keys = 1", "keys: expected a table of actions and their keys, got 1"),
        ('keys."app.back" = []', "keys.app.back: expected a key or a list of keys, got an empty"),
        ("keys.app.back = 1", "keys.app.back: expected a key or a list of keys, got 1"),
        ('keys.app.back = ["a", 1]', "keys.app.back: expected a key or a list of keys, got a list"),
        ('keys.app.back = "two keys"', 'keys.app.back: expected a key or a list of keys, got "two'),
        ("themes = []", "themes: expected a table of themes, got an empty list"),
        ("themes.mine = 1", "themes.mine: expected a table, got 1"),
        ("themes.dark = {}", "expected a name of its own, as a theme of this name ships"),
        ("themes.mine.dark = 1", "themes.mine.dark: expected true or false, got 1"),
        ("themes.mine.colours = 1", "themes.mine.colours: expected a table of colours, got 1"),
        ("themes.mine.colors = {}", "unknown key 'colors'"),
        ('themes.mine.colours.bakground = "#ffffff"', "unknown key 'bakground'"),
        (
            'themes.mine.colours.line = "red"',
            'themes.mine.colours.line: expected #rrggbb, or ansi_ and a colour, got "red"',
        ),
        ("themes.mine.colours.line = 1", "themes.mine.colours.line: expected #rrggbb"),
        (f'theme = "{"x" * 50}"', "got something long or unprintable"),
    ],
)
def test_a_wrong_value_is_told_by_its_line_and_the_default_holds(
    tmp_path: Path, line: str, message: str
) -> None:
    loaded = load_settings(project(tmp_path, f"# first\n{line}\n"))
    (fault,) = loaded.faults
    assert message in fault.message
    assert (fault.place.path, fault.place.line) == ("be-tui.toml", 2)
    assert fault.severity == "error"
    for name in ("theme", "mouse", "ascii", "clipboard", "record_dir", "keys"):
        assert getattr(loaded.settings, name) == getattr(Settings(), name)


def test_what_is_right_beside_a_fault_holds(tmp_path: Path) -> None:
    text = (
        'mouse = 1\n[keys]\na.b = []\nc.d = ["x", "ctrl+/"]\n'
        '[themes.t]\ndark = 0\ncolours = {line = "#fff"}\n'
    )
    loaded = load_settings(project(tmp_path, text))
    assert loaded.settings.keys == (KeyChoice("c.d", ("x", "ctrl+slash")),)
    assert loaded.settings.themes == (ThemeChoice("t", colours=(Colour("line", "#fff"),)),)
    assert [fault.place.line for fault in loaded.faults] == [1, 3, 6]


def test_only_the_user_may_choose_a_command_to_run(tmp_path: Path) -> None:
    fault = only(tmp_path, 'editor = "sh -c evil"')
    assert (fault.rule, fault.severity) == ("config-user-only", "warning")
    assert load_settings(tmp_path).settings.editor == ""
    own('editor = "code --wait"')
    assert load_settings(tmp_path).settings.editor == "code --wait"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ('"it\'s"', "editor: expected a command, got one with no closing quotation"),
        ("1", "editor: expected a command, got 1"),
    ],
)
def test_a_command_that_cannot_be_split_is_told(value: str, message: str) -> None:
    own(f"editor = {value}")
    (fault,) = load_settings(None).faults
    assert fault.message == message


def test_a_key_with_a_dot_of_its_own_is_read_although_its_line_is_not_known(
    tmp_path: Path,
) -> None:
    loaded = load_settings(project(tmp_path, 'keys.app."x.y" = "z"\n'))
    assert loaded.settings.keys == (KeyChoice("app.x.y", ("z",)),)
    assert [str(origin.place) for origin in loaded.origins] == ["be-tui.toml"]


def test_the_folder_for_records_may_end_in_a_slash(tmp_path: Path) -> None:
    loaded = load_settings(project(tmp_path, 'record_dir = "doc/adr/"'))
    assert loaded.settings.record_dir == "doc/adr"


@pytest.mark.parametrize(
    ("text", "told_as"),
    [
        ("a = \n", "be-tui.toml:1:5 not TOML: Invalid value"),
        ("a = 1\na = 2\n", "be-tui.toml:2:6 not TOML: Cannot overwrite a value"),
        ('x = 1\na = """\n', "be-tui.toml:3 not TOML: Unterminated string"),
        ("a = " + "[" * 5000, "be-tui.toml nested too deeply"),
        (f"a = {'1' * 5000}", "be-tui.toml holds a number that is too long"),
    ],
)
def test_what_is_not_toml_is_told_by_its_line(tmp_path: Path, text: str, told_as: str) -> None:
    loaded = load_settings(project(tmp_path, text))
    assert loaded.settings == Settings()
    (said,) = told(loaded)
    assert said.startswith(told_as)
    assert loaded.faults[0].rule == "config-file"


def test_a_shared_table_that_is_none_is_told(tmp_path: Path) -> None:
    loaded = load_settings(project(tmp_path, "[tool]\nbe-tui = 1\n", "pyproject.toml"))
    assert told(loaded) == ["pyproject.toml expected [tool.be-tui] to be a table"]


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "be-tui.toml").write_bytes(b"# ok\na = '\xff'\n")
    assert told(load_settings(tmp_path)) == ["be-tui.toml:2 expected UTF-8 text"]


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "be-tui.toml").write_bytes(b"\xef\xbb\xbfmouse = false\n")
    loaded = load_settings(tmp_path)
    assert (loaded.settings.mouse, loaded.faults) == (False, ())


def test_a_file_of_fifty_megabytes_is_told_and_not_read(tmp_path: Path) -> None:
    with (tmp_path / "be-tui.toml").open("wb") as file:
        file.truncate(50_000_000)
    assert told(load_settings(tmp_path)) == ["be-tui.toml expected settings, got over 256 kB"]


def test_what_is_no_file_is_told_and_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "be-tui.toml")
    assert told(load_settings(tmp_path)) == ["be-tui.toml expected a file"]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "be-tui.toml").symlink_to("nowhere")
    (said,) = told(load_settings(tmp_path))
    assert said.startswith("be-tui.toml cannot be read: no such file")
    (tmp_path / "be-tui.toml").unlink()
    (tmp_path / "be-tui.toml").mkdir()
    (said,) = told(load_settings(tmp_path))
    assert "cannot be read" in said or "expected a file" in said


def test_a_folder_in_the_place_of_the_shared_file_is_nobodys_fault(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").mkdir()
    assert settings_files(tmp_path) == ()


def test_one_file_can_be_checked(tmp_path: Path) -> None:
    path = str(project(tmp_path, "mouse = 1\n") / "be-tui.toml")
    (fault,) = check_settings(path)
    assert fault.place == Place(path, 1, 1, 1, 6)


def test_a_file_of_another_name_is_checked_as_the_users_own(tmp_path: Path) -> None:
    project(tmp_path, 'editor = "vi"\n', "draft.toml")
    assert check_settings(str(tmp_path / "draft.toml")) == ()
    project(tmp_path, '[tool.be-tui]\neditor = "vi"\n', "pyproject.toml")
    (fault,) = check_settings(str(tmp_path / "pyproject.toml"))
    assert fault.rule == "config-user-only"


def test_a_file_is_checked_with_the_users_themes_but_not_for_the_users_faults(
    tmp_path: Path,
) -> None:
    path = own("mouse = 1\n[themes.paper]\n")
    project(tmp_path, 'theme = "paper"\n')
    assert check_settings(str(tmp_path / "be-tui.toml")) == ()
    assert len(check_settings(str(path))) == 1


def test_a_file_to_check_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        check_settings(str(tmp_path / "none.toml"))


def test_where_there_is_no_file_no_parser_is_loaded(tmp_path: Path) -> None:
    code = (
        "import sys\n"
        "from be_tui.core.settings import load_settings\n"
        "assert load_settings('.').settings.theme == 'dark'\n"
        "heavy = {'tomllib', 'json', 'difflib', 'textual', 'yaml'} & set(sys.modules)\n"
        "ours = [name for name in sys.modules if name.endswith(('.reading', '.laying'))]\n"
        "sys.exit(f'{heavy} {ours}' if heavy or ours else 0)\n"
    )
    project(tmp_path, '[project]\nname = "x"\n', "pyproject.toml")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, timeout=60, check=True
    )


def test_the_public_face_gives_what_it_lists_and_nothing_else() -> None:
    assert all(callable(getattr(face, name)) for name in face.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        face.__getattr__("nothing")
