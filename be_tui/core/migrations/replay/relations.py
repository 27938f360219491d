"""The relations of a database of PostgreSQL, as they stood before a migration.

Only the catalogue is asked, so that looking takes no lock on anybody's relation.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from be_tui.core.databases import Bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from be_tui.core.databases import Session

FIRST_OWN = 16384
"""Relations with a lower number are PostgreSQL's own."""

LOOKING = Bounds(rows=1_000_000)

RelationKind = Literal["table", "index", "view", "sequence"]

_KINDS: dict[str, RelationKind] = {
    **dict.fromkeys("rpf", "table"),
    **dict.fromkeys("iI", "index"),
    **dict.fromkeys("vm", "view"),
    "S": "sequence",
}
"""What `pg_class.relkind` means; a composite type or TOAST is nothing that people wait for."""

_ASKED = """
SELECT c.oid, CASE n.nspname WHEN 'public' THEN '' ELSE n.nspname || '.' END || c.relname,
  c.relkind, c.relfilenode, coalesce(i.indrelid, 0), c.relname
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_index i ON i.indexrelid = c.oid
WHERE c.oid >= {first} AND c.relkind IN ('r','p','f','i','I','v','m','S')
  AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"""


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation as the catalogue has it."""

    number: str
    shown: str
    """Folded, with its schema unless that is `public`."""

    kind: RelationKind
    file: str
    """The number of its file; another one after it was written anew."""

    stored: bool
    """Whether rows stand in it: a table or a materialised view, none that has partitions."""

    name: str
    table: str = "0"
    """The number of an index's table."""


class Relations:
    """What was there before, under the names of now."""

    def __init__(self, session: Session) -> None:
        """Read them all.

        Raises:
            StatementError: The server is gone.
        """
        self._known = dict(_read(session, ""))

    def __getitem__(self, number: str) -> Relation:
        """Give one by its number."""
        return self._known[number]

    def __contains__(self, number: object) -> bool:
        """Tell whether it was there before."""
        return number in self._known

    def kind_of(self, number: str) -> RelationKind | None:
        """Give what a relation is; None where it was not there."""
        return self._known[number].kind if number in self._known else None

    def __iter__(self) -> Iterator[Relation]:
        """Give them all."""
        return iter(self._known.values())

    def named(self, name: str, *among: Iterable[str]) -> Relation | None:
        """Give the table of a bare name; of several, one of the first numbers that have one."""
        found = [each for each in self if each.name == name and each.kind in ("table", "view")]
        for numbers in map(frozenset, among):
            for each in found:
                if each.number in numbers:
                    return each
        return found[0] if found else None

    def look_again(self, session: Session, numbers: Iterable[str] | None) -> dict[str, Relation]:
        """Take in names and files as they are now; give what those relations were before.

        Args:
            session: Whose view of them is taken.
            numbers: Which; None for all.
        """
        asked = [number for number in numbers if number in self] if numbers is not None else None
        if asked == []:
            return {}
        where = f" AND c.oid IN ({', '.join(asked)})" if asked else ""
        before = {}
        for number, now in _read(session, where):
            if number in self._known:
                before[number] = self._known[number]
                self._known[number] = replace(now, table=self._known[number].table)
        return before


def _read(session: Session, where: str) -> Iterator[tuple[str, Relation]]:
    for row in session.run(_ASKED.format(first=FIRST_OWN) + where, LOOKING).rows:
        number, shown, kind, file, table, name = map(str, row)
        yield (
            number,
            Relation(number, shown, _KINDS[kind], file, kind in "rm", name, table),
        )
