from __future__ import annotations

import json
from dataclasses import replace
from typing import cast

import pytest

from be_tui import __version__
from be_tui.core import reports
from be_tui.core.errors import ExitCode
from be_tui.core.findings import Edit, Finding, Fix, Place, Severity
from be_tui.core.knowledge.model import Rule, Source
from be_tui.core.reports import exit_code, github, json_form, markdown, sarif, summary, text

CYCLE = Finding(
    rule="tree-cycle",
    severity="error",
    place=Place("trees/a b.yaml", 12, 5, 12, 9),
    message="question `one` leads back to itself",
    why="A walk would never end.",
    fix=Fix("lead to an outcome", (Edit(Place("trees/a b.yaml", 12, 5, 12, 9), "done"),)),
    references=("guide#trees",),
    also_known_as=("dmn/loop",),
)
SMALL = Finding("tree-title", "warning", Place("trees/a b.yaml", 2), "no title")
WHOLE = Finding("pack-empty", "info", Place(""), "no trees")
FINDINGS = (SMALL, WHOLE, CYCLE)


def test_text_has_a_line_for_each_finding_that_an_editor_can_jump_to() -> None:
    assert text(FINDINGS) == (
        "info pack-empty no trees\n"
        "\n"
        "trees/a b.yaml:2 warning tree-title no title\n"
        "trees/a b.yaml:12:5 error tree-cycle question `one` leads back to itself\n"
        "    why: A walk would never end.\n"
        "    fix: lead to an outcome\n"
        "    read: guide#trees\n"
        "\n"
        "1 error, 1 warning, 1 note in 1 file\n"
    )


def test_text_colours_severities_only_and_only_when_asked() -> None:
    coloured = text(FINDINGS, colour=True)
    assert "\x1b[31merror\x1b[0m" in coloured
    assert coloured.count("\x1b[") == 6
    assert "\x1b" not in text(FINDINGS)


def test_text_tells_why_a_rule_matters_once() -> None:
    first = Finding("r", "error", Place("a", 1), "one", why="It breaks.")
    said = text([first, replace(first, message="two"), replace(first, why="It burns.")])
    assert said.count("It breaks.") == 1
    assert said.count("It burns.") == 1


def test_text_without_findings_says_so() -> None:
    assert text(()) == "nothing found\n"


def test_text_from_files_cannot_steer_the_terminal_or_break_the_line() -> None:
    wild = Finding("r", "error", Place("a\x1b[2J"), "one\ntwo\x1b[31m", why="x\x07 y")
    said = text([wild])
    assert "\x1b" not in said
    assert "\x07" not in said
    assert said.splitlines()[0] == "a^[[2J error r one two^[[31m"


def test_what_ci_prints_cannot_steer_a_terminal_either() -> None:
    wild = Finding("r", "error", Place("a\x1b[2J"), "one\x1b[31m", why="x\x07 y")
    for said in (markdown([wild]), github([wild])):
        assert "one^[" in said
        assert not {"\x1b", "\x07"} & set(said)


def test_long_reasons_are_wrapped_below_themselves() -> None:
    said = text([Finding("r", "info", Place("a"), "m", why="word " * 60)]).splitlines()
    assert len(said) > 4
    assert all(len(line) <= 96 for line in said)
    assert said[2].startswith(" " * 9 + "word")


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ((), "nothing found"),
        ((CYCLE,), "1 error in 1 file"),
        ((SMALL, SMALL), "2 warnings in 1 file"),
        ((WHOLE,), "1 note"),
        ((CYCLE, Finding("r", "error", Place("b"), "m")), "2 errors in 2 files"),
    ],
)
def test_the_summary_counts(findings: tuple[Finding, ...], said: str) -> None:
    assert summary(findings) == said


@pytest.mark.parametrize(
    ("fail_on", "severity", "code"),
    [
        ("error", "error", ExitCode.FOUND),
        ("error", "warning", ExitCode.DONE),
        ("warning", "warning", ExitCode.FOUND),
        ("warning", "info", ExitCode.DONE),
        ("info", "info", ExitCode.FOUND),
    ],
)
def test_a_command_fails_on_what_is_grave_enough(
    fail_on: Severity, severity: Severity, code: ExitCode
) -> None:
    assert exit_code([Finding("r", severity, Place("a"), "m")], fail_on) == code


def test_nothing_found_is_done() -> None:
    assert exit_code((), "info") == ExitCode.DONE


def test_json_has_the_names_that_are_promised() -> None:
    first, second = json_form((CYCLE, WHOLE))
    assert first == {
        "rule": "tree-cycle",
        "severity": "error",
        "path": "trees/a b.yaml",
        "line": 12,
        "column": 5,
        "end_line": 12,
        "end_column": 9,
        "message": "question `one` leads back to itself",
        "why": "A walk would never end.",
        "fix": {
            "title": "lead to an outcome",
            "edits": [
                {
                    "path": "trees/a b.yaml",
                    "line": 12,
                    "column": 5,
                    "end_line": 12,
                    "end_column": 9,
                    "replacement": "done",
                }
            ],
        },
        "references": ["guide#trees"],
        "also_known_as": ["dmn/loop"],
    }
    assert isinstance(second, dict)
    assert list(second) == list(first)
    assert second["fix"] is None


RULE = Rule(
    id="tree-cycle",
    title="A tree leads back to itself",
    severity="error",
    why="A walk would never end.",
    fix="Lead one answer to an outcome.",
    fine_when="Never.",
    sources=(Source("s", "Graphs", by="Knuth"), Source("t", "Trees", url="https://example.org/t")),
    also_known_as=("dmn/loop",),
)


def run_of(*findings: Finding, rules: tuple[Rule, ...] = ()) -> dict[str, object]:
    log = json.loads(json.dumps(sarif(findings, rules)))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    return cast("dict[str, object]", run)


def results_of(*findings: Finding) -> list[dict[str, object]]:
    return cast("list[dict[str, object]]", run_of(*findings)["results"])


def test_sarif_names_the_tool_and_every_rule_that_was_found() -> None:
    driver = cast("dict[str, dict[str, object]]", run_of(*FINDINGS, rules=(RULE,))["tool"])[
        "driver"
    ]
    assert (driver["name"], driver["version"]) == ("be-tui", __version__)
    named, cycle, bare = cast("list[dict[str, object]]", driver["rules"])
    assert (named, bare) == ({"id": "pack-empty"}, {"id": "tree-title"})
    assert cycle == {
        "id": "tree-cycle",
        "shortDescription": {"text": "A tree leads back to itself"},
        "fullDescription": {"text": "A walk would never end."},
        "help": {"text": HELP, "markdown": HELP},
        "helpUri": "https://example.org/t",
        "defaultConfiguration": {"level": "error"},
        "properties": {"alsoKnownAs": ["dmn/loop"]},
    }


HELP = (
    "A walk would never end.\n\nFix: Lead one answer to an outcome.\n\nFine when: Never.\n\n"
    "Sources: Knuth, Graphs; Trees"
)


def test_a_rule_with_few_words_has_no_empty_ones() -> None:
    plain = Rule("tree-cycle", "T", "warning", "W", "F")
    driver = cast("dict[str, dict[str, object]]", run_of(CYCLE, rules=(plain,))["tool"])["driver"]
    (rule,) = cast("list[dict[str, object]]", driver["rules"])
    assert rule.keys().isdisjoint({"helpUri", "properties"})
    assert rule["help"] == {"text": "W\n\nFix: F", "markdown": "W\n\nFix: F"}


def test_sarif_results_point_to_their_rule_and_place() -> None:
    whole, small, cycle = results_of(*FINDINGS)
    assert [each["ruleIndex"] for each in (whole, small, cycle)] == [0, 2, 1]
    assert [each["level"] for each in (whole, small, cycle)] == ["note", "warning", "error"]
    assert "locations" not in whole
    assert small["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "trees/a%20b.yaml", "uriBaseId": "%SRCROOT%"},
                "region": {"startLine": 2},
            }
        }
    ]
    region = {"startLine": 12, "startColumn": 5, "endLine": 12, "endColumn": 9}
    assert cycle["fixes"] == [
        {
            "description": {"text": "lead to an outcome"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "trees/a%20b.yaml", "uriBaseId": "%SRCROOT%"},
                    "replacements": [
                        {"deletedRegion": region, "insertedContent": {"text": "done"}}
                    ],
                }
            ],
        }
    ]


@pytest.mark.parametrize(
    ("path", "artifact"),
    [
        ("a#b%.yaml", {"uri": "a%23b%25.yaml", "uriBaseId": "%SRCROOT%"}),
        ("größe/x.yaml", {"uri": "gr%C3%B6%C3%9Fe/x.yaml", "uriBaseId": "%SRCROOT%"}),
        ("a\\b.yaml", {"uri": "a/b.yaml", "uriBaseId": "%SRCROOT%"}),
        ("/etc/x.yaml", {"uri": "file:///etc/x.yaml"}),
        ("bad\udcff", {"uri": "bad%FF", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_sarif_addresses_are_proper(path: str, artifact: dict[str, str]) -> None:
    (result,) = results_of(Finding("r", "error", Place(path), "m"))
    assert result["locations"] == [{"physicalLocation": {"artifactLocation": artifact}}]


def test_a_region_without_a_last_column_has_none() -> None:
    (result,) = results_of(Finding("r", "error", Place("a", 1, 2, 3), "m"))
    (location,) = cast("list[dict[str, dict[str, object]]]", result["locations"])
    assert location["physicalLocation"]["region"] == {
        "startLine": 1,
        "startColumn": 2,
        "endLine": 3,
    }


def marks(*findings: Finding) -> list[object]:
    return [
        cast("dict[str, object]", each["partialFingerprints"])["beTuiFinding/v1"]
        for each in results_of(*findings)
    ]


def test_fingerprints_survive_lines_that_come_and_go_above() -> None:
    moved = Finding(CYCLE.rule, CYCLE.severity, Place(CYCLE.place.path, 99), CYCLE.message)
    assert marks(CYCLE) == marks(moved)


def test_two_findings_alike_have_fingerprints_of_their_own() -> None:
    twice = Finding(CYCLE.rule, CYCLE.severity, Place(CYCLE.place.path, 99), CYCLE.message)
    assert len(set(marks(CYCLE, twice, SMALL))) == 3


def test_markdown_counts_and_lists_file_by_file() -> None:
    assert markdown(FINDINGS) == (
        "## 1 error, 1 warning, 1 note in 1 file\n\n"
        "### The whole\n\n"
        "- **info**: no trees (`pack-empty`)\n\n"
        "### `trees/a b.yaml`\n\n"
        "- **warning** line 2: no title (`tree-title`)\n"
        "- **error** line 12: question `one` leads back to itself (`tree-cycle`)\n"
        "  - Why: A walk would never end.\n"
        "  - Fix: lead to an outcome\n"
        "  - Read: `guide#trees`\n"
    )


def test_markdown_without_findings_says_so() -> None:
    assert markdown(()) == "## Nothing found\n"


def test_markdown_takes_foreign_text_for_text() -> None:
    wild = Finding("r", "error", Place("a`b"), "<img> *x* [y](z) `<kept>`\n# no heading")
    said = markdown([wild])
    assert "### `` a`b ``" in said
    assert "\\<img\\> \\*x\\* \\[y\\](z) `<kept>` # no heading" in said


def test_github_shows_findings_beside_their_lines() -> None:
    assert github(FINDINGS).splitlines() == [
        "::notice title=pack-empty::no trees",
        "::warning file=trees/a b.yaml,line=2,title=tree-title::no title",
        (
            "::error file=trees/a b.yaml,line=12,endLine=12,col=5,endColumn=9,title=tree-cycle"
            "::question `one` leads back to itself%0AA walk would never end."
            "%0AFix: lead to an outcome"
        ),
    ]


def test_github_commands_cannot_be_broken_out_of() -> None:
    wild = Finding("r", "error", Place("a,b:c\n::x"), "100%\r\n::error::gotcha")
    (line,) = github([wild]).splitlines()
    assert line == "::error file=a%2Cb%3Ac%0A%3A%3Ax,title=r::100%25%0A::error::gotcha"


def test_github_leaves_out_columns_of_several_lines() -> None:
    (line,) = github([Finding("r", "error", Place("a", 1, 2, 3, 4), "m")]).splitlines()
    assert line == "::error file=a,line=1,endLine=3,title=r::m"


def test_the_public_face_gives_what_it_lists_and_nothing_else() -> None:
    assert all(callable(getattr(reports, name)) for name in reports.__all__)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        reports.__getattr__("nothing")


STATEMENTS = replace(SMALL, fix=Fix("build it beside", statements="CREATE INDEX\n  ON t (a);"))


def test_statements_that_do_it_without_harm_stand_below_the_fix_as_they_are_written() -> None:
    assert "    fix: build it beside\n        CREATE INDEX\n          ON t (a);\n" in text(
        [STATEMENTS]
    )
    assert "    ```sql\n    CREATE INDEX\n      ON t (a);\n    ```" in markdown([STATEMENTS])
    assert "CREATE INDEX%0A  ON t (a);" in github([STATEMENTS])
    assert "CREATE INDEX\n  ON t (a);" in json.dumps(sarif([STATEMENTS])).replace("\\n", "\n")
    (found,) = cast("list[dict[str, dict[str, str]]]", json_form([STATEMENTS]))
    assert found["fix"]["statements"] == "CREATE INDEX\n  ON t (a);"


def test_without_statements_json_stays_as_it_was() -> None:
    (found,) = cast("list[dict[str, dict[str, str]]]", json_form([CYCLE]))
    assert set(found["fix"]) == {"title", "edits"}
