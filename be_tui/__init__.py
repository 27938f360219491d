"""be-tui: a senior backend engineer in the terminal."""

__version__ = "0.1.0"
