"""Coming in and going out: sign-in, invitation, own account, health."""

from urllib.parse import urlsplit

from fastapi import Response
from sqlalchemy import text

from riskmodel.access import accounts, log, sessions
from riskmodel.access.policy import Action, Place
from riskmodel.web.routing import Asked, Routes
from riskmodel.web.security import SESSION_COOKIE, drop_cookie, keep_cookie

routes = Routes()


@routes.get("/sante", Action.PUBLIC)
def health(asked: Asked) -> Response:
    """Whether the register answers; nothing more is told."""
    asked.session.execute(text("SELECT 1"))
    return Response("ok", media_type="text/plain")


@routes.get("/connexion", Action.PUBLIC)
def sign_in_page(asked: Asked, suite: str = "/") -> Response:
    """The form of sign-in."""
    return asked.page("entry/sign_in.html", after=_own(suite), account="", fault=None)


@routes.post("/connexion", Action.PUBLIC)
def sign_in(asked: Asked) -> Response:
    """Check a password, and open a session where the browser wanted to go."""
    account, after = asked.form.get("account", ""), _own(asked.form.get("suite", "/"))
    login = accounts.login(asked.session, account, asked.form.get("password", ""), asked.now)
    known = accounts.find(asked.session, account)
    log.append(asked.session, asked.now, known.account if known else None, "sign_in", login.outcome, Place())
    if login.viewer is None:
        return asked.page("entry/sign_in.html", 422, after=after, account=account, fault=accounts.REFUSED)
    return seat(asked, login.viewer.user_id, after)


@routes.post("/deconnexion", Action.ACCOUNT)
def sign_out(asked: Asked) -> Response:
    """End this session."""
    sessions.close(asked.session, asked.request.cookies[SESSION_COOKIE])
    response = asked.go("/connexion")
    drop_cookie(response, asked.request, SESSION_COOKIE)
    return response


def seat(asked: Asked, user_id: int, after: str) -> Response:
    """Open a session for somebody who proved who they are, and send them to the page they wanted."""
    opened = sessions.open_session(asked.session, user_id, asked.now)
    response = asked.go(after)
    keep_cookie(response, asked.request, SESSION_COOKIE, opened.token)
    return response


def _own(path: str) -> str:
    """`path` when it is one of this application's, else the home page: nobody is sent elsewhere."""
    parts = urlsplit(path)
    is_own = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return path if is_own and path.isprintable() else "/"
