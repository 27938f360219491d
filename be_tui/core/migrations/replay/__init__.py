"""Migrations run on a scratch server, and what was seen."""
