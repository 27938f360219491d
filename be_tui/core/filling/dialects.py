"""The SQL that values are made by: whole numbers within 64 bits, the same on every engine."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from be_tui.core.filling.model import Make
    from be_tui.core.sqltext import Engine

_PRIMES = (2_147_483_647, 2_147_483_629, 2_147_483_587)
"""The three greatest below 2^31: a product of two numbers below stays within 63 bits."""

SHARES = 1_000_000
"""Parts that a share is counted in."""


@dataclass(frozen=True, slots=True)
class Sql:
    """Writes expressions for one engine."""

    engine: Engine
    seed: int

    def draw(self, row: str, salt: str) -> str:
        """Give a number from 0 to two billion that looks drawn by lot.

        Three linear steps, each with another modulus, stand for one that is not linear.
        """
        said = f"({row})"
        for prime, (times, plus) in zip(_PRIMES, self._numbers(salt), strict=True):
            said = f"(({said} * {times} + {plus}) % {prime})"
        return said

    def below(self, row: str, salt: str, most: int) -> str:
        """Give a number from 0 to one below a bound, each as often."""
        return f"({self.draw(row, salt)} % {most})" if most > 1 else "0"

    def skewed(self, row: str, salt: str, most: int, skew: float) -> str:
        """Give a number from 0 to one below a bound, some far more often than others: 0 most.

        Args:
            row: The SQL of the row's number.
            salt: What tells this draw from others.
            most: The bound.
            skew: The share of rows that follow Zipf's law; the others are spread evenly.
        """
        if skew <= 0 or most < 2:  # noqa: PLR2004 (one value cannot be skewed)
            return self.below(row, salt, most)
        rank = self._zipf(row, f"{salt}/rank", most)
        scattered = f"(({rank}) * {_coprime(most)} % {most})"
        if skew >= 1:
            return scattered
        lot = f"{self.draw(row, f'{salt}/skew')} % {SHARES}"
        even = self.below(row, salt, most)
        return f"(CASE WHEN {lot} < {round(skew * SHARES)} THEN {scattered} ELSE {even} END)"

    def weighted(self, row: str, salt: str, shares: Sequence[float], rest: str) -> str:
        """Give the place of a share, drawn as often as it says, or the rest's number."""
        values = [str(at) for at in range(len(shares))]
        return self.shared(self.draw(row, f"{salt}/share"), shares, values, rest)

    def shared(self, lot: str, shares: Sequence[float], values: Sequence[str], rest: str) -> str:
        """Give one of some values by lot, each as often as its share says, or the rest."""
        until = [round(total * SHARES) for total in accumulate(shares)]
        return _halved(f"{lot} % {SHARES}", until, [*values, rest])

    def of_list(self, values: Sequence[str], place: str) -> str:
        """Give the value at a place."""
        if len(values) == 1:
            return values[0]
        arms = " ".join(f"WHEN {at} THEN {value}" for at, value in enumerate(values))
        return f"(CASE {place} {arms} END)"

    def text(self, value: str) -> str:
        """Give a literal."""
        doubled = value.replace("'", "''")
        if self.engine in ("mariadb", "mysql"):
            doubled = doubled.replace("\\", "\\\\")
        return f"'{doubled}'"

    def joined(self, *parts: str) -> str:
        """Give texts and numbers one after the other."""
        if self.engine in ("mariadb", "mysql"):
            return f"CONCAT({', '.join(parts)})"
        return f"({' || '.join(parts)})"

    def divided(self, value: str, by: int) -> str:
        """Give a whole number divided, without what remains."""
        return f"({value} {'DIV' if self.engine in ('mariadb', 'mysql') else '/'} {by})"

    def name(self, name: str) -> str:
        """Give a name in quotes."""
        if self.engine in ("mariadb", "mysql"):
            return "`" + name.replace("`", "``") + "`"
        return '"' + name.replace('"', '""') + '"'

    def series(self, first: int, count: int) -> str:
        """Give a table `s` of the numbers `i` from a first one on."""
        last = first + count - 1
        if self.engine == "postgresql":
            return f"generate_series({first}::bigint, {last}::bigint) AS s (i)"
        if self.engine == "sqlite":
            counting = f"SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}"  # noqa: S608 (our numbers)
            return f"(WITH RECURSIVE n (i) AS ({counting}) SELECT i FROM n) AS s"  # noqa: S608
        digits = math.ceil(math.log10(max(count, 2)))
        joined = " CROSS JOIN ".join(f"({_TEN}) d{at}" for at in range(digits))
        value = " + ".join(f"d{at}.n * {10**at}" for at in range(digits))
        return f"(SELECT {first} + {value} AS i FROM {joined} HAVING i <= {last}) AS s"  # noqa: S608

    def _zipf(self, row: str, salt: str, most: int) -> str:
        """Give a rank: the ranks from one power of two to the next are together as frequent."""
        steps = math.log2(most + 1)
        until, values = [], []
        inner = self.draw(row, f"{salt}/inner")
        for power in range(math.ceil(steps)):
            first = 2**power - 1
            size = min(2**power, most - first)
            until.append(round(min((power + 1) / steps, 1.0) * SHARES))
            values.append(f"{first} + {inner} % {size}" if size > 1 else str(first))
        return _halved(f"{self.draw(row, f'{salt}/step')} % {SHARES}", until[:-1], values)

    def _numbers(self, salt: str) -> list[tuple[int, int]]:
        data = hashlib.sha256(f"{self.seed}/{salt}".encode()).digest()
        numbers = [int.from_bytes(data[at : at + 4], "big") for at in range(0, 24, 4)]
        low, high = 1_000_003, 2_000_000_011
        pairs = zip(numbers[::2], numbers[1::2], strict=True)
        return [(low + times % (high - low), plus % high) for times, plus in pairs]


def _halved(lot: str, until: Sequence[int], values: Sequence[str]) -> str:
    """Give the value before the first bound that a lot is below, found by halves.

    Each comparison works the lot out anew, so there are as few as can be.
    """
    if not until:
        return values[0]
    middle = len(until) // 2
    low = _halved(lot, until[:middle], values[: middle + 1])
    high = _halved(lot, until[middle + 1 :], values[middle + 1 :])
    return f"(CASE WHEN {lot} < {until[middle]} THEN {low} ELSE {high} END)"


_TEN = " UNION ALL ".join(f"SELECT {digit} AS n" for digit in range(10))


def rarest(most: int) -> int:
    """Give a number that `Sql.skewed` draws as rarely as any."""
    return (most - 1) * _coprime(most) % most if most > 1 else 0


def _coprime(most: int) -> int:
    """Give a number that scatters ranks over all values, none twice."""
    found = max(int(most * 0.618), 1)
    while math.gcd(found, most) != 1:
        found += 1
    return found


def nullable(sql: Sql, make: Make, salt: str, share: float) -> Make:
    """Give what makes NULL of a share of the rows."""
    if share <= 0:
        return make
    if share >= 1:
        return lambda _: "NULL"
    few = round(share * SHARES)

    def made(row: str) -> str:
        lot = f"{sql.draw(row, f'{salt}/null')} % {SHARES}"
        return f"CASE WHEN {lot} < {few} THEN NULL ELSE {make(row)} END"

    return made
