"""On every lease of both extracts the SQL gives what the plain reading of docs/ledger.md gives."""

from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from riskmodel.lake import Source
from tests.lakes import features_of, tables_of
from tests.reference import reference
from tests.reference.agreement import differences, plain

PROCESSES = 2
SHOWN = 20


@pytest.mark.parametrize("as_of", [date(2026, 10, 31), date(2026, 2, 28)])
def test_canonical_leases_are_read_alike(canonical_lake: Source, as_of: date, tmp_path: Path) -> None:
    assert disagreements(canonical_lake, as_of, tmp_path) == []


@pytest.mark.parametrize("as_of", [date(2026, 10, 31)])
def test_ulysse_leases_are_read_alike(ulysse_lake: Source, as_of: date, tmp_path: Path) -> None:
    assert disagreements(ulysse_lake, as_of, tmp_path) == []


@pytest.mark.parametrize("as_of", [date(2026, 11, 14)])
def test_leases_are_read_alike_after_fourteen_nights(
    canonical_lake_after_a_fortnight: Source, as_of: date, tmp_path: Path
) -> None:
    assert disagreements(canonical_lake_after_a_fortnight, as_of, tmp_path) == []


def test_fourteen_nights_leave_the_last_full_day_as_it_was(
    canonical_lake: Source, canonical_lake_after_a_fortnight: Source, tmp_path: Path
) -> None:
    as_of = date(2026, 10, 31)
    before, after = (features_of(lake, as_of, tmp_path) for lake in (canonical_lake, canonical_lake_after_a_fortnight))
    assert differences(after, before) == []


@pytest.mark.parametrize("name", ["canonical_lake", "ulysse_lake"])
def test_the_stock_looks_as_its_makers_say(name: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Per cent of households, against the figures both extracts publish (late 19-21, three net terms 6, a year 1.3)."""
    frame = features_of(request.getfixturevalue(name), date(2026, 10, 31), tmp_path)
    found = list(plain(frame).values())

    def per_cent(feature: str, at_least: float) -> float:
        return 100 * sum((row[feature] or 0) >= at_least for row in found) / len(found)

    assert 17 < per_cent("legal_cents", 1) < 24
    assert 4.5 < per_cent("legal_terms", 3) < 7.5
    assert 1 < per_cent("legal_terms", 12) < 2
    assert per_cent("benefit_late_months", 1) < 5
    assert per_cent("erp_gap_cents", 1) == 0


def disagreements(source: Source, as_of: date, folder: Path) -> list[str]:
    """The first disagreements between the SQL and the reference, the leases of which are shared between processes."""
    tables = tables_of(source, as_of)
    with ProcessPoolExecutor(PROCESSES) as pool:
        expected = pd.concat(pool.map(partial(reference, as_of=as_of), _shares(tables)), ignore_index=True)
    assert len(expected) > 2_000
    return differences(features_of(source, as_of, folder), expected)[:SHOWN]


def _shares(tables: dict[str, pd.DataFrame]) -> list[dict[str, pd.DataFrame]]:
    """The same tables cut by bucket of lease, one share a process; dwellings go to all."""
    return [
        {name: frame if name == "dwellings" else frame[frame["bucket"] % PROCESSES == rank] for name, frame in tables.items()}
        for rank in range(PROCESSES)
    ]
