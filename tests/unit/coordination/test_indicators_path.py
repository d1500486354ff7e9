"""From a flag to a help that ends well: the furthest stage of each household, with what was known on the day asked for."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.casework import decisions, reviews
from riskmodel.casework.key import ListKey, monday_of
from riskmodel.coordination.indicators import path
from riskmodel.coordination.indicators.words import FAVOURABLE, OTHER_ENDS, STAGES
from riskmodel.register.models import Referral
from tests.unit.casework.lists import frozen
from tests.unit.referrals.lives import LANDLORD, SCHEMES, noon

WEEK = "2026-S02"
MONDAY = monday_of(WEEK)
KEY = ListKey(LANDLORD, WEEK, "UG01")
FIRST, LAST, TODAY = date(2026, 1, 1), date(2026, 12, 31), date(2027, 2, 15)


@pytest.fixture
def flagged(session: Session) -> Session:
    """One list of the second week of January, before the year of referrals: five leases, and one on a tab that flags nobody."""
    frozen(session, KEY, {"derive": ["B1", "B2", "B3"], "decrochage": ["B3"], "urgence": ["B4"], "ecarte": ["B9"]})
    session.flush()
    return session


def stages(session: Session, known_on: date = TODAY, first: date = FIRST) -> list[str]:
    return sorted(one.stage for one in path.reached(session, LANDLORD, SCHEMES, first, LAST, known_on))


def decided(session: Session, lease: str, code: str, reason: str | None, day: date) -> None:
    decisions.decide(session, KEY, lease, code, reason=reason, paused_until=None, by="agent", now=noon(day))


def test_a_household_on_several_tabs_or_weeks_counts_once_and_one_that_was_set_aside_does_not(flagged: Session) -> None:
    frozen(flagged, ListKey(LANDLORD, "2026-S03", "UG02"), {"derive": ["B1"]})
    found = path.reached(flagged, LANDLORD, SCHEMES, FIRST, LAST, TODAY)
    assert len(found) == 4
    assert sorted(one.management_unit for one in found) == ["UG01", "UG01", "UG01", "UG02"]


def test_reading_and_deciding_are_stages_and_a_decision_taken_back_stood_until_then(flagged: Session) -> None:
    reviews.start(flagged, KEY, "agent", noon(MONDAY))
    reviews.read(flagged, KEY, "B1", "agent", noon(MONDAY))
    decided(flagged, "B2", "no_action", None, MONDAY)
    decided(flagged, "B4", "call", "no_contact", MONDAY)
    assert stages(flagged) == ["decided", "flagged", "helped", "read"]
    decisions.undo(flagged, KEY, "B4", "agent", noon(MONDAY + timedelta(days=2)))
    assert stages(flagged, MONDAY + timedelta(days=1)) == ["decided", "flagged", "helped", "read"]
    assert stages(flagged, MONDAY + timedelta(days=2)) == ["decided", "flagged", "flagged", "read"]
    assert stages(flagged, MONDAY - timedelta(days=1)) == ["flagged"] * 4


def test_a_referral_counts_as_far_as_it_came(session: Session) -> None:
    """The project's referrals, in the order in which they were proposed (tests/unit/coordination/project.py)."""
    rows = session.scalars(select(Referral).order_by(Referral.id)).all()
    for rank, row in enumerate(rows):
        frozen(session, ListKey(LANDLORD, WEEK, f"UG{rank}"), {"derive": [row.lease_id]})
    by_unit = {one.management_unit: one.stage for one in path.reached(session, LANDLORD, SCHEMES, FIRST, LAST, TODAY)}
    furthest = [by_unit[f"UG{rank}"] for rank in range(len(rows))]
    assert furthest == [
        *("begun", "begun", "referred", "begun", "begun", "ended_well", "begun", "ended_well", "accepted", "begun"),
        *("accepted", "referred", "referred", "begun"),
    ]


def test_a_referral_from_before_the_first_flag_owes_nothing_to_the_lists(session: Session) -> None:
    row = session.scalars(select(Referral).order_by(Referral.id)).first()
    assert row is not None
    frozen(session, ListKey(LANDLORD, "2026-S20", "UG01"), {"derive": [row.lease_id]})
    assert stages(session) == ["flagged"]


def test_a_stage_reached_counts_those_before_it() -> None:
    one = path.Reached("UG01", "accepted")
    assert [stage for stage in STAGES if one.has(stage)] == ["flagged", "read", "decided", "helped", "referred", "accepted"]


def test_every_end_of_every_scheme_is_known_as_good_or_not() -> None:
    ends = {end for scheme in SCHEMES.values() for end in scheme.ends}
    assert ends == FAVOURABLE | OTHER_ENDS
    assert not FAVOURABLE & OTHER_ENDS
