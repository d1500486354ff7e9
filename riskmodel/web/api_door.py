"""The door of the API: who calls is known by a bearer token alone, what it may do was judged, and the log is written."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from riskmodel.access import api_tokens
from riskmodel.access.api_tokens import Bearer, Scope
from riskmodel.access.policy import Action, may
from riskmodel.casework.key import paris_day
from riskmodel.errors import NothingKnown, VigieError
from riskmodel.register import seldom_writing, to_write
from riskmodel.steps.partnering import Overtaken
from riskmodel.web.admission import ANONYMOUS, OVERTAKEN, Door, is_askable, note, where
from riskmodel.web.api_routing import ApiRoute, BodyRefused, Called, problem
from riskmodel.web.routing import Asked, PageUnknown

NOBODY = "Donnez un jeton valable dans l'en-tête « Authorization: Bearer … ». Un partenaire en crée un sur la page de ses jetons."
PAUSE = "60"
"""Seconds after which a caller that was too fast may come back."""


@dataclass(frozen=True)
class ApiDoor:
    """What every call is judged and answered with: neither cookies nor forms are read here."""

    door: Door

    def answer(self, route: ApiRoute, request: Request, sent: bytes, given: Mapping[str, Any]) -> Response:
        """The answer of a call, or why it is not given."""
        with self.door.sessions() as session:
            bearer = self._bearer(session, route, request)
            if bearer is None and route.action is not Action.PUBLIC:
                return _unknown(route)
            asked = self._asked(session, request, bearer)
            if not is_askable(request, given):
                return problem(404)
            refused = self._refused(asked, route, bearer)
            session.commit()
            if route.method == "POST":
                to_write(session)
            return refused or _seen(route, asked, bearer, sent, given)

    def _bearer(self, session: Session, route: ApiRoute, request: Request) -> Bearer | None:
        """A calendar cannot send headers: its address holds its token, which opens nothing else."""
        token = request.path_params.get("token") if route.scope is Scope.CALENDAR else _token(request)
        return api_tokens.find(session, token, self.door.clock()) if token else None

    def _asked(self, session: Session, request: Request, bearer: Bearer | None) -> Asked:
        now, viewer = self.door.clock(), bearer.viewer if bearer else ANONYMOUS
        if bearer:
            request.scope["path_params"] = {**request.path_params, "organisation_id": str(bearer.organisation_id)}
        return Asked(request, self.door.settings, self.door.pages, session, viewer, now, paris_day(now), "", "")

    def _refused(self, asked: Asked, route: ApiRoute, bearer: Bearer | None) -> Response | None:
        """Why this call goes no further; None when it does, and then the log already says so where it has to."""
        if bearer is None:
            return None
        if not self.door.limits.may_call(bearer.account, asked.now):
            return problem(429, "Plus de 240 demandes en une minute : attendez, puis reprenez.", {"Retry-After": PAUSE})
        place, lease_id, is_known = where(asked)
        if route.scope is not None and route.scope not in bearer.scopes:
            note(asked, route, "denied", place, lease_id)
            return _too_narrow(route.scope)
        if not is_known or not may(bearer.viewer, route.action, place):
            note(asked, route, "denied", place, lease_id)
            return problem(404, "Aucune orientation ne vous a été envoyée sous ce numéro.")
        if route.method == "POST" or lease_id is not None:
            note(asked, route, "ok", place, lease_id)
        return None


def _token(request: Request) -> str | None:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def _unknown(route: ApiRoute) -> Response:
    if route.scope is Scope.CALENDAR:
        return problem(404, "Ce calendrier n'existe pas, ou plus : créez-en un nouveau sur la page des jetons.")
    return problem(401, NOBODY, {"WWW-Authenticate": 'Bearer realm="Vigie Bail"'})


def _too_narrow(scope: Scope) -> Response:
    detail = f"Il faut la portée « {scope} » : {api_tokens.SCOPES[scope]}. Créez un jeton qui la porte."
    return problem(403, detail, {"WWW-Authenticate": f'Bearer error="insufficient_scope", scope="{scope}"'})


def _seen(route: ApiRoute, asked: Asked, bearer: Bearer | None, sent: bytes, given: Mapping[str, Any]) -> Response:
    """What the view answers; an error of ours that teaches is a refusal with its reason, and leaves nothing half written."""
    try:
        called = Called(asked, bearer, _object(sent) if route.method == "POST" else {}) if bearer else None
        response = seldom_writing(asked.session, lambda: route.view(called, **given))
        asked.session.commit()
    except (VigieError, IntegrityError) as refused:
        asked.session.rollback()
        return problem(_status(refused), OVERTAKEN if isinstance(refused, IntegrityError) else str(refused))
    return response


def _status(refused: Exception) -> int:
    if isinstance(refused, PageUnknown | NothingKnown):
        return 404
    if isinstance(refused, Overtaken):
        return 412
    return 422 if isinstance(refused, BodyRefused) else 409


def _object(sent: bytes) -> dict[str, Any]:
    """The JSON object that an act sent; nothing sent is an empty one."""
    try:
        found = json.loads(sent or b"{}")
    except (ValueError, RecursionError) as fault:
        raise BodyRefused(f"Corps illisible ({type(fault).__name__}) : attendu un objet JSON en UTF-8.") from fault
    if not isinstance(found, dict):
        raise BodyRefused('Corps lu, mais ce n\'est pas un objet JSON : attendu {"code": …, "on_day": …, "details": {…}}.')
    return found
