"""A measure from the place kept for it to its end: contracts, reports, months added, a lease that slides, a watch."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.errors import MoveRefused, PlaceRefused
from riskmodel.referrals import reading, seats
from riskmodel.referrals.late import late
from riskmodel.referrals.recall import recall_for
from riskmodel.register.models import FundingLine, Measure, Notice, Worker
from tests.unit.referrals.lives import (
    AGREES,
    CANDIDATE,
    LANDLORD,
    OWES,
    SCHEMES,
    START,
    STAYED,
    moved,
    noon,
    on,
    partner,
    proposed,
    row,
    sent,
    the_partner,
    undone,
)  # fmt: skip

CONVENTION = {"document": "convention_tripartite"}


def measure(session: Session, referral: int) -> Measure:
    found = seats.of(session, referral)
    assert found is not None
    return found


def running(session: Session) -> int:
    """A bail de sauvegarde whose measure runs from the thirtieth day."""
    referral = sent(session, "bail_de_sauvegarde", STAYED, AGREES)
    moved(session, referral, "accept", 2)
    moved(session, referral, "attempt", 3, channel="simple_letter", outcome="reached")
    moved(session, referral, "first_interview", 10)
    moved(session, referral, "return_evaluation", 20, goals=["stay"], actions=["sublease"])
    moved(session, referral, "propose_measure", 25)
    for party in ("menage", "bailleur", "association"):
        moved(session, referral, "sign", 28, **CONVENTION, party=party)
    moved(session, referral, "sign", 30, document="contrat_sous_location", party="menage")
    assert moved(session, referral, "sign", 30, document="contrat_sous_location", party="association") == "running"
    return referral


def test_a_place_is_kept_from_the_choice_of_the_partner_and_given_back_when_it_declines(session: Session) -> None:
    referral = proposed(session, "mediation")
    moved(session, referral, "validate")
    moved(session, referral, "assign", organisation_id=the_partner(session))
    assert (measure(session, referral).months, measure(session, referral).starts_on) == (3, None)
    assert undone(session, referral) == "validated"
    assert (seats.of(session, referral), row(session, referral).organisation_id) == (None, None)
    other = sent(session, "bail_de_sauvegarde", STAYED, AGREES)
    moved(session, other, "decline", 1, reason="no_place")
    assert seats.of(session, other) is None


def test_a_place_that_is_no_longer_free_refuses_the_move_whole(session: Session) -> None:
    for line in session.scalars(select(FundingLine).filter_by(scheme="mediation")):
        line.places = 1
    first, second = proposed(session, "mediation"), proposed(session, "mediation", lease="B2")
    for referral in (first, second):
        moved(session, referral, "validate")
    moved(session, first, "assign", organisation_id=the_partner(session))
    with pytest.raises(PlaceRefused, match="Plus de place"):
        moved(session, second, "assign", organisation_id=the_partner(session))
    assert [act.code for act in reading.detail(session, second, schemes=SCHEMES, today=START).history] == ["validate"]
    moved(session, first, "withdraw", reason="moved_out")
    assert moved(session, second, "assign", organisation_id=the_partner(session)) == "validated"


def test_another_partner_chosen_takes_the_place_over(light: Session) -> None:
    other, referral = partner(light, "autre"), proposed(light, "mediation")
    moved(light, referral, "validate")
    for number in (the_partner(light), other):
        moved(light, referral, "assign", organisation_id=number)
        assert measure(light, referral).organisation_id == number
    undone(light, referral)
    assert measure(light, referral).organisation_id == the_partner(light)


def test_a_partner_names_who_follows_the_household_and_only_somebody_of_its_own(light: Session) -> None:
    other = Worker(
        landlord_id=LANDLORD, organisation_id=the_partner(light), code="ts.02", fte_hundredths=50, from_on=START, to_on=None
    )
    light.add(other)
    referral = sent(light, "mediation", OWES)
    with pytest.raises(PlaceRefused, match="Intervenant 99"):
        moved(light, referral, "accept", 1, worker_id=99)
    assert row(light, referral).state == "sent"
    assert moved(light, referral, "accept", 1, worker_id=other.id) == "accepted"
    assert measure(light, referral).worker_id == other.id


def test_a_mediation_ends_with_its_evaluation_and_frees_its_place(session: Session) -> None:
    referral = sent(session, "mediation", OWES)
    moved(session, referral, "accept", 2)
    for day, channel in enumerate(("simple_letter", "registered_letter", "visit"), start=5):
        moved(session, referral, "attempt", day, channel=channel, outcome="no_answer")
    with pytest.raises(MoveRefused, match="Il faut d'abord : Premier entretien"):
        moved(session, referral, "return_evaluation", 9, goals=["contact"], actions=["fsl"])
    moved(session, referral, "first_interview", 9)
    with pytest.raises(MoveRefused, match="objectifs : lu « \\['guérir'\\] »"):
        moved(session, referral, "return_evaluation", 20, goals=["guérir"], actions=["fsl"])
    moved(session, referral, "return_evaluation", 20, goals=["contact"], actions=["fsl", "bail_de_sauvegarde"])
    shown = reading.detail(session, referral, schemes=SCHEMES, today=on(20))
    assert shown.evaluation == {"on": on(20), "goals": ["contact"], "actions": ["fsl", "bail_de_sauvegarde"]}
    assert [one["channel"] for one in shown.attempts] == ["simple_letter", "registered_letter", "visit"]
    assert "sign" not in {one.code for one in shown.moves}
    assert moved(session, referral, "end", 21, end="oriented") == "closed"
    kept = measure(session, referral)
    assert (kept.starts_on, kept.ended_on, kept.end) == (on(2), on(21), "oriented")
    assert undone(session, referral, 22) == "evaluated"
    assert measure(session, referral).ended_on is None


def test_a_measure_runs_from_the_last_signature_and_owes_its_reports(session: Session) -> None:
    referral = running(session)
    kept = measure(session, referral)
    assert (kept.starts_on, kept.planned_end_on) == (on(30), date(2027, 12, 2))
    shown = reading.detail(session, referral, schemes=SCHEMES, today=on(30))
    assert len(shown.signatures) == 5
    assert [(one.kind, one.due_on) for one in shown.reports] == [
        ("step", date(2027, 3, 2)),
        ("step", date(2027, 6, 2)),
        ("step", date(2027, 9, 2)),
        ("final", date(2027, 12, 2)),
    ]
    undone(session, referral, 31)
    again = reading.detail(session, referral, schemes=SCHEMES, today=on(31))
    assert (again.head.state, len(again.signatures), again.reports) == ("measure_proposed", 4, ())


def test_reports_are_filed_for_the_oldest_day_awaited_and_a_late_one_is_told(session: Session) -> None:
    referral = running(session)
    told = [(one.step, one.days_late) for one in late(session, date(2027, 3, 12), schemes=SCHEMES)]
    assert told == [("report_step", 10)]
    day = (date(2027, 3, 12) - START).days
    assert moved(session, referral, "file_report", day, report="step", goals=["settle"]) == "running"
    shown = reading.detail(session, referral, schemes=SCHEMES, today=on(day))
    filed = [one for one in shown.reports if one.filed_on]
    assert [(one.due_on, one.filed_on, one.codes, one.by) for one in filed] == [
        (date(2027, 3, 2), on(day), {"goals": ["settle"]}, "agent.01")
    ]
    with pytest.raises(MoveRefused, match="Échéances attendues pour lui : 02/06/2027, 02/09/2027"):
        moved(session, referral, "file_report", day, report="step", due_on="2027-01-01")
    undone(session, referral, day)
    assert not [one for one in reading.detail(session, referral, schemes=SCHEMES, today=on(day)).reports if one.filed_on]


def test_months_may_be_added_and_taken_back_and_the_reports_follow(light: Session) -> None:
    referral = running(light)
    moved(light, referral, "renew", 300, months=6)
    assert (measure(light, referral).months, measure(light, referral).planned_end_on) == (18, date(2028, 6, 2))
    assert len(reading.detail(light, referral, schemes=SCHEMES, today=on(300)).reports) == 6
    undone(light, referral, 301)
    assert (measure(light, referral).months, measure(light, referral).planned_end_on) == (12, date(2027, 12, 2))


def test_a_scheme_bounds_its_renewals_and_its_months(light: Session) -> None:
    referral = sent(light, "avdl", OWES | {"contact": "answers"}, {"measure_ordered": True, "support_accepted": True})
    moved(light, referral, "accept")
    moved(
        light, referral, "return_evaluation", 1, goals=list(SCHEMES["avdl"].goals)[:1], actions=list(SCHEMES["avdl"].actions)[:1]
    )
    for party in SCHEMES["avdl"].parties["contrat_accompagnement"]:
        state = moved(light, referral, "sign", 2, document="contrat_accompagnement", party=party)
    assert state == "running"
    with pytest.raises(MoveRefused, match="3 mois déjà prévus et 13 demandés ; le dispositif en admet 15 en tout"):
        moved(light, referral, "renew", 3, months=13)
    for day in range(4):
        moved(light, referral, "renew", 3 + day, months=1)
    with pytest.raises(MoveRefused, match="prolongée 4 fois ; le dispositif en admet 4"):
        moved(light, referral, "renew", 9, months=1)


def test_a_lease_slides_then_the_measure_ends(light: Session) -> None:
    referral = running(light)
    with pytest.raises(MoveRefused, match="le bail n'a pas glissé"):
        moved(light, referral, "end", 200, end="slid")
    assert moved(light, referral, "slide", 200) == "slid"
    assert measure(light, referral).slid_on == on(200)
    assert moved(light, referral, "end", 200, end="slid") == "closed"
    assert [one.kind for one in reading.detail(light, referral, schemes=SCHEMES, today=on(201)).reports] == ["step", "final"]
    assert [one.step for one in late(light, on(201), schemes=SCHEMES)] == ["report_step", "report_final"]
    moved(light, referral, "file_report", 205, report="final")
    moved(light, referral, "file_report", 205, report="step")
    assert late(light, on(300), schemes=SCHEMES) == []


def test_a_lease_never_slides_before_its_scheme_lets_it(light: Session) -> None:
    answers = {"needs_transition": True, "under_30_declared": True, "work_project_declared": True, "support_accepted": True}
    referral = sent(
        light, "bail_glissant_jeunes", CANDIDATE, answers | {"housing_project": True, "request_number_declared": True}
    )
    moved(light, referral, "accept")
    moved(light, referral, "step_done", 1, step="offered")
    for document in ("convention_tripartite", "contrat_sous_location"):
        for party in SCHEMES["bail_glissant_jeunes"].parties[document]:
            moved(light, referral, "sign", 2, document=document, party=party)
    with pytest.raises(MoveRefused, match="au plus tôt 6 mois après la signature, soit le 04/05/2027"):
        moved(light, referral, "slide", 100)
    assert moved(light, referral, "slide", 183) == "slid"


def test_a_measure_that_was_signed_goes_on_when_its_facts_are_recalled(light: Session) -> None:
    referral = running(light)
    assert recall_for(light, LANDLORD, "B1", "correction", schemes=SCHEMES, by="agent.01", now=noon(on(40))) == [referral]
    assert row(light, referral).state == "running"
    assert measure(light, referral).ended_on is None
    assert [one.kind for one in light.scalars(select(Notice).order_by(Notice.id))] == ["new", "recall"]


def test_a_place_comes_back_when_a_fiche_is_recalled(light: Session) -> None:
    referral = sent(light, "mediation", OWES)
    moved(light, referral, "accept", 1)
    recall_for(light, LANDLORD, "B1", "objection", schemes=SCHEMES, by="agent.01", now=noon(on(4)))
    assert (measure(light, referral).ended_on, measure(light, referral).end) == (on(4), "recalled")


def test_who_signed_a_lease_of_securing_is_visited_for_two_years_afterwards(light: Session) -> None:
    scheme = SCHEMES["bail_de_securisation"]
    known = {condition.fact: True for condition in scheme.conditions if condition.fact != "lease_status"}
    referral = sent(light, scheme.code, CANDIDATE, known)
    moved(light, referral, "accept")
    moved(light, referral, "return_evaluation", 1, goals=list(scheme.goals)[:1], actions=list(scheme.actions)[:1])
    moved(light, referral, "first_interview", 2)
    for day, step in enumerate(("file_prepared", "decided"), start=3):
        moved(light, referral, "step_done", day, step=step)
    for document in ("convention_tripartite", "engagement_tripartite", "contrat_accompagnement"):
        for party in scheme.parties[document]:
            state = moved(light, referral, "sign", 6, document=document, party=party)
    assert state == "running"
    assert moved(light, referral, "end", 100, end="stable") == "aftercare"
    assert measure(light, referral).aftercare_until == date(2029, 2, 10)
    assert moved(light, referral, "aftercare_visit", 200, visit="well") == "aftercare"
    assert [one.step for one in late(light, date(2029, 2, 11), schemes=SCHEMES)] == ["report_final", "aftercare"]
    assert moved(light, referral, "close", 850) == "closed"
