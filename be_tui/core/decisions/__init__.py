"""Decisions: a walk over a tree, the evidence for each answer, the outcome, the record."""
