"""What a shell can complete, read from the parsers themselves, and the script for each shell."""
