"""Every route × every role × every scope: who is let through, who is not, and what the log keeps of it.

The routes come from the application, what is expected from matrix.txt: a route without its line fails here. Views are
replaced by one that says it was reached, so that only the door is tested, and nothing changes between two requests.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import wraps
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Response
from fastapi.routing import APIRoute
from sqlalchemy import select
from starlette.routing import Mount

from riskmodel.access import accounts, log
from riskmodel.access.policy import ALLOWED, Action, Granted, Role
from riskmodel.access.sessions import Opened
from riskmodel.register import Sessions, households, open_register
from riskmodel.register.models import ListRow, Organisation, Referral, WeeklyList
from riskmodel.web import app as application
from riskmodel.web.routing import Asked, Route
from riskmodel.web.security import HEADERS
from tests.factory import house
from tests.registers import Fresh
from tests.web.door import NOW, Caller, calling, open_for

LANDLORD, OTHER_LANDLORD, UNIT, OTHER_UNIT, WEEK, LEASE = "essai", "autre", "UG01", "UG02", "2026-S45", "B01"
VALUES = {
    "landlord_id": LANDLORD,
    "unit": UNIT,
    "week": WEEK,
    "lease_id": LEASE,
    "token": "jeton",
    "version": "derive-2026-10-31",
    "day": "2026-11-01",
}
"""What stands in a path for its parameters; any other is a number, 1."""
SCOPES = {
    "its landlord": (LANDLORD, None),
    "its unit": (LANDLORD, UNIT),
    "another unit of the landlord": (LANDLORD, OTHER_UNIT),
    "another landlord": (OTHER_LANDLORD, None),
}
PARTNERS = {
    "its partner": (LANDLORD, None, 1),
    "another partner of the landlord": (LANDLORD, None, 2),
    "a partner of another landlord": (OTHER_LANDLORD, None, 3),
}
"""Scopes of an association's role, which always names the partner."""
HELD = {role: PARTNERS if role is Role.ASSOCIATION else SCOPES for role in Role}
PEOPLE = [(role, scope) for role, scopes in HELD.items() for scope in scopes]
REACHED = "vu"
SIGN_IN = "/connexion"


@dataclass(frozen=True)
class Line:
    """A line of matrix.txt: a route, what is done there, and the roles that may, each in its own place."""

    method: str
    path: str
    action: Action
    roles: frozenset[str]

    @property
    def url(self) -> str:
        """The route's path for the lease, the list and the unit of the test."""
        return re.sub(r"\{(\w+)\}", lambda found: VALUES.get(found[1], "1"), self.path)

    def names(self, *parameters: str) -> bool:
        """Whether the path says one of these."""
        return any(f"{{{parameter}}}" in self.path for parameter in parameters)

    def lets(self, role: Role, scope: str) -> bool:
        """Whether somebody with `role` in `scope` goes through."""
        if self.action is Action.PUBLIC:
            return True
        is_covered = {
            "its landlord": True,
            "its unit": self.names("unit", "lease_id"),
            "its partner": self.names("organisation_id"),
        }
        return role in self.roles and (is_covered.get(scope, False) or not self.names("landlord_id", "organisation_id"))

    def is_logged(self) -> bool:
        """Whether going through leaves a line in the log: any act, and any read of a household or of a list of them."""
        return self.action is not Action.PUBLIC and (self.method == "POST" or self.names("lease_id", "referral_id", "week"))


def lines() -> tuple[Line, ...]:
    """What matrix.txt expects."""
    text = (Path(__file__).parent / "matrix.txt").read_text(encoding="utf-8")
    cells = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(Line(method, path, Action(action), frozenset(roles)) for method, path, action, *roles in cells)


LINES = lines()
CLOSED = [line for line in LINES if line.action is not Action.PUBLIC]
POSTS = [line for line in LINES if line.method == "POST"]


@dataclass
class Door:
    """The application with views that only say they were reached, and somebody for every role in every scope."""

    call: Caller
    app: FastAPI
    register: Sessions
    users: dict[tuple[Role, str], int]

    def ask(self, line: Line, opened: Opened | None = None, **sent: Any) -> httpx.Response:
        """One request on a route."""
        return self.call(line.method, line.url, opened, **sent)

    def logged_after(self, seq: int) -> list[tuple[str | None, str, str]]:
        """Account, action and result of the log's lines after `seq`."""
        entry = log.AccessEntry
        with self.register() as session:
            told = select(entry.account, entry.action, entry.result).where(entry.seq > seq).order_by(entry.seq)
            return [(account, action, result) for account, action, result in session.execute(told)]

    def head(self) -> int:
        """The number of the log's last line."""
        with self.register() as session:
            return log.head(session).seq


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory, fresh_register: Fresh) -> Iterator[Door]:
    settings = replace(house(tmp_path_factory.mktemp("porte"), LANDLORD, OTHER_LANDLORD), register_url=fresh_register("sqlite"))
    register = open_register(settings.register_url)
    users = people(register)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            application, "ROOMS", [SimpleNamespace(routes=[told(route) for route in room.routes]) for room in application.ROOMS]
        )
        app = application.create_app(settings, lambda: NOW)
    with calling(app) as call:
        yield Door(call, app, register, users)


def told(route: Route) -> Route:
    """The same route, whose view says that it was reached and does nothing."""

    @wraps(route.view)
    def reached(_asked: Asked, **_given: Any) -> Response:
        return Response(REACHED)

    return replace(route, view=reached)


def people(register: Sessions) -> dict[tuple[Role, str], int]:
    """A lease on a list of its unit and sent to a partner, and an account for each role in each scope."""
    with register.begin() as session:
        households.replace(session, LANDLORD, date(2026, 11, 1), [(LEASE, "M01", UNIT)])
        frozen = WeeklyList(landlord_id=LANDLORD, management_unit=UNIT, week=WEEK, as_of=date(2026, 11, 1), evidence={})
        frozen.rows = [ListRow(position=1, tab="derive", lease_id=LEASE, change="new", facts={}, reasons=[])]
        session.add(frozen)
        for landlord_id, _, number in PARTNERS.values():
            session.add(Organisation(id=number, kind="association", landlord_id=landlord_id, code=f"a{number}", name="Asso"))
        where = {"landlord_id": LANDLORD, "management_unit": UNIT, "lease_id": LEASE, "organisation_id": 1}
        said = {"scheme": "mediation", "state": "sent", "facts": {}, "declared": {}, "created_at": NOW, "created_by": "agent.01"}
        session.add(Referral(id=1, **where, **said))
        session.flush()
        return {
            (role, scope): accounts.create(
                session, account(role, scope), role, "a@exemple.test", [Granted(role, *HELD[role][scope])], NOW
            ).id
            for role, scope in PEOPLE
        }


def account(role: Role, scope: str) -> str:
    return f"{role}.{list(HELD[role]).index(scope)}"


def routes(app: FastAPI) -> list[APIRoute]:
    """Of pages: those of the API, which opens to tokens, are tested with it."""
    return [route for route in app.routes if isinstance(route, APIRoute) and not (route.openapi_extra or {})["x-api"]]


def test_every_route_of_the_application_has_its_line_and_every_line_its_route(door: Door) -> None:
    served = {
        (method, route.path, (route.openapi_extra or {})["x-action"]) for route in routes(door.app) for method in route.methods
    }
    expected = {(line.method, line.path, line.action.value) for line in LINES}
    missing = [
        f"{m} {path} {action} {' '.join(sorted(ALLOWED.get(Action(action), ())))}"
        for m, path, action in sorted(served - expected)
    ]
    assert not missing, "matrix.txt ne dit pas qui peut ouvrir :\n" + "\n".join(missing)
    assert not expected - served, f"matrix.txt nomme des routes qui n'existent pas : {sorted(expected - served)}"
    assert len(LINES) == len(expected), "matrix.txt nomme deux fois une route"


def test_nothing_but_routes_and_static_files_is_served(door: Door) -> None:
    others = [route for route in door.app.routes if not isinstance(route, APIRoute)]
    assert [(type(route), getattr(route, "path", "")) for route in others] == [(Mount, "/static")]


def test_no_path_names_a_unit_or_a_household_without_its_landlord_nor_a_referral_without_its_place() -> None:
    """The policy would have nowhere to judge. A partner is of one landlord, so its number is enough."""
    assert not [line.path for line in LINES if line.names("unit", "lease_id") and not line.names("landlord_id")]
    assert not [line.path for line in LINES if line.names("referral_id") and not line.names("unit", "organisation_id")]


@pytest.mark.parametrize("line", CLOSED, ids=lambda line: f"{line.method} {line.path}")
def test_the_matrix_and_the_policy_say_the_same(line: Line) -> None:
    assert line.roles == {role.value for role in ALLOWED[line.action]}


@pytest.mark.parametrize(("role", "scope"), PEOPLE)
def test_a_role_in_a_scope_opens_what_the_matrix_says_and_the_log_keeps_it(door: Door, role: Role, scope: str) -> None:
    opened, before = open_for(door.register, door.users[role, scope]), door.head()
    seen, expected, kept = [], [], []
    for line in CLOSED:
        answer = door.ask(line, opened, **({"data": {"csrf": opened.csrf}} if line.method == "POST" else {}))
        seen.append((line.method, line.path, answer.status_code, answer.text == REACHED))
        refusal = 404 if line.names("lease_id", "referral_id") else 403
        lets = line.lets(role, scope)
        expected.append((line.method, line.path, 200 if lets else refusal, lets))
        if not lets or line.is_logged():
            kept.append((account(role, scope), line.action.value, "ok" if lets else "denied"))
    assert seen == expected
    assert door.logged_after(before) == kept


def test_whoever_is_not_signed_in_opens_public_pages_alone(door: Door) -> None:
    for line in LINES:
        answer = door.ask(line)
        if line.action is Action.PUBLIC and line.method == "GET":
            assert answer.text == REACHED, line.url
        elif line.action is not Action.PUBLIC:
            assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (303, SIGN_IN), line.url


@pytest.mark.parametrize("how", ["deactivated", "idle", "ten hours", "signed out"])
def test_an_account_or_a_session_that_has_ended_opens_nothing(door: Door, how: str) -> None:
    hours = {"idle": timedelta(minutes=31), "ten hours": timedelta(hours=11)}
    user_id = door.users[Role.HEAD, "its landlord"]
    opened = open_for(door.register, user_id, NOW - hours.get(how, timedelta()))
    with door.register.begin() as session:
        user = session.get_one(accounts.User, user_id)
        user.is_active = how != "deactivated"
        if how == "signed out":
            accounts.sessions.close(session, opened.token)
    answers = {line.url: door.ask(line, opened, data={"csrf": opened.csrf}) for line in CLOSED if line.method == "POST"}
    answers |= {line.url: door.ask(line, opened) for line in CLOSED if line.method == "GET"}
    with door.register.begin() as session:
        session.get_one(accounts.User, user_id).is_active = True
    assert not [url for url, answer in answers.items() if answer.headers.get("Location", "").split("?")[0] != SIGN_IN]


def test_a_piece_of_page_asked_for_without_a_session_sends_the_whole_browser_to_sign_in(door: Door) -> None:
    for line in CLOSED:
        answer = door.ask(line, headers={"HX-Request": "true"})
        assert (answer.status_code, answer.headers["HX-Redirect"].split("?")[0]) == (401, SIGN_IN), line.url


@pytest.mark.parametrize("given", ["none", "empty", "another session's", "in the address"])
def test_a_form_without_its_sessions_token_is_refused_everywhere(door: Door, given: str) -> None:
    opened = open_for(door.register, door.users[Role.HEAD, "its landlord"])
    other = open_for(door.register, door.users[Role.HEAD, "its landlord"])
    form = {"none": {}, "empty": {"csrf": ""}, "another session's": {"csrf": other.csrf}, "in the address": {}}[given]
    query = {"csrf": opened.csrf} if given == "in the address" else {}
    for line in POSTS:
        answer = door.ask(line, opened, data=form, params=query)
        assert answer.status_code in (403, 404), line.url
        assert answer.text != REACHED, line.url


def test_a_public_form_without_a_token_is_refused_to_a_stranger(door: Door) -> None:
    for line in POSTS:
        if line.action is Action.PUBLIC:
            assert door.ask(line, data={"account": "a", "password": "b"}).status_code == 403, line.url


def test_the_token_of_a_form_may_come_by_header_as_htmx_sends_it(door: Door) -> None:
    opened = open_for(door.register, door.users[Role.HEAD, "its landlord"])
    mine = [line for line in POSTS if line.lets(Role.HEAD, "its landlord") and line.action is not Action.PUBLIC]
    assert mine
    for line in mine:
        assert door.ask(line, opened, headers={"X-CSRF-Token": opened.csrf}).text == REACHED, line.url


def test_another_method_than_the_declared_one_reaches_nothing(door: Door) -> None:
    opened = open_for(door.register, door.users[Role.HEAD, "its landlord"])
    declared = {(line.method, line.url) for line in LINES}
    for line in LINES:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE"):
            if (method, line.url) not in declared:
                answer = door.call(method, line.url, opened)
                assert answer.text != REACHED, f"{method} {line.url}"
                assert answer.status_code in (404, 405), f"{method} {line.url}"


def test_an_unknown_lease_and_one_of_another_unit_answer_alike(door: Door) -> None:
    """Nobody learns which households exist by asking."""
    opened = open_for(door.register, door.users[Role.CONTENTIEUX, "another unit of the landlord"])
    for line in CLOSED:
        if line.method == "GET" and line.names("lease_id") and Role.CONTENTIEUX in line.roles:
            real = door.ask(line, opened)
            invented = door.call("GET", line.url.replace(LEASE, "B99"), opened)
            assert (real.status_code, real.text.replace(LEASE, "B99")) == (invented.status_code, invented.text), line.url


def test_every_answer_carries_the_protecting_headers(door: Door) -> None:
    opened = open_for(door.register, door.users[Role.HEAD, "its landlord"])
    answers = [door.ask(line, who) for line in LINES for who in (opened, None)]
    answers += [door.call("GET", "/rien-ici"), door.call("PUT", "/"), door.call("GET", "/static/rien.css")]
    for answer in answers:
        lacking = {name: value for name, value in HEADERS.items() if answer.headers.get(name) != value}
        assert not lacking, f"{answer.request.method} {answer.request.url} : {lacking}"
        assert answer.headers["Cache-Control"] == "no-store", answer.request.url


def test_the_policy_of_content_lets_no_inline_script_no_inline_style_and_no_frame() -> None:
    policy = HEADERS["Content-Security-Policy"]
    assert "unsafe" not in policy
    for rule in ("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'"):
        assert rule in policy


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(door: Door) -> None:
    for line in LINES:
        for cookie in door.ask(line).headers.get_list("Set-Cookie"):
            assert "HttpOnly" in cookie, cookie
            assert "samesite=lax" in cookie.lower(), cookie
