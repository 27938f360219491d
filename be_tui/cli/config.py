"""`be-tui config`: the settings in force, what is wrong in them, a schema, an example."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.cli.groups import Command, Group
from be_tui.core.errors import ExitCode, WriteError
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from argparse import Namespace

_SHOW = "Print the settings in force, and where each comes from."
_CHECK = "Name what is wrong, by file and line; exit code 1 if anything is."
_INIT = "Write an example to start from; a file that stands is left as it is."
_SCHEMA = "Print a JSON Schema of be-tui.toml, for your editor."
_DOCS = "Print what can be set, in Markdown."


def _show_parser() -> Parser:
    made = Parser("config show", _SHOW)
    made.add_argument("--json", action="store_true", help="print one JSON document")
    _add_project(made)
    return made


def _check_parser() -> Parser:
    from be_tui.cli.reporting import add_report_options

    made = Parser("config check", _CHECK)
    made.add_argument(
        "files", nargs="*", metavar="FILE", help="check these instead of those in force"
    )
    add_report_options(made)
    _add_project(made)
    return made


def _schema_parser() -> Parser:
    return Parser("config schema", _SCHEMA)


def _docs_parser() -> Parser:
    return Parser("config docs", _DOCS)


def _init_parser() -> Parser:
    made = Parser("config init", _INIT)
    made.add_argument("--user", action="store_true", help="your own file, not the project's")
    _add_project(made)
    return made


def _add_project(made: Parser) -> None:
    made.add_argument(
        "--project", metavar="DIR", help="the project's root (default: the one around here)"
    )


def _show(given: Namespace) -> int:
    from be_tui.core.settings import load_settings, settings_in_force

    loaded = load_settings(project_root(given.project))
    if given.json:
        from be_tui.cli.output import print_json
        from be_tui.core.jsonform import to_json
        from be_tui.core.reports import json_form

        print_json(
            settings=to_json(loaded.settings),
            origins=to_json(loaded.origins),
            files=list(loaded.files),
            findings=json_form(loaded.faults),
        )
    else:
        sys.stdout.write(settings_in_force(loaded))
    return ExitCode.DONE


def _check(given: Namespace) -> int:
    from be_tui.cli.reporting import report
    from be_tui.core.settings import check_settings, load_settings

    if given.files:
        findings = tuple(fault for path in given.files for fault in check_settings(path))
    else:
        findings = load_settings(project_root(given.project)).faults
    return report(findings, given)


def _schema(_given: Namespace) -> int:
    from json import dumps

    from be_tui.core.settings import settings_schema

    sys.stdout.write(dumps(settings_schema(), indent=2, ensure_ascii=False) + "\n")
    return ExitCode.DONE


def _docs(_given: Namespace) -> int:
    from be_tui.core.settings import settings_page

    sys.stdout.write(settings_page())
    return ExitCode.DONE


def _init(given: Namespace) -> int:
    from pathlib import Path

    from be_tui.core.files import FileSet, NewFile, compare, export
    from be_tui.core.settings import settings_example, user_file

    root = Path(user_file()).parent if given.user else Path(project_root(given.project))
    name = Path(user_file()).name if given.user else "be-tui.toml"
    changes = compare(FileSet((NewFile(name, settings_example()),)), root)
    if changes[0].status != "new":
        raise WriteError("stands already and is left as it is", where=str(root / name))
    export(changes, root)
    sys.stdout.write(f"wrote {root / name}\n")
    return ExitCode.DONE


_GROUP = Group(
    "config",
    "Show, check or begin the configuration: yours, and the project's.",
    (
        Command("show", _SHOW, _show_parser, _show),
        Command("check", _CHECK, _check_parser, _check),
        Command("init", _INIT, _init_parser, _init),
        Command("schema", _SCHEMA, _schema_parser, _schema),
        Command("docs", _DOCS, _docs_parser, _docs),
    ),
)

run = _GROUP.run
parsers = _GROUP.parsers
