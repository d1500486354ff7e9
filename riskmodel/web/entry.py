"""Coming in and going out: sign-in by password or by the organisation's own service, invitation, health."""

from urllib.parse import urlsplit

from fastapi import Response
from sqlalchemy import text

from riskmodel.access import accounts, identities, invitations, log, oidc, sessions
from riskmodel.access.passwords import SHORTEST
from riskmodel.access.policy import Action, Place
from riskmodel.errors import AccessRefused
from riskmodel.register import to_write
from riskmodel.web.routing import SEE_OTHER, Asked, PageUnknown, Routes
from riskmodel.web.security import SESSION_COOKIE, drop_cookie, keep_cookie

routes = Routes()

OIDC_COOKIE = "vigie_oidc"
OIDC_SECONDS = 600
SIGN_IN = "sign_in"
"""How the log calls somebody coming in: with « ok », « wrong », « locked », or « refused » by the own service."""


@routes.get("/sante", Action.PUBLIC)
def health(asked: Asked) -> Response:
    """Whether the register answers; nothing more is told."""
    asked.session.execute(text("SELECT 1"))
    return Response("ok\n", media_type="text/plain")


@routes.get("/connexion", Action.PUBLIC)
def sign_in_page(asked: Asked, suite: str = "/") -> Response:
    """The form of sign-in; whoever is signed in goes where they wanted."""
    if asked.viewer.account:
        return asked.go(_own(suite))
    return _form(asked, _own(suite))


@routes.post("/connexion", Action.PUBLIC)
def sign_in(asked: Asked) -> Response:
    """Check a password, and open a session where the browser wanted to go."""
    account, after = asked.form.get("account", ""), _own(asked.form.get("suite", "/"))
    login = accounts.login(asked.session, account, asked.form.get("password", ""), asked.now)
    known = accounts.find(asked.session, account)
    log.append(asked.session, asked.now, known.account if known else None, SIGN_IN, login.outcome, Place())
    if login.viewer is None:
        return _form(asked, after, 422, account=account, fault=accounts.REFUSED)
    return _seat(asked, login.viewer.user_id, after)


@routes.post("/deconnexion", Action.ACCOUNT)
def sign_out(asked: Asked) -> Response:
    """End this session."""
    sessions.close(asked.session, asked.request.cookies[SESSION_COOKIE])
    response = asked.go("/connexion", "Vous êtes déconnecté.")
    drop_cookie(response, asked.request, SESSION_COOKIE)
    return response


@routes.get("/invitation/{token}", Action.PUBLIC)
def invitation_page(asked: Asked, token: str) -> Response:
    """Where somebody invited chooses their password."""
    try:
        user = invitations.invited(asked.session, token, asked.now)
    except AccessRefused as spent:
        return asked.page("entry/invitation_spent.html", 404, sentence=str(spent))
    return asked.page("entry/invitation.html", account=user.account, shortest=SHORTEST, fault=None)


@routes.post("/invitation/{token}", Action.PUBLIC)
def accept_invitation(asked: Asked, token: str) -> Response:
    """Keep the chosen password, use the link up and come in."""
    try:
        user = invitations.invited(asked.session, token, asked.now)
    except AccessRefused as spent:
        return asked.page("entry/invitation_spent.html", 404, sentence=str(spent))
    fault = typed_twice(asked)
    if fault is None:
        try:
            invitations.accept(asked.session, token, asked.form["password"], asked.now)
        except AccessRefused as weak:
            fault = str(weak)
    if fault:
        return asked.page("entry/invitation.html", 422, account=user.account, shortest=SHORTEST, fault=fault)
    log.append(asked.session, asked.now, user.account, SIGN_IN, "ok", Place())
    return _seat(asked, user.id, "/")


@routes.get("/oidc/entree", Action.PUBLIC)
def leave_for_provider(asked: Asked) -> Response:
    """Send the browser to the organisation's own sign-in."""
    try:
        begun = oidc.begin(_provider(asked), _way_back(asked))
    except AccessRefused as refused:
        return _form(asked, "/", 503, fault=str(refused))
    response = Response(status_code=SEE_OTHER, headers={"Location": begun.url})
    keep_cookie(response, asked.request, OIDC_COOKIE, begun.kept, OIDC_SECONDS)
    return response


@routes.get("/oidc/retour", Action.PUBLIC)
def back_from_provider(asked: Asked) -> Response:
    """Whoever the provider names comes in, if an account is theirs."""
    kept, answer = asked.request.cookies.get(OIDC_COOKIE), dict(asked.request.query_params)
    try:
        identity = oidc.finish(_provider(asked), _way_back(asked), kept, answer, asked.now)
        to_write(asked.session)
        viewer = identities.enter(asked.session, identity, asked.now)
    except AccessRefused as refused:
        log.append(asked.session, asked.now, None, SIGN_IN, "refused", Place())
        response = _form(asked, "/", 403, fault=str(refused))
    else:
        log.append(asked.session, asked.now, viewer.account, SIGN_IN, "ok", Place())
        response = _seat(asked, viewer.user_id, "/")
    drop_cookie(response, asked.request, OIDC_COOKIE)
    return response


def typed_twice(asked: Asked) -> str | None:
    """What is wrong with a new password typed twice, before anything else is looked at."""
    if asked.form.get("password") and asked.form["password"] == asked.form.get("again"):
        return None
    return "Les deux saisies du nouveau mot de passe diffèrent : tapez deux fois le même."


def _form(asked: Asked, after: str, status: int = 200, *, account: str = "", fault: str | None = None) -> Response:
    has_oidc = asked.settings.oidc is not None
    return asked.page("entry/sign_in.html", status, after=after, account=account, fault=fault, has_oidc=has_oidc)


def _seat(asked: Asked, user_id: int, after: str) -> Response:
    """Open a session for somebody who proved who they are; the one that this browser had ends."""
    if SESSION_COOKIE in asked.request.cookies:
        sessions.close(asked.session, asked.request.cookies[SESSION_COOKIE])
    opened = sessions.open_session(asked.session, user_id, asked.now)
    response = asked.go(after)
    keep_cookie(response, asked.request, SESSION_COOKIE, opened.token)
    return response


def _provider(asked: Asked) -> oidc.Provider:
    given = asked.settings.oidc
    if given is None:
        raise PageUnknown("La connexion par le service de l’organisme n’est pas configurée ici.")
    return oidc.discover(given.issuer, given.client_id, given.client_secret)


def _way_back(asked: Asked) -> str:
    return f"{asked.settings.public_url}/oidc/retour"


def _own(path: str) -> str:
    """`path` when it is one of this application's, else the home page: nobody is sent elsewhere."""
    parts = urlsplit(path)
    is_own = path.startswith("/") and "\\" not in path and not path.startswith("//") and not parts.netloc and not parts.scheme
    return path if is_own and path.isprintable() else "/"
