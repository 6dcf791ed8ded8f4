"""What a figure rests on, read from its own formula: rows with an answer, rows counted, names.

Nothing is written twice: these are the indicator's trees with one condition changed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import TypeGuard

from espace.indicators.formulas import tree
from espace.indicators.formulas.check import AGGREGATES, OF_A_PERSON
from espace.indicators.formulas.sql import Frame
from espace.indicators.formulas.tree import Node

NOT_SAID = tree.Text("non_dit")
FINISHED = tree.Fact("month_close", "month")
Counted = tuple[tree.Call, Frame]


def needs_names(formula: Node) -> bool:
    """True when different people must be told apart: sticks cannot do it (decision 1)."""
    return any(_tells_people_apart(node) for node in formula.walk())


def _tells_people_apart(node: Node) -> bool:
    if isinstance(node, tree.Fact):
        return node.entity == "person"
    if not isinstance(node, tree.Call):
        return False
    if node.name == "count_distinct":
        return node.arguments[0] == tree.Fact("presence", "person_id")
    return node.name in OF_A_PERSON - {"weeks_open"}


def answers(above: Node, below: Node | None) -> tuple[Node, Node] | None:
    """Return (rows with an answer, all rows) of a formula under rule N2; None when all have one."""
    if below is None or _tally_of(below) is None:
        tally = _tally_of(above)
        if tally is not None:
            return _months_answered(tally)
    if below is None:
        return _rows_with_a_value(above)
    everyone = _change_conditions(below, lambda part: None if _is_answered(part) else part)
    if everyone != below:
        return below, everyone
    asked = [part for part in _conditions(above) if part not in _conditions(below)]
    known = [test for part in asked if (test := _answered(part)) != part]
    if not known:
        return None
    return _with_conditions(below, known), below


def _tally_of(formula: Node) -> tree.Call | None:
    """Return the first aggregate over a tally of the month (the month card), or None."""
    for call, _frame in aggregates(formula):
        if any(_is_month(part) and part.value != FINISHED for part in _conditions(call)):
            return call
    return None


def _is_month(part: Node) -> TypeGuard[tree.InPeriod]:
    return (
        isinstance(part, tree.InPeriod)
        and isinstance(part.value, tree.Fact)
        and part.value.name == "month"
    )


def _months_answered(call: tree.Call) -> tuple[Node, Node]:
    """Return (months where something was written, months finished) of a tally.

    A part of the card where one line is written is answered: whoever left the other lines empty
    had nothing there. A part left empty has no row: only a finished month tells that it is missing.
    """
    month = next(part for part in _conditions(call) if _is_month(part))
    kept: list[Node] = [month]
    kept += [
        tree.IsNull(fact, negated=True)
        for fact in call.arguments[0].walk()
        if isinstance(fact, tree.Fact)
    ]
    known = tree.Call("count_distinct", (month.value,), where=_all_of(kept))
    finished = tree.Call(
        "count_distinct",
        (FINISHED,),
        where=tree.AllOf(
            (
                tree.InPeriod(FINISHED, month.period),
                tree.IsNull(tree.Fact("month_close", "closed_on"), negated=True),
            )
        ),
    )
    return known, tree.Call("max", (finished, known))


def _rows_with_a_value(formula: Node) -> tuple[Node, Node] | None:
    call = next((call for call, _ in aggregates(formula)), None)
    if call is None:
        return None
    facts = [n for n in call.arguments[0].walk() if isinstance(n, tree.Fact)]
    everyone = _change_conditions(
        replace(call, name="count", arguments=(facts[0],)),
        lambda part: None if _is_answered(part) else part,
    )
    said: list[Node] = [tree.IsNull(fact, negated=True) for fact in facts]
    said += [tree.Compare("!=", _fact_of(p), NOT_SAID) for p in _conditions(call) if _unsaid(p)]
    return _with_conditions(everyone, said), everyone


def known_photo(formula: Node) -> tuple[Node, ...]:
    """Return counts of the rows whose answer is known, under rule N3: an empty field is not « no ».

    Empty when the formula asks for no answer of the GEM.
    """
    found = []
    for call, _ in aggregates(formula):
        known = _change_conditions(call, _answered)
        if known != call and isinstance(known, tree.Call):
            found.append(_count_rows(known))
    return tuple(found)


def rows_used(above: Node, below: Node | None) -> Mapping[str, list[Counted]]:
    """Return, per sort of fact, the counts of rows behind each aggregate of a formula."""
    found: dict[str, list[Counted]] = {}
    for formula in (above, below):
        for call, frame in aggregates(formula) if formula else ():
            counted = _count_rows(call)
            fact = counted.arguments[0]
            if isinstance(fact, tree.Fact):
                found.setdefault(fact.entity, []).append((counted, frame))
    return found


def aggregates(formula: Node, frame: Frame = ()) -> Iterator[Counted]:
    """Yield the outermost aggregates of a formula, each with the « at » around it."""
    if isinstance(formula, tree.At):
        yield from aggregates(formula.value, (*frame, formula.when))
    elif isinstance(formula, tree.Call) and formula.name in AGGREGATES | OF_A_PERSON:
        two_numbers = formula.name in ("min", "max") and len(formula.arguments) == 2
        inner = formula.arguments[0]
        if two_numbers or (isinstance(inner, tree.Call) and formula.name in ("min", "max")):
            for argument in formula.arguments:
                yield from aggregates(argument, frame)
        else:
            yield formula, frame
    else:
        for child in formula.children():
            yield from aggregates(child, frame)


def _count_rows(call: tree.Call) -> tree.Call:
    fact = next(n for n in call.walk() if isinstance(n, tree.Fact | tree.EntityName))
    return tree.Call("count", (fact,), where=call.where)


def _conditions(formula: Node) -> tuple[Node, ...]:
    if not isinstance(formula, tree.Call) or formula.where is None:
        return ()
    where = formula.where
    return where.parts if isinstance(where, tree.AllOf) else (where,)


def _with_conditions(formula: Node, more: list[Node]) -> Node:
    if not isinstance(formula, tree.Call):
        return formula
    return replace(formula, where=_all_of([*_conditions(formula), *more]))


def _change_conditions(formula: Node, change: Callable[[Node], Node | None]) -> Node:
    if not isinstance(formula, tree.Call) or formula.where is None:
        return formula
    changed = [change(part) for part in _conditions(formula)]
    return replace(formula, where=_all_of([part for part in changed if part is not None]))


def _all_of(parts: list[Node]) -> Node | None:
    if len(parts) < 2:
        return parts[0] if parts else None
    return tree.AllOf(tuple(parts))


def _is_answered(part: Node) -> bool:
    """« … is not null », « … != 'non_dit' »: what only keeps the rows that have an answer."""
    if isinstance(part, tree.IsNull):
        return part.negated and isinstance(part.value, tree.Fact)
    return (
        isinstance(part, tree.Compare) and part.operator == "!=" and part.right == NOT_SAID
    ) or (_unsaid(part))


def _unsaid(part: Node) -> bool:
    return isinstance(part, tree.InList) and part.negated and NOT_SAID in part.items


def _answered(part: Node) -> Node:
    """Turn « field = value » into « field is not null »."""
    literal = isinstance(part, tree.InList) or (
        isinstance(part, tree.Compare)
        and part.operator == "="
        and isinstance(part.right, tree.Text | tree.Truth)
    )
    if literal and isinstance(_fact_of(part), tree.Fact):
        return tree.IsNull(_fact_of(part), negated=True)
    return part


def _fact_of(part: Node) -> Node:
    if isinstance(part, tree.InList):
        return part.value
    return part.left if isinstance(part, tree.Compare) else part
