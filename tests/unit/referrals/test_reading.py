"""Who sees which referrals."""

from sqlalchemy.orm import Session

from riskmodel.access.policy import Place
from riskmodel.referrals.reading import Filters, Head, of_landlord, of_lease, of_partner
from tests.unit.referrals.lives import LANDLORD, OWES, UNIT, moved, partner, proposed, sent, the_partner

ANSWERS = {"mobile_team_open": True, "unknown_to_services": True}


def schemes(heads: list[Head]) -> list[str]:
    return [one.scheme for one in heads]


def test_a_place_covers_its_landlord_or_its_unit_and_filters_keep_what_is_asked(session: Session) -> None:
    sent(session, "equipe_mobile", OWES | {"stage": "cdp"}, ANSWERS)
    dropped = proposed(session, "mediation", lease="B2")
    moved(session, dropped, "withdraw", reason="mistake")
    everywhere = [Place(LANDLORD)]
    assert schemes(of_landlord(session, everywhere, Filters())) == ["equipe_mobile"]
    assert schemes(of_landlord(session, everywhere, Filters(with_closed=True))) == ["mediation", "equipe_mobile"]
    assert schemes(of_landlord(session, everywhere, Filters(state="withdrawn"))) == ["mediation"]
    assert schemes(of_landlord(session, [Place(LANDLORD, UNIT)], Filters(scheme="equipe_mobile"))) == ["equipe_mobile"]
    assert of_landlord(session, [Place(LANDLORD, "UG09"), Place("autre"), Place()], Filters(with_closed=True)) == []
    assert of_landlord(session, [], Filters()) == []


def test_a_partner_sees_what_it_was_sent_and_nothing_before(session: Session) -> None:
    other = partner(session, "autre")
    referral = proposed(session, "mediation")
    moved(session, referral, "validate")
    moved(session, referral, "assign", organisation_id=the_partner(session))
    assert of_partner(session, the_partner(session)) == []
    sent(session, "equipe_mobile", OWES | {"stage": "cdp"}, ANSWERS)
    assert schemes(of_partner(session, the_partner(session))) == ["equipe_mobile"]
    assert of_partner(session, other) == []
    assert schemes(of_lease(session, LANDLORD, "B1")) == ["equipe_mobile", "mediation"]
