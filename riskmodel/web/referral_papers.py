"""Documents of a referral for its landlord's hand."""

from fastapi import Response

from riskmodel.access.policy import Action
from riskmodel.web import papers
from riskmodel.web.referral_page import SIDE
from riskmodel.web.referrals import REFERRAL
from riskmodel.web.routing import Asked, Routes

routes = Routes()


@routes.get(REFERRAL + "/document/{kind}.pdf", Action.REFERRAL_ACT)
def pdf(asked: Asked, referral_id: int, kind: str) -> Response:
    """A document as it is posted or signed."""
    return papers.file(asked, referral_id, kind, "pdf", SIDE, Action.IDENTITY_VIEW)


@routes.get(REFERRAL + "/document/{kind}.docx", Action.REFERRAL_ACT)
def docx(asked: Asked, referral_id: int, kind: str) -> Response:
    """The same for a word processor, where people fill it in."""
    return papers.file(asked, referral_id, kind, "docx", SIDE, Action.IDENTITY_VIEW)
