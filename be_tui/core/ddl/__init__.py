"""The model of a schema written as DDL, for each engine; never by way of another tool's writer.

write_schema(schema, target)    the statements that make a schema in an empty database
Namer(schema, engine)           how names of a schema are written
create_table(table, namer) …    the statements that make and drop one object

Expressions, queries and bodies stand as their author wrote them.
"""

from __future__ import annotations

from be_tui.core.ddl.elements import (
    check_sql,
    column_sql,
    default_sql,
    exclusion_sql,
    foreign_key_sql,
    identity_sql,
    key_sql,
    named,
    type_sql,
)
from be_tui.core.ddl.indexes import KINDS, create_index, drop_index, index_body
from be_tui.core.ddl.names import Namer, dotted, held, identifier, literal, written
from be_tui.core.ddl.objects import (
    comment_on,
    create_composite,
    create_domain,
    create_enumeration,
    create_extension,
    create_sequence,
    create_view,
    drop_other,
    drop_policy,
    drop_routine,
    drop_trigger,
    fire_trigger,
    grant_sql,
    or_replace,
    own_sequence,
    routine_name,
    table_comments,
    type_name,
    view_kind,
    view_name,
)
from be_tui.core.ddl.ordering import Item, in_order
from be_tui.core.ddl.tables import (
    add_check,
    add_foreign_key,
    after_indexes,
    after_table,
    alter,
    column_settings,
    create_table,
    mysql_options,
    numbers_itself,
)
from be_tui.core.ddl.writing import create_item, write_schema

__all__ = [
    "KINDS",
    "Item",
    "Namer",
    "add_check",
    "add_foreign_key",
    "after_indexes",
    "after_table",
    "alter",
    "check_sql",
    "column_settings",
    "column_sql",
    "comment_on",
    "create_composite",
    "create_domain",
    "create_enumeration",
    "create_extension",
    "create_index",
    "create_item",
    "create_sequence",
    "create_table",
    "create_view",
    "default_sql",
    "dotted",
    "drop_index",
    "drop_other",
    "drop_policy",
    "drop_routine",
    "drop_trigger",
    "exclusion_sql",
    "fire_trigger",
    "foreign_key_sql",
    "grant_sql",
    "held",
    "identifier",
    "identity_sql",
    "in_order",
    "index_body",
    "key_sql",
    "literal",
    "mysql_options",
    "named",
    "numbers_itself",
    "or_replace",
    "own_sequence",
    "routine_name",
    "table_comments",
    "type_name",
    "type_sql",
    "view_kind",
    "view_name",
    "write_schema",
    "written",
]
