"""Who may import whom, beyond what import-linter can say."""

import ast
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from riskmodel import REPOSITORY
from tests.house import tree

CLOCKS = {"today", "now", "utcnow", "time", "time_ns", "monotonic", "localtime", "gmtime"}
CLOCK_OWNERS = {"date", "datetime", "time", "dt", "Timestamp"}


def test_rooms_import_one_way(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(REPOSITORY)
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


def test_only_dags_import_airflow() -> None:
    guilty = [tree.name(path) for path in tree.sources("riskmodel", "benchmarks") if tree.imports(path, "airflow")]
    assert not guilty, f"Seul dags/ importe Airflow : {guilty}"


def test_only_the_register_makes_an_engine() -> None:
    guilty = [
        tree.name(path)
        for path in tree.sources("riskmodel", "dags", "benchmarks")
        if "register" not in path.parts and _says(path, {"create_engine", "create_async_engine", "engine_from_config"})
    ]
    assert not guilty, f"Seule la pièce register crée un moteur SQLAlchemy : {guilty}"


def test_only_scoring_and_fitting_import_scikit_learn() -> None:
    free = {"score", "fit", "backtest"}
    guilty = [
        tree.name(path)
        for path in tree.sources("riskmodel", "dags")
        if tree.imports(path, "sklearn") and not free & set(path.parts)
    ]
    assert not guilty, f"Seules les pièces {sorted(free)} importent scikit-learn : {guilty}"


def test_documents_read_frozen_lists_what_names_them_and_what_may_be_answered() -> None:
    weekly = tuple(f"riskmodel.weekly.{module}" for module in ("frozen", "identity", "answers"))
    allowed = ("riskmodel.documents", *weekly, "riskmodel.law", "riskmodel.REPOSITORY", "riskmodel.errors")
    for path in tree.sources("riskmodel/documents"):
        ours = {module for module in tree.imported(path) if module.startswith("riskmodel.")}
        schemes = ("riskmodel.schemes",) if path.parent.name == "orientation" else ()
        guilty = sorted(module for module in ours if not module.startswith((*allowed, *schemes)))
        assert not guilty, f"{tree.name(path)} importe {guilty}"


def test_a_feature_cannot_see_what_happened_next() -> None:
    for path in tree.sources("riskmodel/features"):
        assert not tree.imports(path, "riskmodel.backtest"), f"{tree.name(path)} importe backtest"
    for folder in ("ledger", "contact", "features", "households", "statements"):
        for path in (REPOSITORY / "sql" / folder).rglob("*.sql"):
            assert "outcomes" not in path.read_text(encoding="utf-8").lower(), f"{tree.name(path)} parle de sql/outcomes"


def test_dags_call_steps_and_nothing_deeper() -> None:
    allowed = ("riskmodel.steps", "riskmodel.settings", "riskmodel.errors", "riskmodel.demo", "riskmodel.REPOSITORY")
    for path in tree.sources("dags"):
        ours = {module for module in tree.imported(path) if module.startswith("riskmodel.")}
        guilty = sorted(module for module in ours if not module.startswith(allowed))
        assert not guilty, f"{tree.name(path)} importe {guilty} : une tâche appelle riskmodel.steps"


def test_nothing_but_the_edges_reads_the_clock() -> None:
    guilty = [
        f"{tree.name(path)}:{line}"
        for path in tree.sources("riskmodel")
        if "cli" not in path.parts
        for line in _clock_readings(path)
    ]
    assert not guilty, f"as_of est un argument, rien ne lit l'horloge : {guilty}"


def _says(path: Path, words: set[str]) -> bool:
    return any(
        (isinstance(node, ast.Name) and node.id in words)
        or (isinstance(node, ast.Attribute) and node.attr in words)
        or (isinstance(node, ast.alias) and node.name in words)
        for node in ast.walk(tree.tree(path))
    )


def _clock_readings(path: Path) -> list[int]:
    return [
        node.lineno
        for node in ast.walk(tree.tree(path))
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS and _owner(node.value) in CLOCK_OWNERS
    ]


def _owner(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
