"""Functions of a few lines, modules read in one sitting, types and a sentence on whatever others call."""

import ast
from pathlib import Path
from statistics import median

import pytest

from riskmodel import REPOSITORY
from tests.house import tree

LONGEST_FUNCTION = 40
LONGEST_MODULE = 250
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc", "core"}
ROOMS = tree.rooms()


def length(function: tree.Function) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_the_median_function_is_under_ten_lines() -> None:
    lengths = [length(function) for path in tree.sources("riskmodel", "dags") for function in tree.functions(path)]
    assert median(lengths) < 10, f"médiane : {median(lengths)} lignes sur {len(lengths)} fonctions"


def test_no_function_is_over_forty_lines() -> None:
    long = [
        f"{tree.name(path)}:{function.lineno} {function.name} ({length(function)} lignes)"
        for path in tree.sources("riskmodel", "dags")
        for function in tree.functions(path)
        if length(function) > LONGEST_FUNCTION
    ]
    assert not long, "Fonctions trop longues :\n" + "\n".join(long)


def test_no_module_is_over_two_hundred_and_fifty_lines() -> None:
    sizes = {tree.name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in tree.sources("riskmodel", "dags")}
    long = {name: size for name, size in sizes.items() if size > LONGEST_MODULE}
    assert not long, f"Modules trop longs : {long}"


def test_no_module_has_a_name_that_says_nothing() -> None:
    empty = [tree.name(path) for path in tree.sources("riskmodel", "dags") if EMPTY_NAMES & {path.stem, *path.stem.split("_")}]
    assert not empty, f"Nommer d'après le métier : {empty}"


def test_every_public_function_is_typed() -> None:
    bare = [
        f"{tree.name(path)}:{function.lineno} {function.name} ({', '.join(_untyped(function))})"
        for path in tree.sources("riskmodel", "dags")
        for function in tree.public_functions(path)
        if _untyped(function)
    ]
    assert not bare, "Types manquants :\n" + "\n".join(bare)


def test_every_public_function_and_class_says_what_it_means() -> None:
    silent = [
        f"{tree.name(path)}:{node.lineno} {node.name}"
        for path in tree.sources("riskmodel", "dags")
        for node in [*tree.public_functions(path), *_public_classes(path)]
        if not ast.get_docstring(node) and not _is_explained_elsewhere(node, path)
    ]
    assert not silent, "Sans phrase d'explication :\n" + "\n".join(silent)


def test_every_module_says_what_it_holds() -> None:
    silent = [tree.name(path) for path in tree.sources("riskmodel", "dags") if not ast.get_docstring(tree.tree(path))]
    assert not silent, f"Sans phrase d'explication : {silent}"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_what_it_holds_what_comes_in_and_what_goes_out(room: Path) -> None:
    told = ast.get_docstring(tree.tree(room / "__init__.py")) or ""
    assert "In: " in told, f"{tree.name(room)}/__init__.py : « In: » manque"
    assert "Out: " in told, f"{tree.name(room)}/__init__.py : « Out: » manque"
    assert len(told.splitlines()) >= 3, f"{tree.name(room)}/__init__.py : trois lignes au moins"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_has_unit_tests_of_its_own(room: Path) -> None:
    assert list((REPOSITORY / "tests" / "unit" / room.name).glob("test_*.py")), f"tests/unit/{room.name} est vide"


def test_unit_tests_mirror_the_rooms() -> None:
    known = {room.name for room in ROOMS} | {path.stem for path in (REPOSITORY / "riskmodel").glob("*.py")}
    folders = {path.name for path in (REPOSITORY / "tests" / "unit").iterdir() if list(path.glob("test_*.py"))}
    assert folders <= known, f"Sans pièce correspondante : {sorted(folders - known)}"


def test_no_test_is_skipped_or_expected_to_fail() -> None:
    ways = {"skip", "skipif", "xfail", "importorskip"}
    guilty = [
        f"{tree.name(path)}:{node.lineno}"
        for path in tree.sources("tests")
        for node in ast.walk(tree.tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ways and "pytest" in ast.unparse(node)
    ]
    assert not guilty, f"Un test tient ou il n'est pas écrit : {guilty}"


def _untyped(function: tree.Function) -> list[str]:
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, *filter(None, (arguments.vararg, arguments.kwarg))]
    bare = [argument.arg for argument in named if argument.annotation is None and argument.arg not in {"self", "cls"}]
    return bare + ["résultat"] * (function.returns is None)


def _is_explained_elsewhere(node: tree.Function | ast.ClassDef, path: Path) -> bool:
    """A DAG is explained by its module's table; a method that fulfils a protocol, where the protocol is written."""
    if any("dag" in ast.unparse(decorator).split("(")[0] for decorator in node.decorator_list):
        return True
    namesakes = [found for found in tree.public_functions(path) if found.name == node.name and found is not node]
    return any(ast.get_docstring(found) for found in namesakes)


def _public_classes(path: Path) -> list[ast.ClassDef]:
    return [node for node in tree.tree(path).body if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
