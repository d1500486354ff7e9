"""What is late, what comes next, and who is told."""

from sqlalchemy.orm import Session

from riskmodel.referrals.late import late, upcoming
from tests.unit.referrals.lives import LANDLORD, OWES, SCHEMES, TALKS, moved, on, proposed, sent, the_partner, undone

ANSWERS = {"mobile_team_open": True, "unknown_to_services": True}


def steps(session: Session, day: int) -> list[tuple[str, str, int]]:
    return [(one.step, one.who, one.days_late) for one in late(session, on(day), schemes=SCHEMES, landlord_id=LANDLORD)]


def test_a_step_is_late_once_its_delay_has_run_since_the_one_before(session: Session) -> None:
    referral = sent(session, "equipe_mobile", OWES | {"stage": "cdp"}, ANSWERS)
    assert steps(session, 15) == []
    assert steps(session, 16) == [("answered", "organisme", 1)]
    moved(session, referral, "accept", 16)
    assert steps(session, 40) == []
    undone(session, referral, 17)
    assert steps(session, 31) == [("answered", "organisme", 16)]
    found = late(session, on(31), schemes=SCHEMES, organisation_id=the_partner(session))
    assert [one.is_for_head for one in found] == [True]
    assert late(session, on(31), schemes=SCHEMES, organisation_id=999) == []


def test_nothing_is_late_before_the_validation_and_each_step_waits_for_the_one_before(light: Session) -> None:
    referral = proposed(light, "caf_msa", TALKS | {"benefit_break": True})
    assert steps(light, 300) == []
    moved(light, referral, "validate", 1)
    moved(light, referral, "start", 1)
    assert steps(light, 9) == [("household_told", "bailleur", 1)]
    moved(light, referral, "step_done", 9, step="household_told")
    assert steps(light, 31) == [("rights_asked", "menage", 1)]
    moved(light, referral, "end", 31, end="granted")
    assert steps(light, 300) == []


def test_what_comes_next_is_told_the_nearest_first(light: Session) -> None:
    sent(light, "equipe_mobile", OWES | {"stage": "cdp"}, ANSWERS)
    other = proposed(light, "caf_msa", TALKS | {"benefit_break": True}, lease="B2")
    moved(light, other, "validate")
    found = upcoming(light, on(1), days=30, schemes=SCHEMES, landlord_id=LANDLORD)
    assert [(one.lease_id, one.step, one.due_on) for one in found] == [
        ("B2", "household_told", on(7)),
        ("B1", "answered", on(15)),
    ]
    assert upcoming(light, on(1), days=5, schemes=SCHEMES) == []


def test_letters_are_no_longer_due_once_the_household_was_reached(light: Session) -> None:
    referral = sent(light, "mediation")
    moved(light, referral, "accept", 1)
    assert steps(light, 7) == [("letter", "association", 1)]
    moved(light, referral, "attempt", 7, channel="simple_letter", outcome="no_answer")
    assert steps(light, 23) == [("registered", "association", 1)]
    moved(light, referral, "attempt", 23, channel="phone", outcome="appointment")
    assert steps(light, 24) == []
    assert steps(light, 47) == [("first_interview", "association", 1)]
