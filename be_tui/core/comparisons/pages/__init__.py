"""Comparisons as documents: the matrix, the ranking, a cell, what would change it."""
