from typing import Any

import pandas as pd
import pandera.errors
import pytest

from riskmodel.contracts import TABLES, Column, Table


def row(table: Table, **values: Any) -> pd.DataFrame:
    """One valid stored row of a table, with some values replaced."""
    return pd.DataFrame([{column.stored: _valid(column) for column in table.columns} | values])


def _valid(column: Column) -> Any:
    if column.codes:
        return next(iter(column.codes))
    return (column.minimum or 1) if column.type in {"int", "money", "decimal"} else "x"


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_valid_row_passes_its_own_schema(table: Table) -> None:
    assert len(table.schema().validate(row(table))) == 1


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [(table, column, None) for table in TABLES.values() for column in table.columns if column.required]
    + [(table, column, "inconnu") for table in TABLES.values() for column in table.columns if column.codes]
    + [(table, column, column.minimum - 1) for table in TABLES.values() for column in table.columns if column.minimum is not None]
    + [
        (table, column, column.maximum + 1) for table in TABLES.values() for column in table.columns if column.maximum is not None
    ],
    ids=lambda value: getattr(value, "name", str(value)),
)
def test_a_missing_unknown_or_excessive_value_is_refused(table: Table, column: Column, value: Any) -> None:
    with pytest.raises(pandera.errors.SchemaErrors) as refused:
        table.schema().validate(row(table, **{column.stored: value}), lazy=True)
    assert set(refused.value.failure_cases["column"]) == {column.stored}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_rules_name_columns_that_exist(table: Table) -> None:
    contract = {column.name for column in table.columns}
    named = {*table.key, *(name for pair in table.orders for name in pair)}
    named |= {column.masked_with for column in table.columns if column.masked_with}
    if table.parent:
        assert table.parent[0] in TABLES[table.parent[1]].key
        named.add(table.parent[0])
    assert named <= contract, f"{table.name} : {sorted(named - contract)}"


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_keys_are_never_empty(table: Table) -> None:
    assert all(table.column(name).required for name in table.key)


def test_parents_are_read_before_their_children() -> None:
    order = list(TABLES)
    assert all(order.index(table.parent[1]) < order.index(table.name) for table in TABLES.values() if table.parent)


def test_money_is_whole_cents_and_says_so() -> None:
    for table in TABLES.values():
        for column in table.columns:
            assert column.stored.endswith("_cents") == (column.type == "money"), f"{table.name}.{column.name}"


def test_only_the_tenants_table_is_personal() -> None:
    assert [table.name for table in TABLES.values() if table.is_personal] == ["tenants"]


def test_a_fault_report_can_say_what_was_expected() -> None:
    due_day = TABLES["leases"].column("due_day")
    assert due_day.expected == "un nombre entier ≥ 1 ≤ 28"
    assert TABLES["leases"].column("rent_term").expected == "l'un des codes : in_arrears, in_advance"
