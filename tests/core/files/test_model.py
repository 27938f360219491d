from __future__ import annotations

import pytest

from be_tui.core.errors import InputError
from be_tui.core.files import Export, FileSet, NewFile, Written


def files(*paths: str) -> FileSet:
    return FileSet(tuple(NewFile(path, "") for path in paths))


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "C:/boot.ini",
        "../out.txt",
        "a/../../out.txt",
        "a//b",
        "a/",
        "./a",
        "a\\b",
        "a\nb",
        "a\x1b[2Jb",
        "a\u202eb",
        "a\u200cb",
        "con",
        "docs/NUL.txt",
        "lpt¹.md",
        "COM7.tar.gz",
        "a:b",
        "what?.md",
        "dot./a",
        "space /a",
        ".git/hooks/pre-commit",
        "vendor/.GIT/config",
        "n" * 256,
        "é" * 128,
        "\ud800",
    ],
)
def test_a_path_that_is_unsafe_or_unusable_somewhere_is_refused(path: str) -> None:
    with pytest.raises(InputError) as caught:
        files(path)
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


@pytest.mark.parametrize(
    "path",
    ["a", "docs/decisions/0001-use-a-cache.md", ".github/workflows/ci.yml", "...rc", "console.py",
     "app/[id]/page.tsx", "größe.md", "日本/語.md", ".gitignore", "n" * 255],
)  # fmt: skip
def test_a_usual_path_is_taken(path: str) -> None:
    assert [file.path for file in files(path)] == [path]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("a", "a"),
        ("Readme.md", "README.md"),
        ("straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("docs/a", "DOCS/A"),
    ],
)
def test_two_paths_that_are_one_on_some_file_system_are_refused(first: str, second: str) -> None:
    with pytest.raises(InputError, match="is the same file as"):
        files(first, second)


@pytest.mark.parametrize("pair", [("a", "a/b"), ("a/b/c", "A/B")])
def test_a_file_that_is_a_folder_of_another_is_refused(pair: tuple[str, str]) -> None:
    with pytest.raises(InputError, match="is a file and also a folder of"):
        files(*pair)


def test_a_text_that_is_no_text_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match=r"^a\.txt:3: holds a character that UTF-8 cannot"):
        FileSet((NewFile("a.txt", "one\ntwo\n\udcff\n"),))
    with pytest.raises(InputError, match="NUL"):
        FileSet((NewFile("a.bin", "\0"),))


def test_a_text_too_large_to_undo_is_refused() -> None:
    with pytest.raises(InputError, match="over 16 MB"):
        FileSet((NewFile("a.txt", "é" * 8_000_001),))


def test_a_file_set_tells_its_length() -> None:
    assert len(files("a", "b/c")) == 2
    assert len(FileSet()) == 0


def test_an_export_is_read_back_from_its_json() -> None:
    done = Export(
        root="/srv/shop",
        written=(Written("a", "0" * 64), Written("b", "1" * 64, "é\r\n", 0o640)),
        folders=("/srv/shop/docs",),
        left=("c",),
        at="2026-11-23T09:00:00Z",
    )
    assert Export.from_json(done.to_json()) == done
    assert [each.created for each in done.written] == [True, False]


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"root": 1, "written": [], "folders": [], "left": [], "at": ""},
        {"root": "/", "written": {}, "folders": [], "left": [], "at": ""},
        {"root": "/", "written": [1], "folders": [], "left": [], "at": ""},
        {
            "root": "/",
            "written": [{"path": "a", "digest": "", "before": None, "mode": -1}],
            "folders": [],
            "left": [],
            "at": "",
        },
        {
            "root": "/",
            "written": [{"path": "../../etc/cron.d/x", "digest": "", "before": "", "mode": 0}],
            "folders": [],
            "left": [],
            "at": "",
        },
    ],
)
def test_what_is_no_export_is_refused(value: object) -> None:
    with pytest.raises(InputError, match="not the record of an export"):
        Export.from_json(value)


def test_the_public_face_gives_what_it_lists_and_nothing_else() -> None:
    from be_tui.core import files as face

    assert all(getattr(face, name) is not None for name in face.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        face.__getattr__("nothing")
