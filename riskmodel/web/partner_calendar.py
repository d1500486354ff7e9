"""A partner's deadlines in its own calendar: an address that holds a token of its own, which opens nothing else."""

from fastapi import Response

from riskmodel.access.api_tokens import Scope
from riskmodel.access.policy import Action
from riskmodel.steps import partner_files
from riskmodel.web.api_routing import ApiRoutes, Called

routes = ApiRoutes()
MEDIA_TYPE = "text/calendar; charset=utf-8"


@routes.get("/calendrier/{token}.ics", Action.PARTNER_VIEW, Scope.CALENDAR)
def deadlines(called: Called, token: str) -> Response:  # noqa: ARG001 (the door reads it)
    """What the partner has to do, one event each."""
    asked = called.asked
    content = partner_files.calendar(asked.session, asked.settings, called.bearer.organisation_id, asked.now, asked.today)
    return Response(content, media_type=MEDIA_TYPE)
