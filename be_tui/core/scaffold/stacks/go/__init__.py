"""Services in Go: net/http's own router, pgx, queries by sqlc, migrations by goose.

view_of(service, options)    a service as the templates under `templates/go` see it
"""

from __future__ import annotations

from be_tui.core.scaffold.stacks.go.view import GoView, view_of

__all__ = ["GoView", "view_of"]
