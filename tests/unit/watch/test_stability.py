"""What moved, beside what chance alone would give; events beside those announced; decisions beside the flag."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from riskmodel.watch import limits, stability
from riskmodel.watch.calibration import apart, calibration
from riskmodel.watch.stability import binned, chance, overlap, psi, rarely
from tests.unit.watch import landlord

LIMITS = limits()


def listed(*days: tuple[date, str]) -> pd.DataFrame:
    return pd.DataFrame([(day, lease) for day, leases in days for lease in leases], columns=["as_of", "lease_id"])


def decided(unit: str, against: int, rows: int) -> pd.DataFrame:
    return pd.DataFrame({"management_unit": unit, "is_against": [rank < against for rank in range(rows)]})


def test_the_same_households_have_not_moved() -> None:
    same = np.array([50, 30, 20])
    assert psi(same, same) == 0
    assert psi(np.array([50, 0, 50]), np.array([50, 0, 50])) == 0


def test_displacement_is_the_textbook_sum() -> None:
    before, now = np.array([5000, 5000]), np.array([6000, 4000])
    assert psi(before, now) == pytest.approx((0.6 - 0.5) * np.log(0.6 / 0.5) + (0.4 - 0.5) * np.log(0.4 / 0.5), rel=1e-3)


def test_sampling_alone_moves_by_what_is_said_of_it() -> None:
    draw = np.random.default_rng(5)
    moved = [psi(*(np.bincount(draw.integers(0, 6, n), minlength=6) for n in (500, 2000))) for _ in range(300)]
    by_chance = chance(6, 500, 2000)
    assert np.mean(moved) == pytest.approx(by_chance, rel=0.15)
    assert 0.02 <= np.mean(np.array(moved) > rarely(by_chance, 6)) <= 0.09


def test_unknown_is_a_bin_of_its_own() -> None:
    entry = landlord.table().inputs[0]
    ranks = binned(entry, pd.Series([0.0, 0.1, 1.39, 5.0, pd.NA], dtype="Float64"))
    assert ranks.tolist() == [0, 1, 3, 4, len(entry.rows)]


def test_an_input_that_is_lost_shows_as_moved_and_unknown() -> None:
    before, now = landlord.inputs(), landlord.inputs(seed=3)
    now["rejects_120d"] = pd.array([pd.NA] * len(now), dtype="Int64")
    found = stability(landlord.table(), before, now, listed(), decided("UG01", 0, 0), 0.95).shifts.set_index("input")
    assert found.loc["rejects_120d", "unknown_now"] == 1
    assert found.loc["rejects_120d", "psi"] > LIMITS.moved
    assert found.loc["unpaid_terms_6", "psi"] < LIMITS.question


def test_the_share_of_a_list_that_stays_is_told_day_by_day() -> None:
    days = [date(2026, 9, 6), date(2026, 10, 4), date(2026, 11, 1)]
    found = overlap(listed((days[0], "ABCD"), (days[1], "CDEF"), (days[2], "F")))
    assert found["kept"].tolist() == [0.5, 1.0]
    assert found["as_of"].tolist() == days[1:]


def test_decisions_against_the_flag_are_told_by_unit_and_in_all() -> None:
    both = pd.concat([decided("UG01", 3, 10), decided("UG02", 0, 30)])
    found = stability(landlord.table(), landlord.inputs(), landlord.inputs(), listed(), both, 0.95).overrides
    assert found[["management_unit", "decided", "against"]].values.tolist() == [
        ["tous", 40, 0.075],
        ["UG01", 10, 0.3],
        ["UG02", 30, 0.0],
    ]


def test_days_a_horizon_apart_count_no_event_twice() -> None:
    assert apart(landlord.DAYS, 90) == [landlord.DAYS[1], landlord.DAYS[5]]


def test_as_many_events_as_announced_is_within_the_limits_and_twice_as_many_is_not() -> None:
    right = calibration(*landlord.rows(2000), LIMITS, 90)
    assert right.iloc[0]["reading"] == "within"
    assert right.iloc[0]["rows"] == 4000
    much = calibration(*landlord.rows(2000, events=0.3), LIMITS, 90)
    assert much.loc[much["attribute"].isin(["tous", "priority_area"]), "reading"].tolist() == ["outside"] * 3


def test_under_twenty_announced_events_there_is_too_little_to_say() -> None:
    found = calibration(*landlord.rows(60), LIMITS, 90)
    assert set(found["reading"]) == {"few"}


def test_without_a_probability_there_is_no_calibration_to_read() -> None:
    rows, groups = landlord.rows()
    assert calibration(rows.assign(probability=pd.array([pd.NA] * len(rows), dtype="Float64")), groups, LIMITS, 90).empty
