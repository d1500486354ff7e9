"""Both extracts followed over the past: read twice alike, and nobody's departure hides what the labels are about."""

from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from riskmodel import outcomes
from riskmodel.contracts import TABLES
from riskmodel.lake import Source
from riskmodel.lake.read import visible
from riskmodel.outcomes.calendar import closing_day
from tests.extracts.conftest import FULL_DAY
from tests.lakes import tables_of
from tests.measured import Measured, dates_of, disagreements, measured, plain_values, said_by_the_list
from tests.reference import outcomes as plainly

SUNDAY = date(2026, 3, 1)
PROCESSES = 2
SHOWN = 20
LEFT = ("left_clear", "left_owing", "moved")
LARGEST_SHARE_LEFT = 0.05
"""Above, leaving would have to be modelled: dropping those who leave is only harmless while they are few."""


@pytest.mark.parametrize(("name", "one_in"), [("canonical_lake", 1), ("ulysse_lake", 4)])
def test_leases_are_followed_alike(name: str, one_in: int, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """On every lease of the smaller extract, on one bucket in four of the larger."""
    source: Source = request.getfixturevalue(name)
    found = measured(source, SUNDAY, FULL_DAY, tmp_path)
    then, now = tables_of(source, SUNDAY), tables_of(source, closing_day(SUNDAY, FULL_DAY))
    read = partial(_followed, then, now, found, _tenants(source), PROCESSES * one_in)
    with ProcessPoolExecutor(PROCESSES) as pool:
        expected = {lease_id: row for share in pool.map(read, range(PROCESSES)) for lease_id, row in share.items()}
    assert len(expected) > 1_300
    assert disagreements({lease_id: found[lease_id] for lease_id in expected}, expected)[:SHOWN] == []
    assert {row["derive_end"] for row in expected.values()} >= {"plan", "left_clear", "left_owing", "died"}
    assert {row["decrochage_way"] for row in expected.values()} == {None, "attempts", "mail", "obligations"}


@pytest.mark.parametrize("name", ["canonical_lake", "ulysse_lake"])
def test_the_cohorts_are_those_of_the_list(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    found = measured(request.getfixturevalue(name), SUNDAY, FULL_DAY, tmp_path)
    stock = pd.read_parquet(tmp_path / "jour.parquet", dtype_backend="numpy_nullable")
    said = said_by_the_list(stock, SUNDAY)
    assert {lease_id: {column: found[lease_id][column] for column in line} for lease_id, line in said.items()} == said


def test_later_nights_change_no_outcome(canonical_lake: Source, canonical_lake_after_a_fortnight: Source, tmp_path: Path) -> None:
    before, after = (
        measured(lake, date(2026, 8, 16), FULL_DAY, tmp_path) for lake in (canonical_lake, canonical_lake_after_a_fortnight)
    )
    assert before == after


@pytest.mark.parametrize("name", ["canonical_lake", "ulysse_lake"])
def test_few_watches_are_cut_short_by_leaving(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    days = outcomes.sundays(FULL_DAY, 6, every_weeks=12)
    panel = outcomes.panel(request.getfixturevalue(name), days, FULL_DAY, tmp_path)
    for score in outcomes.SCORES:
        found = outcomes.counts(panel, score, 90)
        assert found["events"] >= 30, score
        closed = sum(found.values()) - found["history_ends"]
        assert sum(found[code] for code in LEFT) / closed <= LARGEST_SHARE_LEFT, (score, found)


def _followed(
    then: dict[str, pd.DataFrame],
    now: dict[str, pd.DataFrame],
    found: Measured,
    tenants: list[dict[str, object]],
    shares: int,
    rank: int,
) -> Measured:
    """The reference's outcomes for one share of the leases; a household's other leases are known to all shares."""
    leases = now["leases"]
    mine = set(leases.loc[leases["bucket"] % shares == rank, "lease_id"]) & set(found)
    rows, dates = {lease_id: found[lease_id] for lease_id in mine}, dates_of(tenants, closing_day(SUNDAY, FULL_DAY))
    return plain_values(plainly.outcomes(_share(then, shares, rank), _share(now, shares, rank), rows, dates, SUNDAY, FULL_DAY))


def _share(tables: dict[str, pd.DataFrame], shares: int, rank: int) -> dict[str, pd.DataFrame]:
    whole = ("dwellings", "leases")
    return {name: rows if name in whole else rows[rows["bucket"] % shares == rank] for name, rows in tables.items()}


def _tenants(source: Source) -> list[dict[str, object]]:
    """Holders' roles and dates, without a name."""
    dates = "tenant_id, lease_id, role, objected_on, deceased_on, left_on"
    with duckdb.connect() as con:
        rows = con.execute(f"SELECT {dates} FROM ({visible(source, TABLES['tenants'], FULL_DAY)})").fetchall()
    return [dict(zip(dates.split(", "), row, strict=True)) for row in rows]
