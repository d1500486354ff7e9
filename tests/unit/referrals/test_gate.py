"""The gate of sharing: nothing leaves while anything is missing, in every combination."""

from datetime import date
from itertools import chain, combinations
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.errors import MoveRefused
from riskmodel.people import corrections, objections
from riskmodel.people.facts import facts
from riskmodel.referrals import gate, moves, story
from riskmodel.referrals.fields import FIELDS
from riskmodel.register.models import Convention, GateCheck, Organisation
from tests.unit.referrals.lives import (
    CANDIDATE,
    LANDLORD,
    OWES,
    SCHEMES,
    START,
    TALKS,
    WHOLE,
    moved,
    noon,
    noted,
    on,
    partner,
    proposed,
    row,
    the_partner,
)  # fmt: skip

DERIVED = ("convention", "fields", "rights")
KINDS = (*WHOLE, *DERIVED)


def every_combination() -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(KINDS, number) for number in range(len(KINDS) + 1)))


def validated(session: Session, scheme: str = "mediation", facts: dict[str, Any] | None = None, **said: Any) -> int:
    referral = proposed(session, scheme, facts, **said)
    moved(session, referral, "validate")
    moved(session, referral, "assign", organisation_id=the_partner(session))
    return referral


def make(session: Session, kept: tuple[str, ...]) -> None:
    """The register such that these derived preconditions hold, and the others do not."""
    agreed = session.scalars(select(Convention).filter_by(scheme="mediation")).one()
    agreed.ends_on = None if "convention" in kept else date(2026, 1, 6)
    agreed.fields = list(FIELDS) if "fields" in kept else ["legal_cents"]
    if "rights" not in kept:
        objections.record(session, LANDLORD, "B1", START, "agent.01", noon(on(1)))
    session.flush()


def test_the_fiche_is_sent_in_one_of_the_two_to_the_n_combinations_only(light: Session) -> None:
    """Without a convention in force its fields allow nothing either: both are then said to be missing."""
    referral = validated(light)
    light.commit()
    for kept in every_combination():
        noted(light, referral, **{kind: state for kind, state in WHOLE.items() if kind in kept})
        make(light, kept)
        missing = {one.kind for one in gate.missing(light, referral, on(1))}
        expected = set(KINDS) - set(kept) | ({"fields"} if "convention" not in kept else set())
        assert missing == expected
        assert gate.is_open(light, referral, on(1)) is (len(kept) == len(KINDS))
        if missing:
            with pytest.raises(MoveRefused) as told:
                moved(light, referral, "send", 1)
            assert all(gate.PRECONDITIONS[kind].missing in str(told.value) for kind in missing)
        else:
            assert moved(light, referral, "send", 1) == "sent"
        light.rollback()
        light.begin()


def test_what_was_noted_is_dated_signed_and_may_be_taken_back_until_the_fiche_leaves(session: Session) -> None:
    referral = validated(session)
    noted(session, referral, **WHOLE)
    noted(session, referral, reminder="letter")
    with pytest.raises(MoveRefused, match=r"déjà noté le 02/11/2026 par agent\.01"):
        noted(session, referral, reminder="registered_letter")
    assert gate.undo_record(session, referral, "reminder", "agent.02", noon(START))
    assert not gate.undo_record(session, referral, "reminder", "agent.02", noon(START))
    noted(session, referral, reminder="registered_letter")
    kept = session.scalars(select(GateCheck).filter_by(referral_id=referral, kind="reminder").order_by(GateCheck.id)).all()
    assert [(one.state, one.by, one.undone_by) for one in kept] == [
        ("letter", "agent.01", "agent.02"),
        ("registered_letter", "agent.01", None),
    ]
    moved(session, referral, "send")
    with pytest.raises(MoveRefused, match="ce qui a permis l'envoi ne change plus"):
        gate.undo_record(session, referral, "reminder", "agent.02", noon(START))


def test_a_household_nobody_reaches_may_be_visited_without_its_agreement_once_a_letter_told_it(light: Session) -> None:
    referral = validated(light)
    noted(light, referral, **WHOLE | {"agreement": "unreachable", "information": "interview"})
    assert [one.kind for one in gate.missing(light, referral, START)] == ["agreement"]
    gate.undo_record(light, referral, "information", "agent.01", noon(START))
    noted(light, referral, information="letter")
    assert gate.is_open(light, referral, START)


@pytest.mark.parametrize(
    ("scheme", "facts", "declared"),
    [
        ("mediation", OWES | {"contact": "weak"}, {}),
        ("avdl", OWES, {"measure_ordered": True, "support_accepted": True}),
    ],
)
def test_whoever_can_be_reached_or_is_offered_a_measure_has_to_agree(
    light: Session, scheme: str, facts: dict[str, Any], declared: dict[str, Any]
) -> None:
    referral = proposed(light, scheme, facts, declared)
    with pytest.raises(MoveRefused, match="« unreachable » n'est pas admis ici"):
        noted(light, referral, agreement="unreachable")


def test_a_candidate_owes_no_reminder_and_the_service_that_sends_it_may_have_its_agreement(light: Session) -> None:
    referral = proposed(light, "accords_collectifs", CANDIDATE, {"priority_agreement": True, "request_number_declared": True})
    assert {one.kind for one in gate.asked(row(light, referral))} == {"information", "agreement", *DERIVED}
    noted(light, referral, agreement="referrer")
    tenant = proposed(light, "mediation")
    with pytest.raises(MoveRefused, match="« referrer » n'est pas admis ici"):
        noted(light, tenant, agreement="referrer")


def test_every_fault_is_said_at_once(light: Session) -> None:
    referral = proposed(light, "mediation")
    with pytest.raises(MoveRefused) as told:
        gate.record(light, referral, "convention", "letter", on(3), "agent.01", noon(START))
    assert "« convention » ne se note pas ici. À noter : reminder, personal_contact, information, agreement." in str(told.value)
    assert "Jour 05/11/2026 : à venir" in str(told.value)
    with pytest.raises(MoveRefused, match="Orientation n° 999 : inconnue"):
        gate.record(light, 999, "reminder", "letter", START, "agent.01", noon(START))


def test_a_convention_counts_for_its_units_its_days_and_an_active_partner(light: Session) -> None:
    referral = validated(light)
    agreed = light.scalars(select(Convention).filter_by(scheme="mediation")).one()
    for change in ({"territories": ["UG02"]}, {"signed_on": on(9)}, {"ends_on": on(-1)}):
        before = {name: getattr(agreed, name) for name in change}
        for name, value in change.items():
            setattr(agreed, name, value)
        light.flush()
        assert gate.convention(light, row(light, referral), START) is None
        for name, value in before.items():
            setattr(agreed, name, value)
    light.flush()
    assert gate.convention(light, row(light, referral), START) is not None
    light.get_one(Organisation, the_partner(light)).is_active = False
    light.flush()
    assert gate.convention(light, row(light, referral), START) is None


def test_another_partner_needs_a_convention_of_its_own(light: Session) -> None:
    other = partner(light, "autre", fields=["identity"])
    referral = proposed(light, "mediation")
    moved(light, referral, "validate")
    moved(light, referral, "assign", organisation_id=other)
    noted(light, referral, **WHOLE)
    assert [one.kind for one in gate.missing(light, referral, START)] == ["fields"]


def test_an_objection_made_before_the_proposal_forbids_no_help_and_an_open_correction_does(light: Session) -> None:
    objections.record(light, LANDLORD, "B1", on(-9), "agent.01", noon(on(-9)))
    referral = validated(light)
    noted(light, referral, **WHOLE)
    assert gate.is_open(light, referral, START)
    request = corrections.open_one(
        light, LANDLORD, "B1", next(iter(facts())), claimed={}, by="agent.01", now=noon(on(1)), stated={}
    )
    assert [one.kind for one in gate.missing(light, referral, on(1))] == ["rights"]
    corrections.settle(light, LANDLORD, request.id, "confirmed", "agent.01", noon(on(2)))
    assert gate.is_open(light, referral, on(2))


def test_a_referral_that_stays_with_the_landlord_has_no_gate(light: Session) -> None:
    referral = proposed(light, "caf_msa", TALKS | {"benefit_break": True})
    moved(light, referral, "validate")
    assert "send" not in {one.code for one in moves.possible(SCHEMES["caf_msa"], story.read(light, referral), START)}
    assert moved(light, referral, "start", 1) == "accepted"
