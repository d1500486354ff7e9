"""What real pages show is no wider than the door: index pages, searches and administration keep to the viewer's own places."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import httpx
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from riskmodel.access import accounts, grants
from riskmodel.access.policy import Action, Granted, Role
from riskmodel.register import Sessions, open_register, organisations
from riskmodel.register.models import Case, Grant, Invitation
from riskmodel.settings import Settings
from riskmodel.web.app import create_app
from tests.factory import house
from tests.web.door import NOW, Caller, calling, open_for
from tests.web.landlord import LANDLORD, OTHER_UNIT, UNIT
from tests.web.test_matrix import LINES

ELSEWHERE = "autre"
THEIRS = re.compile(rf"\b(?:{UNIT}|B(?:0[1-9]|1[0-6]))\b")
"""The unit and the leases that somebody of another unit or of another landlord has no business with."""
EVERYWHERE = [line for line in LINES if line.method == "GET" and "{" not in line.path and line.action is not Action.PUBLIC]
ASKED = ({}, {"bailleur": LANDLORD}, {"unite": "", "q": "B0", "bail": "B0", "filtre": "a_decider"})


@dataclass(frozen=True)
class Town:
    """The application on the frozen landlord and an empty neighbour, and accounts made as a test needs them."""

    call: Caller
    register: Sessions

    def ask(self, account: str, method: str, path: str, **sent: object) -> httpx.Response:
        """A request of an account, with its form's token."""
        with self.register() as session:
            user_id = accounts.known(session, account).id
        opened = open_for(self.register, user_id)
        form = {"data": {"csrf": opened.csrf, **sent}} if method == "POST" else {"params": sent}
        return self.call(method, path, opened, **form)


@pytest.fixture(scope="module")
def town(frozen: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder = tmp_path_factory.mktemp("ville")
    shutil.copy(frozen.home / "register.db", folder / "register.db")
    landlords = house(folder, LANDLORD, ELSEWHERE).landlords
    settings = replace(frozen, register_url=f"sqlite:///{folder / 'register.db'}", landlords=landlords)
    register = open_register(settings.register_url)
    with register.begin() as session:
        for role in Role:
            for name, place in {"voisin": (LANDLORD, OTHER_UNIT), "loin": (ELSEWHERE, None), "ici": (LANDLORD, None)}.items():
                granted = [Granted(role, *place) if role is not Role.ASSOCIATION else of_partner(session, place[0], name)]
                accounts.create(session, f"{name}.{role}", name, f"{name}@exemple.test", granted, NOW)
        opened = {"landlord_id": LANDLORD, "management_unit": UNIT, "lease_id": "B01"}
        session.add(Case(**opened, kind="visit", opened_on=date(2026, 11, 2), opened_by="ici.cesf", due_on=date(2026, 11, 9)))
    with calling(create_app(settings, lambda: NOW)) as call:
        yield Town(call, register)


def of_partner(session: Session, landlord_id: str, code: str) -> Granted:
    """The role of an association that works with a landlord."""
    return Granted(Role.ASSOCIATION, landlord_id, None, organisations.declare(session, "association", landlord_id, code, code))


@pytest.mark.parametrize("line", EVERYWHERE, ids=lambda line: line.path)
def test_a_page_about_no_place_shows_those_of_the_viewer_alone(town: Town, line: object) -> None:
    path, roles = line.path, line.roles  # type: ignore[attr-defined]
    for role in sorted(roles):
        for who in ("voisin", "loin"):
            for asked in ASKED:
                answer = town.ask(f"{who}.{role}", "GET", path, **asked)
                assert answer.status_code < 500
                leaked = set(THEIRS.findall(answer.text))
                assert not leaked, f"{path} montre {leaked} à {who}.{role}"


def test_the_same_pages_do_show_them_to_whoever_follows_them(town: Town) -> None:
    """So that the test before this one cannot pass on empty pages."""
    assert THEIRS.search(town.ask("ici.responsable", "GET", "/listes").text)
    assert THEIRS.search(town.ask("ici.responsable", "GET", "/dossiers").text)


def test_a_case_is_not_reached_through_the_address_of_another_unit_or_landlord(town: Town) -> None:
    with town.register() as session:
        case_id = session.scalars(select(Case.id).filter_by(lease_id="B01")).one()
    for who, place in (("voisin", f"{LANDLORD}/{OTHER_UNIT}"), ("loin", f"{ELSEWHERE}/{UNIT}")):
        for act in ("prendre", "clore"):
            assert town.ask(f"{who}.responsable", "POST", f"/dossiers/{place}/{case_id}/{act}", end="done").status_code == 404
    with town.register() as session:
        kept = session.get_one(Case, case_id)
        assert (kept.closed_on, kept.assigned_to) == (None, None)


@pytest.mark.parametrize("act", ["inviter", "attribuer", "retirer", "desactiver", "reactiver"])
def test_who_keeps_accounts_reaches_neither_their_own_nor_one_of_another_landlord(town: Town, act: str) -> None:
    for target in ("ici.cesf", "loin.donnees"):
        path = f"/admin/utilisateurs/{ELSEWHERE}/{target}/{act}"
        answer = town.ask("loin.donnees", "POST", path, role="responsable", unit="")
        assert answer.status_code == 404, target
    with town.register() as session:
        assert not session.scalars(select(Invitation)).all()
        assert accounts.known(session, "ici.cesf").is_active
        assert len(accounts.known(session, "loin.donnees").grants) == 1


def test_an_account_with_a_role_elsewhere_too_is_out_of_reach(town: Town) -> None:
    with town.register.begin() as session:
        both = accounts.create(session, "deux.places", "D.", "d@exemple.test", [Granted(Role.CESF, ELSEWHERE)], NOW)
        grants.give(session, both, Granted(Role.HEAD, LANDLORD))
    assert town.ask("loin.donnees", "POST", f"/admin/utilisateurs/{ELSEWHERE}/deux.places/inviter").status_code == 404


def test_a_role_is_given_at_ones_own_landlord_alone(town: Town) -> None:
    with town.register.begin() as session:
        accounts.create(session, "nouvelle", "N.", "n@exemple.test", [Granted(Role.CESF, ELSEWHERE)], NOW)
    before = f"/admin/utilisateurs/{LANDLORD}/nouvelle/attribuer"
    assert town.ask("loin.donnees", "POST", before, role="responsable", unit="").status_code == 403
    with town.register() as session:
        held = session.scalars(select(Grant.landlord_id).where(Grant.user_id == accounts.known(session, "nouvelle").id)).all()
    assert held == [ELSEWHERE]


def test_the_log_of_a_landlord_is_not_shown_to_another(town: Town) -> None:
    town.ask("ici.responsable", "GET", f"/menages/{LANDLORD}/B01")
    assert "B01" in town.ask("ici.dpo", "GET", "/admin/journal").text
    assert "B01" not in town.ask("loin.dpo", "GET", "/admin/journal").text
    assert town.ask("loin.dpo", "GET", "/admin/journal", bailleur=LANDLORD).status_code == 404


def test_no_page_of_a_list_puts_a_name_in_an_address(town: Town) -> None:
    answer = town.ask("ici.responsable", "GET", f"/listes/{LANDLORD}/2026-S45/{UNIT}")
    links = re.findall(r'href="([^"]+)"', answer.text)
    assert links
    assert not [link for link in links if re.search(r"(?i)nom=|name=", link)]
