"""`be-tui compare`: listed, weighed, kept, recorded, begun."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

import pytest

from be_tui.cli import run
from be_tui.core.sessions import open_store

if TYPE_CHECKING:
    from pathlib import Path

    from be_tui.core.jsonform import Json

OWN = ("compare", "--new", "queue", "--option", "sqs=SQS", "--option", "table=A table")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a service in which commands run."""
    folder = tmp_path / "shop"
    (folder / ".git").mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder


def given(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that is done; give what it printed."""
    assert run(list(arguments)) == 0
    return capsys.readouterr().out


def as_json(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Json]:
    return cast("dict[str, Json]", json.loads(given(capsys, *arguments, "--json")))


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Run a command that is wrong; give its one line."""
    assert run(list(arguments)) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    return error


def own_one(capsys: pytest.CaptureFixture[str]) -> None:
    given(capsys, *OWN, "--criterion", "cost=6:Cost", "--criterion", "replay=3")


@pytest.mark.usefixtures("project")
def test_the_comparisons_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert "database" in given(capsys, "compare")
    listed = as_json(capsys, "compare")["comparisons"]
    assert isinstance(listed, list)
    assert {"id", "title", "summary", "pack", "path"} == set(cast("dict[str, Json]", listed[0]))


@pytest.mark.usefixtures("project")
def test_one_is_weighed_with_its_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    text = given(capsys, "compare", "database", "--why")
    for words in ("Ranking", "Scores and weights", "How far it holds", "What would change it"):
        assert words in text
    assert "Foreign keys, check and exclusion" in text
    assert "█" in text
    assert "█" not in given(capsys, "compare", "database", "--plain")


@pytest.mark.usefixtures("project")
def test_what_is_said_counts_for_the_call_alone(capsys: pytest.CaptureFixture[str]) -> None:
    said = ("--weight", "writes=10", "--score", "sqlite.people=?", "--must", "several-instances")
    found = as_json(capsys, "compare", "database", *said)
    criteria = cast("list[dict[str, Json]]", found["criteria"])
    assert [each["origin"] for each in criteria if each["id"] == "writes"] == ["yours"]
    (out,) = cast("list[dict[str, Json]]", found["ruled_out"])
    assert out["option"] == "sqlite"
    options = cast("list[dict[str, dict[str, dict[str, Json]]]]", found["options"])
    assert options[2]["scores"]["people"]["value"] == [0.0, 1.0]
    again = as_json(capsys, "compare", "database")
    assert again["ruled_out"] == []


def test_what_is_kept_counts_until_it_is_left_out(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ("--weight", "writes=10", "--score", "sqlite.writes=4:one writer, and we have one")
    given(capsys, "compare", "database", *said, "--keep")
    with open_store(project) as store:
        assert store.compared() == ("database",)
    kept = as_json(capsys, "compare", "database")
    assert '"yours"' in json.dumps(kept)
    assert "one writer, and we have one" in json.dumps(kept)
    assert '"yours"' not in json.dumps(as_json(capsys, "compare", "database", "--fresh"))


def test_the_profile_raises_what_it_puts_first(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from be_tui.core.project import Profile

    with open_store(project) as store:
        store.save_profile(Profile(favours="performance"))
    criteria = cast("list[dict[str, Json]]", as_json(capsys, "compare", "database")["criteria"])
    raised = [(each["id"], each["weight"]) for each in criteria if each["origin"] == "profile"]
    assert raised == [("writes", 6)]
    text = " ".join(given(capsys, "compare", "database").split())
    assert "raised or lowered by your profile" in text


@pytest.mark.usefixtures("project")
def test_shares_are_the_same_each_time(capsys: pytest.CaptureFixture[str]) -> None:
    once, twice = (as_json(capsys, "compare", "database")["sensitivity"] for _ in range(2))
    assert once == twice
    near = as_json(capsys, "compare", "database", "--within", "100")["sensitivity"]
    assert near != once


def test_the_record_tells_all_and_is_never_written_over(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ("--score", "sqlite.people=2:nobody *here*")
    given(capsys, "compare", "database", *said, "--record", "docs/decisions")
    (path,) = (project / "docs" / "decisions").iterdir()
    assert path.name == "0001-which-database-postgresql.md"
    text = path.read_text(encoding="utf-8")
    for words in (
        '## Decision Outcome\n\nChosen option: "PostgreSQL"',
        "| **Points** |",
        "### How far it holds",
        "nobody \\*here\\*",
        "(said by the decision-makers)",
    ):
        assert words in text
    block = json.loads(text.partition("```json be-tui comparison\n")[2].partition("```")[0])
    assert block["chosen"] == "postgresql"
    assert block["scores"]["sqlite"]["people"] == "2"
    found = as_json(capsys, "compare", "database", "--record", "docs/decisions")
    assert str(found["record"]).endswith("0002-which-database-postgresql.md")
    with open_store(project) as store:
        assert store.last_export()


def test_one_of_your_own_is_begun_empty_and_weighed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own_one(capsys)
    assert (project / ".be-tui" / "comparisons" / "queue.yaml").exists()
    assert run(["knowledge", "check", ".be-tui"]) == 0
    capsys.readouterr()
    text = given(capsys, "compare", "queue")
    assert "4 scores not known exactly" in text
    assert "are level" in text
    better = given(capsys, "compare", "queue", "--score", "sqs.cost=4", "--score", "table.cost=2")
    assert " 1  SQS" in better
    assert "stands already" in refused(capsys, *OWN, "--criterion", "cost")


def test_one_of_your_own_is_begun_from_another_as_it_stands(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ("--weight", "writes=9", "--score", "sqlite.writes=2-3")
    found = as_json(capsys, "compare", "--new", "ours", "--from", "database", *said)
    assert found["path"] == str(project / ".be-tui" / "comparisons" / "ours.yaml")
    assert run(["knowledge", "check", ".be-tui", "--fail-on", "error"]) == 0
    capsys.readouterr()
    ours = as_json(capsys, "compare", "ours", "--fresh")
    theirs = as_json(capsys, "compare", "database", *said)
    for part in ("ranking", "sensitivity", "weight_turns"):
        assert ours[part] == theirs[part]


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("databse",), "no comparison 'databse'; did you mean"),
        (("database", "--weight", "writes"), "write it as CRITERION=NUMBER"),
        (("database", "--weight", "writes=11"), "a weight is a number from 0 to 10"),
        (("database", "--score", "sqlite=3"), "write it as OPTION.CRITERION=NUMBER"),
        (("database", "--score", "sqlite.writs=3"), "no criterion 'writs'; did you mean"),
        (("database", "--must", "no-server=maybe"), "write it as ID, or ID=no"),
        (("database", "--within", "0"), "above 0, up to 100"),
        (("database", "--plain", "--json"), "--json does not go with --plain"),
        (("--weight", "a=3"), "--weight needs a comparison"),
        (("database", "--option", "a"), "--option goes with --new"),
        (("--new", "Q", "--option", "a", "--option", "b", "--criterion", "c"), "'Q' is no id"),
        (("--new", "q", "--option", "a", "--criterion", "c"), "needs two options and a criterion"),
        (("--new", "q", "--option", "a", "--option", "a", "--criterion", "c"), "'a' stands twice"),
        (("--new", "q", "--option", "a", "--option", "b", "--criterion", "c=x"), "ID=WEIGHT:TITLE"),
        (("--new", "q", "--from", "database", "--option", "a"), "does not go with --from"),
        (("--new", "q", "--weight", "a=3"), "goes with --from"),
    ],
)
def test_a_wrong_call_is_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    assert says in refused(capsys, "compare", *arguments)


@pytest.mark.usefixtures("project")
def test_all_weights_zero_compare_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    own_one(capsys)
    zero = ("--weight", "cost=0", "--weight", "replay=0")
    assert "every weight is 0" in refused(capsys, "compare", "queue", *zero)


@pytest.mark.usefixtures("project")
def test_nothing_is_recorded_where_nobody_leads(capsys: pytest.CaptureFixture[str]) -> None:
    own_one(capsys)
    assert run(["compare", "queue", "--record", "docs"]) == 2
    assert "several options are level" in capsys.readouterr().err
