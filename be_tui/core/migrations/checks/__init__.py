"""Findings on migrations."""
