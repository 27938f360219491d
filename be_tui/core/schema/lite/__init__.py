"""DDL of MySQL, MariaDB and SQLite, read by its words; expressions and types by sqlglot."""
