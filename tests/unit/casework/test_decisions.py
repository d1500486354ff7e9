"""One standing decision a row at most, nothing rewritten, nothing lost."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from riskmodel.casework.decisions import Decided, decide, history, standing, undo
from riskmodel.casework.key import ListKey
from riskmodel.casework.reviews import approve, read
from riskmodel.errors import DecisionRefused
from tests.unit.casework.lists import KEY, MONDAY, NOON, at, decided


def test_a_decision_is_recorded_once_with_its_reason_and_its_instant(session: Session) -> None:
    first = decided(session, "B1")
    assert (first.label, first.reason_label, first.decided_on, first.decided_at) == (
        "Appel",
        "dette qui s'installe",
        MONDAY,
        NOON,
    )
    assert decided(session, "B1", by="agent.02", minutes=5) == first
    assert standing(session, KEY) == {"B1": first}


def test_another_decision_asks_to_take_the_first_back_and_both_stay_in_the_history(session: Session) -> None:
    decided(session, "B1")
    with pytest.raises(DecisionRefused, match=r"déjà décidé le 19/10/2026 par agent.01 \(Appel\)"):
        decided(session, "B1", "visit")
    assert undo(session, KEY, "B1", "agent.02", at(5))
    decided(session, "B1", "visit", minutes=10)
    assert [(one.code, one.undone_by) for one in history(session, "essai", "B1")] == [("visit", None), ("call", "agent.02")]
    assert {lease: one.code for lease, one in standing(session, KEY).items()} == {"B1": "visit"}


def test_taking_nothing_back_says_so(session: Session) -> None:
    assert not undo(session, KEY, "B1", "agent.01", NOON)


def refused(session: Session, code: str, reason: str | None, until: date | None) -> str:
    with pytest.raises(DecisionRefused) as told:
        decide(session, KEY, "B1", code, reason=reason, paused_until=until, by="agent.01", now=NOON)
    assert standing(session, KEY) == {}
    return str(told.value)


def test_a_code_outside_the_list_is_refused_with_all_codes(session: Session) -> None:
    assert "social_worker : Travailleur social" in refused(session, "summons", None, None)


@pytest.mark.parametrize("code", ["call", "visit", "ccapex"])
def test_acting_needs_a_reason_of_the_list(session: Session, code: str) -> None:
    assert "un motif est attendu. Choisissez parmi : debt_grows (dette qui s'installe)" in refused(session, code, None, None)
    assert "« promise » n'est pas un motif admis" in refused(session, code, "promise", None)


@pytest.mark.parametrize("code", ["no_action", "wrong_data"])
def test_a_dismissal_takes_neither_reason_nor_day(session: Session, code: str) -> None:
    told = refused(session, code, "asked", MONDAY + timedelta(days=8))
    assert "aucun motif n'est attendu" in told
    assert "aucune date n'est attendue, 27/10/2026" in told


def test_a_pause_needs_a_reason_and_a_day_to_come_and_both_faults_are_told(session: Session) -> None:
    told = refused(session, "pause", None, None)
    assert "un motif est attendu" in told
    assert "une date est attendue. Donnez un jour après le 19/10/2026 et au plus tard le 20/10/2027" in told
    for until in (MONDAY, MONDAY + timedelta(days=367)):
        assert "ne convient pas" in refused(session, "pause", "promise", until)


@pytest.mark.parametrize(
    ("key", "lease"),
    [(ListKey("essai", "2026-S42", "UG01"), "B1"), (ListKey("essai", "2026-S43", "UG02"), "B1"), (KEY, "B7")],
)
def test_a_row_that_no_frozen_list_shows_cannot_be_decided_on(session: Session, key: ListKey, lease: str) -> None:
    with pytest.raises(DecisionRefused, match="ne figure sur aucune liste figée"):
        decided(session, lease, key=key)


def test_an_approved_list_asks_to_be_reopened_first(session: Session) -> None:
    decided(session, "B1")
    for minute, lease in enumerate(("B2", "B3", "B4")):
        read(session, KEY, lease, "agent.01", at(minute))
    approve(session, KEY, "agent.01", at(9))
    with pytest.raises(DecisionRefused, match="approuvée le 19/10/2026"):
        decided(session, "B2")
    with pytest.raises(DecisionRefused, match="Rouvrez-la"):
        undo(session, KEY, "B1", "agent.01", at(10))
    assert standing(session, KEY)["B1"].undone_at is None


def test_decisions_say_what_was_chosen_in_words(session: Session) -> None:
    made: Decided = decided(session, "B2", "pause")
    assert (made.label, made.reason_label) == ("Remis à plus tard", "promesse de paiement")
    assert made.paused_until == MONDAY + timedelta(days=21)
