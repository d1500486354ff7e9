"""points.xlsx: what is read once decisions are taken."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from riskmodel.documents.phrases import chance
from riskmodel.documents.workbook import points
from riskmodel.weekly.frozen import FrozenList, Tab
from tests.unit.documents.invented import invented

SIZES: dict[Tab, int] = {"urgence": 2, "derive": 4, "decrochage": 3, "a_contacter": 2}


def _sheet(frozen: FrozenList) -> Worksheet:
    return load_workbook(BytesIO(points(frozen)))["Points"]


def _rows(frozen: FrozenList) -> list[dict[str, Any]]:
    heads, *lines = list(_sheet(frozen).iter_rows(min_row=4, values_only=True))
    return [dict(zip(heads, line, strict=True)) for line in lines]


def test_points_in_the_reasons_cell_add_up_to_the_score() -> None:
    rows = _rows(invented(SIZES))
    assert len(rows) == 7
    for row in rows:
        assert sum(int(line.split()[0]) for line in row["Raisons et points"].split("\n")) == row["Score"]


def test_it_says_first_that_it_is_for_after_the_decisions_internal_and_synthetic() -> None:
    notice = str(_sheet(invented(SIZES))["A2"].value)
    assert notice.startswith("DONNÉES SYNTHÉTIQUES")
    assert "À ouvrir quand les décisions sont prises" in notice
    assert "ne sort pas de chez le bailleur" in notice
    assert "SYNTH" not in str(_sheet(replace(invented(SIZES), is_synthetic=False))["A2"].value)


def test_what_would_have_removed_the_flag_stands_beside_it_and_says_when_a_smaller_set_may_exist() -> None:
    frozen = invented({"derive": 2})
    exact = replace(frozen.rows[0], removal=("Le loyer de 480 € échu le 05/09/2026 payé à temps", "Le rejet du 12/09/2026 évité"))
    other = replace(frozen.rows[1], removal=("Le plan tenu",), removal_is_exact=False)
    first, second = _rows(replace(frozen, rows=(exact, other)))
    assert first["Ce qui aurait évité ce signalement"].split("\n")[1] == "Le rejet du 12/09/2026 évité"
    assert "peut-être un ensemble plus petit" in second["Ce qui aurait évité ce signalement"]
    assert "peut-être" not in first["Ce qui aurait évité ce signalement"]


def test_the_chance_of_the_event_stands_beside_the_score_as_people_say_it() -> None:
    frozen = invented({"derive": 1})
    (row,) = _rows(replace(frozen, rows=(replace(frozen.rows[0], probability=0.24),)))
    assert row["Dans les 90 jours"] == "environ 1 sur 4"
    assert not _rows(frozen)[0]["Dans les 90 jours"]


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.004, "moins de 1 sur 100"),
        (0.011, "environ 1 sur 100"),
        (0.12, "environ 1 sur 8"),
        (0.5, "environ 1 sur 2"),
        (0.66, "environ 2 sur 3"),
        (0.77, "environ 3 sur 4"),
        (0.92, "environ 9 sur 10"),
        (0.97, "plus de 9 sur 10"),
    ],
)
def test_a_share_is_said_as_one_in_so_many(share: float, said: str) -> None:
    assert chance(replace(invented({"derive": 1}).rows[0], probability=share)) == said


def test_a_list_ordered_by_rules_has_no_points_and_says_so() -> None:
    frozen = invented({"derive": 2})
    ruled = tuple(replace(row, drift=None, reasons=(), why="Règle « âge de la dette » : 45 jours.") for row in frozen.rows)
    sheet = _sheet(replace(frozen, rows=ruled, orders={"derive": "debt_age", "decrochage": "score"}))
    assert str(sheet["A5"].value).startswith("Aucun score cette semaine")
