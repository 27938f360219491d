from __future__ import annotations

from dataclasses import replace

from be_tui.core.findings import Place
from be_tui.core.schema import Index, IndexPart, Table, read_schema
from be_tui.core.sqltext import Target
from be_tui.core.whatif import IndexSketch

HERE = Place("schema.sql")


def part(column: str, *, descending: bool = False) -> IndexPart:
    return IndexPart(column, column, descending=descending)


def table_of(ddl: str) -> Table:
    return read_schema(ddl, Target("postgresql"), "schema.sql").schema.tables[0]


POSTS = table_of('CREATE TABLE posts (id bigint PRIMARY KEY, "userId" bigint, Title text, at date)')


def test_names_stand_as_the_schema_has_them() -> None:
    sketch = IndexSketch(POSTS, Index("ix", (part("userid"), part("title")), HERE))
    assert sketch.ddl("postgresql") == 'CREATE INDEX "ix" ON posts ("userId", title)'
    assert sketch.ddl("mariadb") == "CREATE INDEX `ix` ON posts (`userId`, title)"


def test_each_engine_gets_what_it_knows() -> None:
    index = Index(
        "ix",
        (replace(part("at", descending=True), nulls_first=False), IndexPart("", "lower(title)")),
        HERE,
        unique=True,
        method="btree",
        include=("id",),
        where="at IS NOT NULL",
    )
    sketch = IndexSketch(replace(POSTS, namespace="blog"), index)
    assert sketch.ddl("postgresql") == (
        'CREATE UNIQUE INDEX "ix" ON "blog".posts (at DESC NULLS LAST, (lower(title)))'
        " INCLUDE (id) WHERE at IS NOT NULL"
    )
    assert sketch.ddl("sqlite") == (
        'CREATE UNIQUE INDEX "ix" ON posts (at DESC, (lower(title))) WHERE at IS NOT NULL'
    )
    assert sketch.ddl("mysql") == (
        "CREATE UNIQUE INDEX `ix` ON `blog`.posts (at DESC, (lower(title)))"
    )


def test_method_class_collation_and_prefix_are_written_where_they_are_known() -> None:
    like = replace(part("title"), operators="text_pattern_ops", collation="C", prefix=12)
    sketch = IndexSketch(POSTS, Index("ix", (like,), HERE, method="spgist"))
    assert sketch.ddl("postgresql") == (
        'CREATE INDEX "ix" ON posts USING spgist (title COLLATE "C" text_pattern_ops)'
    )
    assert sketch.ddl("mysql") == "CREATE INDEX `ix` ON posts (title(12))"


def test_a_column_that_the_schema_does_not_have_is_quoted() -> None:
    sketch = IndexSketch(POSTS, Index("ix", (part("odd name"),), HERE))
    assert sketch.ddl("sqlite") == 'CREATE INDEX "ix" ON posts ("odd name")'


def test_sketches_of_the_same_index_are_equal_whatever_their_name() -> None:
    one = IndexSketch(POSTS, Index("a", (part("at"),), HERE))
    other = IndexSketch(POSTS, Index("b", (part("at"),), Place("elsewhere.sql", 3)))
    descending = IndexSketch(POSTS, Index("a", (part("at", descending=True),), HERE))
    assert one == other
    assert len({one, other, descending}) == 2


def test_a_name_is_made_where_none_is_given() -> None:
    plain = IndexSketch(POSTS, Index("", (part("title"), part("at")), HERE))
    assert plain.name == "posts_title_at_idx"
    partial = IndexSketch(POSTS, Index("", (part("at"),), HERE, where="id > 5"))
    other = IndexSketch(POSTS, Index("", (part("at"),), HERE, where="id > 6"))
    assert partial.name.startswith("posts_at_where_idx_")
    assert partial.name != other.name


def test_a_made_name_is_never_too_long() -> None:
    parts = tuple(IndexPart("", f"coalesce(title, '{'x' * 20}')") for _ in range(5))
    assert len(IndexSketch(POSTS, Index("", parts, HERE, method="gin")).name) == 63
