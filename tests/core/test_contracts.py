"""Imports go down only, and nothing is loaded before it is needed."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[2]
MODULES = sorted((ROOT / "be_tui").rglob("*.py"))

LONGEST_MODULE = 600
LONGEST_FUNCTION = 60

_LOADED = """
import sys
sys.argv = ["be-tui", *{arguments!r}]
from be_tui.__main__ import main
try:
    code = main()
except SystemExit as ended:
    code = ended.code
assert not code, code
sys.stderr.write(" ".join(sorted(sys.modules)))
"""


def loaded(code: str, folder: Path) -> set[str]:
    """Run code in a process of its own; give the modules that it says it has loaded."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def loaded_by(arguments: list[str], folder: Path) -> set[str]:
    return loaded(_LOADED.format(arguments=arguments), folder)


def test_the_import_contracts_are_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [*sys.path])
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    assert code == 0, capsys.readouterr().out


def test_neither_the_core_nor_a_command_loads_a_screen(tmp_path: Path) -> None:
    code = """
import importlib, pkgutil, sys
import be_tui.cli, be_tui.core
for package in (be_tui.core, be_tui.cli):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(module.name)
sys.stderr.write(" ".join(sorted(sys.modules)))
"""
    modules = loaded(code, tmp_path)
    assert {"be_tui.core.findings", "be_tui.cli.decide"} <= modules
    assert modules.isdisjoint({"textual", "rich", "be_tui.tui"})


@pytest.mark.parametrize(
    ("arguments", "unneeded"),
    [
        (
            ["--version"],
            {"yaml", "textual", "sqlglot", "argparse", "dataclasses", "json"},
        ),
        (["--help"], {"yaml", "textual", "argparse", "dataclasses", "json"}),
        (["refs", "cache"], {"yaml", "textual", "markdown_it", "pygments", "tomllib"}),
        (["refs"], {"yaml", "textual", "markdown_it", "pygments", "tomllib"}),
        (["decide"], {"yaml", "textual", "markdown_it", "pygments", "argparse", "tomllib"}),
        (["compare"], {"yaml", "textual", "markdown_it", "pygments", "argparse", "tomllib"}),
        (["sql", "--help"], {"yaml", "textual", "sqlglot", "be_tui.core.plans", "sqlite3"}),
        (["sql", "rewrite", "--help"], {"yaml", "textual", "sqlglot", "psycopg", "sqlite3"}),
        (["migrate", "prove", "--help"], {"yaml", "textual", "sqlglot", "psycopg", "postgast"}),
        (
            ["sql", "plan", str(ROOT / "tests/core/plans/real/postgresql-18/filter.txt")],
            {"textual", "sqlglot", "psycopg", "be_tui.core.databases", "be_tui.core.decisions"},
        ),
        (["migrate", "check", "--help"], {"yaml", "textual", "sqlglot", "postgast", "sqlite3"}),
        (["config", "show"], {"yaml", "textual", "markdown_it", "pygments", "tomllib", "sqlite3"}),
        (["completions", "--ask", "trees"], {"yaml", "textual", "markdown_it", "dataclasses"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_command_loads_only_what_it_needs(
    tmp_path: Path, arguments: list[str], unneeded: set[str]
) -> None:
    if arguments[0] in {"refs", "decide", "compare", "completions"}:
        # The first search of a new be-tui reads the packs and keeps their index.
        loaded_by(["refs", "cache"], tmp_path)
    assert loaded_by(arguments, tmp_path).isdisjoint(unneeded)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_a_module_can_be_read_at_one_sitting() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in MODULES
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_a_function_can_be_seen_at_a_glance() -> None:
    long = {
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in MODULES
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
    }
    assert long == set()


def test_every_module_says_what_it_is() -> None:
    assert [
        str(path.relative_to(ROOT)) for path in MODULES if not ast.get_docstring(parsed(path))
    ] == []


def test_every_module_of_the_core_has_a_home_for_its_tests() -> None:
    homes = {path.name for path in (ROOT / "tests" / "core").iterdir()}
    for path in (ROOT / "be_tui" / "core").iterdir():
        if path.is_dir() and path.name != "__pycache__":
            assert path.name in homes or f"test_{path.name}.py" in homes, path
