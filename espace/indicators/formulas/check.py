"""Does a formula make sense? Facts, enum values, functions and types, against the fact model."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from espace.indicators.formulas import tree
from espace.indicators.formulas.parse import FormulaError
from espace.indicators.formulas.tree import Node

NUMBER, TEXT, BOOL, DATE, TIME, MONTH = "number", "text", "bool", "date", "time", "month"
REF, ENUM, PERIOD, DURATION, PAIR, WEEK = "ref", "enum", "period", "duration", "pair", "week"
DAYS = (DATE, MONTH)
KEYS = (REF, TEXT, ENUM)

AGGREGATES = frozenset(
    {
        "agreement",
        "count",
        "count_distinct",
        "date_of",
        "has_row",
        "last",
        "max",
        "mean",
        "median",
        "min",
        "previous",
        "role_mean",
        "statement_mean",
        "status",
        "sum",
        "weighted_mean",
    }
)
"""Functions that count rows of their own: facts may be named inside."""
OF_A_PERSON = frozenset({"weeks_present", "days_present", "no_presence", "weeks_open"})
"""Functions that look at other rows of the same person, or of the GEM."""

ARGUMENTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "abs": ((NUMBER,),),
    "year": (DAYS,),
    "month": (DAYS,),
    "weekday": ((DATE,),),
    "iso_week": ((DATE,),),
    "hour": ((TIME,),),
    "last_day": (DAYS,),
    "start": ((PERIOD,),),
    "months": ((PERIOD,),),
    "shift": ((PERIOD,), (DURATION,)),
    "date": ((NUMBER,), (NUMBER,), (NUMBER,)),
    "days_between": (DAYS, DAYS),
    "years_between": (DAYS, DAYS),
    "weeks_present": ((REF,), (DATE,), (PERIOD,)),
    "days_present": ((REF,), (DATE,), (PERIOD,)),
    "no_presence": ((REF,), (DATE,), (PERIOD,)),
    "weeks_open": ((DATE,), (ENUM,), (PERIOD,)),
    "role_mean": ((NUMBER,), (ENUM,)),
    "agreement": ((NUMBER,), (ENUM,)),
    "status": ((NUMBER,), (ENUM,), (ENUM,)),
    "statement_mean": ((NUMBER,),),
    "weighted_mean": ((NUMBER,),),
    "sum": ((NUMBER,),),
    "mean": ((NUMBER,),),
    "median": ((NUMBER,),),
    "date_of": (DAYS, (BOOL,)),
    "last": ((REF,),),
    "previous": ((REF,),),
}
RESULTS: Mapping[str, str] = {
    "last_day": DATE, "date": DATE, "date_of": DATE, "shift": PERIOD, "start": DATE,
    "iso_week": WEEK, "no_presence": BOOL, "has_row": BOOL, "known": BOOL, "active": BOOL,
    "status": TEXT, "last": REF, "previous": REF,
}  # fmt: skip
STATUSES = frozenset({"tenue", "pas_tenue", "a_discuter", "inconnue", "non_concerne"})


@dataclass(frozen=True)
class FactField:
    """A field of the fact model: its type, and what an enum may hold."""

    type: str
    values: tuple[str, ...] = ()


FactModel = Mapping[str, Mapping[str, FactField]]
Groupings = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Language:
    """What a catalogue lets a formula name."""

    facts: FactModel
    functions: Collection[str]
    groupings: Groupings
    codes: Collection[str]


def check(formula: Node, language: Language) -> str:
    """Return the type of the result, "number" or "bool". Raises FormulaError where it fails."""
    value = formula.value if isinstance(formula, tree.PerResult) else formula
    result = _Checker(language).type_of(value, frozenset())
    if result not in (NUMBER, BOOL):
        raise FormulaError(f"the result is a {result}, not a number or a yes / no", value.position)
    return result


Scope = frozenset[str]


class _Checker:
    """Walks a tree; ``scope`` is the set of entities whose rows are at hand."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def type_of(self, node: Node, scope: Scope) -> str:
        match node:
            case tree.Number():
                return NUMBER
            case tree.Truth():
                return BOOL
            case tree.Text():
                return TEXT
            case tree.ChosenPeriod() | tree.Last():
                return PERIOD
            case tree.PeriodEnd():
                return DATE
            case tree.Duration():
                return DURATION
            case tree.Indicator(code=code):
                return self._require(code in self.language.codes, f"no indicator {code}", node)
            case tree.Fact():
                return self._fact(node, scope).type
            case tree.Call():
                return self._call(node, scope)
            case tree.Arithmetic():
                return self._arithmetic(node, scope)
            case tree.At():
                self._expect(node.when, (PERIOD, NUMBER), scope)
                return self.type_of(node.value, scope)
        return self._condition(node, scope)

    def _require(self, fine: bool, message: str, node: Node, result: str = NUMBER) -> str:
        if not fine:
            raise FormulaError(message, node.position)
        return result

    def _expect(self, node: Node, types: tuple[str, ...], scope: Scope) -> str:
        found = self.type_of(node, scope)
        wanted = " or ".join(types)
        return self._require(found in types, f"a {wanted} is needed, not a {found}", node, found)

    def _fact(self, node: tree.Fact, scope: Scope) -> FactField:
        entity = self.language.facts.get(node.entity)
        if entity is None or node.name not in entity:
            raise FormulaError(f"unknown fact {node.entity}.{node.name}", node.position)
        if node.entity not in scope:
            raise FormulaError(f"no row of '{node.entity}' at hand here", node.position)
        described = entity[node.name]
        return FactField(NUMBER) if described.type == "int" else described

    def _condition(self, node: Node, scope: Scope) -> str:
        match node:
            case tree.AllOf(parts=parts) | tree.AnyOf(parts=parts):
                for part in parts:
                    self._expect(part, (BOOL,), scope)
            case tree.Not(value=value):
                self._expect(value, (BOOL,), scope)
            case tree.IsNull(value=value):
                self.type_of(value, scope)
            case tree.InPeriod(value=value, period=period):
                self._expect(value, DAYS, scope)
                self._expect(period, (PERIOD,), scope)
            case tree.InList(value=value, items=items):
                for item in items:
                    self._same(value, item, scope)
            case tree.Compare(left=left, right=right):
                self._same(left, right, scope)
            case _:
                raise FormulaError("not understood here", node.position)
        return BOOL

    def _same(self, left: Node, right: Node, scope: Scope) -> None:
        one, other = self.type_of(left, scope), self.type_of(right, scope)
        if isinstance(right, tree.Text):
            self._one_of(left, right, scope)
        else:
            alike = one == other or {one, other} <= set(DAYS) or {one, other} <= {REF, TEXT}
            self._require(alike, f"a {one} is compared with a {other}", right)

    def _one_of(self, left: Node, right: tree.Text, scope: Scope) -> None:
        allowed: Collection[str] | None = None
        if isinstance(left, tree.Fact):
            described = self._fact(left, scope)
            self._require(described.type in (ENUM, TEXT), "this fact is not a text", right)
            allowed = described.values or None
        elif isinstance(left, tree.Call) and left.name == "status":
            allowed = STATUSES
        if allowed is not None:
            self._require(right.value in allowed, f"unknown value '{right.value}'", right)

    def _arithmetic(self, node: tree.Arithmetic, scope: Scope) -> str:
        left, right = self.type_of(node.left, scope), self.type_of(node.right, scope)
        if left == right == NUMBER:
            return NUMBER
        if node.operator in "+-" and right == DURATION and left in (DATE, PERIOD):
            return left
        if node.operator == "+" and left in (REF, PAIR) and right in (REF, DATE, ENUM):
            return PAIR
        raise FormulaError(f"{left} {node.operator} {right} has no meaning", node.position)

    def _call(self, node: tree.Call, scope: Scope) -> str:
        name = node.name
        if name in self.language.groupings:
            self._arity(node, 1)
            self._expect(node.arguments[0], (ENUM,), scope)
            return TEXT
        self._require(name in self.language.functions, f"unknown function '{name}'", node)
        inner = self._inner_scope(node, scope)
        if name == "active":
            return self._active(node, inner)
        if name == "coalesce":
            return self._alike(node, inner)
        if name in ("min", "max") and len(node.arguments) == 2:
            for argument in node.arguments:
                self._expect(argument, (NUMBER,), scope)
            return NUMBER
        wanted = ARGUMENTS.get(name)
        if wanted is None:
            types = [self.type_of(argument, inner) for argument in node.arguments]
            self._require(bool(types), f"'{name}' needs something to work on", node)
        else:
            self._arity(node, len(wanted))
            for argument, expected in zip(node.arguments, wanted, strict=True):
                self._expect(argument, expected, inner)
            types = [NUMBER]
        self._clauses(node, inner, scope)
        if name in ("min", "max", "known"):
            return RESULTS.get(name, types[0])
        return RESULTS.get(name, NUMBER)

    def _arity(self, node: tree.Call, wanted: int) -> None:
        found = len(node.arguments)
        self._require(found == wanted, f"'{node.name}' takes {wanted}, not {found}", node)

    def _active(self, node: tree.Call, scope: Scope) -> str:
        self._arity(node, 1)
        entity = node.arguments[0]
        if not isinstance(entity, tree.EntityName):
            raise FormulaError("'active' takes the name of an entity", entity.position)
        for name in ("started_on", "ended_on"):
            self._fact(tree.Fact(entity.entity, name, position=entity.position), scope)
        return BOOL

    def _alike(self, node: tree.Call, scope: Scope) -> str:
        types = {self.type_of(argument, scope) for argument in node.arguments}
        self._require(len(types) == 1, "'coalesce' takes values of one type", node)
        return types.pop()

    def _clauses(self, node: tree.Call, inner: Scope, scope: Scope) -> None:
        if node.where is not None:
            self._expect(node.where, (BOOL,), inner)
        if node.by is not None:
            self._expect(node.by, (NUMBER,), inner)
        if node.per is not None:
            self._expect(node.per, (*KEYS, NUMBER), inner)
        own = [name for name in own_entities(node) if name not in scope]
        if node.name in AGGREGATES and not linked(node, own):
            raise FormulaError(
                f"nothing says which row of {' and of '.join(own)} go together", node.position
            )

    def _inner_scope(self, node: tree.Call, scope: Scope) -> Scope:
        """Entities at hand inside this call: its own rows, and those around it."""
        if node.name in AGGREGATES | OF_A_PERSON:
            return scope | set(own_entities(node))
        return scope


def own_entities(call: tree.Call) -> list[str]:
    """Return the entities named in a call but not inside a nested one, in order of appearance."""
    found: list[str] = []

    def look(node: Node) -> None:
        if isinstance(node, tree.Fact | tree.EntityName):
            if node.entity not in found:
                found.append(node.entity)
        elif not (isinstance(node, tree.Call) and opens_rows(node)):
            for child in node.children():
                look(child)

    for child in call.children():
        look(child)
    return found or _first_entity_below(call)


def _first_entity_below(call: tree.Call) -> list[str]:
    """max(count(answer.score …) per answer.question): the rows are those of the inner call."""
    return next(([n.entity] for n in call.walk() if isinstance(n, tree.Fact)), [])


def opens_rows(call: tree.Call) -> bool:
    """True for a call whose facts are its own rows, not those around it."""
    if call.name == "date_of" or (call.name in ("min", "max") and len(call.arguments) == 2):
        return False
    return call.name in AGGREGATES | OF_A_PERSON


def linked(call: tree.Call, entities: list[str]) -> bool:
    """True when equalities join all ``entities`` of a call together (no blind product of rows)."""
    if len(entities) < 2 or call.where is None:
        return len(entities) < 2
    groups = {name: {name} for name in entities}
    for part in _together(call.where):
        if isinstance(part, tree.Compare) and part.operator == "=":
            left, right = part.left, part.right
            if isinstance(left, tree.Fact) and isinstance(right, tree.Fact):
                one, other = groups.get(left.entity), groups.get(right.entity)
                if one is not None and other is not None:
                    for name in one | other:
                        groups[name] = one | other
    return len(groups[entities[0]]) == len(entities)


def _together(where: Node) -> tuple[Node, ...]:
    return where.parts if isinstance(where, tree.AllOf) else (where,)


Resolve = Callable[[str], tuple[Node, Node | None, int]]


def expand(node: Node, resolve: Resolve, seen: tuple[str, ...] = ()) -> Node:
    """Replace every {CODE} by its own formula. Raises FormulaError for a circle."""
    if isinstance(node, tree.Indicator):
        if node.code in seen:
            raise FormulaError(f"{node.code} needs its own result", node.position)
        numerator, denominator, factor = resolve(node.code)
        value = expand(numerator, resolve, (*seen, node.code))
        if denominator is None:
            return value
        below = expand(denominator, resolve, (*seen, node.code))
        ratio = tree.Arithmetic("/", value, below, position=node.position)
        if factor == 1:
            return ratio
        return tree.Arithmetic("*", ratio, tree.Number(Decimal(factor)))
    return tree.rebuild(node, lambda child: expand(child, resolve, seen))
