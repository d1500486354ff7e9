"""Moves of a referral: what each asks, what comes before it, what is kept of it, and what may be taken back."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.errors import MoveRefused
from riskmodel.referrals import moves, reading, story
from riskmodel.referrals.fields import FROZEN
from riskmodel.register.models import Notice, Referral, Transition
from riskmodel.schemes import FACTS
from tests.unit.referrals.lives import (
    CANDIDATE,
    LANDLORD,
    OWES,
    SCHEMES,
    START,
    STAYED,
    TALKS,
    UNIT,
    moved,
    noon,
    on,
    proposed,
    row,
    sent,
    undone,
)  # fmt: skip

ORDERED = OWES | {"stage": "cdp"}
UNKNOWN_TO_ALL = {"mobile_team_open": True, "unknown_to_services": True}


def refused(session: Session, referral: int, code: str, day: int = 0, /, **details: Any) -> str:
    with pytest.raises(MoveRefused) as told:
        moved(session, referral, code, day, **details)
    return str(told.value)


def test_a_household_is_proposed_once_to_a_scheme_that_fits_with_the_facts_of_the_day(session: Session) -> None:
    referral = proposed(session, "mediation", declared={"wants_help": True, "is_private_employee": True})
    assert proposed(session, "mediation") == referral
    kept = row(session, referral)
    assert (kept.state, kept.facts, kept.created_by, kept.closed_on) == ("proposed", OWES, "agent.01", None)
    assert kept.declared == {"wants_help": True}


def test_a_scheme_that_does_not_fit_or_not_yet_is_refused_with_every_reason(light: Session) -> None:
    with pytest.raises(MoveRefused) as told:
        proposed(light, "bail_de_sauvegarde", OWES)
    assert "étape de la procédure : aucun acte, attendu au moins bail résilié. Le bail n'est pas résilié" in str(told.value)
    with pytest.raises(MoveRefused, match="accepte un accompagnement : à dire d'abord"):
        proposed(light, "bail_de_sauvegarde", STAYED, {"third_party_needed": True})
    with pytest.raises(MoveRefused, match="Le ménage a déjà un logement du bailleur"):
        proposed(light, "accords_collectifs", OWES, {"priority_agreement": True})


def test_no_score_no_points_and_no_text_is_admitted_among_the_facts_of_a_referral(light: Session) -> None:
    for name in ("drift", "decrochage", "points", "score", "reasons", "why", "probability", "note", "wants_help"):
        with pytest.raises(MoveRefused, match=f"« {name} » ne peut pas accompagner une orientation"):
            proposed(light, "mediation", OWES | {name: 12})


SAD = [{"on": "2026-10-12", "channel": "phone", "outcome": "semblait triste"}]


@pytest.mark.parametrize(
    ("facts", "declared", "fault"),
    [
        ({"stage": "en colère"}, {}, "étape de la procédure : lu 'en colère'"),
        ({"legal_cents": 12.5}, {}, "solde exigible : lu 12.5"),
        ({"hearing_on": "bientôt"}, {}, "prochaine audience : lu 'bientôt'"),
        (
            {"attempts": [{"on": "2026-10-12", "channel": "phone", "outcome": "semblait triste"}]},
            {},
            "tentatives de contact : lu",
        ),
        ({}, {"wants_help": "oui, très"}, "le ménage souhaite une aide : lu 'oui, très'"),
        ({}, {"legal_cents": 5}, "« legal_cents » n'est pas une question"),
    ],
)
def test_a_value_outside_the_vocabulary_is_refused(
    light: Session, facts: dict[str, Any], declared: dict[str, Any], fault: str
) -> None:
    with pytest.raises(MoveRefused) as told:
        proposed(light, "mediation", OWES | facts, declared)
    assert fault in str(told.value)


def test_what_may_be_frozen_is_facts_days_and_attempts_none_of_which_is_a_score() -> None:
    known = {code for code, fact in FACTS.items() if not fact.is_declared}
    assert set(FROZEN) == known | {"as_of", "oldest_unpaid_on", "stage_on", "hearing_on", "attempts"}


def test_a_referral_that_stays_with_the_landlord_is_started_followed_step_by_step_and_ended(session: Session) -> None:
    referral = proposed(session, "caf_msa", TALKS | {"benefit_break": True})
    moved(session, referral, "validate")
    moved(session, referral, "start", 1)
    assert "Il faut d'abord" in refused(session, referral, "step_done", 2, step="rights_answered")
    for day, step in enumerate(("household_told", "rights_asked", "rights_answered"), start=2):
        assert moved(session, referral, "step_done", day, step=step) == "accepted"
    assert "Toutes les étapes à noter sont faites" in refused(session, referral, "step_done", 6, step="rights_asked")
    assert moved(session, referral, "end", 6, end="granted") == "closed"
    assert row(session, referral).closed_on == on(6)
    again = proposed(session, "caf_msa", TALKS | {"benefit_break": True})
    assert again != referral


def test_a_plan_runs_once_both_parties_have_signed_it(session: Session) -> None:
    referral = proposed(session, "plan_apurement", TALKS, {"repayment": "full"})
    moved(session, referral, "validate")
    moved(session, referral, "start")
    moved(session, referral, "step_done", 1, step="proposed")
    plan = {"document": "plan_apurement"}
    assert "signataire : lu « organisme »" in refused(session, referral, "sign", 2, **plan, party="organisme")
    assert moved(session, referral, "sign", 2, **plan, party="menage") == "measure_proposed"
    assert "cette partie l'a déjà signé le 04/11/2026" in refused(session, referral, "sign", 3, **plan, party="menage")
    assert moved(session, referral, "sign", 3, **plan, party="bailleur") == "running"
    assert undone(session, referral, 3) == "measure_proposed"
    assert moved(session, referral, "sign", 4, **plan, party="bailleur") == "running"
    assert moved(session, referral, "end", 200, end="kept") == "closed"


def test_another_body_answers_what_it_was_sent(session: Session) -> None:
    referral = sent(session, "equipe_mobile", ORDERED, UNKNOWN_TO_ALL)
    assert row(session, referral).organisation_id is not None
    assert moved(session, referral, "accept", 3) == "accepted"
    assert undone(session, referral, 3) == "sent"
    assert "motif : rien n'a été donné. Choisissez parmi : no_place" in refused(session, referral, "decline", 4)
    assert moved(session, referral, "decline", 4, reason="outside_area") == "declined"
    assert row(session, referral).closed_on == on(4)
    assert "ne s'annule pas" in _not_undone(session, referral)


def _not_undone(session: Session, referral: int) -> str:
    with pytest.raises(MoveRefused) as told:
        undone(session, referral)
    return str(told.value)


def test_every_move_is_dated_attributed_and_stays_in_the_history_when_it_is_taken_back(session: Session) -> None:
    referral = proposed(session, "mediation")
    moved(session, referral, "validate", 1)
    assert undone(session, referral, 2) == "proposed"
    moved(session, referral, "validate", 3)
    rows = session.scalars(select(Transition).order_by(Transition.id)).all()
    assert [(one.code, one.on_day, one.by, one.undone_by) for one in rows] == [
        ("validate", on(1), "agent.01", "agent.02"),
        ("validate", on(3), "agent.01", None),
    ]
    assert "Aucune étape à annuler" in _not_undone(session, proposed(session, "mediation", lease="B2"))


def test_a_move_that_comes_too_early_or_is_not_the_schemes_says_what_is_expected(light: Session) -> None:
    referral = proposed(light, "mediation")
    assert "L'orientation est « proposée » ; « accepter » se fait depuis : envoyée." in refused(light, referral, "accept")
    assert "ne connaît pas « faire glisser le bail au ménage »" in refused(light, referral, "slide")
    assert "« expulser » n'est pas une étape. Étapes connues : validate" in refused(light, referral, "expulser")
    moved(light, referral, "validate")
    assert "Aucun partenaire n'est choisi" in refused(light, referral, "send")
    assert "Partenaire n° 999 : inconnu de essai" in refused(light, referral, "assign", organisation_id=999)
    assert "Orientation n° 77 : inconnue" in refused(light, 77, "validate")


def test_details_are_codes_numbers_and_days_and_every_fault_is_said_at_once(light: Session) -> None:
    referral = sent(light, "equipe_mobile", ORDERED, UNKNOWN_TO_ALL)
    told = refused(light, referral, "decline", 1, reason="ils sont désagréables", note="texte libre")
    assert "« note » n'est pas demandé ici ; à donner : reason." in told
    assert "motif : lu « ils sont désagréables »" in told
    assert "Donnez un nombre de mois, de 1 à 60." in refused(light, _validated(light), "assign", 1, organisation_id=1, months=99)


def _validated(session: Session) -> int:
    referral = proposed(session, "mediation", lease="B9")
    moved(session, referral, "validate")
    return referral


def test_days_are_neither_to_come_nor_before_what_they_follow(light: Session) -> None:
    referral = proposed(light, "mediation")
    said = {"schemes": SCHEMES, "by": "agent.01", "now": noon(on(5)), "details": {}}
    with pytest.raises(MoveRefused, match="Jour 12/11/2026 : à venir"):
        moves.move(light, referral, "validate", on_day=on(10), **said)
    with pytest.raises(MoveRefused, match="avant l'étape précédente, du 02/11/2026"):
        moves.move(light, referral, "validate", on_day=on(-3), **said)
    assert moves.move(light, referral, "validate", on_day=on(2), **said) == "validated"


def test_what_is_the_landlords_nobody_else_may_do_and_what_is_the_partners_the_landlord_may_note() -> None:
    scheme = SCHEMES["mediation"]
    assert moves.sides("send", scheme, {}) == ("bailleur",)
    assert moves.sides("accept", scheme, {}) == ("association", "bailleur")
    assert moves.sides("step_done", SCHEMES["asll_maintien"], {"step": "decided"}) == ("bailleur",)
    assert moves.sides("step_done", SCHEMES["bail_de_securisation"], {"step": "file_prepared"}) == ("association", "bailleur")
    assert moves.sides("end", SCHEMES["caf_msa"], {}) == ("bailleur",)


def test_a_side_chooses_among_its_own_steps_alone() -> None:
    scheme = SCHEMES["bail_de_securisation"]
    steps = {step.code: step.label for step in story.by_note(scheme)}
    noted = moves.Possible("step_done", "noter une étape faite", ("association", "bailleur"), {"step": steps}, {})
    assert list(moves.narrowed(noted, scheme, "association").needs["step"] or ()) == ["file_prepared"]
    assert moves.narrowed(noted, scheme, "bailleur") == noted


def test_a_page_knows_what_may_be_done_now_by_whom_and_from_which_codes(light: Session) -> None:
    referral = sent(light, "equipe_mobile", ORDERED, UNKNOWN_TO_ALL)
    shown = reading.detail(light, referral, schemes=SCHEMES, today=START)
    assert [one.code for one in shown.moves_of("bailleur")] == ["accept", "decline", "withdraw"]
    assert [one.code for one in shown.moves_of("association")] == ["accept", "decline"]
    assert "no_place" in (shown.moves[1].needs["reason"] or {})
    assert [act.code for act in shown.history] == ["validate", "assign", "send"]
    assert shown.undo_by == ()
    moved(light, referral, "accept", 1)
    assert reading.detail(light, referral, schemes=SCHEMES, today=on(1)).undo_by == ("association", "bailleur")


def test_a_referral_that_was_withdrawn_leaves_room_for_another(session: Session) -> None:
    referral = proposed(session, "mediation")
    assert moved(session, referral, "withdraw", 1, reason="mistake") == "withdrawn"
    said = {"landlord_id": LANDLORD, "management_unit": UNIT, "lease_id": "B1", "scheme": SCHEMES["mediation"]}
    asked = {"facts": OWES, "declared": {}, "case_id": None, "by": "agent.01", "now": noon(on(2))}
    assert moves.propose(session, **said, **asked) != referral
    assert len(session.scalars(select(Referral)).all()) == 2


def test_a_partner_is_told_of_what_it_was_sent_and_of_what_is_taken_from_it_again(session: Session) -> None:
    withdrawn_before = proposed(session, "mediation", lease="B2")
    moved(session, withdrawn_before, "withdraw", reason="settled")
    referral = sent(session, "equipe_mobile", ORDERED, UNKNOWN_TO_ALL)
    moved(session, referral, "withdraw", 2, reason="settled")
    left = session.execute(select(Notice.referral_id, Notice.kind, Notice.created_at).order_by(Notice.id)).all()
    assert [tuple(one) for one in left] == [(referral, "new", noon(START)), (referral, "withdrawn", noon(on(2)))]


def test_a_candidate_is_known_by_nothing_but_that_it_asks(light: Session) -> None:
    referral = proposed(light, "accords_collectifs", CANDIDATE, {"priority_agreement": True, "request_number_declared": True})
    assert row(light, referral).facts == CANDIDATE
