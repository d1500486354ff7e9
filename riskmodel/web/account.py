"""Mon compte: what one may do, one's password, one's open sessions."""

from datetime import datetime, timedelta

from fastapi import Response
from sqlalchemy import select

from riskmodel.access import accounts, sessions, tokens
from riskmodel.access.passwords import SHORTEST
from riskmodel.access.policy import Action
from riskmodel.errors import AccessRefused
from riskmodel.register import models
from riskmodel.web.entry import typed_twice
from riskmodel.web.routing import Asked, Routes
from riskmodel.web.security import SESSION_COOKIE, drop_cookie

routes = Routes()
FRESH = timedelta(minutes=10)
STALE = "Déconnectez-vous, reconnectez-vous par le service de votre organisme, puis recommencez dans les dix minutes."


@routes.get("/mon-compte", Action.ACCOUNT)
def account_page(asked: Asked) -> Response:
    """Roles, password, open sessions."""
    return _page(asked)


@routes.post("/mon-compte/mot-de-passe", Action.ACCOUNT)
def change_password(asked: Asked) -> Response:
    """Change one's password: the former one is asked for, and every session ends."""
    fault = typed_twice(asked)
    if fault is None:
        former, chosen = asked.form.get("former", ""), asked.form["password"]
        try:
            accounts.change_password(asked.session, asked.viewer.user_id, former, chosen, asked.now)
        except AccessRefused as refused:
            fault = str(refused)
    return _page(asked, 422, fault) if fault else _out(asked, "Mot de passe changé. Reconnectez-vous avec le nouveau.")


@routes.post("/mon-compte/fermer", Action.ACCOUNT)
def close_everywhere(asked: Asked) -> Response:
    """End every session of one's own, on any machine."""
    sessions.close_all(asked.session, asked.viewer.user_id)
    return _out(asked, "Toutes vos sessions sont fermées, celle-ci comprise.")


def proves_again(asked: Asked) -> str | None:
    """Why the viewer has not proved anew who they are, None when they have: by their password, or where the organisation keeps
    it, by having signed in a few minutes ago."""
    if not has_password(asked):
        return None if _opened_at(asked) > asked.now - FRESH else STALE
    outcome = accounts.login(asked.session, asked.viewer.account, asked.form.get("password", ""), asked.now).outcome
    return None if outcome == "ok" else "Ce n’est pas votre mot de passe : rien n’a été changé."


def has_password(asked: Asked) -> bool:
    """Whether the viewer's password is kept here, and not by the organisation's own service."""
    return asked.session.get_one(models.User, asked.viewer.user_id).password_hash is not None


def _opened_at(asked: Asked) -> datetime:
    digest = tokens.digest(asked.request.cookies[SESSION_COOKIE])
    return asked.session.get_one(models.Session, digest).created_at


def _page(asked: Asked, status: int = 200, fault: str | None = None) -> Response:
    mine = select(models.Session).filter_by(user_id=asked.viewer.user_id)
    still = mine.where(models.Session.expires_at > asked.now, models.Session.seen_at > asked.now - sessions.IDLE)
    opened = asked.session.scalars(still.order_by(models.Session.seen_at.desc())).all()
    shown = {"opened": opened, "has_password": has_password(asked), "shortest": SHORTEST, "fault": fault}
    return asked.page("entry/account.html", status, **shown)


def _out(asked: Asked, said: str) -> Response:
    response = asked.go("/connexion", said)
    drop_cookie(response, asked.request, SESSION_COOKIE)
    return response
