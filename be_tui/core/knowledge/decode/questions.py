"""Questions from YAML, each kind in its own form; `docs/packs.md` gives it, key by key."""

from __future__ import annotations

from functools import partial
from math import inf
from typing import TYPE_CHECKING, NamedTuple, cast, get_args

from be_tui.core.knowledge.conditions import All, is_measure
from be_tui.core.knowledge.decode.conditions import COMBINING, read_condition
from be_tui.core.knowledge.decode.desk import identify
from be_tui.core.knowledge.model import (
    NONE,
    Option,
    Question,
    QuestionKind,
    Reading,
    Route,
    Unknown,
    Witness,
    ticked,
)
from be_tui.core.knowledge.quantities import UNITS, digits, quantity_words, read_quantity
from be_tui.core.yamlform import Listing, Mapping, Scalar, described

if TYPE_CHECKING:
    from be_tui.core.knowledge.conditions import Condition
    from be_tui.core.knowledge.decode.desk import Desk
    from be_tui.core.yamlform import Cursor, Node

MOST_TICKS = 10
"""Options of `several`: their sets are 1,024 answers then, and nobody reads a longer list."""

_UNREAD = inf
"""Where a band ends whose end cannot be read, which is a fault already."""


class _Asked(NamedTuple):
    """The question that is decoded, as far as its parts need to know it."""

    desk: Desk
    id: str
    kind: QuestionKind
    unit: str = ""

    @property
    def takes_number(self) -> bool:
        return self.kind in ("number", "duration")

    def number(self, at: Cursor, key: str) -> float | None:
        """Give the number under a key; one of time may have its unit: `200ms`."""
        node = at.find(key)
        if node is None:
            return None
        duration = self.kind == "duration"
        text = node.text if isinstance(node, Scalar) else ""
        number = read_quantity(text, self.unit, duration=duration)
        if number is None:
            expected = f"a duration, such as `5 {self.unit}`" if duration else "a number"
            at.fault("wrong-type", f"{key}: expected {expected}, found {described(node)}", node)
        return number


def decode_question(desk: Desk, at: Cursor) -> Question:
    """Give one question, and keep the names that it uses."""
    identify(at, at.key)
    if at.name in COMBINING:
        at.fault("bad-id", f"`{at.name}` is a word of conditions; give another id", at.key)
    kind = cast("QuestionKind", at.choice("kind", get_args(QuestionKind), "choice"))
    asked = _Asked(desk, at.name, kind)
    asked = asked._replace(unit=_unit(at, kind) if asked.takes_number else "")
    least = asked.number(at, "at_least") if asked.takes_number else None
    most = asked.number(at, "at_most") if asked.takes_number else None
    routes = at.items("routes", partial(decode_route, desk, at.name))
    check_over(at, routes)
    return Question(
        id=at.name,
        ask=at.text("ask"),
        why=desk.markdown(at, "why"),
        options=_options(asked, at, least or 0.0, most),
        unknown=at.one("unknown", partial(_unknown, asked)),
        sources=desk.cited(at),
        witnesses=at.items("evidence", partial(_witness, asked)),
        routes=routes,
        line=at.line,
        kind=kind,
        unit=asked.unit,
        at_least=least or 0.0,
        at_most=most,
    )


def _unit(at: Cursor, kind: QuestionKind) -> str:
    return at.choice("unit", tuple(UNITS)) if kind == "duration" else at.text("unit")


def _options(asked: _Asked, at: Cursor, least: float, most: float | None) -> tuple[Option, ...]:
    match asked.kind:
        case "choice":
            return at.each("options", partial(_option, asked), least=2)
        case "yes-no":
            return _yes_or_no(asked, at, "yes", "Yes"), _yes_or_no(asked, at, "no", "No")
        case "several":
            return _ticks(asked, at)
        case "number" | "duration":
            bands = at.each("options", partial(_band, asked), least=2)
            _check_bands(asked, at, bands, least, most)
            return _labelled(asked, bands)


def _option(asked: _Asked, at: Cursor) -> Option:
    identify(at, at.key)
    return Option(
        id=at.name,
        label=at.text("label"),
        to=target(at, asked.desk, "to", asked.id),
        note=at.text("note", ""),
    )


def _yes_or_no(asked: _Asked, at: Cursor, key: str, label: str) -> Option:
    """Give one of the two answers: where it leads, or a mapping that says more."""
    if not isinstance(at.need(key), Scalar):
        return at.one(key, partial(_said, asked, key, label))
    return Option(key, label, target(at, asked.desk, key, asked.id))


def _said(asked: _Asked, key: str, label: str, at: Cursor) -> Option:
    to = target(at, asked.desk, "to", asked.id)
    return Option(key, at.text("label", label), to, at.text("note", ""))


def _ticks(asked: _Asked, at: Cursor) -> tuple[Option, ...]:
    otherwise = target(at, asked.desk, "otherwise", asked.id)
    options = at.each("options", partial(_tick, otherwise), least=2)
    if len(options) > MOST_TICKS:
        message = f"options: expected at most {MOST_TICKS} to tick, found {len(options)}"
        at.fault("wrong-type", message, at.find("options"))
    return options[:MOST_TICKS]


def _tick(otherwise: str, at: Cursor) -> Option:
    identify(at, at.key)
    if at.name == NONE:
        message = f"`{NONE}` is held by be-tui: the answer that ticks nothing; leave it out"
        at.fault("bad-id", message, at.key)
    return Option(at.name, at.text("label"), otherwise, at.text("note", ""))


def _band(asked: _Asked, at: Cursor) -> Option:
    identify(at, at.key)
    if at.name[:1].isdigit():
        message = (
            f"a band's id begins with a letter, for `{at.name}` could be a number that was typed"
        )
        at.fault("bad-id", message, at.key)
    below = asked.number(at, "below")
    if below is None and at.has("below"):
        below = _UNREAD
    return Option(
        id=at.name,
        label=at.text("label", ""),
        to=target(at, asked.desk, "to", asked.id),
        note=at.text("note", ""),
        below=below,
    )


def _check_bands(
    asked: _Asked, at: Cursor, bands: tuple[Option, ...], least: float, most: float | None
) -> None:
    """Check that bands follow each other within the bounds: without a gap, without an overlap."""
    options = at.find("options")
    places = dict(zip(bands, _values(options), strict=False))
    before = least
    for band in bands[:-1]:
        key, place = f"options.{band.id}.below", places.get(band)
        if band.below is None:
            at.fault("missing-key", f"`{key}` is missing: only the last band has no end", place)
        if band.below is None or band.below == _UNREAD:
            return
        if band.below <= before:
            expected = f"more than {_shown(asked, before)}, where the band begins"
            message = f"{key}: expected {expected}, found {_shown(asked, band.below)}"
            at.fault("wrong-type", message, place)
        elif most is not None and band.below > most:
            message = f"{key}: expected at most {_shown(asked, most)}, which is `at_most`"
            at.fault("wrong-type", message, place)
        before = band.below
    if bands and bands[-1].below is not None:
        message = f"options.{bands[-1].id}.below: the last band has no end; leave it out"
        at.fault("wrong-type", message, places.get(bands[-1]))


def _values(node: Node | None) -> tuple[Node, ...]:
    return tuple(value for _, value in node.pairs) if isinstance(node, Mapping) else ()


def _labelled(asked: _Asked, bands: tuple[Option, ...]) -> tuple[Option, ...]:
    """Name the bands that have no label by their bounds: `100 to 1,000`."""
    begins: tuple[float | None, ...] = (None, *(band.below for band in bands))
    return tuple(
        band if band.label else _named(asked, band, begin)
        for begin, band in zip(begins, bands, strict=False)
    )


def _named(asked: _Asked, band: Option, begin: float | None) -> Option:
    if begin is None:
        label = f"Under {_shown(asked, band.below or 0)}"
    elif band.below is None:
        label = f"{_shown(asked, begin)} or more"
    else:
        label = f"{_shown(asked, begin)} to {_shown(asked, band.below)}"
    return Option(band.id, label, band.to, band.note, band.below)


def _shown(asked: _Asked, number: float) -> str:
    return (
        quantity_words(number, asked.unit, duration=True)
        if asked.kind == "duration"
        else digits(number)
    )


def _unknown(asked: _Asked, at: Cursor) -> Unknown:
    assume = _answer(asked, at, "assume")
    return Unknown(assume=assume, price=at.text("price"), find_out=at.text("find_out", ""))


def _witness(asked: _Asked, at: Cursor) -> Witness:
    probe = at.text("probe")
    asked.desk.mention("probe", probe, at.find("probe"), at, owner=asked.id)
    return Witness(probe, at.items("readings", partial(_reading, asked), least=1))


def _reading(asked: _Asked, at: Cursor) -> Reading:
    if asked.takes_number and at.has("takes"):
        takes = at.text("takes")
        asked.desk.mention("measure", takes, at.find("takes"), at, owner=asked.id)
        has = at.has("when")
        when = decode_condition(at, asked.desk, asked.id, answers=False) if has else All(())
        return Reading(when=when, answer="", says=at.text("says"), takes=takes)
    answer = _answer(asked, at, "answer")
    when = decode_condition(at, asked.desk, asked.id, answers=False)
    return Reading(when=when, answer=answer, says=at.text("says"))


def _answer(asked: _Asked, at: Cursor, key: str) -> str:
    """Give the answer that is named under a key; where several may be ticked, a list of them."""
    node = at.need(key)
    if asked.kind == "several" and isinstance(node, Listing):
        named = at.placed_texts(key, least=1)
    else:
        text = at.text(key)
        named = ((text, node),) if isinstance(node, Scalar) else ()
    for option, place in named:
        asked.desk.mention("answer", asked.id, place, at, owner=asked.id, option=option)
    return ticked(option for option, _ in named)


def decode_route(desk: Desk, owner: str, at: Cursor) -> Route:
    """Give one exception to where answers lead, or one rule of a table."""
    when = decode_condition(at, desk, owner, answers=True)
    to, label = target(at, desk, "to", owner), at.text("label")
    return Route(when=when, to=to, label=label, over=at.texts("over"))


def check_over(at: Cursor, routes: tuple[Route, ...]) -> None:
    """Report what a rule or route goes before that does not come after it."""
    for place, route in enumerate(routes):
        later = [each.label for each in routes[place + 1 :]]
        for label in route.over:
            if label not in later:
                near = at.faults.meant(label, later)
                hint = f"; did you mean `{near}`?" if near else ""
                at.fault("wrong-type", f"over: nothing after `{route.label}` is `{label}`{hint}")


def decode_condition(at: Cursor, desk: Desk, owner: str, *, answers: bool) -> Condition:
    """Give the condition under `when`, and keep the names that it reads.

    Args:
        at: Where it stands.
        desk: What keeps the names.
        owner: The question that it stands in.
        answers: Whether it may read answers, and not measures only.
    """

    def take(name: Scalar, value: Scalar | None) -> None:
        if is_measure(name.text):
            desk.mention("measure", name.text, name, at, owner=owner)
        elif not answers:
            at.fault("wrong-type", f"when: a reading reads measures, `{name.text}` is none", name)
        elif value is not None:
            desk.mention(
                "answer",
                name.text,
                value,
                at,
                owner=owner,
                option=value.text,
                early=name.text != owner,
            )

    return read_condition(at, "when", take)


def target(at: Cursor, desk: Desk, key: str, owner: str) -> str:
    """Give the question or outcome that a key leads to."""
    found = at.text(key)
    desk.mention("target", found, at.find(key), at, owner=owner)
    return found
