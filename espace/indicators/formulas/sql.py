"""From a formula's tree to SQL: every aggregate becomes one scalar sub-select.

Each entity is a common table (``f_presence``) already limited to the GEM; each period asked for is
one row of the common table ``m`` whose columns are the dates the formulas speak of. So many
figures over many periods are one statement, and its size does not depend on the GEM's people.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from espace.indicators.formulas import tree
from espace.indicators.formulas.check import own_entities
from espace.indicators.formulas.dialect import Dialect
from espace.indicators.formulas.moments import Constant, at, constant, is_about_time
from espace.indicators.formulas.tree import Node
from espace.indicators.rules import Moment, Period

Frame = tuple[Node, ...]
"""The « at » around a computation, outermost first; empty for the period asked for."""

ROW_FUNCTIONS = ("weekday", "year", "month", "hour", "last_day", "days_between", "years_between")
SIMPLE_AGGREGATES = {"mean": "AVG({0})", "min": "MIN({0})", "max": "MAX({0})",
    "sum": "CASE WHEN COUNT(*) = 0 THEN 0 ELSE SUM({0}) END"}  # fmt: skip


class NotComputableError(Exception):
    """The formula needs a fact that is not registered, or a function that SQL does not hold."""


@dataclass
class _Rows:
    """The rows open in one sub-select: alias per entity, and what is joined to them."""

    parent: "_Rows | None" = None
    aliases: dict[str, str] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)

    def alias(self, entity: str) -> str | None:
        """Return the nearest alias of ``entity``, here or around."""
        if entity in self.aliases:
            return self.aliases[entity]
        return self.parent.alias(entity) if self.parent else None

    def around(self) -> frozenset[str]:
        """Return the entities open here and around."""
        wider = self.parent.around() if self.parent else frozenset()
        return wider | frozenset(self.aliases)


class Compiler:
    """Collects the cells (sub-selects), columns and dates that a batch of formulas needs."""

    def __init__(
        self,
        dialect: Dialect,
        fields: Mapping[str, frozenset[str]],
        groupings: Mapping[str, Mapping[str, str]],
    ) -> None:
        self.dialect = dialect
        self.fields = fields
        self.groupings = groupings
        self.cells: dict[str, int] = {}
        self.columns: dict[str, set[str]] = {}
        self.hoisted: dict[str, str] = {}
        self.groups: dict[str, str] = {}
        self.constants: dict[tuple[Frame, Node], str] = {}
        self._aliases = 0

    # --- what the outside asks ---

    def cell(self, call: tree.Call, frame: Frame) -> int:
        """Return the number of the cell that holds an aggregate of the whole GEM.

        Raises NotComputableError when a fact is not registered.
        """
        sql = self._aggregate(call, _Rows(), frame)
        return self.cells.setdefault(sql, len(self.cells))

    def moment_row(self, moment: Moment) -> list[date | int]:
        """Return the values of ``m`` for one period, in the order of ``moment_columns``."""
        values: list[date | int] = []
        for frame, node in self.constants:
            value = self._constant(moment, frame, node)
            values += [value.start, value.end] if isinstance(value, Period) else [value]
        return values

    def moment_columns(self) -> list[tuple[str, type]]:
        """Return the columns of ``m`` and what they hold (date or int)."""
        any_moment = Moment(Period(date(2000, 1, 1), date(2000, 1, 31)), date(2000, 1, 31))
        columns: list[tuple[str, type]] = []
        for (frame, node), name in self.constants.items():
            value = self._constant(any_moment, frame, node)
            if isinstance(value, Period):
                columns += [(f"{name}_start", date), (f"{name}_end", date)]
            else:
                columns.append((name, type(value)))
        return columns

    def _constant(self, moment: Moment, frame: Frame, node: Node) -> Constant:
        for when in frame:
            moment = at(moment, when)
        return constant(moment, node)

    # --- dates ---

    def _time(self, node: Node, frame: Frame) -> str:
        name = self.constants.setdefault((frame, node), f"k{len(self.constants)}")
        return f"m.{name}"

    # --- rows ---

    def _column(self, fact: tree.Fact, rows: _Rows) -> str:
        alias = rows.alias(fact.entity)
        if alias is None or fact.name not in self.fields.get(fact.entity, ()):
            raise NotComputableError(f"{fact.entity}.{fact.name}")
        self.columns.setdefault(fact.entity, set()).add(fact.name)
        return f"{alias}.c_{fact.name}"

    def _open(self, entity: str, rows: _Rows) -> str:
        if entity not in self.fields:
            raise NotComputableError(entity)
        self._aliases += 1
        self.columns.setdefault(entity, set())
        rows.aliases[entity] = f"t{self._aliases}"
        return rows.aliases[entity]

    def _open_for(self, call: tree.Call, parent: _Rows) -> _Rows:
        rows = _Rows(parent)
        lead, *others = own_entities(call)
        self._open(lead, rows)
        for entity in others:
            if entity not in parent.around():
                self._open(entity, rows)
        return rows

    def _from(self, rows: _Rows) -> str:
        tables = [f"f_{entity} {alias}" for entity, alias in rows.aliases.items()]
        others = [f"INNER JOIN {table} ON 1 = 1" for table in tables[1:]]
        return " ".join([tables[0], *others, *rows.joins])

    # --- aggregates ---

    def _aggregate(self, call: tree.Call, parent: _Rows, frame: Frame) -> str:
        argument = call.arguments[0]
        if call.name == "weeks_open":
            return self._weeks_open(call, parent, frame)
        if call.name in ("min", "max", "mean") and _is_aggregate(argument) and call.per:
            return self._over_groups(call, parent, frame)
        rows = self._open_for(call, parent)
        where = self._where(call, rows, frame)
        if call.name == "count":
            return self._select("COUNT(*)", rows, where)
        if call.name == "count_distinct":
            return self._count_distinct(argument, rows, where, frame)
        if call.name == "median":
            return self._number_list(call, rows, where, frame)
        if call.name in SIMPLE_AGGREGATES:
            value = self._scalar(argument, rows, frame)
            return self._select(SIMPLE_AGGREGATES[call.name].format(value), rows, where)
        raise NotComputableError(call.name)

    def _where(self, call: tree.Call, rows: _Rows, frame: Frame) -> str:
        return self._condition(call.where, rows, frame) if call.where else ""

    def _select(self, what: str, rows: _Rows, where: str, group: str = "") -> str:
        inside = _words(
            "SELECT", what, "FROM", self._from(rows), where and "WHERE " + where,
            group and "GROUP BY " + group,
        )  # fmt: skip
        return f"({inside})"

    def _number_list(self, call: tree.Call, rows: _Rows, where: str, frame: Frame) -> str:
        """The values of a median, as one JSON list: the median itself is a pure function."""
        value = self._scalar(call.arguments[0], rows, frame)
        if call.per is None:
            return self._select(self.dialect.number_list.format(value), rows, where)
        inner = self._select(f"{value} AS v", rows, where, self._group(call, rows))
        what = self.dialect.number_list.format("d.v")
        return "(" + _words("SELECT", what, "FROM", inner, "d") + ")"

    def _group(self, call: tree.Call, rows: _Rows) -> str:
        return self._column(call.per, rows) if isinstance(call.per, tree.Fact) else ""

    def _count_distinct(self, value: Node, rows: _Rows, where: str, frame: Frame) -> str:
        parts = [self._scalar(part, rows, frame) for part in _pair(value)]
        if len(parts) == 1:
            return self._select(f"COUNT(DISTINCT {parts[0]})", rows, where)
        known = " AND ".join([where or "1 = 1", *(f"{part} IS NOT NULL" for part in parts)])
        named = ", ".join(f"{part} AS p{rank}" for rank, part in enumerate(parts))
        inner = self._select(f"DISTINCT {named}", rows, known)
        return "(" + _words("SELECT COUNT(*) FROM", inner, "d") + ")"

    def _over_groups(self, call: tree.Call, parent: _Rows, frame: Frame) -> str:
        inner = call.arguments[0]
        if not isinstance(inner, tree.Call) or inner.name != "count":
            raise NotComputableError(call.name)
        rows = self._open_for(inner, parent)
        where = self._where(inner, rows, frame)
        group = self._group(call, rows)
        counted = self._select("COUNT(*) AS v", rows, where, group)
        what = SIMPLE_AGGREGATES[call.name].format("d.v")
        return "(" + _words("SELECT", what, "FROM", counted, "d") + ")"

    def _weeks_open(self, call: tree.Call, parent: _Rows, frame: Frame) -> str:
        rows = self._open_for(call, _Rows())
        day, outcome, window = call.arguments
        week = self.dialect.monday.format(self._scalar(day, rows, frame))
        where = self._condition(
            tree.AllOf(
                (tree.InPeriod(day, window), tree.Compare("=", outcome, tree.Text("ouvert")))
            ),
            rows,
            frame,
        )
        return self._select(f"COUNT(DISTINCT {week})", rows, where)

    def _nested(self, call: tree.Call, rows: _Rows, frame: Frame) -> str:
        """An aggregate inside a condition: of this row's group, of this row, or of the GEM."""
        if call.per is not None and not _is_aggregate(call.arguments[0]):
            return self._of_the_group(call, rows, frame)
        outside = self._try_alone(call, frame)
        if outside is None:
            return self._aggregate(call, rows, frame)
        return self._hoist(outside)

    def _try_alone(self, call: tree.Call, frame: Frame) -> str | None:
        """Return the SQL of a call that uses nothing of the rows around it, else None."""
        own = _Rows()
        own.aliases = dict.fromkeys(own_entities(call), "")
        if any(not _inside(call, name) for name in own.aliases):
            return None
        return self._aggregate(call, _Rows(), frame)

    def _hoist(self, sql: str) -> str:
        """Compute once per period what does not change from row to row (one level deep)."""
        if "m.h" in sql:
            return sql
        return "m." + self.hoisted.setdefault(sql, f"h{len(self.hoisted)}")

    def _of_the_group(self, call: tree.Call, rows: _Rows, frame: Frame) -> str:
        """min(membership.started_on per membership.person_id): joined on the row's own key."""
        key = call.per
        if not isinstance(key, tree.Fact) or call.name not in SIMPLE_AGGREGATES:
            raise NotComputableError(call.name)
        grouped = self._open_for(call, _Rows())
        value = SIMPLE_AGGREGATES[call.name].format(self._scalar(call.arguments[0], grouped, frame))
        where = self._where(call, grouped, frame)
        return self._join_group(grouped, self._column(key, grouped), value, where, rows, key)

    def _join_group(
        self, grouped: _Rows, key: str, value: str, where: str, rows: _Rows, outer_key: tree.Fact
    ) -> str:
        if "m.h" in value + where:
            raise NotComputableError("a group inside another")
        tables = f"m0 m INNER JOIN {self._from(grouped)} ON 1 = 1"
        inner = _words(
            "SELECT", f"m.i AS i, {key} AS k, {value} AS v", "FROM", tables,
            where and "WHERE " + where, "GROUP BY", f"m.i, {key}",
        )  # fmt: skip
        table = self.groups.setdefault(inner, f"g{len(self.groups)}")
        self._aliases += 1
        name = f"j{self._aliases}"
        link = self._same_key(outer_key, rows)
        rows.joins.append(f"LEFT JOIN {table} {name} ON {name}.i = m.i AND {name}.k = {link}")
        return f"{name}.v"

    def _same_key(self, key: tree.Fact, rows: _Rows) -> str:
        """Return the column of the rows at hand that names the same person as ``key``."""
        for entity, alias in rows.aliases.items():
            name = "id" if key.name == f"{entity}_id" else key.name
            if name in self.fields[entity]:
                self.columns[entity].add(name)
                return f"{alias}.c_{name}"
        raise NotComputableError(f"{key.entity}.{key.name}")

    # --- values and conditions of a row ---

    def _scalar(self, node: Node, rows: _Rows, frame: Frame) -> str:
        if is_about_time(node):
            return self._time(node, frame)
        match node:
            case tree.Number(value=value):
                return str(value)
            case tree.Text(value=value):
                return _quoted(value)
            case tree.Truth(value=value):
                return "TRUE" if value else "FALSE"
            case tree.Fact():
                return self._column(node, rows)
            case tree.At(value=value, when=when):
                return self._scalar(value, rows, (*frame, when))
            case tree.Arithmetic(operator=operator, left=left, right=right):
                one, other = self._scalar(left, rows, frame), self._scalar(right, rows, frame)
                if operator == "/":
                    return f"(1.0 * {one} / NULLIF({other}, 0))"
                return f"({one} {operator} {other})"
            case tree.Call():
                return self._call(node, rows, frame)
        return self._condition(node, rows, frame)

    def _call(self, call: tree.Call, rows: _Rows, frame: Frame) -> str:
        name, arguments = call.name, call.arguments
        if name in ("weeks_present", "days_present"):
            return self._times_present(call, rows, frame)
        if name in ("min", "max") and len(arguments) == 2:
            template = self.dialect.greatest if name == "max" else self.dialect.least
            return template.format(*(self._scalar(one, rows, frame) for one in arguments))
        if _is_aggregate(call) or name == "weeks_open":
            return self._nested(call, rows, frame)
        if name == "date_of":
            day, condition = self._scalar(arguments[0], rows, frame), arguments[1]
            return f"MIN(CASE WHEN {self._condition(condition, rows, frame)} THEN {day} END)"
        values = [self._scalar(one, rows, frame) for one in arguments]
        if name in ROW_FUNCTIONS:
            return str(getattr(self.dialect, name)).format(*values)
        if name == "iso_week":
            return self.dialect.monday.format(*values)
        if name in ("coalesce", "abs"):
            return f"{name}({', '.join(values)})"
        if name in self.groupings:
            whens = (f"WHEN {_quoted(k)} THEN {_quoted(v)}" for k, v in
                     self.groupings[name].items())  # fmt: skip
            return _words("CASE", values[0], *whens, "END")
        raise NotComputableError(name)

    def _times_present(self, call: tree.Call, rows: _Rows, frame: Frame) -> str:
        """Different weeks (or days) with a presence of this row's person; none is 0."""
        who, day, window = call.arguments
        if not isinstance(who, tree.Fact):
            raise NotComputableError(call.name)
        grouped = self._open_for(call, _Rows())
        when = self._scalar(day, grouped, frame)
        if call.name == "weeks_present":
            when = self.dialect.monday.format(when)
        where = self._condition(tree.InPeriod(day, window), grouped, frame)
        value = self._join_group(
            grouped, self._column(who, grouped), f"COUNT(DISTINCT {when})", where, rows, who
        )
        return f"COALESCE({value}, 0)"

    def _condition(self, node: Node, rows: _Rows, frame: Frame) -> str:
        match node:
            case tree.AllOf(parts=parts):
                return "(" + " AND ".join(self._condition(p, rows, frame) for p in parts) + ")"
            case tree.AnyOf(parts=parts):
                return "(" + " OR ".join(self._condition(p, rows, frame) for p in parts) + ")"
            case tree.Not(value=value):
                return f"NOT ({self._condition(value, rows, frame)})"
            case tree.IsNull(value=value, negated=negated):
                tested = self.dialect.is_null.format(self._scalar(value, rows, frame))
                return f"NOT ({tested})" if negated else tested
            case tree.InPeriod(value=value, period=period):
                bounds = self._time(period, frame)
                return f"{self._scalar(value, rows, frame)} BETWEEN {bounds}_start AND {bounds}_end"
            case tree.InList(value=value, items=items, negated=negated):
                listed = ", ".join(self._scalar(item, rows, frame) for item in items)
                word = "NOT IN" if negated else "IN"
                return f"{self._scalar(value, rows, frame)} {word} ({listed})"
            case tree.Compare(operator=operator, left=left, right=right):
                sign = "<>" if operator == "!=" else operator
                one, other = self._scalar(left, rows, frame), self._scalar(right, rows, frame)
                return f"{one} {sign} {other}"
            case tree.Call():
                return self._test(node, rows, frame)
        return self._scalar(node, rows, frame)

    def _test(self, call: tree.Call, rows: _Rows, frame: Frame) -> str:
        if call.name == "known":
            return f"{self._scalar(call.arguments[0], rows, frame)} IS NOT NULL"
        if call.name == "active":
            return self._active(call, rows, frame)
        if call.name not in ("has_row", "no_presence"):
            return self._call(call, rows, frame)
        inner = self._open_for(call, rows)
        first = call.arguments[0]
        conditions = list(call.arguments)
        tests = []
        if isinstance(first, tree.Fact):
            conditions = conditions[1:]
            tests.append(f"{self._column(first, inner)} = {self._same_key(first, rows)}")
        if call.name == "no_presence":
            conditions = [tree.InPeriod(conditions[0], conditions[1])]
        tests += [self._condition(one, inner, frame) for one in conditions]
        if call.name == "no_presence":
            return "NOT EXISTS " + self._select("1", inner, " AND ".join(tests))
        return self._is_listed(conditions, tests, inner, rows, frame) or (
            "EXISTS " + self._select("1", inner, " AND ".join(tests))
        )

    def _is_listed(
        self, conditions: list[Node], tests: list[str], inner: _Rows, rows: _Rows, frame: Frame
    ) -> str:
        """Write « a row with the same value » as a list read once, when it does not depend on P.

        Measured: a sub-select per row took 8 times longer on a quarter of 3,000 passages.
        """
        first = conditions[0] if conditions else None
        if len(conditions) != len(tests) or not isinstance(first, tree.Compare):
            return ""
        mine, other = first.left, first.right
        if not (isinstance(mine, tree.Fact) and isinstance(other, tree.Fact)):
            return ""
        if first.operator != "=" or mine.entity not in inner.aliases:
            return ""
        value = self._column(mine, inner)
        listed = self._select(value, inner, " AND ".join([f"{value} IS NOT NULL", *tests[1:]]))
        outside = self._scalar(other, rows, frame)
        if "m." in listed or outside.split(".")[0] + "." in listed:
            return ""
        return f"({outside} IS NOT NULL AND {outside} IN {listed})"

    def _active(self, call: tree.Call, rows: _Rows, frame: Frame) -> str:
        entity = call.arguments[0]
        if not isinstance(entity, tree.EntityName):
            raise NotComputableError("active")
        started = self._column(tree.Fact(entity.entity, "started_on"), rows)
        ended = self._column(tree.Fact(entity.entity, "ended_on"), rows)
        end = self._time(tree.PeriodEnd(), frame)
        return f"({started} <= {end} AND ({ended} IS NULL OR {ended} >= {end}))"


def _is_aggregate(node: Node) -> bool:
    return isinstance(node, tree.Call) and (
        node.name in ("count", "count_distinct", "median")
        or (node.name in SIMPLE_AGGREGATES and len(node.arguments) == 1)
    )


def _inside(call: tree.Call, entity: str) -> bool:
    """True when ``entity`` is counted by the call itself, not a row around it."""
    argument = call.arguments[0]
    return any(isinstance(n, tree.Fact) and n.entity == entity for n in argument.walk())


def _pair(value: Node) -> list[Node]:
    if isinstance(value, tree.Arithmetic) and value.operator == "+":
        return [*_pair(value.left), *_pair(value.right)]
    return [value]


def _words(*words: str) -> str:
    return " ".join(word for word in words if word)


def _quoted(text: str) -> str:
    escaped = text.replace("'", "''").replace("%", "%%")
    return f"'{escaped}'"
