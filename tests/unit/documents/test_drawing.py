"""Charts of a household's page: true to their figures, told in words, drawn with nothing that a strict page forbids."""

import re
from typing import Any
from xml.etree import ElementTree

import pytest

from riskmodel.documents.axes import NARROW, WIDE, Format, month_label, panel_of
from riskmodel.documents.drawing import account_chart, waterfall_chart

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [f"{2024 + (10 + rank) // 12}-{(10 + rank) % 12 + 1:02d}" for rank in range(24)]
FORMS = [WIDE, NARROW]


def month(name: str, **values: int) -> dict[str, Any]:
    called = {"rent": 40_000, "charges": 6_000, "sls": 0, "rls": -3_000, "benefit": 15_000, "benefit_due": 15_000, "net": 28_000}
    return {"month": name, **called, "paid": 28_000, "other": 0, "balance": 0, **values}


SERIES = [month(name, balance=10_000 * rank) for rank, name in enumerate(MONTHS)]
TOLD = {
    "score": "derive",
    "title": "Dérive d'impayé",
    "version": "2026-11",
    "minimum": 40,
    "total": 100,
    "steps": [
        {"text": "2 termes impayés sur 3", "points": 30},
        {"text": "Un paiement rejeté & non régularisé < 120 jours", "points": 25},
    ],
}


def shapes(svg: str, name: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(svg).findall(f".//{SVG}{name}")


def texts(svg: str) -> list[str]:
    return [(text.text or "").replace("\u00a0", " ").replace("\u202f", " ") for text in shapes(svg, "text")]


@pytest.mark.parametrize("svg", [account_chart(SERIES), account_chart(SERIES, NARROW), waterfall_chart(TOLD)])
def test_a_chart_has_a_title_a_description_and_nothing_that_the_page_forbids(svg: str) -> None:
    drawn = ElementTree.fromstring(svg)
    assert drawn.get("role") == "img"
    for name in (drawn.get("aria-labelledby") or "").split():
        named = drawn.find(f".//*[@id='{name}']")
        assert named is not None
        assert named.text
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=|href=|data:", svg)


def test_the_two_widths_stand_on_one_page_without_sharing_a_name() -> None:
    names = [re.findall(r'id="([^"]+)"', account_chart(SERIES, form)) for form in FORMS]
    assert not set(names[0]) & set(names[1])
    for form, own in zip(FORMS, names, strict=True):
        assert set(re.findall(r"url\(#([^)]+)\)", account_chart(SERIES, form))) <= set(own)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name)
def test_every_month_has_its_marker_and_its_bars_inside_the_drawing(form: Format) -> None:
    svg = account_chart(SERIES, form)
    markers = [ring for ring in shapes(svg, "circle") if ring.find(f"{SVG}title") is not None]
    assert len(markers) == 24
    bars = [bar for bar in shapes(svg, "rect") if bar.find(f"{SVG}title") is not None]
    assert len(bars) == 24 * 4
    height = float(ElementTree.fromstring(svg).get("height") or 0)
    for bar in bars:
        x, y, width, tall = (float(bar.get(name) or 0) for name in ("x", "y", "width", "height"))
        assert form.left <= x <= x + width <= form.width
        assert 0 < y <= y + tall < height


def test_months_are_named_in_french_and_the_last_one_always() -> None:
    assert month_label("2026-01") == "janv.\u00a026"
    for form in FORMS:
        named = [text for text in texts(account_chart(SERIES, form)) if re.fullmatch(r"\w+\.? \d\d", text)]
        assert named[-1] == "oct. 26"
        assert len(named) == len(range(0, 24, form.named))


def test_a_balance_stands_at_its_amount_and_the_last_is_written_in_full() -> None:
    panel = panel_of("Solde", 40, 150, [row["balance"] for row in SERIES])
    rings = [ring for ring in shapes(account_chart(SERIES), "circle") if ring.find(f"{SVG}title") is not None]
    assert [float(ring.get("cy") or 0) for ring in rings] == [round(panel.y(row["balance"]), 1) for row in SERIES]
    assert "2 300,00 €" in texts(account_chart(SERIES))


def test_bars_are_as_high_as_their_amounts() -> None:
    svg = account_chart([month("2026-10", net=30_000, paid=15_000, benefit=0, benefit_due=0)])
    due, paid = (bar for bar in shapes(svg, "rect") if bar.find(f"{SVG}title") is not None)
    assert float(due.get("height") or 0) == pytest.approx(2 * float(paid.get("height") or 0))
    assert due.get("fill") != paid.get("fill")


@pytest.mark.parametrize(
    ("values", "low", "high", "step"),
    [
        ([0, 0], 0, 1_000, 1_000),
        ([-13_263, 654_947], -200_000, 800_000, 200_000),
        ([-5_000, -100], -6_000, 0, 2_000),
        ([123_456_789], 0, 150_000_000, 50_000_000),
    ],
)
def test_axes_hold_every_amount_and_zero_on_round_figures(values: list[int], low: int, high: int, step: int) -> None:
    panel = panel_of("", 40, 150, values)
    assert (panel.low, panel.high, panel.step) == (low, high, step)
    assert panel.y(0) <= 150


def test_money_given_back_goes_below_zero() -> None:
    svg = account_chart([month("2026-09"), month("2026-10", paid=-20_000, benefit=0)])
    zeros = [line for line in shapes(svg, "line") if line.get("stroke-width") == "1.5"]
    back = next(bar for bar in shapes(svg, "rect") if "payé : −200,00" in (bar.findtext(f"{SVG}title") or ""))
    assert float(back.get("y") or 0) == float(zeros[-1].get("y1") or 0)


def test_one_month_and_none_at_all_are_drawn_too() -> None:
    assert account_chart([]) == ""
    assert "1 mois" in ElementTree.fromstring(account_chart(SERIES[:1])).findtext(f"{SVG}title", "").replace("\u00a0", " ")


def test_a_waterfall_starts_each_bar_where_the_one_before_ended_and_adds_up() -> None:
    bars = [(float(bar.get("x") or 0), float(bar.get("width") or 0)) for bar in shapes(waterfall_chart(TOLD), "rect")]
    (first, wide), (second, other), (start, whole) = bars
    assert first + wide == pytest.approx(second, abs=0.2)
    assert start == first
    assert whole == pytest.approx(wide + other, abs=0.2)
    assert {"+30", "+25", "55", "seuil 40"} <= set(texts(waterfall_chart(TOLD)))


def test_a_waterfall_says_in_words_on_which_side_of_the_threshold_it_ends() -> None:
    above = ElementTree.fromstring(waterfall_chart(TOLD)).findtext(f"{SVG}desc", "").replace("\u00a0", " ")
    below = ElementTree.fromstring(waterfall_chart({**TOLD, "minimum": 60})).findtext(f"{SVG}desc", "").replace("\u00a0", " ")
    assert above.endswith("Total : 55 points, qui atteint le seuil de 40.")
    assert below.endswith("Total : 55 points, qui n’atteint pas le seuil de 60.")


def test_a_score_of_nought_has_a_chart() -> None:
    assert "0" in texts(waterfall_chart({**TOLD, "steps": []}))
