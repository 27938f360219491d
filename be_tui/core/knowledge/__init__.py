"""Packs of knowledge: trees, checklists, rules and references, typed, searched and checked."""
