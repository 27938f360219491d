"""`be-tui project`: what this project is made of, what probes measure, what you state about it."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from be_tui.cli.arguments import Parser
from be_tui.cli.here import columns, wants_colour
from be_tui.cli.output import note, print_json
from be_tui.core.errors import ExitCode, InputError
from be_tui.core.roots import project_root

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from be_tui.core.evidence import Evidence
    from be_tui.core.project import Profile, Project

_ABOUT = "Tell what a project is made of, then ask the probes; each answer shows its facts."
_EXAMPLES = """\
examples:
  be-tui project                             the project of this folder
  be-tui project ../shop --probe hotspots    one probe there
  be-tui project --json                      all of it as one document
  be-tui project --state teams=2 --state people=9 --probe profile
                                             state what no probe can measure; kept for
                                             the session and for every decision

{probes}

points of the profile, for --state (KEY= takes one back):
{points}
"""
_GAP = "\n\n"
_LABEL = 15


def run(arguments: list[str]) -> int:
    """Read, measure and print; give the exit code."""
    if isinstance(sys.stdout, TextIOWrapper):
        # A folder may be named by bytes that are no text; they are shown escaped.
        sys.stdout.reconfigure(errors="backslashreplace")
    given = _read(arguments)
    root = Path(project_root(given.folder))
    from be_tui.core.project import find_probes, gather, read_project

    find_probes(given.probe)
    profile = _stated(root, given.state)
    note(f"reading {root.resolve()}")
    project = read_project(root)
    if given.json:
        evidence = gather(root, given.probe or None, profile=profile)
        _print_json(project, evidence)
        return ExitCode.DONE
    _print_project(project)
    gather(root, given.probe or None, on_result=_print_evidence, profile=profile)
    return ExitCode.DONE


def parsers() -> tuple[Parser, ...]:
    """Give the parser of the command, without the examples of its help."""
    return (_parser(),)


def _parser(examples: str = "") -> Parser:
    parser = Parser("project", _ABOUT, examples)
    parser.add_argument(
        "folder", nargs="?", metavar="DIR", help="the project's folder (the one here)"
    )
    parser.add_argument(
        "--probe", action="append", metavar="ID", default=[], help="ask this one only; repeatable"
    )
    parser.add_argument(
        "--state",
        action="append",
        metavar="KEY=VALUE",
        default=[],
        help="set a point of the profile; repeatable",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    return parser


def _read(arguments: Sequence[str]) -> Namespace:
    return _parser(_examples() if _asks_for_help(arguments) else "").read(arguments)


def _asks_for_help(arguments: Sequence[str]) -> bool:
    return not {"-h", "--help"}.isdisjoint(arguments)


def _examples() -> str:
    from be_tui.core.project import all_probes, profile_fields

    probes = [f"  {probe.id:<{_LABEL}} {probe.asked}" for probe in all_probes()]
    points = [
        f"  {field.key:<20} {field.label}"
        + (f" ({', '.join(choice.key for choice in field.choices)})" if field.choices else "")
        for field in profile_fields()
    ]
    return _EXAMPLES.format(probes="\n".join(["probes:", *probes]), points="\n".join(points))


def _stated(root: Path, pairs: Sequence[str]) -> Profile | None:
    """Give the profile kept of the project, with what is stated now kept too."""
    from be_tui.core.project import Profile
    from be_tui.core.sessions import has_store, open_store

    if not pairs and not has_store(root):
        return None
    with open_store(root) as store:
        profile = store.profile()
        if pairs:
            profile = _with(profile or Profile(), pairs)
            store.save_profile(profile)
    return profile


def _with(profile: Profile, pairs: Sequence[str]) -> Profile:
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals:
            raise InputError(f"--state {pair}", hint="write it as KEY=VALUE: teams=2")
        profile = profile.with_value(key.strip(), value)
    return profile


def _print_json(project: Project, evidence: tuple[Evidence, ...]) -> None:
    from be_tui.core.jsonform import to_json

    print_json(project=to_json(project), evidence=to_json(evidence))


def _print_project(project: Project) -> None:
    from be_tui.core.briefing import project_page
    from be_tui.core.document import to_text

    page = to_text(project_page(project), columns(), colour=wants_colour())
    strong, end = ("\x1b[1m", "\x1b[0m") if wants_colour() else ("", "")
    sys.stdout.write(f"{strong}{project.headline}{end}{_GAP}{page}\n")
    sys.stdout.flush()


def _print_evidence(evidence: Evidence) -> None:
    strong, muted, end = ("\x1b[1m", "\x1b[2m", "\x1b[0m") if wants_colour() else ("", "", "")
    if evidence.trouble:
        lines = [f"{strong}{evidence.probe:<{_LABEL}}{end} no answer: {evidence.trouble}"]
    else:
        known = f"{evidence.how}, confidence {evidence.confidence}, {evidence.seconds:.2f} s"
        command = f", {evidence.command}" if evidence.command else ""
        lines = [
            f"{strong}{evidence.probe:<{_LABEL}}{end} {evidence.found}",
            f"{'':<{_LABEL}} {muted}{known}{command}{end}",
        ]
        lines += [
            f"  {fact.text}" + (f"  {muted}{fact.place}{end}" if fact.path else "")
            for fact in evidence.facts
        ]
    sys.stdout.write("\n".join(lines) + "\n\n")
    sys.stdout.flush()
