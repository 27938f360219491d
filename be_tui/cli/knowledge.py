"""`be-tui knowledge check`: every fault of the packs, with file, line and what was expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.cli import SCREENS
from be_tui.cli.arguments import Parser
from be_tui.cli.reporting import add_report_options, report
from be_tui.core.errors import InputError
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from be_tui.core.findings import Finding
    from be_tui.core.knowledge import Known, Rule
    from be_tui.core.knowledge.survey import Runner

_ABOUT = """\
Check trees, checklists, rules and references: the bundled ones, yours and the project's, or
the files and pack folders given. A tree that holds together is then proved: every set of answers
is tried. With --run the examples in SQL of references are run, in throwaway databases: SQLite,
PostgreSQL (extra `postgres`), and the MariaDB that BE_TUI_MARIADB_URL names. Exit code 1 when
faults are found."""


def run(arguments: list[str]) -> int:
    """Check packs; give the exit code."""
    (parser,) = parsers()
    command, rest = arguments[:1], arguments[1:]
    if command != ["check"] and command not in (["-h"], ["--help"]):
        asked = f"no command {command[0]!r}" if command else "a command is missing"
        raise InputError(asked, hint="write `be-tui knowledge check`")
    given = parser.read(rest if command == ["check"] else command)
    project = project_root(given.project)
    findings = _check(given.paths, project, run=given.run)
    return report(findings, given, _words(findings, project) if given.sarif else ())


def parsers() -> tuple[Parser, ...]:
    """Give the parser of the command."""
    parser = Parser("knowledge check", _ABOUT)
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders of packs")
    parser.add_argument(
        "--project", metavar="DIR", help="the project whose pack counts (default: the one here)"
    )
    parser.add_argument(
        "--run", action="store_true", help="run the examples in SQL too, each on its engines"
    )
    add_report_options(parser)
    return (parser,)


def _check(paths: list[str], project: str, *, run: bool) -> tuple[Finding, ...]:
    from be_tui.core.decisions import doubts
    from be_tui.core.knowledge import check_paths

    runner = _runner() if run else None
    return check_paths(paths, project=project, known=_known(), prove=doubts, run=runner)


def _runner() -> Runner:
    """Give what runs the examples of a chapter."""
    from functools import partial

    from be_tui.core.knowledge.trying import engines_here, unshown

    return partial(unshown, engines=engines_here())


def _known() -> Known:
    """Give the names from outside the packs that a tree may use."""
    from be_tui.core.knowledge import Known
    from be_tui.core.project import all_probes

    return Known({probe.id: probe.measures for probe in all_probes()}, SCREENS)


def _words(findings: tuple[Finding, ...], project: str) -> tuple[Rule, ...]:
    """Give the words of the rules that were found broken."""
    from be_tui.core.knowledge import open_library

    broken = {finding.rule for finding in findings}
    with open_library(project) as library:
        known = [entry.id for entry in library.entries("rule")]
        return tuple(library.rule(rule) for rule in known if rule in broken)
