"""What a project is made of, and what probes measure in it."""
