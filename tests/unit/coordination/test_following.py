"""Referrals as they had come on a day: the register itself today, and only what was known then for any past day."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.coordination.following import Followed, followed, standing
from riskmodel.errors import SchemeRefused
from riskmodel.referrals import late, moves, seats
from riskmodel.referrals.story import Moved
from riskmodel.register import Sessions
from riskmodel.register.models import Referral
from tests.unit.coordination.project import BY, moved, proposed, sent
from tests.unit.referrals.lives import LANDLORD, SCHEMES, noon, the_partner

TODAY = date(2027, 2, 15)
DAY = date(2026, 3, 2)


def known(session: Session, until: date, known_on: date | None = None) -> dict[int, Followed]:
    found = followed(session, LANDLORD, SCHEMES, until, known_on or until)
    return {one.referral_id: one for one in found}


def test_what_is_known_today_is_what_the_register_holds(session: Session) -> None:
    """Rebuilt from moves alone, each referral has the state, the measure and the next steps that the register kept for it."""
    found = known(session, TODAY)
    rows = session.scalars(select(Referral).filter_by(landlord_id=LANDLORD)).all()
    assert len(found) == len(rows) > 12
    for row in rows:
        one, measure = found[row.id], seats.of(session, row.id)
        assert (one.told.state, one.told.closed_on, one.organisation_id) == (row.state, row.closed_on, row.organisation_id)
        assert [(due.step, due.due_on) for due in one.dues] == [
            (due.step, due.due_on) for due in late.of_one(session, row, SCHEMES[row.scheme], TODAY)
        ]
        assert (one.measure is None) is (measure is None)
        if one.measure and measure:
            for name in ("months", "starts_on", "planned_end_on", "slid_on", "ended_on", "end", "aftercare_until"):
                assert getattr(one.measure, name) == getattr(measure, name), name


def test_a_past_day_shows_neither_what_came_later_nor_what_was_noted_later(register: Sessions) -> None:
    with register() as session:
        referral = proposed(session, "mediation", "SIAO-2026-900", "UG01", DAY)
        after = sent(session, referral, the_partner(session), DAY)
        moved(session, referral, "accept", after, after + timedelta(days=10))
        assert referral not in known(session, DAY - timedelta(days=1))
        assert known(session, after)[referral].told.state == "sent"
        assert known(session, after, after + timedelta(days=10))[referral].told.state == "accepted"
        assert known(session, DAY, after + timedelta(days=10))[referral].told.state == "sent"
        session.rollback()


def test_a_move_taken_back_later_still_stood_that_day(register: Sessions) -> None:
    with register() as session:
        referral = proposed(session, "mediation", "SIAO-2026-901", "UG01", DAY)
        after = sent(session, referral, the_partner(session), DAY)
        moved(session, referral, "accept", after)
        moves.undo(session, referral, schemes=SCHEMES, by=BY, now=noon(after + timedelta(days=3)))
        assert known(session, after + timedelta(days=2))[referral].told.state == "accepted"
        assert known(session, after + timedelta(days=3))[referral].told.state == "sent"
        session.rollback()


def test_something_noted_late_keeps_the_state_that_its_day_found() -> None:
    """A visit of December noted in January, after the interview: on 31 December the referral was accepted, not interviewed."""
    sent_, accepted = Moved(1, "send", DAY, "validated", "sent", {}), Moved(2, "accept", DAY, "sent", "accepted", {})
    visit = Moved(9, "attempt", DAY, "interviewed", "interviewed", {"channel": "visit", "outcome": "reached"})
    assert standing([sent_, accepted, visit]).state == "accepted"


def test_referrals_of_a_scheme_without_its_file_are_refused_rather_than_left_out(session: Session) -> None:
    with pytest.raises(SchemeRefused, match="plan_apurement"):
        followed(session, LANDLORD, {code: one for code, one in SCHEMES.items() if code != "plan_apurement"}, TODAY, TODAY)
