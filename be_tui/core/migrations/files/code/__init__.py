"""Programs that migrate, read without being run: values that stand in the file, and no others."""
