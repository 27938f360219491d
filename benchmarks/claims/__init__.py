"""What the library claims in figures, measured again.

    python -m benchmarks.claims [NAME ...] [--engine postgresql:16] [--rows N] [--json]

Without a name all are measured; `--list` tells them, `--write` keeps the figures in
`results.json`, which is what the library's items cite. `--small` is quick and shows only that
the direction holds, as the tests do.
"""
