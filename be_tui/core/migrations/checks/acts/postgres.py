"""The acts of PostgreSQL's statements, read off its own parser's nodes.

Fields of nodes are read one by one; nothing walks a tree, so that a folder of thousands of files
costs what its parser costs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from postgast import pg_query_pb2 as pb

from be_tui.core.migrations.checks.acts.altering import acts_of_alter
from be_tui.core.migrations.checks.acts.columns import column_act, constraint_act
from be_tui.core.migrations.checks.acts.model import Act
from be_tui.core.migrations.checks.acts.naming import (
    names_of,
    object_name,
    of_relation,
    said,
    words_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from be_tui.core.migrations.checks.acts.model import Node
    from be_tui.core.pgtext import PgStatement

_CASCADE = pb.DROP_CASCADE
_DROPPED = {
    pb.OBJECT_TABLE: "drop table",
    pb.OBJECT_FOREIGN_TABLE: "drop table",
    pb.OBJECT_INDEX: "drop index",
    pb.OBJECT_SCHEMA: "drop schema",
}
_REINDEXED = {
    pb.REINDEX_OBJECT_INDEX: "index",
    pb.REINDEX_OBJECT_TABLE: "table",
    pb.REINDEX_OBJECT_SCHEMA: "schema",
    pb.REINDEX_OBJECT_SYSTEM: "system",
    pb.REINDEX_OBJECT_DATABASE: "database",
}
_TRANSACTIONS = {
    pb.TRANS_STMT_BEGIN: "begin",
    pb.TRANS_STMT_START: "begin",
    pb.TRANS_STMT_COMMIT: "commit",
    pb.TRANS_STMT_ROLLBACK: "rollback",
}


def postgres_acts(statement: PgStatement) -> tuple[Act, ...]:
    """Give the acts of a statement."""
    reader = _READERS.get(statement.kind)
    if reader is None:
        return (Act("other", to=statement.kind),)
    found = tuple(reader(statement.node))
    if statement.statement.text.isascii():
        return found
    raw = statement.statement.text.encode()
    return tuple(_in_characters(act, raw) for act in found)


def _in_characters(act: Act, raw: bytes) -> Act:
    """Count an act's places in characters; the parser counts bytes."""
    start, end = (len(raw[:at].decode(errors="ignore")) for at in act.span)
    parts = tuple(_in_characters(part, raw) for part in act.parts)
    return replace(act, span=(start, end), parts=parts)


def kind_of_object(number: int) -> str:
    """Give what an object is called: `materialized view`."""
    named = str(pb.ObjectType.Name(number)).removeprefix("OBJECT_").lower()
    return {"matview": "materialized view", "tabconstraint": "constraint"}.get(named, named)


def _create_table(node: Node) -> Iterator[Act]:
    flags = said(**{"if not exists": node.if_not_exists, "inherits": bool(node.inh_relations)})
    flags |= said(temporary=node.relation.relpersistence == "t")
    flags |= said(unlogged=node.relation.relpersistence == "u")
    flags |= said(**{"partition of": node.HasField("partbound")})
    flags |= said(partitioned=node.HasField("partspec"), default=node.partbound.is_default)
    to = names_of(node.inh_relations[0].range_var)[1] if node.inh_relations else ""
    space, name = names_of(node.relation)
    parts: list[Act] = []
    for element in node.table_elts:
        if element.WhichOneof("node") == "column_def":
            parts.append(column_act(space, name, element.column_def))
        elif element.WhichOneof("node") == "constraint":
            parts.extend(constraint_act(space, name, element.constraint))
    yield Act("create table", name, space, to=to, flags=flags, parts=tuple(parts), node=node)


def _create_as(node: Node) -> Iterator[Act]:
    space, name = names_of(node.into.rel)
    flags = said(**{"if not exists": node.if_not_exists, "as": True})
    if node.objtype == pb.OBJECT_MATVIEW:
        yield Act("create view", name, space, to="materialized view", flags=flags, node=node)
    else:
        flags |= said(temporary=node.into.rel.relpersistence == "t")
        yield Act("create table", name, space, flags=flags, node=node)


def _index(node: Node) -> Iterator[Act]:
    space, table = names_of(node.relation)
    method = node.access_method or "btree"
    flags = said(
        concurrently=node.concurrent,
        unique=node.unique,
        only=not node.relation.inh,
        where=node.HasField("where_clause"),
        **{"if not exists": node.if_not_exists},
    )
    columns = tuple(part.index_elem.name for part in node.index_params)
    yield Act("create index", table, space, node.idxname, method, columns, flags=flags, node=node)


def _drop(node: Node) -> Iterator[Act]:
    kind = _DROPPED.get(node.remove_type, "drop object")
    flags = said(
        concurrently=node.concurrent,
        cascade=node.behavior == _CASCADE,
        **{"if exists": node.missing_ok},
    )
    sort = kind_of_object(node.remove_type)
    for each in node.objects:
        space, name = object_name(each)
        if sort in {"trigger", "policy", "rule"}:
            *path, _ = words_of(each)
            on = path[-1] if path else ""
            within = path[-2] if path[1:] else ""
            yield Act("drop object", on, within, name, sort, flags=flags, node=node)
        else:
            yield Act(kind, name, space, to=sort, flags=flags, node=node)  # type: ignore[arg-type]


def _rename(node: Node) -> Iterator[Act]:
    flags = said(**{"if exists": node.missing_ok})
    sort = kind_of_object(node.rename_type)
    space, name = names_of(node.relation) if node.HasField("relation") else object_name(node.object)
    if node.rename_type == pb.OBJECT_COLUMN:
        on = kind_of_object(node.relation_type)
        flags |= said(view=on != "table")
        yield Act("rename column", name, space, node.subname, node.newname, flags=flags, node=node)
    elif node.rename_type == pb.OBJECT_ATTRIBUTE:
        yield Act("rename column", name, space, node.subname, node.newname, flags=flags | {"type"})
    elif node.rename_type == pb.OBJECT_TABLE:
        yield Act("rename table", name, space, to=node.newname, flags=flags, node=node)
    elif node.rename_type == pb.OBJECT_SCHEMA:
        yield Act("rename object", node.subname, "", node.newname, "schema", flags=flags)
    else:
        yield Act("rename object", name, space, node.newname, sort, text=node.subname, flags=flags)


def _move(node: Node) -> Iterator[Act]:
    sort = kind_of_object(node.object_type)
    space, name = names_of(node.relation) if node.HasField("relation") else object_name(node.object)
    kind = "move table" if node.object_type == pb.OBJECT_TABLE else "move object"
    flags = said(**{"if exists": node.missing_ok})
    yield Act(kind, name, space, node.newschema, sort, flags=flags, node=node)  # type: ignore[arg-type]


def _enum(node: Node) -> Iterator[Act]:
    words = words_of(node.type_name)
    space = words[-2] if len(words) > 1 else ""
    if node.old_val:
        yield Act("rename enum value", words[-1], space, node.old_val, node.new_val)
        return
    flags = said(
        placed=bool(node.new_val_neighbor), **{"if not exists": node.skip_if_new_val_exists}
    )
    yield Act("add enum value", words[-1], space, node.new_val, flags=flags)


def _new_enum(node: Node) -> Iterator[Act]:
    words = words_of(node.type_name)
    yield Act("create enum", words[-1], words[-2] if len(words) > 1 else "")


def _new_domain(node: Node) -> Iterator[Act]:
    words = words_of(node.domainname)
    constrained = any(
        each.constraint.contype in {pb.CONSTR_CHECK, pb.CONSTR_NOTNULL} for each in node.constraints
    )
    flags = said(constrained=constrained)
    yield Act("create domain", words[-1], words[-2] if len(words) > 1 else "", flags=flags)


_DOMAIN = {"O": "set not null", "N": "drop not null", "C": "add", "X": "drop", "V": "validate"}


def _domain(node: Node) -> Iterator[Act]:
    words = words_of(node.type_name)
    constraint = getattr(node, "def").constraint
    does = _DOMAIN.get(node.subtype, "default")
    flags = said(**{"not valid": constraint.skip_validation, does: True})
    space = words[-2] if len(words) > 1 else ""
    name = constraint.conname or node.name
    yield Act("alter domain", words[-1], space, name, does, flags=flags, node=node)


def _truncate(node: Node) -> Iterator[Act]:
    flags = said(cascade=node.behavior == _CASCADE)
    for each in node.relations:
        yield of_relation("truncate", each.range_var, flags=flags)


def _update(node: Node) -> Iterator[Act]:
    flags = said(where=node.HasField("where_clause"), **{"from": bool(node.from_clause)})
    columns = tuple(each.res_target.name for each in node.target_list)
    yield of_relation("update", node.relation, columns=columns, flags=flags, node=node)


def _delete(node: Node) -> Iterator[Act]:
    flags = said(where=node.HasField("where_clause"), using=bool(node.using_clause))
    yield of_relation("delete", node.relation, flags=flags, node=node)


def _insert(node: Node) -> Iterator[Act]:
    select = node.select_stmt.select_stmt
    flags = said(query=bool(select.from_clause), **{"default values": not select.ByteSize()})
    yield of_relation("insert", node.relation, flags=flags, node=node)


def _transaction(node: Node) -> Iterator[Act]:
    kind = _TRANSACTIONS.get(node.kind, "other")
    yield Act(kind)  # type: ignore[arg-type]


def _set(node: Node) -> Iterator[Act]:
    value = ""
    if node.args:
        constant = node.args[0].a_const
        value = constant.sval.sval if constant.HasField("sval") else str(constant.ival.ival)
    yield Act("set", name=node.name.lower(), text=value, flags=said(local=node.is_local))


def _lock(node: Node) -> Iterator[Act]:
    for each in node.relations:
        yield of_relation("lock table", each.range_var, flags=said(nowait=node.nowait))


def _vacuum(node: Node) -> Iterator[Act]:
    if not node.is_vacuumcmd:
        yield Act("analyze")
        return
    full = any(e.def_elem.defname == "full" and _is_on(e.def_elem) for e in node.options)
    for each in node.rels:
        yield of_relation("vacuum", each.vacuum_relation.relation, flags=said(full=full))
    if not node.rels:
        yield Act("vacuum", flags=said(full=full))


def _is_on(option: Node) -> bool:
    """Tell whether an option in brackets is on: without a value, or with any but these."""
    if not option.HasField("arg"):
        return True
    said = option.arg.string.sval or str(option.arg.integer.ival)
    return said.lower() not in {"false", "off", "0", "no"}


def _cluster(node: Node) -> Iterator[Act]:
    if node.HasField("relation"):
        yield of_relation("cluster", node.relation, name=node.indexname)
    else:
        yield Act("cluster")


def _reindex(node: Node) -> Iterator[Act]:
    flags = said(concurrently=any(p.def_elem.defname == "concurrently" for p in node.params))
    sort = _REINDEXED.get(node.kind, "")
    space, name = names_of(node.relation) if node.HasField("relation") else ("", node.name)
    yield Act("reindex", name, space, to=sort, flags=flags, node=node)


def _refresh(node: Node) -> Iterator[Act]:
    flags = said(concurrently=node.concurrent, **{"no data": node.skip_data})
    yield of_relation("refresh", node.relation, flags=flags, node=node)


def _trigger(node: Node) -> Iterator[Act]:
    yield of_relation("create trigger", node.relation, name=node.trigname)


def _view(node: Node) -> Iterator[Act]:
    flags = said(replace=node.replace)
    yield of_relation("create view", node.view, to="view", flags=flags, node=node)


def _routine(node: Node) -> Iterator[Act]:
    space, name = object_name(node.funcname)
    options = {each.def_elem.defname: each.def_elem for each in node.options}
    definer = "security" in options and options["security"].arg.boolean.boolval
    sets = [each.arg.variable_set_stmt.name for each in (d.def_elem for d in node.options)]
    flags = said(replace=node.replace, definer=definer, path="search_path" in sets)
    sort = "procedure" if node.is_procedure else "function"
    language = options["language"].arg.string.sval.lower() if "language" in options else ""
    yield Act("create routine", name, space, to=sort, text=language, flags=flags, node=node)


def _policy(node: Node) -> Iterator[Act]:
    yield of_relation("create policy", node.table, name=node.policy_name)


def _grant(node: Node) -> Iterator[Act]:
    public = any(each.role_spec.roletype == pb.ROLESPEC_PUBLIC for each in node.grantees)
    rights = tuple(each.access_priv.priv_name.lower() for each in node.privileges)
    flags = said(public=public, all=not rights, grantable=node.grant_option)
    name = object_name(node.objects[0])[1] if node.objects else ""
    kind = "grant" if node.is_grant else "revoke"
    sort = kind_of_object(node.objtype)
    yield Act(kind, name, to=sort, columns=rights, flags=flags)  # type: ignore[arg-type]


def _role(node: Node) -> Iterator[Act]:
    powers = {each.def_elem.defname for each in node.options if each.def_elem.arg.boolean.boolval}
    named = {"superuser": "superuser", "bypassrls": "bypassrls", "isreplication": "replication"}
    flags = frozenset(named[each] for each in powers if each in named)
    name = node.role if isinstance(node.role, str) else node.role.rolename
    yield Act("change role", name, flags=flags)


def _extension(node: Node) -> Iterator[Act]:
    pinned = any(each.def_elem.defname == "new_version" for each in node.options)
    flags = said(pinned=pinned, **{"if not exists": getattr(node, "if_not_exists", False)})
    kind = "create extension" if hasattr(node, "if_not_exists") else "alter extension"
    yield Act(kind, node.extname, flags=flags)  # type: ignore[arg-type]


def _rule(node: Node) -> Iterator[Act]:
    yield of_relation("create rule", node.relation, name=node.rulename)


def _do(_node: Node) -> Iterator[Act]:
    yield Act("do")


def _dropdb(node: Node) -> Iterator[Act]:
    yield Act("drop database", node.dbname, flags=said(**{"if exists": node.missing_ok}))


def _system(node: Node) -> Iterator[Act]:
    yield Act("system", name=type(node).__name__)


def _sequence(node: Node) -> Iterator[Act]:
    yield of_relation("create sequence", node.sequence)


def _copy(node: Node) -> Iterator[Act]:
    if node.HasField("relation"):
        yield of_relation("copy", node.relation, flags=said(**{"from": node.is_from}))


def _comment(node: Node) -> Iterator[Act]:
    sort = kind_of_object(node.objtype)
    words = words_of(node.object)
    cut = -1 if sort == "column" else len(words)
    path = words[:cut] or [""]
    space = path[-2] if len(path) > 1 else ""
    yield Act("comment", path[-1], space, words[-1] if sort == "column" else "", sort)


_READERS: dict[str, Callable[[Node], Iterator[Act]]] = {
    "alter_domain_stmt": _domain,
    "alter_enum_stmt": _enum,
    "alter_extension_stmt": _extension,
    "alter_object_schema_stmt": _move,
    "alter_role_stmt": _role,
    "alter_system_stmt": _system,
    "alter_table_stmt": acts_of_alter,
    "cluster_stmt": _cluster,
    "comment_stmt": _comment,
    "copy_stmt": _copy,
    "create_domain_stmt": _new_domain,
    "create_enum_stmt": _new_enum,
    "create_extension_stmt": _extension,
    "create_function_stmt": _routine,
    "create_policy_stmt": _policy,
    "create_role_stmt": _role,
    "create_seq_stmt": _sequence,
    "create_stmt": _create_table,
    "create_table_as_stmt": _create_as,
    "create_trig_stmt": _trigger,
    "createdb_stmt": _system,
    "create_table_space_stmt": _system,
    "delete_stmt": _delete,
    "do_stmt": _do,
    "drop_stmt": _drop,
    "dropdb_stmt": _dropdb,
    "grant_stmt": _grant,
    "index_stmt": _index,
    "insert_stmt": _insert,
    "lock_stmt": _lock,
    "refresh_mat_view_stmt": _refresh,
    "reindex_stmt": _reindex,
    "rename_stmt": _rename,
    "rule_stmt": _rule,
    "transaction_stmt": _transaction,
    "truncate_stmt": _truncate,
    "update_stmt": _update,
    "vacuum_stmt": _vacuum,
    "variable_set_stmt": _set,
    "view_stmt": _view,
}
