"""DDL of PostgreSQL, read by its own grammar into the model; one form for each expression."""
