"""What the bundled pack says: its walks, its links, its examples."""
