"""Every name of action that the product writes in the journal, read from its own code.

A call of ``journal.write(actor, "roll.added", …)`` gives its second argument. A function that hands
one of its own parameters over (``_announce(actor, action, …)``) is itself read as a writer.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WRITERS = {"espace.accounts.journal.write", "espace.accounts.opened.note"}
AT = 1
"""Where they take the name: after the actor."""


def journal_names(folder: Path = ROOT / "espace") -> dict[str, str]:
    """Return each name and a place where it is written; an unreadable name is « ? »."""
    files = {
        path: ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(folder.rglob("*.py"))
        if not {"migrations", "tests"} & set(path.parts)
    }
    constants = {
        ".".join((folder.name, *path.relative_to(folder).with_suffix("").parts)): _constants(tree)
        for path, tree in files.items()
    }
    found: dict[str, str] = {}
    for path, tree in files.items():
        known = dict(_constants(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                there = constants.get(node.module or "", {})
                known |= {each.name: there[each.name] for each in node.names if each.name in there}
        for name in _names_in(tree, known):
            found.setdefault(name, str(path.relative_to(folder)))
    return found


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _names_in(tree: ast.Module, constants: dict[str, str]) -> Iterator[str]:
    writers = dict.fromkeys(_written_as(tree), AT)
    handed_over: set[int] = set()
    known = 0
    while len(writers) != known:
        known = len(writers)
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                named_only = [each.arg for each in function.args.kwonlyargs]
                parameters = [each.arg for each in function.args.args] + named_only
                for said in _said(function, writers):
                    if isinstance(said, ast.Name) and said.id in parameters:
                        writers[function.name] = parameters.index(said.id)
                        handed_over.add(id(said))
    chosen = _chosen_names(tree)
    for said in _said(tree, writers):
        if isinstance(said, ast.Constant) and isinstance(said.value, str):
            yield said.value
        elif isinstance(said, ast.Name) and said.id in constants:
            yield constants[said.id]
        elif isinstance(said, ast.Name) and said.id in chosen:
            yield from chosen[said.id]
        elif id(said) not in handed_over:
            yield "?"


def _chosen_names(tree: ast.Module) -> dict[str, list[str]]:
    """Return the texts a variable may take, as in ``name = "a.b" if new else "a.c"``."""
    found: dict[str, list[str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            value = node.value
            parts = (value.body, value.orelse) if isinstance(value, ast.IfExp) else (value,)
            texts = [each.value for each in parts if isinstance(each, ast.Constant)]
            if texts and all(isinstance(text, str) for text in texts):
                found.setdefault(node.targets[0].id, []).extend(str(text) for text in texts)
    return found


def _written_as(tree: ast.Module) -> Iterator[str]:
    """Yield how this module calls the writer of the journal."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                said = alias.asname or alias.name
                for writer in WRITERS:
                    module, _dot, name = writer.rpartition(".")
                    if f"{node.module}.{alias.name}" == writer:
                        yield said
                    elif f"{node.module}.{alias.name}" == module:
                        yield f"{said}.{name}"


def _said(tree: ast.AST, writers: dict[str, int]) -> Iterator[ast.expr]:
    """Yield the expression that names the action, in each call of a writer."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and ast.unparse(call.func) in writers:
            at = writers[ast.unparse(call.func)]
            named = [word.value for word in call.keywords if word.arg == "action"]
            if named:
                yield named[0]
            elif len(call.args) > at:
                # A condition chooses between two names; its test is no name.
                said = call.args[at]
                yield from (said.body, said.orelse) if isinstance(said, ast.IfExp) else (said,)
