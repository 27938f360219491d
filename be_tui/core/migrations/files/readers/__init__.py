"""One module a format: `read(folder, target)` gives its migrations in the tool's own order."""
