from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from be_tui.core.project.checkout import Checkout
from be_tui.core.project.stack import read_stack

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from be_tui.core.project.manifests.locks import Locked

_PYPI = ("pyproject.toml", '[project]\ndependencies = ["Typing_Extensions"]\n')
_NPM = ("package.json", '{"dependencies": {"@nestjs/core": "^10"}}')


def _locked(folder: Callable[..., Path], files: Mapping[str, str]) -> Locked | None:
    stack = read_stack(Checkout(folder(files)))
    manifest = stack.manifests[-1]
    return stack.locks.of(manifest, manifest.dependencies[-1])


_LOCKS = [
    (_PYPI, "uv.lock", '[[package]]\nname = "typing-extensions"\nversion = "4.12"\n', "4.12", 2),
    (_PYPI, "poetry.lock", 'x\nname = "typing-extensions"\nversion = "4"\n', "4", 2),
    (
        _PYPI,
        "Pipfile.lock",
        '{"default": {"typing-extensions": {"version": "==4.1"}}}',
        "4.1",
        0,
    ),
    (
        _NPM,
        "package-lock.json",
        '{\n  "packages": {\n    "node_modules/@nestjs/core": {\n      "version": "10.3.1"',
        "10.3.1",
        3,
    ),
    (
        _NPM,
        "package-lock.json",
        '{\n  "dependencies": {\n    "@nestjs/core": {\n      "version": "10.2.0"',
        "10.2.0",
        3,
    ),
    (_NPM, "yarn.lock", '\n"@nestjs/core@^10":\n  version "10.1.0"\n', "10.1.0", 2),
    (_NPM, "yarn.lock", '"@nestjs/core@npm:^10":\n  version: 10.1.1\n', "10.1.1", 1),
    (_NPM, "pnpm-lock.yaml", "packages:\n\n  '@nestjs/core@10.3.0(x)':\n", "10.3.0", 3),
    (_NPM, "pnpm-lock.yaml", "packages:\n\n  /@nestjs/core/10.3.0:\n", "10.3.0", 3),
    (
        ("Cargo.toml", '[dependencies]\naxum = "0.7"\n'),
        "Cargo.lock",
        'name = "axum"\nversion = "0.7.5"\n',
        "0.7.5",
        1,
    ),
    (("Gemfile", 'gem "pg"\n'), "Gemfile.lock", "  specs:\n    pg (1.5.6)\n", "1.5.6", 2),
    (
        ("mix.exs", '{:ecto, "~> 3"}\n'),
        "mix.lock",
        '%{\n  "ecto": {:hex, :ecto, "3.11.2", "x"},\n',
        "3.11.2",
        2,
    ),
    (
        ("build.gradle", 'implementation "a.b:c:1"\n'),
        "gradle.lockfile",
        "a.b:c:1.5=x\n",
        "1.5",
        1,
    ),
    (
        ("composer.json", '{"require": {"a/b": "^1"}}'),
        "composer.lock",
        '{"packages": [{"name": "a/b", "version": "v1.2"}]}',
        "1.2",
        0,
    ),
    (
        ("x.csproj", '<P><PackageReference Include="Dapper"/></P>'),
        "packages.lock.json",
        '{"dependencies": {"net8.0": {"Dapper": {"resolved": "2.1"}}}}',
        "2.1",
        0,
    ),
]


@pytest.mark.parametrize(("manifest", "name", "content", "version", "line"), _LOCKS)
def test_each_lock_file_tells_the_version_and_its_line(
    folder: Callable[..., Path],
    manifest: tuple[str, str],
    name: str,
    content: str,
    version: str,
    line: int,
) -> None:
    locked = _locked(folder, {manifest[0]: manifest[1], name: content})
    assert locked is not None
    assert (locked.version, locked.path, locked.line) == (version, name, line)


def test_a_lock_file_holds_for_the_folders_below_it_and_the_nearest_counts(
    folder: Callable[..., Path],
) -> None:
    files = {
        "package-lock.json": '    "node_modules/a": {\n "version": "1"',
        "web/package.json": '{"dependencies": {"a": "*"}}',
    }
    locked = _locked(folder, files)
    assert locked is not None
    assert locked.version == "1"
    files["web/package-lock.json"] = '    "node_modules/a": {\n "version": "2"'
    locked = _locked(folder, files)
    assert locked is not None
    assert locked.version == "2"


def test_a_lock_file_beside_is_no_lock_file_for_the_others(folder: Callable[..., Path]) -> None:
    files = {
        "api/package-lock.json": '    "node_modules/a": {\n "version": "1"',
        "web/package.json": '{"dependencies": {"a": "*"}}',
    }
    assert _locked(folder, files) is None


def test_dates_are_read_where_they_are_stated(folder: Callable[..., Path]) -> None:
    uv = (
        '[[package]]\nname = "other"\nversion = "1"\n\n'
        '[[package]]\nname = "typing-extensions"\nversion = "4.12"\n'
        'wheels = [{ upload-time = "2024-06-07T18:52:13.582Z" }]\n'
    )
    locked = _locked(folder, {_PYPI[0]: _PYPI[1], "uv.lock": uv})
    assert locked is not None
    assert locked.since == "2024-06-07T18:52:13.582Z"


def test_a_date_is_never_taken_from_the_next_package(folder: Callable[..., Path]) -> None:
    uv = (
        '[[package]]\nname = "typing-extensions"\nversion = "4.12"\n\n'
        '[[package]]\nname = "other"\nversion = "1"\nupload-time = "2024-06-07T18:52:13Z"\n'
    )
    locked = _locked(folder, {_PYPI[0]: _PYPI[1], "uv.lock": uv})
    assert locked is not None
    assert locked.since == ""


def test_requirements_with_every_version_fixed_are_a_lock_file_beside_a_manifest(
    folder: Callable[..., Path],
) -> None:
    files = {_PYPI[0]: _PYPI[1], "requirements.txt": "typing-extensions==4.12\nmore==1\n"}
    stack = read_stack(Checkout(folder(files)))
    assert [manifest.path for manifest in stack.manifests] == ["pyproject.toml"]
    locked = _locked(folder, files)
    assert locked is not None
    assert (locked.version, locked.path, locked.line) == ("4.12", "requirements.txt", 1)


@pytest.mark.parametrize(
    "files",
    [
        {"requirements.txt": "a==1\n"},
        {"requirements.txt": "a>=1\n", "pyproject.toml": _PYPI[1]},
        {"requirements.txt": "a==1\n", "pyproject.toml": "[tool.ruff]\n"},
    ],
)
def test_requirements_that_stand_alone_or_leave_room_are_a_manifest(
    folder: Callable[..., Path], files: Mapping[str, str]
) -> None:
    stack = read_stack(Checkout(folder(files)))
    assert "requirements.txt" in [manifest.path for manifest in stack.manifests]


@pytest.mark.parametrize(
    "content", ["not json", '{"packages": 1, "default": [], "dependencies": {"a": 1}}']
)
@pytest.mark.parametrize("name", ["composer.lock", "Pipfile.lock", "packages.lock.json"])
def test_a_lock_file_that_cannot_be_read_is_as_good_as_none(
    folder: Callable[..., Path], name: str, content: str
) -> None:
    assert _locked(folder, {_PYPI[0]: _PYPI[1], name: content}) is None
