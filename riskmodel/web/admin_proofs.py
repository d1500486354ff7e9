"""Journal des accès and Conservation: who read and did what, whether the log still holds, what was removed and what will be."""

from fastapi import Response
from sqlalchemy import select

from riskmodel.access import log
from riskmodel.access.policy import ACTION_LABELS, Action
from riskmodel.people import retention as keeping
from riskmodel.register.models import Removal
from riskmodel.web import admin
from riskmodel.web.routing import Asked, Routes

routes = Routes()
LOG, RETENTION = "/admin/journal", "/admin/conservation"
LINES = 200
REMOVALS = 200
OTHER_LABELS = {"sign_in": "entrer dans l'application"}
RESULTS = {
    "ok": "fait",
    "denied": "refusé, pas le droit",
    "refused": "refusé",
    "wrong": "mot de passe faux",
    "locked": "compte fermé",
}


@routes.get(LOG, Action.ACCESS_LOG)
def recent(asked: Asked, bailleur: str = "") -> Response:
    """The newest lines about a landlord."""
    return _page(asked, bailleur)


@routes.post(LOG + "/{landlord_id}/verifier", Action.ACCESS_LOG)
def verify(asked: Asked, landlord_id: str) -> Response:
    """Read the whole chain again, and say whether every line holds."""
    return _page(asked, landlord_id, is_verified=True)


@routes.get(RETENTION, Action.RETENTION)
def retention(asked: Asked, bailleur: str = "") -> Response:
    """How long what is kept, and what was removed under which rule, with whether that proof holds."""
    about = admin.chosen(asked, Action.RETENTION, bailleur)
    mine = select(Removal).where(Removal.landlord_id.in_((about["landlord_id"], keeping.EVERYBODY)))
    found = asked.session.scalars(mine.order_by(Removal.removed_at.desc(), Removal.id.desc()).limit(REMOVALS))
    return admin.page(
        asked,
        "retention.html",
        rules=keeping.rules(),
        removals=list(found),
        broken=keeping.verify(asked.session, about["landlord_id"]),
        to_confirm=keeping.TO_CONFIRM,
        **about,
    )


def _page(asked: Asked, bailleur: str, *, is_verified: bool = False) -> Response:
    about = admin.chosen(asked, Action.ACCESS_LOG, bailleur)
    labels = {str(action): label for action, label in ACTION_LABELS.items()} | OTHER_LABELS
    return admin.page(
        asked,
        "log.html",
        entries=log.recent(asked.session, about["landlord_id"], LINES),
        labels=labels,
        results=RESULTS,
        is_verified=is_verified,
        broken=log.verify(asked.session) if is_verified else None,
        head=log.head(asked.session) if is_verified else None,
        **about,
    )
