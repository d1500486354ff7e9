"""A right recorded for a household reaches whoever holds its fiche."""

from typing import Literal

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.referrals import reading
from riskmodel.referrals.recall import recall_for
from riskmodel.register.models import Notice
from tests.unit.referrals.lives import LANDLORD, OWES, SCHEMES, moved, noon, on, proposed, row, sent, the_partner

ANSWERS = {"mobile_team_open": True, "unknown_to_services": True}


def recalled(session: Session, why: Literal["objection", "correction"] = "objection", day: int = 5) -> list[int]:
    return recall_for(session, LANDLORD, "B1", why, schemes=SCHEMES, by="agent.01", now=noon(on(day)))


@pytest.mark.parametrize("why", ["objection", "correction"])
def test_a_fiche_that_a_partner_holds_is_recalled_with_a_notice_and_the_referral_ends(
    session: Session, why: Literal["objection", "correction"]
) -> None:
    referral = sent(session, "equipe_mobile", OWES | {"stage": "cdp"}, ANSWERS)
    moved(session, referral, "accept", 2)
    assert recalled(session, why) == [referral]
    kept = row(session, referral)
    assert (kept.state, kept.closed_on) == ("recalled", on(5))
    left = [(one.kind, one.organisation_id, one.sent_at) for one in session.scalars(select(Notice).order_by(Notice.id))]
    assert left == [("new", the_partner(session), None), ("recall", the_partner(session), None)]
    assert reading.of_partner(session, the_partner(session)) == []
    last = reading.detail(session, referral, schemes=SCHEMES, today=on(5)).history[-1]
    assert (last.code, last.details, last.by) == ("recall", {"reason": why}, "agent.01")
    assert recalled(session, why) == []


def test_what_no_partner_holds_is_not_recalled(light: Session) -> None:
    proposed(light, "mediation")
    own = proposed(light, "caf_msa", OWES | {"benefit_break": True, "contact": "answers"})
    moved(light, own, "validate")
    moved(light, own, "start")
    assert recalled(light) == []
    assert row(light, own).state == "accepted"


def test_a_fiche_is_recalled_even_when_its_scheme_is_no_longer_described(light: Session) -> None:
    referral = sent(light, "equipe_mobile", OWES | {"stage": "cdp"}, ANSWERS)
    assert recall_for(light, LANDLORD, "B1", "objection", schemes={}, by="agent.01", now=noon(on(1))) == [referral]
    assert row(light, referral).state == "recalled"
