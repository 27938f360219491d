"""The phases of PostgreSQL: each change in the form that a table in use survives, where it belongs.

What only adds comes first, what takes away or demands comes when no old code runs. A view that
stands in the way of a change goes and comes with it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from be_tui.core.migrations.diff import objects, tables
from be_tui.core.migrations.diff.comparing import check_content, index_content
from be_tui.core.migrations.plan import safe_columns, safe_constraints, safe_indexes
from be_tui.core.migrations.plan.at_once import names
from be_tui.core.migrations.plan.direct import direct_steps
from be_tui.core.migrations.plan.losses import lost
from be_tui.core.migrations.plan.model import PHASES, Step
from be_tui.core.migrations.plan.renamed import copied, seen_by_both
from be_tui.core.migrations.plan.scene import fills_itself, words
from be_tui.core.migrations.plan.widening import widens
from be_tui.core.migrations.plan.words import title
from be_tui.core.schema import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from be_tui.core.migrations.diff import Change
    from be_tui.core.migrations.plan.model import Phase
    from be_tui.core.migrations.plan.scene import Scene

_CONTRACT = (
    objects.NamespaceDropped,
    objects.ExtensionDropped,
    objects.EnumerationDropped,
    objects.DomainDropped,
    objects.DomainCheckAdded,
    objects.DomainCheckValidated,
    objects.CompositeDropped,
    objects.FieldDropped,
    objects.FieldRetyped,
    objects.SequenceDropped,
    objects.RoutineDropped,
    objects.ViewDropped,
    objects.TriggerDropped,
    objects.PolicyDropped,
    objects.GrantRevoked,
    objects.OtherDropped,
    tables.TableDropped,
    tables.OwnerChanged,
    tables.LoggingChanged,
    tables.TablespaceChanged,
    tables.AccessMethodChanged,
    tables.PartitionDetached,
    tables.GenerationChanged,
    tables.ExclusionAdded,
    tables.ExclusionDropped,
    tables.PrimaryKeyDropped,
)
"""What takes away or demands, and so waits until no old code runs."""

_NOTES: dict[type, str] = {
    objects.EnumerationRebuilt: "It writes every table that uses the type anew, and nobody reads or"
    " writes these meanwhile: run it when no code runs that says a value that goes. A row with such"
    " a value makes it fail.",
    objects.DomainRebuilt: "It writes every table that uses the domain anew, and nobody reads or"
    " writes these meanwhile.",
    objects.EnumerationValueRenamed: "Code that says the old value fails from then on: let the new"
    " code know both.",
    tables.LoggingChanged: "It writes the whole table anew while nobody reads or writes it.",
    tables.TablespaceChanged: "It copies the whole table while nobody reads or writes it.",
    tables.AccessMethodChanged: "It writes the whole table anew while nobody reads or writes it.",
    tables.GenerationChanged: "It writes the whole table anew while nobody reads or writes it.",
    tables.ExclusionAdded: "It builds its index while nobody reads or writes the table; there is no"
    " other way.",
    tables.PartitionAttached: "It reads the table, and the default partition if there is one, while"
    " nobody uses them, but where a check proves what the partition takes.",
    tables.TableDropped: "Code that still names it fails from then on.",
    tables.TableRenamed: "Code that names the old one fails from then on: --renames view keeps it"
    " known.",
    tables.ColumnRenamed: "Code that names the old one fails from then on: --renames copy keeps it"
    " known.",
}


def phased_steps(scene: Scene) -> Iterator[Step]:
    """Give the steps of all changes, phase by phase."""
    maker = _Maker(scene)
    steps = [step for change in scene.changes for step in maker.steps(change)]
    for phase in PHASES:
        yield from (each for each in steps if each.phase == phase)


class _Maker:
    """Makes steps, and knows which changes belong to another one."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._widening: Phase = "contract" if self._forced_late() else "expand"
        self._around: set[int] = set()
        self._partner = self._partners()
        self._waiting = frozenset(id(each) for each in self._partner.values())
        self._again = self._coming_again()

    def steps(self, change: Change) -> Iterator[Step]:
        """Give the steps of a change; none where another change's steps did it."""
        if id(change) in self._waiting:
            # It goes when what takes its place comes.
            return
        gone = self._partner.get(id(change))
        if gone is not None:
            yield from self._pair(gone, change)
        elif id(change) in self._around:
            phase: Phase = "expand" if self._scene.rebuilds_types else "contract"
            yield from (replace(each, phase=phase) for each in self._one(change))
        elif self._on_new_table(change):
            yield self._plain(change, "expand")
        else:
            yield from self._one(change)

    def _on_new_table(self, change: Change) -> bool:
        table = getattr(change, "table", None)
        return isinstance(table, Table) and self._scene.is_fresh(table)

    def _forced_late(self) -> bool:
        """Tell whether something that views stand in the way of waits for old code to go."""
        if self._scene.rebuilds_types:
            return False
        for change in self._scene.changes:
            match change:
                case tables.TypeChanged() if not widens(change.before, change.after):
                    return True
                case tables.GenerationChanged() | objects.RoutineDropped():
                    return True
                case tables.ColumnDropped() if self._all_columns():
                    return True
                case objects.ViewDropped() if self._names_retyped(change):
                    return True
                case _ if self._names_copied(change):
                    return True
                case _:
                    pass
        return False

    def _names_copied(self, change: Change) -> bool:
        """Tell whether something that goes and comes again names a column that has two names."""
        if not isinstance(change, _AGAIN):
            return False
        said = _text_of(change)
        return bool(said) and any(
            names(said, each.table.name.text) and ("*" in said or names(said, each.after.name.text))
            for each in self._scene.copied
        )

    def _names_retyped(self, change: objects.ViewDropped) -> bool:
        """Tell whether a view that goes stands in the way of a type that changes."""
        said = words(change.view.query)
        return any(
            each.table.name.folded in said
            for each in self._scene.changes
            if isinstance(each, tables.TypeChanged)
        )

    def _all_columns(self) -> bool:
        """Tell whether a view that is made asks for all columns, those that go among them."""
        made = (each for each in self._scene.changes if isinstance(each, objects.ViewAdded))
        return any("*" in each.view.query for each in made)

    def _partners(self) -> dict[int, Change]:
        """Give, for what comes, what it takes the place of under the same name."""
        going: dict[object, Change] = {}
        for change in self._scene.changes:
            key = _replaces(change)
            if key is not None:
                going[key] = change
        found: dict[int, Change] = {}
        for change in self._scene.changes:
            key = _replaced_by(change)
            if key is None or key not in going:
                continue
            if self._apart(going[key], change):
                self._around |= {id(going[key]), id(change)}
            else:
                found[id(change)] = going[key]
        return found

    def _apart(self, gone: Change, made: Change) -> bool:
        """Tell whether something that changes stands between what goes and what comes."""
        retyped = {column for _, _, column in self._scene.late_columns}
        match gone, made:
            case tables.CheckDropped(), tables.CheckAdded():
                if check_content(gone.check) == check_content(made.check):
                    return True
                return bool(words(f"{gone.check.expression} {made.check.expression}") & retyped)
            case tables.IndexDropped(), tables.IndexAdded():
                if index_content(gone.index) == index_content(made.index):
                    return True
                return self._scene.late(made.table, made.index.columns)
            case _:
                return False

    def _pair(self, gone: Change, made: Change) -> Iterator[Step]:
        """Give the steps that put one thing in the place of another."""
        scene = self._scene
        match gone, made:
            case tables.IndexDropped(), tables.IndexAdded() if not _partitioned(made):
                yield from safe_indexes.replace_index(gone, made, scene)
            case tables.CheckDropped(), tables.CheckAdded():
                yield from safe_constraints.replace_check(gone, made, scene)
            case tables.ForeignKeyDropped(), tables.ForeignKeyAdded():
                yield from safe_constraints.replace_reference(gone, made, scene)
            case tables.PrimaryKeyDropped(), tables.PrimaryKeyAdded():
                yield from safe_constraints.add_primary_key(made, scene, gone)
            case _:
                changes = (gone, made)
                said = (each for one in changes for each in scene.speaker.say(one))
                up, down = scene.waiting(said), scene.waiting(scene.speaker.back(changes))
                phase: Phase = "contract" if isinstance(gone, _KEYS) else "expand"
                says = f"replace {title(made).partition(' ')[2]}"
                yield Step(phase, says, up, down, lost(changes), retry=True)

    def _one(self, change: Change) -> Iterator[Step]:
        scene = self._scene
        form = _FORMS.get(type(change))
        if form is not None:
            yield from form(change, scene)
        elif isinstance(change, tables.TypeChanged):
            yield from safe_columns.change_type(change, scene, self._widening)
        elif isinstance(change, tables.TableRenamed) and scene.options.renames != "direct":
            yield from seen_by_both(change, scene)
        elif isinstance(change, tables.ColumnRenamed) and scene.options.renames == "copy":
            yield from copied(change, scene)
        else:
            yield self._plain(change, self._phase(change))

    def _plain(self, change: Change, phase: Phase) -> Step:
        """Give a change as the statement that makes it at once."""
        scene = self._scene
        gone = [each for each in scene.changes if self._gone_first(each)]
        (step,) = direct_steps((change,), scene.speaker, scene.before, scene.after, phase, gone)
        note = _NOTES.get(type(change))
        notes = (note,) if note and not self._on_new_table(change) else ()
        if any(each.outside for each in step.up):
            return step
        up = scene.waiting(each.sql for each in step.up)
        down = scene.waiting(each.sql for each in step.down)
        return Step(phase, step.title, up, down, step.lost, notes, retry=True)

    def _gone_first(self, change: Change) -> bool:
        """Tell whether a change drops something while old code still runs."""
        return "Dropped" in type(change).__name__ and self._phase(change) == "expand"

    def _phase(self, change: Change) -> Phase:
        """Give when a change is made that has no form of its own."""
        scene = self._scene
        if id(change) in self._again:
            return self._widening
        text = _text_of(change)
        if text and scene.names_late(text, retyped=self._widening == "contract"):
            return "contract"
        demands = isinstance(change, _CONTRACT)
        at_once = (tables.GenerationChanged, objects.ViewDropped)
        if isinstance(change, at_once) and scene.rebuilds_types:
            demands = False
        match change:
            case tables.UniqueDropped() | tables.ForeignKeyDropped():
                demands = scene.any_gone(change.table, change.key.columns)
            case tables.CheckDropped():
                named = words(change.check.expression)
                own = [each for each in _columns(change.table) if each in named]
                demands = scene.any_gone(change.table, own)
            case objects.DomainNullabilityChanged():
                demands = not change.after.nullable
            case tables.RowSecurityChanged():
                demands = change.after.row_security
            case tables.IdentityChanged():
                demands = not change.after.auto
            case tables.DefaultChanged():
                # Old code may write rows without the column.
                demands = not (fills_itself(change.after) or scene.rebuilds_types)
            case _:
                pass
        return "contract" if demands else "expand"

    def _coming_again(self) -> frozenset[int]:
        """Give the changes that drop something and make it again, as it was or otherwise."""
        gone: dict[object, Change] = {}
        for change in self._scene.changes:
            if (key := _thing(change, "Dropped")) is not None:
                gone[key] = change
        found: set[int] = set()
        for change in self._scene.changes:
            key = _thing(change, "Added")
            if key is not None and key in gone:
                found |= {id(change), id(gone[key])}
        return frozenset(found)


def _primary_key(change: tables.PrimaryKeyAdded, scene: Scene) -> Iterator[Step]:
    return safe_constraints.add_primary_key(change, scene, None)


# Each takes changes of the class that it stands at.
_FORMS: dict[type, Callable[[Any, Scene], Iterator[Step]]] = {
    tables.IndexAdded: safe_indexes.add_index,
    tables.IndexDropped: safe_indexes.drop_old_index,
    tables.CheckAdded: safe_constraints.add_checked,
    tables.ForeignKeyAdded: safe_constraints.add_reference,
    tables.UniqueAdded: safe_constraints.add_unique,
    tables.PrimaryKeyAdded: _primary_key,
    tables.ColumnAdded: safe_columns.add_column,
    tables.ColumnDropped: safe_columns.drop_column,
    tables.NullabilityChanged: safe_columns.change_nullability,
}

_KEYS = (
    tables.UniqueDropped,
    tables.PrimaryKeyDropped,
    tables.ExclusionDropped,
    tables.ForeignKeyDropped,
)


def _partitioned(change: tables.IndexAdded) -> bool:
    return isinstance(change.table, Table) and change.table.partitioned


def _columns(table: Table) -> tuple[str, ...]:
    return tuple(each.name.folded for each in table.columns)


_GOING = {
    tables.IndexDropped: "index",
    tables.CheckDropped: "check",
    tables.ForeignKeyDropped: "key",
    tables.UniqueDropped: "key",
    tables.ExclusionDropped: "exclusion",
}
_COMING = {
    tables.IndexAdded: "index",
    tables.CheckAdded: "check",
    tables.ForeignKeyAdded: "key",
    tables.UniqueAdded: "key",
    tables.ExclusionAdded: "exclusion",
}


def _replaces(change: Change) -> object:
    """Give what a thing that goes is known by to what comes in its place."""
    return _known(change, _GOING, tables.PrimaryKeyDropped)


def _replaced_by(change: Change) -> object:
    return _known(change, _COMING, tables.PrimaryKeyAdded)


def _known(change: Change, fields: dict[type, str], primary: type) -> object:
    if isinstance(change, primary):
        return "primary key", _table(change)
    field = fields.get(type(change))
    name = getattr(getattr(change, field), "name", "") if field else ""
    kind = type(change).__name__.removesuffix("Dropped").removesuffix("Added")
    return (kind, _table(change), name) if name else None


def _text_of(change: Change) -> str:
    """Give the SQL of what is made, in which columns may be named."""
    match change:
        case objects.ViewAdded():
            return change.view.query
        case objects.ViewReplaced():
            return change.after.query
        case objects.TriggerAdded():
            return f"{change.trigger.table} {change.trigger.definition}"
        case objects.PolicyAdded():
            return f"{change.policy.table} {change.policy.definition}"
        case objects.RoutineAdded():
            return change.routine.definition
        case objects.OtherAdded():
            return f"{change.other.table} {change.other.definition}"
        case _:
            return ""


def _table(change: Change) -> object:
    table = getattr(change, "table", None)
    return (table.namespace, table.name.folded) if table is not None else None


def _thing(change: Change, end: str) -> object:
    """Give what an object that goes or comes is, if it is one that can come again."""
    if not isinstance(change, _AGAIN) or not type(change).__name__.endswith(end):
        return None
    for field in ("policy", "trigger", "other"):
        found = getattr(change, field, None)
        if found is not None:
            return field, getattr(found, "kind", ""), found.namespace, found.table, found.name
    if isinstance(change, (objects.ViewAdded, objects.ViewDropped)):
        return "view", change.view.namespace, change.view.name.folded
    routine = getattr(change, "routine", None)
    return ("routine", routine.namespace, routine.name, routine.arguments) if routine else None


_AGAIN = (
    objects.ViewAdded,
    objects.ViewDropped,
    objects.PolicyAdded,
    objects.PolicyDropped,
    objects.TriggerAdded,
    objects.TriggerDropped,
    objects.RoutineAdded,
    objects.RoutineDropped,
    objects.OtherAdded,
    objects.OtherDropped,
)
