"""Échéances: each viewer sees their own units, list by list, each date with how it was counted, and takes the files away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from riskmodel.access.policy import Granted, Role
from riskmodel.register import Sessions, households, open_register
from riskmodel.web.app import create_app
from tests import lawful
from tests.factory import house
from tests.registers import KINDS, Fresh
from tests.unit.web.visiting import Clock, Visitor, settle, stop, words

LANDLORD, MINE, OTHER = "exemple", "UG 01", "UG/02"
NIGHT, NOW = date(2026, 10, 31), datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
DOUBT = {"to_confirm": True}


def told() -> list[lawful.Values]:
    """Sixty broken plans in one unit, one of each other list, and a lease of the other unit."""
    plans = [lawful.listed("broken_plan", n + 1, f"P{n:02}", MINE, date(2026, 9, 1)) for n in range(60)]
    return [
        lawful.pressing("B1", MINE, 1, "Échéance manquée.", constitution=lawful.situation("B1", MINE)["constitution"] | DOUBT),
        lawful.pressing("B9", OTHER, 2, "Audience proche.", date(2026, 11, 20), is_suspended=True, claimable_cents=100_00),
        lawful.deadline("B1", MINE, date(2026, 11, 5), **DOUBT),
        lawful.deadline("B1", MINE, date(2026, 10, 1), done_on=date(2026, 9, 20), label="Déjà fait"),
        lawful.deadline("B1", MINE, None, label="Sans délai connu"),
        lawful.listed("caf_report", 1, "B1", MINE, date(2026, 10, 20)),
        lawful.listed("hearing", 1, "B9", OTHER, date(2026, 11, 20)),
        *plans,
    ]


@dataclass(frozen=True)
class Place:
    register: Sessions
    clock: Clock
    app: Visitor

    def signed_in(self, account: str) -> Visitor:
        self.clock.wait(minutes=2)
        visitor = Visitor(self.app.app)
        visitor.sign_in(account)
        return visitor


@pytest.fixture(scope="module", params=KINDS)
def place(request: pytest.FixtureRequest, fresh_register: Fresh, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    declared = house(tmp_path_factory.mktemp("bailleur"), LANDLORD, "vide")
    settings = replace(declared, register_url=fresh_register(request.param))
    register, clock = open_register(settings.register_url), Clock(NOW)
    with register.begin() as session:
        known = [("B1", "M1", MINE), ("B2", "M2", MINE), ("B9", "M9", OTHER)]
        households.replace(session, LANDLORD, NIGHT, known)
        lawful.keep(session, LANDLORD, NIGHT, *told())
    for account, granted in {
        "agent": Granted(Role.CONTENTIEUX, LANDLORD, MINE),
        "chef": Granted(Role.HEAD, LANDLORD),
        "nouveau": Granted(Role.CCAPEX, "vide"),
        "dpo": Granted(Role.DPO, LANDLORD),
    }.items():
        settle(register, account, granted)
    app = create_app(settings, clock)
    yield Place(register, clock, Visitor(app))
    stop(app)
    register.engine.dispose()


@pytest.fixture
def agent(place: Place) -> Visitor:
    return place.signed_in("agent")


def test_the_digest_tells_the_head_of_every_list_of_the_viewers_units(agent: Visitor) -> None:
    page = words(agent.get("/echeances"))
    assert "au soir du 31/10/2026" in page
    assert "sans attendre B1" in page
    assert "Dépassée 20/10/2026 B1" in page
    assert "05/11/2026 dans 4 jours À confirmer par un juriste B1" in page
    assert "depuis le 01/09/2026 P00" in page
    assert "5 lignes sur 60" in page
    assert "B9" not in page
    assert page.count("Aucune ligne au soir du 31/10/2026.") == 3
    assert "score" not in page.lower()


def test_one_list_is_read_page_by_page(agent: Visitor) -> None:
    first, second = (words(agent.get(f"/echeances?liste=broken_plan&page={number}")) for number in (1, 2))
    assert "50 lignes sur 60" in first
    assert "Page 1 sur 2 Page suivante" in first
    assert "10 lignes sur 60" in second
    assert "P59" in second
    assert "P49" not in second
    assert "Cette page n’existe pas." in words(agent.get("/echeances?liste=broken_plan&page=7"))
    assert "5 lignes sur 60" in words(agent.get("/echeances?liste=inconnue&page=-3"))


def test_a_head_sees_every_unit_or_the_one_chosen(place: Place) -> None:
    chef = place.signed_in("chef")
    assert "20/11/2026 dans 19 jours B9" in words(chef.get("/echeances"))
    chosen = words(chef.get("/echeances?unite=UG/02"))
    assert "B9" in chosen
    assert "Échéance manquée." not in chosen


def test_a_lease_is_told_with_every_date_and_how_it_was_counted(agent: Visitor) -> None:
    page = words(agent.get(f"/echeances/{LANDLORD}/B1"))
    assert "Dette exigible 900,00 €" in page
    assert "Oui Depuis le 05/09/2026. La dette exigible atteint 2 fois le terme net." in page
    assert "CCH, art. R.824-1 À confirmer par un juriste" in page
    assert "Dette exigible retenue 900,00 €" in page
    assert "APL, 150,00 € par mois, versée au bailleur (tiers payant), droit ouvert" in page
    assert "Fait le 20/09/2026 Déjà fait bailleur" in page
    assert "2 mois à compter du 5 septembre 2026." in page
    assert "Dont à payer" not in page


def test_a_debt_frozen_by_overindebtedness_is_said_not_to_be_owed_today(place: Place) -> None:
    page = words(place.signed_in("chef").get(f"/echeances/{LANDLORD}/B9"))
    assert "Dont à payer 100,00 €" in page
    assert "interdit de payer le reste : ce n’est pas un impayé" in page


def test_a_lease_of_which_the_law_says_nothing_has_its_page_and_others_have_none(agent: Visitor) -> None:
    assert "La dernière nuit n’avait rien à dire de ce bail" in words(agent.get(f"/echeances/{LANDLORD}/B2"))
    assert agent.get(f"/echeances/{LANDLORD}/B9").status_code == 404
    assert agent.get(f"/echeances/{LANDLORD}/B77").status_code == 404


def test_files_hold_the_viewers_units_alone(place: Place, agent: Visitor) -> None:
    mine, all_of_it = (visitor.get("/echeances/echeances.csv").text for visitor in (agent, place.signed_in("chef")))
    assert "exemple;31/10/2026;Données synthétiques;urgence;;UG 01;B1;900,00;Échéance manquée.;" in mine
    assert "B9" not in mine
    assert "B9" in all_of_it
    assert mine.count(";broken_plan;") == 60
    book = agent.get("/echeances/echeances.xlsx")
    assert book.headers["content-disposition"].startswith('attachment; filename="echeances-exemple-2026-10-31.xlsx"')
    assert load_workbook(BytesIO(book.content))["Plans"].max_row == 62
    reports = agent.get("/echeances/signalements-caf-msa.csv").text.splitlines()
    assert len(reports) == 2
    assert ";05/07/2026;05/09/2026;CCH, art. R.824-1;20/10/2026;à confirmer par un juriste" in reports[1]


def test_before_any_night_the_page_says_when_it_will_come_and_there_is_no_file(place: Place) -> None:
    new = place.signed_in("nouveau")
    assert "Aucune nuit n’a encore lu les échéances" in words(new.get("/echeances"))
    assert new.get("/echeances/echeances.csv").status_code == 404
    assert new.get(f"/echeances?bailleur={LANDLORD}").status_code == 404
    assert place.signed_in("dpo").get("/echeances").status_code == 403
