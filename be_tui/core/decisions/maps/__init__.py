"""A tree as a drawing: text for a terminal, Mermaid for Markdown, Graphviz for print.

Each marks the path walked, and never by colour alone.
"""
