"""A list is not approved unread; rows are timed; how often flags are judged wrong is known, without telling who was drawn."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from riskmodel.casework.decisions import undo
from riskmodel.casework.key import ListKey
from riskmodel.casework.reviews import approve, begun, escalated, figures, progress, read, reopen, start
from riskmodel.errors import ApprovalRefused
from riskmodel.register.models import DrawnRow
from tests.unit.casework.lists import KEY, NOON, at, decided, frozen


def read_all(session: Session, minutes: float = 2) -> None:
    for place, lease in enumerate(("B1", "B2", "B3", "B4")):
        read(session, KEY, lease, "agent.01", at(place * minutes))


def test_rows_to_read_are_those_of_the_worked_tabs_each_lease_once(session: Session) -> None:
    made = progress(session, KEY)
    assert (made.rows, made.read, made.unread, made.opened_at) == (4, 0, ("B1", "B2", "B3", "B4"), None)


def test_a_list_is_not_approved_unread_and_the_refusal_names_the_rows(session: Session) -> None:
    read(session, KEY, "B1", "agent.01", NOON)
    with pytest.raises(ApprovalRefused, match=r"3 ménages n'ont été lus par personne \(B2, B3, B4\)"):
        approve(session, KEY, "agent.01", at(1))
    assert progress(session, KEY).approved_at is None


def test_rows_read_by_two_people_or_decided_on_count_as_read(session: Session) -> None:
    read(session, KEY, "B1", "agent.01", NOON)
    read(session, KEY, "B2", "agent.02", NOON)
    decided(session, "B3")
    assert progress(session, KEY).unread == ("B4",)
    decided(session, "B4")
    approve(session, KEY, "agent.02", at(3))
    assert (progress(session, KEY).approved_by, progress(session, KEY).approved_at) == ("agent.02", at(3))


def test_an_approval_is_given_once_and_can_be_taken_back(session: Session) -> None:
    read_all(session)
    approve(session, KEY, "agent.01", at(9))
    with pytest.raises(ApprovalRefused, match=r"déjà approuvée le 19/10/2026 par agent.01"):
        approve(session, KEY, "agent.02", at(10))
    reopen(session, KEY, "agent.02", at(11))
    assert progress(session, KEY).approved_at is None
    with pytest.raises(ApprovalRefused, match="rien à rouvrir"):
        reopen(session, KEY, "agent.02", at(12))


def test_the_time_of_a_row_lasts_until_the_next_one_and_ten_minutes_at_most(session: Session) -> None:
    read(session, KEY, "B1", "agent.01", NOON)
    read(session, KEY, "B2", "agent.01", at(1))
    read(session, KEY, "B1", "agent.01", at(1.5))
    read(session, KEY, "B3", "agent.01", at(2.5))
    read(session, KEY, "B4", "agent.01", at(62.5))
    assert progress(session, KEY).median_seconds == 120  # B1 120, B2 30, B3 600, B4 not yet left
    approve(session, KEY, "agent.01", at(63.5))
    assert progress(session, KEY).median_seconds == 90


def test_time_after_the_approval_is_nobodys(session: Session) -> None:
    read_all(session)
    approve(session, KEY, "agent.01", at(8))
    read(session, KEY, "B1", "agent.01", at(60))
    assert progress(session, KEY).median_seconds == 120
    reopen(session, KEY, "agent.01", at(90))
    read(session, KEY, "B1", "agent.01", at(91))
    assert progress(session, KEY).median_seconds == 120


def test_the_override_rate_counts_flags_judged_wrong_leaves_drawn_rows_out_and_waits_for_the_approval(session: Session) -> None:
    chance = {"score": "derive", "stratum": "s", "probability": 0.1, "seed": "s", "event": None, "is_helped": None}
    session.add(DrawnRow(landlord_id="essai", week=KEY.week, management_unit="UG01", lease_id="B2", **chance))
    decided(session, "B1", "no_action")  # a rule of law, not a flag
    decided(session, "B2", "no_action")  # drawn: saying that there is nothing to do confirms the ranking
    decided(session, "B3", "wrong_data")
    decided(session, "B4", "call")
    assert progress(session, KEY).override_rate is None
    approve(session, KEY, "agent.01", at(5))
    assert progress(session, KEY).override_rate == 0.5
    (figure,) = figures(session, "essai", [KEY.week])
    assert (figure.rows, figure.read, figure.decided, figure.override_rate) == (4, 4, 4, 0.5)


def test_a_list_that_does_not_exist_cannot_be_reviewed(session: Session) -> None:
    with pytest.raises(ApprovalRefused, match="aucune liste figée"):
        start(session, ListKey("essai", "2026-S43", "UG77"), "agent.01", NOON)


def test_a_review_has_begun_once_opened_or_once_something_was_decided(session: Session) -> None:
    frozen(session, ListKey("essai", KEY.week, "UG02"))
    assert begun(session, "essai", KEY.week) == set()
    start(session, KEY, "agent.01", NOON)
    start(session, KEY, "agent.02", at(3))
    decided(session, "B1", key=ListKey("essai", KEY.week, "UG02"))
    assert begun(session, "essai", KEY.week) == {"UG01", "UG02"}
    assert progress(session, KEY).opened_at == NOON


def test_figures_come_by_week_and_unit_newest_first_empty_lists_included(session: Session) -> None:
    frozen(session, ListKey("essai", "2026-S44", "UG02"), rows={})
    frozen(session, ListKey("essai", "2026-S44", "UG01"))
    frozen(session, ListKey("autre", "2026-S44", "UG01"))
    read_all(session)
    decided(session, "B3", "pause")
    found = figures(session, "essai", ["2026-S43", "2026-S44"])
    assert [(one.week, one.management_unit, one.rows, one.read, one.decided) for one in found] == [
        ("2026-S44", "UG01", 4, 0, 0),
        ("2026-S44", "UG02", 0, 0, 0),
        ("2026-S43", "UG01", 4, 4, 1),
    ]
    assert found[2].median_seconds == 120


def test_rows_that_escalate_come_first_for_the_head_until_somebody_decides(session: Session) -> None:
    key = ListKey("essai", "2026-S44", "UG01")
    frozen(session, key, facts={"B2": {"silent_weeks": 3}, "B4": {"silent_weeks": 4}})
    assert [(one.lease_id, one.tab, one.weeks) for one in escalated(session, "essai", "2026-S44")] == [
        ("B4", "decrochage", 4),
        ("B2", "derive", 3),
    ]
    decided(session, "B4", key=key, days=7)
    assert [one.lease_id for one in escalated(session, "essai", "2026-S44")] == ["B2"]
    assert figures(session, "essai", ["2026-S44"])[0].silent == 1
    undo(session, key, "B4", "agent.01", NOON + timedelta(days=8))
    assert len(escalated(session, "essai", "2026-S44")) == 2
