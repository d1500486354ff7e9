"""Accueil: what needs the viewer today, role by role."""

from fastapi import Response

from riskmodel.access.policy import Action
from riskmodel.steps.coverage import WORDS
from riskmodel.web import agenda, partner_home, referral_index
from riskmodel.web.admin_nights import STEPS
from riskmodel.web.routing import Asked, Routes
from riskmodel.weekly.frozen import TABS

routes = Routes()


@routes.get("/", Action.HOME)
def home(asked: Asked) -> Response:
    """What needs me today."""
    blocks = agenda.gather(asked.session, asked.viewer, asked.today)
    received = partner_home.waiting(asked)
    overdue = referral_index.late_ones(asked.session, asked.settings, asked.viewer, asked.today)
    return asked.page(
        "home/home.html", **blocks, received=received, overdue=overdue, shown=agenda.SHOWN, words=WORDS, steps=STEPS, TABS=TABS
    )
