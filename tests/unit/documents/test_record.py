"""The head of a list: what serves it and what past lists were worth, in plain words."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

from riskmodel.documents.flat import flat
from riskmodel.documents.record import head, told
from riskmodel.documents.summary import summary
from riskmodel.documents.workbook import workbook
from tests.unit.documents.invented import ENTRY, invented

STATEMENTS = ("Dérive d'impayé : table de points 2026-11, approuvée le 05/10/2026.",)


def _said(**changes: Any) -> str:
    return told(ENTRY | changes)


def test_hits_stand_beside_those_of_the_best_rule_with_the_difference_and_its_interval() -> None:
    assert _said().replace("\u00a0", " ") == (
        "Dérive d'impayé : sur 13 semaines servies et échues, 100 ménages signalés, 34 ont atteint 2 termes (règle « âge de la "
        "dette » : 29). Écart : +5 points de pourcentage, intervalle de \u22122 à +12. Fausses alertes : 66. Sur 100 ménages qui "
        "ont atteint 2 termes, la liste en avait montré environ 62 (intervalle de 45 à 80), d'après les lignes tirées au sort."
    )


def test_a_recall_that_cannot_be_estimated_is_refused_once_in_a_sentence_and_never_zero() -> None:
    refused = ENTRY | {"recall": None, "recall_low": None, "recall_high": None}
    said = head(replace(invented({"derive": 1}), track=(refused, refused | {"score": "decrochage", "label": "Décrochage"})))
    assert len([sentence for sentence in said if "n’est pas chiffré" in sentence]) == 1
    assert not any("Sur 100 ménages" in sentence for sentence in said)
    told_why = head(replace(invented({"derive": 1}), track=(refused | {"recall_refusal": "Rappel : trop peu pour le dire."},)))
    assert told_why[-1] == "Rappel\u00a0: trop peu pour le dire."


def test_a_recall_is_refused_on_a_list_that_no_matured_week_precedes() -> None:
    frozen = replace(invented({"derive": 1}), statements=STATEMENTS)
    assert [sentence[:40] for sentence in head(frozen)] == [
        "Dérive d’impayé\u00a0: table de points 2026-11,"[:40],
        "Ce que la liste manque n’est pas chiffré"[:40],
    ]


def test_replayed_weeks_are_told_from_served_ones() -> None:
    assert "sur 13\u00a0semaines rejouées et échues" in _said(kind="rejoué")
    (explained,) = [text for text in head(replace(invented({}), track=(ENTRY | {"kind": "rejoué"},))) if "après coup" in text]
    assert "personne n’y a travaillé" in explained


def test_a_difference_without_interval_and_a_rule_without_figure_say_so() -> None:
    assert "Écart : −3 points de pourcentage, trop peu de semaines pour un intervalle." in _said(
        difference=-0.03, low=None, high=None
    )
    assert "Écart avec la règle : trop peu de semaines pour le dire." in _said(difference=None)
    assert "règle" not in _said(rule_precision=None, difference=0.0)


def test_helped_households_are_told_apart_from_false_alarms() -> None:
    assert "Fausses alertes : 66, sans compter 3\u00a0ménages aidés entre-temps." in _said(treated=3)


def test_loss_of_contact_is_said_in_its_own_words() -> None:
    assert "34 ont décroché" in _said(score="decrochage", label="Décrochage")


def test_every_document_is_headed_by_the_same_sentences() -> None:
    frozen = replace(invented({"derive": 2, "decrochage": 1}), statements=STATEMENTS, track=(ENTRY,))
    first = "sur 13\u00a0semaines servies et échues"
    sheet = load_workbook(BytesIO(workbook(frozen)))["Lisez-moi"]
    assert any(first in str(cell.value) for line in sheet.iter_rows() for cell in line)
    page = " ".join(PdfReader(BytesIO(summary(frozen))).pages[0].extract_text().split())
    assert first.replace("\u00a0", " ") in page.replace("\u00a0", " ")
    rows = list(csv.DictReader(StringIO(flat(frozen).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [row["pourquoi"] for row in rows if row["onglet"] == "En tête de liste"] == head(frozen)


def test_a_list_frozen_before_there_was_a_record_has_no_head() -> None:
    assert head(invented({"derive": 1})) == []
