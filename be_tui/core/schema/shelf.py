"""Things by their keys, found by a name in the key too, in whatever case it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_Key = TypeVar("_Key", bound=tuple[str, ...])
_Value = TypeVar("_Value")

_MUST = object()


class Shelf(dict[_Key, _Value]):
    """A dictionary of keys whose second part is a name: the thing's, or that of its table."""

    __slots__ = ("_named",)

    def __init__(self, items: Mapping[_Key, _Value] | Iterable[tuple[_Key, _Value]] = ()) -> None:
        """Take things in."""
        super().__init__(items)
        self._named: dict[str, dict[_Key, None]] = {}
        for key in self:
            self._name(key)

    def named(self, name: str) -> Collection[_Key]:
        """Give the keys of a name, in the order in which they came."""
        return self._named.get(name.casefold(), {})

    def _name(self, key: _Key) -> None:
        self._named.setdefault(key[1].casefold(), {})[key] = None

    def __setitem__(self, key: _Key, value: _Value) -> None:
        super().__setitem__(key, value)
        self._name(key)

    def __delitem__(self, key: _Key) -> None:
        super().__delitem__(key)
        self._named[key[1].casefold()].pop(key, None)

    @overload  # type: ignore[override]
    def pop(self, key: _Key) -> _Value: ...

    @overload
    def pop(self, key: _Key, otherwise: None) -> _Value | None: ...

    def pop(self, key: _Key, otherwise: object = _MUST) -> object:
        """Let go of a thing; with None beside its key it need not be there."""
        found = super().pop(key) if otherwise is _MUST else super().pop(key, None)
        self._named.get(key[1].casefold(), {}).pop(key, None)
        return found

    def clear(self) -> None:
        """Let go of all."""
        super().clear()
        self._named.clear()

    def update(  # type: ignore[override]
        self, items: Mapping[_Key, _Value] | Iterable[tuple[_Key, _Value]]
    ) -> None:
        """Take things in."""
        for key, value in dict(items).items():
            self[key] = value
