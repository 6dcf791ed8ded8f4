"""What a formula says of time (P, E, year(E), shift(P, -30 days)…) depends on the period alone.

It is computed here once per period, in Python, so that both databases get plain dates.
"""

from datetime import date
from decimal import Decimal

from espace.indicators.formulas import tree
from espace.indicators.formulas.parse import FormulaError
from espace.indicators.rules import (
    Moment,
    Period,
    last_day,
    shift_date,
    window_before,
    year_period,
)

Constant = date | int | Period
ABOUT_TIME = ("year", "month", "date", "start", "months", "last_day", "shift")


def is_about_time(node: tree.Node) -> bool:
    """True when ``node`` depends on the period alone: no fact, no other indicator."""
    depends = False
    for part in node.walk():
        if isinstance(part, tree.ChosenPeriod | tree.PeriodEnd | tree.Last):
            depends = True
        elif isinstance(part, tree.Call):
            if part.name not in ABOUT_TIME:
                return False
        elif not isinstance(part, tree.Number | tree.Duration | tree.Arithmetic):
            return False
    return depends


def at(moment: Moment, when: tree.Node) -> Moment:
    """Return the moment seen from ``when``: another period, or a year given by its number."""
    value = constant(moment, when)
    if isinstance(value, int):
        value = year_period(value)
    if isinstance(value, date):
        raise FormulaError("'at' takes a period or a year", when.position)
    return Moment(value, moment.today)


def constant(moment: Moment, node: tree.Node) -> Constant:
    """Return the date, whole number or period that ``node`` is at ``moment``."""
    match node:
        case tree.ChosenPeriod():
            return moment.period
        case tree.PeriodEnd():
            return moment.end
        case tree.Number(value=value):
            return int(value)
        case tree.Last(length=length):
            return window_before(moment.end, length.amount, length.unit)
        case tree.Arithmetic():
            return _arithmetic(moment, node)
        case tree.Call():
            return _call(moment, node)
    raise FormulaError("not a date, a period or a year", node.position)


def _arithmetic(moment: Moment, node: tree.Arithmetic) -> Constant:
    left = constant(moment, node.left)
    sign = -1 if node.operator == "-" else 1
    if isinstance(node.right, tree.Duration):
        amount = sign * node.right.amount
        if isinstance(left, Period):
            return left.shift(amount, node.right.unit)
        if isinstance(left, date):
            return shift_date(left, amount, node.right.unit)
    right = constant(moment, node.right)
    if isinstance(left, int) and isinstance(right, int) and node.operator in "+-":
        return left + sign * right
    raise FormulaError("this sum of dates has no meaning", node.position)


def _call(moment: Moment, node: tree.Call) -> Constant:
    if node.name == "date":
        year, month, day = (int(Decimal(str(constant(moment, a)))) for a in node.arguments)
        return date(year, month, day)
    value = constant(moment, node.arguments[0])
    match node.name, value:
        case "shift", Period():
            length = node.arguments[1]
            if isinstance(length, tree.Duration):
                return value.shift(length.amount, length.unit)
        case "start", Period():
            return value.start
        case "months", Period():
            return len(value.months())
        case "year", date():
            return value.year
        case "month", date():
            return value.month
        case "last_day", date():
            return last_day(value)
    raise FormulaError(f"'{node.name}' cannot take this", node.position)
