"""A month of the canonical landlord: every attribute measured, recall never refused, no small cell printed."""

from datetime import date

import pandas as pd
import pytest

from riskmodel.lake import Source
from riskmodel.settings import Settings
from riskmodel.steps import watch
from riskmodel.watch import limits
from tests.extracts.conftest import FULL_DAY


@pytest.fixture(scope="module")
def figures(canonical: Settings, canonical_lake: Source) -> pd.DataFrame:
    """What the canonical landlord's October prints."""
    assert canonical_lake.pins
    made = watch.month(canonical, "esh-pays-de-caux", FULL_DAY)
    assert made["days"] == 13
    folder = canonical.outputs / "esh-pays-de-caux" / "veille" / "2026-10"
    assert {path.suffix for path in folder.iterdir()} == {".pdf", ".csv", ".md"}
    return pd.read_csv(folder / "equite.csv", sep=";", decimal=",", encoding="utf-8-sig")


def test_every_attribute_the_landlord_delivers_is_measured(figures: pd.DataFrame) -> None:
    assert set(figures["attribute"]) == {
        *("tous", "age_band", "household_type", "management_unit"),
        *("priority_area", "benefit_status", "commune_code"),
    }
    assert set(figures["score"]) == {"derive", "decrochage"}


def test_recall_on_replayed_sundays_is_measured_and_never_refused(figures: pd.DataFrame) -> None:
    recall = figures[(figures["metric"] == "recall") & (figures["attribute"] == "tous")]
    assert recall["value"].between(0, 1).all()
    assert (recall["households"] >= limits().fewest).all()
    assert "refused" not in set(figures["reading"].dropna())


def test_no_small_cell_is_printed(figures: pd.DataFrame) -> None:
    printed = figures[figures["value"].notna()]
    assert (printed["households"] >= limits().small_cell).all()


def test_what_the_month_found_is_in_the_journal(canonical: Settings, figures: pd.DataFrame) -> None:
    assert len(figures)
    stops, month = watch.in_force(canonical, "esh-pays-de-caux", date(2026, 11, 1))
    assert month == "2026-10"
    assert all(stop["sentence"].endswith(".") for stop in stops)
