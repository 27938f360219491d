"""What statements of PostgreSQL do, by the server's own rules."""
