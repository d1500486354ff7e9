from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from riskmodel.documents.summary import page_facts, summary
from riskmodel.weekly.frozen import FrozenList, Reason, Tab
from tests.unit.documents.invented import ENTRY, invented

LONG = "Direction territoriale Loire-Atlantique Nord — Agence de proximité Saint-Nazaire Méan-Penhoët & Trignac"
SIZES: list[dict[Tab, int]] = [
    {},
    {"derive": 2, "decrochage": 1},
    {"urgence": 4, "derive": 20, "decrochage": 10, "ecarte": 6},
    {"urgence": 25, "derive": 100, "decrochage": 75, "ecarte": 100, "a_contacter": 10, "ne_peut_pas_dire": 10},
]


def _text(frozen: FrozenList) -> str:
    return " ".join(PdfReader(BytesIO(summary(frozen))).pages[0].extract_text().split())


@pytest.mark.parametrize("sizes", SIZES)
def test_it_is_one_a4_page_whatever_the_length(sizes: dict[Tab, int]) -> None:
    warnings = tuple(f"Table « {name} » non livrée : {'un signal est coupé ' * 15}" for name in "abcdefg")
    reader = PdfReader(BytesIO(summary(invented(sizes, unit=LONG, warnings=warnings, departures=40))))
    assert len(reader.pages) == 1
    assert [round(float(side)) for side in reader.pages[0].mediabox[2:]] == [595, 842]


def test_it_is_a_tagged_french_pdf_with_its_title() -> None:
    reader = PdfReader(BytesIO(summary(invented({"derive": 3}))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Synthèse de la semaine 2026-S43 — Agence Rives de Loire"
    assert str(reader.metadata.creation_date).startswith("2026-10-18 00:00:00")
    assert reader.root_object["/Lang"].startswith("fr")
    assert "/StructTreeRoot" in reader.root_object
    assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_object().get_data()


def test_only_fonts_of_the_compiler_are_used() -> None:
    fonts = PdfReader(BytesIO(summary(invented({"derive": 3})))).pages[0]["/Resources"]["/Font"].values()
    assert all("LibertinusSerif" in font.get_object()["/BaseFont"] for font in fonts)


def test_it_says_what_matters_in_french() -> None:
    text = _text(invented({"urgence": 1, "derive": 15, "decrochage": 2, "ecarte": 3}, warnings=("Table « plans » non livrée.",)))
    for said in (
        "Agence Rives de Loire",
        "Semaine 43 de 2026, lundi 19/10/2026",
        "Situation au 18/10/2026 ; dernière livraison le 17/10/2026 (la veille)",
        "Données synthétiques",
        "Table « plans » non livrée.",
        "… et 3 autres dans le classeur",
        "Dérive d’impayé, version 2026-11 (8f1c09d2a7b3)",
        "Aucun acte de procédure ne peut partir de cette page.",
    ):
        assert said in text


def test_no_score_and_no_points_are_printed() -> None:
    frozen = invented({"derive": 12, "decrochage": 5})
    said = str(page_facts(frozen)["tables"])
    assert "score" not in _text(frozen).lower()
    assert not any(f"'{row.drift}'" in said or f"'{row.decrochage}'" in said for row in frozen.rows if (row.drift or 0) > 12)


def test_a_unit_with_nothing_to_review_is_told_so_kindly() -> None:
    assert "Rien à examiner cette semaine" in _text(invented({}))
    assert "C’est une bonne nouvelle." in _text(invented({}))
    assert "joindre les ménages de l’onglet « À contacter »" in _text(invented({"a_contacter": 2}))


def test_old_data_bring_the_advice_first() -> None:
    facts = page_facts(replace(invented({"derive": 1}, warnings=("Autre.",)), last_delivery=date(2026, 10, 9)))
    assert facts["alertes"][0].startswith("Avant tout appel, vérifiez le compte")
    assert "9\u00a0jours avant" in facts["situation"]


def test_a_unit_that_is_only_a_code_is_announced() -> None:
    assert "Unité 01" in _text(invented({"derive": 1}, unit="01"))


def test_bars_carry_their_values_most_frequent_first() -> None:
    bars = page_facts(invented({"derive": 30, "decrochage": 10}))["raisons"]
    assert [bar["valeur"] for bar in bars] == sorted((bar["valeur"] for bar in bars), reverse=True)
    assert bars[0]["part"] == 100
    assert len(bars) == 8
    assert all(bar["valeur"] > 0 for bar in bars)


def test_what_more_than_half_of_the_rows_share_gives_way_to_what_tells_them_apart() -> None:
    alike = Reason("decrochage", "failed_attempts_180d", 25, "4 tentatives sans réponse en 180 jours, depuis le dernier échange")
    apart = [Reason("decrochage", "mail_returned_365d", 8, f"{n} courriers revenus ou non réclamés en un an") for n in (2, 3, 9)]
    canals = Reason("decrochage", "failed_channels_180d", 15, "2 canaux différents essayés sans réponse")
    frozen = invented({"decrochage": 3})
    rows = [replace(row, reasons=(alike, one)) for row, one in zip(frozen.rows, apart, strict=True)]
    rows[2] = replace(rows[2], reasons=(*rows[2].reasons, canals))
    lines = page_facts(replace(frozen, rows=tuple(rows)))["tables"][1]["lignes"]
    assert [line[-1].replace("\u00a0", " ") for line in lines] == [
        "2 courriers revenus ou non réclamés en un an ; 4 tentatives sans réponse en 180 jours",
        "3 courriers revenus ou non réclamés en un an ; 4 tentatives sans réponse en 180 jours",
        "2 canaux différents essayés sans réponse ; 9 courriers revenus ou non réclamés en un an",
    ]


def test_the_shown_reason_is_one_that_the_figures_do_not_already_tell() -> None:
    for line in page_facts(invented({"derive": 10}))["tables"][0]["lignes"]:
        assert not line[-1].startswith("Dette courante")


def test_a_table_that_a_rule_orders_says_so_and_shows_only_what_the_rule_saw() -> None:
    frozen = invented({"derive": 1})
    ruled = replace(frozen.rows[0], reasons=(), drift=None, why="Règle « âge de la dette » : plus ancien terme impayé, 45 jours.")
    table = page_facts(replace(frozen, rows=(ruled,), orders={"derive": "debt_age"}))["tables"][0]
    assert table["titre"] == "Dérive d’impayé, par une règle simple"
    assert table["lignes"][0][-1].replace("\u00a0", " ") == "plus ancien terme impayé, 45 jours."


def test_a_row_without_points_takes_one_line_like_the_others() -> None:
    frozen = invented({"derive": 1})
    table = page_facts(replace(frozen, rows=(replace(frozen.rows[0], reasons=()),)))["tables"][0]
    assert table["lignes"][0][-1].startswith("Termes non soldés à temps")
    assert "\n" not in table["lignes"][0][-1]


def test_a_full_head_and_a_full_list_still_make_one_page() -> None:
    said = tuple(f"{name} : {'une phrase sur ce qui sert cette liste, ' * 9}" for name in ("Dérive", "Décrochage") * 3)
    track = (ENTRY, ENTRY | {"score": "decrochage", "label": "Décrochage", "recall": None})
    warnings = tuple(f"Table « {name} » non livrée : {'un signal est coupé ' * 15}" for name in "abcdefg")
    full = invented(SIZES[-1], unit=LONG, warnings=warnings, departures=40)
    assert len(PdfReader(BytesIO(summary(replace(full, statements=said, track=track)))).pages) == 1
