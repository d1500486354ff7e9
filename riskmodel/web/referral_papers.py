"""Documents of a referral for its landlord's hand: to read and post (PDF), or to fill in (DOCX)."""

from typing import Literal

from fastapi import Response

from riskmodel.access import log
from riskmodel.access.policy import Action, Place
from riskmodel.referrals.reading import Head, head
from riskmodel.register import to_write
from riskmodel.steps import orientation
from riskmodel.web.referral_page import SIDE
from riskmodel.web.referrals import REFERRAL
from riskmodel.web.routing import Asked, PageUnknown, Routes

routes = Routes()
TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


@routes.get(REFERRAL + "/document/{kind}.pdf", Action.REFERRAL_ACT)
def pdf(asked: Asked, referral_id: int, kind: str) -> Response:
    """A document as it is posted or signed."""
    return _file(asked, referral_id, kind, "pdf")


@routes.get(REFERRAL + "/document/{kind}.docx", Action.REFERRAL_ACT)
def docx(asked: Asked, referral_id: int, kind: str) -> Response:
    """The same for a word processor, where people fill it in."""
    return _file(asked, referral_id, kind, "docx")


def _file(asked: Asked, referral_id: int, kind: str, as_: Literal["pdf", "docx"]) -> Response:
    found = head(asked.session, referral_id)
    offered = orientation.kinds(asked.session, asked.settings, referral_id, today=asked.today, side=SIDE)
    document = next((one for one in offered if one.kind == kind), None)
    if found is None or document is None:
        raise PageUnknown("Ce document n'a pas lieu d'être à cette étape. Rouvrez l'orientation : elle dit ceux qui se font.")
    if document.shows_people:
        _note_reading(asked, found)
    make = orientation.document if as_ == "pdf" else orientation.docx
    content = make(asked.session, asked.settings, referral_id, kind, today=asked.today, side=SIDE)
    return asked.download(content, f"{kind.replace('_', '-')}-{referral_id}.{as_}", TYPES[as_])


def _note_reading(asked: Asked, found: Head) -> None:
    """The document tells who the household is: that is a reading of its identity, noted before it is made."""
    to_write(asked.session)
    place = Place(found.landlord_id, found.management_unit)
    log.append(asked.session, asked.now, asked.viewer.account, Action.IDENTITY_VIEW, "ok", place, found.lease_id)
    asked.session.commit()
