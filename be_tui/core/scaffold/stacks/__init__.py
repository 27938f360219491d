"""What each stack calls things: a module a stack, named as its folder under `templates/`.

Each gives `view_of(service, options)`: a frozen dataclass whose fields its templates see. Names,
types and literals of the language are settled there; the templates hold layout alone.
"""
