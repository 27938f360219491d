"""The advisor, headless: no screen, no printing, no argument parsing."""
