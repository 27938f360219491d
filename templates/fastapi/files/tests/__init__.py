"""The service as its callers see it, against a database of its own."""
