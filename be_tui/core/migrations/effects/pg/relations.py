"""The nouns: relations and what belongs to a table, under the names that the server gives them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from be_tui.core.schema import Check, Exclusion, ForeignKey, Index, Key, Table, View

RelationKind = Literal["table", "view", "index", "sequence"]


@dataclass(frozen=True, slots=True)
class Relation:
    """What locks are taken on."""

    shown: str
    """Its name, with its schema unless that is `public`."""

    kind: RelationKind
    table: Table | None = None
    view: View | None = None
    index: OwnIndex | None = None
    sequence: OwnSequence | None = None

    def __hash__(self) -> int:
        """Hash by the name, of which a database has one."""
        return hash(self.shown)


@dataclass(frozen=True, slots=True)
class OwnIndex:
    """An index, be it a key's, one made by itself, or that of a partition."""

    name: str
    on: str
    """The table or materialised view, as it is shown."""

    columns: tuple[str, ...]
    """Those it is ordered by; nothing for an expression."""

    uses: frozenset[str]
    """All columns that it needs: those of expressions, conditions and INCLUDE too."""

    unique: bool = False
    constraint: str = ""
    """`primary`, `unique` or `exclude` where it belongs to a constraint."""

    plain: bool = True
    """Whether it has neither a condition nor an expression."""

    method: str = "btree"
    parent: str = ""
    """The index of the parent's that it is part of, as it is shown."""

    deferrable: bool = False
    source: Index | Key | Exclusion | None = None


@dataclass(frozen=True, slots=True)
class OwnSequence:
    """A sequence, be it a column's or one made by itself."""

    name: str
    table: str = ""
    """Whose column owns it, as it is shown."""

    column: str = ""
    identity: bool = False


ConstraintKind = Literal["primary", "unique", "check", "foreign", "exclude", "not null"]


@dataclass(frozen=True, slots=True)
class Constraint:
    """A constraint of a table, of whichever kind."""

    kind: ConstraintKind
    name: str
    check: Check | None = None
    foreign: ForeignKey | None = None
    key: Key | None = None
    exclusion: Exclusion | None = None
    column: str = ""
    """For NOT NULL."""

    valid: bool = True


@dataclass(frozen=True, slots=True)
class Reference:
    """A foreign key, seen from either side."""

    table: Relation
    """The one that refers."""

    key: ForeignKey
