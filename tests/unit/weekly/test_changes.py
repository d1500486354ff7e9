"""New, kept, gone and why."""

from datetime import date
from typing import Any

import pytest

from riskmodel.weekly.frozen import FrozenList
from tests.unit.weekly.stocks import LOST, OWES_A_TERM, edition, the_list

NEXT = edition(monday=date(2026, 11, 9), last_delivery=date(2026, 11, 8))
URGENT = {"is_clause_missed": True, "plan_framework": "judge", "plan_missed": 1}
HEARING = {"hearing_on": date(2026, 11, 5), "paid_share_3": 10, "unpaid_terms_3": 2}


def following(before: FrozenList, *households: dict[str, Any], **said: Any) -> FrozenList:
    return the_list(*households, previous=before, on=said.pop("on", NEXT), **said)


def test_a_household_seen_last_week_keeps_its_former_rank() -> None:
    before = the_list({**OWES_A_TERM, "rejects_120d": 2}, OWES_A_TERM)
    after = following(before, {**OWES_A_TERM, "rejects_120d": 2}, {}, OWES_A_TERM)
    assert [(row.lease_id, row.change, row.previous_position) for row in after.rows] == [
        ("B1", "maintenu", 1),
        ("B3", "nouveau", None),
    ]


def test_moving_to_another_worked_tab_is_not_leaving() -> None:
    after = following(the_list(OWES_A_TERM), {**OWES_A_TERM, **URGENT})
    assert [(row.tab, row.change, row.previous_position) for row in after.rows] == [("urgence", "maintenu", None)]
    assert after.departures == ()


def test_a_row_that_was_only_to_contact_is_new_on_the_drift_tab() -> None:
    before = the_list({"is_to_contact": True, "obligations_unmet": 1})
    assert following(before, OWES_A_TERM).rows[0].change == "nouveau"


@pytest.mark.parametrize(
    ("was", "now", "why"),
    [
        (OWES_A_TERM, {"overdue_cents": 0, "unpaid_terms_6": 2}, "A payé : dette courante de 480\u00a0€ à 0\u00a0€."),
        (OWES_A_TERM, {**OWES_A_TERM, "overdue_terms": 1.95}, "Passé en impayé installé : 1,95\u00a0terme net."),
        (OWES_A_TERM, {**OWES_A_TERM, "is_terminated": True}, "Bail résilié : suivi avec la procédure."),
        (
            OWES_A_TERM,
            {**OWES_A_TERM, "unpaid_terms_6": 0, "overdue_terms": 0.95},
            "Plus retenu cette semaine : dette courante de 480\u00a0€, dernier échange il y a 30\u00a0jours.",
        ),
        (OWES_A_TERM, {**OWES_A_TERM, "erp_gap_cents": 5_000}, "Le solde de l'ERP s'écarte de 50\u00a0€"),
        (OWES_A_TERM, {**OWES_A_TERM, "management_unit": "UG02"}, "Logement suivi désormais par l'unité UG02."),
        (
            OWES_A_TERM,
            {**OWES_A_TERM, "overdue_terms": 0.2, "plan_state": "kept", "frozen_cents": 40_000},
            "Écarté jusqu'au 14/12/2026 au plus tard : dette sous plan d'apurement respecté (400\u00a0€).",
        ),
        (
            OWES_A_TERM,
            {**OWES_A_TERM, "legal_terms": 0.5, "overdue_terms": 0.2, "plan_state": "kept"},
            "Dette couverte par un plan respecté ou par un surendettement recevable.",
        ),
        (LOST, {"days_since_two_way": 1}, "Échange retrouvé il y a 1\u00a0jour."),
        (
            LOST,
            {"days_since_two_way": 900, "obligations_unmet": 2},
            "Plus retenu cette semaine : aucune dette courante, dernier échange il y a 900\u00a0jours.",
        ),
        (URGENT, {}, "Paiements repris : plus d'échéance en jeu."),
        (HEARING, {}, "Audience du 05/11/2026 passée ou annulée."),
    ],
)
def test_a_departure_says_why_from_the_facts_of_the_day(was: dict, now: dict, why: str) -> None:
    (gone,) = following(the_list({"lease_id": "B0"}, was), {"lease_id": "B0"}, {**now, "lease_id": "B2"}).departures
    assert (gone.lease_id, gone.position) == ("B2", 1)
    assert gone.why.startswith(why)


def test_who_is_still_flagged_beyond_the_capacity_is_told_so() -> None:
    before = the_list(OWES_A_TERM)
    high = {**OWES_A_TERM, "rejects_120d": 2}
    on = edition(2, monday=NEXT.monday, last_delivery=NEXT.last_delivery)
    (gone,) = following(before, OWES_A_TERM, high, high, on=on).departures
    assert gone.why == "Remplit les critères de la liste, au-delà de la capacité de la semaine."


def test_who_left_the_dwelling_is_told_so() -> None:
    (gone,) = following(the_list({}, OWES_A_TERM), {}).departures
    assert gone.why == "Bail terminé : le ménage est parti."


@pytest.mark.parametrize(
    ("right", "why"),
    [("has_objected", "Opposition au profilage enregistrée."), ("is_deceased", "Dossier en succession, suivi à part.")],
)
def test_rights_outweigh_any_other_reason(right: str, why: str) -> None:
    rights = [{"lease_id": "B1", "has_objected": False, "is_deceased": False, right: True}]
    (gone,) = following(the_list(OWES_A_TERM), OWES_A_TERM, rights=rights).departures
    assert gone.why == why


def test_nobody_leaves_a_first_list() -> None:
    assert the_list(OWES_A_TERM).departures == ()
