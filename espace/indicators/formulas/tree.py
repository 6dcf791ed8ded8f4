"""The typed tree of a formula: frozen dataclasses, compared and hashed by what they say.

Positions (line and column inside the formula, both from 1) do not count in comparisons, so that
two formulas that say the same share their computation.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Position:
    line: int = 1
    column: int = 1


@dataclass(frozen=True)
class Node:
    """Any part of a formula."""

    position: Position = field(default=Position(), compare=False, repr=False, kw_only=True)

    def children(self) -> Iterator["Node"]:
        """Yield the direct parts, left to right."""
        for one in fields(self):
            value = getattr(self, one.name)
            if isinstance(value, Node):
                yield value
            elif isinstance(value, tuple):
                yield from (part for part in value if isinstance(part, Node))

    def walk(self) -> Iterator["Node"]:
        """Yield this node and everything under it."""
        yield self
        for child in self.children():
            yield from child.walk()


@dataclass(frozen=True)
class Number(Node):
    value: Decimal


@dataclass(frozen=True)
class Text(Node):
    value: str


@dataclass(frozen=True)
class Truth(Node):
    value: bool


@dataclass(frozen=True)
class Indicator(Node):
    """The result of another indicator: {ADH-01}."""

    code: str


@dataclass(frozen=True)
class Fact(Node):
    """One field of an entity: presence.date."""

    entity: str
    name: str


@dataclass(frozen=True)
class EntityName(Node):
    """An entity named whole, as in active(mandate)."""

    entity: str


@dataclass(frozen=True)
class ChosenPeriod(Node):
    """P, the period asked for."""


@dataclass(frozen=True)
class PeriodEnd(Node):
    """E, the last day of P (today when P is still running)."""


@dataclass(frozen=True)
class Duration(Node):
    """30 days, 1year: ``unit`` is day, month or year."""

    amount: int
    unit: str


@dataclass(frozen=True)
class Last(Node):
    """last 90 days: the window of that length which ends on E."""

    length: Duration


@dataclass(frozen=True)
class Arithmetic(Node):
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Compare(Node):
    operator: str
    left: Node
    right: Node


@dataclass(frozen=True)
class InList(Node):
    value: Node
    items: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True)
class InPeriod(Node):
    value: Node
    period: Node


@dataclass(frozen=True)
class IsNull(Node):
    value: Node
    negated: bool = False


@dataclass(frozen=True)
class AllOf(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class AnyOf(Node):
    parts: tuple[Node, ...]


@dataclass(frozen=True)
class Not(Node):
    value: Node


@dataclass(frozen=True)
class Call(Node):
    """name(arguments where condition by weight per key)."""

    name: str
    arguments: tuple[Node, ...]
    where: Node | None = None
    by: Node | None = None
    per: Node | None = None


@dataclass(frozen=True)
class At(Node):
    """The same computation at another period or date."""

    value: Node
    when: Node


@dataclass(frozen=True)
class PerResult(Node):
    """One result per value of a field, for a whole territory."""

    value: Node
    key: Node


def rebuild(node: Node, change: Callable[[Node], Node]) -> Node:
    """Return ``node`` with each direct part replaced by ``change(part)``."""
    new: dict[str, Any] = {}
    for one in fields(node):
        value = getattr(node, one.name)
        if isinstance(value, Node):
            new[one.name] = change(value)
        elif isinstance(value, tuple):
            new[one.name] = tuple(change(p) if isinstance(p, Node) else p for p in value)
    return replace(node, **new) if new else node


def written(node: Node) -> str:
    """Return the formula of a tree, written one single way: a key for words and for logs."""
    match node:
        case Number(value=value):
            return str(value)
        case Text(value=value):
            return f"'{value}'"
        case Truth(value=value):
            return "true" if value else "false"
        case Indicator(code=code):
            return "{" + code + "}"
        case Fact(entity=entity, name=name):
            return f"{entity}.{name}"
        case EntityName(entity=entity):
            return entity
        case ChosenPeriod():
            return "P"
        case PeriodEnd():
            return "E"
        case Duration(amount=amount, unit=unit):
            return f"{amount} {unit}s"
        case Last(length=length):
            return f"last {written(length)}"
        case Arithmetic(operator=sign, left=left, right=right):
            return f"({written(left)} {sign} {written(right)})"
        case At(value=value, when=when):
            return f"({written(value)} at {written(when)})"
        case PerResult(value=value, key=key):
            return f"{written(value)} per {written(key)}"
        case Call():
            return _written_call(node)
    return _written_condition(node)


def _written_condition(node: Node) -> str:
    match node:
        case Compare(operator=sign, left=left, right=right):
            return f"{written(left)} {sign} {written(right)}"
        case InList(value=value, items=items, negated=negated):
            listed = ", ".join(written(item) for item in items)
            return f"{written(value)} {'not in' if negated else 'in'} ({listed})"
        case InPeriod(value=value, period=period):
            return f"{written(value)} in {written(period)}"
        case IsNull(value=value, negated=negated):
            return f"{written(value)} is {'not null' if negated else 'null'}"
        case Not(value=value):
            return f"not {written(value)}"
        case AllOf(parts=parts):
            return "(" + " and ".join(written(part) for part in parts) + ")"
        case AnyOf(parts=parts):
            return "(" + " or ".join(written(part) for part in parts) + ")"
    raise TypeError(type(node).__name__)


def _written_call(call: Call) -> str:
    words = [", ".join(written(argument) for argument in call.arguments)]
    clauses = (("where", call.where), ("by", call.by), ("per", call.per))
    words += [f"{word} {written(value)}" for word, value in clauses if value is not None]
    return f"{call.name}({' '.join(words)})"
