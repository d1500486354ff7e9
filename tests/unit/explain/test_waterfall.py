"""The picture of a score: bars that add up, a text that says the same, a drawing that a page can hold."""

import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typst

from riskmodel.explain import waterfall
from riskmodel.explain.waterfall import LEFT, RIGHT, WIDTH
from riskmodel.features.dictionary import FEATURES
from riskmodel.score import PublishedTable, published, reasons

SVG = "{http://www.w3.org/2000/svg}"
QUIET: dict[str, Any] = {feature.name: 0 for feature in FEATURES} | {"lease_id": "B<1>&", "has_benefit_break": False}
DRIFTING = QUIET | {"overdue_terms": 1.42, "overdue_cents": 336_47, "unpaid_terms_6": 3, "rejects_120d": 2, "plan_missed": 1}
LOST = QUIET | {"failed_attempts_180d": 4, "failed_channels_180d": 3, "mail_returned_365d": 2, "obligations_unmet": 2}
LOST |= {"silence_days": 400, "appointments_missed_180d": 2}


def drawn(table: PublishedTable, row: dict[str, Any], note: str = "") -> ElementTree.Element:
    return ElementTree.fromstring(waterfall(table, row, note))


def texts(svg: ElementTree.Element) -> list[str]:
    return [(text.text or "").replace("\u00a0", " ") for text in svg.iter(f"{SVG}text")]


def bars(svg: ElementTree.Element) -> list[tuple[float, float]]:
    """Start and width of each bar, the white ground left out."""
    found = [rect for rect in svg.iter(f"{SVG}rect") if rect.get("x")]
    return [(float(rect.get("x", 0)), float(rect.get("width", 0))) for rect in found]


@pytest.mark.parametrize(("name", "row"), [("derive", DRIFTING), ("decrochage", LOST)])
def test_bars_follow_each_other_and_end_in_the_score(name: str, row: dict[str, Any]) -> None:
    table = published(name)
    *steps, total = bars(drawn(table, row))
    points = [reason["points"] for reason in reasons(table, row)]
    unit = (RIGHT - LEFT) / table.total
    assert [width / unit for _, width in steps] == pytest.approx(points, abs=0.05)
    starts = [LEFT + unit * sum(points[:rank]) for rank in range(len(points))]
    assert [start for start, _ in steps] == pytest.approx(starts, abs=0.05)
    assert total == pytest.approx((LEFT, unit * sum(points)), abs=0.05)


def test_the_picture_can_be_read_aloud() -> None:
    svg = drawn(published("derive"), DRIFTING)
    named = [svg.find(f"{SVG}{tag}") for tag in ("title", "desc")]
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == " ".join(part.get("id", "") for part in named if part is not None)
    title, text = ((part.text or "").replace("\u00a0", " ") for part in named if part is not None)
    assert title == "Dérive d'impayé, bail B<1>& : 64 points sur 100"
    for reason in reasons(published("derive"), DRIFTING):
        assert reason["text"].replace("\u00a0", " ") in text
    assert text.endswith("Total : 64 points. Le seuil est atteint (25).")


def test_a_household_without_points_is_drawn_too() -> None:
    svg = drawn(published("decrochage"), QUIET)
    assert bars(svg) == [(LEFT, 0)]
    assert (svg.findtext(f"{SVG}desc") or "").replace(
        "\u00a0", " "
    ) == "Aucun point. Total : 0 point. Le seuil n'est pas atteint (40)."


def test_each_reason_its_points_and_the_threshold_are_written() -> None:
    said = texts(drawn(published("derive"), DRIFTING))
    assert {"+26", "+20", "+12", "64", "seuil 25"} <= set(said)
    assert "Score : 64 points" in said


def test_nothing_is_drawn_outside_and_no_line_of_text_is_too_long() -> None:
    """Half the size of the type is what a character takes at most, on average, in the fonts named."""
    note = "Données synthétiques : aucun ménage réel. " * 4
    for name, row in (("derive", DRIFTING), ("decrochage", LOST), ("derive", QUIET)):
        svg = drawn(published(name), row, note)
        height = float(svg.get("height", 0))
        for text in svg.iter(f"{SVG}text"):
            size = float(text.get("font-size", 0))
            assert float(text.get("y", 0)) <= height
            if text.get("text-anchor") == "start":
                assert float(text.get("x", 0)) + 0.5 * size * len(text.text or "") <= WIDTH, text.text
        assert all(start + width <= RIGHT + 0.1 for start, width in bars(svg))


def test_shades_differ_in_black_and_white() -> None:
    svg = waterfall(published("derive"), DRIFTING)
    fills = set(re.findall(r'<rect x[^>]+fill="#(\w{6})"', svg))
    greys = sorted(sum(weight * int(fill[i : i + 2], 16) for weight, i in ((0.3, 0), (0.59, 2), (0.11, 4))) for fill in fills)
    assert len(greys) == 2
    assert greys[1] - greys[0] > 100


def test_a_note_is_printed_under_the_drawing() -> None:
    said = texts(drawn(published("derive"), DRIFTING, "Données synthétiques : aucun ménage réel."))
    assert said[-1] == "Données synthétiques : aucun ménage réel."


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_a_page_can_hold_it(form: str, tmp_path: Path) -> None:
    (tmp_path / "points.svg").write_text(waterfall(published("derive"), DRIFTING), encoding="utf-8")
    (tmp_path / "page.typ").write_text('#set page("a5", margin: 10mm)\n#image("points.svg", width: 100%)', encoding="utf-8")
    page = typst.compile(str(tmp_path / "page.typ"), format=form)
    assert page.startswith({"pdf": b"%PDF", "png": b"\x89PNG"}[form])
