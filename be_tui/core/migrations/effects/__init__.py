"""What a statement does to a database that is in use, told from the schema."""
