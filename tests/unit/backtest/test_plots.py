"""Pictures: the same for the same figures, told apart without colour, and free of what a strict content policy forbids."""

import re
from datetime import date, timedelta
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from riskmodel.backtest import plots

DAYS = tuple(date(2026, 1, 4) + timedelta(days=28 * n) for n in range(4))
LINES = [plots.Line(role, f"{role} à nommer", DAYS, (0.2, 0.3, 0.25, 0.31)) for role in plots.LOOKS]


def drawn() -> dict[str, str]:
    return {
        "over_time": plots.over_time(LINES, "sur 100"),
        "intervals": plots.intervals([plots.Interval("bande", 0.2, 0.1, 0.4, 0.25)], "sur 100", is_share=True),
        "boxes": plots.boxes(DAYS, [(0, 1, 2, 3, 4)] * 4, "points", is_share=False),
    }


@pytest.mark.parametrize("name", ["over_time", "intervals", "boxes"])
def test_the_same_figures_give_the_same_picture_without_style_date_or_script(name: str) -> None:
    first, second = drawn()[name], drawn()[name]
    assert first == second
    assert not re.search(r"style|<script|dc:date|href=\"http", first)
    assert ElementTree.fromstring(first).tag.endswith("svg")


def test_lines_differ_by_dashes_or_marks_and_not_by_colour_alone() -> None:
    looks = {(str(look.dashes), look.mark, look.face) for look in plots.LOOKS.values()}
    assert len(looks) == len(plots.LOOKS)


def test_one_day_alone_can_be_drawn() -> None:
    assert plots.over_time([plots.Line("points", "table ajustée", DAYS[:1], (0.4,))], "sur 100").startswith("<?xml")


@pytest.mark.parametrize("wanted", [[0.1, 0.1, 0.1], [0.0, 0.5, 0.52], [0.3]])
def test_names_never_stand_on_each_other_nor_under_the_axis(wanted: list[float]) -> None:
    heights = [0.05] * len(wanted)
    places = plots._apart(wanted, heights)
    assert places[0] >= heights[0] / 2 - 1e-9
    assert all(above - below >= 0.05 - 1e-9 for below, above in pairwise(places))
