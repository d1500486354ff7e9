"""Administration: accounts, agencies, capacities, points tables, deliveries, nights, the log and what was removed."""

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta

import httpx
import pytest
from sqlalchemy import select, update

from riskmodel.access import accounts, log
from riskmodel.access.policy import Granted, Place, Role
from riskmodel.access.viewers import viewer_of
from riskmodel.casework import capacity
from riskmodel.people import retention
from riskmodel.register import Sessions, deliveries, households, open_register, organisations, tables
from riskmodel.register.models import AccessEntry, PointsTableRow, Removal, User
from riskmodel.register.runs import note
from riskmodel.score import parse, published
from riskmodel.score.reading import FOLDER, PUBLISHED
from riskmodel.settings import Settings
from riskmodel.web.app import create_app
from tests.factory import house
from tests.unit.web.visiting import CHEAP, NOW, PHRASE, Clock, Visitor, settle, words

TODAY = NOW.date()
LINK = re.compile(r"http://vigie\.test(/invitation/[\w-]+)")
REPLAYED = {
    **{"name": "derive", "version": "2026-10-31", "title": "Dérive d'impayé", "against": "2026-11", "until": "2026-10-25"},
    "days_learnt": 1,
    "days": [
        {
            **{"as_of": "2026-07-05", "kept": 20, "added": 3, "removed": 2},
            "old_listed": 22,
            "old_hits": 9,
            "new_listed": 23,
            "new_hits": 11,
        },
        {
            **{"as_of": "2026-10-25", "kept": 21, "added": 1, "removed": 1},
            "old_listed": None,
            "old_hits": None,
            "new_listed": None,
            "new_hits": None,
        },
    ],
}


@dataclass(frozen=True)
class House:
    settings: Settings
    register: Sessions
    clock: Clock
    app: Visitor

    def signed_in(self, account: str) -> Visitor:
        self.clock.wait(minutes=2)
        visitor = Visitor(self.app.app)
        assert visitor.sign_in(account).status_code == 303
        return visitor

    def user(self, account: str) -> User:
        with self.register() as session:
            found = accounts.known(session, account)
            assert found.grants is not None
            return found

    def status(self, version: str) -> str:
        with self.register() as session:
            return session.scalars(select(PointsTableRow.status).filter_by(version=version)).one()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> House:
    settings = house(tmp_path_factory.mktemp("bailleur"), "essai", "autre", default_capacity=12)
    register, clock = open_register(settings.register_url), Clock()
    with register.begin() as session:
        households.replace(session, "essai", TODAY, [("B1", "M1", "01"), ("B2", "M2", "01"), ("B3", "M3", "02")])
    for account, role in (("donnees", Role.DATA), ("chef", Role.HEAD), ("dpo", Role.DPO), ("agent", Role.CONTENTIEUX)):
        settle(register, account, Granted(role, "essai"))
    settle(register, "ailleurs", Granted(Role.CESF, "essai"), Granted(Role.CESF, "autre"))
    return House(settings, register, clock, Visitor(create_app(settings, clock)))


@pytest.fixture(scope="module")
def donnees(place: House) -> Visitor:
    return place.signed_in("donnees")


@pytest.fixture(scope="module")
def chef(place: House) -> Visitor:
    return place.signed_in("chef")


def create(visitor: Visitor, account: str, **given: str) -> httpx.Response:
    visitor.get("/admin/utilisateurs")
    form = {"account": account, "name": account.capitalize(), "email": f"{account}@exemple.test", "role": "cesf", "unit": "01"}
    return visitor.post("/admin/utilisateurs/essai", **(form | given))


def test_a_new_account_gets_a_link_that_is_shown_once_and_opens_it(place: House, donnees: Visitor) -> None:
    page = create(donnees, "nadia")
    link = LINK.findall(page.text)[0]
    assert link not in donnees.get("/admin/utilisateurs").text
    assert "Attend son invitation" in donnees.get("/admin/utilisateurs").text
    newcomer = Visitor(place.app.app)
    newcomer.get(link)
    assert newcomer.post(link, password="marée haute devant le phare", again="marée haute devant le phare").status_code == 303
    assert viewer_of(place.user("nadia")).grants == (Granted(Role.CESF, "essai", "01"),)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"account": "Nom Prénom"}, "lettres sans accent"),
        ({"account": "chef"}, "existe déjà"),
        ({"role": "roi"}, "Choisissez un rôle"),
        ({"unit": "99"}, "inconnue chez essai"),
        ({"email": "sans arobase"}, "adresse professionnelle"),
    ],
)
def test_an_account_that_cannot_be_made_says_why_and_leaves_nothing(
    place: House, donnees: Visitor, given: dict[str, str], why: str
) -> None:
    answer = create(donnees, **({"account": "personne"} | given))
    assert answer.status_code == 409
    assert why in words(answer)
    with place.register() as session:
        assert accounts.find(session, "personne") is None


def test_roles_are_given_and_taken_and_accounts_closed_and_opened_again(place: House, donnees: Visitor) -> None:
    settle(place.register, "karim", Granted(Role.CESF, "essai"))
    karim = place.signed_in("karim")
    where = "/admin/utilisateurs/essai/karim"
    assert donnees.post(f"{where}/attribuer", role="contentieux", unit="02").status_code == 303
    assert donnees.post(f"{where}/retirer", role="cesf", unit="").status_code == 303
    assert viewer_of(place.user("karim")).grants == (Granted(Role.CONTENTIEUX, "essai", "02"),)
    assert karim.get("/").status_code == 303, "un rôle retiré clôt les sessions"
    assert donnees.post(f"{where}/desactiver").status_code == 303
    assert not place.user("karim").is_active
    assert "Désactivé" in donnees.get("/admin/utilisateurs").text
    assert LINK.search(donnees.post(f"{where}/reactiver").text)
    assert place.user("karim").is_active
    assert LINK.search(donnees.post(f"{where}/inviter").text)


@pytest.mark.parametrize("account", ["donnees", "ailleurs", "inconnu"])
def test_nobody_changes_their_own_account_nor_one_with_a_role_elsewhere(place: House, donnees: Visitor, account: str) -> None:
    for act in ("desactiver", "inviter", "attribuer"):
        assert donnees.post(f"/admin/utilisateurs/essai/{account}/{act}", role="dpo").status_code == 404
    assert place.user("ailleurs").is_active


def test_another_landlords_administration_is_not_opened(donnees: Visitor) -> None:
    for page in ("utilisateurs", "agences", "qualite", "executions", "conservation", "grilles"):
        assert donnees.get(f"/admin/{page}?bailleur=autre").status_code == 404
        assert donnees.get(f"/admin/{page}?bailleur=essai").status_code == 200
    assert create(donnees, "x.y", role="cesf").status_code == 200
    assert donnees.post("/admin/utilisateurs/autre", account="z.z").status_code == 403


def test_agencies_are_the_units_that_follow_leases_and_get_a_name(place: House, donnees: Visitor) -> None:
    page = words(donnees.get("/admin/agences"))
    assert "01 2" in page
    assert donnees.post("/admin/agences/essai/01", name="Rives de Loire", is_active="1").status_code == 303
    with place.register() as session:
        assert organisations.names(session, "essai", "agency") == {"01": "Rives de Loire"}
    assert "01 – Rives de Loire" in donnees.get("/admin/utilisateurs").text
    assert donnees.post("/admin/agences/essai/99", name="Rien").status_code == 404
    assert donnees.post("/admin/agences/essai/01", name=" ").status_code == 409


def test_a_capacity_is_set_for_a_day_to_come_and_the_former_one_stays_in_the_history(place: House, chef: Visitor) -> None:
    assert "01 12 – déclaration du bailleur" in re.sub(r"– Rives de Loire ", "", words(chef.get("/admin/capacites")))
    given = {"rows_a_week": "8", "reviewer_minutes": "50", "from_on": (TODAY + timedelta(days=7)).isoformat()}
    assert chef.post("/admin/capacites/essai/01", **given).status_code == 303
    assert "8 lignes, 50 min au 09/11/2026" in words(chef.get("/admin/capacites"))
    with place.register() as session:
        assert capacity.in_force(session, "essai", "01", TODAY) is None
        assert [kept.set_by for kept in capacity.history(session, "essai")] == ["chef"]
    for wrong in ({"from_on": TODAY.isoformat()}, {"rows_a_week": "huit"}, {"reviewer_minutes": "0"}, {"from_on": "demain"}):
        assert chef.post("/admin/capacites/essai/01", **(given | wrong)).status_code == 409
    assert chef.post("/admin/capacites/essai/99", **given).status_code == 404


def proposed(place: House, version: str, *, is_replayed: bool = True) -> str:
    """A table that differs from the one in force by one point, waiting to be judged."""
    text = (FOLDER / f"{PUBLISHED['derive']}.toml").read_text(encoding="utf-8")
    text = re.sub(r'^version = ".*"', f'version = "{version}"', text, flags=re.MULTILINE)
    text = text.replace("points = 8", "points = 7", 1).replace("total = 100", "total = 99")
    digest = parse(text).digest
    with place.register.begin() as session:
        tables.propose(session, "essai", "derive", version, digest, text, date(2026, 10, 31))
        if is_replayed:
            replay = REPLAYED | {"version": version, "digest": digest, "against_digest": published("derive").digest}
            tables.keep_replay(session, "essai", "derive", version, replay)
    return f"/admin/grilles/essai/derive-{version}"


def test_a_table_is_read_beside_the_one_in_force_and_approved_with_a_reason_and_ones_password(
    place: House, chef: Visitor, donnees: Visitor
) -> None:
    where = proposed(place, "2026-10-31")
    page = words(chef.get(where))
    for expected in (
        "9 sur 22 (40,9 %)",
        "fenêtre ouverte",
        "Attention : la table proposée",
        "différent",
        "dès 2 : 7 points",
        "dès 2 : 8 points",
    ):
        assert expected in page, expected
    assert "Approuver" not in donnees.get(where).text
    assert donnees.post(f"{where}/approuver", note="une bonne raison", password=PHRASE).status_code == 403
    for form, why in (
        ({"note": "court", "password": PHRASE}, "de 10 à 240 caractères"),
        ({"note": "Elle en touche deux de plus.", "password": "faux"}, "Ce n’est pas votre mot de passe"),
    ):
        answer = chef.post(f"{where}/approuver", **form)
        assert answer.status_code == 422
        assert why in words(answer)
        assert place.status("2026-10-31") == "proposed"
    assert chef.post(f"{where}/approuver", note="Elle en touche deux de plus.", password=PHRASE).status_code == 303
    assert place.status("2026-10-31") == "approved"
    assert "approuvée le 02/11/2026 par chef : « Elle en touche deux de plus. »" in words(chef.get(where))
    assert "derive-2026-10-31" in words(chef.get("/admin/grilles"))
    assert chef.post(f"{where}/retirer", password="faux").status_code == 422
    assert chef.post(f"{where}/retirer", password=PHRASE).status_code == 303
    assert place.status("2026-10-31") == "withdrawn"
    assert chef.post(f"{where}/retirer", password=PHRASE).status_code == 409


def test_a_table_that_was_not_replayed_cannot_be_approved(place: House, chef: Visitor) -> None:
    where = proposed(place, "2026-10-30", is_replayed=False)
    assert "riskmodel tables replay essai derive-2026-10-30" in words(chef.get(where))
    answer = chef.post(f"{where}/approuver", note="Elle en touche deux de plus.", password=PHRASE)
    assert answer.status_code == 409
    assert place.status("2026-10-30") == "proposed"


def test_an_account_of_the_organisations_own_service_approves_just_after_signing_in(place: House) -> None:
    where = proposed(place, "2026-10-29")
    settle(place.register, "directeur", Granted(Role.HEAD, "essai"))
    visitor = place.signed_in("directeur")
    with place.register.begin() as session:
        session.execute(update(User).filter_by(account="directeur").values(password_hash=None))
    place.clock.wait(minutes=11)
    late = visitor.post(f"{where}/retirer")
    assert "reconnectez-vous par le service de votre organisme" in words(late)
    with place.register.begin() as session:
        accounts.set_password(session, accounts.known(session, "directeur"), PHRASE, CHEAP)
    visitor = place.signed_in("directeur")
    with place.register.begin() as session:
        session.execute(update(User).filter_by(account="directeur").values(password_hash=None))
    assert visitor.post(f"{where}/retirer").status_code == 303


def test_an_unknown_table_is_said_to_be_unknown(chef: Visitor) -> None:
    assert chef.get("/admin/grilles/essai/derive-1999-01-01").status_code == 404


def test_deliveries_are_told_with_what_was_set_aside_and_why_one_was_refused(place: House, chef: Visitor) -> None:
    counts = {"read": 12, "accepted": 10, "quarantined": 2, "added": 0, "changed": 0, "removed": 0, "unchanged": 10}
    told = {"tables": {"leases": counts}, "waiting": {}, "refusals": ["truncated"], "balances": {"sent": 3, "gaps": 1}}
    with place.register.begin() as session:
        deliveries.keep_refused(session, "essai", TODAY, "full", "c" * 64, told)
    fault = {
        "title": "fichier tronqué",
        "file": "BAUX.TXT",
        "column": "",
        "expected": "12 lignes",
        "value": "Martin",
        "next_move": "Renvoyez-le.",
    }
    report = {"status": "refused", "profile": "essai", "visible_as_of": "2026-10-31", "refusals": [fault], "missing": []}
    report |= {"tables": [counts | {"french": "baux"}], "faults": [{**fault, "french": "baux", "count": 2, "examples": []}]}
    folder = place.settings.outputs / "essai" / "qualite" / TODAY.isoformat()
    folder.mkdir(parents=True)
    (folder / "qualite.json").write_text(json.dumps(report), encoding="utf-8")
    page = words(chef.get("/admin/qualite"))
    assert "02/11/2026 Refusée 1 règle enfreinte complète 12 2 0 1" in page
    detail = chef.get(f"/admin/qualite/essai/{TODAY.isoformat()}")
    assert "Pourquoi elle a été refusée" in detail.text
    assert "Renvoyez-le." in detail.text
    assert "Martin" not in detail.text, "aucune valeur d'une ligne ne paraît"
    assert chef.get("/admin/qualite/essai/2026-01-01").status_code == 404


def test_nights_say_where_they_stopped_and_what_to_do(place: House, chef: Visitor) -> None:
    with place.register.begin() as session:
        for step in ("receive", "features", "score", "deadlines"):
            note(session, "essai", TODAY - timedelta(days=1), step, "done", {})
        note(session, "essai", TODAY, "receive", "failed", {"message": "essai : livraison refusée."})
        note(session, "essai", TODAY, "features", "not_reached", {})
    page = words(chef.get("/admin/executions"))
    assert "02/11/2026, réception : arrêté. essai : livraison refusée. Que faire : Lisez le rapport de qualité" in page
    assert "mesures : non atteint. Que faire : Rien" in page
    assert "dimanche 01/11/2026 terminé terminé terminé terminé" in page


def test_the_log_is_read_and_verified_and_a_changed_line_shows(place: House) -> None:
    dpo = place.signed_in("dpo")
    with place.register.begin() as session:
        log.append(session, NOW, "agent", "household_view", "ok", Place("essai", "01"), "B1")
        log.append(session, NOW, "agent", "household_view", "denied", Place("essai", "02"), "B3")
    page = words(dpo.get("/admin/journal"))
    assert "agent ouvrir le dossier d’un ménage 01 B1 fait" in page
    assert "02 B3 refusé, pas le droit" in page
    assert "Toutes les lignes tiennent." in dpo.post("/admin/journal/essai/verifier").text
    with place.register.begin() as session:
        session.execute(update(AccessEntry).where(AccessEntry.lease_id == "B1").values(account="personne"))
    assert "Le journal ne tient plus à la ligne" in words(dpo.post("/admin/journal/essai/verifier"))


def test_what_was_removed_is_shown_with_its_rule_and_never_whose(place: House) -> None:
    with place.register.begin() as session:
        retention.prove(session, "essai", retention.Due("decisions", "registre", date(2024, 11, 2), 7), NOW)
    for account in ("dpo", "donnees"):
        page = words(place.signed_in(account).get("/admin/conservation"))
        assert "decisions registre 02/11/2024 7" in page
        assert "la preuve tient" in page
        assert "36 mois" in page
    with place.register.begin() as session:
        session.execute(update(Removal).values(removed=70))
    assert "La preuve ne tient plus à la ligne" in words(place.signed_in("dpo").get("/admin/conservation"))


def test_a_reviewer_finds_no_administration(place: House) -> None:
    agent = place.signed_in("agent")
    for page in ("utilisateurs", "agences", "capacites", "grilles", "qualite", "executions", "journal", "conservation"):
        answer = agent.get(f"/admin/{page}")
        assert answer.status_code == 403, page
        assert "Cette page n’est pas ouverte à votre compte" in answer.text
