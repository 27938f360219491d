"""Migrations of each tool, read from its folder and written into it."""
