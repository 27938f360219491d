"""Functions, procedures and aggregates, told apart by the types of their arguments."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postgast import pg_query_pb2 as pb

from be_tui.core.schema.objects import Routine
from be_tui.core.schema.pg.dropping import routine_key
from be_tui.core.schema.pg.expressions import Expressions
from be_tui.core.schema.pg.queries import query_text, tree_of
from be_tui.core.schema.pg.reparsing import expression_node
from be_tui.core.schema.pg.types import type_of, written
from be_tui.core.schema.pg.work import Unseen, strings, value_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from be_tui.core.schema.pg.work import Work

_USUAL = {
    "volatility": "volatile",
    "security": "false",
    "strict": "false",
    "leakproof": "false",
    "window": "false",
    "parallel": "unsafe",
    "rows": "1000",
}
"""What a function is where nothing is said."""

_OUT = frozenset({pb.FUNC_PARAM_OUT, pb.FUNC_PARAM_TABLE})


def create_routine(work: Work, node: pb.CreateFunctionStmt) -> None:
    """Take in CREATE FUNCTION and CREATE PROCEDURE."""
    names = strings(node.funcname)
    namespace, name = work.key_of(names)
    arguments = _types(node.parameters, procedure=node.is_procedure)
    language, volatility, body = "sql", "volatile", ""
    for each in node.options:
        option = each.def_elem
        if option.defname == "language":
            language = value_of(option.arg).lower()
        elif option.defname == "volatility":
            volatility = value_of(option.arg)
        elif option.defname == "as":
            body = strings(option.arg.list.items)[-1]
    node.replace = False
    _settle(node)
    returns = written_return(node)
    made = Routine(
        kind="procedure" if node.is_procedure else "function",
        name=name,
        arguments=arguments,
        definition=query_text(node),
        place=work.place(),
        namespace=namespace,
        returns=returns,
        language=language,
        volatility=volatility,
        body=body,
    )
    before = work.held.routines.get((namespace, name, arguments))
    if before is not None:
        made = replace(made, comment=before.comment)
    work.held.routines[namespace, name, arguments] = made


def _settle(node: pb.CreateFunctionStmt) -> None:
    """Put options into one order, and leave off those that say what is so anyway."""
    _settle_parameters(node)
    compiled = any(
        each.def_elem.defname == "language" and value_of(each.def_elem.arg) in {"c", "internal"}
        for each in node.options
    )
    usual = {**_USUAL, "cost": "1" if compiled else "100"}
    kept = [
        each
        for each in node.options
        if value_of(each.def_elem.arg).lower() != usual.get(each.def_elem.defname)
    ]
    kept.sort(key=lambda each: (each.def_elem.defname == "as", each.def_elem.defname))
    del node.options[:]
    node.options.extend(kept)


def _settle_parameters(node: pb.CreateFunctionStmt) -> None:
    """Leave off IN, and say what is returned where parameters that go out say it."""
    out = []
    for each in node.parameters:
        found = each.function_parameter
        if found.mode == pb.FUNC_PARAM_IN:
            found.mode = pb.FUNC_PARAM_DEFAULT
        if found.HasField("defexpr"):
            # Unlike a column's, a default of NULL says something: the value may be left out.
            said = Expressions().default(found.defexpr, type_of(found.arg_type)) or "NULL"
            made = expression_node(said)
            if made is not None:
                found.defexpr.CopyFrom(made)
        if found.mode in {pb.FUNC_PARAM_OUT, pb.FUNC_PARAM_INOUT}:
            out.append(found.arg_type)
    if out and not node.is_procedure and not node.HasField("return_type"):
        if len(out) == 1:
            node.return_type.CopyFrom(out[0])
        else:
            node.return_type.names.add().string.sval = "record"
            node.return_type.typemod = -1


def written_return(node: pb.CreateFunctionStmt) -> str:
    """Give what a function gives, as DDL has it."""
    table = [each.function_parameter for each in node.parameters]
    columns = [each for each in table if each.mode == pb.FUNC_PARAM_TABLE]
    if columns:
        fields = ", ".join(f"{each.name} {written(type_of(each.arg_type))}" for each in columns)
        return f"TABLE({fields})"
    if not node.HasField("return_type"):
        return ""
    said = written(type_of(node.return_type))
    return f"SETOF {said}" if node.return_type.setof else said


def _types(parameters: Iterable[pb.Node], *, procedure: bool = False) -> str:
    said = [each.function_parameter for each in parameters]
    return ", ".join(
        written(type_of(each.arg_type))
        for each in said
        if each.mode not in _OUT or (procedure and each.mode == pb.FUNC_PARAM_OUT)
    )


def arguments_of(said: pb.ObjectWithArgs) -> str:
    """Give the types that tell a routine from others of its name."""
    if said.objfuncargs:
        return _types(said.objfuncargs)
    return ", ".join(
        written(type_of(each.type_name)) if each.HasField("type_name") else "*"
        for each in said.objargs
    )


def create_aggregate(work: Work, node: pb.DefineStmt) -> None:
    """Take in CREATE AGGREGATE."""
    namespace, name = work.key_of(strings(node.defnames))
    arguments = "*"
    if node.args and node.args[0].HasField("list"):
        arguments = _types(node.args[0].list.items) or "*"
    node.replace = False
    made = Routine(
        kind="aggregate",
        name=name,
        arguments=arguments,
        definition=query_text(node),
        place=work.place(),
        namespace=namespace,
        language="internal",
    )
    work.held.routines[namespace, name, arguments] = made


def alter_routine(work: Work, node: pb.AlterFunctionStmt) -> None:
    """Take in ALTER FUNCTION.

    Raises:
        Unseen: There is none of that name.
    """
    key = routine_key(work, node.func)
    if key is None:
        raise Unseen(f'no function "{strings(node.func.objname)[-1]}" is known here')
    found = work.held.routines[key]
    volatility = found.volatility
    tree = tree_of(found.definition)
    for each in node.actions:
        option = each.def_elem
        if option.defname == "volatility":
            volatility = value_of(option.arg)
        same = [at for at, one in enumerate(tree.options) if one.def_elem.defname == option.defname]
        for at in reversed(same):
            del tree.options[at]
        if not (option.defname == "volatility" and volatility == "volatile"):
            tree.options.append(each)
    _settle(tree)
    work.held.routines[key] = replace(found, volatility=volatility, definition=query_text(tree))


def calls(definition: str, routine: Routine) -> bool:
    """Tell whether a trigger runs a routine."""
    from be_tui.core.pgtext import PgStatement, read

    if routine.name not in definition:
        return False
    found = read(definition)
    return any(
        isinstance(each, PgStatement)
        and each.kind == "create_trig_stmt"
        and strings(each.node.funcname)[-1] == routine.name
        for each in found
    )
