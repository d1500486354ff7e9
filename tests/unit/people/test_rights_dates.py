"""The days on which a lease's rights began to hold, as known on a day, without a name."""

from datetime import date
from pathlib import Path

import pandas as pd

from riskmodel.people import rights, rights_dates
from tests.unit.people.test_rights import AS_OF, lake_of

DEAD = {"deceased_on": "2026-09-01"}


def dates(folder: Path, *tenants: dict[str, str], known_by: date = AS_OF) -> tuple[date | None, ...]:
    """Objection and death of the lease, None where there is none; each is the first day on which `rights` says so."""
    source = lake_of(folder, *tenants)
    rows = rights_dates(source, known_by)
    assert list(rows.columns) == ["lease_id", "objected_on", "deceased_on"]
    if rows.empty:
        return (None, None)
    (found,) = rows[["objected_on", "deceased_on"]].to_dict("records")
    days = tuple(None if pd.isna(day) else pd.Timestamp(day).date() for day in found.values())
    for name, day in zip(("has_objected", "is_deceased"), days, strict=True):
        if day:
            assert rights(source, day)[name].tolist() == [True]
            assert rights(source, date.fromordinal(day.toordinal() - 1))[name].tolist() == [False]
    return days


def test_the_first_objection_of_a_holder_counts(tmp_path: Path) -> None:
    both = ({"objected_on": "2026-05-01"}, {"role": "co_holder", "objected_on": "2026-04-01"})
    assert dates(tmp_path, *both) == (date(2026, 4, 1), None)


def test_an_estate_begins_when_nobody_is_left(tmp_path: Path) -> None:
    left = {"role": "co_holder", "left_on": "2026-10-01"}
    for name, tenants, day in (
        ("alone", (DEAD,), date(2026, 9, 1)),
        ("left_later", (DEAD, left), date(2026, 10, 1)),
        ("left_before", (DEAD, left | {"left_on": "2025-01-01"}), date(2026, 9, 1)),
        ("somebody_stays", (DEAD, {"role": "co_holder"}), None),
        ("a_guarantor", ({}, DEAD | {"role": "guarantor"}), None),
    ):
        folder = tmp_path / name
        folder.mkdir()
        assert dates(folder, *tenants) == (None, day), name


def test_what_is_not_known_yet_has_no_date(tmp_path: Path) -> None:
    assert dates(tmp_path, DEAD | {"objected_on": "2026-10-30"}, known_by=date(2026, 8, 31)) == (None, None)
