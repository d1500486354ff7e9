"""A panel measures each day once, and again as soon as anything it rests on has changed."""

from datetime import date
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest

from riskmodel import outcomes
from riskmodel.features import FEATURES
from riskmodel.lake import Source
from riskmodel.outcomes import history
from tests.lakes import laid_out
from tests.spec.drawing import household

DAYS = [date(2026, 1, 4), date(2026, 2, 1)]
LAST = date(2026, 9, 30)
RENT = """
    | valeur                  | écriture | montant | période |
    | 2025-01-05 à 2026-09-05 | loyer    |  400,00 | mois    |
    | 2025-01-06 à 2026-01-06 | virement | -400,00 |         |
"""


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    return laid_out(tmp_path_factory.mktemp("lac"), household(entries=RENT))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("histoire")


@pytest.fixture(scope="module")
def panel(source: Source, folder: Path) -> pd.DataFrame:
    return outcomes.panel(source, DAYS, LAST, folder)


def test_a_panel_has_its_day_then_the_dictionary_then_what_happened(panel: pd.DataFrame) -> None:
    names = list(panel.columns)
    assert names[: len(FEATURES) + 1] == ["as_of", *(feature.name for feature in FEATURES)]
    assert panel[["as_of", "lease_id"]].to_numpy().tolist() == [[day, lease] for day in DAYS for lease in ("B1", "B2")]
    assert panel.loc[panel["lease_id"] == "B1", "derive_on"].tolist() == [date(2026, 3, 5)] * 2


def test_days_are_dates_and_figures_are_nullable(panel: pd.DataFrame) -> None:
    for name in ("as_of", "derive_on", "derive_end_on", "decrochage_on", "decrochage_end_on", "known_until"):
        assert {type(value) for value in panel[name] if not pd.isna(value)} <= {date}, name
    kinds = {name: str(panel[name].dtype) for name in ("current_cents", "overdue_terms", "in_drift", "derive_end")}
    assert kinds == {"current_cents": "Int64", "overdue_terms": "Float64", "in_drift": "boolean", "derive_end": "string"}


def test_a_day_is_measured_once(source: Source, folder: Path, panel: pd.DataFrame) -> None:
    told: list[tuple[int, int]] = []
    with patch.object(history, "measure", side_effect=AssertionError("measured twice")):
        again = outcomes.panel(source, DAYS, LAST, folder, lambda done, total: told.append((done, total)))
    pd.testing.assert_frame_equal(again, panel)
    assert told == [(1, 2), (2, 2)]


def test_another_delivery_or_another_lake_is_measured_again(source: Source, folder: Path, panel: pd.DataFrame) -> None:
    newer = Source(source.lake, {name: version + 1 for name, version in source.pins.items()})
    for asked, last in ((source, date(2026, 10, 1)), (newer, LAST)):
        with patch.object(history, "measure", side_effect=InterruptedError), pytest.raises(InterruptedError):
            outcomes.panel(asked, DAYS[:1], last, folder)
    with patch.object(history, "measure", side_effect=AssertionError("a killed run harmed the file")):
        assert len(outcomes.panel(source, DAYS[:1], LAST, folder)) == len(panel) / 2
