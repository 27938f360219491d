"""Findings as others read them: people, programs, code scanners, pull requests.

text(findings)                    for a terminal or a log
json_form(findings)               the list that `--json` prints
sarif(findings, rules)            a SARIF 2.1.0 log, for code scanning
markdown(findings)                for a report or a comment
github(findings)                  annotations of a GitHub workflow
finding_page(finding)             one finding to read on a screen
exit_code(findings, fail_on)      how a command ends
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from be_tui.core.reports.as_github import github
    from be_tui.core.reports.as_json import json_form
    from be_tui.core.reports.as_markdown import markdown
    from be_tui.core.reports.as_page import finding_page
    from be_tui.core.reports.as_sarif import sarif
    from be_tui.core.reports.as_text import text
    from be_tui.core.reports.counting import exit_code, summary

__all__ = [
    "exit_code",
    "finding_page",
    "github",
    "json_form",
    "markdown",
    "sarif",
    "summary",
    "text",
]

if not TYPE_CHECKING:
    _HOMES = {
        "as_github": ("github",),
        "as_json": ("json_form",),
        "as_markdown": ("markdown",),
        "as_page": ("finding_page",),
        "as_sarif": ("sarif",),
        "as_text": ("text",),
        "counting": ("exit_code", "summary"),
    }

    def __getattr__(name: str) -> object:
        """Find a name in its module when it is first asked for."""
        for module, names in _HOMES.items():
            if name in names:
                return getattr(import_module(f"{__name__}.{module}"), name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
