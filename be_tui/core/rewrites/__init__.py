"""Queries rewritten, step by step: each with what must hold, and run beside the original."""

from __future__ import annotations
