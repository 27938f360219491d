"""COMMENT ON, GRANT and REVOKE."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from postgast import pg_query_pb2 as pb

from be_tui.core.schema.objects import Grant, Other
from be_tui.core.schema.pg.constraints import changed
from be_tui.core.schema.pg.dropping import names_of, routine_key
from be_tui.core.schema.pg.others import KINDS
from be_tui.core.schema.pg.queries import query_text, tree_of
from be_tui.core.schema.pg.work import Unseen, plain_namespace, strings

if TYPE_CHECKING:
    from collections.abc import Callable

    from be_tui.core.schema.holding import Key
    from be_tui.core.schema.pg.work import Work


def comment(work: Work, node: pb.CommentStmt) -> None:
    """Take in COMMENT ON; on what has no place for it, it is kept as a statement.

    Raises:
        Unseen: What it is on is not known.
    """
    taker = _TAKERS.get(node.objtype)
    if taker is None:
        if not _on_other(work, node):
            _keep(work, node)
    elif not taker(work, names_of(node.object), node):
        raise Unseen(f'"{".".join(names_of(node.object))}" is not known here')


def _table(work: Work, names: list[str], node: pb.CommentStmt) -> bool:
    key = work.resolve(work.held.tables, names)
    if key is None:
        return False
    work.held.put(key, replace(work.held.tables[key], comment=node.comment))
    return True


def _column(work: Work, names: list[str], node: pb.CommentStmt) -> bool:
    *owner, name = names
    key = work.resolve(work.held.tables, owner)
    if key is not None:
        work.held.put(key, changed(work.held.tables[key], name, comment=node.comment))
        return True
    composite = work.resolve(work.held.composites, owner)
    if composite is not None:
        found = work.held.composites[composite]
        fields = tuple(
            replace(each, comment=node.comment) if each.name.text == name else each
            for each in found.fields
        )
        work.held.composites[composite] = replace(found, fields=fields)
        return True
    if work.resolve(work.held.views, owner) is None:
        return False
    _keep(work, node)
    return True


def _view(work: Work, names: list[str], node: pb.CommentStmt) -> bool:
    key = work.resolve(work.held.views, names)
    if key is None:
        return False
    work.held.views[key] = replace(work.held.views[key], comment=node.comment)
    return True


def _index(work: Work, names: list[str], node: pb.CommentStmt) -> bool:
    key = work.resolve(work.held.indexes, names)
    if key is None:
        return False
    owner = work.held.indexes[key]
    kind: dict[Key, Any] = work.held.tables if owner in work.held.tables else work.held.views
    found = kind[owner]
    if all(each.name != key[1] for each in found.indexes):
        # It is that of a key.
        _keep(work, node)
        return True
    indexes = tuple(
        replace(each, comment=node.comment) if each.name == key[1] else each
        for each in found.indexes
    )
    kind[owner] = replace(found, indexes=indexes)
    return True


def _simple(kind: str) -> Callable[[Work, list[str], pb.CommentStmt], bool]:
    def take(work: Work, names: list[str], node: pb.CommentStmt) -> bool:
        held: dict[Key, Any] = getattr(work.held, kind)
        key = work.resolve(held, names)
        if key is None:
            return False
        held[key] = replace(held[key], comment=node.comment)
        return True

    return take


def _type(work: Work, names: list[str], node: pb.CommentStmt) -> bool:
    takers = (_simple("enumerations"), _simple("composites"), _simple("domains"))
    if any(each(work, names, node) for each in takers):
        return True
    return _on_named(work, names, node, "range type") or _on_named(work, names, node, "base type")


def _routine(work: Work, names: list[str], node: pb.CommentStmt) -> bool:
    del names
    key = routine_key(work, node.object.object_with_args)
    if key is None:
        return False
    work.held.routines[key] = replace(work.held.routines[key], comment=node.comment)
    return True


def _policy(work: Work, names: list[str], node: pb.CommentStmt) -> bool:
    *table, name = names
    key = work.resolve(work.held.tables, table)
    found = (key[0], key[1].casefold(), name) if key else None
    if found is None or found not in work.held.policies:
        return False
    work.held.policies[found] = replace(work.held.policies[found], comment=node.comment)
    return True


def _on_other(work: Work, node: pb.CommentStmt) -> bool:
    kind = KINDS.get(node.objtype)
    return kind is not None and _on_named(work, names_of(node.object), node, kind)


def _on_named(work: Work, names: list[str], node: pb.CommentStmt, kind: str) -> bool:
    if not names:
        return False
    for key, each in work.held.others.items():
        if key[0] == kind and key[3] == names[-1]:
            work.held.others[key] = replace(each, comment=node.comment)
            return True
    return False


def _keep(work: Work, node: pb.CommentStmt) -> None:
    kind = pb.ObjectType.Name(node.objtype).removeprefix("OBJECT_").removeprefix("TAB").lower()
    names = names_of(node.object)
    namespace, table = "", ""
    if node.objtype in _ON_TABLES:
        owner = work.resolve(work.held.tables, names[:-1])
        namespace, table = owner or (
            plain_namespace(names[-3:-2][0] if names[2:] else ""),
            names[-2],
        )
        _set_names(node, [*([namespace] if namespace else []), table, names[-1]])
    elif len(names) > 1:
        namespace = plain_namespace(names[-2])
        _set_names(node, [*([namespace] if namespace else []), names[-1]])
    name = f"{kind.replace('_', ' ')} {names[-1] if names else ''}".rstrip()
    key = ("comment", namespace, table.casefold(), name)
    work.held.others.pop(key, None)
    if node.comment:
        work.held.others[key] = Other(
            "comment", name, query_text(node), work.place(), namespace, table.casefold()
        )


_ON_TABLES = frozenset(
    {pb.OBJECT_TABCONSTRAINT, pb.OBJECT_TRIGGER, pb.OBJECT_RULE, pb.OBJECT_COLUMN}
)


def _set_names(node: pb.CommentStmt, names: list[str]) -> None:
    if node.object.HasField("list"):
        del node.object.list.items[:]
        for each in names:
            node.object.list.items.add().string.sval = each


def follow_comment(
    work: Work, kind: str, on: tuple[str, str], before: str, after: str = ""
) -> None:
    """Let what is said of a constraint, trigger or rule follow it, or go with it.

    Args:
        work: The statement.
        kind: What it is, in small letters.
        on: The schema and the folded name of its table.
        before: What it was called.
        after: What it is called now; empty where it is gone.
    """
    found = work.held.others.pop(("comment", *on, f"{kind} {before}"), None)
    if found is not None and after:
        tree = tree_of(found.definition)
        tree.object.list.items[-1].string.sval = after
        name = f"{kind} {after}"
        made = replace(found, name=name, definition=query_text(tree))
        work.held.others["comment", on[0], on[1], name] = made


_TAKERS: dict[int, Callable[[Work, list[str], pb.CommentStmt], bool]] = {
    pb.OBJECT_TABLE: _table,
    pb.OBJECT_FOREIGN_TABLE: _table,
    pb.OBJECT_COLUMN: _column,
    pb.OBJECT_VIEW: _view,
    pb.OBJECT_MATVIEW: _view,
    pb.OBJECT_INDEX: _index,
    pb.OBJECT_SEQUENCE: _simple("sequences"),
    pb.OBJECT_DOMAIN: _type,
    pb.OBJECT_TYPE: _type,
    pb.OBJECT_FUNCTION: _routine,
    pb.OBJECT_PROCEDURE: _routine,
    pb.OBJECT_ROUTINE: _routine,
    pb.OBJECT_AGGREGATE: _routine,
    pb.OBJECT_POLICY: _policy,
}

_GRANTED = {
    pb.OBJECT_TABLE: "table",
    pb.OBJECT_SEQUENCE: "sequence",
    pb.OBJECT_FUNCTION: "function",
    pb.OBJECT_PROCEDURE: "procedure",
    pb.OBJECT_ROUTINE: "routine",
    pb.OBJECT_SCHEMA: "schema",
    pb.OBJECT_DATABASE: "database",
    pb.OBJECT_TYPE: "type",
    pb.OBJECT_DOMAIN: "domain",
    pb.OBJECT_LANGUAGE: "language",
    pb.OBJECT_FDW: "foreign data wrapper",
    pb.OBJECT_FOREIGN_SERVER: "foreign server",
    pb.OBJECT_TABLESPACE: "tablespace",
}
_ALL = {
    "table": "DELETE INSERT REFERENCES SELECT TRIGGER TRUNCATE UPDATE",
    "sequence": "SELECT UPDATE USAGE",
    "schema": "CREATE USAGE",
    "database": "CONNECT CREATE TEMPORARY",
    **dict.fromkeys(("function", "procedure", "routine"), "EXECUTE"),
    **dict.fromkeys(("type", "domain", "language", "foreign server"), "USAGE"),
    "foreign data wrapper": "USAGE",
    "tablespace": "CREATE",
}
"""What `ALL` stands for; MAINTAIN of PostgreSQL 17 is told by its version."""

_MAINTAINED = (17,)


def grant(work: Work, node: pb.GrantStmt) -> None:
    """Take in GRANT and REVOKE."""
    kind = _GRANTED.get(node.objtype, "")
    for target in _targets(work, node, kind):
        for role in (_role(each.role_spec) for each in node.grantees):
            privileges = _privileges(work, node, kind)
            if node.is_grant:
                _give(work, Grant(kind, target, role, privileges, node.grant_option))
            else:
                _withdraw(work, (kind, target, role), privileges, only=node.grant_option)


def _role(node: pb.RoleSpec) -> str:
    words = {pb.ROLESPEC_PUBLIC: "public", pb.ROLESPEC_CURRENT_USER: "CURRENT_USER"}
    return words.get(node.roletype, node.rolename or "SESSION_USER")


def _targets(work: Work, node: pb.GrantStmt, kind: str) -> list[str]:
    if node.targtype == pb.ACL_TARGET_ALL_IN_SCHEMA:
        held: Any = {"table": work.held.tables, "sequence": work.held.sequences}.get(kind, {})
        spaces = {plain_namespace(each) for each in (names_of(one)[-1] for one in node.objects)}
        return [".".join(part for part in key if part) for key in held if key[0] in spaces]
    found = []
    for each in node.objects:
        if each.HasField("range_var"):
            said = each.range_var
            namespace = plain_namespace(said.schemaname) if said.schemaname else ""
            key = work.table_key(said) or (namespace, said.relname)
            found.append(".".join(part for part in key if part))
        elif each.HasField("object_with_args"):
            from be_tui.core.schema.pg.routines import arguments_of

            names = [one for one in strings(each.object_with_args.objname) if one != "public"]
            found.append(f"{'.'.join(names)}({arguments_of(each.object_with_args)})")
        else:
            names = names_of(each)
            if len(names) > 1 and names[0] == "public":
                names = names[1:]
            found.append(".".join(names))
    return found


def _privileges(work: Work, node: pb.GrantStmt, kind: str) -> tuple[str, ...]:
    found: list[str] = []
    for each in node.privileges:
        said = each.access_priv
        word = said.priv_name.upper()
        if said.cols:
            found.append(f"{word or 'ALL'} ({', '.join(strings(said.cols))})")
        elif word:
            found.append("TEMPORARY" if word == "TEMP" else word)
    if not node.privileges or any(not one.access_priv.priv_name for one in node.privileges):
        found = [each for each in found if "(" in each] + _ALL.get(kind, "ALL").split()
        if kind == "table" and work.version >= _MAINTAINED:
            found.append("MAINTAIN")
    return tuple(sorted(set(found)))


def _give(work: Work, made: Grant) -> None:
    key = (made.kind, made.target, made.role, made.grantable)
    before = work.held.grants.get(key)
    held = {*made.privileges, *(before.privileges if before else ())}
    work.held.grants[key] = replace(made, privileges=tuple(sorted(held)))


def _withdraw(
    work: Work, about: tuple[str, str, str], privileges: tuple[str, ...], *, only: bool
) -> None:
    for grantable in (True, False):
        key = (*about, grantable)
        found = work.held.grants.get(key)
        if found is None or (only and not grantable):
            continue
        taken = tuple(each for each in found.privileges if each in privileges)
        kept = tuple(each for each in found.privileges if each not in privileges)
        if kept:
            work.held.grants[key] = replace(found, privileges=kept)
        else:
            del work.held.grants[key]
        if only and taken:
            _give(work, Grant(*about, taken))
