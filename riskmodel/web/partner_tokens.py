"""Jetons: what lets a partner's own software, or its calendar, in: shown once, listed with their last use, revocable."""

from fastapi import Response

from riskmodel.access import api_tokens
from riskmodel.access.api_tokens import LIVES, SCOPES, Scope
from riskmodel.access.policy import Action, may
from riskmodel.errors import AccessRefused
from riskmodel.register import organisations
from riskmodel.steps import partnering
from riskmodel.web import admin
from riskmodel.web.routing import Asked, Routes

routes = Routes()
TOKENS = "/association/{organisation_id}/jetons"


@routes.get("/admin/jetons", Action.API_TOKENS)
def partners(asked: Asked, bailleur: str = "") -> Response:
    """The partners of a landlord, each with its tokens."""
    chosen = admin.chosen(asked, Action.API_TOKENS, bailleur)
    rows = [row for row in organisations.partners(asked.session, chosen["landlord_id"]) if row.is_active]
    counts = {row.id: _standing(asked, row.id) for row in rows}
    return admin.page(asked, "tokens.html", rows=rows, counts=counts, **chosen)


@routes.get(TOKENS, Action.API_TOKENS)
def tokens(asked: Asked, organisation_id: int) -> Response:
    """A partner's tokens, and the form for a new one."""
    return _page(asked, organisation_id)


@routes.post(TOKENS, Action.API_TOKENS)
def create(asked: Asked, organisation_id: int) -> Response:
    """A new token, shown on this page and nowhere else. What reads identities is given by those who may read them."""
    days, scopes = asked.form.get("days", ""), asked.several.get("scopes", ())
    if Scope.IDENTITY in scopes and not _reads_identities(asked, organisation_id):
        raise AccessRefused("Un jeton qui lit l'identité des ménages se crée par l'association elle-même : décochez-la.")
    made = api_tokens.create(
        asked.session,
        organisation_id,
        scopes,
        int(days) if days in {str(life) for life in LIVES} else 0,
        by=asked.viewer.account,
        now=asked.now,
    )
    return _page(asked, organisation_id, made)


@routes.post(TOKENS + "/{token_id}/revoquer", Action.API_TOKENS)
def revoke(asked: Asked, organisation_id: int, token_id: int) -> Response:
    """Close a token for good."""
    is_new = api_tokens.revoke(asked.session, organisation_id, token_id, asked.now)
    said = f"Jeton n° {token_id} : {'révoqué, il n’ouvre plus rien' if is_new else 'déjà révoqué'}."
    return asked.go(f"/association/{organisation_id}/jetons", said)


def _page(asked: Asked, organisation_id: int, made: str | None = None) -> Response:
    partner = partnering.partner(asked.session, asked.settings, organisation_id)
    kept = api_tokens.kept(asked.session, organisation_id)
    base = asked.settings.public_url or str(asked.request.base_url).rstrip("/")
    return asked.page(
        "partners/tokens.html",
        partner=partner,
        here=f"/association/{organisation_id}",
        section="jetons",
        kept=kept,
        made=made,
        is_calendar=bool(made and kept[0].scopes == (Scope.CALENDAR,)),
        base=base,
        scopes=SCOPES,
        offered=[scope for scope in SCOPES if scope is not Scope.IDENTITY or _reads_identities(asked, organisation_id)],
        lives=list(LIVES.items()),
    )


def _reads_identities(asked: Asked, organisation_id: int) -> bool:
    partner = partnering.partner(asked.session, asked.settings, organisation_id)
    return may(asked.viewer, Action.PARTNER_IDENTITY, partner.place)


def _standing(asked: Asked, organisation_id: int) -> int:
    kept = api_tokens.kept(asked.session, organisation_id)
    return sum(one.revoked_at is None and one.expires_at > asked.now for one in kept)
