"""Documents of a referral as files, for the hand of whoever asks: to read and post (PDF), or to fill in (DOCX)."""

from typing import Literal

from fastapi import Response

from riskmodel.access import log
from riskmodel.access.policy import Action, Place
from riskmodel.register import to_write
from riskmodel.register.models import Referral
from riskmodel.steps import orientation
from riskmodel.steps.orientation_facts import Side
from riskmodel.web.routing import Asked, PageUnknown

TYPES = {"pdf": "application/pdf", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document"}


def file(asked: Asked, referral_id: int, kind: str, as_: Literal["pdf", "docx"], side: Side, reading: Action) -> Response:
    """A document of a referral that the door let through. One that tells who the household is counts as `reading` it."""
    offered = orientation.kinds(asked.session, asked.settings, referral_id, today=asked.today, side=side)
    document = next((one for one in offered if one.kind == kind), None)
    if document is None:
        raise PageUnknown("Ce document n'a pas lieu d'être à cette étape. Rouvrez l'orientation : elle dit ceux qui se font.")
    if document.shows_people:
        _note(asked, referral_id, reading)
    make = orientation.document if as_ == "pdf" else orientation.docx
    content = make(asked.session, asked.settings, referral_id, kind, today=asked.today, side=side)
    return asked.download(content, f"{kind.replace('_', '-')}-{referral_id}.{as_}", TYPES[as_])


def _note(asked: Asked, referral_id: int, reading: Action) -> None:
    """Noted before the document is made, in a transaction of its own: others wait for the end of the log."""
    asked.session.commit()
    to_write(asked.session)
    referral = asked.session.get_one(Referral, referral_id)
    place = Place(referral.landlord_id, referral.management_unit)
    log.append(asked.session, asked.now, asked.viewer.account, reading, "ok", place, referral.lease_id)
    asked.session.commit()
