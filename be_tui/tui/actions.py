"""Every action of the session, once: its keys, label and help.

The footer, the help page, the palette, the keymap file and `docs/keys.md` are all made from
this table. A screen carries an action out in a method `do_<name>` and says in
`unavailable` why it cannot be done just now. Imports nothing of Textual.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a person can do."""

    id: str
    """`scope.name`; the scope is a screen's name, or `app` where it is done everywhere."""

    keys: tuple[str, ...]
    """Textual's key names; the first one is shown."""

    label: str
    """A word or two, for the footer."""

    help: str
    """One sentence, for the help page and the palette."""

    footer: bool = False
    """Whether the footer shows it."""

    palette: bool = True
    """Whether the palette offers it."""

    short: str = ""
    """The label in a footer that has no room for the full ones; the label where it is empty."""

    @property
    def scope(self) -> str:
        """Give the screen that it belongs to, or `app`."""
        return self.id.partition(".")[0]

    @property
    def name(self) -> str:
        """Give its name within the scope."""
        return self.id.partition(".")[2]


ACTIONS: tuple[Action, ...] = (
    Action(
        "decide.take",
        ("enter",),
        "take it",
        "Give the marked answer.",
        short="take",
        footer=True,
        palette=False,
    ),
    Action(
        "decide.filter",
        ("slash",),
        "filter",
        "Narrow the list of trees as you type.",
        footer=True,
        palette=False,
    ),
    Action(
        "decide.unknown",
        ("u",),
        "don't know",
        "Answer “I don't know”.",
        short="unknown",
        footer=True,
    ),
    Action(
        "decide.finish",
        ("x",),
        "end here",
        "Take what comes out whatever is still answered.",
        footer=True,
    ),
    Action("decide.keep", ("y",), "keep it", "Keep the answers that you try.", footer=True),
    Action("decide.record", ("r",), "record", "Preview the decision record.", footer=True),
    Action(
        "decide.turns",
        ("w",),
        "what would change this",
        "Show which answers it turns on.",
        short="what if",
        footer=True,
    ),
    Action(
        "decide.pane",
        ("tab",),
        "next part",
        "Go to the next part of the page.",
        short="more",
        footer=True,
    ),
    Action("decide.map", ("m",), "map", "Show the tree and the path walked.", footer=True),
    Action(
        "decide.next_link",
        ("n",),
        "next link",
        "Go to the next link.",
        short="link",
        footer=True,
        palette=False,
    ),
    Action("decide.evidence", ("e",), "evidence", "Show all that was measured here.", footer=True),
    Action("decide.leads", ("l",), "leads", "Show where this still leads.", footer=True),
    Action("decide.ask", ("a",), "ask first", "Ask what would settle the most of what is open."),
    Action("decide.source", ("s",), "source", "Show where the question comes from.", footer=True),
    Action(
        "decide.forward",
        ("right_square_bracket",),
        "forward",
        "Leave an answer that you looked at again as it was.",
    ),
    Action(
        "decide.previous_link", ("N",), "previous link", "Go to the link before.", palette=False
    ),
    Action("decide.restart", ("R",), "start again", "Forget all answers of this tree."),
    Action(
        "compare.take",
        ("enter",),
        "type it",
        "Type a weight, or a score with its reason.",
        footer=True,
        palette=False,
    ),
    Action("compare.unknown", ("u",), "don't know", "Leave this score open.", footer=True),
    Action(
        "compare.turns",
        ("w",),
        "what would change this",
        "Show which weights and scores make another option win.",
        footer=True,
    ),
    Action("compare.plot", ("p",), "how far it holds", "Show the sensitivity.", footer=True),
    Action("compare.record", ("r",), "record", "Preview the decision record.", footer=True),
    Action("compare.option", ("o",), "option", "Show the option's risks and future.", footer=True),
    Action("compare.musts", ("m",), "musts", "Say which constraints hold here.", footer=True),
    Action("compare.more", ("plus", "equals_sign"), "more", "Raise the weight or the score."),
    Action("compare.less", ("minus",), "less", "Lower the weight or the score."),
    Action("compare.given", ("backspace", "delete"), "take back", "Go back to what the file says."),
    Action("compare.pane", ("tab",), "next part", "Go to the next part of the page."),
    Action("compare.restart", ("R",), "start again", "Forget all that you said here."),
    Action(
        "sql.take",
        ("enter",),
        "go there",
        "Go to the place of a finding.",
        footer=True,
        palette=False,
    ),
    Action(
        "sql.complete", ("ctrl+space", "ctrl+@"), "complete", "Complete the word at the cursor."
    ),
    Action("sql.run", ("r", "f5"), "run", "Run what the open tab is about.", footer=True),
    Action("sql.analyse", ("R",), "run it", "Run the statement for its times, and undo it."),
    Action("sql.export", ("e",), "export", "Preview the files of what was found.", footer=True),
    Action(
        "sql.migrate",
        ("m",),
        "migrate",
        "Plan the advised indexes, or the DDL at hand, as a migration.",
        footer=True,
    ),
    Action("sql.rows", ("n",), "rows", "Say on how many rows to measure.", footer=True),
    Action(
        "sql.fix",
        ("f",),
        "take",
        "Write the fix, the rewrite or the indexes into the editor.",
        footer=True,
    ),
    Action("sql.compare", ("c",), "compare", "Compare the last two plans.", footer=True),
    Action("sql.edit", ("i",), "edit", "Go to the editor.", footer=True),
    Action("sql.findings", ("1",), "findings", "Open the findings."),
    Action("sql.rewrite", ("2",), "rewrite", "Open the rewrite."),
    Action("sql.indexes", ("3",), "indexes", "Open the index advice."),
    Action("sql.plan", ("4",), "plan", "Open the plan."),
    Action("sql.measure", ("5",), "measure", "Open the measurement."),
    Action("sql.next_tab", ("ctrl+t",), "next tab", "Open the next tab.", footer=True),
    Action("sql.pane", ("tab",), "next part", "Go to the next part of the page.", footer=True),
    Action("sql.tables", ("t", "f2"), "tables", "Say where the tables are described.", footer=True),
    Action("sql.engine", ("g", "f3"), "engine", "Read the text as the next engine's.", footer=True),
    Action("sql.example", ("x", "f8"), "example", "Open the first worked example.", footer=True),
    Action("sql.history", ("h", "ctrl+r"), "history", "List what you wrote before.", footer=True),
    Action("sql.saved", ("o", "ctrl+o"), "saved", "List the saved queries.", footer=True),
    Action("sql.save", ("w", "ctrl+s"), "save", "Save the query under a name.", footer=True),
    Action("sql.file", ("l", "ctrl+l"), "file", "Open a file of SQL or of a plan.", footer=True),
    Action("sql.clear", ("ctrl+n",), "new", "Begin with an empty editor."),
    Action("sql.forget", ("delete",), "forget", "Forget the marked query."),
    Action("sql.search", ("slash",), "search", "Search the list.", footer=True, palette=False),
    Action("sql.stop", ("ctrl+c",), "stop", "Stop what runs.", footer=True, palette=False),
    Action(
        "migrate.take",
        ("enter",),
        "take it",
        "Answer the marked question, or go to the place of a finding.",
        footer=True,
        palette=False,
    ),
    Action(
        "migrate.complete", ("ctrl+space", "ctrl+@"), "complete", "Complete the word at the cursor."
    ),
    Action(
        "migrate.run", ("r", "f5"), "prove", "Prove the steps on a scratch database.", footer=True
    ),
    Action("migrate.export", ("e", "f6"), "export", "Preview the files of the steps.", footer=True),
    Action("migrate.fix", ("f",), "mend", "Write the fix into the change.", footer=True),
    Action("migrate.edit", ("i",), "edit", "Go to the change.", footer=True),
    Action("migrate.steps", ("1",), "steps", "Open the steps."),
    Action("migrate.changes", ("2",), "changes", "Open the changes."),
    Action("migrate.check", ("3",), "check", "Open what is wrong with the change as written."),
    Action("migrate.proof", ("4",), "proof", "Open the proof."),
    Action("migrate.next_tab", ("ctrl+t",), "next tab", "Open the next tab.", footer=True),
    Action("migrate.pane", ("tab",), "next part", "Go to the next part of the page.", footer=True),
    Action(
        "migrate.tables", ("t", "f2"), "from", "Say where the tables are described.", footer=True
    ),
    Action("migrate.other", ("o", "f4"), "to", "Say what the tables are to be.", footer=True),
    Action(
        "migrate.plain",
        ("p",),
        "plain or phases",
        "Plan plain DDL, for tables at rest, or phases again.",
        short="plain",
        footer=True,
    ),
    Action(
        "migrate.format", ("w",), "format", "Say whose layout files are written in.", footer=True
    ),
    Action("migrate.rows", ("n",), "rows", "Say on how many rows to prove."),
    Action("migrate.engine", ("g", "f3"), "engine", "Read the change as the next engine's."),
    Action("migrate.example", ("x", "f8"), "example", "Open the example.", footer=True),
    Action("migrate.file", ("l", "ctrl+l"), "file", "Open a file of DDL as the change."),
    Action("migrate.clear", ("ctrl+n",), "new", "Begin with an empty change."),
    Action("migrate.stop", ("ctrl+c",), "stop", "Stop what runs.", footer=True, palette=False),
    Action(
        "scaffold.take",
        ("enter",),
        "take it",
        "Go to where it stands in the spec, or answer the marked question.",
        footer=True,
        palette=False,
    ),
    Action(
        "scaffold.complete",
        ("ctrl+space", "ctrl+@"),
        "complete",
        "Complete the word at the cursor.",
    ),
    Action("scaffold.add", ("a",), "add field", "Add a field in a line of words.", footer=True),
    Action(
        "scaffold.stack", ("s", "f3"), "stack", "Say what the service is generated in.", footer=True
    ),
    Action(
        "scaffold.export", ("e", "f6"), "export", "Preview the files of the service.", footer=True
    ),
    Action(
        "scaffold.run",
        ("r", "f5"),
        "prove",
        "Build, test and start the service, and try its contract.",
        footer=True,
    ),
    Action("scaffold.edit", ("i",), "edit", "Go to the spec.", footer=True),
    Action("scaffold.resources", ("1",), "resources", "Open the resources."),
    Action("scaffold.check", ("2",), "check", "Open what is wrong with the spec."),
    Action("scaffold.contract", ("3",), "contract", "Open the contract."),
    Action("scaffold.tables", ("4",), "tables", "Open the tables."),
    Action("scaffold.files", ("5",), "files", "Open the files."),
    Action("scaffold.proof", ("6",), "proof", "Open the proof."),
    Action("scaffold.next_tab", ("ctrl+t",), "next tab", "Open the next tab.", footer=True),
    Action("scaffold.pane", ("tab",), "next part", "Go to the next part of the page.", footer=True),
    Action(
        "scaffold.source",
        ("t", "f2"),
        "made of",
        "Make a spec of tables or of an OpenAPI document.",
        footer=True,
    ),
    Action("scaffold.folder", ("o", "f4"), "folder", "Say where the service goes.", footer=True),
    Action("scaffold.options", ("p",), "options", "Say what the service has besides."),
    Action("scaffold.example", ("x", "f8"), "example", "Open the example.", footer=True),
    Action("scaffold.file", ("l", "ctrl+l"), "file", "Open a spec."),
    Action("scaffold.save", ("w", "ctrl+s"), "save", "Write the spec into a file.", footer=True),
    Action("scaffold.clear", ("ctrl+n",), "new", "Begin with an empty spec."),
    Action("scaffold.stop", ("ctrl+c",), "stop", "Stop what runs.", footer=True, palette=False),
    Action("home.profile", ("p",), "profile", "Say what this service has to stand.", footer=True),
    Action("home.measure", ("r",), "measure again", "Read the project again.", footer=True),
    Action(
        "library.open",
        ("enter",),
        "open",
        "Open the marked line, or follow the marked link.",
        footer=True,
        palette=False,
    ),
    Action("profile.take", ("enter",), "set it", "State this point.", footer=True, palette=False),
    Action("library.search", ("slash",), "search", "Search as you type.", footer=True),
    Action("library.find", ("f",), "find here", "Find words on this page.", footer=True),
    Action("library.next_link", ("n",), "next link", "Go to the next link.", palette=False),
    Action(
        "library.previous_link", ("N",), "previous link", "Go to the link before.", palette=False
    ),
    Action(
        "library.forward", ("right_square_bracket",), "forward", "Go forward again.", footer=True
    ),
    Action("library.copy", ("y",), "copy code", "Copy the code block in view.", footer=True),
    Action(
        "library.pane", ("tab",), "other pane", "Go between the list and the page.", footer=True
    ),
    Action(
        "library.level", ("l",), "level", "List the items of the next level alone.", footer=True
    ),
    Action("library.engine", ("e",), "applies to", "List what applies to one engine or protocol."),
    Action(
        "library.checkable",
        ("c",),
        "checkable",
        "List the items that be-tui can check in this project.",
        footer=True,
    ),
    Action("library.related", ("t",), "related", "Go to what goes with this item.", footer=True),
    Action("library.answer", ("a",), "answer", "Say whether this item holds here.", footer=True),
    Action(
        "library.review", ("r",), "review", "Hold this reference against the project.", footer=True
    ),
    Action("library.source", ("o",), "open source", "Open a source of this item.", footer=True),
    Action("library.mark", ("m",), "mark", "Mark this passage, or take its mark away."),
    Action("library.edit", ("E",), "edit", "Open the file of this page in your editor."),
    Action(
        "preview.choose",
        ("space",),
        "choose",
        "Write this file or leave it out.",
        footer=True,
        palette=False,
    ),
    Action("preview.export", ("x",), "export", "Write the chosen files.", footer=True),
    Action("preview.undo", ("u",), "undo", "Take the last export back.", footer=True),
    Action(
        "preview.split", ("d",), "side by side", "Show the difference side by side.", footer=True
    ),
    Action("preview.copy", ("y",), "copy", "Copy the text of the marked file.", footer=True),
    Action("preview.edit", ("E",), "edit", "Open the marked file in your editor.", footer=True),
    Action("app.back", ("left_square_bracket", "escape"), "back", "Go back a step.", footer=True),
    Action("app.search", ("slash",), "search", "Find a tree, a passage or an action.", footer=True),
    Action(
        "app.help", ("question_mark", "f1"), "keys", "Show the keys of where you are.", footer=True
    ),
    Action("app.palette", ("ctrl+p", "colon"), "palette", "Open the command palette."),
    Action("app.home", ("H",), "Home", "Open Home: the project, what to do next."),
    Action("app.decide", ("D",), "Decide", "Choose a decision tree to walk."),
    Action("app.compare", ("C",), "Compare", "Weigh options against criteria."),
    Action("app.sql", ("S",), "SQL", "Open the SQL workbench."),
    Action("app.migrate", ("G",), "Migrate", "Plan and prove a migration."),
    Action("app.scaffold", ("F",), "Scaffold", "Describe a service, and generate it."),
    Action("app.library", ("L",), "Library", "Open the library."),
    Action("app.theme", ("T",), "theme", "Change to the next theme."),
    Action("app.mouse", ("M",), "mouse", "Give the mouse to the terminal, or take it back."),
    Action(
        "app.suspend",
        ("ctrl+z",),
        "suspend",
        "Go back to the shell for a while; `fg` there comes back.",
        palette=False,
    ),
    Action("app.quit", ("q", "ctrl+q"), "quit", "Leave; everything is saved.", footer=True),
)
"""In the order in which a footer shows them; a screen's own come first."""

SHADOWED = frozenset({"ctrl+h", "ctrl+i", "ctrl+j", "ctrl+m", "ctrl+left_square_bracket"})
"""Keys that older terminals send as Backspace, Tab, Newline, Enter and Escape."""


def actions_of(scope: str, actions: Iterable[Action] = ACTIONS) -> tuple[Action, ...]:
    """Give the actions of a screen and those of everywhere that it does not take over.

    A screen's own action takes over any key it shares with an action of `app`.
    """
    every = tuple(actions)
    own = tuple(action for action in every if action.scope == scope)
    taken = {key for action in own for key in action.keys}
    shared = (
        replace(action, keys=tuple(key for key in action.keys if key not in taken))
        for action in every
        if action.scope == "app" and scope != "app"
    )
    return own + tuple(action for action in shared if action.keys)


def conflicts(actions: Iterable[Action]) -> tuple[str, ...]:
    """Name every key that two actions of one scope claim."""
    owners: dict[tuple[str, str], str] = {}
    found: list[str] = []
    for action in actions:
        for key in action.keys:
            other = owners.setdefault((action.scope, key), action.id)
            if other != action.id:
                found.append(f"keys: {shown(key)} is claimed by {other} and {action.id}")
    return tuple(found)


_SHOWN = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "slash": "/",
    "colon": ":",
    "escape": "esc",
    "pageup": "page up",
    "pagedown": "page down",
}


def shown(key: str) -> str:
    """Give a key as a person reads it: `?`, `ctrl+p`, `esc`."""
    head, plus, name = key.rpartition("+")
    if "_" in name and name not in _SHOWN:
        from be_tui.core.settings.keynames import character

        return f"{head}{plus}{character(name)}"
    return f"{head}{plus}{_SHOWN.get(name, name)}"
