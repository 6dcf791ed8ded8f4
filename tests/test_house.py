"""The house keeps its own rules: read from the code itself, without running it."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

pytestmark = [pytest.mark.fast, pytest.mark.once]

ROOT = Path(__file__).resolve().parent.parent
FRONT_DOOR = {"queries", "actions", "events", "choices", "models", "rules"}
# Grounds of the house, without a room plan: every module of them is a door.
OPEN_PACKAGES = {"core", "ui"}
# What accounts offers to all: who is acting, what is allowed, the journal, the guard of views.
OPEN_MODULES = {
    "accounts.address",
    "accounts.access",
    "accounts.permissions",
    "accounts.journal",
    "accounts.guard",
    "accounts.journal_reading",
    "accounts.opened",
    "accounts.told",
    "accounts.personal_data",
    # What a package needs to add a way in.
    "accounts.adapter",
    "accounts.drafts",
    "accounts.opening",
    "accounts.shared_device",
    "accounts.strength",
    "accounts.ways",
    # Communes and départements: a file read once, no table.
    "groups.territory",
    # Where a package registers the lists of a GEM that leave as a spreadsheet.
    "groups.lists",
    # Where a package registers what a GEM takes with it.
    "groups.archive",
    # Paper: the one way to make a PDF.
    "activities.printing",
    "federation.printing",
}
LONGEST_MODULE = 500
# The only reasons for an import inside a function.
LATE_IMPORTS = {
    "ready": "the application registry is not ready before",
    "main": "the settings are not named before",
    "child": "the sandbox limits its memory before it loads the readers",
}


def modules(pattern: str = "espace/**/*.py") -> list[Path]:
    """Return the product's modules, without migrations and tests."""
    return [
        path
        for path in sorted(ROOT.glob(pattern))
        if not {"migrations", "tests", "node_modules"} & set(path.parts)
    ]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[str]:
    """Yield every module or name of ours that ``path`` imports, as dotted paths."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_packages_speak_through_their_front_doors() -> None:
    wrong = []
    for path in modules():
        package = path.relative_to(ROOT / "espace").parts[0]
        for name in imported(path):
            parts = name.split(".")
            if parts[0] != "espace" or len(parts) < 3:
                continue
            other, room = parts[1], parts[2]
            known = (
                other == package
                or other in OPEN_PACKAGES
                or f"{other}.{room}" in OPEN_MODULES
                or room in FRONT_DOOR
            )
            if not known:
                wrong.append(f"{name_of(path)} imports {name}")
    assert wrong == []


def test_views_never_ask_a_table_directly() -> None:
    wrong = [
        f"{name_of(path)}:{node.lineno}"
        for path in [*modules("espace/*/views.py"), *modules("espace/*/views/*.py")]
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "_default_manager")
    ]
    assert wrong == []


def test_no_module_is_too_long() -> None:
    written = [*modules(), *modules("config/*.py"), *sorted(ROOT.glob("tests/**/*.py"))]
    written += [*ROOT.glob("espace/**/tests/*.py"), *ROOT.glob("bench/**/*.py")]
    written += [*ROOT.glob("espace/**/*.css"), *ROOT.glob("espace/**/*.html")]
    long = {
        name_of(path): count
        for path in written
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_MODULE
    }
    assert long == {}


def test_no_module_without_a_subject() -> None:
    assert [
        name_of(path)
        for path in modules()
        if path.stem in ("utils", "helpers", "common", "misc", "tools")
    ] == []


def test_imports_stand_at_the_top() -> None:
    wrong = []
    for path in modules():
        for function in ast.walk(tree(path)):
            if not isinstance(function, ast.FunctionDef) or function.name in LATE_IMPORTS:
                continue
            wrong += [
                f"{name_of(path)}:{node.lineno}"
                for node in ast.walk(function)
                if isinstance(node, ast.Import | ast.ImportFrom)
            ]
    assert wrong == []


def test_public_functions_of_rooms_say_what_they_do() -> None:
    rooms = ("rules", "queries", "actions")
    files = [p for room in rooms for p in modules(f"espace/*/{room}.py")]
    files += [p for room in rooms for p in modules(f"espace/*/{room}/*.py")]
    files = [path for path in files if "demonstration" not in path.parts]
    silent = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in files
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_actions_take_keywords_only() -> None:
    """Nothing but the actor comes by position: a call says what each value is."""
    files = [*modules("espace/*/actions.py"), *modules("espace/*/actions/*.py")]
    # The demonstration writes a fiction: its functions are not what somebody does.
    files = [path for path in files if "demonstration" not in path.parts]
    wrong = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in files
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and [argument.arg for argument in node.args.args][:1] == ["actor"]
        and len(node.args.args) > 1
    ]
    assert wrong == []


# --- Templates ---


def templates() -> list[Path]:
    return sorted(ROOT.glob("espace/*/templates/**/*.*"))


def template_name(path: Path) -> str:
    return path.as_posix().partition("/templates/")[2]


def test_templates_have_no_inline_style_nor_script() -> None:
    inline = re.compile(
        r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)", re.I
    )
    wrong = [
        f"{name_of(path)}:{number}"
        for path in templates()
        if path.suffix in (".html", ".svg")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if inline.search(line)
    ]
    assert wrong == []


def is_asked(name: str, text: str) -> bool:
    """Tell whether ``text`` names a template, or its folder before a variable part."""
    folder = name.rpartition("/")[0]
    return bool(
        re.search(rf"[\"'](?:{re.escape(name)}|{re.escape(folder)}/(?:{{\w+}}.*)?)[\"']", text)
    )


def test_every_template_is_used() -> None:
    # These are asked for by name from outside: Django's error pages, the sign-in library's pages.
    asked = re.compile(r"(400|403|404|500|403_csrf)\.html|(account|allauth|django)/.*")
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*modules(), *templates()])
    unused = [
        name
        for path in templates()
        if not asked.fullmatch(name := template_name(path)) and not is_asked(name, text)
    ]
    assert unused == []


# --- Documents ---


def test_every_setting_is_documented() -> None:
    """Each variable that settings.py reads has its line in the table of docs/operate.md."""
    read = {
        str(node.args[0].value)
        for node in ast.walk(tree(ROOT / "config/settings.py"))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and isinstance(node.args[0], ast.Constant)
    }
    told = set(re.findall(r"^\| `([A-Z_]+)`", (ROOT / "docs/operate.md").read_text(), re.M))
    assert read - told == set()
    others = "".join(path.read_text() for path in [ROOT / "Makefile", *ROOT.glob("tests/*.py")])
    assert {name for name in told - read if name not in others} == set()


def direct_dependencies() -> set[str]:
    """Return the names in the two requirements files written by hand."""
    lines = [
        line
        for file in ("requirements.in", "requirements-dev.in")
        for line in (ROOT / file).read_text().splitlines()
        if line and not line.startswith(("#", "-"))
    ]
    return {re.split(r"[\[~=<>]", line)[0] for line in lines}


def test_every_dependency_has_its_reason() -> None:
    told = re.findall(r"^\| `([\w-]+)`", (ROOT / "docs/dependencies.md").read_text(), re.M)
    assert set(told) == direct_dependencies()


def test_locks_name_no_host_and_pin_every_dependency() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / lock).read_text()
        assert re.findall(r"://|--(?:extra-)?index-url|--find-links", text) == []
        lines = [line for line in text.splitlines() if re.match(r"[a-z]", line)]
        assert [line for line in lines if "==" not in line] == []
    pinned = set(re.findall(r"^([\w-]+)==", (ROOT / "requirements-dev.txt").read_text(), re.M))
    assert direct_dependencies() - pinned == set()


def test_every_package_says_what_it_is_for() -> None:
    packages = [path.parent for path in sorted(ROOT.glob("espace/*/__init__.py"))]
    for package in packages:
        text = (package / "README.md").read_text(encoding="utf-8")
        assert 5 <= len(text.splitlines()) <= 30, package.name
        assert "never" in text, f"{package.name} does not say what it will never do"


def test_documents_link_to_files_that_exist() -> None:
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("espace/*/README.md")]
    broken = [
        f"{name_of(document)}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text(encoding="utf-8"))
        if "://" not in target
        and not target.startswith("mailto:")
        and not (document.parent / target).exists()
    ]
    assert broken == []


def test_decisions_are_numbered_and_listed() -> None:
    folder = ROOT / "docs/decisions"
    written = sorted(path.name for path in folder.glob("[0-9]*.md"))
    # Areas built together take ranges of numbers: a number may be missing, never used twice.
    numbers = [int(name[:4]) for name in written]
    assert len(set(numbers)) == len(numbers)
    index = (folder / "README.md").read_text()
    assert [name for name in written if f"({name})" not in index] == []


def test_contracts_are_enough() -> None:
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert len(configuration["tool"]["importlinter"]["contracts"]) >= 8
