"""From the text of a formula to its tree. One public function: ``parse``."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from lark import Lark, Token, Transformer, UnexpectedInput, UnexpectedToken, v_args
from lark.exceptions import VisitError
from lark.tree import Meta

from espace.indicators.formulas import tree
from espace.indicators.formulas.tree import Node, Position

GRAMMAR = Path(__file__).with_name("grammar.lark")


class FormulaError(Exception):
    """A formula that cannot be read or does not make sense; says where (both from 1)."""

    def __init__(self, message: str, position: Position) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


@cache
def parse(text: str) -> Node:
    """Return the tree of ``text``. Raises FormulaError with the line and column of the fault."""
    try:
        parsed = _parser().parse(text)
    except UnexpectedInput as error:
        at_end = isinstance(error, UnexpectedToken) and error.token.type == "$END"
        line, column = _end_of(text) if at_end else (error.line, error.column)
        raise FormulaError("not understood here", Position(line, column)) from error
    try:
        result: Node = _Builder().transform(parsed)
    except VisitError as error:
        if isinstance(error.orig_exc, FormulaError):
            raise error.orig_exc from error
        raise
    return result


@cache
def _parser() -> Lark:
    return Lark(GRAMMAR.read_text(encoding="utf-8"), parser="lalr", propagate_positions=True)


def _end_of(text: str) -> tuple[int, int]:
    lines = text.splitlines() or [""]
    return len(lines), len(lines[-1]) + 1


def _place(meta: Meta) -> Position:
    return Position(meta.line, meta.column)


def _unit(token: Token) -> str:
    return str(token).rstrip("s")


Clause = tuple[str, Node]


@v_args(meta=True)
class _Builder(Transformer[Token, Node]):
    """One method per rule of the grammar, under the rule's name."""

    def start(self, meta: Meta, items: list[Node]) -> Node:
        return items[0]

    def number(self, meta: Meta, items: list[Token]) -> Node:
        return tree.Number(Decimal(items[0]), position=_place(meta))

    def negative_number(self, meta: Meta, items: list[Token]) -> Node:
        return tree.Number(-Decimal(items[1]), position=_place(meta))

    def text(self, meta: Meta, items: list[Token]) -> Node:
        return tree.Text(items[0][1:-1], position=_place(meta))

    def true(self, meta: Meta, items: list[Token]) -> Node:
        return tree.Truth(True, position=_place(meta))

    def false(self, meta: Meta, items: list[Token]) -> Node:
        return tree.Truth(False, position=_place(meta))

    def indicator(self, meta: Meta, items: list[Token]) -> Node:
        return tree.Indicator(items[0][1:-1], position=_place(meta))

    def path(self, meta: Meta, items: list[Token]) -> Node:
        return tree.Fact(str(items[0]), str(items[1]), position=_place(meta))

    def entity(self, meta: Meta, items: list[Token]) -> Node:
        return tree.EntityName(str(items[0]), position=_place(meta))

    def period(self, meta: Meta, items: list[Node]) -> Node:
        return tree.ChosenPeriod(position=_place(meta))

    def period_end(self, meta: Meta, items: list[Node]) -> Node:
        return tree.PeriodEnd(position=_place(meta))

    def duration(self, meta: Meta, items: list[Token]) -> Node:
        sign = -1 if items[0].type == "MINUS" else 1
        return tree.Duration(sign * int(items[-2]), _unit(items[-1]), position=_place(meta))

    def last(self, meta: Meta, items: list[Token]) -> Node:
        length = tree.Duration(int(items[1]), _unit(items[2]), position=_place(meta))
        return tree.Last(length, position=_place(meta))

    def arithmetic(self, meta: Meta, items: list[Node]) -> Node:
        return tree.Arithmetic(str(items[1]), items[0], items[2], position=_place(meta))

    def compare(self, meta: Meta, items: list[Node]) -> Node:
        return tree.Compare(str(items[1]), items[0], items[2], position=_place(meta))

    def in_list(self, meta: Meta, items: tuple[Node, tuple[Node, ...]]) -> Node:
        return tree.InList(items[0], items[1], position=_place(meta))

    def not_in_list(self, meta: Meta, items: tuple[Node, tuple[Node, ...]]) -> Node:
        return tree.InList(items[0], items[1], negated=True, position=_place(meta))

    def listed(self, meta: Meta, items: list[Node]) -> tuple[Node, ...]:
        return tuple(items)

    def in_period(self, meta: Meta, items: list[Node]) -> Node:
        return tree.InPeriod(items[0], items[1], position=_place(meta))

    def is_null(self, meta: Meta, items: list[Node]) -> Node:
        return tree.IsNull(items[0], position=_place(meta))

    def is_not_null(self, meta: Meta, items: list[Node]) -> Node:
        return tree.IsNull(items[0], negated=True, position=_place(meta))

    def any_of(self, meta: Meta, items: list[Node]) -> Node:
        return items[0] if len(items) == 1 else tree.AnyOf(tuple(items), position=_place(meta))

    def all_of(self, meta: Meta, items: list[Node]) -> Node:
        return items[0] if len(items) == 1 else tree.AllOf(tuple(items), position=_place(meta))

    def negated(self, meta: Meta, items: list[Node]) -> Node:
        return tree.Not(items[0], position=_place(meta))

    def at(self, meta: Meta, items: list[Node]) -> Node:
        return tree.At(items[0], items[1], position=_place(meta))

    def per_result(self, meta: Meta, items: list[Node]) -> Node:
        return tree.PerResult(items[0], items[1], position=_place(meta))

    def where(self, meta: Meta, items: list[Node]) -> Clause:
        return "where", items[0]

    def by(self, meta: Meta, items: list[Node]) -> Clause:
        return "by", items[0]

    def per(self, meta: Meta, items: list[Node]) -> Clause:
        return "per", items[0]

    def argument(self, meta: Meta, items: list[Any]) -> tuple[Node, list[Clause]]:
        return items[0], items[1:]

    def call(self, meta: Meta, items: list[Any]) -> Node:
        name, *arguments = items
        clauses: dict[str, Node] = {}
        for _, said in arguments:
            for word, value in said:
                if word in clauses:
                    raise FormulaError(f"'{word}' is said twice", value.position)
                clauses[word] = value
        return tree.Call(
            str(name),
            tuple(value for value, _ in arguments),
            where=clauses.get("where"),
            by=clauses.get("by"),
            per=clauses.get("per"),
            position=_place(meta),
        )
