"""From a frozen list to a referral, with a landlord's own schemes, and back when a right is recorded."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from riskmodel import schemes as room
from riskmodel.errors import MoveRefused, SchemeRefused
from riskmodel.referrals import gate
from riskmodel.register import households, open_register, to_write
from riskmodel.register.models import Referral
from riskmodel.schemes.reading import FOLDER
from riskmodel.settings import Settings, load
from riskmodel.steps import orienting, rights
from riskmodel.weekly.facts import FACTS
from riskmodel.weekly.freezing import freeze
from riskmodel.weekly.frozen import FrozenList, Row
from tests.registers import Fresh
from tests.unit.referrals.lives import noon, partner

MONDAY = date(2026, 10, 19)
SILENT: dict[str, Any] = dict.fromkeys(FACTS) | {
    "stage": "reminder", "is_terminated": False, "legal_cents": 90_000, "current_terms": 2.5, "plan_state": "none",
    "overindebtedness_step": "none", "has_benefit_break": False, "obligations_unmet": 0, "failed_attempts_180d": 3,
    "failed_channels_180d": 2, "mail_returned_365d": 0, "attempts_180d": 3, "hearing_on": date(2026, 12, 1),
}  # fmt: skip
LIST = FrozenList(
    landlord_id="essai", landlord_name="Essai", is_synthetic=True, management_unit="UG01", week="2026-S43", monday=MONDAY,
    as_of=date(2026, 10, 18), capacity=5, last_delivery=date(2026, 10, 18), tables=(),
    rows=(Row("decrochage", 1, "B1", "M1", "nouveau", SILENT),),
)  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path, fresh_register: Fresh) -> Settings:
    made = load({"VIGIE_HOME": str(tmp_path)})
    return replace(made, register_url=fresh_register("sqlite"))


@pytest.fixture
def session(settings: Settings) -> Iterator[Session]:
    with open_register(settings.register_url)() as opened:
        to_write(opened)
        freeze(opened, LIST)
        yield opened


def own(settings: Settings, name: str, text: str) -> Path:
    folder = settings.landlords / orienting.FOLDER / "essai"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def proposed(session: Session, settings: Settings, lease: str = "B1", scheme: str = "mediation") -> int:
    return orienting.propose(
        session, settings, "essai", lease, scheme, declared={}, case_id=None, by="agent.01", now=noon(MONDAY)
    )


def test_a_listed_household_has_a_ladder_and_is_proposed_with_the_facts_of_its_list(session: Session, settings: Settings) -> None:
    rungs = {rung.scheme.code: rung for rung in orienting.ladder_of(session, settings, "essai", "B1", {})}
    assert rungs["mediation"].outcome == "fits"
    assert rungs["bail_de_sauvegarde"].outcome == "unmet"
    kept = session.get_one(Referral, proposed(session, settings))
    assert (kept.management_unit, kept.facts["contact"], kept.facts["hearing_on"]) == ("UG01", "lost", "2026-12-01")
    assert kept.facts["as_of"] == "2026-10-18"


def test_a_household_that_no_list_showed_is_not_proposed(session: Session, settings: Settings) -> None:
    with pytest.raises(MoveRefused, match="Bail B7 : aucune liste ne l'a montré"):
        proposed(session, settings, "B7")
    with pytest.raises(MoveRefused, match="« expulsion » : dispositif inconnu"):
        proposed(session, settings, scheme="expulsion")


def test_a_landlords_own_scheme_is_read_again_when_its_file_changes(settings: Settings) -> None:
    shipped = (FOLDER / "mediation.toml").read_text(encoding="utf-8")
    assert orienting.schemes_of(settings, "essai") == room.load()
    own(settings, "mediation_quartier", shipped.replace("Médiation et évaluation sociale", "Médiation de quartier"))
    assert orienting.schemes_of(settings, "essai")["mediation_quartier"].name == "Médiation de quartier"
    assert "mediation_quartier" not in orienting.schemes_of(settings, "autre")
    own(settings, "mediation_quartier", "name = 3")
    with pytest.raises(SchemeRefused, match=r"mediation_quartier\.toml"):
        orienting.schemes_of(settings, "essai")


def test_an_objection_recalls_what_was_sent_and_no_broken_file_stands_in_the_way(session: Session, settings: Settings) -> None:
    referral, number = proposed(session, settings), partner(session)
    for kind, state in {
        "reminder": "letter",
        "personal_contact": "phone",
        "information": "letter",
        "agreement": "spoken",
    }.items():
        gate.record(session, referral, kind, state, MONDAY, "agent.01", noon(MONDAY))
    for code, details in (("validate", {}), ("assign", {"organisation_id": number}), ("send", {})):
        said = {"by": "agent.01", "now": noon(MONDAY), "on_day": MONDAY, "details": details}
        orienting.move(session, settings, referral, code, **said)
    path = own(settings, "casse", "name = 3")
    households.replace(session, "essai", MONDAY, [("B1", "M1", "UG01")])
    session.commit()
    assert rights.record_objection(settings, "essai", "B1", MONDAY, "agent.01", noon(MONDAY))
    assert session.get_one(Referral, referral, populate_existing=True).state == "recalled"
    shutil.rmtree(path.parent)


def test_a_move_is_taken_back_with_the_landlords_schemes(session: Session, settings: Settings) -> None:
    referral = proposed(session, settings)
    said = {"by": "agent.01", "now": noon(MONDAY), "on_day": MONDAY, "details": {}}
    assert orienting.move(session, settings, referral, "validate", **said) == "validated"
    assert orienting.undo(session, settings, referral, by="agent.01", now=noon(MONDAY)) == "proposed"
    with pytest.raises(MoveRefused, match="Orientation n° 99 : inconnue"):
        orienting.undo(session, settings, 99, by="agent.01", now=noon(MONDAY))


def test_a_candidate_is_known_by_a_code_never_by_a_name(session: Session, settings: Settings) -> None:
    answers = {"priority_agreement": True, "request_number_declared": True}
    said = {"declared": answers, "by": "agent.01", "now": noon(MONDAY)}
    number = orienting.propose_candidate(session, settings, "essai", "UG01", "SIAO-2026-014", "accords_collectifs", **said)
    assert session.get_one(Referral, number).facts == {"as_of": "2026-10-19", "lease_status": "candidate"}
    for name in ("DUPONT", "Jean Dupont 3", "é1"):
        with pytest.raises(MoveRefused, match="Jamais un nom"):
            orienting.propose_candidate(session, settings, "essai", "UG01", name, "accords_collectifs", **said)
