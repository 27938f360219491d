"""Columns that come, go, and are altered in all but their type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from be_tui.core.migrations.effects.pg import probing
from be_tui.core.migrations.effects.pg.constraints import add_inline
from be_tui.core.migrations.effects.pg.hanging import partition_columns
from be_tui.core.migrations.effects.pg.proving import is_proved
from be_tui.core.migrations.effects.pg.removing import Removal
from be_tui.core.migrations.effects.pg.steadiness import is_changing
from be_tui.core.migrations.effects.pg.teller import AE, RE, SRE
from be_tui.core.migrations.effects.pg.types import is_serial, written
from be_tui.core.migrations.effects.pg.volatility import drawn_from, volatility

if TYPE_CHECKING:
    from be_tui.core.migrations.effects.pg.altering import Altering
    from be_tui.core.schema import Column, Table

_VIRTUAL = "v"
_HEIRS_ARE_BOUND_SINCE = 18


def column_of(alter: Altering, name: str) -> Column | None:
    """Give a column that must be there; tell where it is not."""
    table = alter.relation.table
    if table is None:
        return None
    column = table.column(name)
    for parent in () if column else alter.known.parents(alter.relation):
        column = column or (parent.table.column(name) if parent.table else None)
    if column is None and table.complete and not alter.adds([name]):
        alter.tell.fail(f"{alter.relation.shown} has no column {name}")
    elif column is None and not alter.adds([name]):
        alter.tell.unknown(f"not all columns of {alter.relation.shown} are known")
    return column


def must_exist(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of a part that only needs its column."""
    if command.name and alter.relation.kind == "table":
        column_of(alter, command.name)


# A column that is added.


def add(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of ADD COLUMN."""
    column = command.__getattribute__("def").column_def
    relation, tell = alter.relation, alter.tell
    if _is_there(alter, command, column.colname):
        return
    if not _type_exists(alter, column.type_name):
        return
    parts = {_kind(each.constraint): each.constraint for each in column.constraints}
    if "generated" in parts and is_changing(parts["generated"].raw_expr, relation, alter.known):
        tell.fail(f"{column.colname} is not computed from functions that are IMMUTABLE alone")
        return
    because = _why_rewritten(alter, column, parts)
    for each in alter.tables:
        if because:
            alter.rewrite(each, because)
    _values_needed(alter, column, parts)
    add_inline(alter, column, rewritten=bool(because))
    if "identity" in parts or is_serial(column.type_name):
        return
    if relation.table is None:
        tell.unknown(f"no schema tells of {relation.shown}")


def _is_there(alter: Altering, command: Any, name: str) -> bool:  # noqa: ANN401 (a message)
    relation, tell = alter.relation, alter.tell
    table = relation.table
    if relation.kind != "table":
        tell.fail(f"{relation.shown} takes no column")
        return True
    if table is None:
        return False
    if table.parent:
        tell.fail("a partition has the columns of its parent, and takes none of its own")
        return True
    if table.column(name) and name.casefold() not in alter.dropped_columns:
        if not command.missing_ok:
            tell.fail(f"{relation.shown} has a column {name} already")
        return True
    if alter.only and alter.known.children(relation):
        tell.fail("a column must be added to the tables below too")
        return True
    return False


def _type_exists(alter: Altering, node: Any) -> bool:  # noqa: ANN401 (a message)
    from be_tui.core.migrations.effects.pg.typing import exists

    if exists(node, alter.known):
        return True
    names = ".".join(each.string.sval for each in node.names)
    alter.tell.missing(f"type {names}")
    return not alter.known.whole


def _kind(constraint: Any) -> str:  # noqa: ANN401 (a message)
    from postgast import pg_query_pb2 as pb

    return str(pb.ConstrType.Name(constraint.contype)).removeprefix("CONSTR_").lower()


def _why_rewritten(alter: Altering, column: Any, parts: dict[str, Any]) -> str:  # noqa: ANN401
    if is_serial(column.type_name) or "identity" in parts:
        return "each row gets a number of its own"
    if "generated" in parts:
        virtual = parts["generated"].generated_kind == _VIRTUAL
        return "" if virtual else "its value is computed for each row and stored"
    _, constrained = alter.known.base(written(column.type_name))
    if constrained and not written(column.type_name).array:
        return "each row is checked against the domain"
    if "default" not in parts:
        return ""
    expression = parts["default"].raw_expr
    found = volatility(expression, alter.known)
    for sequence in drawn_from(expression, alter.known):
        alter.tell.lock(sequence, RE)
    if found == "unknown":
        text = probing.written(expression)
        alter.tell.unknown(f"it is not known whether {text} is the same for each row")
    return "the default is another for each row" if found == "volatile" else ""


def _values_needed(alter: Altering, column: Any, parts: dict[str, Any]) -> None:  # noqa: ANN401
    """Tell of a NOT NULL, or a domain's, that the rows there are cannot meet."""
    relation, tell = alter.relation, alter.tell
    domain = alter.known.domain(written(column.type_name).name)
    needed = "notnull" in parts or "primary" in parts or bool(domain and not domain.nullable)
    filled = is_serial(column.type_name) or bool(parts.keys() & {"identity", "generated"})
    filled = filled or bool(domain and domain.default)
    if "default" in parts and not _is_null(parts["default"].raw_expr):
        filled = True
    if not needed or filled:
        return
    for each in alter.tables:
        if not alter.known.is_made(each):
            probe = probing.any_row(each)
            tell.fail(f"rows of {each.shown} would have no {column.colname}", "on data", probe)
    if "notnull" in parts:
        for each in alter.tables:
            alter.scan(each, f"each row must have {column.colname}")
    message = f"code that does not know {column.colname} can no longer insert"
    tell.breaks("writes", f"{relation.shown}.{column.colname}", message)


def _is_null(node: Any) -> bool:  # noqa: ANN401 (a message)
    while node.WhichOneof("node") == "type_cast":
        node = node.type_cast.arg
    return bool(node.WhichOneof("node") == "a_const" and node.a_const.isnull)


# A column that is dropped.


def drop(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of DROP COLUMN."""
    from postgast import pg_query_pb2 as pb

    relation, tell = alter.relation, alter.tell
    table = relation.table
    name = command.name
    if table and table.column(name) is None and table.complete:
        if not command.missing_ok:
            tell.fail(f"{relation.shown} has no column {name}")
        return
    if table and alter.known.inherits_column(alter.relation, name):
        tell.fail(f"{name} is inherited, and can only be dropped from the parent")
        return
    if any(name.casefold() in partition_columns(each) for each in alter.tables):
        tell.fail(f"{name} decides which partition a row goes to")
        return
    if alter.only and _stays_below(alter, table):
        return
    removal = Removal(tell, cascade=command.behavior == pb.DROP_CASCADE)
    for each in alter.tables:
        removal.column(each, name)
    removal.finish()
    target = f"{relation.shown}.{name}"
    tell.breaks("reads", target, f"code that still reads {name} fails")
    column = table.column(name) if table else None
    if not (column and column.generated):
        tell.breaks("data", target, f"what {name} holds is lost")


def _stays_below(alter: Altering, table: Table | None) -> bool:
    """Tell whether ONLY is refused; heirs keep the column as their own, and are locked for it."""
    children = alter.known.children(alter.relation)
    if table and table.partitioned and children:
        alter.tell.fail("a column must be dropped from the partitions too")
        return True
    for each in children:
        alter.tell.lock(each, AE)
    return False


# A column that is altered.


def default(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of SET DEFAULT and DROP DEFAULT."""
    column = column_of(alter, command.name) if alter.relation.table else None
    if column is None:
        return
    if column.generated:
        alter.tell.fail(f"{command.name} is computed, and has no default")
        return
    if column.auto == "identity":
        alter.tell.fail(f"{command.name} is an identity, and has no default")
        return
    dropped = not command.HasField("def")
    if dropped and (column.default or column.auto) and not column.nullable:
        target = f"{alter.relation.shown}.{command.name}"
        message = f"inserts that leave {command.name} to its default fail"
        alter.tell.breaks("writes", target, message)


def set_not_null(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of SET NOT NULL: a scan, unless it is so already or a valid CHECK proves it."""
    name = command.name
    column = column_of(alter, name)
    if alter.relation.table is None:
        alter.scan(alter.relation, f"each row must have {name}")
    if column is None:
        return
    if not column.nullable and column.not_null_valid:
        return
    guarded = False
    for each in alter.tables:
        inner = each.table.column(name) if each.table else None
        if inner and not inner.nullable and inner.not_null_valid:
            continue
        if each.table and is_proved(each.table, name):
            guarded = True
            continue
        alter.scan(each, f"each row must have {name}")
        if not alter.known.is_made(each) and not (each.table and each.table.partitioned):
            probe = probing.nulls(each, name, "ONLY ")
            alter.tell.fail(f"rows of {each.shown} have no {name}", "on data", probe)
    table = alter.relation.table
    guarded = guarded or bool(table and is_proved(table, name, valid=False))
    if not guarded:
        target = f"{alter.relation.shown}.{name}"
        alter.tell.breaks("writes", target, f"code that writes no {name} fails")


def drop_not_null(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of DROP NOT NULL."""
    name = command.name
    column = column_of(alter, name)
    table = alter.relation.table
    if column is None or table is None:
        return
    if table.primary_key and name.casefold() in table.primary_key.columns:
        alter.tell.fail(f"{name} is in the primary key")
    elif column.auto == "identity":
        alter.tell.fail(f"{name} is an identity")
    elif not column.nullable and _holds_above(alter, table, name):
        alter.tell.fail(f"{name} must have a value in the parent")
    elif not column.nullable:
        target = f"{alter.relation.shown}.{name}"
        alter.tell.breaks("reads", target, f"code that counts on {name} may find none")


def _holds_above(alter: Altering, table: Table, name: str) -> bool:
    """Tell whether a NOT NULL comes from a parent; heirs are bound to it since 18 only."""
    if not table.parent and alter.tell.major < _HEIRS_ARE_BOUND_SINCE:
        return False
    columns = [e.table.column(name) for e in alter.known.parents(alter.relation) if e.table]
    return any(each and not each.nullable for each in columns)


def set_expression(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of SET EXPRESSION, which computes a stored column anew."""
    column = column_of(alter, command.name)
    if column is None:
        return
    if not column.generated:
        alter.tell.fail(f"{command.name} is not computed")
    elif not column.virtual:
        for each in alter.tables:
            alter.rewrite(each, f"{command.name} is computed anew for each row")
        target = f"{alter.relation.shown}.{command.name}"
        alter.tell.breaks("reads", target, f"{command.name} means something else")


def drop_expression(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of DROP EXPRESSION."""
    column = column_of(alter, command.name)
    if column is None:
        return
    if not column.generated and not command.missing_ok:
        alter.tell.fail(f"{command.name} is not computed")
    elif column.virtual:
        alter.tell.fail(f"{command.name} is computed when it is read, and cannot keep its values")


def add_identity(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of ADD GENERATED ... AS IDENTITY."""
    column = column_of(alter, command.name)
    if column is None:
        return
    if column.nullable:
        alter.tell.fail(f"{command.name} must be NOT NULL before it is an identity")
    elif column.auto == "identity":
        alter.tell.fail(f"{command.name} is an identity already")
    elif column.default or column.auto:
        alter.tell.fail(f"{command.name} has a default already")
    elif command.__getattribute__("def").constraint.generated_when == "a":
        target = f"{alter.relation.shown}.{command.name}"
        alter.tell.breaks("writes", target, f"inserts that give {command.name} themselves fail")


def set_identity(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of what is set about an identity, or its sequence."""
    column = column_of(alter, command.name)
    if column is None:
        return
    if column.auto != "identity":
        alter.tell.fail(f"{command.name} is no identity")
        return
    for each in alter.known.owned(alter.relation, column.name.folded):
        alter.tell.lock(each, SRE)
    for option in command.__getattribute__("def").list.items:
        if option.def_elem.defname == "generated" and option.def_elem.arg.integer.ival == ord("a"):
            target = f"{alter.relation.shown}.{command.name}"
            if not column.always:
                message = f"inserts that give {command.name} themselves fail"
                alter.tell.breaks("writes", target, message)


def drop_identity(alter: Altering, command: Any) -> None:  # noqa: ANN401 (a message)
    """Tell of DROP IDENTITY."""
    column = column_of(alter, command.name)
    if column is None:
        return
    if column.auto != "identity":
        if not command.missing_ok:
            alter.tell.fail(f"{command.name} is no identity")
        return
    for each in alter.known.owned(alter.relation, column.name.folded):
        alter.tell.lock(each, AE)
    target = f"{alter.relation.shown}.{command.name}"
    alter.tell.breaks("writes", target, f"inserts that leave {command.name} out fail")
