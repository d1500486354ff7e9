import csv
from dataclasses import replace
from io import StringIO

from riskmodel.documents.columns import FLAT
from riskmodel.documents.flat import flat
from riskmodel.weekly.frozen import FrozenList
from tests.unit.documents.invented import invented


def _read(frozen: FrozenList) -> list[dict[str, str]]:
    text = flat(frozen).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))


def test_excel_in_french_opens_it_mark_semicolons_commas_and_line_ends() -> None:
    content = flat(invented({"derive": 2}))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\r\n") == 1 + 2 + 3
    row = _read(invented({"derive": 2}))[0]
    assert row["reste_a_charge_eur"].replace(",", "").isdigit()
    assert row["reste_a_charge_eur"][-3] == ","
    assert row["situation_au"] == "18/10/2026"
    assert row["nature"] == "Données synthétiques"


def test_every_row_of_every_tab_has_its_line_and_departures_come_last() -> None:
    rows = _read(invented({"urgence": 1, "derive": 3, "a_contacter": 2}, departures=2))
    assert [row["onglet"] for row in rows] == ["Urgences"] + ["Dérive d’impayé"] * 3 + ["À contacter"] * 2 + [
        "Sortis de la liste"
    ] * 2


def test_neither_score_nor_points_travel() -> None:
    frozen = invented({"derive": 4, "decrochage": 4})
    gone = replace(frozen.departures[0], why="Sous le seuil : score 12, il en faut 25.")
    text = flat(replace(frozen, departures=(gone,))).decode("utf-8-sig")
    assert "score" not in text.lower()
    assert "+12" not in text
    assert not {"drift", "decrochage", "score", "points"} & {column.key for column in FLAT}
    assert frozen.tab("derive")[0].reasons[0].text.split(" :")[0][:20] in text


def test_a_text_that_begins_like_a_formula_is_quoted_with_an_apostrophe() -> None:
    frozen = invented({"derive": 1}, departures=0)
    hostile = replace(frozen.rows[0], lease_id="=cmd|' /C calc'!A0", household_id="@SUM(1)")
    row = _read(replace(frozen, rows=(hostile,)))[0]
    assert row["bail"] == "'=cmd|' /C calc'!A0"
    assert row["menage"] == "'@SUM(1)"


def test_a_credit_stays_a_number() -> None:
    frozen = invented({"derive": 1})
    credit = replace(frozen.rows[0], facts={"current_cents": -1_250})
    row = _read(replace(frozen, rows=(credit,)))[0]
    assert row["dette_courante_eur"] == "-12,50"
    assert row["solde_exigible_eur"] == ""
