"""Pages of administration."""

from riskmodel.web.routing import Routes

routes = Routes()
