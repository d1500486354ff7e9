"""What a partner makes and takes: tokens shown once, a calendar by its own address, a workbook without a household."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from io import BytesIO

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from sqlalchemy import select

from riskmodel.access import accounts, api_tokens
from riskmodel.access.api_tokens import Scope
from riskmodel.access.policy import Granted, Role
from riskmodel.errors import AccessRefused
from riskmodel.register.models import ApiToken
from tests.registers import Fresh
from tests.unit.referrals.lives import START, moved, noon
from tests.web.partner_site import LEASES, Site, partner_site

SHOWN = re.compile(r'id="jeton"[^>]*value="([^"]+)"')


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, fresh_register: Fresh) -> Iterator[Site]:
    with partner_site(tmp_path_factory.mktemp("jetons"), fresh_register("sqlite")) as made:
        yield made


def made(site: Site, account: str, *scopes: str, days: int = 90) -> str:
    """What the page shows of a new token."""
    opened = site.opened(account)
    form = {"csrf": opened.csrf, "scopes": list(scopes), "days": str(days)}
    answer = site.call("POST", f"/association/{site.mine}/jetons", opened, data=form)
    assert answer.status_code == 200, answer.text
    return SHOWN.search(answer.text)[1]  # type: ignore[index]


@pytest.mark.parametrize("account", ["asso.01", "donnees.01"])
def test_a_token_is_shown_once_works_at_once_and_is_revoked_at_once(site: Site, account: str) -> None:
    token = made(site, account, Scope.READ)
    assert site.api(token, "GET", "/me").json()["token"]["scopes"] == ["referrals:read"]
    opened, page = site.opened(account), f"/association/{site.mine}/jetons"
    listed = site.call("GET", page, opened)
    assert token not in listed.text
    with site.register() as session:
        kept = session.scalars(select(ApiToken).order_by(ApiToken.id.desc())).first()
    assert kept is not None
    assert token not in kept.token_digest
    revoked = site.call("POST", f"{page}/{kept.id}/revoquer", opened, data={"csrf": opened.csrf})
    assert revoked.status_code == 303
    assert site.api(token, "GET", "/me").status_code == 401
    assert site.call("POST", f"{page}/{kept.id}/revoquer", opened, data={"csrf": opened.csrf}).status_code == 303


def test_a_partner_reaches_neither_the_tokens_of_another_nor_its_workbook(site: Site) -> None:
    opened = site.opened("autre.01")
    for path in ("jetons", "orientations.xlsx"):
        assert site.call("GET", f"/association/{site.mine}/{path}", opened).status_code in (403, 404)
    with site.register() as session:
        mine = session.scalars(select(ApiToken.id).filter_by(organisation_id=site.mine)).first()
    path = f"/association/{site.other}/jetons/{mine}/revoquer"
    assert site.call("POST", path, opened, data={"csrf": opened.csrf}).status_code == 409
    assert site.call("GET", f"/association/{site.mine}/orientations.xlsx", site.opened("donnees.01")).status_code == 403


def test_whoever_may_not_read_identities_gives_no_token_that_does(site: Site) -> None:
    opened, page = site.opened("donnees.01"), f"/association/{site.mine}/jetons"
    assert Scope.IDENTITY not in site.call("GET", page, opened).text
    form = {"csrf": opened.csrf, "scopes": [Scope.IDENTITY], "days": "90"}
    assert site.call("POST", page, opened, data=form).status_code == 409
    assert site.api(made(site, "asso.01", Scope.IDENTITY), "GET", "/me").status_code == 200


def test_what_a_token_cannot_be_is_said_all_at_once(site: Site) -> None:
    with site.register() as session, pytest.raises(AccessRefused) as refused:
        api_tokens.create(session, site.mine, ["odd", Scope.CALENDAR], 7, by="asso.01", now=site.now)
    assert len(str(refused.value).splitlines()) == 3
    opened = site.opened("asso.01")
    answer = site.call("POST", f"/association/{site.mine}/jetons", opened, data={"csrf": opened.csrf, "days": "x"})
    assert answer.status_code == 409
    assert "cochez au moins" in answer.text


def test_the_last_use_of_a_token_is_what_it_left_in_the_log(site: Site) -> None:
    token = site.token(Scope.READ)
    site.api(token, "GET", f"/referrals/{site.referrals['B1']}")
    with site.register() as session:
        newest = api_tokens.kept(session, site.mine)[0]
    assert newest.used_at == site.now


def test_whoever_keeps_accounts_finds_the_partners_of_their_landlord(site: Site) -> None:
    page = site.call("GET", "/admin/jetons", site.opened("donnees.01"))
    assert f'href="/association/{site.mine}/jetons"' in page.text
    assert site.call("GET", "/admin/jetons", site.opened("asso.01")).status_code == 404
    with site.register.begin() as session:
        elsewhere = [Granted(Role.DATA, "autre")]
        accounts.create(session, "loin.01", "L.", "l@exemple.test", elsewhere, noon(START))
    assert site.call("GET", f"/association/{site.mine}/jetons", site.opened("loin.01")).status_code == 403


def test_a_calendar_has_one_day_a_deadline_and_says_whom_it_is_about_to_nobody(site: Site) -> None:
    with site.register.begin() as session:
        moved(session, site.referrals["B4"], "accept")
    address = made(site, "asso.01", Scope.CALENDAR)
    assert address.startswith("https://vigie.exemple.test/calendrier/")
    answer = site.call("GET", address.removeprefix("https://vigie.exemple.test"))
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    mine = set(site.referrals.values())
    assert {int(re.search(r"n°\s(\d+)", str(one["summary"]))[1]) for one in events} == mine  # type: ignore[index]
    assert all(type(one.decoded("dtstart")) is date for one in events)
    assert len({str(one["uid"]) for one in events}) == len(events)
    assert f"https://vigie.exemple.test/association/{site.mine}/" in str(events[0]["url"])
    assert "Données synthétiques" in answer.text
    assert not [lease for lease in LEASES if re.search(rf"\b{lease}\b", answer.text)]


def test_a_calendars_token_opens_its_calendar_alone_and_no_other_token_opens_it(site: Site) -> None:
    token = made(site, "asso.01", Scope.CALENDAR).split("/")[-1].removesuffix(".ics")
    assert site.api(token, "GET", "/referrals").status_code == 403
    wide = site.token(Scope.READ)
    assert site.call("GET", f"/calendrier/{wide}.ics").status_code == 403
    assert site.call("GET", "/calendrier/inconnu.ics").status_code == 404
    site.clock[0] += timedelta(days=91)
    assert site.call("GET", f"/calendrier/{token}.ics").status_code == 404
    site.clock[0] -= timedelta(days=91)


def test_a_workbook_holds_every_referral_received_and_no_household(site: Site) -> None:
    answer = site.call("GET", f"/association/{site.mine}/orientations.xlsx", site.opened("asso.01"))
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert "Données synthétiques" in str(cells[1][0])
    assert [row[0] for row in cells[4:]] == sorted(site.referrals.values(), reverse=True)
    assert not set(LEASES) & {str(value) for row in cells for value in row}
    assert ("partner_export", "ok", None) in site.logged("asso.01")
