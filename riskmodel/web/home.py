"""Accueil: what needs the viewer today."""

from fastapi import Response

from riskmodel.access.policy import Action
from riskmodel.web.routing import Asked, Routes

routes = Routes()


@routes.get("/", Action.HOME)
def home(asked: Asked) -> Response:
    """What needs me today."""
    return asked.page("home/home.html")
