"""The second scorer: the same table as a SQL join on bins. An auditor can run it; the night compares it with the first one."""

from collections.abc import Collection, Mapping
from pathlib import Path

import duckdb
import pandas as pd

from riskmodel.score.points import Input, PublishedTable


def query(table: PublishedTable, relation: str) -> str:
    """SQL giving `lease_id`, `score` and one `points_<input>` for every row of `relation` (a features table)."""
    answers = "\nUNION ALL ".join(
        f"SELECT lease_id, '{i.feature}' AS input, CAST({i.feature} AS DOUBLE) AS value FROM {relation}" for i in table.inputs
    )
    columns = ",\n  ".join(
        f"CAST(sum(CASE WHEN input = '{i.feature}' THEN points END) AS BIGINT) AS points_{i.feature}" for i in table.inputs
    )
    bins = ",\n  ".join(line for i in table.inputs for line in _bins(i))
    return (
        f"WITH bins(input, low, high, points) AS (VALUES\n  {bins}),\nanswers AS ({answers})\n"
        f"SELECT lease_id, CAST(sum(points) AS BIGINT) AS score,\n  {columns}\nFROM answers JOIN bins USING (input)\n"
        "WHERE CASE WHEN value IS NULL THEN low IS NULL ELSE value >= low AND value < high END\nGROUP BY lease_id"
    )


def score_in_sql(table: PublishedTable, features: Path, disputed: Mapping[str, Collection[str]] | None = None) -> pd.DataFrame:
    """The table applied by DuckDB to a features file, in order of lease; `disputed` inputs of a lease are unknown."""
    with duckdb.connect() as con:
        return con.execute(f"{query(table, _undisputed(table, features, disputed or {}))} ORDER BY lease_id").df()


def _undisputed(table: PublishedTable, features: Path, disputed: Mapping[str, Collection[str]]) -> str:
    """The features file as a relation, without what households dispute."""
    leases = {entry.feature: [lease for lease, inputs in disputed.items() if entry.feature in inputs] for entry in table.inputs}
    masked = ", ".join(f"CASE WHEN lease_id NOT IN ({_texts(of)}) THEN {name} END AS {name}" for name, of in leases.items() if of)
    return f"(SELECT *{f' REPLACE ({masked})' if masked else ''} FROM read_parquet('{features}'))"


def _texts(values: Collection[str]) -> str:
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)


def _bins(entry: Input) -> list[str]:
    """A row without bounds stands for "unknown"."""
    lows = [row.low for row in entry.rows]
    highs = [*lows[1:], None]
    known = [
        f"('{entry.feature}', {_number(low, '-infinity')}, {_number(high, 'infinity')}, {row.points})"
        for low, high, row in zip(lows, highs, entry.rows, strict=True)
    ]
    return [*known, f"('{entry.feature}', NULL, NULL, {entry.unknown.points})"]


def _number(bound: float | None, otherwise: str) -> str:
    return f"CAST('{otherwise if bound is None else bound}' AS DOUBLE)"
