"""Partners' own software: what a token opens, what it never does, and that what the API says of itself is so."""

import json
import warnings
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from riskmodel.access.api_tokens import SCOPES, Scope
from riskmodel.access.policy import Action
from riskmodel.people.identity import Identity
from riskmodel.referrals.recall import recall_for
from riskmodel.register.models import ApiToken, Convention, Organisation, Transition
from riskmodel.steps import partnering
from riskmodel.web import api
from riskmodel.web.api_routing import PROBLEM
from riskmodel.web.api_schema import document
from riskmodel.web.security import LARGEST_BODY, SESSION_COOKIE
from tests.registers import Fresh
from tests.unit.referrals.lives import LANDLORD, SCHEMES, START
from tests.web.partner_site import THEIRS, Site, partner_site

READ, WRITE, IDENTITY = Scope.READ, Scope.WRITE, Scope.IDENTITY
DAY = START.isoformat()
FEW = settings(
    max_examples=6,
    phases=[Phase.generate],
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, fresh_register: Fresh) -> Iterator[Site]:
    with partner_site(tmp_path_factory.mktemp("partenaires"), fresh_register("sqlite")) as made:
        yield made


@pytest.fixture(scope="module")
def described() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return schemathesis.openapi.from_dict(document())


def acted(site: Site, token: str, referral: int, code: str, version: str, **details: Any) -> Any:
    sent = {"code": code, "on_day": DAY, "details": details}
    return site.api(token, "POST", f"/referrals/{referral}/moves", json=sent, headers={"If-Match": f'"{version}"'})


def version(site: Site, token: str, referral: int) -> str:
    return site.api(token, "GET", f"/referrals/{referral}").json()["version"]


def test_a_partner_reads_what_it_was_sent_and_nothing_else(site: Site) -> None:
    token = site.token(READ)
    listed = site.api(token, "GET", "/referrals").json()
    assert listed["synthetic"] is True
    assert {one["id"] for one in listed["items"]} == set(site.referrals.values())
    whole = site.api(token, "GET", f"/referrals/{site.referrals['B1']}")
    assert whole.json()["fiche"]["lines"]
    assert not {"lease_id", "B1", "agent.01", "score", "points"} & set(json.dumps(whole.json()).replace('"', " ").split())
    unknown, others = site.api(token, "GET", "/referrals/9999"), site.api(token, "GET", f"/referrals/{site.theirs}")
    assert unknown.status_code == others.status_code == 404
    assert unknown.json() == others.json(), "nobody learns which numbers exist by asking"


def test_pages_of_the_list_follow_one_another(site: Site) -> None:
    token, seen, path = site.token(READ), [], "/referrals?limit=2"
    while path:
        page = site.api(token, "GET", path).json()
        seen += [one["id"] for one in page["items"]]
        path = (page["next"] or "").removeprefix("/api/v1")
    assert seen == sorted(site.referrals.values(), reverse=True)
    assert site.api(token, "GET", "/referrals?limit=0").status_code == 422
    assert "« limit »" in site.api(token, "GET", "/referrals?limit=x").json()["detail"]


def test_a_move_sent_twice_is_made_once_and_one_on_a_former_version_is_refused(site: Site) -> None:
    token, number = site.token(READ, WRITE), site.referrals["B1"]
    first = version(site, token, number)
    made, again = (acted(site, token, number, "accept", first) for _ in range(2))
    assert (made.status_code, made.json()["state"]["code"]) == (200, "accepted")
    assert again.json() == made.json()
    late = acted(site, token, number, "attempt", first, channel="phone", outcome="no_answer")
    assert (late.status_code, late.headers["Content-Type"]) == (412, PROBLEM)
    undo = {"headers": {"If-Match": made.headers["ETag"]}}
    taken = [site.api(token, "POST", f"/referrals/{number}/undo", **undo) for _ in range(2)]
    assert [one.json()["state"]["code"] for one in taken] == ["sent", "sent"]
    with site.register() as session:
        codes = [row.code for row in session.scalars(select(Transition).filter_by(referral_id=number, undone_at=None))]
    assert codes == ["validate", "assign", "send"]


def test_every_fault_of_an_act_is_said_at_once_and_nothing_is_written(site: Site) -> None:
    token, number = site.token(READ, WRITE), site.referrals["B3"]
    now, path = version(site, token, number), f"/referrals/{number}/moves"
    assert site.api(token, "POST", path, json={"code": "accept", "on_day": DAY}).status_code == 428
    wrong = acted(site, token, number, "decline", now, reason="trop loin", note="texte libre")
    assert wrong.status_code == 409
    assert "« note » n'est pas demandé" in wrong.json()["detail"]
    assert "trop loin" in wrong.json()["detail"]
    odd = site.api(token, "POST", path, json={"code": 3, "nom": "X"}, headers={"If-Match": now})
    assert (odd.status_code, len(odd.json()["detail"].splitlines())) == (422, 3)
    for body in (b"{", b"[]", b"\xff", b"[" * 5000):
        assert site.api(token, "POST", path, content=body, headers={"If-Match": now}).status_code == 422
    assert version(site, token, number) == now


def test_the_landlords_moves_are_not_the_partners(site: Site) -> None:
    token, number = site.token(READ, WRITE), site.referrals["B3"]
    for code, details in (
        ("withdraw", {"reason": "settled"}),
        ("recall", {"reason": "objection"}),
        ("validate", {}),
        ("odd", {}),
    ):
        assert acted(site, token, number, code, version(site, token, number), **details).status_code == 409


def test_an_identity_is_read_when_the_convention_allows_it_and_logged(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    known = Identity(("NOM Essai",), ("06 00 00 00 00",), (), ("1 rue Essai",), is_represented=False)
    monkeypatch.setattr(partnering.people, "identity", lambda *_: known)
    token, path = site.token(IDENTITY, of=site.other), f"/referrals/{site.theirs}/identity"
    assert site.api(token, "GET", path).json()["names"] == ["NOM Essai"]
    with site.register.begin() as session:
        account = f"jeton:{session.scalars(select(func.max(ApiToken.id))).one()}"
        for agreed in session.scalars(select(Convention).filter_by(organisation_id=site.other)):
            agreed.fields = [code for code in agreed.fields if code != "identity"]
    assert site.api(token, "GET", path).status_code == 404
    assert site.logged(account) == [("partner_identity", "ok", THEIRS)] * 2


@pytest.mark.parametrize("scope", SCOPES)
def test_a_token_opens_its_scopes_and_no_other(site: Site, scope: Scope) -> None:
    token, number = site.token(scope), site.referrals["B3"]
    for route in api.routes:
        if route.action is Action.PUBLIC:
            continue
        path = route.path.removeprefix("/api/v1").format(referral_id=number)
        answer = site.api(token, route.method, path, headers={"If-Match": "x"}, json={} if route.method == "POST" else None)
        assert (answer.status_code == 403) == (route.scope not in (None, scope)), f"{route.path} {scope}"
        if answer.status_code == 403:
            assert route.scope is not None
            assert route.scope in answer.headers["WWW-Authenticate"]


def test_no_token_a_revoked_one_an_old_one_or_one_of_a_closed_partner_opens_nothing(site: Site) -> None:
    revoked, old, closed = site.token(READ), site.token(READ, days=30), site.token(READ, of=site.other)
    with site.register.begin() as session:
        _, second, first = session.scalars(select(ApiToken).order_by(ApiToken.id.desc()).limit(3))
        first.revoked_at, second.expires_at = site.now, site.now
        session.get_one(Organisation, site.other).is_active = False
    for token in (None, "", "jeton", revoked, old, closed):
        for route in api.routes:
            answer = site.api(token, route.method, route.path.removeprefix("/api/v1").format(referral_id=1))
            assert answer.status_code == (200 if route.action is Action.PUBLIC else 401), route.path
    with site.register.begin() as session:
        session.get_one(Organisation, site.other).is_active = True


def test_a_browsers_session_opens_nothing_of_the_api(site: Site) -> None:
    opened = site.opened("asso.01")
    answer = site.call("GET", "/api/v1/referrals", opened)
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Vigie Bail"')
    assert SESSION_COOKIE not in answer.headers.get("Set-Cookie", "")
    token = site.token(READ)
    assert site.call("GET", "/association", headers={"Authorization": f"Bearer {token}"}).status_code in (303, 404)


def test_each_referral_read_or_moved_is_in_the_log_of_its_household(site: Site) -> None:
    token, number = site.token(READ, WRITE), site.referrals["B4"]
    now = version(site, token, number)
    acted(site, token, number, "accept", now)
    site.api(token, "GET", f"/referrals/{number}/identity")
    site.api(token, "GET", f"/referrals/{site.theirs}")
    with site.register() as session:
        account = f"jeton:{session.scalars(select(func.max(ApiToken.id))).one()}"
    assert site.logged(account) == [
        ("partner_view", "ok", "B4"),
        ("partner_act", "ok", "B4"),
        ("partner_identity", "denied", "B4"),
        ("partner_view", "denied", None),
    ]


def test_who_calls_too_fast_waits(site: Site) -> None:
    token = site.token(READ)
    codes = [site.api(token, "GET", "/me").status_code for _ in range(241)]
    assert (codes[:240], codes[240]) == ([200] * 240, 429)
    site.clock[0] += timedelta(minutes=2)
    assert site.api(token, "GET", "/me").status_code == 200


def test_what_is_no_call_is_refused_as_calls_are(site: Site) -> None:
    token, number = site.token(WRITE), site.referrals["B1"]
    large = {"content": b"x" * (LARGEST_BODY + 1), "headers": {"If-Match": "x"}}
    for method, path, status, sent in (
        ("GET", "/nulle-part", 404, {}),
        ("GET", "/referrals/douze", 404, {}),
        ("GET", f"/referrals/{'9' * 30}", 404, {}),
        ("DELETE", "/me", 405, {}),
        ("POST", f"/referrals/{number}/moves", 413, large),
    ):
        answer = site.api(token, method, path, **sent)
        assert (answer.status_code, answer.headers["Content-Type"]) == (status, PROBLEM), path
        assert answer.json()["status"] == status


def test_a_recalled_referral_says_that_it_was_recalled_and_nothing_more(site: Site) -> None:
    token, number = site.token(READ), site.referrals["B3"]
    with site.register.begin() as session:
        recall_for(session, LANDLORD, "B3", "objection", schemes=SCHEMES, by="agent.01", now=site.now)
    told = site.api(token, "GET", f"/referrals/{number}").json()
    assert told["state"]["code"] == "recalled"
    assert not any(told[part] for part in ("fiche", "moves", "history", "dues", "measure", "signatures", "reports"))
    assert "objection" not in json.dumps(told)


def test_every_call_is_described_and_every_description_is_a_call() -> None:
    known = {(method.upper(), path) for path, calls in document()["paths"].items() for method in calls}
    assert known == {(route.method, route.path) for route in api.routes}
    for route in api.routes:
        (needs,) = document()["paths"][route.path][route.method.lower()]["security"] or [{"jeton": []}]
        assert needs == {"jeton": [route.scope] if route.scope else []}


@pytest.mark.parametrize("route", list(api.routes), ids=lambda route: f"{route.method} {route.path}")
def test_whatever_is_asked_the_answer_is_one_that_was_described(site: Site, described: Any, route: Any) -> None:
    operation, token = described[route.path][route.method.lower()], site.token(READ, WRITE, IDENTITY)
    strategy = operation.as_strategy()

    @FEW
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        case = data.draw(strategy)
        number = data.draw(st.sampled_from([*site.referrals.values(), case.path_parameters.get("referral_id", 1)]))
        read = site.api(token, "GET", f"/referrals/{number}").json().get("version", "x")
        headers = {"If-Match": data.draw(st.sampled_from([read, read, "x"]))}
        path = route.path.removeprefix("/api/v1").format(referral_id=number)
        sent = {"json": case.body} if route.method == "POST" and isinstance(case.body, dict | list) else {}
        answer = site.api(token, route.method, path, params=case.query or {}, headers=headers, **sent)
        assert answer.status_code < 500, answer.text
        operation.validate_response(answer)

    ask()
