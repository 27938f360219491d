"""A small online shop."""
