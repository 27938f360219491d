"""The probes: each answers one question about a project, and shows its facts."""
