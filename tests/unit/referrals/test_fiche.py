"""What a partner sees: the fields of its convention, as they stood when the referral was proposed."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.errors import MoveRefused
from riskmodel.referrals.fiche import fiche
from riskmodel.referrals.fields import FIELDS
from riskmodel.register.models import Convention
from tests.unit.referrals.lives import OWES, START, WHOLE, moved, noted, on, partner, proposed, sent

ORDERED = OWES | {"stage": "cdp", "stage_on": "2026-10-05", "hearing_on": "2026-12-01"}
ANSWERS = {"mobile_team_open": True, "unknown_to_services": True}


def test_a_fiche_tells_the_fields_of_the_convention_in_french_with_the_days_of_the_procedure(session: Session) -> None:
    found = fiche(session, sent(session, "equipe_mobile", ORDERED, ANSWERS), on(30))
    told = {line.label: line.text for line in found.lines}
    assert told["solde exigible"] == "1\u202f234,56\u00a0€"
    assert told["étape de la procédure"] == "commandement de payer"
    assert told["ménage informé de l'orientation"] == "lettre d'information envoyée, le 02/11/2026"
    assert told["accord du ménage, ou absence admise"] == "accord écrit, le 02/11/2026"
    assert told["le ménage n'est suivi par aucun service social"] == "oui"
    assert found.clock == (
        ("plus ancien terme impayé", date(2026, 8, 5)),
        ("date de cette étape", date(2026, 10, 5)),
        ("prochaine audience", date(2026, 12, 1)),
    )
    assert [(one.on, one.channel, one.outcome) for one in found.attempts] == [(date(2026, 10, 12), "téléphone", "sans réponse")]
    assert (found.on, found.shows_identity) == (START, True)
    assert {line.field for line in found.lines} <= FIELDS.keys()


def test_a_field_that_the_convention_does_not_name_is_not_told(light: Session) -> None:
    needed = [code for code, field in FIELDS.items() if field.needed]
    other = partner(light, "autre", fields=[*needed, "contact"])
    referral = proposed(light, "mediation", declared={"wants_help": True})
    moved(light, referral, "validate")
    moved(light, referral, "assign", organisation_id=other)
    noted(light, referral, **WHOLE)
    moved(light, referral, "send")
    found = fiche(light, referral, START)
    assert {line.field for line in found.lines} == {"as_of", "agreement", "lease_status", "contact"}
    assert (found.clock, found.attempts) == ((), ())


def test_a_fiche_stays_what_the_convention_allowed_on_the_day_it_was_sent(light: Session) -> None:
    referral = sent(light, "equipe_mobile", ORDERED, ANSWERS)
    light.scalars(select(Convention).filter_by(scheme="equipe_mobile")).one().ends_on = on(10)
    light.flush()
    assert fiche(light, referral, on(30)).on == START


def test_without_a_partner_or_a_convention_there_is_no_fiche(light: Session) -> None:
    with pytest.raises(MoveRefused, match="Choisissez un partenaire dont la convention couvre"):
        fiche(light, proposed(light, "mediation"), START)
    with pytest.raises(MoveRefused, match="Orientation n° 99 : inconnue"):
        fiche(light, 99, START)
