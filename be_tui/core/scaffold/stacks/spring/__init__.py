"""A service in Spring Boot: `view_of(service, options)` for `templates/spring`."""

from be_tui.core.scaffold.stacks.spring.view import SpringView, view_of

__all__ = ["SpringView", "view_of"]
