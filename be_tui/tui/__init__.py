"""Screens: read inputs, call the core, show what it gives."""
