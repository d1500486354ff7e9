"""Names stay in people, audit columns out of features, money in whole cents, and invented data say so."""

import re
import tomllib
from pathlib import Path
from zipfile import ZipFile

import duckdb
import pytest

from riskmodel import REPOSITORY
from riskmodel.contracts import TABLES
from riskmodel.features.dictionary import FEATURES
from tests.house import tree

PERSONAL = {"last_name", "first_names", "birth_date", "address_line", "NOM", "PRENOMS", "DT_NAISS"}
"""Column names that can only be a person's; `phone` or `email` are also channels of contact."""
MAY_NAME_A_PERSON = ("riskmodel/contracts/tenants.py", "riskmodel/people/", "riskmodel/intake/", "riskmodel/demo/")
AUDIT_ONLY = sorted(column.name for table in TABLES.values() for column in table.columns if column.audit_only)
SQL = sorted((REPOSITORY / "sql").rglob("*.sql"))
PARAMETER = re.compile(r"(?<!:):[a-z]\w*|\$[a-z]+")
"""What code fills in: `:as_of` is a value, `$table` a name of the contract."""


def words(path: Path) -> set[str]:
    return set(re.findall(r"\w+", path.read_text(encoding="utf-8")))


def test_a_persons_columns_are_named_only_where_persons_are_handled() -> None:
    guilty = {
        tree.name(path): sorted(words(path) & PERSONAL)
        for path in tree.texts()
        if path.suffix in {".py", ".sql", ".typ", ".toml"}
        and tree.name(path).startswith(("riskmodel/", "dags/", "sql/", "reports/"))
        and not tree.name(path).startswith(MAY_NAME_A_PERSON)
        and words(path) & PERSONAL
    }
    assert not guilty, f"Données de personnes hors de people : {guilty}"


def test_no_feature_is_personal_or_kept_for_audit() -> None:
    personal = {column.name for table in TABLES.values() if table.is_personal for column in table.columns} - {"lease_id"}
    guilty = {feature.name for feature in FEATURES} & (personal | set(AUDIT_ONLY))
    assert not guilty, f"Ces colonnes n'entrent dans aucun score : {sorted(guilty)}"
    assert not {table for feature in FEATURES for table in feature.tables} & {t.name for t in TABLES.values() if t.is_personal}


@pytest.mark.parametrize("folder", ["features", "ledger", "contact", "households", "statements"])
def test_audit_columns_are_out_of_sight_of_features(folder: str) -> None:
    guilty = {tree.name(path): sorted(words(path) & set(AUDIT_ONLY)) for path in (REPOSITORY / "sql" / folder).rglob("*.sql")}
    assert not any(guilty.values()), (
        f"Colonnes réservées à l'audit : { {name: found for name, found in guilty.items() if found} }"
    )


def test_money_is_whole_cents_everywhere() -> None:
    floats = [feature.name for feature in FEATURES if feature.name.endswith("_cents") and feature.type != "BIGINT"]
    assert not floats, f"Un montant est un entier de centimes : {floats}"
    unnamed = [feature.name for feature in FEATURES if feature.unit == "centimes" and not feature.name.endswith("_cents")]
    assert not unnamed, f"Un montant en centimes le dit dans son nom : {unnamed}"


@pytest.mark.parametrize("path", SQL, ids=tree.name)
def test_a_sql_file_parses(path: Path) -> None:
    filled = PARAMETER.sub(lambda found: "NULL" if found.group()[0] == ":" else "x", path.read_text(encoding="utf-8"))
    assert duckdb.connect().extract_statements(filled)


def test_no_sql_file_makes_a_float_of_cents() -> None:
    cast = re.compile(r"CAST\(\s*\w*_cents\s+AS\s+(?:DOUBLE|FLOAT|REAL)|_cents\s*::\s*(?:DOUBLE|FLOAT|REAL)", re.IGNORECASE)
    guilty = [tree.name(path) for path in SQL if cast.search(path.read_text(encoding="utf-8"))]
    assert not guilty, f"Centimes changés en flottants : {guilty}"


def test_demo_data_say_that_they_are_invented() -> None:
    demo = REPOSITORY / "riskmodel" / "demo"
    assert "synthétiques" in (demo / "DONNEES-SYNTHETIQUES.md").read_text(encoding="utf-8")
    for declaration in demo.glob("*.toml"):
        assert tomllib.loads(declaration.read_text(encoding="utf-8"))["is_synthetic"] is True, declaration.name
    for archive in demo.glob("*.zip"):
        assert {Path(found).parts[0] for found in ZipFile(archive).namelist()} == {archive.stem}


def test_sample_outputs_say_that_they_are_invented() -> None:
    notices = list((REPOSITORY / "reports" / "exemples").glob("*.md"))
    assert any("synthétiques" in path.read_text(encoding="utf-8") for path in notices), "reports/exemples : il manque la mention"


def test_the_lock_has_hashes_and_no_address() -> None:
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    pins = re.findall(r"^([a-zA-Z0-9._-]+(?:\[[^\]]*\])?==\S+)(.*(?:\n\s+--hash.*)*)", lock, re.MULTILINE)
    assert len(pins) > 50
    assert not [name for name, rest in pins if "--hash=sha256:" not in rest]
    assert "://" not in lock, "requirements.lock ne porte aucune adresse"
