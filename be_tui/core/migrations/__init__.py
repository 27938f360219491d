"""Migrations: files that exist, what their statements do to a live database, and new ones.

files      migrations of each tool, read and written
effects    what a statement locks, rewrites, scans and breaks, told from the schema
checks     findings on migrations, each with its safe form
replay     migrations run on a scratch server, and what was seen
diff       what tells two schemas apart
plan       the steps from one schema to another, in phases that old code survives

Their shared nouns stand in `model.py`.
"""
