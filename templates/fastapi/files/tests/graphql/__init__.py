"""GraphQL: how it is asked, and what it may not cost."""
