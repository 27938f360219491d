"""A service in FastAPI: `view_of(service, options)` for the templates under `templates/fastapi`."""

from be_tui.core.scaffold.stacks.fastapi.view import FastapiView, view_of

__all__ = ["FastapiView", "view_of"]
