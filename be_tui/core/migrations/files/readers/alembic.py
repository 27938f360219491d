"""Alembic's: a graph of revisions, whose operations are read without being run."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from typing import TYPE_CHECKING

from be_tui.core.migrations.files.code.alchemytypes import is_enum
from be_tui.core.migrations.files.code.alembicops import AlembicOps
from be_tui.core.migrations.files.code.python import Evaluator, Function, Source
from be_tui.core.migrations.files.code.running import Runner
from be_tui.core.migrations.files.code.values import Call, Recorder
from be_tui.core.migrations.files.graphs import Node, ordered
from be_tui.core.migrations.model import Migration, Script

if TYPE_CHECKING:
    from be_tui.core.migrations.files.code.values import Spot
    from be_tui.core.migrations.files.folder import Folder
    from be_tui.core.migrations.model import Wrapping
    from be_tui.core.sqltext import Target

_DIALECTS = {"postgresql": "postgresql", "sqlite": "sqlite", "mysql": "mysql", "mariadb": "mysql"}
_RUN = frozenset({"execute", "exec_driver_sql", "scalar", "scalars"})
_HARMLESS = frozenset(
    {"get_bind", "get_context", "inspect", "Session", "sessionmaker", "table", "column"}
    | {"commit", "flush", "close", "begin", "getLogger", "info", "print", "MetaData", "debug"}
    | {"Table", "Column", "text", "Enum", "ENUM", "get_table_names", "warning", "get_columns"}
)
"""Calls that change nothing in the database by themselves."""

_GIVING = frozenset(
    {"all", "first", "one", "one_or_none", "fetchall", "fetchone", "scalar", "scalars", "mappings"}
    | {"scalar_one", "scalar_one_or_none", "count", "tuples"}
)
"""Calls that only give what an earlier one of their chain found."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What a file says of itself."""

    revision: str
    after: tuple[str, ...]
    title: str
    labels: bool
    """Whether it begins a branch that has a name."""

    path: str
    name: str
    evaluator: Evaluator


def read(folder: Folder, target: Target) -> tuple[Migration, ...]:
    """Read Alembic's, in an order in which they can be run."""
    found = revisions_of(folder, target)
    nodes = [Node(each.revision, each.after, each.name, each.title) for each in found]
    order = ordered(folder, nodes, "alembic merge heads", labelled=any(e.labels for e in found))
    known = {each.revision: each for each in reversed(found)}
    return tuple(_migration(known[node.id], target) for node in order)


def revisions_of(folder: Folder, target: Target) -> list[Revision]:
    """Read what the files of a folder say of themselves."""
    found = []
    for name in folder.names:
        if not name.endswith(".py") or name.rpartition("/")[2] in {"env.py", "__init__.py"}:
            continue
        text = folder.text(name)
        if text is None or "revision" not in text:
            continue
        try:
            source = Source(text)
        except (SyntaxError, ValueError, RecursionError) as error:
            line = error.lineno or 0 if isinstance(error, SyntaxError) else 0
            folder.find("migration-unreadable", name, "is no Python that can be read", line)
            continue
        evaluator = Evaluator(source, lambda path: _known(path, target))
        revision = evaluator.module.values.get("revision")
        if isinstance(revision, str):
            found.append(_revision(folder, name, evaluator, revision))
        elif "down_revision" in evaluator.module.values:
            folder.find("migration-half", name, 'expected `revision = "…"`', 1)
    return found


def _known(path: str, target: Target) -> object:
    if path.endswith((".get_bind().dialect.name", ".get_context().dialect.name")):
        return _DIALECTS[target.engine]
    return None


def _revision(folder: Folder, name: str, evaluator: Evaluator, revision: str) -> Revision:
    values = evaluator.module.values
    after = []
    for key in ("down_revision", "depends_on"):
        value = values.get(key)
        each = value if isinstance(value, (list, tuple)) else [value]
        after += [str(one) for one in each if isinstance(one, str)]
    body = evaluator.source.tree.body
    lines = _docstring(body).strip().splitlines()
    title = lines[0].strip() if lines else name.rpartition("/")[2].removesuffix(".py")
    labels = values.get("branch_labels") not in (None, (), [])
    path = folder.shown(name)
    return Revision(revision, tuple(after), title, labels, path, name, evaluator)


def _docstring(body: object) -> str:
    import ast

    return (ast.get_docstring(ast.Module(list(body), [])) or "") if isinstance(body, list) else ""


def _migration(revision: Revision, target: Target) -> Migration:
    up = _script(revision, "upgrade", target)
    down = _script(revision, "downgrade", target)
    back = down if down is not None and (down.statements or down.unread) else None
    empty = Script(revision.path)
    return Migration(
        "alembic",
        revision.revision,
        revision.title,
        revision.path,
        up or empty,
        back,
        revision.after,
    )


def _script(revision: Revision, name: str, target: Target) -> Script | None:
    function = revision.evaluator.module.values.get(name)
    if not isinstance(function, Function):
        return None
    recorder = Recorder(revision.evaluator.source.text, target)
    performer = _Performer(recorder, target)
    Runner(revision.evaluator, recorder, performer).run(function)
    # Alembic runs MySQL and SQLite without a transaction of its own.
    wrapping: Wrapping = "one" if target.engine == "postgresql" else "none"
    return Script(revision.path, tuple(recorder.statements), wrapping, tuple(recorder.unread))


class _Performer:
    """Knows what calls in a revision do."""

    def __init__(self, recorder: Recorder, target: Target) -> None:
        self._to, self._target = recorder, target
        self._ops = AlembicOps(recorder, target)
        self._run: list[Call] = []

    def perform(self, call: Call) -> None:
        """Record what a call does."""
        inner = call.args[0] if call.args else None
        if call.last in _GIVING and isinstance(call.of, Call):
            self._given(call.of)
        elif hasattr(builtins, call.name):
            return
        elif call.last in _RUN and _is_connection(call):
            # What a name stands for is asked for again, and was run once.
            if any(call is each for each in self._run):
                return
            self._run.append(call)
            self._ops.execute(call, inner if call.args else call.named.get("sqltext"))
            if len(call.args) > 1 and isinstance(inner, Call):
                self._to.unknown("its parameters are given as it runs", call.spot)
        elif isinstance(call.of, Call) and is_enum(call.of) and call.last in {"create", "drop"}:
            self._ops.enum(call, call.of)
        elif call.name.startswith("alembic.op.") and call.last not in _HARMLESS:
            self._ops.perform(call)
        elif call.last not in _HARMLESS and not call.name.startswith(("logging.", "logger.")):
            self._to.unknown(f"what `{call.last}` does shows only when it runs", call.spot)

    def _given(self, call: Call) -> None:
        """Record what gave rows; a query of the program's own objects only reads."""
        if ".query" not in f".{call.name}":
            self.perform(call)

    def enter(self, call: object, spot: Spot) -> bool:
        """Take the start of a block: a batch, or one that commits each statement by itself."""
        if not isinstance(call, Call):
            self._to.unknown("a block that only the running program knows", spot)
            return False
        if call.last == "autocommit_block":
            self._to.wrapping = "none"
        elif call.last == "batch_alter_table" and self._target.engine == "sqlite":
            self._to.unknown(
                "SQLite has few changes of its own: a batch may make the table anew", spot
            )
            return False
        elif call.last not in _HARMLESS | {
            "batch_alter_table",
            "begin_transaction",
            "begin_nested",
        }:
            self._to.unknown("a block that only the running program knows", spot)
            return False
        return True

    def leave(self, call: object) -> None:
        """Take its end."""
        if isinstance(call, Call) and call.last == "autocommit_block":
            self._to.wrapping = None


def _is_connection(call: Call) -> bool:
    owners = ("op", "get_bind()", "Session()", "connection", "conn", "bind", "session")
    return call.name.rpartition(".")[0].rpartition(".")[2] in owners
