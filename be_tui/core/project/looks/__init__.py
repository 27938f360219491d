"""What probes look for in source code and configuration, in one pass over each file.

A `Look` says by which words a file is worth looking into, and finds `Sight`s in it.
"""
