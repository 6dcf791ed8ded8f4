"""A second reading of the language, slow and plain: loops over rows held in memory.

It shares the parser with the product and nothing else: what SQL computes is compared with it.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from espace.indicators.formulas import tree
from espace.indicators.rules import Period

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Around = dict[str, Row]


class Naive:
    """Computes one formula over ``rows`` (entity → rows) for one period."""

    def __init__(self, rows: Rows, period: Period, today: date) -> None:
        self.rows = rows
        self.period = period
        self.end = min(period.end, today)

    def value(self, node: Any, around: Around) -> Any:
        return getattr(self, "_" + type(node).__name__.lower())(node, around)

    # --- leaves ---

    def _number(self, node: tree.Number, around: Around) -> Any:
        return node.value

    def _text(self, node: tree.Text, around: Around) -> Any:
        return node.value

    def _truth(self, node: tree.Truth, around: Around) -> Any:
        return node.value

    def _fact(self, node: tree.Fact, around: Around) -> Any:
        return around[node.entity][node.name]

    def _periodend(self, node: tree.PeriodEnd, around: Around) -> Any:
        return self.end

    def _window(self, node: Any) -> Period:
        if isinstance(node, tree.Last):
            return Period(self.end - timedelta(days=node.length.amount - 1), self.end)
        return self.period

    # --- conditions: True, False, or None when unknown ---

    def _allof(self, node: tree.AllOf, around: Around) -> Any:
        found = [self.value(part, around) for part in node.parts]
        return False if False in found else None if None in found else True

    def _anyof(self, node: tree.AnyOf, around: Around) -> Any:
        found = [self.value(part, around) for part in node.parts]
        return True if True in found else None if None in found else False

    def _not(self, node: tree.Not, around: Around) -> Any:
        found = self.value(node.value, around)
        return None if found is None else not found

    def _isnull(self, node: tree.IsNull, around: Around) -> Any:
        return (self.value(node.value, around) is None) != node.negated

    def _inlist(self, node: tree.InList, around: Around) -> Any:
        found = self.value(node.value, around)
        if found is None:
            return None
        return (found in [self.value(item, around) for item in node.items]) != node.negated

    def _inperiod(self, node: tree.InPeriod, around: Around) -> Any:
        found, window = self.value(node.value, around), self._window(node.period)
        return None if found is None else window.start <= found <= window.end

    def _compare(self, node: tree.Compare, around: Around) -> Any:
        one, other = self.value(node.left, around), self.value(node.right, around)
        if one is None or other is None:
            return None
        return {"=": one == other, "!=": one != other}.get(node.operator) if (
            node.operator in ("=", "!=")
        ) else {"<": one < other, "<=": one <= other, ">": one > other, ">=": one >= other}[
            node.operator
        ]  # fmt: skip

    def _arithmetic(self, node: tree.Arithmetic, around: Around) -> Any:
        one, other = self.value(node.left, around), self.value(node.right, around)
        if one is None or other is None:
            return None
        if not isinstance(one, Decimal | int):
            return (one, other)
        match node.operator:
            case "+":
                return one + other
            case "-":
                return one - other
            case "*":
                return one * other
        return Decimal(one) / Decimal(other) if other else None

    # --- calls ---

    def _call(self, node: tree.Call, around: Around) -> Any:
        return getattr(self, "call_" + node.name)(node, around)

    def _kept(self, node: tree.Call, around: Around) -> list[Around]:
        """Every way to choose one row of each entity of the call, that the condition keeps."""
        names = _entities(node, around)
        choices: list[Around] = [around]
        for name in names:
            choices = [{**one, name: row} for one in choices for row in self.rows[name]]
        if node.where is None:
            return choices
        return [one for one in choices if self.value(node.where, one) is True]

    def _values(self, node: tree.Call, around: Around) -> list[Any]:
        found = [self.value(node.arguments[0], one) for one in self._kept(node, around)]
        return [value for value in found if value is not None]

    def call_count(self, node: tree.Call, around: Around) -> Any:
        return len(self._kept(node, around))

    def call_count_distinct(self, node: tree.Call, around: Around) -> Any:
        return len(set(self._values(node, around)))

    def call_sum(self, node: tree.Call, around: Around) -> Any:
        kept, values = self._kept(node, around), self._values(node, around)
        return None if kept and not values else sum(values)

    def call_mean(self, node: tree.Call, around: Around) -> Any:
        values = self._values(node, around)
        return Decimal(sum(values)) / len(values) if values else None

    def call_min(self, node: tree.Call, around: Around) -> Any:
        if node.per is not None:
            key = node.per
            mine = around[key.entity][key.name]  # type: ignore[attr-defined]
            rows = [{key.entity: row} for row in self.rows[key.entity]]  # type: ignore[attr-defined]
            same = [one for one in rows if self.value(key, one) == mine and mine is not None]
            return min((self.value(node.arguments[0], one) for one in same), default=None)
        return min(self._values(node, around), default=None)

    def call_max(self, node: tree.Call, around: Around) -> Any:
        if len(node.arguments) == 2:
            found = [self.value(argument, around) for argument in node.arguments]
            return None if None in found else max(found)
        return max(self._values(node, around), default=None)

    def call_median(self, node: tree.Call, around: Around) -> Any:
        values = sorted(self._values(node, around))
        if not values:
            return None
        low, high = values[(len(values) - 1) // 2], values[len(values) // 2]
        return (Decimal(low) + Decimal(high)) / 2

    def call_has_row(self, node: tree.Call, around: Around) -> Any:
        first = node.arguments[0]
        lead = next(n for n in first.walk() if isinstance(n, tree.Fact)).entity
        conditions = list(node.arguments)
        key = conditions.pop(0) if isinstance(first, tree.Fact) else None
        for row in self.rows[lead]:
            same = key is None or (
                row[key.name] is not None and row[key.name] == _person(around)  # type: ignore[attr-defined]
            )
            if same and all(self.value(c, {**around, lead: row}) is True for c in conditions):
                return True
        return False

    def _days(self, node: tree.Call, around: Around) -> set[date]:
        window, mine = self._window(node.arguments[2]), _person(around)
        return {
            row["date"]
            for row in self.rows["presence"]
            if row["person_id"] == mine and mine is not None
            and window.start <= row["date"] <= window.end
        }  # fmt: skip

    def call_days_present(self, node: tree.Call, around: Around) -> Any:
        return len(self._days(node, around))

    def call_weeks_present(self, node: tree.Call, around: Around) -> Any:
        return len({day.isocalendar()[:2] for day in self._days(node, around)})

    def call_no_presence(self, node: tree.Call, around: Around) -> Any:
        return not self._days(node, around)

    def call_weeks_open(self, node: tree.Call, around: Around) -> Any:
        window = self._window(node.arguments[2])
        return len(
            {
                row["date"].isocalendar()[:2]
                for row in self.rows["slot"]
                if row["outcome"] == "ouvert" and window.start <= row["date"] <= window.end
            }
        )

    def call_active(self, node: tree.Call, around: Around) -> Any:
        row = around[node.arguments[0].entity]  # type: ignore[attr-defined]
        return row["started_on"] <= self.end and (
            row["ended_on"] is None or row["ended_on"] >= self.end
        )

    def _one(self, node: tree.Call, around: Around) -> Any:
        return self.value(node.arguments[0], around)

    def call_year(self, node: tree.Call, around: Around) -> Any:
        return self._one(node, around).year

    def call_month(self, node: tree.Call, around: Around) -> Any:
        return self._one(node, around).month

    def call_weekday(self, node: tree.Call, around: Around) -> Any:
        return self._one(node, around).isoweekday()

    def call_iso_week(self, node: tree.Call, around: Around) -> Any:
        return self._one(node, around).isocalendar()[:2]

    def call_hour(self, node: tree.Call, around: Around) -> Any:
        return self._one(node, around).hour

    def call_last_day(self, node: tree.Call, around: Around) -> Any:
        day = self._one(node, around)
        after = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return after - timedelta(days=1)

    def call_days_between(self, node: tree.Call, around: Around) -> Any:
        one, other = (self.value(argument, around) for argument in node.arguments)
        return None if one is None or other is None else (other - one).days

    def call_years_between(self, node: tree.Call, around: Around) -> Any:
        one, other = (self.value(argument, around) for argument in node.arguments)
        if one is None or other is None:
            return None
        not_yet = (other.month, other.day) < (one.month, one.day)
        return other.year - one.year - not_yet


def _person(around: Around) -> Any:
    row = next(row for row in reversed(around.values()) if "person_id" in row)
    return row["person_id"]


def _entities(node: tree.Call, around: Around) -> list[str]:
    """The entities named in a call, nested calls that count rows left out."""
    found: list[str] = []

    def look(part: Any) -> None:
        if isinstance(part, tree.Fact | tree.EntityName):
            found.append(part.entity)
        elif not ((isinstance(part, tree.Call) and part.name in NESTED and part.per is None)
                  or (isinstance(part, tree.Call) and part.per is not None)):  # fmt: skip
            for child in part.children():
                look(child)

    for child in node.children():
        look(child)
    lead = next(n.entity for n in node.arguments[0].walk() if isinstance(n, tree.Fact))
    return list(dict.fromkeys([lead, *(name for name in found if name not in around)]))


NESTED = {"count", "count_distinct", "sum", "has_row", "no_presence", "weeks_present",
    "days_present", "weeks_open", "min"}  # fmt: skip
