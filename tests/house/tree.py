"""What the house tests look at: source files, their functions, their imports, their sentences."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from riskmodel import REPOSITORY

TOP = ("riskmodel", "dags", "sql", "tests", "docs", "reports", "benchmarks", ".ci")
TEXTS = {
    ".py",
    ".sql",
    ".md",
    ".toml",
    ".typ",
    ".css",
    ".html",
    ".svg",
    ".txt",
    ".mako",
    ".json",
    ".jsonl",
    ".sh",
    ".cfg",
    ".csv",
    "",
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    """Path as a person writes it, from the top of the checkout."""
    return path.relative_to(REPOSITORY).as_posix()


@cache
def sources(*folders: str) -> tuple[Path, ...]:
    """Python files of the given top-level folders."""
    return tuple(path for folder in folders for path in sorted((REPOSITORY / folder).rglob("*.py")) if _is_ours(path))


@cache
def texts() -> tuple[Path, ...]:
    """Every file of the repository that a person reads or edits, the lock left out."""
    inside = [path for folder in TOP for path in (REPOSITORY / folder).rglob("*")]
    found = [path for path in [*REPOSITORY.iterdir(), *inside] if path.is_file() and path.suffix in TEXTS and _is_ours(path)]
    return tuple(sorted(path for path in found if path.name not in {"requirements.lock", ".git"}))


def pages() -> list[Path]:
    """Pages of documentation."""
    return [path for path in texts() if path.suffix == ".md"]


def _is_ours(path: Path) -> bool:
    hidden = {part for part in path.relative_to(REPOSITORY).parts if part.startswith(".") and part not in {".ci", ".gitignore"}}
    return not hidden and "__pycache__" not in path.parts


@cache
def tree(path: Path) -> ast.Module:
    """Syntax tree of a source file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(path: Path) -> Iterator[Function]:
    """All functions of a file, nested ones and methods too."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def public_functions(path: Path) -> Iterator[Function]:
    """Functions of a module and methods of its classes that others may call."""
    bodies = [tree(path).body, *(node.body for node in tree(path).body if isinstance(node, ast.ClassDef))]
    return (node for body in bodies for node in body if isinstance(node, Function) and not node.name.startswith("_"))


def imported(path: Path) -> set[str]:
    """Dotted names of modules and of what is taken from them."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module or ""} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def imports(path: Path, package: str) -> bool:
    """Whether a file imports `package` or anything of it."""
    return any(module == package or module.startswith(f"{package}.") for module in imported(path))


def rooms() -> list[Path]:
    """Folders of riskmodel that hold code."""
    return sorted(path.parent for path in (REPOSITORY / "riskmodel").glob("*/__init__.py"))


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of string constants that hold more than one word, docstrings left out."""
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Module | ast.ClassDef | Function) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value and node not in docstrings:
            yield node.lineno, node.value
