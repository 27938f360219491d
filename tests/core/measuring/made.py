"""A measurement that is told, without a database."""

from __future__ import annotations

from be_tui.core.measuring import Built, Case, Measured, Measurement, Price, Timing

_QUICK, _LONG = (0.1, 0.11, 0.12, 0.1, 0.11), (20.0, 21.0, 22.0, 20.5, 21.5)
FAST = Timing(_QUICK, _QUICK)
SLOW = Timing(_LONG, _LONG)
DDL = "CREATE INDEX i ON posts (user_id)"


def case(before: Timing = SLOW, after: Timing = FAST, *, same: bool | None = True) -> Case:
    return Case("common", "user_id = 1", before, after, 99, 99, same, pages=400, pages_after=4)


def measurement(*cases: Case, rewrite: str = "") -> Measurement:
    query = Measured("SELECT * FROM posts WHERE user_id = 1", rewrite, cases or (case(),))
    price = Price("posts", "insert", 1000, FAST, SLOW)
    return Measurement(
        engine="postgresql",
        version="18.4",
        tables=(("users", 10), ("posts", 1000)),
        filled=0.5,
        indexes=(Built(DDL, 31_563_776, 800.0),),
        queries=(query,),
        prices=(price,),
        clock="cpu",
        seed=1,
        seconds=3.0,
        notes=("something was left out",),
    )
