"""What is left once the aggregates are read: sums, ratios and comparisons of a few numbers.

Unknown is kept as unknown: an operation on an unknown value gives an unknown value.
"""

import json
import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from espace.indicators.formulas import tree
from espace.indicators.formulas.moments import at, constant, is_about_time
from espace.indicators.formulas.sql import Compiler, Frame, NotComputableError
from espace.indicators.formulas.tree import Node
from espace.indicators.rules import Moment, Value, median

Row = Sequence[Any]
Computation = Callable[[Row, Moment], Value]
"""Gives the value from one row of cells, at the moment asked for."""

CELLS = ("count", "count_distinct", "sum", "mean", "median", "weeks_open")
COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


def plan(node: Node, compiler: Compiler, frame: Frame = ()) -> Computation:
    """Return how to compute ``node`` once the compiler's cells are read.

    Raises NotComputableError when a fact is not registered or a function has no meaning here.
    """
    if is_about_time(node):
        return _about_time(node, frame)
    match node:
        case tree.Number(value=number):
            return lambda row, moment: number
        case tree.Truth(value=truth):
            return lambda row, moment: truth
        case tree.At(value=value, when=when):
            return plan(value, compiler, (*frame, when))
        case tree.Call():
            return _call(node, compiler, frame)
        case tree.Arithmetic(operator=sign, left=left, right=right):
            one, other = plan(left, compiler, frame), plan(right, compiler, frame)
            return lambda row, moment: _arithmetic(sign, one(row, moment), other(row, moment))
        case tree.Compare(operator=sign, left=left, right=right):
            one, other = plan(left, compiler, frame), plan(right, compiler, frame)
            return lambda row, moment: _compare(sign, one(row, moment), other(row, moment))
        case tree.Not(value=value):
            part = plan(value, compiler, frame)
            return lambda row, moment: _not(part(row, moment))
        case tree.AllOf(parts=parts) | tree.AnyOf(parts=parts):
            planned = [plan(part, compiler, frame) for part in parts]
            decisive = isinstance(node, tree.AnyOf)
            return lambda row, moment: _together([p(row, moment) for p in planned], decisive)
    raise NotComputableError(type(node).__name__)


def _about_time(node: Node, frame: Frame) -> Computation:
    def compute(row: Row, moment: Moment) -> Value:
        for when in frame:
            moment = at(moment, when)
        value = constant(moment, node)
        return Decimal(value) if isinstance(value, int) else None

    return compute


def _call(call: tree.Call, compiler: Compiler, frame: Frame) -> Computation:
    if call.name in CELLS or (len(call.arguments) == 1 and call.name in ("min", "max")):
        index = compiler.cell(call, frame)
        if call.name == "median":
            return lambda row, moment: _median(row[index])
        return lambda row, moment: _number(row[index])
    parts = [plan(argument, compiler, frame) for argument in call.arguments]
    combine = _COMBINED.get(call.name)
    if combine is None:
        raise NotComputableError(call.name)
    return lambda row, moment: combine([part(row, moment) for part in parts])


def _number(raw: Any) -> Value:
    """SQLite sums decimals as floating point: six digits are more than any fact holds."""
    if raw is None:
        return None
    value = round(Decimal(str(raw)), 6)
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def _median(raw: str | None) -> Value:
    values = json.loads(raw) if raw else []
    return median(Decimal(number) for value in values if (number := _number(value)) is not None)


def _arithmetic(sign: str, one: Value, other: Value) -> Value:
    if one is None or other is None:
        return None
    left, right = Decimal(one), Decimal(other)
    match sign:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
    return left / right if right else None


def _compare(sign: str, one: Value, other: Value) -> Value:
    if one is None or other is None:
        return None
    return COMPARISONS[sign](one, other)


def _not(value: Value) -> Value:
    return None if value is None else not value


def _together(values: list[Value], decisive: bool) -> Value:
    """« or » is settled by one True, « and » by one False; else unknown wins."""
    if decisive in values:
        return decisive
    return None if None in values else not decisive


def _all_known(combine: Callable[[list[Decimal]], Decimal]) -> Callable[[list[Value]], Value]:
    def combined(values: list[Value]) -> Value:
        known = [Decimal(value) for value in values if value is not None]
        return combine(known) if len(known) == len(values) else None

    return combined


_COMBINED: Mapping[str, Callable[[list[Value]], Value]] = {
    "abs": _all_known(lambda values: abs(values[0])),
    "max": _all_known(max),
    "min": _all_known(min),
    "coalesce": lambda values: next((v for v in values if v is not None), None),
    "known": lambda values: values[0] is not None,
}
