"""What the tabs of the workbench say before there is something to show."""

from __future__ import annotations

from be_tui.core.document import CodeBlock, Document, Paragraph, Span

EMPTY = Document(
    (
        Paragraph((Span("Give SQL above: type it, paste it, or open a file."),)),
        Paragraph(
            (
                Span("f8", "key"),
                Span(" opens the first worked example: a slow query, and how to find out why. "),
                Span("f2", "key"),
                Span(" says where the tables are described; most is found once they are known."),
            )
        ),
    )
)
"""While nothing is written."""

STALE = Document(
    (
        Paragraph(
            (
                Span("The statement at the cursor is another one by now; ", "warning"),
                Span("f5", "key"),
                Span(" runs that.", "warning"),
            )
        ),
    )
)
"""Above what was found for another statement."""

NO_PLAN = Document(
    (
        Paragraph(
            (
                Span(
                    "Paste here what EXPLAIN wrote, as text, JSON, YAML, XML or table, of"
                    " PostgreSQL, MySQL, MariaDB or SQLite; or open its file with "
                ),
                Span("l", "key"),
                Span(". Where the tables are those of a database, "),
                Span("f5", "key"),
                Span(
                    " asks it for the plan of the statement; without one, it is run on generated"
                    " rows on this machine."
                ),
            )
        ),
        Paragraph(
            (
                Span("PostgreSQL: ", "muted"),
                Span("EXPLAIN (ANALYZE, BUFFERS) SELECT …", "code"),
            )
        ),
        Paragraph(
            (Span("MySQL, MariaDB: ", "muted"), Span("EXPLAIN FORMAT=JSON SELECT …", "code"))
        ),
        Paragraph((Span("SQLite: ", "muted"), Span("EXPLAIN QUERY PLAN SELECT …", "code"))),
    )
)
"""While no plan was read."""

REWRITE = Document(
    (
        Paragraph(
            (
                Span("f5", "key"),
                Span(
                    " rewrites the statement at the cursor step by step. A step is taken only"
                    " where the tables prove what it needs, and where both forms gave the same"
                    " rows on data made to tell them apart."
                ),
            )
        ),
    )
)
"""Before a rewrite."""

INDEXES = Document(
    (
        Paragraph(
            (
                Span("f5", "key"),
                Span(
                    " weighs which indexes the queries in the editor are worth, all of them"
                    " together, over common, rare and absent values. The best judge there is tells"
                    " what each query would cost, and is named."
                ),
            )
        ),
    )
)
"""Before advice."""

NOTHING_TO_MEASURE = Document(
    (
        Paragraph(
            (
                Span(
                    "There is nothing to compare the statement with yet. Write the index that you"
                    " think of below it, ask for advice ("
                ),
                Span("3", "key"),
                Span("), or rewrite it ("),
                Span("2", "key"),
                Span(")."),
            )
        ),
        CodeBlock("CREATE INDEX ON posts (user_id, created_at DESC);", "sql"),
    )
)
"""While there is nothing to measure against."""
