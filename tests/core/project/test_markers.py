from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from be_tui.core.errors import InputError
from be_tui.core.project.markers import decode, folder_pattern, load_markers, name_pattern
from be_tui.core.project.model import TRAIT_KINDS

if TYPE_CHECKING:
    from pathlib import Path


def test_the_bundled_markers_cover_every_kind_but_languages() -> None:
    kinds = {marker.kind for marker in load_markers().all}
    assert kinds == set(TRAIT_KINDS) - {"language"}


def test_each_bundled_marker_is_given_away_by_something_and_named_once_in_its_kind() -> None:
    markers = load_markers().all
    assert all(m.packages or m.images or m.files or m.texts for m in markers)
    names = Counter((marker.kind, marker.name) for marker in markers)
    assert [name for name, times in names.items() if times > 1] == []


def test_no_bundled_pattern_matches_any_name_or_any_line() -> None:
    for marker in load_markers().all:
        for glob in marker.files:
            assert not name_pattern([glob.rpartition("/")[2]]).fullmatch("some-thing.else"), glob
        for text in marker.texts:
            assert not re.search(text, "DEBUG = true  # and some words"), text


def test_an_image_tells_of_one_kind_of_thing_only() -> None:
    images = Counter(image for marker in load_markers().all for image in marker.images)
    assert [image for image, times in images.items() if times > 1] == []


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ([], "expected kinds of traits"),
        ({"colour": {}}, "colour: expected one of language, framework"),
        ({"orm": ["a"]}, "orm: expected one of"),
        ({"orm": {"A": {"pypy": ["a"]}}}, "orm.A: expected pypi, npm"),
        ({"orm": {"A": ["a"]}}, "orm.A: expected pypi, npm"),
        ({"orm": {"A": {"pypi": "a"}}}, "orm.A.pypi: expected a list of texts"),
        ({"orm": {"A": {"pypi": [1]}}}, "orm.A.pypi: expected a list of texts"),
        ({"orm": {"A": {"text": ["("]}}}, "orm.A.text: missing )"),
        ({"configuration": "a"}, "configuration: expected a list of texts"),
    ],
)
def test_markers_that_say_something_unknown_are_refused(data: object, line: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, "traits.yaml")
    assert str(caught.value).startswith(f"traits.yaml: {line}")


@pytest.mark.parametrize("content", [None, "a: [", "- a"])
def test_markers_that_cannot_be_read_are_told_by_their_file(
    content: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "traits.yaml").write_text(content)
    monkeypatch.setattr("be_tui.core.project.markers.knowledge_dir", lambda: str(tmp_path))
    load_markers.cache_clear()
    try:
        with pytest.raises(InputError, match=r"traits\.yaml"):
            load_markers()
    finally:
        load_markers.cache_clear()


@pytest.mark.parametrize(
    ("glob", "name", "fits"),
    [
        ("Dockerfile.*", "Dockerfile.api", True),
        ("Dockerfile.*", "Dockerfile", False),
        ("0001_*.py", "0001_initial.py", True),
        ("[0-9]*_*.rb", "2024_users.rb", True),
        ("[0-9]*_*.rb", "a_users.rb", False),
        ("a.b", "axb", False),
    ],
)
def test_name_patterns(glob: str, name: str, fits: bool) -> None:  # noqa: FBT001
    assert bool(name_pattern([glob]).fullmatch(name)) is fits


def test_no_globs_match_no_name() -> None:
    assert not name_pattern([]).fullmatch("a")


@pytest.mark.parametrize(
    ("glob", "folder", "fits"),
    [
        ("**/db/migrate", "db/migrate/", True),
        ("**/db/migrate", "a/b/db/migrate/", True),
        ("**/db/migrate", "xdb/migrate/", False),
        ("**/k8s/**", "deploy/k8s/base/api/", True),
        (".github/workflows", ".github/workflows/", True),
        (".github/workflows", "a/.github/workflows/", False),
    ],
)
def test_folder_patterns(glob: str, folder: str, fits: bool) -> None:  # noqa: FBT001
    assert bool(folder_pattern(glob).fullmatch(folder)) is fits
