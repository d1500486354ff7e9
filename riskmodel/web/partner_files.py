"""What a partner takes away from its pages: its referrals as a workbook."""

from fastapi import Response

from riskmodel.access import log
from riskmodel.access.policy import Action
from riskmodel.steps import partner_files, partnering
from riskmodel.web.routing import XLSX, Asked, Routes

routes = Routes()


@routes.get("/association/{organisation_id}/orientations.xlsx", Action.PARTNER_EXPORT)
def as_workbook(asked: Asked, organisation_id: int) -> Response:
    """Every referral received, by number; that it was taken is in the log."""
    content = partner_files.workbook(asked.session, asked.settings, organisation_id, asked.today)
    mine = partnering.partner(asked.session, asked.settings, organisation_id)
    log.append(asked.session, asked.now, asked.viewer.account, Action.PARTNER_EXPORT, "ok", mine.place)
    return asked.download(content, f"orientations-{asked.today.isoformat()}.xlsx", XLSX)
