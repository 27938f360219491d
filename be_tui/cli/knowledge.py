"""`be-tui knowledge check`: every fault of the packs, with file, line and what was expected."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.cli import SCREENS
from be_tui.cli.arguments import Parser
from be_tui.cli.here import project_root, wants_colour
from be_tui.core.errors import InputError
from be_tui.core.findings import SEVERITIES

if TYPE_CHECKING:
    from be_tui.core.findings import Finding
    from be_tui.core.knowledge import Known

_ABOUT = """\
Check trees, checklists, rules and references: the bundled ones, yours and the project's, or
the files and pack folders given. Exit code 1 when faults are found."""


def run(arguments: list[str]) -> int:
    """Check packs; give the exit code."""
    parser = _parser()
    command, rest = arguments[:1], arguments[1:]
    if command != ["check"] and command not in (["-h"], ["--help"]):
        asked = f"no command {command[0]!r}" if command else "a command is missing"
        raise InputError(asked, hint="write `be-tui knowledge check`")
    given = parser.read(rest if command == ["check"] else command)
    findings = _check(given.paths, project_root(given.project))
    from be_tui.core.reports import exit_code, json_form, text

    if given.json:
        from be_tui.cli.output import print_json

        print_json(findings=json_form(findings))
    else:
        sys.stdout.write(text(findings, colour=wants_colour()))
    return exit_code(findings, given.fail_on)


def _parser() -> Parser:
    parser = Parser("knowledge check", _ABOUT)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders of packs")
    parser.add_argument(
        "--project", metavar="DIR", help="the project whose pack counts (default: the one here)"
    )
    parser.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        default="error",
        help="the least severity that makes the exit code 1 (error)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser


def _check(paths: list[str], project: str) -> tuple[Finding, ...]:
    from be_tui.core.knowledge import check_paths

    return check_paths(paths, project=project, known=_known())


def _known() -> Known:
    """Give the names from outside the packs that a tree may use."""
    from be_tui.core.knowledge import Known
    from be_tui.core.project import all_probes

    return Known({probe.id: probe.measures for probe in all_probes()}, SCREENS)
