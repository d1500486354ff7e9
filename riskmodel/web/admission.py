"""The one door: before any view runs, who asks is known, what they may do was judged, the form's token held, the log written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from starlette.datastructures import FormData, UploadFile

from riskmodel.access import log, sessions
from riskmodel.access.limits import Limits
from riskmodel.access.policy import Action, Place, Viewer, may
from riskmodel.casework.key import paris_day
from riskmodel.errors import NothingKnown, VigieError
from riskmodel.referrals.gate import BEFORE_SENDING
from riskmodel.register import Sessions, households, seldom_writing, to_write
from riskmodel.register.models import ListRow, Organisation, Referral, WeeklyList
from riskmodel.settings import Settings
from riskmodel.web.pages import Pages
from riskmodel.web.routing import Asked, PageUnknown, Route
from riskmodel.web.security import BROWSER_COOKIE, SESSION_COOKIE, same, token

ANONYMOUS = Viewer(0, "", "", ())
"""Whoever is not signed in: no grant, so nothing but public pages."""
OVERTAKEN = "Quelqu’un a enregistré autre chose au même moment : rien n’a été changé. Rouvrez la page et recommencez si besoin."
WITHOUT_TOKEN = "Ce formulaire n’est plus valable : il a été ouvert avant une nouvelle connexion. Rouvrez la page et recommencez."
_HOUSEHOLDS = {"lease_id", "referral_id"}
"""What names one household in a path: nobody learns by asking whether it exists."""
_NUMBERED = {"organisation_id", "referral_id"}
"""What the door itself reads as a number, whether the view asks for it or not."""
LARGEST_NUMBER = 2**31
"""Where the numbers of rows end."""
LONGEST_NUMBER = len(str(LARGEST_NUMBER))
"""Figures that are read of one: nobody waits for a thousand of them."""


@dataclass(frozen=True)
class Door:
    """What every request is judged and answered with."""

    settings: Settings
    sessions: Sessions
    pages: Pages
    clock: Callable[[], datetime]
    limits: Limits = field(default_factory=Limits)

    def answer(self, route: Route, request: Request, form: FormData, given: Mapping[str, Any]) -> Response:
        """The answer of a route, or why it is not given."""
        with self.sessions() as session:
            asked = self._asked(session, request, form)
            refused = self._refused(asked, route) if is_askable(request, given) else asked.page("errors/404.html", 404)
            session.commit()
            if route.method == "POST":
                to_write(session)
            return refused or _seen(asked, route, given)

    def _asked(self, session: Session, request: Request, form: FormData) -> Asked:
        now = self.clock()
        cookie = request.cookies.get(SESSION_COOKIE)
        found = seldom_writing(session, lambda: sessions.find(session, cookie, now)) if cookie else None
        browser = request.cookies.get(BROWSER_COOKIE) or token()
        viewer, csrf = (found.viewer, found.csrf) if found else (ANONYMOUS, browser)
        asked = Asked(request, self.settings, self.pages, session, viewer, now, paris_day(now), csrf, browser)
        return replace(asked, **_fields(form))

    def _refused(self, asked: Asked, route: Route) -> Response | None:
        """Why this request goes no further; None when it does, and then the log already says so where it has to."""
        if route.action is not Action.PUBLIC and asked.viewer is ANONYMOUS:
            return _to_sign_in(asked)
        if not self._in_pace(asked, route):
            return asked.page("errors/429.html", 429)
        place, lease_id, is_known = where(asked)
        if not may(asked.viewer, route.action, place) or not is_known:
            note(asked, route, "denied", place, lease_id)
            is_silent = _HOUSEHOLDS & asked.request.path_params.keys()
            return asked.page("errors/404.html", 404) if is_silent else asked.page("errors/403.html", 403)
        if route.method == "POST" and not _holds_token(asked, route):
            note(asked, route, "refused", place, lease_id)
            return refusal(asked, WITHOUT_TOKEN, 403)
        if route.action is not Action.PUBLIC and (route.method == "POST" or _shows_households(asked)):
            note(asked, route, "ok", place, lease_id)
        return None

    def _in_pace(self, asked: Asked, route: Route) -> bool:
        if route.method == "GET":
            return True
        if route.action is not Action.PUBLIC:
            return self.limits.may_post(asked.csrf, asked.now)
        address = asked.request.client.host if asked.request.client else ""
        return self.limits.may_sign_in(asked.form.get("account") or f"@{address}", address, asked.now)


def refusal(asked: Asked, sentence: str, status: int) -> Response:
    """A refused act with its reason: a piece of page for htmx, else a page that leads back."""
    if asked.is_htmx:
        return asked.fragment("errors/refusal_piece.html", status, sentence=sentence)
    return asked.page("errors/refusal.html", status, sentence=sentence)


def _seen(asked: Asked, route: Route, given: Mapping[str, Any]) -> Response:
    """What the view answers. A teaching error of ours is a sentence for the person, and leaves nothing half written."""
    try:
        response = seldom_writing(asked.session, lambda: route.view(asked, **given))
        asked.session.commit()
    except (PageUnknown, NothingKnown) as unknown:
        asked.session.rollback()
        return asked.page("errors/404.html", 404, sentence=str(unknown))
    except VigieError as refused:
        asked.session.rollback()
        return refusal(asked, str(refused), 409)
    except IntegrityError:
        asked.session.rollback()
        return refusal(asked, OVERTAKEN, 409)
    return response


def is_askable(request: Request, given: Mapping[str, Any]) -> bool:
    """Whether a database can be asked for what an address names: PostgreSQL takes no NUL and counts on 32 bits."""
    texts = [*request.path_params.values(), *request.query_params.values()]
    numbers = [value for value in given.values() if isinstance(value, int)]
    judged = [value for name, value in request.path_params.items() if name in _NUMBERED]
    return (
        not any("\x00" in text for text in texts)
        and all(abs(number) < LARGEST_NUMBER for number in numbers)
        and all(text.isdecimal() and len(text) < 11 and int(text) < LARGEST_NUMBER for text in judged)
    )


def where(asked: Asked) -> tuple[Place, str | None, bool]:
    """Where the request takes place, from its path, the lease of the household that it names, and whether that exists there."""
    path = asked.request.path_params
    landlord_id, unit, lease_id = path.get("landlord_id"), path.get("unit"), path.get("lease_id")
    if "organisation_id" in path:
        place, is_known = _of_partner(asked.session, landlord_id, _number(path["organisation_id"]))
    elif lease_id is None or landlord_id is None:
        place, is_known = Place(landlord_id, unit), True
    elif unit and "week" in path:
        place, is_known = Place(landlord_id, unit), _is_listed(asked.session, landlord_id, unit, path["week"], lease_id)
    else:
        found = households.unit_of(asked.session, landlord_id, lease_id)
        place, is_known = Place(landlord_id, unit or found), found is not None and unit in (None, found)
    if "referral_id" not in path:
        return place, lease_id if is_known else None, is_known
    referral = asked.session.get(Referral, _number(path["referral_id"]))
    if not is_known or referral is None or not _is_at(referral, place):
        return place, None, False
    return place, referral.lease_id, True


def _number(text: str) -> int:
    """The number of a row that a path names, whether its view reads it or not; 0, which no row has, for anything else."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_NUMBER and int(text) < LARGEST_NUMBER else 0


def _of_partner(session: Session, landlord_id: str | None, organisation_id: int) -> tuple[Place, bool]:
    """A partner's place is its landlord's, whether the path names the landlord or not."""
    found = session.get(Organisation, organisation_id)
    theirs = found.landlord_id if found else None
    return Place(landlord_id or theirs, None, organisation_id), theirs is not None and landlord_id in (None, theirs)


def _is_at(referral: Referral, place: Place) -> bool:
    """Whether a referral is of this unit, or was sent to this partner: before it is sent, it does not exist for anybody there."""
    if place.organisation_id is None:
        return (referral.landlord_id, referral.management_unit) == (place.landlord_id, place.management_unit)
    return referral.organisation_id == place.organisation_id and referral.state not in BEFORE_SENDING


def _shows_households(asked: Asked) -> bool:
    """Whether the page, or the file, is about one household or a list of them."""
    return bool({"week", *_HOUSEHOLDS} & asked.request.path_params.keys())


def _is_listed(session: Session, landlord_id: str, unit: str, week: str, lease_id: str) -> bool:
    key = {"landlord_id": landlord_id, "management_unit": unit, "week": week}
    row = select(ListRow.id).join(WeeklyList).filter_by(**key).where(ListRow.lease_id == lease_id).limit(1)
    return session.scalar(row) is not None


def note(asked: Asked, route: Route, result: str, place: Place, lease_id: str | None) -> None:
    """One line of the log, in a transaction of its own. A landlord that only an address names is not kept."""
    held = place if place.landlord_id in asked.pages.landlords else Place()
    asked.session.commit()
    to_write(asked.session)
    log.append(asked.session, asked.now, asked.viewer.account or None, route.action, result, held, lease_id)


def _to_sign_in(asked: Asked) -> Response:
    """Sign in first; a page that was asked for comes back afterwards, an act does not."""
    url = asked.request.url
    wanted = f"{url.path}?{url.query}" if url.query else url.path
    is_page = asked.request.method == "GET" and not asked.is_htmx
    target = f"/connexion?suite={quote(wanted, safe='/')}" if is_page and wanted != "/" else "/connexion"
    if asked.is_htmx:
        return Response(status_code=401, headers={"HX-Redirect": target})
    return asked.go(target, None if asked.request.method == "GET" else "Votre session a pris fin : reconnectez-vous.")


def _holds_token(asked: Asked, route: Route) -> bool:
    """Whether the form was made for this session; a public one may have been opened before signing in."""
    given = asked.form.get("csrf") or asked.request.headers.get("X-CSRF-Token")
    return same(given, asked.csrf) or (route.action is Action.PUBLIC and same(given, asked.browser))


def _fields(form: FormData) -> dict[str, Any]:
    texts: dict[str, tuple[str, ...]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            texts[name] = (*texts.get(name, ()), value.replace("\x00", ""))
    files = {name: value for name, value in form.items() if isinstance(value, UploadFile)}
    return {"form": {name: values[-1] for name, values in texts.items()}, "files": files, "several": texts}
