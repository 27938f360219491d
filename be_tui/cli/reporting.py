"""How every command that checks something prints its findings, and ends."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from be_tui.cli.here import wants_colour
from be_tui.core.findings import SEVERITIES
from be_tui.core.reports import exit_code, github, json_form, markdown, sarif, text

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable

    from be_tui.cli.arguments import Parser
    from be_tui.core.findings import Finding
    from be_tui.core.knowledge.model import Rule


def add_report_options(parser: Parser) -> None:
    """Add the options that `report` reads."""
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument("--json", action="store_true", help="print one JSON document")
    forms.add_argument("--sarif", action="store_true", help="print a SARIF 2.1.0 log")
    forms.add_argument("--markdown", action="store_true", help="print Markdown")
    forms.add_argument("--github", action="store_true", help="print annotations of GitHub Actions")
    parser.add_argument(
        "--fail-on",
        choices=SEVERITIES,
        default="error",
        help="the least severity that makes the exit code 1 (error)",
    )


def report(findings: Iterable[Finding], given: Namespace, rules: Iterable[Rule] = ()) -> int:
    """Print findings in the form that was asked for; give the exit code."""
    findings = tuple(findings)
    if given.json:
        from be_tui.cli.output import print_json

        print_json(findings=json_form(findings))
    elif given.sarif:
        from json import dumps

        sys.stdout.write(dumps(sarif(findings, rules), indent=2, ensure_ascii=False) + "\n")
    elif given.markdown:
        sys.stdout.write(markdown(findings))
    elif given.github:
        sys.stdout.write(github(findings))
    else:
        sys.stdout.write(text(findings, colour=wants_colour()))
    return exit_code(findings, given.fail_on)
