"""A landlord's pages of referrals: the ladder, the gate, moves and their undoing, what others may not reach, documents."""

import html
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from riskmodel.access.policy import Granted, Role
from riskmodel.casework import cases, decisions
from riskmodel.referrals import reading
from riskmodel.referrals.recall import recall_for
from riskmodel.register.models import AccessEntry, Organisation, Referral
from riskmodel.settings import Settings
from riskmodel.steps import orienting
from riskmodel.web import referrals
from tests.unit.referrals.lives import partner
from tests.web.door import NOW
from tests.web.landlord import LANDLORD, OTHER_UNIT, UNIT
from tests.web.office import Office, opened_office, said_on
from tests.web.site import KEY, PEOPLE

HERE = f"/orientations/{LANDLORD}/{UNIT}"
DAY = NOW.date().isoformat()
EVERYBODY = PEOPLE | {"preparatrice": Granted(Role.CCAPEX, LANDLORD)}
GATE = {"reminder": "letter", "personal_contact": "phone", "information": "letter", "agreement": "written"}
LETTERHEAD = """
address = ["1 rue du Port", "00000 Essai"]
phone = "01 00 00 00 00"
rights_contact = "droits@exemple.test"
"""
MEDIATION = "Médiation et évaluation sociale"


@pytest.fixture(scope="module")
def office(frozen: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One for all: each test has a household of its own. Its landlord and its partner can be written to."""
    folder = tmp_path_factory.mktemp("orientations")
    with opened_office(frozen, folder, EVERYBODY) as made:
        declared = made.settings.landlords / f"{LANDLORD}.toml"
        declared.write_text(LETTERHEAD + declared.read_text(encoding="utf-8"), encoding="utf-8")
        with made.register.begin() as session:
            asso = session.get_one(Organisation, partner(session))
            asso.address, asso.phone = ["2 rue du Port", "00000 Essai"], "01 00 00 00 01"
        yield made


def proposed(office: Office, lease: str, scheme: str = "mediation", **answers: str) -> str:
    """The address of a household's new referral."""
    said = {f"reponse_{code}": answer for code, answer in answers.items()}
    answer = office.post(f"{HERE}/nouvelle/{lease}", dispositif=scheme, **said)
    assert answer.status_code == 303, said_on(answer)
    return answer.headers["Location"]


def moved(office: Office, there: str, code: str, who: str = "agent", **details: str) -> httpx.Response:
    """A move noted on its page, as it stands."""
    return office.post(f"{there}/etape", who, code=code, on_day=DAY, version=version(office, there), **details)


def version(office: Office, there: str) -> str:
    found = re.search(r'name="version" value="(\w+)"', office.get(there).text)
    assert found, there
    return found[1]


def sent(office: Office, lease: str) -> str:
    """A referral that its partner was sent."""
    there = proposed(office, lease, third_party_needed="oui")
    for kind, state in GATE.items():
        assert office.post(f"{there}/garde", kind=kind, state=state, on_day=DAY).status_code == 303
    for code, details in (("validate", {}), ("assign", {"organisation_id": "1"}), ("send", {})):
        assert moved(office, there, code, **details).status_code == 303, code
    return there


def state_of(office: Office, there: str) -> str:
    with office.register() as session:
        return session.get_one(Referral, int(there.rsplit("/", 1)[1])).state


def test_nobody_is_referred_yet_and_the_page_says_how_to_begin(office: Office) -> None:
    assert "Aucune orientation. Ouvrez un ménage relu" in said_on(office.get("/orientations", "voisin"))


def test_the_ladder_goes_from_the_lightest_and_names_what_is_unmet_or_unknown(office: Office) -> None:
    page = said_on(office.get(f"{HERE}/nouvelle/B09"))
    assert page.index(MEDIATION) < page.index("ASLL maintien") < page.index("Bail de sauvegarde")
    assert "<strong>Situation dans le logement</strong> : locataire, attendu" in page
    assert "À savoir d'abord : le budget du logement est la difficulté principale" in page
    assert page.count('name="dispositif"') == 1


def test_an_answer_makes_the_ladder_again_and_is_kept_in_the_form(office: Office) -> None:
    answers = {"reponse_support_accepted": "oui", "reponse_budget_problem": "oui", "reponse_wants_help": "n'importe"}
    page = office.post(f"{HERE}/nouvelle/B09", **answers)
    assert page.status_code == 200
    assert 'value="asll_maintien"' in page.text
    assert re.search(r'name="reponse_support_accepted" value="oui" checked', page.text)
    with office.register() as session:
        assert session.scalars(select(Referral).filter_by(lease_id="B09", scheme="asll_maintien")).all() == []


def test_a_scheme_that_does_not_fit_is_not_proposed_and_the_reasons_are_told(office: Office) -> None:
    page = office.post(f"{HERE}/nouvelle/B09", dispositif="bail_de_sauvegarde")
    assert page.status_code == 409
    assert "situation dans le logement : locataire, attendu" in said_on(page)
    assert office.post(f"{HERE}/nouvelle/B09", dispositif="expulsion").status_code == 409


def test_a_case_leads_to_the_ladder_and_the_referral_back_to_the_case(office: Office) -> None:
    with office.register.begin() as session:
        decisions.decide(session, KEY, "B02", "association", reason="no_contact", paused_until=None, by="agent", now=NOW)
        (case,) = cases.of_lease(session, LANDLORD, "B02", NOW.date())
    ladder = f"{HERE}/nouvelle/B02?dossier={case.case_id}"
    assert ladder in office.get("/dossiers").text
    assert "Depuis le dossier « Orienter vers une association »" in said_on(office.get(ladder))
    assert office.get(f"{HERE}/nouvelle/B09?dossier={case.case_id}").status_code == 404
    answer = office.post(
        f"{HERE}/nouvelle/B02", dispositif="mediation", reponse_third_party_needed="oui", dossier=str(case.case_id)
    )
    number = answer.headers["Location"].rsplit("/", 1)[1]
    assert f"Orientation n° {number}" in said_on(office.get("/dossiers"))
    assert f"Orientation n° {number}" in said_on(office.get(f"/listes/{LANDLORD}/{KEY.week}/{UNIT}/B02"))
    assert answer.headers["Location"] in office.get(ladder).text
    with office.register() as session:
        head = reading.head(session, int(number))
    assert head is not None
    assert (head.case_id, head.created_by) == (case.case_id, "agent")


def test_a_fiche_leaves_only_once_all_that_sharing_asks_for_is_recorded(office: Office) -> None:
    there = proposed(office, "B10")
    assert moved(office, there, "validate").status_code == 303
    assert f"/places/{LANDLORD}/repartition" in office.get(there, "responsable").text
    assert f"/places/{LANDLORD}/repartition" not in office.get(there).text
    assert moved(office, there, "assign", organisation_id="1").status_code == 303
    for done, (kind, state) in enumerate(GATE.items()):
        page = said_on(office.get(there))
        assert f"{4 - done} condition" in page
        assert 'name="code" value="send"' not in page
        assert moved(office, there, "send").status_code == 409
        assert office.post(f"{there}/garde", kind=kind, state=state, on_day=DAY).status_code == 303
    assert office.post(f"{there}/garde/annuler", kind="agreement").status_code == 303
    assert moved(office, there, "send").status_code == 409
    assert office.post(f"{there}/garde", kind="agreement", state="spoken", on_day=DAY).status_code == 303
    assert "Ce que le partenaire lira" in said_on(office.get(there))
    assert moved(office, there, "send").status_code == 303
    assert state_of(office, there) == "sent"
    assert office.post(f"{there}/garde/annuler", kind="agreement").status_code == 409
    assert "Ce que le partenaire lit" in said_on(office.get(there))


def test_a_move_that_lacks_something_comes_back_as_it_was_filled_in_and_nothing_is_noted(office: Office) -> None:
    there = proposed(office, "B11")
    page = moved(office, there, "withdraw", reason="no_such_reason")
    assert page.status_code == 409
    assert "lu « no_such_reason »" in said_on(page)
    assert office.post(f"{there}/etape", code="withdraw", on_day="hier", version=version(office, there)).status_code == 409
    late = (NOW.date() + timedelta(days=1)).isoformat()
    page = office.post(f"{there}/etape", code="validate", on_day=late, version=version(office, there))
    assert "à venir" in said_on(page)
    assert f'name="on_day" type="date" value="{late}"' in page.text
    assert office.post(f"{there}/garde", kind="reminder", state="pigeon", on_day=DAY).status_code == 409
    assert office.post(f"{there}/garde", kind="rien", state="letter", on_day=DAY).status_code == 409
    assert office.post(f"{there}/garde", kind="reminder", state="letter", on_day="").status_code == 409
    assert state_of(office, there) == "proposed"


def test_a_move_is_taken_back_by_who_saw_it_and_what_others_acted_on_never(office: Office) -> None:
    there = proposed(office, "B05", third_party_needed="oui")
    before = version(office, there)
    moved(office, there, "validate")
    assert office.post(f"{there}/annuler", version=before).status_code == 409
    assert office.post(f"{there}/etape", code="withdraw", reason="settled", on_day=DAY, version=before).status_code == 409
    assert office.post(f"{there}/annuler", version=version(office, there)).status_code == 303
    page = said_on(office.get(there))
    assert "annulée le" in page
    assert state_of(office, there) == "proposed"
    moved(office, there, "withdraw", reason="settled")
    assert "Annuler :" not in said_on(office.get(there))
    assert state_of(office, there) == "withdrawn"
    assert there in office.get("/orientations", closes="1").text
    assert there not in office.get("/orientations").text


def test_the_landlord_notes_what_a_partner_answered_by_telephone_but_no_recall(office: Office) -> None:
    there = sent(office, "B04")
    page = said_on(office.get(there))
    assert "À la place du partenaire" in page
    assert moved(office, there, "recall", reason="objection").status_code == 409
    assert moved(office, there, "accept").status_code == 303
    assert moved(office, there, "attempt", channel="phone", outcome="reached").status_code == 303
    assert "Moyen : téléphone" in said_on(office.get(there))
    with office.register.begin() as session:
        schemes = orienting.schemes_of(office.settings, LANDLORD)
        recall_for(session, LANDLORD, "B04", "objection", schemes=schemes, by="agent", now=NOW)
    assert "rappelée" in said_on(office.get(there))


def test_what_is_late_comes_first_and_filters_keep_what_they_say(office: Office) -> None:
    early, declared = NOW - timedelta(days=40), {"third_party_needed": True}
    with office.register.begin() as session:
        said = {"declared": declared, "case_id": None, "by": "agent", "now": early}
        number = orienting.propose(session, office.settings, LANDLORD, "B03", "mediation", **said)
        orienting.move(session, office.settings, number, "validate", by="agent", now=early, on_day=early.date(), details={})
    newest = proposed(office, "B06", third_party_needed="oui")
    page = office.get("/orientations", unite=UNIT).text
    assert page.index(f"{HERE}/{number}") < page.index(newest)
    assert "En retard de 37 jours" in said_on(office.get("/orientations", etat="validated"))
    assert "signalé au responsable" in said_on(office.get(f"{HERE}/{number}"))
    assert newest not in office.get("/orientations", etat="validated").text
    assert "Aucune orientation ne répond à ce filtre" in said_on(office.get("/orientations", etat="slid"))
    for who in ("agent", "responsable"):
        home = said_on(office.get("/", who))
        assert "Orientations en retard" in home
        assert f"{HERE}/{number}" in home
    assert "Orientations en retard" not in said_on(office.get("/", "voisin"))


def test_a_long_list_is_shown_a_page_at_a_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = proposed(office, "B09"), proposed(office, "B06", third_party_needed="oui")
    monkeypatch.setattr(referrals, "PAGE_ROWS", 1)
    page, seen = office.get("/orientations", etat="proposed"), ""
    while following := re.search(r'href="([^"]+suite=[^"]+)"', page.text):
        seen, page = seen + page.text, office.get(html.unescape(following[1]))
    assert first in seen + page.text
    assert second in seen + page.text


def test_a_landlords_file_that_cannot_be_read_hides_no_referral(office: Office) -> None:
    there = proposed(office, "B09")
    folder = office.settings.landlords / orienting.FOLDER / LANDLORD
    folder.mkdir(parents=True)
    (folder / "casse.toml").write_text("name = 3", encoding="utf-8")
    assert there in office.get("/orientations").text
    assert office.get("/").status_code == 200
    assert office.get(f"/listes/{LANDLORD}/{KEY.week}/{UNIT}/B02").status_code == 200
    refused = office.get(there)
    assert refused.status_code == 409
    assert "casse.toml" in said_on(refused)
    shutil.rmtree(folder)


def test_a_referral_is_reached_neither_from_another_unit_nor_by_somebody_of_another(office: Office) -> None:
    there = proposed(office, "B09")
    number = there.rsplit("/", 1)[1]
    assert office.get(there, "voisin").status_code == 404
    assert office.get(f"/orientations/{LANDLORD}/{OTHER_UNIT}/{number}", "responsable").status_code == 404
    assert office.get(f"{HERE}/999999", "responsable").status_code == 404
    assert office.post(f"/orientations/{LANDLORD}/{OTHER_UNIT}/{number}/etape", "voisin", code="validate").status_code == 404
    assert there not in office.get("/orientations", "voisin").text


def test_who_prepares_the_ccapex_reads_without_acting(office: Office) -> None:
    there = proposed(office, "B09")
    page = office.get(there, "preparatrice")
    assert page.status_code == 200
    assert 'method="post" action="/orientations' not in page.text
    assert office.post(f"{there}/etape", "preparatrice", code="validate", on_day=DAY).status_code == 404
    assert office.get(f"{HERE}/nouvelle/B09", "preparatrice").status_code == 404


def test_reading_a_referral_is_noted_in_the_journal_of_its_household(office: Office) -> None:
    there = proposed(office, "B09")
    office.get(there, "conseillere")
    assert "conseillere" in office.get(f"/droits/{LANDLORD}/B09/journal").text


def test_a_candidate_is_known_by_a_code_never_by_a_name(office: Office) -> None:
    assert f"{HERE}/candidat" in office.get("/orientations").text
    ladder = said_on(office.get(f"{HERE}/candidat"))
    assert "Référence du service qui adresse le candidat" in ladder
    answers = {"reponse_work_project_declared": "oui", "reponse_support_accepted": "oui"}
    refused = office.post(f"{HERE}/candidat", reference="Exemple Claire", dispositif="bail_glissant_jeunes", **answers)
    assert refused.status_code == 409
    assert "Jamais un nom" in said_on(refused)
    assert 'value="Exemple Claire"' in refused.text
    answer = office.post(f"{HERE}/candidat", reference="SIAO-2026-014", dispositif="bail_glissant_jeunes", **answers)
    page = said_on(office.get(answer.headers["Location"]))
    assert "Candidat SIAO-2026-014" in page
    assert "courrier écrit envoyé au ménage" not in page
    assert "/menages/" not in page


def test_documents_are_made_for_who_may_act_and_count_as_reading_an_identity(office: Office) -> None:
    there = sent(office, "B07")
    page = office.get(there).text
    assert f"{there}/document/fiche_orientation.pdf" in page
    fiche = office.get(f"{there}/document/fiche_orientation.pdf")
    assert fiche.content.startswith(b"%PDF"), said_on(fiche)
    assert office.get(f"{there}/document/bilan_final.pdf").status_code == 404
    assert office.get(f"{there}/document/fiche_orientation.pdf", "preparatrice").status_code == 404
    with office.register() as session:
        read = select(AccessEntry.lease_id).filter_by(account="agent", action="identity_view", result="ok")
        assert "B07" in session.scalars(read).all()
