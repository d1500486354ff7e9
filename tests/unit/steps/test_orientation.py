"""Documents of a referral, made from what the register says of it: which ones, when, for whom, and what they still lack."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from riskmodel.documents.orientation import FILLED_IN, NEEDS, TO_FILL, accepted
from riskmodel.errors import DocumentRefused
from riskmodel.people.identity import Identity
from riskmodel.referrals.recall import recall_for
from riskmodel.register import open_register, organisations, to_write
from riskmodel.register.models import Referral
from riskmodel.settings import Settings, load
from riskmodel.steps import orientation, people
from riskmodel.steps.orientation import document, docx, facts_for, kinds
from tests.registers import Fresh
from tests.unit.referrals.lives import (
    AGREES,
    CANDIDATE,
    LANDLORD,
    SCHEMES,
    STAYED,
    moved,
    noon,
    on,
    partner,
    proposed,
    sent,
    the_partner,
)

DECLARED = """
name = "OPH d'essai"
profile = "canonique"
inbox = "inbox"
is_synthetic = true
address = ["12, quai des Exemples", "00000 Port-Estuaire Cedex 2"]
phone = "01 99 00 12 00"
rights_contact = "OPH d'essai, délégué à la protection des données, 12, quai des Exemples, 00000 Port-Estuaire"
"""
WHO = Identity(("Titulaire d'exemple",), ("01 99 00 00 00",), (), ("3, rue Fictive", "00000 Port-Estuaire"), False)
ROADS = ("13, rue Inventée", "00000 Port-Estuaire")


@pytest.fixture
def settings(tmp_path: Path, fresh_register: Fresh) -> Settings:
    made = replace(load({"VIGIE_HOME": str(tmp_path)}), register_url=fresh_register("sqlite"))
    made.landlords.mkdir(parents=True)
    (made.landlords / f"{LANDLORD}.toml").write_text(DECLARED, encoding="utf-8")
    return made


@pytest.fixture
def session(settings: Settings) -> Iterator[Session]:
    with open_register(settings.register_url)() as opened:
        to_write(opened)
        organisations.reach(opened, partner(opened), ROADS, "01 99 00 34 56")
        yield opened


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Leases whose identity was read."""
    found: list[str] = []

    def identity(_settings: Settings, _landlord: str, lease_id: str, _today: date) -> Identity:
        found.append(lease_id)
        return WHO

    monkeypatch.setattr(people, "identity", identity)
    return found


def offered(session: Session, settings: Settings, referral: int, side: Any, day: int = 0) -> dict[str, tuple[str, ...]]:
    found = kinds(session, settings, referral, today=on(day), side=side)
    return {one.kind: one.missing for one in found}


def running(session: Session) -> int:
    """A bail de sauvegarde whose contracts are signed."""
    number = sent(session, "bail_de_sauvegarde", STAYED, AGREES)
    moved(session, number, "accept", 1)
    moved(session, number, "attempt", 2, channel="simple_letter", outcome="no_answer")
    moved(session, number, "attempt", 9, channel="registered_letter", outcome="reached")
    moved(session, number, "first_interview", 20)
    moved(session, number, "return_evaluation", 30, goals=["stay", "rights"], actions=["sublease"])
    moved(session, number, "propose_measure", 31)
    for document_, parties in (
        ("convention_tripartite", ("menage", "bailleur", "association")),
        ("contrat_sous_location", ("menage", "association")),
    ):
        for party in parties:
            moved(session, number, "sign", 40, document=document_, party=party)
    return number


def test_each_side_is_offered_what_it_does_at_this_point(session: Session, settings: Settings, reads: list[str]) -> None:
    number = proposed(session, "bail_de_sauvegarde", STAYED, AGREES)
    assert list(offered(session, settings, number, "bailleur")) == ["lettre_information"]
    assert offered(session, settings, number, "association") == {}
    number = sent(session, "mediation")
    assert list(offered(session, settings, number, "bailleur")) == ["fiche_orientation"]
    moved(session, number, "accept", 1)
    assert offered(session, settings, number, "association", 1) == {
        "fiche_orientation": (),
        "courrier_simple": (),
        "courrier_recommande": ("date de la lettre simple (notez d'abord l'envoi de la lettre simple)",),
        "grille_evaluation": (),
    }
    moved(session, number, "attempt", 2, channel="simple_letter", outcome="no_answer")
    assert offered(session, settings, number, "association", 3)["courrier_recommande"] == ()
    moved(session, number, "attempt", 4, channel="phone", outcome="reached")
    assert list(offered(session, settings, number, "association", 5)) == ["fiche_orientation", "grille_evaluation"]
    assert reads == []


def test_a_measure_is_followed_document_after_document(session: Session, settings: Settings, reads: list[str]) -> None:
    number = running(session)
    moved(session, number, "renew", 50, months=6)
    ready = offered(session, settings, number, "association", 60)
    assert list(ready) == ["fiche_orientation", "convention_tripartite", "bilan_etape", "bilan_final", "avenant"]
    assert set(ready.values()) == {()}
    said = facts_for(session, settings, number, "avenant", today=on(60), side="association")
    assert (said["course"].starts_on, said["course"].months, said["added_months"]) == (on(40), 18, 6)
    assert said["course"].ends_on == date(2028, 6, 11)
    assert said["place"] == "Port-Estuaire"
    report = facts_for(session, settings, number, "bilan_etape", today=on(60), side="association")
    assert (report["due_on"], report["goals"]) == (date(2027, 3, 12), ("stay", "rights"))
    assert "household" not in report
    assert reads == ["B1"]
    assert document(session, settings, number, "avenant", today=on(60), side="bailleur").startswith(b"%PDF")
    assert docx(session, settings, number, "avenant", today=on(60), side="association").startswith(b"PK")


def test_only_the_facts_that_a_document_says_are_gathered(session: Session, settings: Settings, reads: list[str]) -> None:
    number = running(session)
    for kind in NEEDS:
        reads.clear()
        said = facts_for(session, settings, number, kind, today=on(45), side="bailleur")
        assert set(said) <= accepted(kind, said)
        assert bool(reads) is ("household" in said)


def test_a_document_out_of_its_time_or_of_another_hand_is_refused(session: Session, settings: Settings, reads: list[str]) -> None:
    number = sent(session, "mediation")
    with pytest.raises(DocumentRefused, match=r"pas de votre main\. Documents possibles maintenant : fiche d'orientation"):
        document(session, settings, number, "grille_evaluation", today=on(1), side="bailleur")
    with pytest.raises(DocumentRefused, match="Orientation n° 99 : inconnue"):
        kinds(session, settings, 99, today=on(1), side="bailleur")
    assert reads == []


@pytest.mark.usefixtures("reads")
def test_what_is_missing_is_said_with_where_to_write_it(session: Session, settings: Settings) -> None:
    number = proposed(session, "mediation")
    moved(session, number, "validate")
    (letter, *_) = kinds(session, settings, number, today=on(1), side="bailleur")
    assert letter.missing == (
        "association (choisissez d'abord le partenaire)",
        "informations transmises (aucune convention ne le permet)",
    )
    bare = DECLARED.split("address", maxsplit=1)[0]
    (settings.landlords / f"{LANDLORD}.toml").write_text(bare, encoding="utf-8")
    moved(session, number, "assign", organisation_id=the_partner(session))
    with pytest.raises(DocumentRefused, match="il manque") as refused:
        document(session, settings, number, "lettre_information", today=on(1), side="bailleur")
    assert all(key in str(refused.value) for key in ("clé address", "clé phone", "clé rights_contact"))


def test_a_partner_whose_facts_were_recalled_reads_nobody(session: Session, settings: Settings, reads: list[str]) -> None:
    number = running(session)
    before = offered(session, settings, number, "association", 45)["convention_tripartite"]
    recall_for(session, LANDLORD, "B1", "objection", schemes=SCHEMES, by="agent.01", now=noon(on(45)))
    after = offered(session, settings, number, "association", 46)
    assert (before, after["convention_tripartite"]) == ((), ("ménage",))
    assert after["bilan_etape"] == ()
    with pytest.raises(DocumentRefused, match="il manque ménage"):
        document(session, settings, number, "convention_tripartite", today=on(46), side="association")
    assert reads == []


def test_a_candidate_is_left_to_be_named_by_hand(session: Session, settings: Settings, reads: list[str]) -> None:
    answers = {"under_30_declared": True, "in_work_declared": True, "request_number_declared": True}
    number = proposed(session, "ccas_jeunes_actifs", CANDIDATE, answers, "CCAS-2026-07")
    moved(session, number, "validate")
    moved(session, number, "assign", organisation_id=the_partner(session))
    said = facts_for(session, settings, number, "fiche_liaison", today=on(0), side="bailleur")
    assert said["household"].names == said["organisation"].address == (TO_FILL,)
    assert session.get_one(Referral, number).lease_id == "CCAS-2026-07"
    (letter, sheet) = kinds(session, settings, number, today=on(0), side="bailleur")
    assert (letter.kind, sheet.kind, sheet.is_docx, sheet.shows_people) == ("lettre_information", "fiche_liaison", True, False)
    assert sheet.missing == ("information et accord du ménage (à noter avant l'envoi)",)
    assert reads == []


def test_every_document_is_offered_to_somebody() -> None:
    assert set(orientation._WHEN) == set(NEEDS) >= set(FILLED_IN)
