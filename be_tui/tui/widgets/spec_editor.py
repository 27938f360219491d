"""A field for a resource spec: YAML in its colours, keys and names completed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from be_tui.core.document import highlight
from be_tui.core.scaffold.completing import complete_spec
from be_tui.tui.widgets.sql_editor import SqlEditor

if TYPE_CHECKING:
    from be_tui.core.document import Text
    from be_tui.core.workbench import Completion


class SpecEditor(SqlEditor):
    """Takes a spec as it takes SQL, and reads it as YAML."""

    DEFAULT_CSS = SqlEditor.DEFAULT_CSS.replace("SqlEditor", "SpecEditor")

    def coloured(self) -> tuple[Text, ...]:
        """Give the lines in their colours."""
        return highlight(self.document.text, "yaml")

    def completed(self) -> Completion:
        """Give what may stand where the cursor is."""
        return complete_spec(self.text, self.offset_here)

    def belongs_elsewhere(self, text: str) -> bool:
        """Tell whether what was pasted is for somebody else: nothing is."""
        del text
        return False
