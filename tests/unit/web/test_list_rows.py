"""A row as the page shows it: facts whole, points for whoever has decided."""

from dataclasses import replace
from datetime import date

import pytest

from riskmodel.casework.decisions import Decided
from riskmodel.web.list_rows import Shown, shown
from riskmodel.weekly.frozen import SILENT_FACT, Row
from tests.unit.documents.invented import AS_OF, invented

ROW = invented({"derive": 1}).rows[0]


def decided(lease_id: str) -> Decided:
    return Decided(
        lease_id, "2026-S43", "UG01", "call", "Appel", "asked", "demande du ménage", None, AS_OF, None, "agent", None, None
    )


def said(one: Shown) -> dict[str, str]:
    return {fact.label: fact.text for fact in (*one.account, *one.contact, *one.court)}


def test_points_are_not_on_the_row_before_somebody_decides() -> None:
    before = shown(ROW, AS_OF, None, is_read=True)
    assert before.points is None


def test_points_add_up_once_somebody_has_decided() -> None:
    after = shown(ROW, AS_OF, decided(ROW.lease_id), is_read=True)
    assert after.points is not None
    assert sum(reason.points for reason in after.points.reasons) == after.points.score == ROW.drift


@pytest.mark.parametrize("tab", ["urgence", "ecarte", "a_contacter", "ne_peut_pas_dire"])
def test_tabs_of_rules_have_no_points_even_decided(tab: str) -> None:
    row = invented({tab: 1}).rows[0]  # type: ignore[dict-item]
    assert shown(row, AS_OF, decided(row.lease_id), is_read=True).points is None


def test_a_row_ordered_by_a_rule_has_no_points_even_decided() -> None:
    ruled = replace(ROW, drift=None, reasons=())
    assert shown(ruled, AS_OF, decided(ROW.lease_id), is_read=True).points is None


def test_a_drawn_row_carries_the_same_parts_as_the_others_before_a_decision() -> None:
    drawn: Row = replace(ROW, why=None, drift=3, removal=())
    assert replace(shown(drawn, AS_OF, None, is_read=False), row=ROW) == shown(ROW, AS_OF, None, is_read=False)


def test_amounts_days_and_counts_are_written_for_a_french_reader() -> None:
    facts = ROW.facts | {
        "current_cents": 123_456,
        "technical_cents": 0,
        "frozen_cents": 5_000,
        "days_since_two_way": 20,
        "attempts_180d": 3,
        "failed_attempts_180d": 2,
    }
    told = said(shown(replace(ROW, facts=facts), date(2026, 10, 18), None, is_read=True))
    assert told["Dette courante"] == "1\u202f234,56\u00a0€"
    assert told["Dette gelée"] == "50,00\u00a0€"
    assert "Dette technique" not in told
    assert told["Dernier échange"] == "28/09/2026"
    assert told["Tentatives"].startswith("3 en 6")


def test_an_unknown_figure_is_said_unknown() -> None:
    told = said(shown(replace(ROW, facts=ROW.facts | {"net_term_cents": None}), AS_OF, None, is_read=True))
    assert told["Reste à charge"] == "inconnu"


def test_a_row_that_escalates_says_for_how_many_weeks() -> None:
    assert shown(ROW, AS_OF, None, is_read=False).silent_weeks == 0
    assert shown(replace(ROW, facts=ROW.facts | {SILENT_FACT: 3}), AS_OF, None, is_read=False).silent_weeks == 3


def test_a_lease_with_any_sign_makes_a_name_and_an_address_that_hold() -> None:
    one = shown(replace(ROW, lease_id='B/1 "é"'), AS_OF, None, is_read=False)
    assert one.anchor.removeprefix("bail-").isalnum()
    assert one.path == "B%2F1%20%22%C3%A9%22"
