"""Says a formula in plain French, from its own tree and the catalogue's words. Pure functions."""

import re
from collections.abc import Mapping
from typing import Any

from espace.indicators.catalogue_reading import Catalogue, Indicator
from espace.indicators.formulas import tree
from espace.indicators.formulas.tree import Node, written

YEAR_BEFORE = "(P - 1 years)"
MOST_WORDS = 20
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ASIDE = re.compile(r" \(([^()]*)\)")


def steps_fr(found: Catalogue, code: str) -> tuple[str, ...]:
    """Return how the figure is made, one idea per sentence (20 words at most), in order."""
    above, below, factor = found.formulas(code)
    words = found.words["steps"]
    say = _Speaker(found)
    steps = say.steps(above, "take")
    if below is not None:
        steps += say.steps(below, "/")
        if factor == 100:
            steps.append(words["percent"])
        if found.indicators[code].nulls == "N2":
            steps.append(words["answers"])
    return tuple(steps)


def rows_fr(found: Catalogue, entity: str) -> str:
    """Return what the rows of a sort of fact are called, in the plural."""
    return str(found.words["rows"].get(entity, entity))


def viewers_fr(found: Catalogue, one: Indicator) -> tuple[str, ...]:
    """Return who can see this figure, one sentence per audience (decisions 5 and 6)."""
    words: Mapping[str, str] = found.words["viewers"]
    if "gem" not in one.audience:
        first = words["not_gem"]
    else:
        first = words["gem" if len(one.audience) > 1 else "gem_members"]
    others = [f"{who}_{one.about}" for who in ("federation", "partner") if who in one.audience]
    return (first, *(words[key] for key in others))


class _Speaker:
    def __init__(self, found: Catalogue) -> None:
        self.found = found
        self.operators: Mapping[str, Any] = found.words["operators"]
        self.words: Mapping[str, str] = found.words["steps"]

    def steps(self, node: Node, verb: str) -> list[str]:
        """Return the sentences of a formula: a sum is two sentences, not a long one."""
        match node:
            case tree.Arithmetic(operator=sign) if not isinstance(node.right, tree.Arithmetic):
                return [*self.steps(node.left, verb), *self.steps(node.right, sign)]
            case tree.Compare(operator="=" | ">=" as sign) if not _is_gem_card(node.left):
                answer = self.words[f"yes{sign}"].format(value=self.formula(node.right))
                return [*self.steps(node.left, verb), answer]
            case tree.AllOf(parts=parts):
                return self._chained(parts, verb, "and")
            case tree.AnyOf(parts=parts):
                return self._chained(parts, verb, "or")
            case tree.Call(name="abs", arguments=(value,)):
                return [*self.steps(value, verb), self.words["absolute"]]
            case tree.Call(name="min" | "max" as name, arguments=(limit, value)):
                bound = self.words[f"limit_{name}"].format(value=self.formula(limit))
                return [*self.steps(value, verb), bound]
        return self._sentences(node, verb)

    def _chained(self, parts: tuple[Node, ...], verb: str, word: str) -> list[str]:
        said = self.steps(parts[0], verb)
        for part in parts[1:]:
            said += self.steps(part, word)
        return said

    def _sentences(self, node: Node, verb: str) -> list[str]:
        """Cut one phrase where it grows long; what stood in brackets is a sentence of its own."""
        counted = self._counted(node) if isinstance(node, tree.Call) else None
        phrase = counted or self.formula(node)
        asides = ASIDE.findall(phrase)
        said = [self.words[verb].format(value=ASIDE.sub("", phrase))]
        conditions = self._conditions(node) if isinstance(node, tree.Call) and counted else []
        for rank, condition in enumerate(conditions):
            link = ", " if rank else " "
            longer = f"{said[-1][:-1]}{link}{condition}."
            if len(WORD.findall(longer)) <= MOST_WORDS:
                said[-1] = longer
            else:
                said.append(self.words["detail"].format(value=condition))
        return said + [f"{aside[:1].upper()}{aside[1:]}." for aside in asides]

    def _counted(self, call: tree.Call) -> str | None:
        counted = f"{call.name} {', '.join(written(argument) for argument in call.arguments)}"
        said = self.found.words["aggregates"].get(counted)
        return None if said is None else str(said)

    def formula(self, node: Node) -> str:
        match node:
            case tree.Call():
                return self._call(node)
            case tree.Indicator(code=code):
                label = self.found.indicators[code].label_fr
                return str(self.operators["indicator"].format(label=label))
            case tree.Number():
                return written(node).replace(".", ",")
            case tree.Compare(operator=">=", left=tree.Call() as call) if _is_gem_card(call):
                conditions = ", ".join(self._conditions(call))
                return str(self.operators["gem_card"].format(conditions=conditions))
            case tree.Arithmetic(operator=sign) | tree.Compare(operator=sign):
                return self._joined(sign, [node.left, node.right])
            case tree.AllOf(parts=parts):
                return self._joined("and", list(parts))
            case tree.AnyOf(parts=parts):
                return self._joined("or", list(parts))
            case tree.At(value=value, when=when):
                return self._at(value, when)
        return self._as_written(node)

    def _joined(self, word: str, parts: list[Node]) -> str:
        template = self.operators.get(word)
        if template is None:
            return " ; ".join(self.formula(part) for part in parts)
        said = self.formula(parts[0])
        for part in parts[1:]:
            said = template.format(left=said, right=self.formula(part))
        return said

    def _at(self, value: Node, when: Node) -> str:
        if isinstance(when, tree.ChosenPeriod):
            return self.formula(value)
        word = "year_before" if written(when) == YEAR_BEFORE else "at"
        return str(self.operators[word].format(value=self.formula(value)))

    def _call(self, call: tree.Call) -> str:
        if call.name in ("min", "max") and len(call.arguments) == 2:
            limit, value = (self.formula(argument) for argument in call.arguments)
            word = "at_least" if call.name == "max" else "at_most"
            return str(self.operators[word].format(value=value, floor=limit, ceiling=limit))
        said = self._counted(call)
        if said is None:
            return self._as_written(call)
        conditions = ", ".join(self._conditions(call))
        return f"{said} {conditions}" if conditions else str(said)

    def _conditions(self, call: tree.Call) -> list[str]:
        if call.where is None:
            return []
        parts = call.where.parts if isinstance(call.where, tree.AllOf) else (call.where,)
        entity = next((n.entity for n in call.walk() if isinstance(n, tree.Fact)), "")
        known: Mapping[str, str] = {
            **self.found.words["conditions"],
            **self.found.words["conditions_of"].get(entity, {}),
        }
        said = [known.get(written(part), self._as_written(part)) for part in parts]
        last = self.found.words["said_last"]
        return sorted(dict.fromkeys(phrase for phrase in said if phrase), key=lambda p: p in last)

    def _as_written(self, node: Node) -> str:
        return str(self.operators["fallback"].format(formula=written(node)))


def _is_gem_card(node: Node) -> bool:
    """« count(gem.id where …) >= 1 » asks one question of the GEM's identity card."""
    return (
        isinstance(node, tree.Call)
        and node.name == "count"
        and node.arguments == (tree.Fact("gem", "id"),)
    )
