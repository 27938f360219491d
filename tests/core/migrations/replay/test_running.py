from __future__ import annotations

import pytest

from be_tui.core.databases import Bounds, Rows, StatementError
from be_tui.core.migrations.model import Script, ScriptStatement, Wrapping
from be_tui.core.migrations.replay.running import Plain, beyond, run_script
from be_tui.core.sqltext import Statement


class Server:
    """A session that writes down what it runs, and refuses what it was told to."""

    def __init__(self, **refused: StatementError) -> None:
        self.ran: list[str] = []
        self._refused = refused

    def run(self, statement: str, bounds: Bounds | None = None) -> Rows:
        del bounds
        self.ran.append(statement)
        if statement in self._refused:
            raise self._refused[statement]
        return Rows()


def script(*texts: str, wrapping: Wrapping = "one", apart: str = "") -> Script:
    statements = tuple(
        ScriptStatement(Statement(text, 0, line, 1), wrapping="none" if text == apart else None)
        for line, text in enumerate(texts, 1)
    )
    return Script("m.sql", statements, wrapping)


def ran(server: Server, what: Script, refused: str = "") -> tuple[list[str], list[str]]:
    """Run a script; give what the server ran, and why statements were not run."""
    seer = Plain(server, Bounds())  # type: ignore[arg-type]
    run = run_script(what, "up", seer, lambda text: "not so" if text == refused else "")
    return server.ran, [step.unrun for step in run.steps]


def test_a_script_runs_in_one_transaction_or_in_none() -> None:
    assert ran(Server(), script("a", "b"))[0] == ["BEGIN", "a", "b", "COMMIT"]
    assert ran(Server(), script("a", "b", wrapping="none"))[0] == ["a", "b"]
    assert ran(Server(), script("a", "b", wrapping="unknown"))[0] == ["a", "b"]


def test_a_statement_that_its_tool_runs_apart_is_run_apart() -> None:
    assert ran(Server(), script("a", "b", "c", apart="b"))[0] == [
        *("BEGIN", "a", "COMMIT"),
        *("b", "BEGIN", "c", "COMMIT"),
    ]


def test_what_is_not_run_hinders_nothing() -> None:
    commands, unrun = ran(Server(), script("a", "b", "c"), refused="b")
    assert commands == ["BEGIN", "a", "c", "COMMIT"]
    assert unrun == ["", "not so", ""]


def test_a_failure_undoes_the_transaction_and_ends_the_script() -> None:
    commands, unrun = ran(Server(b=StatementError("no")), script("a", "b", "c", "d"))
    assert commands == ["BEGIN", "a", "b", "ROLLBACK"]
    assert unrun == ["", "", *["a statement before it failed"] * 2]


def test_an_end_that_is_refused_is_undone_and_told() -> None:
    server = Server(COMMIT=StatementError("too late"))
    seer = Plain(server, Bounds())  # type: ignore[arg-type]
    run = run_script(script("a", "b", "c", apart="b"), "up", seer, lambda _: "")
    assert (run.ended_by, run.failed) == ("too late", True)
    assert server.ran == ["BEGIN", "a", "COMMIT", "ROLLBACK"]
    assert [bool(step.unrun) for step in run.steps] == [False, True, True]


@pytest.mark.parametrize("at", ["a", "COMMIT"])
def test_a_server_that_is_gone_ends_it_all(at: str) -> None:
    server = Server(**{at: StatementError("gone", "lost"), "ROLLBACK": StatementError("gone")})
    with pytest.raises(StatementError, match="gone"):
        ran(server, script("a"))
    assert server.ran[-1] == ("ROLLBACK" if at == "a" else "COMMIT")


@pytest.mark.parametrize(
    ("error", "elsewhere"),
    [
        (StatementError("gone", "lost"), True),
        (StatementError("stopped", "stopped"), True),
        (StatementError("full", code="53100"), True),
        (StatementError("full", code="SQLITE_FULL"), True),
        (StatementError("full", code="1021"), True),
        (StatementError("no", code="42P01"), False),
        (StatementError("late", "late"), False),
    ],
)
def test_faults_of_the_machine_are_no_faults_of_a_migration(
    error: StatementError, *, elsewhere: bool
) -> None:
    assert beyond(error) is elsewhere
