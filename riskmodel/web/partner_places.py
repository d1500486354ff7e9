"""A partner's own places: what its conventions and lines of funding allow, what is left, and whom each worker follows."""

from collections import defaultdict

from fastapi import Response
from sqlalchemy import select

from riskmodel.access.policy import Action
from riskmodel.places.board import board
from riskmodel.register.models import Measure, Worker
from riskmodel.steps import partnering
from riskmodel.web.partners import PARTNER, frame
from riskmodel.web.places import COUNTED
from riskmodel.web.routing import Asked, Routes

routes = Routes()


@routes.get(PARTNER + "/places", Action.PARTNER_VIEW)
def places(asked: Asked, organisation_id: int) -> Response:
    """Places by scheme and line, workers' time, and the open referrals of each worker."""
    partner = partnering.partner(asked.session, asked.settings, organisation_id)
    where = (asked.session, partner.landlord_id, partner.schemes, asked.today)
    shown = board(*where, organisation_id=organisation_id)
    return asked.page(
        "partners/places.html",
        **frame(asked, organisation_id, "places"),
        board=shown[0] if shown else None,
        schemes=partner.schemes,
        counted_limits=COUNTED,
        followed=_followed(asked, organisation_id),
    )


def _followed(asked: Asked, organisation_id: int) -> dict[str | None, list[int]]:
    """Numbers of the open referrals by worker; None for those that nobody follows yet."""
    everything = partnering.listed(asked.session, asked.settings, organisation_id, asked.today)
    named = select(Measure.referral_id, Worker.code).join(Worker, Worker.id == Measure.worker_id)
    workers = dict(asked.session.execute(named.where(Measure.organisation_id == organisation_id)).all())
    found: dict[str | None, list[int]] = defaultdict(list)
    for one in everything:
        if one.closed_on is None:
            found[workers.get(one.referral_id)].append(one.referral_id)
    return {code: sorted(found[code]) for code in sorted(found, key=lambda code: (code is None, code or ""))}
