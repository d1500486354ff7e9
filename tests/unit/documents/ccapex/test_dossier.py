"""A dossier says the facts and what it lacks; it is refused without rent, charges or a breakdown that makes the debt."""

import json
import re
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from riskmodel.documents import ccapex
from riskmodel.documents.ccapex import Household
from riskmodel.documents.ccapex.samples import WHO, month, sample, sitting
from riskmodel.errors import DocumentRefused

FORBIDDEN = r"\bscores?\b|\bpoints?\b|risque|algorithm|profil|santé|malad|médecin|médical|psych|handicap|addict|alcool|hospital"


def read(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def rows(workbook: bytes) -> list[tuple[Any, ...]]:
    sheet = load_workbook(BytesIO(workbook)).active
    assert sheet is not None
    return list(sheet.iter_rows(min_row=2, values_only=True))


def test_a_dossier_shows_its_facts_the_months_of_the_debt_and_what_a_jurist_has_to_confirm() -> None:
    text = read(ccapex.dossier(sample(), WHO))
    facts = ("Zoé EXEMPLE", "920,00", "09/2026", "perte d’emploi", "Médiation")
    marks = ("à confirmer par un juriste", "Données synthétiques")
    assert [piece for piece in (*facts, *marks) if piece not in text] == []


def test_the_json_has_no_name_and_the_same_facts() -> None:
    made = ccapex.as_json(sample()).decode()
    assert json.loads(made) == sample()
    assert 'EXEMPLE"' not in made


@pytest.mark.parametrize("piece", ["rent_cents", "charges_cents"])
def test_without_rent_or_charges_no_file_is_made(piece: str) -> None:
    said = sample()
    said["charge"][piece] = None  # type: ignore[literal-required]
    makers = (lambda: ccapex.dossier(said, WHO), lambda: ccapex.as_json(said), lambda: ccapex.packed(sitting((said, WHO))))
    for make in makers:
        with pytest.raises(DocumentRefused, match="ne peut être produit"):
            make()


@pytest.mark.parametrize("months", [[], [month("2026-09", 1, 1)]])
def test_without_a_breakdown_that_makes_the_debt_to_the_cent_no_file_is_made(months: list[Any]) -> None:
    said = sample()
    said["debt"]["months"] = months
    with pytest.raises(DocumentRefused, match=r"ne peut être produit\.\nLe décompte|Décompte vide"):
        ccapex.dossier(said, WHO)


def test_everything_that_lacks_is_named_with_the_next_move() -> None:
    bare = sample(asks=[], views=[], contacts=[], declared={"projet du ménage": None})
    found = {one.code: one.text for one in ccapex.missing(bare, Household())}
    assert set(found) == {"asks", "views", "declared", "contacts", "benefit", "names", "reach"}
    assert "À répondre : projet du ménage." in found.values()


def test_a_pack_has_the_order_a_bookmark_a_dossier_and_a_sheet_to_sign() -> None:
    pack = ccapex.packed(sitting((sample("B1"), WHO), (sample("B2", asks=[]), WHO)))
    chapters = [mark.title for mark in PdfReader(BytesIO(pack)).outline[1] if not isinstance(mark, list)]
    assert chapters == ["Ordre du jour", "1. Bail B1", "2. Bail B2", "Feuille de présence"]
    text = read(pack)
    assert "demande à la commission" in text
    assert "Département" in text


def test_the_workbook_has_a_line_a_case_in_order_with_figures_as_figures() -> None:
    lines = rows(ccapex.table(sitting((sample("B2"), WHO), (sample("B1"), WHO))))
    assert [(line[0], line[2], line[3]) for line in lines] == [(1, "B2", 920), (2, "B1", 920)]


def test_no_file_speaks_of_a_score_nor_of_health() -> None:
    whole = sitting((sample(), WHO))
    texts = [read(ccapex.packed(whole)), read(ccapex.attendance(whole)), ccapex.as_json(sample()).decode()]
    texts.append(str(rows(ccapex.table(whole))))
    assert [found for text in texts for found in re.findall(FORBIDDEN, text, re.IGNORECASE)] == []


def test_the_same_facts_give_the_same_bytes() -> None:
    whole = sitting((sample(), WHO))
    assert ccapex.packed(whole) == ccapex.packed(whole)
    assert ccapex.table(whole) == ccapex.table(whole)
