"""The settings in words: the page of the documentation, and the example to start from."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from be_tui.core.settings.choices import COLOURS, SHIPPED_THEMES
from be_tui.core.settings.kinds import shown
from be_tui.core.settings.table import options

if TYPE_CHECKING:
    from be_tui.core.settings.table import Option

_HEAD = """\
# Configuration

be-tui needs none. What you choose stands in a file of TOML, and each file overrides the
ones above it, key by key:

1. your own: `config.toml` in the folder that `be-tui doctor` names as yours;
2. the project's: `[tool.be-tui]` in its `pyproject.toml`, or `be-tui.toml` beside it, which
   is read in its place where both stand.

`be-tui config show` prints what is in force and where each value comes from, `be-tui config
check` names what is wrong by file and line, `be-tui config init` writes an example to start
from, and `be-tui config schema` prints a JSON Schema for your editor. What is wrong never
keeps be-tui from opening: the default holds in its place.

This page is made by `be-tui config docs`.
"""


def settings_page() -> str:
    """Give the page of the documentation, in Markdown."""
    parts = [_HEAD, *(_chapter(option) for option in options()), _colours()]
    return "\n".join(parts)


def settings_example() -> str:
    """Give a file to start from: every key with its words, commented out."""
    head = "# What can be chosen in be-tui. Take the # off a line to set it.\n"
    plain = [option for option in options() if not _is_table(option)]
    tables = [option for option in options() if _is_table(option)]
    return "\n".join((head, *map(_example_line, plain), *map(_example_table, tables)))


def _chapter(option: Option) -> str:
    facts = [f"Expected: {option.kind.expects}."]
    if not _is_table(option):
        facts.append(f"Default: `{shown(option.default)}`.")
    if option.user_only:
        facts.append("Read from your own file only: a project cannot choose what is run.")
    example = example_of(option)
    return f"## {option.name}\n\n{option.help}\n\n{' '.join(facts)}\n\n```toml\n{example}\n```\n"


def _colours() -> str:
    rows = "\n".join(f"| `{name}` | {about} |" for name, about in COLOURS)
    themes = ", ".join(f"`{name}`" for name in SHIPPED_THEMES)
    return (
        f"### Colours of a theme\n\n| name | what it is for |\n|---|---|\n{rows}\n\n"
        f"The themes that ship are {themes}.\n"
    )


def _is_table(option: Option) -> bool:
    return isinstance(option.default, tuple)


def example_of(option: Option) -> str:
    """Give the example of one key, as it stands in a file."""
    if _is_table(option):
        return f"[{option.name}]\n{option.example}"
    return f"{option.name} = {option.example}"


def _example_line(option: Option) -> str:
    note = " Only in your own file." if option.user_only else ""
    about = textwrap.fill(option.help + note, 88, initial_indent="# ", subsequent_indent="# ")
    return f"{about}\n#{option.name} = {shown(option.default)}\n"


def _example_table(option: Option) -> str:
    about = textwrap.fill(option.help, 88, initial_indent="# ", subsequent_indent="# ")
    return f"{about}\n#[{option.name}]\n#{option.example}\n"
