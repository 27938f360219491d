"""What stands behind the brackets of CREATE TABLE, and what ALTER TABLE says of all of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.schema.lite.tokens import bare, said

if TYPE_CHECKING:
    from be_tui.core.schema.drafting import TableDraft
    from be_tui.core.schema.lite.tokens import Cursor
    from be_tui.core.sqltext import Engine

_SHAPELESS = frozenset({"AUTO_INCREMENT", "AVG_ROW_LENGTH", "DATA", "CHECKSUM", "UNION"})
"""Options that say nothing of a table's shape."""

_OPTIONS = frozenset(
    {
        *("ROW_FORMAT", "KEY_BLOCK_SIZE", "MAX_ROWS", "MIN_ROWS", "PACK_KEYS", "STATS_PERSISTENT"),
        *("STATS_AUTO_RECALC", "STATS_SAMPLE_PAGES", "COMPRESSION", "ENCRYPTION", "TABLESPACE"),
        *("PAGE_COMPRESSED", "PAGE_CHECKSUM", "TRANSACTIONAL", "DELAY_KEY_WRITE", "ENCRYPTED"),
        *("ENCRYPTION_KEY_ID", "PAGE_COMPRESSION_LEVEL", "INSERT_METHOD"),
    }
)


def table_options(table: TableDraft, cursor: Cursor, engine: Engine) -> None:
    """Take in all that is left of CREATE TABLE."""
    while not cursor.done:
        if engine == "sqlite" and cursor.take("WITHOUT", "ROWID"):
            table.rowid = False
        elif engine == "sqlite" and cursor.take("STRICT"):
            table.strict = True
        elif cursor.take("PARTITION", "BY"):
            table.partitioned = True
            table.partition_by = " ".join(cursor.rest().replace("`", "").split())
        elif cursor.peek("AS") or cursor.peek("SELECT") or cursor.peek("WITH", "RECURSIVE"):
            table.complete = False
            cursor.rest()
        elif not table_option(table, cursor):
            cursor.step()


def table_option(table: TableDraft, cursor: Cursor) -> bool:
    """Take in one option of a table of MySQL; tell whether there was one."""
    cursor.take("DEFAULT")
    if cursor.take("ENGINE"):
        table.storage = _value(cursor).lower()
    elif cursor.take("CHARSET") or cursor.take("CHARACTER", "SET"):
        table.charset = _value(cursor).lower()
    elif cursor.take("COLLATE"):
        table.collation = _value(cursor).lower()
    elif cursor.take("COMMENT"):
        cursor.take("=")
        table.comment = said(cursor.step().text)
    elif cursor.peek_any(_SHAPELESS):
        cursor.step()
        cursor.take("DIRECTORY")
        _value(cursor)
    elif cursor.peek_any(_OPTIONS):
        name = cursor.step().upper
        kept = [each for each in table.options if not each.startswith(f"{name}=")]
        table.options = tuple(sorted([*kept, f"{name}={_value(cursor)}"]))
    else:
        return False
    return True


def _value(cursor: Cursor) -> str:
    cursor.take("=")
    token = cursor.step()
    return token.text.upper() if token.kind == "word" else _quoted(token.text)


def _quoted(text: str) -> str:
    return bare(text) if text[:1] == "`" else text
