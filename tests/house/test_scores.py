"""Scores stay inside: inputs are published, what may not be read is out of reach, and no file meant to leave tells a score."""

import ast
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from riskmodel import REPOSITORY
from riskmodel.contracts import TABLES
from riskmodel.documents import files, guide, summary, workbook
from riskmodel.features.dictionary import FEATURES
from riskmodel.lake import connect
from riskmodel.score.admitted import ADMITTED
from riskmodel.score.forbidden import FORBIDDEN
from riskmodel.weekly.frozen import FrozenList, Row
from tests.house import tree
from tests.lakes import laid_out
from tests.unit.documents.invented import invented

WRITES = {"write_bytes", "write_text", "to_csv", "to_parquet", "to_excel", "to_html", "to_json", "savefig", "writestr"}
BELOW_SCORES = ("contracts", "lake", "features", "intake", "people", "register", "demo")
"""Rooms that cannot import a score: what they write holds none."""
WRITERS = {
    "riskmodel/documents/files.py": "the list and, for after the decisions, points.xlsx, which says that it stays inside",
    "riskmodel/steps/score.py": "inside: scores of a night, beside the features",
    "riskmodel/steps/explain.py": "inside: one household's points, drawn on request",
    "riskmodel/steps/backtest.py": "inside: values of a replay",
    "riskmodel/outcomes/day.py": "inside: features and outcomes, no score",
    "riskmodel/score/writing.py": "a table: points of rows, no household",
    "riskmodel/cli/score.py": "a page about tables: no household",
    "riskmodel/cli/docs.py": "pages about the product, and samples about an invented household",
    "riskmodel/documents/orientation/word.py": "a document of an orientation: facts of a closed list, no score",
    "riskmodel/cli/features.py": "a page about features: no household",
    "riskmodel/cli/demo.py": "figures of a simulated year: no household, no score",
    "riskmodel/cli/schemes.py": "a page about schemes: no household",
    "riskmodel/cli/law.py": "a page about the law: no household",
    "riskmodel/cli/people.py": "a letter without a score, and the complete file owed to a household, its own points included",
    "riskmodel/backtest/sheet.py": "figures by day: no household",
    "riskmodel/steps/backtest_report.py": "figures by day: no household",
    "riskmodel/steps/coordination.py": "figures of meetings and numbers of referrals: no household, no score",
    "riskmodel/steps/law_files.py": "deadlines, statutory lists and reports, read from features: no score",
    "riskmodel/steps/drop.py": "what partners were sent, by number: fiches as conventions allow, no score",
    "riskmodel/steps/replay_page.py": "figures by day: no household",
    "riskmodel/steps/watch.py": "figures by group, cards and records to publish: no household",
    "riskmodel/steps/seals.py": "keys",
    "dags/local/scheduler.py": "process numbers of a local scheduler",
}
"""Every module that writes a file and could know a score, and what a reader finds in it."""
PLACE_OR_PERSON = {"commune_code", "priority_area", "typology", "floor_area_m2", "household_type", "holder_birth_year", "label"}
AUDIT_ONLY = {(table.name, column.name) for table in TABLES.values() for column in table.columns if column.audit_only}


def test_every_feature_is_published_as_an_input_or_refused_with_its_reason() -> None:
    admitted = {name for inputs in ADMITTED.values() for name in inputs}
    assert not admitted & FORBIDDEN.keys()
    silent = {feature.name for feature in FEATURES} - admitted - FORBIDDEN.keys()
    assert not silent, f"Ni entrée publiée ni donnée refusée : {sorted(silent)}"


def test_no_debt_counts_in_the_score_of_lost_contact() -> None:
    rests_on = {feature.name: set(feature.tables) for feature in FEATURES}
    debt = {"entries", "benefits", "plans", "procedures", "overindebtedness", "balances"}
    assert not {name for name in ADMITTED["decrochage"] if rests_on[name] & debt}


def test_what_is_kept_for_audit_cannot_be_read_where_features_are_computed(tmp_path: Path) -> None:
    """Values are there in the files, and the connection shows neither the columns nor the table of persons."""
    lease = {"lease_id": "B1", "dwelling_id": "L1", "household_id": "M1", "start_date": date(2024, 1, 5)}
    person = {"tenant_id": "T1", "lease_id": "B1", "role": "holder", "last_name": "EXEMPLE"}
    rows = {
        "leases": [lease | {"household_type": "single_parent", "holder_birth_year": 1951}],
        "dwellings": [{"dwelling_id": "L1", "management_unit": "UG1", "priority_area": True}],
        "tenants": [person],
    }
    with connect(laid_out(tmp_path, rows), date(2026, 1, 31)) as con:
        names = [row[0] for row in con.execute("SHOW TABLES").fetchall()]
        seen = {name: {row[0] for row in con.execute(f"DESCRIBE {name}").fetchall()} for name in names}
    assert {"leases", "dwellings"} <= seen.keys()
    assert {name for _, name in AUDIT_ONLY} >= {"household_type", "holder_birth_year", "priority_area"}
    assert not {(table, column) for table, column in AUDIT_ONLY if column in seen.get(table, set())}
    assert not {table.name for table in TABLES.values() if table.is_personal} & seen.keys()


@pytest.mark.parametrize("folder", ["ledger", "contact", "features", "households", "statements"])
def test_no_place_and_no_attribute_of_a_person_is_named_where_features_are_computed(folder: str) -> None:
    for path in (REPOSITORY / "sql" / folder).glob("*.sql"):
        assert not PLACE_OR_PERSON & set(path.read_text(encoding="utf-8").replace(",", " ").replace(".", " ").split()), path.name


def test_every_module_that_writes_a_file_says_whether_a_score_is_in_it() -> None:
    found = {tree.name(path) for path in tree.sources("riskmodel", "dags") if _writes(path)}
    could_know = {name for name in found if not name.startswith(tuple(f"riskmodel/{room}/" for room in BELOW_SCORES))}
    assert could_know == WRITERS.keys(), f"À déclarer ici, ou à retirer : {sorted(could_know ^ WRITERS.keys())}"


def test_the_files_people_decide_from_and_hand_on_do_not_depend_on_any_score(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same households, reasons and order with other scores: byte for byte the same files, points.xlsx apart. The hash that
    ties a document to its frozen list is of everything in it, and tells nothing."""
    for document in (guide, summary, workbook):
        monkeypatch.setattr(document, "fingerprint", lambda _: "empreinte")
    frozen = invented({"urgence": 1, "derive": 4, "decrochage": 3, "ecarte": 2, "ne_peut_pas_dire": 1, "a_contacter": 1})
    told = {path.name: path.read_bytes() for path in files.write(frozen, tmp_path / "one")}
    others = {path.name: path.read_bytes() for path in files.write(_with_other_scores(frozen), tmp_path / "two")}
    assert {name for name in told if told[name] != others[name]} == {"points.xlsx"}


def _with_other_scores(frozen: FrozenList) -> FrozenList:
    return replace(frozen, rows=tuple(_other(row) for row in frozen.rows))


def _other(row: Row) -> Row:
    reasons = tuple(replace(reason, points=reason.points + 1) for reason in row.reasons)
    sums = {score: sum(reason.points for reason in reasons if reason.score == score) for score in ("derive", "decrochage")}
    drift = None if row.drift is None else sums["derive"]
    contact = None if row.decrochage is None else sums["decrochage"]
    return replace(row, reasons=reasons, drift=drift, decrochage=contact, probability=0.77)


def _writes(path: Path) -> bool:
    names = {node.attr for node in ast.walk(tree.tree(path)) if isinstance(node, ast.Attribute)}
    return bool(names & WRITES) or "COPY (" in path.read_text(encoding="utf-8")
