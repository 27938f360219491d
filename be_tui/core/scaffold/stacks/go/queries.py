"""The queries of a service: what is asked of one row, in SQL that sqlc reads.

Lists are not among them: what they are narrowed and ordered by is only known when they are asked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.ddl import identifier
from be_tui.core.scaffold.contract.wire import created, patched, set_by_service
from be_tui.core.scaffold.naming import singular
from be_tui.core.scaffold.stacks.go.caching import CACHE, stale_after, stale_query
from be_tui.core.scaffold.stacks.go.events import event_queries
from be_tui.core.scaffold.stacks.go.fields import column_type, key_type, row_type
from be_tui.core.scaffold.stacks.go.names import go_name, sqlc_name
from be_tui.core.scaffold.stacks.go.sqlc import Query, Value
from be_tui.core.scaffold.tables import column_name, link_table, table_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from be_tui.core.scaffold.model import Accounts, Field, Link, Resource, Service
    from be_tui.core.schema import Table


def quoted(name: str) -> str:
    """Give a name as SQL writes it."""
    return identifier(name, "postgresql")


class ResourceQueries:
    """The queries of one resource."""

    def __init__(
        self,
        service: Service,
        resource: Resource,
        table: Table,
        structs: Mapping[str, str],
        options: frozenset[str] = frozenset(),
    ) -> None:
        self._service = service
        self._options = options
        self._structs = structs
        self._resource = resource
        self._type = go_name(resource.name)
        self._table = quoted(table_name(resource))
        self._columns = tuple(
            Value(each.name.folded, column_type(each.type.name, nullable=each.nullable))
            for each in table.columns
        )
        self._alive = " AND deleted_at IS NULL" if resource.soft_delete else ""
        self._key = Value("id", key_type(service, resource.name))

    def all(self) -> tuple[Query, ...]:
        """Give them all."""
        return tuple(self._all())

    def _all(self) -> Iterator[Query]:
        allowed = {each.action for each in self._resource.permissions if "nobody" not in each.who}
        get = f"{self._select()}\nWHERE id = $1{self._alive}"
        yield self._row(f"Get{self._type}", get, (self._key,))
        if allowed & {"update", "delete"}:
            lock = f"{get}\nFOR UPDATE"
            yield self._row(f"Lock{self._type}", lock, (self._key,))
        yield self._create()
        if "update" in allowed and patched(self._service, self._resource):
            yield self._update()
        if "delete" in allowed:
            yield self._delete()
        yield from self._owner()
        if needs_check(self._service, self._resource):
            yield self._there()
        for link in self._resource.links:
            yield from self._pairs(link)
        yield from self._sign_in()
        if CACHE in self._options:
            for stale in stale_after(self._service, self._resource):
                yield stale_query(self._service, stale)

    def _there(self) -> Query:
        """Give the query that tells whether a row is there, for those who may know."""
        tenant = self._resource.field(self._resource.tenant) if self._service.accounts else None
        params, where = [self._key], f"id = $1{self._alive}"
        if tenant:
            params.append(self._value(tenant))
            where += f" AND {quoted(column_name(tenant))} = $2"
        sql = f"SELECT EXISTS (SELECT 1 FROM {self._table} WHERE {where})"  # noqa: S608 (quoted)
        found = (Value("exists", "bool"),)
        return Query(f"Is{self._type}There", ":one", "", sql, tuple(params), columns=found)

    def _select(self) -> str:
        names = ", ".join(quoted(each.name) for each in self._columns)
        return f"SELECT {names}\nFROM {self._table}"

    def _returning(self) -> str:
        return "RETURNING " + ", ".join(quoted(each.name) for each in self._columns)

    def _row(self, name: str, sql: str, params: tuple[Value, ...]) -> Query:
        model = self._structs[table_name(self._resource)]
        return Query(name, ":one", "", sql, params, model, self._columns)

    def _value(self, field: Field) -> Value:
        return Value(column_name(field), row_type(self._service, field))

    def _create(self) -> Query:
        values = [] if self._resource.key == "integer" else [self._key]
        values += [self._value(each) for each in inserted(self._service, self._resource)]
        names = ", ".join(quoted(each.name) for each in values)
        places = ", ".join(f"${number}" for number in range(1, len(values) + 1))
        into = f"({names})\nVALUES ({places})" if values else "DEFAULT VALUES"
        sql = f"INSERT INTO {self._table} {into}\n{self._returning()}"
        return self._row(f"Create{self._type}", sql, tuple(values))

    def _update(self) -> Query:
        fields = [each.field for each in patched(self._service, self._resource) if each.field]
        values = [self._value(each) for each in fields]
        sets = [f"{quoted(each.name)} = ${number}" for number, each in enumerate(values, 2)]
        sets += ["version = version + 1", "updated_at = now()"]
        sql = f"UPDATE {self._table}\nSET {', '.join(sets)}\nWHERE id = $1\n{self._returning()}"
        return self._row(f"Update{self._type}", sql, (self._key, *values))

    def _delete(self) -> Query:
        sql = f"DELETE FROM {self._table}\nWHERE id = $1"  # noqa: S608 (quoted)
        if self._resource.soft_delete:
            sets = "deleted_at = now(), updated_at = now(), version = version + 1"
            sql = f"UPDATE {self._table}\nSET {sets}\nWHERE id = $1"
        return Query(f"Delete{self._type}", ":exec", "", sql, (self._key,))

    def _owner(self) -> Iterator[Query]:
        """Give the query of a row's owner, where rows of others are owned through it."""
        if not any(
            is_chained_to(self._service, each, self._resource) for each in self._service.resources
        ):
            return
        joins, column = self._way_home()
        sql = f"SELECT {column}\nFROM {self._table}{joins}\nWHERE {self._table}.id = $1"
        accounts = self._service.accounts
        kind = key_type(self._service, accounts.resource if accounts else "")
        name = column.rpartition(".")[2].strip('"')
        query = f"Get{self._type}Owner"
        yield Query(query, ":one", "", sql, (self._key,), columns=(Value(name, kind),))

    def _way_home(self) -> tuple[str, str]:
        """Give the joins that lead from a row to its account, and the column that names it."""
        joins, at = "", self._resource
        while True:
            table = quoted(table_name(at))
            field = at.field(at.owner)
            if field is None:
                return joins, f"{table}.id"
            target = self._service.resource(field.to)
            column = f"{table}.{quoted(column_name(field))}"
            if target is None or not is_chained(self._service, at):
                return joins, column
            parent = quoted(table_name(target))
            joins += f"\nJOIN {parent} ON {parent}.id = {column}"
            at = target

    def _pairs(self, link: Link) -> Iterator[Query]:
        table = quoted(link_table(self._resource, link))
        one, other = f"{self._resource.name}_id", f"{singular(link.name)}_id"
        ours = Value(one, self._key.kind)
        theirs = Value(other, key_type(self._service, link.to))
        name = pair_type(self._resource, link)
        sql_type = "bigint" if ours.kind == "int64" else "uuid"
        many = Value(f"{self._resource.name}_ids", f"[]{ours.kind}")
        select = f"SELECT {quoted(one)}, {quoted(other)}\nFROM {table}\nWHERE {quoted(one)} = ANY("
        order = f"::{sql_type}[])\nORDER BY {quoted(one)}, {quoted(other)}"
        yield Query(
            f"List{name}Pairs",
            ":many",
            "",
            f"{select}$1{order}",
            (many,),
            self._structs[link_table(self._resource, link)],
            (ours, theirs),
            f"{select}sqlc.arg({many.name}){order}",
        )
        added = Value(f"{singular(link.name)}_ids", f"[]{theirs.kind}")
        other_type = "bigint" if theirs.kind == "int64" else "uuid"
        insert = f"INSERT INTO {table} ({quoted(one)}, {quoted(other)})\nSELECT "
        yield Query(
            f"Add{name}Pairs",
            ":exec",
            "",
            f"{insert}$1::{sql_type}, unnest($2::{other_type}[])",
            (ours, added),
            written=(
                f"{insert}sqlc.arg({one})::{sql_type},"
                f" unnest(sqlc.arg({added.name})::{other_type}[])"
            ),
        )
        sql = f"DELETE FROM {table}\nWHERE {quoted(one)} = $1"  # noqa: S608 (quoted)
        yield Query(f"Delete{name}Pairs", ":exec", "", sql, (ours,))

    def _sign_in(self) -> Iterator[Query]:
        accounts = self._service.accounts
        login = self._resource.field(accounts.login) if accounts else None
        if accounts is None or login is None or accounts.resource != self._resource.name:
            return
        sql = f"{self._select()}\nWHERE {quoted(column_name(login))} = $1{self._alive}"
        yield self._row(f"Get{self._type}ByLogin", sql, (Value(column_name(login), "string"),))


def pair_type(resource: Resource, link: Link) -> str:
    """Give the struct of a link's pairs."""
    return f"{go_name(resource.name)}{go_name(singular(link.name))}"


def inserted(service: Service, resource: Resource) -> tuple[Field, ...]:
    """Give the fields that a new row is made with, in their order."""
    sent = {each.field.name for each in created(service, resource) if each.field}
    sent |= set_by_service(service, resource)
    return tuple(each for each in resource.fields if each.name in sent)


def needs_check(service: Service, resource: Resource) -> bool:
    """Tell whether the database holds rows that nobody, or not everybody, may refer to."""
    return resource.soft_delete or bool(service.accounts and resource.tenant)


def tenant_column(service: Service, name: str) -> str:
    """Give the column of a row's tenant in Go; empty where rows are everybody's."""
    resource = service.resource(name)
    field = resource.field(resource.tenant) if resource and service.accounts else None
    return go_name(column_name(field)) if field else ""


def is_chained(service: Service, resource: Resource) -> bool:
    """Tell whether rows are owned through another row, as an order's lines are."""
    owner = resource.field(resource.owner)
    accounts = service.accounts
    return owner is not None and accounts is not None and owner.to != accounts.resource


def is_chained_to(service: Service, resource: Resource, parent: Resource) -> bool:
    """Tell whether rows are owned through rows of one other resource."""
    owner = resource.field(resource.owner)
    return owner is not None and owner.to == parent.name and is_chained(service, resource)


def own_queries(service: Service, options: frozenset[str] = frozenset()) -> tuple[Query, ...]:
    """Give the queries of the tables that the service has for itself."""
    found = list(_once())
    if service.accounts:
        found += _tokens(service, service.accounts)
    if "jobs" in options:
        found += event_queries()
    return tuple(found)


_KEPT = (
    Value("scope", "string"),
    Value("key", "string"),
    Value("fingerprint", "string"),
    Value("status", "*int32"),
    Value("headers", "json.RawMessage"),
    Value("body", "*string"),
    Value("created_at", "time.Time"),
)


def _once() -> Iterator[Query]:
    claim = """\
INSERT INTO idempotency_keys (scope, key, fingerprint)
VALUES ($1, $2, $3)
ON CONFLICT (scope, key) DO UPDATE
SET fingerprint = excluded.fingerprint, status = NULL, headers = NULL, body = NULL,
  created_at = now()
WHERE idempotency_keys.created_at < now() - interval '1 day'
RETURNING key"""
    key = (Value("scope", "string"), Value("key", "string"))
    yield Query(
        "ClaimKey",
        ":one",
        "",
        claim,
        (*key, Value("fingerprint", "string")),
        columns=(Value("key", "string"),),
    )
    columns = ", ".join(each.name for each in _KEPT)
    get = f"SELECT {columns}\nFROM idempotency_keys\nWHERE scope = $1 AND key = $2"
    yield Query("GetKey", ":one", "", get, key, "IdempotencyKey", _KEPT)
    keep = (
        "UPDATE idempotency_keys\nSET status = $3, headers = $4, body = $5\n"
        "WHERE scope = $1 AND key = $2"
    )
    yield Query("KeepAnswer", ":exec", "", keep, (*key, *_KEPT[3:6]))
    forget = "DELETE FROM idempotency_keys\nWHERE created_at < now() - interval '1 day'"
    yield Query("ForgetKeys", ":exec", "", forget)


def _tokens(service: Service, accounts: Accounts) -> Iterator[Query]:
    token, family = Value("token_hash", "string"), Value("family", "uuid.UUID")
    account = Value("account_id", key_type(service, accounts.resource))
    expires = Value("expires_at", "time.Time")
    columns = (
        *(token, family, account, expires),
        *(Value("used_at", "*time.Time"), Value("created_at", "time.Time")),
    )
    names = ", ".join(each.name for each in columns)
    insert = (
        "INSERT INTO refresh_tokens (token_hash, family, account_id, expires_at)\n"
        "VALUES ($1, $2, $3, $4)"
    )
    yield Query("CreateRefreshToken", ":exec", "", insert, (token, family, account, expires))
    lock = f"SELECT {names}\nFROM refresh_tokens\nWHERE token_hash = $1\nFOR UPDATE"
    yield Query("LockRefreshToken", ":one", "", lock, (token,), "RefreshToken", columns)
    use = "UPDATE refresh_tokens\nSET used_at = now()\nWHERE token_hash = $1"
    yield Query("UseRefreshToken", ":exec", "", use, (token,))
    end = "DELETE FROM refresh_tokens\nWHERE family = $1"
    yield Query("EndSession", ":exec", "", end, (family,))
    every = "DELETE FROM refresh_tokens\nWHERE account_id = $1"
    yield Query("EndSessions", ":exec", "", every, (account,))
    old = "DELETE FROM refresh_tokens\nWHERE expires_at < now()"
    yield Query("ForgetRefreshTokens", ":exec", "", old)


def struct_names(service: Service, tables: Iterable[Table]) -> dict[str, str]:
    """Give the name of each table's struct.

    What `sqlc.yaml` says of a table, sqlc takes for columns of the same name too; a table of such
    a name has the struct that it has without being told.
    """
    wished = {"idempotency_keys": "IdempotencyKey", "refresh_tokens": "RefreshToken"}
    wished["outbox_events"] = "OutboxEvent"
    for resource in service.resources:
        wished[table_name(resource)] = go_name(resource.name)
        for link in resource.links:
            wished[link_table(resource, link)] = pair_type(resource, link)
    tables = tuple(tables)
    columns = {column.name.folded for table in tables for column in table.columns}
    names = (table.name.folded for table in tables)
    return {name: sqlc_name(name) if name in columns else wished[name] for name in names}
