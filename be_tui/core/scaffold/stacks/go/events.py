"""The queries of the outbox: events that changes write, and that the worker takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.scaffold.stacks.go.sqlc import Query, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

_COLUMNS = (
    Value("id", "uuid.UUID"),
    Value("topic", "string"),
    Value("payload", "json.RawMessage"),
    Value("created_at", "time.Time"),
    Value("available_at", "time.Time"),
    Value("attempts", "int32"),
    Value("locked_until", "*time.Time"),
    Value("last_error", "*string"),
    Value("done_at", "*time.Time"),
    Value("failed_at", "*time.Time"),
)
_OPEN = "done_at IS NULL AND failed_at IS NULL"

_DUE = f"""\
WITH due AS MATERIALIZED (
  SELECT id, locked_until IS NOT NULL AS lost, attempts >= sqlc.arg(attempts)::int AS spent
  FROM outbox_events
  WHERE {_OPEN} AND available_at <= now()
    AND (locked_until IS NULL OR locked_until < now())
  ORDER BY available_at
  LIMIT sqlc.arg(most)::int
  FOR UPDATE SKIP LOCKED
)
UPDATE outbox_events
SET attempts = attempts + CASE WHEN due.spent THEN 0 ELSE 1 END,
  locked_until = CASE WHEN NOT due.spent
    THEN now() + make_interval(secs => sqlc.arg(lease)::double precision) END,
  failed_at = CASE WHEN due.spent THEN now() END,
  last_error = CASE WHEN due.spent AND due.lost
    THEN 'the last attempt ended without an answer' ELSE last_error END
FROM due
WHERE outbox_events.id = due.id
  AND due.id = coalesce((SELECT alone.id FROM due AS alone WHERE alone.lost LIMIT 1), due.id)"""  # noqa: S608 (constant)


def event_queries() -> tuple[Query, ...]:
    """Give the queries of events."""
    return tuple(_queries())


def _queries() -> Iterator[Query]:
    create = "INSERT INTO outbox_events (id, topic, payload)\nVALUES ($1, $2, $3)"
    yield Query("CreateOutboxEvent", ":exec", "", create, _COLUMNS[:3])
    yield _claim()
    held = (_COLUMNS[0], _COLUMNS[6])
    done = (
        "UPDATE outbox_events\nSET done_at = now(), locked_until = NULL\n"
        "WHERE id = $1 AND locked_until = $2"
    )
    yield Query("FinishOutboxEvent", ":execrows", "", done, held)
    yield _failed("FailOutboxEvent", "failed_at = now()", ())
    again = "available_at = now() + make_interval(secs => sqlc.arg(wait)::double precision)"
    yield _failed("RetryOutboxEvent", again, (Value("wait", "float64"),))
    waits = "coalesce(extract(epoch FROM now() - min(available_at)), 0)"
    seconds = f"greatest({waits}, 0)::double precision AS seconds"
    oldest = f"SELECT {seconds}\nFROM outbox_events\nWHERE {_OPEN}"
    columns = (Value("seconds", "float64"),)
    yield Query("GetOldestOutboxEvent", ":one", "", oldest, columns=columns)
    age = "now() - make_interval(days => sqlc.arg(days)::int)"
    forget = f"DELETE FROM outbox_events\nWHERE done_at < {age}"  # noqa: S608 (constant)
    yield _named("ForgetOutboxEvents", ":exec", forget, (Value("days", "int32"),))


def _claim() -> Query:
    """Give the query that takes events for a while, which costs each of them an attempt.

    Those that another is taking are passed by. One that was taken before and not answered for may
    have killed its worker: it is taken alone, and fails where no attempt is left.
    """
    returned = ", ".join(f"outbox_events.{each.name}" for each in _COLUMNS)
    sql = f"{_DUE}\nRETURNING {returned}"
    params = (Value("lease", "float64"), Value("attempts", "int32"), Value("most", "int32"))
    return _named("ClaimOutboxEvents", ":many", sql, params, "OutboxEvent", _COLUMNS)


def _failed(name: str, sets: str, more: tuple[Value, ...]) -> Query:
    """Give the query of an event that was not worked off, by who still holds it."""
    sql = (
        "UPDATE outbox_events\nSET last_error = sqlc.arg(last_error), locked_until = NULL, "
        f"{sets}\n"
        "WHERE id = sqlc.arg(id) AND locked_until = sqlc.arg(locked_until)"
    )
    return _named(name, ":execrows", sql, (_COLUMNS[7], *more, _COLUMNS[0], _COLUMNS[6]))


def _named(
    name: str,
    command: str,
    sql: str,
    params: tuple[Value, ...],
    model: str = "",
    columns: tuple[Value, ...] = (),
) -> Query:
    """Give a query whose parameters have names, in the order that sqlc numbers them in."""
    numbered = sql
    for number, each in enumerate(params, 1):
        numbered = numbered.replace(f"sqlc.arg({each.name})", f"${number}")
    return Query(name, command, "", numbered, params, model, columns, sql)
